"""The overview: one summarised row an incident, kept up to date as articles, links and corrections come in.

Whoever changes something lets its incidents wait (`sayso.store.overview.due`); `refresh` lays them anew from the
reconciled record. A row that stands for nothing any more stays as `gone`, so that whoever follows `revision` sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, true, update

from sayso.desk.overview_rows import POLICY, account_of, gone_row, overview_row
from sayso.desk.overview_sources import source_rows
from sayso.errors import SaysoError
from sayso.link.view import Report, accounts, reconciled_within
from sayso.store.links import Links, batches
from sayso.store.store import Store
from sayso.store.tables import correction, overview, overview_due, overview_source, review

AT_ONCE = 25
"""Keys laid in one transaction: other writers wait some tenths of a second for it."""
Row = dict[str, Any]


class Laid(NamedTuple):
    """A row of the overview and those of its sources."""

    row: Row
    sources: list[Row]


def refresh(store: Store, most: int | None = None) -> int:
    """Lay what waits into the overview, at most `most` keys; return how many were laid.

    An incident that cannot be laid is recorded as a failure, keeps the row that it had and waits no more; the others
    go on. Stopped at any moment, what was laid is whole and the rest waits.
    """
    done = 0
    while most is None or done < most:
        wanted = AT_ONCE if most is None else min(AT_ONCE, most - done)
        with store.reading() as connection:
            if not _waiting(connection, 1):
                return done
        failures: list[tuple[str, str]] = []
        with store.writing() as connection:
            keys = _waiting(connection, wanted)
            put(connection, _laid(connection, _heads(connection, keys), failures))
            gone = delete(overview_due).where(overview_due.c.key == bindparam("k"))
            if keys:
                connection.execute(gone, [{"k": key} for key in keys])
        for key, error in failures:
            store.add_failure(key, error)
        done += len(keys)
    return done


def waiting(store: Store) -> int:
    """Return how many incidents wait to be laid anew."""
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(overview_due)).scalar_one())


def _waiting(connection: Connection, most: int) -> list[str]:
    query = select(overview_due.c.key).order_by(overview_due.c.key).limit(most)
    return [row.key for row in connection.execute(query)]


def _heads(connection: Connection, keys: Sequence[str]) -> dict[str, list[str]]:
    """Return what rows these keys touch, each with the keys of its accounts; none where it heads nothing any more."""
    links = Links(connection, "incident")
    clusters = links.clusters_of(keys)
    heads = {*keys, *clusters.values()}
    above = links.clusters_of(heads)
    members = links.members(set(above.values()))
    return {head: members.get(head, [head]) if above.get(head, head) == head else [] for head in sorted(heads)}


def _laid(connection: Connection, heads: dict[str, list[str]], failures: list[tuple[str, str]]) -> list[Laid]:
    """Return the rows of these heads; where one fails, each is tried alone and only the bad one is left out."""
    try:
        every = accounts(connection, [key for keys in heads.values() for key in keys])
        by_key = {one.key: one for one in every if one.stored.current and account_of(one)}
        touched = _touched(connection, by_key.values())
        return [
            _one(connection, head, [by_key[key] for key in keys if key in by_key], touched)
            for head, keys in heads.items()
        ]
    except (SaysoError, MemoryError):
        raise
    except Exception as error:
        if len(heads) > 1:
            return [laid for head, keys in heads.items() for laid in _laid(connection, {head: keys}, failures)]
        (head,) = heads
        failures.append((head, f"cannot be laid into the overview ({type(error).__name__}: {error}). Please report it"))
        return []


def _one(connection: Connection, head: str, reports: list[Report], touched: set[str]) -> Laid:
    reports.sort(key=lambda one: (one.stored.number, one.key))
    record = reconciled_within(connection, reports, POLICY) if reports else None
    if record is None:
        return Laid(gone_row(head), [])
    reviewed = any(one.key in touched for one in reports)
    return Laid(overview_row(head, record, reports, reviewed=reviewed), source_rows(record))


def _touched(connection: Connection, reports: Iterable[Report]) -> set[str]:
    """Return the keys of the accounts that somebody has corrected or reviewed."""
    keys = {(r.stored.number, account.id): r.key for r in reports if (account := account_of(r))}
    found: set[str] = set()
    for some in batches(sorted({number for number, _ in keys}), AT_ONCE * 4):
        for table, counts in ((correction, true()), (review, review.c.verdict != "skipped")):
            query = select(table.c.article, table.c.incident).distinct().where(counts)
            for row in connection.execute(query.where(table.c.article.in_(some), table.c.revoked.is_(None))):
                found.update(key for key in [keys.get((row.article, row.incident))] if key)
    return found


def put(connection: Connection, laid: Iterable[Laid]) -> None:
    """Write rows, in the place of those of their keys, all under the next revision."""
    every = list(laid)
    newest = connection.execute(select(func.max(overview.c.revision))).scalar() or 0
    known = _numbers(connection, [one.row["key"] for one in every])
    fresh = [one for one in every if one.row["key"] not in known and not one.row["gone"]]
    changed = [one for one in every if one.row["key"] in known]
    if fresh:
        last = connection.execute(select(func.max(overview.c.number))).scalar() or 0
        rows = [{**one.row, "number": last + k, "revision": newest + 1} for k, one in enumerate(fresh, 1)]
        connection.execute(insert(overview), rows)
        known |= {row["key"]: row["number"] for row in rows}
    if changed:
        columns = [name for name in changed[0].row if name != "key"]
        change = update(overview).where(overview.c.number == bindparam("n"))
        values: dict[str, Any] = {name: bindparam(f"v_{name}") for name in (*columns, "revision")}
        connection.execute(change.values(values), list(_updates(changed, known, newest + 1)))
        connection.execute(
            delete(overview_source).where(overview_source.c.overview == bindparam("n")),
            [{"n": known[one.row["key"]]} for one in changed],
        )
    sources = [{**row, "overview": known[one.row["key"]]} for one in (*fresh, *changed) for row in one.sources]
    if sources:
        connection.execute(insert(overview_source), sources)


def _updates(changed: list[Laid], known: dict[str, int], revision: int) -> Iterator[Row]:
    for one in changed:
        values = {f"v_{name}": value for name, value in one.row.items() if name != "key"}
        yield {**values, "n": known[one.row["key"]], "v_revision": revision}


def _numbers(connection: Connection, keys: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in batches(keys, 500):
        query = select(overview.c.key, overview.c.number).where(overview.c.key.in_(some))
        found |= {row.key: row.number for row in connection.execute(query)}
    return found


def empty(store: Store) -> bool:
    """Say whether nothing has been laid and nothing waits."""
    with store.reading() as connection:
        return not any(
            connection.execute(select(exists().select_from(table))).scalar() for table in (overview, overview_due)
        )
