"""MUC-4: reports on attacks in Latin America (1989-90) against hand-filled templates of 24 slots.

Input is one text file in which a line with a message id opens each report; predictions are a template file; measures
are those of the task's scoring guidelines (`muc4_score`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from sayso.errors import InputError, SaysoError
from sayso.evaluate.coder import coded, shipped
from sayso.evaluate.muc4_format import SCORED, SLOTS
from sayso.evaluate.muc4_score import counts_of, precision_recall_f
from sayso.evaluate.muc4_templates import render, templates
from sayso.model.article import Capture
from sayso.pipeline import explain_capture

_ID = re.compile(r"^[ \t]*([A-Z0-9]+-MUC\d-\d+)\b[^\n]*$", re.M)
_HEADER_DAY = re.compile(r"\b(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* (\d{2})\b")
_HEADER = 400
"""Characters of a report within which its dateline stands."""


def messages(text: str) -> Iterator[tuple[str, str]]:
    """Yield the id and the body of each report in a file."""
    marks = list(_ID.finditer(text))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        yield mark[1], text[mark.end() : after.start() if after else len(text)].strip("\n")


def header_day(body: str) -> date | None:
    """Return the day of a report's dateline; None where it has none."""
    match = _HEADER_DAY.search(body[:_HEADER])
    try:
        return datetime.strptime(" ".join(match.groups()), "%d %b %y").date() if match else None
    except ValueError:
        return None


def predict(input: Path, out: Path) -> None:
    """Read every report of `input` and write its templates to `out`.

    Raises InputError where the file holds no message id.
    """
    found = list(messages(input.read_text(encoding="latin-1")))
    if not found:
        raise InputError(
            "no MUC-4 message id in this file",
            value=str(input),
            next_step="give a text file in which a line such as TST2-MUC4-0001 opens each report",
        )
    with out.open("w", encoding="latin-1", errors="replace") as file:
        for id, body in found:
            file.write(templates_of(id, body) + "\n")


def templates_of(id: str, body: str) -> str:
    """Return the templates of one report as the file has them."""
    capture = Capture(
        name=id,
        id=id,
        content=body,
        media_type="text",
        sha256=hashlib.sha256(body.encode("latin-1", "replace")).hexdigest(),
    )
    day = header_day(body)
    try:
        reading, analysis, seen = explain_capture(capture)
        if seen is None or not shipped():
            return render(id, templates(reading, day))
        return render(id, coded(reading, analysis, seen, day))
    except SaysoError:
        return render(id, [])


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return F1 over all slots (`f`, with `precision` and `recall`) and of each slot, in per cent."""
    counts = counts_of(gold, predictions)
    precision, recall, f = precision_recall_f(sum((counts[slot] for slot in SCORED), start=counts[2] * 0))
    each = {SLOTS[slot].lower(): precision_recall_f(counts[slot])[2] for slot in (1, *SCORED)}
    return {"f": f, "precision": precision, "recall": recall, **each}


def score(gold: Path, predictions: Path) -> str:
    """Return the measures as a table for people."""
    counts = counts_of(gold, predictions)
    rows = [("all slots", sum((counts[slot] for slot in SCORED), start=counts[2] * 0))]
    rows += [(SLOTS[slot], counts[slot]) for slot in (1, *SCORED)]
    lines = [f"{'':30} {'pos':>5} {'act':>5} {'cor':>5} {'par':>5} {'P':>6} {'R':>6} {'F':>6}"]
    for name, c in rows:
        p, r, f = precision_recall_f(c)
        lines.append(f"{name:30} {c[2]:5.0f} {c[3]:5.0f} {c[0]:5.0f} {c[1]:5.0f} {p:6.2f} {r:6.2f} {f:6.2f}")
    return "\n".join(lines)
