"""The overview as columns in memory: one entry a row in each, rows in the order of their keys.

A `Snapshot` never changes; what is new is laid over it as another one. What rows have many of (kinds, outlets, who is
blamed) are pairs of a row and a number; pools lead from the numbers to the words and only ever grow, so that snapshots
share them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
NONE = -1
"""Stands for what is not known among days, numbers of words and precisions."""
FACETS = ("kind", "country", "standing", "speaker_kind", "outlet", "stage")
_POOLS = (*FACETS, "place", "actor", "where")
TYPES: dict[str, Any] = {
    **dict.fromkeys(("number",), np.int64),
    **dict.fromkeys(("earliest", "latest", "published", "kind", "place", "country"), np.int32),
    **dict.fromkeys(("reports", "sources", "killed"), np.int32),
    **dict.fromkeys(("latitude", "longitude"), np.float64),
    **dict.fromkeys(("background", "disputed", "reviewed"), np.bool_),
    "where_prec": np.int8,
    **dict.fromkeys(("key", "title"), np.object_),
}
PAIRS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys((*FACETS, "place"), (np.intp,)),
    "blamed": (np.intp, np.intp, np.uint64),
    "accounts": (np.intp,),
}
"""Of numpy's own index type: rows and words are looked up by these at each question, and others are converted first."""


class _Numbers(dict[str | None, int]):
    """The numbers of words: one that has none gets the next when it is looked up."""

    def __init__(self, words: list[str]) -> None:
        super().__init__({None: NONE})
        self._words = words

    def __missing__(self, word: str) -> int:
        self[word] = found = len(self._words)
        self._words.append(word)
        return found


class Pool:
    """Words, each with a number."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers = _Numbers(self.words)

    def numbers(self, words: Iterable[str | None]) -> list[int]:
        """Return the number of each word, a new one where it has none; `NONE` of None."""
        return list(map(self._numbers.__getitem__, words))

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
    columns = {name: np.empty(0, type) for name, type in TYPES.items()}
    pairs = {
        name: Pairs(np.empty(0, np.intp), tuple(np.empty(0, type) for type in types)) for name, types in PAIRS.items()
    }
    return Snapshot(revision=0, pools=pools, columns=columns, pairs=pairs)


def bits(numbers: Iterable[int]) -> int:
    """Return a set of small numbers as bits."""
    return sum(1 << number for number in {*numbers} if 0 <= number < 64)
