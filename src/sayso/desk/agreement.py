"""How far people agree, with each other and with the program: the measures, and what they come to by slot."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

FEW = 10
"""Of fewer things judged by both no coefficient is told: it would say more than so few can."""
Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


class Interval(NamedTuple):
    """A share of n things, with the limits of its 95 % interval; all None where there is nothing to count."""

    share: float | None
    low: float | None
    high: float | None
    hits: int
    of: int


def wilson(hits: int, of: int) -> Interval:
    """Return a share with Wilson's score interval, without continuity correction.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209-212; it
    stays within 0 and 1 and holds for small n (R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, method 3).
    """
    if not of:
        return Interval(None, None, None, hits, of)
    share, z2 = hits / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    return Interval(share, low, 1.0 if hits == of else min(1.0, middle + half), hits, of)


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Return Cohen's kappa of two judges' categories: 1 for full agreement, 0 for what chance gives.

    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960),
    37-46: (p_o - p_c) / (1 - p_c), with p_c from each judge's own shares. None where there is no pair, or where both
    gave one and the same category throughout, so that chance explains all.
    """
    n = len(pairs)
    left, right = Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    by_chance = sum(count * right[category] for category, count in left.items())  # n * n * p_c, in whole numbers
    if n == 0 or by_chance == n * n:
        return None
    agreed = sum(x == y for x, y in pairs)
    return (n * agreed - by_chance) / (n * n - by_chance)


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Return Krippendorff's alpha for nominal data; each unit is the values that its judges gave, in any order.

    K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), section C: any number of judges, missing
    values left out; units with one value cannot be paired and do not count. None where nothing can be paired, or
    where all values are one, so that there is no variation to be reliable about.
    """
    matched, totals = 0.0, Counter[Hashable]()
    for values in units:
        if len(values) > 1:
            counts = Counter(values)
            matched += sum(count * (count - 1) for count in counts.values()) / (len(values) - 1)
            totals.update(counts)
    n = sum(totals.values())
    expected = sum(count * (count - 1) for count in totals.values())
    if n == 0 or expected == n * (n - 1):
        return None
    return ((n - 1) * matched - expected) / (n * (n - 1) - expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One reviewer's verdict on one of the program's values, as agreement counts it.

    `unit` says on which; `verdict` is accepted, corrected or rejected; `value` is what the reviewer holds to be right,
    in a form that can be compared, and `own` what the program held.
    """

    unit: Hashable
    slot: str
    reviewer: str
    verdict: str
    value: str
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two reviewers, and the values that both have judged: `agreed` of `both` with the same verdict.

    Kappa is of the verdicts and of the values held right; None where `both` is too few, or where it has no meaning.
    """

    left: str
    right: str
    both: int
    agreed: int
    kappa_verdicts: float | None
    kappa_values: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far people agree on one slot, or on all (`slot` is "all").

    `judged` values have a verdict, `twice` of them by two reviewers or more. `alpha` is over all reviewers' values;
    `accepted` is what share of verdicts lets the program's value stand; `alpha_program` holds the program for one more
    judge. Coefficients are None where there are fewer than `FEW` values, or no variation.
    """

    slot: str
    judged: int
    twice: int
    alpha: float | None
    accepted: Interval
    alpha_program: float | None
    pairs: tuple[Pair, ...]


def agreement(verdicts: Iterable[Judged], slots: Sequence[str] = ()) -> list[Agreement]:
    """Return the agreement over all slots first, then by slot, in the order of `slots`; slots without verdicts last."""
    every = list(verdicts)
    order = {slot: k for k, slot in enumerate(slots)}
    found = sorted({one.slot for one in every}, key=lambda slot: (order.get(slot, len(order)), slot))
    return [_agreement("all", every)] + [_agreement(slot, [v for v in every if v.slot == slot]) for slot in found]


def _agreement(slot: str, verdicts: list[Judged]) -> Agreement:
    units: dict[Hashable, dict[str, Judged]] = defaultdict(dict)
    for one in verdicts:
        units[one.slot, one.unit][one.reviewer] = one
    twice = [list(judges.values()) for judges in units.values() if len(judges) > 1]
    own = [[*(v.value for v in judges.values()), next(iter(judges.values())).own] for judges in units.values()]
    counted = [one for judges in units.values() for one in judges.values()]
    return Agreement(
        slot=slot,
        judged=len(units),
        twice=len(twice),
        alpha=alpha([[v.value for v in values] for values in twice]) if len(twice) >= FEW else None,
        accepted=wilson(sum(one.verdict == "accepted" for one in counted), len(counted)),
        alpha_program=alpha(own) if len(own) >= FEW else None,
        pairs=tuple(_pairs(units.values())),
    )


def _pairs(units: Iterable[dict[str, Judged]]) -> Iterable[Pair]:
    shared: dict[tuple[str, str], list[tuple[Judged, Judged]]] = defaultdict(list)
    for judges in units:
        for left, right in combinations(sorted(judges), 2):
            shared[left, right].append((judges[left], judges[right]))
    for (left, right), both in sorted(shared.items()):
        enough = len(both) >= FEW
        yield Pair(
            left=left,
            right=right,
            both=len(both),
            agreed=sum(x.verdict == y.verdict for x, y in both),
            kappa_verdicts=kappa([(x.verdict, y.verdict) for x, y in both]) if enough else None,
            kappa_values=kappa([(x.value, y.value) for x, y in both]) if enough else None,
        )
