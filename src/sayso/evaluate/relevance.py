"""False alarms: how many reports that tell of no incident are given one.

Input is a tab-separated file without a head line, a text and its label in each row; label 0 marks rows on sport,
business, arts and technology. Predictions are rows of number and kinds of the main incidents, in the input's order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator
from pathlib import Path

from sayso.errors import InputError, SaysoError
from sayso.model.article import Capture
from sayso.model.reading import Reading
from sayso.pipeline import read_capture

LABEL = "0"


def rows(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield number (from 1), text and label of each row. Raises InputError for a row without a label."""
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
        if not line.strip():
            continue
        text, tab, label = line.rpartition("\t")
        if not tab:
            raise InputError(
                "this row has no label", value=f"{path}:{number}", next_step="give rows of a text, a tab and 0 or 1"
            )
        yield number, text, label.strip()


def predict(input: Path, out: Path, step: int = 1) -> None:
    """Read the rows labelled 0 of `input`, every `step`th of them, and write the kinds of their main incidents."""
    wanted = [(number, text) for number, text, label in rows(input) if label == LABEL][::step]
    with out.open("w", encoding="utf-8") as file:
        for number, text in wanted:
            file.write("\t".join([str(number), *kinds_of(text, f"{input.name}:{number}")]) + "\n")


def kinds_of(text: str, name: str) -> list[str]:
    """Return the kinds of the main incidents that are read from a text, background left out."""
    capture = Capture(
        name=name, content=text, media_type="text", sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    )
    try:
        reading: Reading = read_capture(capture)
    except SaysoError:
        return []
    return [incident.kind for incident in reading.incidents if not incident.background]


def alarms(predictions: Path, told: Container[int] = frozenset()) -> tuple[list[int], int]:
    """Return the rows given an incident, less those that do tell of one (`told`), and how many rows were read."""
    lines = [line.split("\t") for line in predictions.read_text(encoding="utf-8").splitlines()]
    return [int(n) for n, *kinds in lines if kinds and int(n) not in told], len(lines)


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return the share of rows with a false alarm in per cent; `gold` is the input and only has to have those rows."""
    found, read = alarms(predictions)
    return {"false alarms": 100 * len(found) / read if read else 0.0}


def score(gold: Path, predictions: Path) -> str:
    """Return the measure and the rows concerned, for people."""
    found, read = alarms(predictions)
    share = measures(gold, predictions)["false alarms"]
    return f"{len(found)} of {read} rows labelled 0 are given an incident ({share:.2f} %): {found}"
