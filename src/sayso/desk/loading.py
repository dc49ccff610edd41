"""How the overview comes into memory: all of it at first, then what is new of it.

Rows are taken by the hundred and turned column by column, which is several times as quick as row by row. Where only
a few rows changed, a snapshot shares with the one before all that is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import Connection

from sayso.desk.columns import FACETS, NONE, PAIRS, TYPES, Array, Pairs, Pool, Snapshot, bits, nothing

_AT_ONCE = 500
"""Rows turned at once."""
_FEW = 40
"""Rows of which each is looked for by itself."""
_QUERY = (
    "SELECT number, key, gone, background, earliest, latest, published, kind, place, country, latitude,"
    " longitude, where_prec, disputed, reviewed, reports, sources, killed, facets, accounts,"
    " json_extract(body, '$.title') AS title FROM overview"
)
_NEWER = f"{_QUERY} INDEXED BY ix_overview_revision WHERE revision > ?"
"""What is new is asked for by its index, which SQLite would pass over where most rows are of one revision."""
_OF_POOLS = {"kind": "kind", "place": "where", "country": "country"}
"""Columns of words, with the pools of their numbers."""
_DAYS = ("earliest", "latest", "published")
_UNKNOWN = {"latitude": np.nan, "longitude": np.nan, "where_prec": NONE}
"""What stands for None in other columns that may have it."""


def loaded(connection: Connection, before: Snapshot) -> Snapshot:
    """Return the overview as it is now; `before` itself where nothing was written since."""
    newest = connection.exec_driver_sql("SELECT max(revision) FROM overview").scalar() or 0
    if newest == before.revision:
        return before
    if newest < before.revision:  # another database lies in its place, or an older copy of it
        before = nothing()
    draft = _Draft(before.pools)
    found = connection.exec_driver_sql(*((_NEWER, (before.revision,)) if before.revision else (_QUERY,)))
    names = tuple(found.keys())
    while rows := found.fetchmany(_AT_ONCE):
        draft.add(dict(zip(names, zip(*rows, strict=True), strict=True)))
    return _over(before, draft, newest)


class _Days(dict[str | None, int]):
    """The number of a day, by how it is written: many rows share one."""

    def __missing__(self, day: str | None) -> int:
        self[day] = found = NONE if day is None else date.fromisoformat(day).toordinal()
        return found


class _Draft:
    """Rows that are new or changed, laid into columns."""

    def __init__(self, pools: Mapping[str, Pool]) -> None:
        self._pools, self._days, self._said = pools, _Days(), dict[tuple[str, ...], int]()
        self._size = 0
        self._touched: list[int] = []
        self._columns: dict[str, list[Array]] = {name: [np.empty(0, type)] for name, type in TYPES.items()}
        self._pairs: dict[str, list[tuple[Array, ...]]] = {
            name: [tuple(np.empty(0, type) for type in (np.intp, *types))] for name, types in PAIRS.items()
        }

    def add(self, given: dict[str, Sequence[Any]]) -> None:
        """Add some rows, given by column."""
        self._touched += given["number"]
        if any(given["gone"]):
            stay = [k for k, gone in enumerate(given["gone"]) if not gone]
            given = {name: [column[k] for k in stay] for name, column in given.items()}
        for name, type in TYPES.items():
            self._columns[name].append(np.array(self._numbers(name, given[name]), type))
        self._pair(_parsed(given["facets"]), _parsed(given["accounts"]))
        self._size += len(given["number"])

    def _numbers(self, name: str, values: Sequence[Any]) -> Sequence[Any]:
        """Return a column's values as they are kept."""
        if name in _DAYS:
            return list(map(self._days.__getitem__, values))
        if name in _OF_POOLS:
            return self._pools[_OF_POOLS[name]].numbers(values)
        none = _UNKNOWN.get(name)
        return values if none is None else [none if value is None else value for value in values]

    def _pair(self, facets: list[dict[str, Any]], accounts: list[list[tuple[int, str]]]) -> None:
        for name in (*FACETS, "place"):
            words = [one.get(name, ()) for one in facets]
            self._put(name, map(len, words), self._pools[name].numbers(chain.from_iterable(words)))
        actors = [self._pools["actor"].numbers(one.get("actors", ())) for one in facets]
        blamed = [one.get("blamed", ()) for one in facets]
        every = list(chain.from_iterable(blamed))
        self._put(
            "blamed",
            map(len, blamed),
            [own[actor] for own, told in zip(actors, blamed, strict=True) for actor, _, _ in told],
            self._pools["standing"].numbers(standing for _, standing, _ in every),
            [self._kinds(tuple(said)) for _, _, said in every],
        )
        articles = [{number for number, _ in own} for own in accounts]
        self._put("accounts", map(len, articles), list(chain.from_iterable(articles)))

    def _kinds(self, said: tuple[str, ...]) -> int:
        """Return kinds of speakers as bits; there are few sets of them."""
        found = self._said.get(said)
        if found is None:
            found = self._said[said] = bits(self._pools["speaker_kind"].numbers(said))
        return found

    def _put(self, name: str, counts: Iterable[int], *values: list[int]) -> None:
        """Add as many values to each row as its count says."""
        each = np.fromiter(counts, np.int64)
        rows = np.repeat(np.arange(self._size, self._size + len(each)), each)
        kept = (np.array(some, type) for some, type in zip(values, PAIRS[name], strict=True))
        self._pairs[name].append((rows, *kept))

    def whole(self) -> tuple[Array, dict[str, Array], dict[str, Pairs]]:
        """Return the numbers of all rows touched; columns and pairs of those that are not gone, by their keys."""
        columns = {name: np.concatenate(parts) for name, parts in self._columns.items()}
        order = np.argsort(columns["key"], kind="stable")
        rank = _rank(order)
        pairs = {}
        for name, parts in self._pairs.items():
            rows, *values = (np.concatenate(some) for some in zip(*parts, strict=True))
            pairs[name] = Pairs(rank[rows], tuple(values))
        return np.array(self._touched, np.int64), {name: column[order] for name, column in columns.items()}, pairs


def _parsed(texts: Sequence[str]) -> list[Any]:
    """Return what some JSON texts hold: one text of all is read faster than each by itself."""
    found: list[Any] = json.loads(f"[{','.join(texts)}]")
    return found


def _rank(order: Array) -> Array:
    rank = np.empty(len(order), np.intp)
    rank[order] = np.arange(len(order))
    return rank


def _over(before: Snapshot, draft: _Draft, revision: int) -> Snapshot:
    """Return the snapshot of what was there, but for the rows touched, and of the draft."""
    touched, columns, pairs = draft.whole()
    if not len(before):
        return Snapshot(revision=revision, pools=before.pools, columns=columns, pairs=pairs)
    at = _places(before["number"], touched)
    if len(at) == len(columns["key"]) and (before["key"][at] == columns["key"]).all():
        return _in_place(before, revision, at, columns, pairs)
    return _merged(before, revision, at, columns, pairs)


def _places(numbers: Array, touched: Array) -> Array:
    """Return where the rows of these numbers are, those that are there."""
    if len(touched) > _FEW:
        return np.flatnonzero(np.isin(numbers, touched))
    return np.sort(np.concatenate([np.flatnonzero(numbers == one) for one in touched]))


def _in_place(
    before: Snapshot, revision: int, at: Array, columns: Mapping[str, Array], pairs: Mapping[str, Pairs]
) -> Snapshot:
    """Return a snapshot in which the rows at these places have other values."""
    changed = dict(before.columns)
    for name, fresh in columns.items():
        if not np.array_equal(before[name][at], fresh, equal_nan=TYPES[name] is np.float64):
            changed[name] = before[name].copy()
            changed[name][at] = fresh
    mine = np.zeros(len(before), np.bool_)
    mine[at] = True
    others = {}
    for name, old in before.pairs.items():
        new = pairs[name]
        old_ones = np.flatnonzero(mine[old.rows])
        here = Pairs(at[new.rows], new.values)
        same = _pairs_of(Pairs(old.rows[old_ones], tuple(v[old_ones] for v in old.values))) == _pairs_of(here)
        others[name] = old if same else _joined(_without(old, old_ones), here)
    return Snapshot(revision=revision, pools=before.pools, columns=changed, pairs=others)


def _pairs_of(pairs: Pairs) -> list[tuple[int, ...]]:
    return sorted(zip(pairs.rows.tolist(), *(column.tolist() for column in pairs.values), strict=True))


def _without(pairs: Pairs, at: Array) -> Pairs:
    return Pairs(np.delete(pairs.rows, at), tuple(np.delete(column, at) for column in pairs.values))


def _joined(first: Pairs, second: Pairs) -> Pairs:
    values = zip(first.values, second.values, strict=True)
    return Pairs(np.concatenate([first.rows, second.rows]), tuple(np.concatenate(pair) for pair in values))


def _merged(
    before: Snapshot, revision: int, at: Array, columns: Mapping[str, Array], pairs: Mapping[str, Pairs]
) -> Snapshot:
    """Return a snapshot without the rows at these places, and with the new ones where their keys belong."""
    keep = np.ones(len(before), np.bool_)
    keep[at] = False
    left = before["key"][keep]
    places = np.searchsorted(left, columns["key"]) + np.arange(len(columns["key"]))
    fresh = np.zeros(len(left) + len(places), np.bool_)
    fresh[places] = True
    merged = {}
    for name, new in columns.items():
        merged[name] = np.empty(len(fresh), TYPES[name])
        merged[name][~fresh], merged[name][fresh] = before[name][keep], new
    moved = np.zeros(len(before), np.intp)
    moved[keep] = np.flatnonzero(~fresh)
    others = {}
    for name, old in before.pairs.items():
        still = old if not len(at) else _without(old, np.flatnonzero(~keep[old.rows]))
        added = Pairs(places[pairs[name].rows], pairs[name].values)
        others[name] = _joined(Pairs(moved[still.rows], still.values), added)
    return Snapshot(revision=revision, pools=before.pools, columns=merged, pairs=others)
