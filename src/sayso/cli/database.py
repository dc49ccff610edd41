"""What the commands on a database share: which one, its readings in the order asked for, words fit for a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from sayso.cli.common import Format, JsonWriter

if TYPE_CHECKING:
    from sayso.export.summary import Row
    from sayso.store.rebuild import Stored
    from sayso.store.store import Found, Store

Db = Annotated[
    str, typer.Option("--db", metavar="FILE", envvar="SAYSO_DB", help="The database: a file, or an sqlite:/// URL.")
]
DEFAULT_DB = "sayso.db"
PolicyOption = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="POLICY",
        help="Which value is put first: latest authority, most independent, lowest, highest.",
    ),
]
LATEST = "latest authority"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, with which a text could take over a terminal, and those that turn the direction of writing."""


def printable(text: str | None) -> str:
    """Return text on one line without control characters; empty for None."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join((text or "").split()))


def stdout() -> TextIO:
    """Return standard output for files that are piped on: UTF-8, line ends as they are written."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="")
    return sys.stdout


def many(number: int, thing: str) -> str:
    """Return a number of things in words: `1 article`, `2,000 articles`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def write_rows(rows: Iterable[Row], columns: Iterable[str], format: str) -> None:
    """Write flat rows to standard output as `csv`, `json` or `jsonl`."""
    from sayso.export.csv import CsvTable

    if format == "csv":
        table = CsvTable(stdout(), columns)
        for row in rows:
            table.write(row)
    else:
        with JsonWriter(Format(format)) as writer:
            for row in rows:
                writer.write(dict(row))


def stored_with(store: Store, found: Iterable[Found]) -> Iterator[tuple[Stored, list[str]]]:
    """Yield each article with those of its incidents that were found, as long as they follow each other."""
    runs = [(number, [row.key for row in run]) for number, run in groupby(found, key=lambda row: row.article)]
    yield from zip(store.readings(number for number, _ in runs), (keys for _, keys in runs), strict=True)
