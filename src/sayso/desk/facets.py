"""How many incidents there are of each value of a facet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from sayso.desk.columns import FACETS, Array, Snapshot
from sayso.desk.conditions import SAID, Mask, blaming, rows_of
from sayso.desk.filters import ListFilter

_ASKED = {
    "kind": "kinds",
    "country": "countries",
    "standing": "standings",
    "speaker_kind": "speaker_kinds",
    "outlet": "outlets",
    "stage": "stages",
}
FLAGS = ("disputed", "reviewed", "background")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet (`yes` or `no` of a flag), and how many incidents have it."""

    value: str
    count: int


def every(size: int, met: Iterable[Mask]) -> Mask:
    """Return the rows that meet all these."""
    return reduce(np.logical_and, met, np.ones(size, np.bool_))


def facets(snapshot: Snapshot, filter: ListFilter, met: Mapping[str, Mask]) -> dict[str, list[FacetValue]]:
    """Return the values of each facet with their counts, the most frequent first.

    Each is counted over what meets all other conditions, so that several of its values can be chosen; what is chosen
    is there even where its count is none.
    """
    found: dict[str, list[FacetValue]] = {}
    for facet in FACETS:
        own = SAID if facet in ("standing", "speaker_kind") else facet
        rows = every(len(snapshot), (mask for name, mask in met.items() if name != own))
        counts = _counts(snapshot, facet, filter, rows)
        words = snapshot.pools[facet].words
        values = {words[number]: int(counts[number]) for number in np.flatnonzero(counts)}
        values |= {word: 0 for word in getattr(filter, _ASKED[facet]) if word not in values}
        found[facet] = [FacetValue(*item) for item in sorted(values.items(), key=lambda item: (-item[1], item[0]))]
    for flag in FLAGS:
        rows = every(len(snapshot), (mask for name, mask in met.items() if name != flag))
        yes, all_of_them = int((snapshot[flag] & rows).sum()), int(rows.sum())
        found[flag] = [FacetValue("yes", yes), FacetValue("no", all_of_them - yes)]
    return found


def _counts(snapshot: Snapshot, facet: str, filter: ListFilter, rows: Mask) -> Array:
    """Return how many of these rows have each value of a facet."""
    size = len(snapshot.pools[facet].words)
    asked = filter.actor is not None or bool(filter.standings if facet == "speaker_kind" else filter.speaker_kinds)
    if facet not in ("standing", "speaker_kind") or not asked:
        pair = snapshot.pairs[facet]
        return np.bincount(pair.values[0].compress(rows.take(pair.rows)), minlength=size)
    blamed = snapshot.pairs["blamed"]
    mine = blaming(snapshot, filter, leave_out=facet) & rows.take(blamed.rows)
    at, (_, standing, kinds) = blamed.rows.compress(mine), blamed.values
    given, said = standing.compress(mine), kinds.compress(mine)

    def has(k: int) -> Mask:
        found: Mask = given == k if facet == "standing" else (said >> np.uint64(k)) & np.uint64(1) == 1
        return found

    # A row counts once a value: a mask for each of the dozen values is quicker than sorting all pairs.
    return np.array([rows_of(snapshot, at.compress(has(k))).sum() for k in range(size)], np.int64)
