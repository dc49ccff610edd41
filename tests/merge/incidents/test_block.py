"""Candidates are found by keys, the same both ways round, and without comparing all with all."""

from __future__ import annotations

import random
from array import array
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.merge.incidents import keys_of, plain, sketch_from
from sayso.merge.incidents.block import Asked
from sayso.merge.incidents.sketch import Party, Sketch, Spot
from sayso.merge.incidents.words import Words

NOTHING = Words(array("I"), array("H"))
DAY = date(2019, 6, 6)


def made(**more: Any) -> Sketch:
    parts: dict[str, Any] = {
        "key": "k", "article": "a", "source": None, "published": None, "kind": "bombing", "stage": "accomplished",
        "main": True, "beside": False, "prominence": 1.0, "days": None, "spots": (), "parties": (),
        "people": frozenset(), "targets": frozenset(), "weapons": frozenset(), "counts": (),
        "words": NOTHING, "names": NOTHING,
    }  # fmt: skip
    return Sketch(**{**parts, **more})


def spot(latitude: float | None, longitude: float | None, country: str | None = "XO", radius: float = 8.0) -> Spot:
    return Spot(f"{latitude}:{longitude}:{country}", "karvel", country, latitude, longitude, radius, 1.0)


def words(*ids: int) -> Words:
    return Words(array("I", sorted(ids)), array("H", [100] * len(ids)))


days = st.dates(date(2019, 1, 1), date(2019, 3, 31))
spans = st.tuples(days, st.sampled_from([0, 0, 1, 5, 7, 8, 40, 400])).map(lambda d: (d[0], d[0] + timedelta(days=d[1])))
degree = st.sampled_from([-90.0, -0.5, 0.0, 0.99, 1.0, 1.7, 2.5, 179.9, -180.0])
spots = st.builds(
    spot,
    st.none() | degree,
    st.none() | degree,
    st.sampled_from(["XO", "XN", None]),
    st.sampled_from([3.0, 50.0, 500.0]),
)
some_words = st.sets(st.integers(0, 12), max_size=4).map(lambda ids: words(*ids))
party = st.builds(
    Party,
    st.sampled_from(["victim", "perpetrator"]),
    st.sampled_from(["Ilva Dornik", "Ylva Dornik", "Dornik", "Petrik Osgrim Valdane", "Valdane Petrik", "?", ""]),
    st.booleans(),
)
sketches = st.builds(
    made,
    published=st.none() | days,
    days=st.none() | spans,
    spots=st.lists(spots, max_size=3).map(tuple),
    parties=st.lists(party, max_size=2).map(tuple),
    words=some_words,
    names=some_words,
)


def finds(asker: Asked, other: Asked) -> bool:
    return 2 * len(asker.strong & other.kept) + len(asker.weak & other.kept) >= 2


@settings(max_examples=300, deadline=None)
@given(sketches, sketches)
def test_one_finds_the_other_where_the_other_finds_the_one(left: Sketch, right: Sketch) -> None:
    one, other = keys_of(left), keys_of(right)
    assert finds(one, other) == finds(other, one)


@settings(max_examples=100, deadline=None)
@given(sketches)
def test_a_sketch_that_was_kept_has_the_same_keys_and_they_fit_a_column(sketch: Sketch) -> None:
    back = sketch_from(plain(sketch))
    assert back == sketch and keys_of(back) == keys_of(sketch) and plain(back) == plain(sketch)
    for keys in keys_of(sketch):
        assert all(-(2**63) <= value < 2**63 for value in keys)


def meet(left: Sketch, right: Sketch) -> bool:
    return finds(keys_of(left), keys_of(right))


@pytest.mark.parametrize("apart", [0, 1, 2, 3, 4])
def test_reports_of_one_place_up_to_four_days_apart_meet(apart: int) -> None:
    for start in range(8):
        one, other = ((DAY + timedelta(days=start + n),) * 2 for n in (0, apart))
        near, far = spot(0.99, 22.2), spot(1.01, 22.3)
        assert meet(made(days=one, spots=(near,)), made(days=other, spots=(far,)))
        assert meet(made(days=one, spots=(near,)), made(published=other[0], spots=(spot(None, None),)))


def test_reports_far_apart_in_place_or_time_do_not_meet() -> None:
    one = made(days=(DAY, DAY), spots=(spot(41.5, 22.2),))
    assert not meet(one, made(days=(DAY, DAY), spots=(spot(48.0, 30.0),)))
    assert not meet(one, made(days=(DAY + timedelta(days=30),) * 2, spots=(spot(41.5, 22.2),)))
    assert not meet(one, made(days=(DAY, DAY)))


def test_a_month_told_loosely_meets_its_days() -> None:
    month = made(days=(date(2019, 6, 1), date(2019, 6, 30)), spots=(spot(None, None),))
    assert meet(month, made(days=(DAY, DAY), spots=(spot(41.5, 22.2),)))


def test_a_report_without_any_day_is_found_by_two_rare_words_not_by_one() -> None:
    undated = made(words=words(1, 2, 3))
    assert not meet(undated, made(words=words(1, 7, 8)))
    assert meet(undated, made(words=words(1, 2, 8)))
    assert meet(undated, made(words=words(1, 2, 8), days=(DAY, DAY)))


def test_one_person_by_two_names_is_a_candidate_at_any_time() -> None:
    def named(name: str, day: date) -> Sketch:
        return made(days=(day, day), parties=(Party("victim", name, True),))

    assert meet(named("Petrik Valdane", DAY), named("Valdane, Petrik", DAY.replace(year=2021)))
    assert not meet(named("Valdane", DAY), named("Valdane", DAY.replace(year=2021)))


def test_what_tells_nothing_has_no_keys() -> None:
    assert keys_of(made()) == (frozenset(), frozenset(), frozenset())


def candidates(sketches: Iterable[Sketch]) -> set[tuple[str, str]]:
    """Find candidates as a database does: by keys, never looking at two that share none."""
    kept: dict[int, list[str]] = {}
    asked = {sketch.key: keys_of(sketch) for sketch in sketches}
    for key, keys in asked.items():
        for value in keys.kept:
            kept.setdefault(value, []).append(key)
    found = set()
    for key, keys in asked.items():
        met: Counter[str] = Counter()
        for worth, values in ((2, keys.strong), (1, keys.weak)):
            for value in values:
                for other in kept.get(value, ()):
                    met[other] += worth
        found |= {(key, other) for other, n in met.items() if n >= 2 and other != key}
    return found


def test_of_a_thousand_reports_few_pairs_are_candidates_and_all_true_ones() -> None:
    chance = random.Random(7)
    made_up = []
    for n in range(250):
        day = DAY + timedelta(days=chance.randrange(1000))
        where = spot(chance.uniform(-60, 60), chance.uniform(-170, 170), None)
        own = tuple(chance.sample(range(10_000), 6))
        for k in range(4):
            told = day + timedelta(days=k % 2)
            made_up.append(
                made(key=f"{n:03}-{k}", days=(told, told), spots=(where,), words=words(*own), names=words(n))
            )
    found = candidates(made_up)
    true = {(a.key, b.key) for n in range(0, 1000, 4) for a, b in combinations(made_up[n : n + 4], 2)}
    assert true <= found
    assert {(b, a) for a, b in found} == found
    assert len(found) < 3 * 2 * len(true)
