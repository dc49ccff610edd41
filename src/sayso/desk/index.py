"""The index: what a list, its facets, the map and the timeline are answered from, in memory.

It follows the overview: before each question, rows of a newer revision are laid over what it holds. Threads ask beside
each other, each of the snapshot it began with.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, bindparam, select

from sayso.desk.columns import Array, Snapshot, nothing
from sayso.desk.conditions import Mask, masks
from sayso.desk.facets import FacetValue, every, facets
from sayso.desk.filters import Box, ListFilter, Order
from sayso.desk.loading import loaded
from sayso.desk.order import cursor, mark, ordered, place_after
from sayso.desk.points import Points, points
from sayso.desk.timeline import Timeline, timeline
from sayso.store import search_sqlite
from sayso.store.store import Store
from sayso.store.tables import overview

PAGE = 50
_SEARCHES = 32
"""How many searches are remembered, each with a bit for every article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One incident as a list shows it; `body` has its words (`overview_rows` tells which)."""

    key: str
    kind: str
    stage: str
    background: bool
    edtf: str | None
    earliest: date | None
    latest: date | None
    published: date | None
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    where_prec: int | None
    disputed: bool
    reviewed: bool
    reports: int
    sources: int
    killed: int
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some lines, and the cursor of what follows; None where nothing does."""

    lines: tuple[Line, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The incidents that meet a filter, as of one moment."""

    snapshot: Snapshot
    filter: ListFilter
    met: Mapping[str, Mask] = field(repr=False)
    mask: Mask = field(repr=False)

    @property
    def count(self) -> int:
        """How many there are."""
        return int(self.mask.sum())

    def keys_in_order(self, sort: Order = "date", *, reverse: bool = False) -> list[str]:
        """Return the keys of all of them in order."""
        order = ordered(self.snapshot, sort, reverse)
        found: list[str] = self.snapshot["key"][order[self.mask[order]]].tolist()
        return found

    def page(
        self,
        store: Store,
        sort: Order = "date",
        *,
        reverse: bool = False,
        after: str | None = None,
        limit: int = PAGE,
    ) -> Page:
        """Return the lines after a cursor, at most `limit`. Raises InputError for no such order or cursor.

        What has changed meanwhile is shown as it is now; what is gone is left out.
        """
        order = ordered(self.snapshot, sort, reverse)
        start = place_after(self.snapshot, order, sort, reverse, after) if after else 0
        rest = order[start:]
        found = rest[self.mask[rest]]
        rows, more = found[: max(limit, 1)], len(found) > max(limit, 1)
        following = cursor(sort, reverse, mark(self.snapshot, sort, int(rows[-1]))) if more else None
        with store.reading() as connection:
            lines = _lines(connection, self.snapshot["number"][rows].tolist())
        return Page(lines=tuple(lines), next=following)

    def facets(self) -> dict[str, list[FacetValue]]:
        """Return how many there are of each value of each facet, all other conditions met."""
        if self.met:
            return facets(self.snapshot, self.filter, self.met)
        found: dict[str, list[FacetValue]] | None = self.snapshot.cache.get("facets")
        if found is None:
            found = self.snapshot.cache["facets"] = facets(self.snapshot, self.filter, {})
        return found

    def timeline(self) -> Timeline:
        """Return when they were; within the days that the filter asks for, where it asks for any."""
        return timeline(self.snapshot, self.mask, *self.filter.days())

    def points(self, box: Box | None = None, zoom: int = 2) -> Points:
        """Return where they were, in cells of a map at a zoom (0 the whole world in 256 pixels, to 19)."""
        return points(self.snapshot, self.mask, box, zoom)


class Index:
    """The overview of one database in memory; give one `Index` stores of that database only."""

    def __init__(self) -> None:
        self._lock, self._now = Lock(), nothing()
        self._searches: OrderedDict[str, Array] = OrderedDict()

    def select(self, store: Store, filter: ListFilter | None = None) -> Selection:
        """Return what meets a filter, as the database is now. Raises InputError for a period that is none."""
        asked = filter or ListFilter()
        with store.reading() as connection:
            snapshot = self._current(connection)
            met = masks(snapshot, asked, lambda words: self._articles(connection, words))
        return Selection(snapshot=snapshot, filter=asked, met=met, mask=every(len(snapshot), met.values()))

    def _current(self, connection: Connection) -> Snapshot:
        with self._lock:
            self._now = loaded(connection, self._now)
            return self._now

    def _articles(self, connection: Connection, words: str) -> Array:
        """Return which articles hold these words: True at the number of each.

        What was found stays found, so that only articles that came later are asked for the next time.
        """
        query = search_sqlite.query_of(words)
        known = self._searches.get(query, np.zeros(1, np.bool_))
        newest = connection.exec_driver_sql("SELECT max(number) FROM article").scalar() or 0
        if newest < len(known) - 1:  # another database lies in its place
            known = np.zeros(1, np.bool_)
        if query and newest >= len(known):
            found = np.zeros(newest + 1, np.bool_)
            found[: len(known)] = known
            # One string of all numbers: a row each would cost more than the search.
            told = connection.exec_driver_sql(
                "SELECT group_concat(rowid) FROM article_search WHERE article_search MATCH ? AND rowid >= ?",
                (query, len(known)),
            ).scalar()
            numbers = np.fromstring(told, np.int64, sep=",") if told else np.empty(0, np.int64)
            found[numbers[numbers <= newest]] = True
            known = found
        with self._lock:
            self._searches[query] = known
            self._searches.move_to_end(query)
            while len(self._searches) > _SEARCHES:
                self._searches.popitem(last=False)
        return known


def _lines(connection: Connection, numbers: Sequence[int]) -> list[Line]:
    found = {row.number: row for row in connection.execute(_LINES, {"numbers": numbers})}
    return [_line(found[number]) for number in numbers if number in found]


_LINES = select(overview.c.number, *(overview.c[name] for name in Line.__slots__)).where(
    overview.c.number.in_(bindparam("numbers", expanding=True)), ~overview.c.gone
)


def _line(row: Row[Any]) -> Line:
    return Line(**{name: getattr(row, name) for name in Line.__slots__})
