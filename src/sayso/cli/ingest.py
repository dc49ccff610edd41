"""`sayso ingest`: reports into a database."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.common import FAILED, Paths, Published, warn
from sayso.cli.database import DEFAULT_DB, Db, many, printable

if TYPE_CHECKING:
    from sayso.desk.reading import Outcome
    from sayso.store.store import Store

SHOWN = 20
"""How many failures, notes and changed articles are named at the end; the database has all of them."""
LAID_AFTER = 50
"""After how many inputs the overview is brought up to date: an incident told of often is then laid once for many."""


def ingest(
    paths: Paths,
    db: Db = DEFAULT_DB,
    published: Published = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, max=64, help="Processes that read at the same time.")] = 1,
) -> None:
    """Read reports into a database.

    The same input twice changes nothing: what is there already is passed over without reading it. An article that has
    changed since is stored as its newest version, and the older one is kept. Each article is linked with those that
    tell of the same (see `sayso link`). Stopped at any moment, the database is whole, and the same command goes on.
    What cannot be read is recorded with its error; the exit code is then 1. What was read with reservations (cut,
    damaged, not in English) is named and is no failure.

    \b
    Examples:
      sayso ingest reports/ --db cases.db --published 2011-11-09
      sayso ingest wire.jsonl pages/ --jobs 4
    """
    from sayso.desk.overview import refresh
    from sayso.desk.reading import outcomes
    from sayso.link.linker import link
    from sayso.store.store import open_store

    tally = Tally()
    with open_store(db, write=True) as store:
        try:
            with progress() as advance:
                tally.failures += link(store).failures
                for number, outcome in enumerate(outcomes(paths, published, jobs, store.has), 1):
                    tally.keep(store, outcome)
                    tally.failures += link(store).failures
                    advance(outcome.name)
                    if number % LAID_AFTER == 0:
                        refresh(store)
                refresh(store)
        finally:
            tally.report(db)
    if tally.failures:
        raise typer.Exit(FAILED)


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the inputs."""

    stored: int = 0
    unchanged: int = 0
    incidents: int = 0
    replaced: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def keep(self, store: Store, outcome: Outcome) -> None:
        """Store one outcome and count it. Raises StoreError where the database takes no more at all."""
        from sayso.desk.keeping import keep

        kept = keep(store, outcome)
        if kept.error is not None:
            self.failures.append(kept.error)
        elif kept.what == "unchanged":
            self.unchanged += 1
        else:
            self._count(outcome, kept.what, kept.version)

    def _count(self, outcome: Outcome, what: str, version: int) -> None:
        assert outcome.reading is not None
        self.stored += 1
        self.incidents += len(outcome.reading.incidents)
        self.notes += [f"note: {outcome.name}: {note}" for note in outcome.reading.article.notes]
        if what == "replaced":
            id = outcome.reading.article.id
            self.replaced.append(
                f"{id} has changed: now version {version}; the older one is kept as {id}@{version - 1}"
            )

    def report(self, db: str) -> None:
        """Tell what was done: counts on standard output, what failed on standard error."""
        for line in self.replaced[:SHOWN]:
            print(printable(line))
        if len(self.replaced) > SHOWN:
            print(f"... and {many(len(self.replaced) - SHOWN, 'changed article')} more")
        _name(self.notes, "note", "the articles have them")
        _name(self.failures, "failure", f"all stand in the table failure of {db}")
        parts = [f"{many(self.stored, 'article')} stored"]
        parts += [f"{self.unchanged:,} there already"] if self.unchanged else []
        parts += [f"{len(self.failures):,} failed"] if self.failures else []
        if self.stored or not self.unchanged:
            parts.append(f"{many(self.incidents, 'incident')} found" if self.incidents else "no incident found")
        print("; ".join(parts), flush=True)


def _name(lines: list[str], thing: str, where: str) -> None:
    """Write the first lines on standard error, and how many more there are."""
    for line in lines[:SHOWN]:
        warn(printable(line))
    if len(lines) > SHOWN:
        warn(f"... and {many(len(lines) - SHOWN, f'more {thing}')}: {where}")


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give what is called after each input; shows a bar where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = BarColumn(bar_width=20), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}")
    with Progress(*columns, console=Console(stderr=True, markup=False), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda name: progress.update(task, advance=1, description=printable(name)[-60:])
