"""`sayso show`: one incident, or one article with all its incidents, and the words behind every value."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.common import Format, FormatOption, JsonWriter, console
from sayso.cli.database import DEFAULT_DB, LATEST, Db, PolicyOption, many, printable
from sayso.cli.filters import day_of
from sayso.errors import InputError

if TYPE_CHECKING:
    from datetime import date

    from sayso.model.reading import Reading
    from sayso.store.rebuild import Stored
    from sayso.store.store import Store

_VERSION = re.compile(r"(.+)@(\d{1,9})")


def show(
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID...", help="An incident's id or its beginning, or an article's (ID@1: version 1)."),
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Only what had been said by this day, month or year.")
    ] = None,
    policy: PolicyOption = LATEST,
    alone: Annotated[
        bool, typer.Option("--alone", help="This article's account alone, also where others tell of the incident.")
    ] = False,
    quotes: Annotated[
        bool, typer.Option("--quotes", help="With several accounts: the words under each value.")
    ] = False,
    db: Db = DEFAULT_DB,
    format: FormatOption = Format.table,
) -> None:
    """Show one incident with its evidence.

    Where several articles tell of it, their accounts stand together: each value with who holds it, how many independent
    sources, since when and until when; one of them is put first by --policy, and where sources differ the sides stand
    side by side. Outlets that quote one person, or copy an agency, count once. With --alone, and where one article
    tells of it, each value stands with who says so and the words that carry it. An article's id shows all its
    incidents.

    \b
    Examples:
      sayso show ark4gwhntr
      sayso show ark4gwhntr --policy "most independent" --quotes
      sayso show ark4gwhntr --as-of 2019-05-01
      sayso show karvel-1 --format json
    """
    from sayso.export.as_of import as_of as known
    from sayso.export.reconciled.policy import policy_named
    from sayso.store.store import open_store

    day = day_of(as_of, 1, "--as-of")
    policy_named(policy)
    with open_store(db) as store:
        if len(ids) == 1 and not alone and _together(store, ids[0], policy, day, format, quotes):
            return
        found = [(stored, key, _wanted(stored, key)) for stored, key in (_found(store, id) for id in ids)]
    if day is not None:
        found = [(stored, key, known(reading, day)) for stored, key, reading in found]
    if format is not Format.table:
        from sayso.export.record import record

        with JsonWriter(format) as writer:
            for _, _, reading in found:
                writer.write(record(reading))
        return
    for stored, key, reading in found:
        _print(stored, reading, key, day)
    _put_sources([reading for _, _, reading in found])


def _together(store: Store, id: str, policy: str, day: date | None, format: Format, quotes: bool) -> bool:
    """Show all accounts of an incident; say whether there are several."""
    from sayso.cli.render.reconciled import render_reconciled
    from sayso.export.reconciled import plain
    from sayso.link.view import reconciled, reports_of

    key = _found(store, id)[1]
    reports = reports_of(store, key) if key else []
    if len(reports) < 2:
        return False
    record = reconciled(store, reports, policy, day)
    if format is not Format.table:
        with JsonWriter(format) as writer:
            if record:
                writer.write(plain(record))
        return True
    out = console()
    if day is not None:
        out.print(f"As known on {day.day} {day:%B %Y}: only what had been said by then.", style="yellow")
    if record is None:
        out.print("Of this nothing had been said by then.", style="yellow")
        return True
    render_reconciled(record, out, quotes=quotes)
    ids = ", ".join(report.key for report in reports)
    out.print(printable(f"accounts {ids}: `sayso show --alone ID`, `sayso why incident ID ID`"), style="dim")
    return True


def _wanted(stored: Stored, key: str | None) -> Reading:
    """Return the reading of an article, or what it tells of one incident, which then is none of the background."""
    if key is None:
        return stored.keyed()
    reading = _about(stored.keyed([key]))
    return replace(reading, incidents=tuple(replace(i, background=False) for i in reading.incidents))


def _put_sources(readings: list[Reading]) -> None:
    """Print how many independent sources stand behind what was shown, and which."""
    from sayso.export.origins import independent
    from sayso.export.sourcing import Sourcing

    main = [(r, [c for i in r.incidents if not i.background for c in i.claims]) for r in readings]
    found = independent(origin for reading, claims in main for origin in Sourcing(reading).sources(claims))
    if found:
        articles = many(len({r.article.id for r in readings}), "article")
        names = "; ".join(f"{origin.name} ({origin.kind.replace('_', ' ')})" for origin in found)
        out = console()
        out.print(f"{articles}, {many(len(found), 'independent source')}", style="bold")
        out.print(printable(names), style="dim")


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


def key_of(store: Store, id: str) -> str:
    """Return the whole key of an incident. Raises InputError where there is none."""
    found = store.incident(id) if id.strip() else None
    if found is None:
        raise InputError("no such incident", value=id, next_step="`sayso list` prints ids")
    return found[1]


def _about(reading: Reading) -> Reading:
    """Return the reading of one incident with only the statements that its values stand on."""
    wanted = {id for incident in reading.incidents for claim in incident.claims for id in claim.chain}
    return replace(reading, statements=tuple(s for s in reading.statements if s.id in wanted))


def _print(stored: Stored, reading: Reading, key: str | None, day: date | None) -> None:
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
    if key and any(stored.keys[i.id] == key and i.background for i in stored.reading.incidents):
        out.print("Background: the report only recalls this incident.", style="dim")
    if day is not None:
        out.print(f"As known on {day.day} {day:%B %Y}: only what had been said by then.", style="yellow")
        if not reading.incidents:
            out.print("Of this nothing had been said by then.", style="yellow")
            return
    render(record_of(reading), out)
