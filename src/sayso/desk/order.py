"""In which order incidents are listed, and where in it a page ends."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from functools import cmp_to_key
from typing import Any, get_args

import numpy as np

from sayso.desk.columns import NONE, Array, Snapshot
from sayso.desk.filters import Order
from sayso.errors import InputError

_WORDS = {"kind": "kind", "place": "where"}
"""The orders that follow the alphabet, with the pools of their words; in others the newest, or most, come first."""
_COLUMNS = {"date": "earliest"}
_LAST = np.iinfo(np.int64).max
Mark = tuple[Any, int, str]
"""Where a row stands: what it is sorted by (None for nothing), its first day, its key."""


def ordered(snapshot: Snapshot, sort: Order, reverse: bool) -> Array:
    """Return all rows in order; what has nothing to be sorted by comes last either way.

    Equals stand by date, the newest first, then by key. Raises InputError for no such order.
    """
    if sort not in get_args(Order):
        raise InputError("no such order", value=str(sort), next_step="choose one of: " + ", ".join(get_args(Order)))
    kept = snapshot.cache.get((sort, reverse))
    if kept is None:
        numbers = _numbers(snapshot, sort)
        none = numbers == NONE
        first = np.where(none, _LAST, -numbers if _falls(sort, reverse) else numbers)
        earliest = snapshot["earliest"].astype(np.int64)
        second = np.where(earliest == NONE, _LAST, -earliest)
        kept = snapshot.cache[sort, reverse] = np.lexsort((second, first)).astype(np.int32)
    order: Array = kept
    return order


def _falls(sort: Order, reverse: bool) -> bool:
    return (sort not in _WORDS) != reverse


def _numbers(snapshot: Snapshot, sort: Order) -> Array:
    """Return the column to sort by; of words the place in the alphabet."""
    column = snapshot[_COLUMNS.get(sort, sort)]
    if sort not in _WORDS:
        return column.astype(np.int64)
    words = snapshot.pools[_WORDS[sort]].words
    ranks = np.empty(len(words) + 1, np.int64)
    ranks[np.array(sorted(range(len(words)), key=words.__getitem__), np.int64)] = np.arange(len(words))
    ranks[NONE] = NONE
    return ranks[column]


def mark(snapshot: Snapshot, sort: Order, row: int) -> Mark:
    """Return where a row stands in an order."""
    value: Any = int(snapshot[_COLUMNS.get(sort, sort)][row])
    if value == NONE:
        value = None
    elif sort in _WORDS:
        value = snapshot.pools[_WORDS[sort]].words[value]
    return value, int(snapshot["earliest"][row]), snapshot["key"][row]


def cursor(sort: Order, reverse: bool, at: Mark) -> str:
    """Return a mark as an opaque word."""
    plain = json.dumps([sort, reverse, *at], separators=(",", ":"))
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def place_after(snapshot: Snapshot, order: Array, sort: Order, reverse: bool, word: str) -> int:
    """Return the place in the order that comes after a cursor; what it stood at need not be there any more.

    Raises InputError for what is no cursor of this order.
    """
    at = _mark(word, sort, reverse)
    falls = _falls(sort, reverse)

    def compare(left: Mark, right: Mark) -> int:
        if (left[0] is None) != (right[0] is None):
            return 1 if left[0] is None else -1
        if left[0] != right[0]:
            return -1 if (left[0] > right[0]) == falls else 1
        if left[1] != right[1]:
            return -1 if left[1] > right[1] else 1  # none is less than every day, and so the last
        return (left[2] > right[2]) - (left[2] < right[2])

    key = cmp_to_key(compare)
    return bisect_right(order, key(at), key=lambda row: key(mark(snapshot, sort, row)))


def _mark(word: str, sort: Order, reverse: bool) -> Mark:
    try:
        plain = json.loads(urlsafe_b64decode(word.encode() + b"=" * (-len(word) % 4)))
        mine, turned, value, earliest, key = plain
        type_of = str if sort in _WORDS else int
        if (mine, turned) != (sort, reverse) or not isinstance(earliest, int) or not isinstance(key, str):
            raise ValueError
        if value is not None and not isinstance(value, type_of):
            raise ValueError
    except (ValueError, TypeError) as error:
        raise InputError("is no cursor of this list", value=word, next_step="Begin at the first page") from error
    return value, earliest, key
