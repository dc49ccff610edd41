"""Clusters out of pairs: what belongs together by the average of all pairs, so that one bad link chains nothing.

Average linkage (UPGMA; Sokal and Michener 1958) on log-odds, within each component of pairs that may be one. What
people have decided binds: whole groups are joined by it, or two keys are never in one. The outcome depends on the
pairs alone, not on the order in which they come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from heapq import heappop, heappush

Pair = tuple[str, str]
"""Two keys, the lesser first."""

LEAST = 0.8
"""Average log-odds at which two clusters become one: a wrong merge costs a user more than a missing one."""
BOUND = 6.0
"""No pair counts for more than this, for or against: no single one outvotes all others."""
UNKNOWN = -2.0
"""What a pair counts for that was never a candidate."""
KNOWN = 50
"""Known pairs between two groups from which no more unknown ones count than there are known: in a crowd not every pair
is looked at."""


def pair(left: str, right: str) -> Pair:
    """Return two keys in their order."""
    return (left, right) if left < right else (right, left)


def components(keys: Iterable[str], links: Iterable[Pair]) -> list[list[str]]:
    """Return the keys that hang together by links, each component and all of them in the order of their keys."""
    parent = {key: key for key in keys}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for left, right in links:
        x, y = root(left), root(right)
        if x != y:
            parent[max(x, y)] = min(x, y)
    found: dict[str, list[str]] = {}
    for key in sorted(parent):
        found.setdefault(root(key), []).append(key)
    return list(found.values())


def clusters(
    keys: Iterable[str],
    scores: Mapping[Pair, float],
    decided: Mapping[Pair, bool] | None = None,
    least: float = LEAST,
    later: Collection[str] = (),
    apart: Collection[Pair] = (),
) -> list[list[str]]:
    """Return the clusters, each in the order of its keys, by the first of them.

    `scores` are the log-odds that two keys are one, by pair; a pair without counts as `UNKNOWN`. `decided` are people's
    judgements: True for the same, which joins all that either was found to be one with; False for different, which
    nothing joins. They must not contradict each other. What is `later` finds its place only when all others have found
    theirs. `apart` are pairs that no score joins, though people may.
    """
    same = [p for p, one in (decided or {}).items() if one]
    different = {p for p, one in (decided or {}).items() if not one}
    held = different | set(apart)
    groups = _in_steps([[key] for key in sorted(set(keys))], scores, held, least, later)
    joined = _joined(groups, same)
    if not any(p in group and q in group for group in map(set, joined) for p, q in different):
        return joined
    return _in_steps(components(set(keys), same), scores, held, least, later)


def _in_steps(
    groups: list[list[str]], scores: Mapping[Pair, float], apart: set[Pair], least: float, later: Collection[str]
) -> list[list[str]]:
    """Return the groups merged, those of which all is `later` after the others."""
    if later:
        first = {key for group in groups for key in group if not all(k in later for k in group)}
        early = _merged([g for g in groups if g[0] in first], scores, apart, least)
        groups = sorted([*early, *(g for g in groups if g[0] not in first)])
    return _merged(groups, scores, apart, least)


def _joined(groups: list[list[str]], same: list[Pair]) -> list[list[str]]:
    """Return the groups, whole ones joined where people have called a key of each the same."""
    of = {key: group[0] for group in groups for key in group}
    by_first = {group[0]: group for group in groups}
    together = components(by_first, [pair(of[p], of[q]) for p, q in same if p in of and q in of])
    return sorted(sorted(key for first in firsts for key in by_first[first]) for firsts in together)


def _merged(groups: list[list[str]], scores: Mapping[Pair, float], apart: set[Pair], least: float) -> list[list[str]]:
    merging = _Merging(groups, scores, apart)
    while (best := merging.next(least)) is not None:
        merging.join(*best)
    return sorted(merging.groups.values())


class _Merging:
    """Groups, the sums and numbers of the scores between them (without pairs that have none), the next to be joined."""

    def __init__(self, groups: list[list[str]], scores: Mapping[Pair, float], apart: set[Pair]) -> None:
        self.groups = dict(enumerate(groups))
        self._between: dict[int, dict[int, tuple[float, int]]] = {n: {} for n in self.groups}
        self._apart: dict[int, set[int]] = {n: set() for n in self.groups}
        self._heap: list[tuple[float, str, str, int, int]] = []
        self._fresh = len(groups)
        of = {key: n for n, group in self.groups.items() for key in group}
        for (p, q), score in sorted(scores.items()):
            m, n = of.get(p), of.get(q)
            if m is not None and n is not None and m != n:
                total, number = self._between[m].get(n, (0.0, 0))
                sums = total + max(-BOUND, min(BOUND, score)), number + 1
                self._between[m][n] = self._between[n][m] = sums
        for p, q in apart:
            m, n = of.get(p), of.get(q)
            if m is not None and n is not None:
                self._apart[m].add(n)
                self._apart[n].add(m)
        for m in self.groups:
            for n in self._between[m]:
                if n < m:
                    self._push(m, n)

    def _push(self, m: int, n: int) -> None:
        x, y = self.groups[m], self.groups[n]
        if n not in self._apart[m]:
            total, number = self._between[m][n]
            unknown = len(x) * len(y) - number
            if number >= KNOWN:
                unknown = min(unknown, number)
            first, second = pair(x[0], y[0])
            heappush(self._heap, (-(total + UNKNOWN * unknown) / (number + unknown), first, second, m, n))

    def next(self, least: float) -> tuple[int, int] | None:
        """Return the numbers of the two groups that are closest on average; None where none is as close as `least`."""
        while self._heap and -self._heap[0][0] >= least:
            _, _, _, m, n = heappop(self._heap)
            if m in self.groups and n in self.groups:
                return m, n
        return None

    def join(self, m: int, n: int) -> None:
        """Make one group of two."""
        new, self._fresh = self._fresh, self._fresh + 1
        self.groups[new] = sorted(self.groups.pop(m) + self.groups.pop(n))
        self._apart[new] = self._apart.pop(m) | self._apart.pop(n)
        for other in self._apart[new]:
            self._apart.setdefault(other, set()).add(new)
        one, two = self._between.pop(m), self._between.pop(n)
        merged: dict[int, tuple[float, int]] = {}
        for sums in (one, two):
            for other, (total, number) in sums.items():
                if other in self.groups:
                    before = merged.get(other, (0.0, 0))
                    merged[other] = before[0] + total, before[1] + number
        self._between[new] = merged
        for other, between in merged.items():
            self._between[other].pop(m, None)
            self._between[other].pop(n, None)
            self._between[other][new] = between
            self._push(new, other)
