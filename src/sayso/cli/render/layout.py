"""Text set in columns, without a blank at any line's end, so that what is piped is plain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from sayso.cli.common import printable
from sayso.export.shapes import Evidence
from sayso.export.words import quote

WIDE = 110
"""Columns from which the quotes stand beside the values, and not under them."""
MARGIN = 3
LABEL = 11
GAP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value: `label` stands at its left (empty: belongs to the label above), `quote` carries it.

    `indent` moves the value in, in characters.
    """

    label: str
    value: Text
    quote: Evidence | None = None
    indent: int = 0


def put_rows(rows: Sequence[Row], out: Console) -> None:
    """Print rows; a label that repeats the one above is left out."""
    room = out.width - MARGIN - LABEL - GAP
    beside = room * 9 // 20 if out.width >= WIDE else 0
    label = ""
    for row in rows:
        shown = Text("" if row.label == label else row.label, style="dim")
        label = row.label or label
        if beside:
            words = Text(quote(row.quote, beside), style="dim")
            put_columns([shown, row.value, words], [LABEL, room - beside - GAP, beside], out, indent=row.indent)
        else:
            value = _with_quote(row, room - row.indent)
            put_columns([shown, value], [LABEL, room], out, indent=row.indent)


def _with_quote(row: Row, room: int) -> Text:
    """Return the value with its quote: on the same line where both fit, else on the next."""
    value = row.value.copy()
    if row.quote is None:
        return value
    whole = quote(row.quote, 10**6)
    if len(value) + GAP + len(whole) <= room:
        return value.append("  ").append(whole, style="dim")
    return value.append("\n").append(quote(row.quote, room), style="dim")


def put_columns(
    cells: Sequence[Text], widths: Sequence[int], out: Console, *, indent: int = 0, margin: int = MARGIN
) -> None:
    """Print one row of cells, each wrapped to its width; `indent` moves the second cell in."""
    wrapped = []
    for k, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        cell.plain = printable(cell.plain)
        inner = width - (indent if k == 1 else 0)
        wrapped.append([Text(" " * (width - inner)) + line for line in cell.wrap(out, inner)])
    for lines in zip_longest(*wrapped):
        whole = Text(" " * margin)
        for line, width in zip(lines, widths, strict=True):
            start = whole.cell_len
            if line is not None:
                line.rstrip()
                whole.append_text(line)
            whole.append(" " * (start + width + GAP - whole.cell_len))
        whole.rstrip()
        out.print(whole, soft_wrap=True)
