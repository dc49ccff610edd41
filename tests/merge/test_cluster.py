"""Clusters out of pairs: by the average, with what people decided, whatever the order."""

from __future__ import annotations

import random
from itertools import combinations, pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.merge.cluster import BOUND, LEAST, UNKNOWN, Pair, clusters, components, pair

KEYS = [f"k{n}" for n in range(8)]
SURE = LEAST + 3.0
NOT = -4.0
scores_of = st.dictionaries(
    st.lists(st.sampled_from(KEYS), min_size=2, max_size=2, unique=True).map(lambda two: pair(*two)),
    st.sampled_from([-500.0, NOT, -0.5, 0.0, LEAST - 0.1, LEAST, LEAST + 0.3, 3.3, SURE, 500.0]),
    max_size=20,
)


def all_pairs(keys: str, score: float) -> dict[Pair, float]:
    return dict.fromkeys(combinations(sorted(keys), 2), score)


@st.composite
def decisions(draw: st.DrawFn) -> dict[Pair, bool]:
    """What people decided, without contradiction: keys have true groups, and only some pairs are decided."""
    group = {key: draw(st.integers(0, 3)) for key in KEYS}
    some = draw(st.lists(st.sampled_from(list(combinations(KEYS, 2))), max_size=6))
    return {p: group[p[0]] == group[p[1]] for p in some}


def test_two_keys_come_in_their_order() -> None:
    assert pair("b", "a") == pair("a", "b") == ("a", "b")


def test_nothing_makes_no_cluster() -> None:
    assert clusters([], {}) == [] and components([], []) == []
    assert clusters(["a"], {}) == [["a"]] and clusters(["b", "a"], {}) == [["a"], ["b"]]


def test_components_are_what_hangs_together_by_links() -> None:
    assert components("gfedcba", [("a", "c"), ("c", "e"), ("f", "b")]) == [["a", "c", "e"], ["b", "f"], ["d"], ["g"]]
    assert components("ba", [("a", "b"), ("a", "b"), ("b", "b")]) == [["a", "b"]]


def test_a_pair_joins_from_the_least_on() -> None:
    assert clusters("ab", {("a", "b"): LEAST}) == [["a", "b"]]
    assert clusters("ab", {("a", "b"): LEAST - 0.01}) == [["a"], ["b"]]


def test_one_bad_link_chains_no_two_groups() -> None:
    true = all_pairs("abc", SURE) | all_pairs("xyz", SURE)
    assert clusters("abcxyz", true | {("c", "x"): SURE}) == [["a", "b", "c"], ["x", "y", "z"]]
    assert len(clusters("abcxyz", true | {("c", "x"): 500.0})) > 1


def test_a_chain_of_middling_links_makes_no_long_cluster() -> None:
    keys = [f"k{n:02}" for n in range(30)]
    found = clusters(keys, dict.fromkeys(pairwise(keys), LEAST + 0.5))
    assert max(map(len, found)) <= 2


def test_no_single_pair_outvotes_all_others() -> None:
    against = {("a", "c"): -BOUND, ("b", "c"): 500.0}
    assert clusters("abc", {("a", "b"): 500.0, **against}) == [["a", "b"], ["c"]]


def test_a_pair_that_never_was_a_candidate_speaks_against() -> None:
    assert UNKNOWN < 0
    assert clusters("abc", {("a", "b"): 5.0, ("b", "c"): LEAST + 0.5}) == [["a", "b"], ["c"]]


def test_the_closest_two_are_joined_first() -> None:
    scores = {("a", "b"): LEAST + 1, ("b", "c"): LEAST + 2, ("a", "c"): NOT}
    assert clusters("abc", scores) == [["a"], ["b", "c"]]


def test_what_people_called_the_same_is_together_whatever_the_scores() -> None:
    scores = all_pairs("abcd", -500.0)
    assert clusters("abcd", scores, {("a", "b"): True, ("b", "d"): True}) == [["a", "b", "d"], ["c"]]


def test_what_people_called_different_is_apart_whatever_the_scores() -> None:
    found = clusters("abcd", all_pairs("abcd", 500.0), {("a", "d"): False})
    assert not any({"a", "d"} <= set(group) for group in found)
    assert sorted(map(len, found)) == [1, 3]


def test_what_is_apart_from_one_is_apart_from_all_that_are_one_with_it() -> None:
    found = clusters("abcd", all_pairs("abcd", 500.0), {("a", "b"): True, ("c", "d"): True, ("b", "c"): False})
    assert found == [["a", "b"], ["c", "d"]]


def test_a_person_outvotes_an_article_that_tells_of_two() -> None:
    decided = {("a", "b"): True, ("b", "c"): True, ("a", "c"): False}
    assert clusters("abc", {}, decided) == [["a", "b", "c"]]


def test_what_finds_its_place_later_does_not_decide_who_is_first() -> None:
    scores = {("a", "b"): LEAST + 1, ("b", "z"): SURE, ("a", "z"): NOT}
    assert clusters("abz", scores) == [["a"], ["b", "z"]]
    assert clusters("abz", scores, later={"z"})[0] == ["a", "b"]
    assert clusters("abz", scores, {("b", "z"): True}, later={"z"}) == [["a", "b", "z"]]
    assert clusters("abz", scores, later={"a", "b", "z"}) == [["a"], ["b", "z"]]


def test_a_decision_joins_whole_groups_unless_another_decision_parts_them() -> None:
    scores = {("a", "b"): LEAST + 1, ("c", "d"): LEAST + 1, ("b", "d"): NOT}
    assert clusters("abcd", scores, {("a", "c"): True}) == [["a", "b", "c", "d"]]
    assert clusters("abcd", scores, {("a", "c"): True}, apart=[("a", "d")]) == [["a", "b", "c", "d"]]
    found = clusters("abcd", scores, {("a", "c"): True, ("b", "d"): False})
    assert any({"a", "c"} <= set(group) for group in found)
    assert not any({"b", "d"} <= set(group) for group in found)


@settings(max_examples=60, deadline=None)
@given(scores_of, decisions(), st.sets(st.sampled_from(KEYS)), st.randoms(use_true_random=False))
def test_the_order_of_keys_and_pairs_changes_nothing(
    scores: dict[Pair, float], decided: dict[Pair, bool], later: set[str], chance: random.Random
) -> None:
    def shuffled(pairs: dict[Pair, float]) -> dict[Pair, float]:
        return dict(chance.sample(list(pairs.items()), len(pairs)))

    found = clusters(KEYS, scores, decided, later=later)
    keys = chance.sample(KEYS, len(KEYS))
    turned: dict[Pair, bool] = dict(chance.sample(list(decided.items()), len(decided)))
    assert clusters(keys, shuffled(scores), turned, later=frozenset(later)) == found


@settings(max_examples=60, deadline=None)
@given(scores_of, decisions(), st.sets(st.sampled_from(KEYS)))
def test_every_key_is_in_one_cluster_and_decisions_hold(
    scores: dict[Pair, float], decided: dict[Pair, bool], later: set[str]
) -> None:
    found = clusters(KEYS, scores, decided, later=later)
    assert sorted(key for group in found for key in group) == sorted(KEYS)
    assert found == sorted(sorted(group) for group in found)
    of = {key: n for n, group in enumerate(found) for key in group}
    assert all((of[x] == of[y]) == same for (x, y), same in decided.items() if same or of[x] == of[y])


@settings(max_examples=40, deadline=None)
@given(scores_of)
def test_components_are_clustered_each_for_itself(scores: dict[Pair, float]) -> None:
    links = [p for p, score in scores.items() if score >= LEAST]
    apart: list[list[str]] = []
    for own in components(KEYS, links):
        apart += clusters(own, {p: s for p, s in scores.items() if set(p) <= set(own)})
    assert sorted(apart) == clusters(KEYS, scores)


@settings(max_examples=40, deadline=None)
@given(scores_of)
def test_no_two_clusters_are_left_that_are_close_enough(scores: dict[Pair, float]) -> None:
    def value(x: str, y: str) -> float:
        return max(-BOUND, min(BOUND, scores.get(pair(x, y), UNKNOWN)))

    found = clusters(KEYS, scores)
    for one, two in combinations(found, 2):
        mean = sum(value(x, y) for x in one for y in two) / (len(one) * len(two))
        assert mean < LEAST + 1e-9


@pytest.mark.parametrize("shape", ["groups", "chain", "star"])
def test_five_thousand_keys_take_a_second_or_two(shape: str) -> None:
    keys = [f"k{n:05}" for n in range(5000)]
    if shape == "groups":
        scores = {p: SURE for k in range(0, 5000, 10) for p in combinations(keys[k : k + 10], 2)}
    elif shape == "chain":
        scores = dict.fromkeys(pairwise(keys), SURE)
    else:
        scores = {(keys[0], key): SURE for key in keys[1:]}
    start = perf_counter()
    found = clusters(keys, scores)
    assert perf_counter() - start < 10
    assert len(found) == 500 if shape == "groups" else max(map(len, found)) < 10
