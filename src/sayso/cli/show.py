"""`sayso show`: one incident, or one article with all its incidents, and the words behind every value."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.common import Format, FormatOption, JsonWriter, console
from sayso.cli.database import DEFAULT_DB, Db, printable
from sayso.errors import InputError

if TYPE_CHECKING:
    from sayso.model.reading import Reading
    from sayso.store.rebuild import Stored
    from sayso.store.store import Store

_VERSION = re.compile(r"(.+)@(\d{1,9})")


def show(
    id: Annotated[
        str, typer.Argument(metavar="ID", help="An incident's id or its beginning, or an article's (ID@1: version 1).")
    ],
    db: Db = DEFAULT_DB,
    format: FormatOption = Format.table,
) -> None:
    """Show one incident with its evidence.

    Each value stands with who says so and the words that carry it. An article's id shows all its incidents.

    \b
    Examples:
      sayso show ark4gwhntr
      sayso show karvel-1 --format json
    """
    from sayso.store.store import open_store

    with open_store(db) as store:
        stored, key = _found(store, id)
    reading = stored.keyed() if key is None else _about(stored.keyed([key]))
    if format is Format.table:
        _print(stored, reading, key)
    else:
        from sayso.export.record import record

        with JsonWriter(format) as writer:
            writer.write(record(reading))


def _found(store: Store, id: str) -> tuple[Stored, str | None]:
    """Return the article asked for, and the key of the one incident of it; None for all."""
    version = _VERSION.fullmatch(id)
    stored = store.article(id) or (store.article(version[1], int(version[2])) if version else None)
    if stored:
        return stored, None
    found = store.incident(id) if id.strip() else None
    if found is None:
        raise InputError("no such incident or article", value=id, next_step="`sayso list` and `sayso search` print ids")
    return found


def _about(reading: Reading) -> Reading:
    """Return the reading of one incident with only the statements that its values stand on."""
    wanted = {id for incident in reading.incidents for claim in incident.claims for id in claim.chain}
    return replace(reading, statements=tuple(s for s in reading.statements if s.id in wanted))


def _print(stored: Stored, reading: Reading, key: str | None) -> None:
    """Print to people: what it is, then the record as `sayso read` prints it."""
    from sayso.cli.render import render
    from sayso.export.record import record_of

    out = console()
    article = stored.reading.article
    version = "" if stored.current and stored.version == 1 else f", version {stored.version}"
    older = "" if stored.current else ", replaced by a newer one"
    ids = ", ".join(stored.keys[incident.id] for incident in stored.reading.incidents)
    what = f"incident {key} of article" if key else "article"
    out.print(printable(f"{what} {article.id}{version}{older}"), style="bold")
    if key is None and ids:
        out.print(f"incidents {ids}", style="dim")
    if key and reading.incidents[0].background:
        out.print("Background: the report only recalls this incident.", style="dim")
        reading = replace(reading, incidents=(replace(reading.incidents[0], background=False),))
    render(record_of(reading), out)
