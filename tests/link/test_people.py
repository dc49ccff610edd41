"""What people decide: it binds, it is taken back without a trace in the clusters, and never contradicts itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.link.judge import judge, undo, why
from sayso.link.linker import link
from sayso.model.judgement import Judgement, Verdict
from sayso.store.store import Store, open_store
from tests.link.made import (
    add,
    ambush,
    blast,
    check_agreement,
    clusters,
    incidents_of,
    key,
    linked,
    raid,
    rows_of,
    verdicts,
)

ALL = [f(f"{f.__name__}{k}") for k in range(3) for f in (blast, ambush, raid)]
BLASTS, AMBUSHES, RAIDS = (frozenset(f"{name}{k}" for k in range(3)) for name in ("blast", "ambush", "raid"))


@pytest.fixture(scope="module")
def nine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nine")
    with linked(folder, ALL) as made:
        assert incidents_of(made) == {BLASTS, AMBUSHES, RAIDS}
    return folder / "a.db"


@pytest.fixture
def store(nine: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(str(shutil.copy(nine, tmp_path / "sayso.db")), write=True) as made:
        yield made


def decide(store: Store, left: str, verdict: Verdict, right: str, **more: str) -> Judgement:
    keys = key(store, left), key(store, right)
    return judge(store, "incident", keys, verdict, **{"author": "mo", "reason": "", **more}).judgement


def people(store: Store) -> list[Any]:
    return [row for row in rows_of(store) if not row.by_rule]


def test_the_same_joins_two_clusters_and_undo_gives_back_what_was(store: Store) -> None:
    before, decided = clusters(store), verdicts(store)
    made = decide(store, "blast0", "same", "raid0", reason="one night")
    assert (made.author, made.reason, made.score, made.revoked) == ("mo", "one night", None, None)
    (joined,) = (group for group in incidents_of(store) if "blast0" in group)
    assert {"blast0", "raid0"} <= joined
    check_agreement(store)
    taken = undo(store, made.number, author="ab").judgement
    assert taken.revoked and taken.revoked_by == "ab" and taken.number == made.number
    assert clusters(store) == before
    assert verdicts(store) == decided
    assert [row.number for row in people(store)] == [made.number]


def test_different_splits_a_cluster_and_undo_joins_it_again(store: Store) -> None:
    before, decided = clusters(store), verdicts(store)
    made = decide(store, "blast0", "different", "blast1")
    assert not any({"blast0", "blast1"} <= group for group in incidents_of(store))
    check_agreement(store)
    undo(store, made.number, author="mo")
    assert clusters(store) == before
    assert verdicts(store) == decided


def test_judgements_outlast_reruns_and_new_articles(store: Store) -> None:
    decide(store, "blast0", "different", "blast1")
    decide(store, "blast2", "same", "raid0")
    rows = people(store)
    for step in range(3):
        add(store, blast(f"late{step}"))
        link(store, again=step == 1)
        groups = incidents_of(store)
        assert not any({"blast0", "blast1"} <= group for group in groups)
        assert any({"blast2", "raid0"} <= group for group in groups)
        check_agreement(store)
    assert people(store) == rows


def test_judgements_made_before_give_what_they_give_when_made_after(tmp_path: Path) -> None:
    found = []
    for name, early, late in (("a.db", ALL[:6], ALL[6:]), ("b.db", ALL, [])):
        with linked(tmp_path, early, name=name) as store:
            decide(store, "blast0", "different", "blast1")
            decide(store, "raid0", "same", "ambush0")
            for reading in late:
                add(store, reading)
            link(store)
            found.append((clusters(store), {v[:5] for v in verdicts(store) if v[4] is not None}))
    assert found[0] == found[1]


def test_every_merge_and_split_is_a_row_that_says_who_when_and_why(store: Store) -> None:
    decide(store, "blast0", "different", "blast1")
    for row in rows_of(store):
        assert row.author and row.at.endswith("Z") and row.verdict in ("same", "different")
        assert row.left < row.right
        assert (row.score is None) == (not row.by_rule)
        assert row.reason or not row.by_rule
        assert (row.revoked is None) == (row.revoked_by is None)
    assert any(row.revoked and row.by_rule and row.verdict == "same" for row in rows_of(store))


def test_reports_in_one_cluster_hang_together_by_judgements(store: Store) -> None:
    found = why(store, "incident", key(store, "blast0"), key(store, "blast2"))
    assert found.together and {found.chain[0], found.chain[-1]} == {found.left, found.right}
    apart = why(store, "incident", key(store, "blast0"), key(store, "raid2"))
    assert not apart.together and apart.chain == () and apart.comparison.score < 0.5


def test_a_judgement_that_stands_is_returned_as_it_is(store: Store) -> None:
    first = decide(store, "blast0", "same", "raid0")
    assert decide(store, "raid0", "same", "blast0", author="ab", reason="again") == first
    assert len(people(store)) == 1


def test_the_other_verdict_on_one_pair_takes_the_place_of_the_first(store: Store) -> None:
    first = decide(store, "blast0", "same", "raid0")
    second = decide(store, "blast0", "different", "raid0", author="ab")
    old, new = people(store)
    assert (old.number, old.revoked_by) == (first.number, "ab")
    assert (new.number, new.revoked) == (second.number, None)
    assert not any({"blast0", "raid0"} <= group for group in incidents_of(store))


CHAINS = [
    ([("blast0", "same", "ambush0"), ("ambush0", "same", "raid0")], ("blast0", "different", "raid0")),
    ([("blast0", "same", "ambush0"), ("blast0", "different", "raid0")], ("ambush0", "same", "raid0")),
    ([("blast0", "different", "raid0"), ("ambush0", "same", "raid0")], ("blast0", "same", "ambush0")),
    (
        [("blast0", "same", "blast1"), ("blast1", "same", "ambush0"), ("ambush0", "same", "ambush1")],
        ("ambush1", "different", "blast0"),
    ),
    (
        [("blast0", "same", "blast1"), ("raid0", "same", "raid1"), ("blast0", "different", "raid1")],
        ("blast1", "same", "raid0"),
    ),
]


@pytest.mark.parametrize(("before", "last"), CHAINS)
@pytest.mark.parametrize("turned", [False, True])
def test_what_contradicts_is_refused_with_the_decisions_that_it_contradicts(
    store: Store, before: list[tuple[str, Verdict, str]], last: tuple[str, Verdict, str], turned: bool
) -> None:
    made = [decide(store, *one) for one in before]
    rows, groups = rows_of(store), clusters(store)
    left, verdict, right = last[::-1] if turned else last
    with pytest.raises(InputError, match="contradicts") as error:
        decide(store, left, verdict, right)
    for one in made:
        assert f"judgement {one.number}, by mo" in str(error.value)
    assert key(store, left) in str(error.value) and "sayso undo" in str(error.value)
    assert rows_of(store) == rows and clusters(store) == groups
    undo(store, made[0].number, author="mo")
    assert decide(store, left, verdict, right).verdict == verdict


def test_a_refused_change_of_mind_leaves_the_first_decision(store: Store) -> None:
    decide(store, "blast0", "same", "ambush0")
    decide(store, "ambush0", "same", "raid0")
    decide(store, "blast0", "same", "raid0")
    rows = rows_of(store)
    with pytest.raises(InputError, match="contradicts"):
        decide(store, "blast0", "different", "raid0")
    assert rows_of(store) == rows


def test_an_incident_and_itself_can_be_neither(store: Store) -> None:
    one = key(store, "blast0")
    for verdict in ("same", "different"):
        with pytest.raises(InputError, match="already") as error:
            judge(store, "incident", (one, one[:8]), verdict, author="mo", reason="")  # type: ignore[arg-type]
        assert error.value.value == one and error.value.next_step


@pytest.mark.parametrize("id", ["", "  ", "zzzzzzzzzz", "no such id", "'", "%", "_", "\ud800", "x" * 10_000, "\0"])
def test_an_unknown_id_is_refused(store: Store, id: str) -> None:
    with pytest.raises(InputError, match="no such incident has been linked"):
        judge(store, "incident", (id, key(store, "blast0")), "same", author="mo", reason="")
    with pytest.raises(InputError, match="no such entity has been linked"):
        why(store, "entity", id, id)


def test_the_beginning_of_several_ids_is_refused_with_them(store: Store) -> None:
    keys = sorted(key(store, reading.article.id) for reading in ALL)
    for length in (1, 2):
        for one in keys:
            found = [other for other in keys if other.startswith(one[:length])]
            if len(found) > 1:
                with pytest.raises(InputError, match="several begin so") as error:
                    why(store, "incident", one[:length], keys[0])
                assert all(other in str(error.value) for other in found[:6])
                return
    pytest.skip("no two ids begin with one letter")


def test_capitals_and_beginnings_of_ids_do(store: Store) -> None:
    one, other = key(store, "blast0"), key(store, "raid0")
    made = judge(store, "incident", (f" {one.upper()} ", other[:9]), "same", author="mo", reason="").judgement
    assert {made.left, made.right} == {one, other}


def test_an_id_of_an_entity_is_none_of_an_incident(store: Store) -> None:
    entity = next(row.left for row in rows_of(store) if row.subject == "entity")
    with pytest.raises(InputError, match="no such incident"):
        why(store, "incident", entity, key(store, "blast0"))
    assert why(store, "entity", entity, entity).together


def test_entities_are_decided_of_as_incidents_are(store: Store) -> None:
    row = next(row for row in rows_of(store) if row.subject == "entity" and row.verdict == "same")
    before = clusters(store)
    made = judge(store, "entity", (row.left, row.right), "different", author="mo", reason="father and son").judgement
    assert clusters(store)["entity"] != before["entity"] and clusters(store)["incident"] == before["incident"]
    check_agreement(store)
    undo(store, made.number, author="mo")
    assert clusters(store) == before


def test_a_rules_judgement_is_not_taken_back(store: Store) -> None:
    for row in rows_of(store):
        with pytest.raises(InputError, match="a rule's judgement") as error:
            undo(store, row.number, author="mo")
        assert row.author in str(error.value)
        other = "same" if row.verdict == "different" else "different"
        overrule = f"sayso {other} {row.subject} {row.left} {row.right}"
        assert (overrule in str(error.value)) == (row.subject != "copy")


@pytest.mark.parametrize("number", [0, -1, 10**6, 2**63, -(2**70)])
def test_an_unknown_judgement_is_not_taken_back(store: Store, number: int) -> None:
    with pytest.raises(InputError, match="no such judgement") as error:
        undo(store, number, author="mo")
    assert error.value.value == str(number)


def test_a_judgement_is_not_taken_back_twice(store: Store) -> None:
    made = decide(store, "blast0", "same", "raid0")
    undo(store, made.number, author="ab")
    with pytest.raises(InputError, match=r"taken back on .* by ab"):
        undo(store, made.number, author="mo")
