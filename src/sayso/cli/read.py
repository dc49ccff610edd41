"""`sayso read`: reports in, what they tell out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

import typer

from sayso.cli.common import FAILED, Format, FormatOption, JsonWriter, Paths, Published, console, warn
from sayso.errors import ConfigurationError
from sayso.model.article import Capture
from sayso.model.reading import Reading

T = TypeVar("T")


def read(paths: Paths, published: Published = None, format: FormatOption = Format.table) -> None:
    """Read reports and show what they tell; nothing is stored.

    Shows each incident with its values, on whose word each stands, and the words themselves. What cannot be read is
    reported, the others go on, and the exit code is then 1. A report without any incident is no failure.

    \b
    Examples:
      sayso read report.html --published 2019-05-03
      sayso read reports/ --format jsonl > records.jsonl
      cat report.txt | sayso read - --format json
    """
    from sayso.pipeline import read_capture

    readings = Inputs(paths, lambda capture: read_capture(capture, published))
    if format is Format.table:
        _show(readings)
    else:
        from sayso.export.record import record

        with JsonWriter(format) as writer:
            for reading in readings:
                writer.write(record(reading))
    if readings.failed:
        raise typer.Exit(FAILED)


class Inputs(Generic[T]):
    """What is read from each of all inputs, one at a time; counts and reports those that fail."""

    def __init__(self, paths: list[str], read: Callable[[Capture], T]) -> None:
        self._paths, self._read = paths, read
        self.failed = 0

    def __iter__(self) -> Iterator[T]:
        from sayso.read import ReadFailure, captures

        for capture in captures(self._paths):
            if isinstance(capture, ReadFailure):
                self.report(str(capture.error))
                continue
            try:
                found = self._read(capture)
            except ConfigurationError:
                raise  # a part of sayso is missing: no other article would fare better
            except Exception as error:  # one bad article must not end the run, whatever is wrong with it
                self.report(f"{capture.name}: could not be read ({type(error).__name__}: {error})")
                continue
            yield found

    def report(self, message: str) -> None:
        """Tell of an input that failed, and count it."""
        self.failed += 1
        warn(message)


def _show(readings: Inputs[Reading]) -> None:
    """Show readings to people; several get a closing line."""
    from sayso.cli.render import render
    from sayso.export.record import record_of

    out = console()
    articles = incidents = 0
    for reading in readings:
        if articles:
            out.rule(style="dim", characters="─")
        render(record_of(reading), out)
        articles += 1
        incidents += len(reading.incidents)
    if articles > 1:
        out.rule(style="dim", characters="─")
        out.print(f"{articles} articles, {incidents} incidents", style="bold")
    if incidents and out.is_terminal:
        out.print("why each value: sayso explain, with the same files", style="dim")
