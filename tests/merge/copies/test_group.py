from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sayso.merge.copies import Group, Member, Pair, group
from sayso.merge.copies.groups import AKIN, COPY

PAIRS = st.lists(
    st.builds(
        lambda left, right, score: Pair(left=left, right=right, score=score),
        st.integers(0, 11),
        st.integers(0, 11),
        st.sampled_from([0.0, 0.05, 0.3, 0.6, 0.9, 0.97, 1.0]),
    ),
    max_size=60,
)


def star(centre: int, *copies: int) -> list[Pair[int]]:
    return [Pair(left=centre, right=copy, score=0.99) for copy in copies]


def clique(*ids: int) -> list[Pair[int]]:
    return [Pair(left=a, right=b, score=0.99) for a in ids for b in ids if a < b]


def sets(groups: tuple[Group[int], ...]) -> list[set[int]]:
    return [set(g.members) for g in groups]


@given(pairs=PAIRS, data=st.data())
def test_the_order_of_pairs_and_sides_makes_no_difference(pairs: list[Pair[int]], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(pairs))
    turned = [Pair(left=p.right, right=p.left, score=p.score) if data.draw(st.booleans()) else p for p in mixed]
    assert group(turned) == group(pairs)


@given(pairs=PAIRS)
def test_each_member_is_a_copy_of_the_centre_or_akin_to_it(pairs: list[Pair[int]]) -> None:
    scores: dict[frozenset[int], float] = {}
    for pair in pairs:
        key = frozenset((pair.left, pair.right))
        scores[key] = min(pair.score, scores.get(key, 1.0))
    groups = group(pairs)
    ids = [a for g in groups for a in g.members]
    assert len(ids) == len(set(ids))
    for g in groups:
        assert len(g.members) >= 2
        assert g.origin.id in g.members and g.centre in g.members
        for member in set(g.members) - {g.centre}:
            score = scores.get(frozenset((member, g.centre)), 0.0)
            assert score >= AKIN
            assert score >= COPY or any(
                scores.get(frozenset((member, b)), 0.0) >= 0.95 for b in g.members if b != member
            )


@given(
    left=st.integers(2, 6),
    right=st.integers(2, 6),
    link=st.tuples(st.integers(0, 6), st.integers(0, 6)),
    score=st.floats(COPY, 1.0),
)
def test_one_bad_link_never_joins_two_groups(left: int, right: int, link: tuple[int, int], score: float) -> None:
    first, second = range(left + 1), range(10, 10 + right + 1)
    bad = Pair(left=first[link[0] % len(first)], right=second[link[1] % len(second)], score=score)
    assert sets(group([*clique(*first), *clique(*second), bad])) == [set(first), set(second)]


def test_parts_of_one_text_are_its_copies_though_not_each_others() -> None:
    parts = [*star(1, 2, 3, 4), Pair(left=2, right=3, score=0.0)]
    assert sets(group(parts)) == [{1, 2, 3, 4}]


def test_a_weak_link_does_not_take_one_of_a_pair_away() -> None:
    weak = Pair(left=1, right=10, score=0.6)
    assert sets(group([*star(1, 2, 3), *star(10, 11), weak])) == [{1, 2, 3}, {10, 11}]


def test_a_chain_is_cut() -> None:
    chain = [Pair(left=n, right=n + 1, score=0.99) for n in range(9)]
    assert all(len(ids) <= 3 for ids in sets(group(chain)))


def test_a_copy_of_a_copy_joins_where_it_has_part_of_the_origin() -> None:
    assert sets(group([*star(1, 2, 3), Pair(left=2, right=9, score=0.97)])) == [{1, 2, 3}]
    akin = Pair(left=1, right=9, score=0.3)
    assert sets(group([*star(1, 2, 3), Pair(left=2, right=9, score=0.97), akin])) == [{1, 2, 3, 9}]


def test_what_a_person_told_apart_stays_apart() -> None:
    assert sets(group([*star(1, 2, 3), Pair(left=3, right=1, score=0.0)])) == [{1, 2}]


def test_a_brief_is_of_one_of_two_reports_that_are_no_copies_of_each_other() -> None:
    members = [Member(id=1, length=60), *(Member(id=n, length=400) for n in (2, 3, 4))]
    pairs = [Pair(left=1, right=2, score=0.7), Pair(left=1, right=3, score=0.9), Pair(left=1, right=4, score=0.6)]
    assert sets(group(pairs, members)) == [{1, 3}]
    assert sets(group([*pairs, *clique(2, 3, 4)], members)) == [{1, 2, 3, 4}]


def test_the_origin_follows_from_what_is_known_of_the_members() -> None:
    members = [Member(id=1, published=date(2021, 3, 9)), Member(id=2, published=date(2021, 3, 8))]
    (found,) = group(star(1, 2, 3), members)
    assert (found.centre, found.origin.id, found.members) == (1, 2, (1, 2, 3))
    assert found.origin.reason == "published first, on 2021-03-08"
