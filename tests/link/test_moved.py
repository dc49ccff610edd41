"""What a decision changes beside what it is about: told to who decides, and in the log under the third incident."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.desk import judging
from sayso.link.judge import judge, undo
from sayso.link.moved import REGROUPED, moves, told_from
from sayso.store.changes import ChangeFilter, changes
from sayso.store.links import Links
from sayso.store.store import Store
from tests.link.made import blast, key, linked, raid


def groups(*names: str) -> list[frozenset[str]]:
    return [frozenset(name) for name in names]


@pytest.mark.parametrize(
    ("expected", "now", "found"),
    [
        (groups("ab", "c"), groups("ab", "c"), []),
        (groups("abc", "xy"), groups("abc", "xy"), []),
        (groups("abc", "xy"), groups("ab", "cxy"), [("a", "", "c"), ("c", "c", "")]),
        (groups("abcd", "x"), groups("ab", "cd", "x"), [("a", "", "cd"), ("c", "cd", "")]),
        (groups("abc", "xyz"), groups("abcxyz"), [("a", "xyz", "")]),
    ],
)
def test_a_cluster_goes_on_where_most_of_it_is(
    expected: list[frozenset[str]], now: list[frozenset[str]], found: list[tuple[str, str, str]]
) -> None:
    told = [(one.key, "".join(one.came), "".join(one.went)) for one in moves(expected, now)]
    assert told == found


def made(folder: Path) -> tuple[Store, dict[str, str]]:
    """Four reports of a blast, which people hold to be two, and one of a raid, which one of them cannot be."""
    store = linked(folder, [*(blast(f"b{n}") for n in range(4)), raid("r")])
    keys = {id: key(store, id) for id in ("b0", "b1", "b2", "b3", "r")}
    judge(store, "incident", (keys["b0"], keys["b1"]), "different", author="mo", reason="two doors")
    return store, keys


def together(store: Store, keys: dict[str, str]) -> set[frozenset[str]]:
    """Which of the reports are one, those alone too."""
    with store.reading() as connection:
        of = Links(connection, "incident").clusters_of(keys.values())
    heads = {of.get(key, key) for key in keys.values()}
    return {frozenset(id for id, key in keys.items() if of.get(key, key) == head) for head in heads}


def test_a_merge_that_moves_an_account_into_a_third_incident_says_so(tmp_path: Path) -> None:
    store, keys = made(tmp_path)
    with store:
        before = together(store, keys)
        assert frozenset({"b0"}) in before and frozenset({"b1", "b2", "b3"}) in before
        judge(store, "incident", (keys["b2"], keys["r"]), "different", author="mo", reason="another night")
        seen = newest(store)
        told = judging.merge(store, keys["b1"], keys["r"], author="mo", reason="one night", seen=seen)
        after = together(store, keys)
        (own,), (third,) = ([group for group in after if id in group] for id in ("b1", "b0"))
        assert "r" in own and "b2" in third, "b2 went to the third incident, of which nobody decided"
        assert {one.key for one in told.moved} == {head_of(keys, own), head_of(keys, third)}
        assert keys["b2"] in {key for one in told.moved for key in (*one.came, *one.went)}
        with store.reading() as connection:
            for one in told.moved:
                entry = changes(connection, ChangeFilter(subject="incident", object=one.key, action=REGROUPED))[0]
                assert (entry.number, entry.author) == (one.change, "mo") and "one night" in entry.reason
            assert told_from(connection, told.moved[0].change) == list(told.moved)
            assert told_from(connection, seen) == []
            fresh = judging.changes_since(connection, [head_of(keys, third)], seen)
        assert REGROUPED in [one.action for one in fresh], "a form that is open there is stale"
        back = undo(store, told.judgement.number, author="mo")
        assert together(store, keys) == before and back.moved


def head_of(keys: dict[str, str], group: frozenset[str]) -> str:
    return min(keys[id] for id in group)


def newest(store: Store) -> int:
    with store.reading() as connection:
        return judging.newest(connection)


def test_a_decision_that_changes_nothing_else_tells_of_nothing(tmp_path: Path) -> None:
    store, keys = made(tmp_path)
    with store:
        told = judging.merge(store, keys["b0"], keys["r"], author="mo", reason="so", seen=newest(store))
        assert told.moved == ()
        assert judging.split(store, keys["b0"], keys["r"], author="mo", reason="no", seen=newest(store)) == ()
