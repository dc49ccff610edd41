"""Measures of agreement: published examples, and what they come to counted out by hand."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.desk.agreement import FEW, Judged, agreement, alpha, kappa, wilson

KRIPPENDORFF = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
"""Krippendorff (2011), section C: four observers, twelve units, values missing."""
COHEN = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
"""Cohen (1960), table 2: two judges, 200 subjects."""


def test_alpha_of_the_published_example() -> None:
    units = [[value for value in unit if value is not None] for unit in zip(*KRIPPENDORFF, strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_kappa_of_the_published_example() -> None:
    pairs = [(x, y) for x, row in enumerate(COHEN) for y, count in enumerate(row) for _ in range(count)]
    assert kappa(pairs) == pytest.approx(0.492, abs=0.0005)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_of_the_published_examples(hits: int, of: int, low: float, high: float) -> None:
    found = wilson(hits, of)  # Newcombe (1998), table I
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_what_has_no_answer_has_none() -> None:
    assert wilson(0, 0).share is None
    assert kappa([]) is None and kappa([("a", "a")] * 30) is None
    assert alpha([]) is None and alpha([["a"], ["b"]]) is None and alpha([["a", "a"]] * 30) is None


values = st.sampled_from("abc")


@given(st.lists(st.lists(values, max_size=4), max_size=8))
def test_alpha_is_one_less_the_share_of_observed_in_expected_disagreement(units: list[list[str]]) -> None:
    paired = [unit for unit in units if len(unit) > 1]
    every = [value for unit in paired for value in unit]
    n = len(every)
    observed = sum(sum(x != y for x, y in permutations(unit, 2)) / (len(unit) - 1) for unit in paired)
    expected = sum(x != y for x, y in permutations(every, 2))
    if not expected:
        assert alpha(units) is None
    else:
        assert alpha(units) == pytest.approx(1 - (observed / n) / (expected / (n * (n - 1))))


@given(st.lists(st.tuples(values, values), min_size=1, max_size=30))
def test_kappa_is_what_is_left_of_agreement_after_chance(pairs: list[tuple[str, str]]) -> None:
    n = len(pairs)
    seen = sum(x == y for x, y in pairs) / n
    chance = sum(x == y for x, _ in pairs for _, y in pairs) / n**2
    if chance == 1:
        assert kappa(pairs) is None
    else:
        assert kappa(pairs) == pytest.approx((seen - chance) / (1 - chance))


@given(st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share(counts: tuple[int, int]) -> None:
    found = wilson(*counts)
    if found.share is not None and found.low is not None and found.high is not None:
        assert 0 <= found.low <= found.share <= found.high <= 1


def judged(unit: int, reviewer: str, value: str, slot: str = "killed") -> Judged:
    verdict = {"3": "accepted", "": "rejected"}.get(value, "corrected")
    return Judged(unit=unit, slot=slot, reviewer=reviewer, verdict=verdict, value=value, own="3")


def test_each_slot_has_its_pairs_and_its_share_of_what_stands() -> None:
    twice = [judged(n, who, "3" if n or who == "Ona" else "4") for n in range(FEW) for who in ("Ona", "Ben")]
    once = [judged(0, "Ona", "", "where")]
    every, where, killed = agreement([*twice, *once], slots=("where", "killed"))
    assert (every.slot, every.judged, every.twice) == ("all", FEW + 1, FEW)
    assert (killed.accepted.hits, killed.accepted.of) == (2 * FEW - 1, 2 * FEW)
    (pair,) = killed.pairs
    assert (pair.left, pair.right, pair.both, pair.agreed) == ("Ben", "Ona", FEW, FEW - 1)
    assert pair.kappa_verdicts == 0 and killed.alpha is not None
    assert where.pairs == () and where.alpha is None


def test_of_too_few_no_coefficient_is_told() -> None:
    few = [judged(n, who, "3" if n % 2 else who) for n in range(FEW - 1) for who in ("Ona", "Ben")]
    every, _ = agreement(few)
    (pair,) = every.pairs
    assert (every.alpha, every.alpha_program, pair.kappa_verdicts, pair.kappa_values) == (None,) * 4
    assert pair.both == FEW - 1 and every.accepted.low is not None
