"""The overview as columns in memory: one entry a row in each, rows in the order of their keys.

A `Snapshot` never changes; what is new is laid over it as another one. What rows have many of (kinds, outlets, who is
blamed) are pairs of a row and a number; pools lead from the numbers to the words and only ever grow, so that snapshots
share them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

Array = NDArray[Any]
NONE = -1
"""Stands for what is not known among days, numbers of words and precisions."""
FACETS = ("kind", "country", "standing", "speaker_kind", "outlet", "stage")
_POOLS = (*FACETS, "place", "actor", "where")
_QUERY = (
    "SELECT number, key, revision, gone, background, earliest, latest, published, kind, place, country, latitude,"
    " longitude, where_prec, disputed, reviewed, reports, sources, killed, facets, accounts,"
    " json_extract(body, '$.title') FROM overview"
)
_NEWER = f"{_QUERY} INDEXED BY ix_overview_revision WHERE revision > ?"
"""What is new is asked for by its index, which SQLite would pass over where most rows are of one revision."""
_TYPES: dict[str, Any] = {
    **dict.fromkeys(("number",), np.int64),
    **dict.fromkeys(("earliest", "latest", "published", "kind", "place", "country"), np.int32),
    **dict.fromkeys(("reports", "sources", "killed"), np.int32),
    **dict.fromkeys(("latitude", "longitude"), np.float64),
    **dict.fromkeys(("background", "disputed", "reviewed"), np.bool_),
    "where_prec": np.int8,
    **dict.fromkeys(("key", "title"), np.object_),
}
_PAIRS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys((*FACETS, "place"), (np.int32,)),
    "blamed": (np.int32, np.int32, np.uint64),
    "accounts": (np.int64,),
}


class Pool:
    """Words, each with a number."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """Return the number of a word, a new one where it has none."""
        found = self._numbers.get(word)
        if found is None:
            found = self._numbers[word] = len(self.words)
            self.words.append(word)
        return found

    def known(self, word: str) -> int:
        """Return the number of a word, `NONE` where it has none."""
        return self._numbers.get(word, NONE)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows, and beside each what it has."""

    rows: Array
    values: tuple[Array, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The overview as of a revision; `cache` keeps what was worked out of it."""

    revision: int
    pools: Mapping[str, Pool]
    columns: Mapping[str, Array]
    pairs: Mapping[str, Pairs]
    cache: dict[Any, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many incidents there are."""
        return len(self.columns["number"])

    def __getitem__(self, name: str) -> Array:
        """Return a column."""
        return self.columns[name]


def nothing() -> Snapshot:
    """Return the snapshot of an empty overview."""
    pools = {name: Pool() for name in _POOLS}
    columns = {name: np.empty(0, type) for name, type in _TYPES.items()}
    pairs = {
        name: Pairs(np.empty(0, np.int32), tuple(np.empty(0, type) for type in types)) for name, types in _PAIRS.items()
    }
    return Snapshot(revision=0, pools=pools, columns=columns, pairs=pairs)


def loaded(connection: Connection, before: Snapshot) -> Snapshot:
    """Return the overview as it is now; `before` itself where nothing was written since."""
    newest = connection.exec_driver_sql("SELECT max(revision) FROM overview").scalar() or 0
    if newest == before.revision:
        return before
    if newest < before.revision:  # another database lies in its place, or an older copy of it
        before = nothing()
    draft = _Draft(before.pools)
    asked = (_NEWER, (before.revision,)) if before.revision else (_QUERY,)
    for row in connection.exec_driver_sql(*asked):
        draft.add(row)
    return _over(before, draft, newest)


class _Draft:
    """Rows that are new or changed, laid into columns."""

    def __init__(self, pools: Mapping[str, Pool]) -> None:
        self._pools = pools
        self.touched: list[int] = []
        self.columns: dict[str, list[Any]] = {name: [] for name in _TYPES}
        self.rows: dict[str, list[int]] = {name: [] for name in _PAIRS}
        self.values: dict[str, tuple[list[int], ...]] = {n: tuple([] for _ in types) for n, types in _PAIRS.items()}

    def add(self, row: Iterable[Any]) -> None:
        """Add a row as the query gives it."""
        number, key, _, gone, background, earliest, latest, published, kind, place, country, *rest = row
        latitude, longitude, where_prec, disputed, reviewed, reports, sources, killed, facets, accounts, title = rest
        self.touched.append(number)
        if gone:
            return
        here = len(self.columns["number"])
        days = (_day(day) for day in (earliest, latest, published))
        words = (
            self._number("kind", kind),
            self._number("where", place),
            self._number("country", country),
        )
        degrees = (np.nan if part is None else part for part in (latitude, longitude))
        flags = (bool(flag) for flag in (background, disputed, reviewed))
        counts = reports, sources, killed
        own = (number, *days, *words, *counts, *degrees, *flags, NONE if where_prec is None else where_prec, key, title)
        for column, value in zip(self.columns.values(), own, strict=True):
            column.append(value)
        self._pair(here, json.loads(facets), json.loads(accounts))

    def _number(self, pool: str, word: str | None) -> int:
        return NONE if word is None else self._pools[pool].number(word)

    def _pair(self, here: int, facets: Mapping[str, Any], accounts: list[tuple[int, str]]) -> None:
        for name in (*FACETS, "place"):
            words, numbers = facets.get(name, ()), self._pools[name]
            self.rows[name].extend([here] * len(words))
            self.values[name][0].extend(map(numbers.number, words))
        kinds = self._pools["speaker_kind"]
        actors = [self._pools["actor"].number(names) for names in facets.get("actors", ())]
        for actor, standing, said in facets.get("blamed", ()):
            self.rows["blamed"].append(here)
            mine = actors[actor], self._pools["standing"].number(standing), bits(map(kinds.number, said))
            for column, value in zip(self.values["blamed"], mine, strict=True):
                column.append(value)
        articles = sorted({number for number, _ in accounts})
        self.rows["accounts"].extend([here] * len(articles))
        self.values["accounts"][0].extend(articles)


def bits(numbers: Iterable[int]) -> int:
    """Return a set of small numbers as bits."""
    return sum(1 << number for number in {*numbers} if 0 <= number < 64)


def _day(day: str | None) -> int:
    return NONE if day is None else date.fromisoformat(day).toordinal()


def _over(before: Snapshot, draft: _Draft, revision: int) -> Snapshot:
    """Return the snapshot of what was there, but for the rows touched, and of the draft."""
    keep = ~np.isin(before["number"], draft.touched)
    fresh = {name: np.array(values, _TYPES[name]) for name, values in draft.columns.items()}
    joined = {name: np.concatenate([before[name][keep], fresh[name]]) for name in _TYPES}
    order = np.argsort(joined["key"], kind="stable")  # nearly sorted already, which timsort is quick at
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    kept = int(keep.sum())
    moved = np.zeros(len(keep), np.int32)
    moved[keep] = rank[:kept]
    pairs = {}
    for name, types in _PAIRS.items():
        old = before.pairs[name]
        still = keep[old.rows] if len(old.rows) else np.empty(0, np.bool_)
        added = rank[kept + np.array(draft.rows[name], np.int32)]
        values = (
            np.concatenate([column[still], np.array(more, type)])
            for column, more, type in zip(old.values, draft.values[name], types, strict=True)
        )
        pairs[name] = Pairs(np.concatenate([moved[old.rows[still]], added]), tuple(values))
    columns = {name: column[order] for name, column in joined.items()}
    return Snapshot(revision=revision, pools=before.pools, columns=columns, pairs=pairs)
