"""What several commands share: their options, and how they write and report."""

from __future__ import annotations

import json
import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from sayso.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

FAILED = 1


class Format(StrEnum):
    """How a command writes what it found."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


def parse_published(text: str) -> date:
    """Return the day of publication that the user gives. Raises BadParameter where there is no such day."""
    from sayso.resolve import when

    try:
        return cast(date, getattr(when, "published_date", date.fromisoformat)(text))
    except (InputError, ValueError) as error:
        raise typer.BadParameter(str(error)) from error


Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATHS",
        help="Files or folders of text, HTML or JSONL (also .gz), or web addresses; - is standard input.",
    ),
]
Published = Annotated[
    date | None,
    typer.Option(
        "--published",
        parser=parse_published,
        metavar="DATE",
        help="Day of publication (YYYY-MM-DD), for what does not give its own.",
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", "-f", help="For people (table) or for machines: one list, or one object a line.")
]


def console() -> Console:
    """Return the console for people: colours and its own width on a terminal, plain text of 80 columns when piped."""
    from rich.console import Console

    class Out(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich would exit with 1; `main` takes it for what it is

    out = Out(highlight=False, emoji=False, markup=False)
    if not out.is_terminal and "COLUMNS" not in out._environ:
        out.width = 80
    return out


def put_trimmed(item: RenderableType, out: Console) -> None:
    """Print a table or a padded text without the blanks that rich puts at the ends of lines."""
    with out.capture() as captured:
        out.print(item)
    for line in captured.get().splitlines():
        print(line.rstrip())


def printable(text: str) -> str:
    """Return `text` of the same length without characters that steer a terminal or turn its line around.

    C0 and C1 controls (line breaks stay) and Unicode's bidirectional embeddings and isolates: what is printed comes
    from pages and file names that anyone may have written.
    """
    return text.translate(_STEERING)


_STEERING = dict.fromkeys(
    [*(c for c in (*range(32), *range(127, 160)) if c != 10), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"
)


def warn(message: str) -> None:
    """Tell the user, on standard error, of something that could not be done."""
    print(f"sayso: {printable(message)}", file=sys.stderr, flush=True)


class JsonWriter:
    """Writes records to standard output one at a time, as one JSON list or as one object a line."""

    def __init__(self, format: Format) -> None:
        self._list = format is Format.json
        self._started = False
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # JSON is UTF-8 on every terminal (RFC 8259)

    def __enter__(self) -> JsonWriter:
        return self

    def write(self, record: dict[str, Any]) -> None:
        """Write one record."""
        if self._list:
            body = json.dumps(record, ensure_ascii=False, indent=2).replace("\n", "\n  ")
            sys.stdout.write(f"{',' if self._started else '['}\n  {body}")
        else:
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        self._started = True

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._list:
            sys.stdout.write("\n]\n" if self._started else "[]\n")
