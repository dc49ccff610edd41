"""`sayso disagreements`: where the sources of an incident differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from sayso.cli.common import Format, FormatOption, JsonWriter, console
from sayso.cli.database import DEFAULT_DB, LATEST, Db, PolicyOption, many, printable
from sayso.model.claim import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from sayso.export.reconciled import ReconciledRecord
    from sayso.export.reconciled.shapes import Disagreement
    from sayso.link.view import Report
    from sayso.store.store import Store

SIDES = 4
"""Sides of a disagreement that are shown."""


def disagreements(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Incidents' ids or their beginnings; none: all.")
    ] = None,
    slot: Annotated[
        list[str] | None, typer.Option("--slot", metavar="SLOT", help="E.g. killed or perpetrator; again for several.")
    ] = None,
    policy: PolicyOption = LATEST,
    db: Db = DEFAULT_DB,
    format: FormatOption = Format.table,
) -> None:
    """List where sources differ.

    Of every incident that several articles tell of: the values that cannot all be right, who holds which, how many
    independent sources each has, and when it was last said. A toll that its own source raises is no disagreement.

    \b
    Examples:
      sayso disagreements
      sayso disagreements --slot killed --slot perpetrator --format jsonl
    """
    from sayso.cli.filters import among
    from sayso.store.store import open_store

    wanted = set(among(slot, get_args(Slot), "--slot"))
    with open_store(db) as store:
        found = (
            (reports, [d for d in record.disagreements if not wanted or d.slot in wanted])
            for reports, record in _records(store, ids or [], policy)
        )
        differing = ((reports, sides) for reports, sides in found if sides)
        if format is not Format.table:
            _write(differing, format)
            return
        number = 0
        for reports, sides in differing:
            number += 1
            _print(reports, sides)
    print(many(number, "incident") + " on which sources differ" if number else "no incident on which sources differ")


def _records(store: Store, ids: list[str], policy: str) -> Iterator[tuple[list[Report], ReconciledRecord]]:
    from sayso.cli.show import key_of
    from sayso.export.reconciled.policy import policy_named
    from sayso.link.view import clusters_of_many, reconciled, reports_of

    policy_named(policy)
    asked = (reports_of(store, key_of(store, id)) for id in ids)
    chosen = {reports[0].key: reports for reports in asked}.values() if ids else clusters_of_many(store)
    for reports in chosen:
        record = reconciled(store, reports, policy)
        if record is not None:
            yield reports, record


def _write(found: Iterator[tuple[list[Report], list[Disagreement]]], format: Format) -> None:
    from sayso.export.reconciled import plain

    with JsonWriter(format) as writer:
        for reports, sides in found:
            keys = [report.key for report in reports]
            writer.write({"incidents": keys, "disagreements": [plain(one) for one in sides]})


def _print(reports: list[Report], sides: list[Disagreement]) -> None:
    from sayso.cli.render.reconciled_table import few

    out = console()
    first = min(reports, key=lambda r: (r.stored.reading.article.published is None, r.stored.number))
    title = first.stored.reading.article.title or first.stored.reading.article.name
    id = first.stored.clusters.get(first.key, first.key)
    out.print(printable(f"{id}  {title}  ({many(len(reports), 'report')})"), style="bold")
    for one in sides:
        _put(f"{one.slot.replace('_', ' ')}: {one.why}", out, 3, "yellow")
        for side in one.sides[:SIDES]:
            last = f", last {side.last_said}" if side.last_said else ""
            _put(f"{side.words}: {few(side.sources)} ({many(side.independent, 'source')}{last})", out, 6)
        if len(one.sides) > SIDES:
            _put(f"... and {len(one.sides) - SIDES} more", out, 6, "dim")


def _put(words: str, out: Console, indent: int, style: str = "") -> None:
    from rich.text import Text

    from sayso.cli.render.layout import put_columns

    put_columns([Text(printable(words), style=style)], [out.width - indent], out, margin=indent)
