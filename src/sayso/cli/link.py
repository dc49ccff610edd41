"""`sayso link`: which articles tell of one incident, who is whom."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli.common import FAILED, warn
from sayso.cli.database import DEFAULT_DB, Db, many, printable


def link(
    every: Annotated[
        bool, typer.Option("--all", help="Link all articles anew, for instance after an update of sayso.")
    ] = False,
    db: Db = DEFAULT_DB,
) -> None:
    """Link the articles of a database with each other.

    `sayso ingest` does it for each article that it stores; this is for a database of an older sayso, for a run that was
    stopped, and with --all for everything anew. The outcome does not depend on the order of the articles. What people
    have decided (`sayso same`, `sayso different`) binds it; judgements of rules that no longer hold are revoked and
    stay on record.

    \b
    Examples:
      sayso link --db cases.db
      sayso link --all
    """
    from sayso.cli.ingest import SHOWN, progress
    from sayso.cli.judge import open_existing
    from sayso.desk.overview import refresh
    from sayso.link.linker import link as run

    with open_existing(db) as store, progress() as advance:
        done = run(store, again=every, advance=lambda number: advance(f"{number} more"))
        refresh(store)
    for failure in done.failures[:SHOWN]:
        warn(printable(failure))
    print(f"{many(done.articles, 'article')} linked; {many(done.compared, 'pair')} compared")
    if done.failures:
        raise typer.Exit(FAILED)
