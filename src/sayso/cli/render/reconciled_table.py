"""The table of a reconciled record: a value a line, with who says so, how many sources they are, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rich.console import Console
from rich.text import Text

from sayso.cli.render.layout import GAP, LABEL, MARGIN, put_columns
from sayso.export.reconciled.held_shapes import HolderRecord
from sayso.export.reconciled.shapes import ReconciledRecord
from sayso.export.words import day_words, in_quotes

NUMBER, SAID = 7, 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One line of the table: a slot, a value, who says so, how many independent sources they are, and since when."""

    value: Text = field(default_factory=Text)
    label: str = ""
    who: str = ""
    number: str = ""
    said: str = ""
    indent: int = 0


class Table:
    """Prints lines of values with who says so, in columns that fit the terminal."""

    def __init__(self, out: Console, record: ReconciledRecord, *, quotes: bool) -> None:
        self.out, self.quotes = out, quotes
        self.room = out.width - MARGIN - LABEL - GAP
        self._outlets = {r.article: r.outlet or r.agency or r.article for r in record.reports}

    def line(self, cell: Cell, style: str = "") -> None:
        """Print one line; `style` is that of all but the value."""
        room = self.room - NUMBER - SAID - 3 * GAP
        value = room * 11 // 20
        cells = [Text(cell.label, style="dim"), cell.value, Text(cell.who, style=style)]
        cells += [Text(f"{cell.number:>{NUMBER}}", style=style), Text(cell.said, style=style or "dim")]
        put_columns(cells, [LABEL, value, room - value, NUMBER, SAID], self.out, indent=cell.indent)

    def wide(self, words: Text, label: str = "", indent: int = 0) -> None:
        """Print words across all columns but the label's."""
        put_columns([Text(label, style="dim"), words], [LABEL, self.room], self.out, indent=indent)

    def holders(self, cell: Cell, holders: Sequence[HolderRecord]) -> None:
        """Print a value with those who say it: authorities first, then who was heard last; without them, nothing."""
        if not holders:
            return
        newest = sorted(holders, key=lambda h: h.last_said or "", reverse=True)
        names = {h.source_id: h.source for h in sorted(newest, key=lambda h: h.source_kind != "authority")[::-1]}
        days = [day for holder in holders for day in (holder.first_said, holder.last_said) if day]
        said = days_on_lines(min(days), max(days)) if days else ""
        self.line(replace(cell, who=few([*names.values()][::-1]), number=str(len(names)), said=said))
        self.quote(newest, cell.indent)

    def quote(self, holders: Sequence[HolderRecord], indent: int = 0) -> None:
        """Print the first words of the first who says it, with the outlet that has them, where that is wanted."""
        for words in [words for holder in holders[:1] for words in holder.evidence[:1]] if self.quotes else ():
            outlet = self._outlets[words.article]
            quote = in_quotes(words.text, self.room - indent - len(outlet) - 2)
            self.wide(Text(f"{quote}  {outlet}", style="dim"), indent=indent)


def few(sources: Sequence[str]) -> str:
    """Name one source or two, and say how many others there are; of a path only the file's name."""
    once = list(dict.fromkeys(source.rpartition("/")[2] or source for source in sources))
    return ", ".join(once) if len(once) <= 2 else f"{', '.join(once[:2])} and {len(once) - 2} more"


def days_on_lines(first: str | None, last: str | None) -> str:
    """Return the first and the last day, on two lines where they are two; empty where none is known."""
    return "\n".join(day_words(day, day, day) for day in dict.fromkeys((first, last)) if day)


def many(number: int, thing: str, things: str = "") -> str:
    """Return a number with its noun; `things` is a plural other than by an s."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
