"""`sayso export`: incidents out of a database into a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from sayso.cli.common import warn
from sayso.cli.database import DEFAULT_DB, Db, many, stdout, stored_with
from sayso.cli.filters import filtered
from sayso.errors import SaysoError
from sayso.export.registry import EXPORTS, writer
from sayso.store.filters import IncidentFilter

if TYPE_CHECKING:
    from sayso.model.reading import Reading
    from sayso.store.store import Store

To = StrEnum("To", {name: name for name in EXPORTS if "/" not in name})  # type: ignore[misc]


class RowsOf(StrEnum):
    """What a row of CSV is."""

    incidents = "incidents"
    claims = "claims"


@filtered
def export(
    filter: IncidentFilter,
    to: Annotated[To, typer.Option("--to", help="The format.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Else to standard output.")] = None,
    db: Db = DEFAULT_DB,
    rows: Annotated[RowsOf, typer.Option("--rows", help="For csv: what a row is.")] = RowsOf.incidents,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Also name minors, victims of sexual violence and witnesses.")
    ] = False,
) -> None:
    """Write the incidents of a database to a file.

    The same database gives the same bytes. What each format loses, docs/store.md tells. Names of minors, of victims of
    sexual violence and of witnesses are replaced by [withheld], in the words of the article too.

    \b
    Examples:
      sayso export --to csv -o incidents.csv --country KZ --since 2011
      sayso export --to csv --rows claims -o claims.csv
      sayso export --to geojson -o map.geojson --no-background
    """
    from sayso.store.store import open_store

    if rows is RowsOf.claims and to.value != "csv":
        raise typer.BadParameter("only csv has rows", param_hint="--rows")
    write = writer("csv/claims" if rows is RowsOf.claims else to.value)
    with open_store(db) as store:
        readings = _Readings(store, filter, with_names)
        with _opened(out) as stream:
            count = write(iter(readings), stream)
    if out:
        warn(f"{many(count, 'incident')} written to {out}")
    if readings.hidden:
        who = f"{readings.hidden:,} {'person' if readings.hidden == 1 else 'people'}"
        warn(
            f"the names of {who} are withheld (minors, victims of sexual violence, witnesses); --with-names gives them"
        )


class _Readings:
    """The readings to export, by article and in text order; counts the people whose names it withholds."""

    def __init__(self, store: Store, filter: IncidentFilter, with_names: bool) -> None:
        self._store, self._filter, self._with_names = store, filter, with_names
        self.hidden = 0

    def __iter__(self) -> Iterator[Reading]:
        from sayso.export.withhold import withhold

        found = self._store.find(self._filter, "article")
        for stored, keys in stored_with(self._store, found):
            # First hidden, then chosen: a victim's name is hidden in every incident of the article.
            reading, hidden = (stored.keyed(), 0) if self._with_names else withhold(stored.keyed())
            self.hidden += hidden
            yield chosen(reading, keys)


def chosen(reading: Reading, keys: list[str]) -> Reading:
    """Return the reading with these incidents alone."""
    from dataclasses import replace

    return replace(reading, incidents=tuple(incident for incident in reading.incidents if incident.id in keys))


@contextmanager
def _opened(out: Path | None) -> Iterator[TextIO]:
    """Give the stream to write to. A file is whole or not there: it takes its name when all is written."""
    if out is None:
        yield stdout()
        return
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(out)
    except OSError as error:
        raise SaysoError(
            f"cannot be written ({error.strerror})",
            value=str(out),
            next_step="Check the folder, its rights and the room on the disk",
        ) from error
    finally:
        with suppress(OSError):  # a read-only disk refuses this, too
            part.unlink()
