"""What is listed as files: a row or a feature for what each report tells, written as it is read.

Names of minors, of victims of sexual violence and of witnesses are withheld, as `sayso export` does it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, select

from sayso.desk.index import Line, Selection
from sayso.export import columns
from sayso.export.csv import CsvTable
from sayso.export.geojson import feature
from sayso.export.incident_shapes import IncidentRecord, Record
from sayso.export.record import record_of
from sayso.export.summary import incident_row
from sayso.export.withhold import hiding, withhold
from sayso.store.links import batches
from sayso.store.store import Store
from sayso.store.tables import overview

Account = tuple[int, str]
"""An article's number and the key of the incident that it tells of."""
CHUNK = 65_536
"""Characters that are sent together."""
AT_ONCE = 500
"""Rows of the overview that are asked for together."""


def accounts_of(store: Store, selection: Selection) -> list[Account]:
    """Return the accounts of all incidents that were selected, by article."""
    numbers = selection.snapshot["number"][selection.mask].tolist()
    found = (account for some in batches(numbers, AT_ONCE) for account in _accounts(store, overview.c.number.in_(some)))
    return sorted(found)


def _accounts(store: Store, wanted: ColumnElement[bool]) -> Iterator[Account]:
    with store.reading() as connection:
        rows = connection.execute(select(overview.c.accounts).where(wanted, ~overview.c.gone)).all()
    yield from ((number, key) for row in rows for number, key in row.accounts)


def withheld(store: Store, lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return lines of a list as plain types, without the names that their reports are not to give away."""
    made = {line.key: {name: getattr(line, name) for name in Line.__slots__} for line in lines}
    with store.reading() as connection:
        query = select(overview.c.key, overview.c.accounts).where(overview.c.key.in_(list(made)))
        articles = {row.key: [number for number, _ in row.accounts] for row in connection.execute(query)}
    numbers = sorted({number for own in articles.values() for number in own})
    hide = {one.number: hiding(one.keyed()) for one in store.readings(numbers)}
    for key, line in made.items():
        for replaced in filter(None, (hide.get(number) for number in articles.get(key, ()))):
            line["body"] = _each(line["body"], replaced)
    return list(made.values())


def _each(value: Any, change: Callable[[str], str], field: str = "") -> Any:
    """Return a value with every text in it changed, but for those out of closed lists."""
    if isinstance(value, str):
        return value if field in ("kind", "stage", "standing", "status", "when") else change(value)
    if isinstance(value, list):
        return [_each(part, change, field) for part in value]
    return {name: _each(part, change, name) for name, part in value.items()} if isinstance(value, dict) else value


def csv_of(store: Store, accounts: Iterable[Account]) -> Iterator[str]:
    """Yield the accounts as CSV with the columns of `sayso export`; its `cluster` holds one incident together."""
    out = StringIO()
    table = CsvTable(out, columns.INCIDENT)
    for record, incident in _told(store, accounts):
        table.write(incident_row(record, incident))
        if out.tell() > CHUNK:
            yield _drained(out)
    yield _drained(out)


def geojson_of(store: Store, accounts: Iterable[Account]) -> Iterator[str]:
    """Yield the accounts as a GeoJSON collection (RFC 7946), a feature a line."""
    out = StringIO()
    out.write('{"type": "FeatureCollection", "features": [')
    for number, (record, incident) in enumerate(_told(store, accounts)):
        out.write(",\n" if number else "\n")
        out.write(json.dumps(feature(record, incident), ensure_ascii=False))
        if out.tell() > CHUNK:
            yield _drained(out)
    out.write("\n]}\n")
    yield _drained(out)


FILES: Mapping[str, tuple[str, Callable[[Store, Iterable[Account]], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", csv_of),
    "geojson": ("application/geo+json", geojson_of),
}
"""The formats, each with its media type and what writes it."""


def _drained(out: StringIO) -> str:
    """Return what was written, and begin anew."""
    written = out.getvalue()
    out.seek(0)
    out.truncate()
    return written


def _told(store: Store, accounts: Iterable[Account]) -> Iterator[tuple[Record, IncidentRecord]]:
    """Yield each account's record, by article; one whose article went away meanwhile is left out."""
    runs = [(number, {key for _, key in run}) for number, run in groupby(sorted(accounts), key=lambda one: one[0])]
    for stored, (_, keys) in zip(store.readings(number for number, _ in runs), runs, strict=True):
        # First hidden, then chosen: a victim's name is hidden in every incident of the article.
        record = record_of(withhold(stored.keyed())[0])
        for incident in record.incidents:
            if incident.id in keys:
                yield record, incident
