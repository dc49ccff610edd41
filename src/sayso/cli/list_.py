"""`sayso list`: the incidents of a database."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.common import console, put_trimmed
from sayso.cli.database import DEFAULT_DB, Db, many, printable, stored_with, write_rows
from sayso.cli.filters import filtered
from sayso.store.filters import IncidentFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sayso.export.incident_shapes import IncidentRecord, Record
    from sayso.export.reconciled import ReconciledRecord
    from sayso.store.rebuild import Stored
    from sayso.store.store import Store

SHOWN = 50
"""How many lines people get unless they ask for more."""
_NAMES = 2
WIDE = 110
"""Columns of a terminal from which on the outlet is shown too."""


class ListFormat(StrEnum):
    """How the list is written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


class Order(StrEnum):
    """By what the list is sorted."""

    date = "date"
    published = "published"
    kind = "kind"
    place = "place"


@filtered
def list_(
    filter: IncidentFilter,
    db: Db = DEFAULT_DB,
    sort: Annotated[Order, typer.Option("--sort", help="By date and published: the newest first.")] = Order.date,
    reverse: Annotated[bool, typer.Option("--reverse", help="The other way round.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help=f"At most so many (table: {SHOWN} unless given; 0: all).")
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="A line for each report, also of those that were linked with each other.")
    ] = False,
    format: Annotated[
        ListFormat, typer.Option("--format", "-f", help="For people (table) or for machines.")
    ] = ListFormat.table,
) -> None:
    """List the incidents in a database.

    Reports that were found to tell of one incident are one line, which stands for all of them: `sayso show ID` has what
    each says. All conditions must be met; of several values of one option, any. Of an article that changed, the newest
    version counts. Names are shown as stored: `sayso export` is what withholds names.

    \b
    Examples:
      sayso list --kind bombing --country KZ --from 2011-10
      sayso list --actor "ashen lantern" --standing accused_by_authorities
      sayso list --speaker-kind armed_group --format csv > claims.csv
    """
    from sayso.store.store import open_store

    with open_store(db) as store:
        wanted = SHOWN if limit is None and format is ListFormat.table else limit or None
        apart = each or format is not ListFormat.table
        found = store.find(filter, sort.value, reverse=reverse, limit=wanted, each=apart)
        stored = stored_with(store, found)
        if format is not ListFormat.table:
            _write(stored, format)
        elif found:
            _show(store, stored, {row.key: row.reports for row in found})
            _more(len(found), store.count(filter, each=apart))
        else:
            print(_nothing(store))


def _write(stored: Iterable[tuple[Stored, list[str]]], format: ListFormat) -> None:
    """Write the incidents as flat rows."""
    from sayso.export import columns
    from sayso.export.record import record_of
    from sayso.export.summary import incident_row

    rows = (
        incident_row(record, incident)
        for article, keys in stored
        for record in [record_of(article.keyed(keys))]
        for incident in _in_order(record, keys)
    )
    write_rows(rows, columns.INCIDENT, format.value)


def _in_order(record: Record, keys: list[str]) -> list[IncidentRecord]:
    return sorted(record.incidents, key=lambda incident: keys.index(incident.id))


def _show(store: Store, stored: Iterable[tuple[Stored, list[str]]], reports: Mapping[str, int]) -> None:
    """Print the incidents to people, a line each: of several accounts what they say together."""
    from rich.table import Table
    from rich.text import Text

    from sayso.export.record import record_of

    out = console()
    headings = ("id", "date", "kind", "place", "perpetrator", "losses", "reported by")
    shown = headings if out.width >= WIDE else headings[:-1]
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for heading in shown:
        table.add_column(heading, no_wrap=heading == "id", overflow="fold", min_width=10)
    for article, keys in stored:
        record = record_of(article.keyed(keys))
        for incident in _in_order(record, keys):
            several = reports[incident.id] > 1
            cells = _cells_together(store, incident) if several else _cells(record, incident)
            dim = "dim" if incident.background and not several else ""
            table.add_row(*(Text(printable(cell)) for cell in cells[: len(shown)]), style=dim)
    put_trimmed(table, out)


def _cells(record: Record, incident: IncidentRecord) -> list[str]:
    """Return the cells of one line; everyone accused stands with the standing, never bare."""
    stage = "" if incident.stage == "accomplished" else f", {incident.stage}"
    article = record.article
    source = article.outlet or article.agency or article.name.rpartition("/")[2]
    return [
        incident.id,
        (incident.when or "").replace("/", " / "),
        incident.kind.replace("_", " ") + stage,
        ", ".join(_place(incident)),
        _names([(p.name, p.standing) for p in incident.perpetrators]),
        ", ".join(_losses(incident)),
        ", ".join(filter(None, (source, article.published))),
    ]


def _cells_together(store: Store, incident: IncidentRecord) -> list[str]:
    """Return the cells of a line that stands for several accounts: what is shown of them all by the usual policy."""
    from sayso.cli.database import LATEST
    from sayso.export.incident_shapes import PlaceValue
    from sayso.link.view import reconciled, reports_of

    accounts = reports_of(store, incident.id)
    record = reconciled(store, accounts, LATEST)
    assert record is not None
    shown = {slot: found.shown for slot, found in record.slots.items() if found.shown}
    where, when, stage = (shown.get(slot) for slot in ("where", "when", "stage"))
    told = [shown["kind"].words if "kind" in shown else incident.kind.replace("_", " ")]
    told += [stage.words] if stage and stage.words != "accomplished" else []
    place = where.value if where and isinstance(where.value, PlaceValue) else None
    country = place.country if place and place.type != "country" else None
    return [
        incident.cluster or incident.id,
        getattr(when.value, "edtf", when.words).replace("/", " / ") if when else "",
        f"{', '.join(told)} ({len(accounts)} reports)",
        ", ".join(filter(None, (place.names[0] if place else None, country))),
        _names([(one.name, one.standing) for one in record.perpetrators]),
        ", ".join(_losses_together(record)),
        f"{many(len(record.sources), 'independent source')}",
    ]


def _names(standings: list[tuple[str, str]]) -> str:
    names = [f"{name} ({standing.replace('_', ' ')})" for name, standing in standings]
    return "; ".join(names[:_NAMES]) + (f"; {len(names) - _NAMES} more" if len(names) > _NAMES else "")


def _losses_together(record: ReconciledRecord) -> Iterator[str]:
    """Yield the range of all that is said of how many were killed, and so on."""
    from sayso.export.summary import COUNTS

    for slot, found in record.slots.items():
        if slot in COUNTS and found.lowest is not None:
            high = f"-{found.highest}" if found.highest not in (None, found.lowest) else ""
            yield f"{found.lowest}{high}{'' if found.highest is not None else '+'} {slot.replace('_', ' ')}"


def _place(incident: IncidentRecord) -> list[str]:
    where = incident.where
    if where is None:
        return []
    country = where.country if where.type != "country" else None
    return [part for part in (where.names[0] if where.names else None, country) if part]


def _losses(incident: IncidentRecord) -> Iterator[str]:
    """Yield how many were killed, and so on, each as the range of all that is said."""
    from sayso.export.incident_shapes import QuantityValue
    from sayso.export.summary import COUNTS, number_words

    for slot in COUNTS:
        counts = getattr(incident, slot)
        if counts is not None and counts.low is not None:
            number = number_words(QuantityValue(low=counts.low, high=counts.high, approximate=False))
            yield f"{number} {slot.replace('_', ' ')}"


def _more(shown: int, every: int) -> None:
    line = many(every, "incident") if shown == every else f"{shown:,} of {every:,} incidents; --limit 0 shows all"
    console().print(line, style="dim")


def _nothing(store: Store) -> str:
    counts = store.counts()
    there = f"{many(counts.incidents, 'incident')} in {many(counts.articles, 'article')}"
    return f"no incident found (the database holds {there})"
