"""A new version of an article takes the place of the old one in every cluster, and people's decisions go over to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from sayso.link.judge import judge, undo
from sayso.link.linker import link
from sayso.link.view import reports_of
from sayso.model.reading import Reading
from sayso.store.store import Store
from sayso.store.tables import copy_signature, sketch, sketch_key
from tests.link.made import (
    AMBUSH,
    BLAST,
    RAID,
    add,
    ambush,
    blast,
    check_agreement,
    clusters,
    incident,
    incidents_of,
    key,
    linked,
    raid,
    report,
    rows_of,
    verdicts,
)

START = [blast("b0"), blast("b1"), ambush("a0"), raid("r0")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with linked(tmp_path, START) as made:
        yield made


def changed(reading: Reading, more: str = " This sheet was corrected.") -> Reading:
    text = reading.article.text + more
    return replace(reading, article=replace(reading.article, text=text, blocks=()))


def people(store: Store) -> list[Any]:
    return [row for row in rows_of(store) if not row.by_rule]


def test_the_newer_version_stands_in_the_cluster_of_the_older_one(store: Store) -> None:
    old = key(store, "b0")
    add(store, changed(blast("b0")))
    link(store)
    groups = clusters(store)["incident"]
    assert groups == {frozenset({"b0@2:i1", "b1@1:i1"})}
    assert {report.stored.version for report in reports_of(store, key(store, "b1"))} == {1, 2}
    assert [report.key for report in reports_of(store, old)] == [old]
    assert any(row.revoked and old in (row.left, row.right) for row in rows_of(store))
    check_agreement(store)


def test_nothing_is_kept_to_find_an_older_version_by(store: Store) -> None:
    def kept() -> list[int]:
        with store.reading() as connection:
            tables = (sketch, sketch_key, copy_signature)
            return [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]

    before = kept()
    for step in range(3):
        add(store, changed(blast("b0"), f" Corrected {step}."))
        link(store)
    after = kept()
    assert after[0] == before[0] and after[2] == before[2]
    with store.reading() as connection:
        numbers = select(sketch.c.number)
        lost = select(func.count()).select_from(sketch_key).where(sketch_key.c.sketch.not_in(numbers))
        assert connection.execute(lost).scalar_one() == 0


def test_a_version_that_tells_of_something_else_leaves_the_cluster(store: Store) -> None:
    add(store, raid("b0"))
    link(store)
    assert incidents_of(store) == {frozenset({"b0", "r0"})}
    check_agreement(store)


def test_a_version_without_any_incident_leaves_its_neighbour_alone(store: Store) -> None:
    add(store, report("b0", "Withdrawn."))
    link(store)
    assert incidents_of(store) == set()
    check_agreement(store)


def test_versions_end_as_if_only_the_newest_had_ever_come(tmp_path: Path) -> None:
    newest = [raid("b0"), blast("b1"), changed(ambush("a0")), raid("r0")]
    with linked(tmp_path, START, each=True) as store, linked(tmp_path, newest, name="b.db") as other:
        for reading in (newest[2], blast("b0"), newest[0]):
            add(store, reading)
            link(store)

        def of(found: set[frozenset[str]]) -> set[frozenset[str]]:
            return {frozenset(name.replace("@2", "@1").replace("@3", "@1") for name in group) for group in found}

        assert {s: of(groups) for s, groups in clusters(store).items()} == clusters(other)
        assert {v[3:] for v in verdicts(store)} == {v[3:] for v in verdicts(other)}


def test_two_versions_in_one_batch_are_one_change(store: Store) -> None:
    add(store, changed(blast("b0"), " First correction."))
    add(store, changed(blast("b0"), " Second correction."))
    link(store)
    assert clusters(store)["incident"] == {frozenset({"b0@3:i1", "b1@1:i1"})}
    check_agreement(store)


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_what_a_person_decided_goes_over_to_the_newer_version(store: Store, verdict: Any) -> None:
    old, other = key(store, "b0"), key(store, "r0" if verdict == "same" else "b1")
    made = judge(store, "incident", (old, other), verdict, author="mo", reason="same night").judgement
    add(store, changed(blast("b0")))
    link(store)
    first, carried = people(store)
    assert first.number == made.number and first.revoked is None
    assert {carried.left, carried.right} == {key(store, "b0"), other} and key(store, "b0") != old
    assert (carried.verdict, carried.author, carried.score) == (verdict, "mo", None)
    assert carried.reason == f"carried over from {old} (judgement {made.number}): same night"
    together = any({"b0", "r0" if verdict == "same" else "b1"} <= group for group in incidents_of(store))
    assert together == (verdict == "same")
    check_agreement(store)
    link(store, again=True)
    assert len(people(store)) == 2


def test_a_decision_goes_from_version_to_version_with_the_reason_given_first(store: Store) -> None:
    made = judge(store, "incident", (key(store, "b0"), key(store, "r0")), "same", author="mo", reason="a: b").judgement
    for step in range(3):
        add(store, changed(blast("b0"), f" Corrected {step}."))
        add(store, changed(raid("r0"), f" Corrected {step}."))
        link(store)
    last = people(store)[-1]
    assert len(people(store)) == 4 and last.reason.endswith("): a: b")
    assert last.reason.count("carried over") == 1 and " and " in last.reason
    undo(store, last.number, author="ab")
    assert not any({"b0", "r0"} <= group for group in incidents_of(store))
    add(store, changed(blast("b0"), " Corrected once more."))
    link(store)
    assert len(people(store)) == 4 and people(store)[0].number == made.number
    assert not any({"b0", "r0"} <= group for group in incidents_of(store))


def test_a_decision_whose_incident_is_told_no_more_stays_on_record_alone(store: Store) -> None:
    made = judge(store, "incident", (key(store, "b0"), key(store, "r0")), "same", author="mo", reason="").judgement
    judge(store, "incident", (key(store, "b0"), key(store, "a0")), "same", author="mo", reason="")
    add(store, report("b0", "The council met and spoke of the price of rope."))
    link(store)
    assert [row.revoked for row in people(store)] == [None, None] and people(store)[0].number == made.number
    assert incidents_of(store) == set()
    check_agreement(store)
    judge(store, "incident", (key(store, "r0"), key(store, "a0")), "different", author="ab", reason="")
    undo(store, made.number, author="mo")
    assert incidents_of(store) == set()


def test_of_two_incidents_each_goes_over_to_its_own(tmp_path: Path) -> None:
    told = [
        incident("i1", day=date(2019, 6, 6), place="Karvel", victim="Ilva Dornik"),
        incident("i2", "armed_attack", day=date(2019, 6, 7), place="Ossel", victim="Petrik Valdane"),
    ]
    turned = [replace(told[1], id="i1"), replace(told[0], id="i2")]
    both = report("both", f"{BLAST} {AMBUSH}", *told)
    with linked(tmp_path, [both, raid("r0"), report("r1", RAID, incident("i1", "arson", place="Ossel"))]) as store:
        judge(store, "incident", (key(store, "both", "i1"), key(store, "r0")), "same", author="mo", reason="")
        judge(store, "incident", (key(store, "both", "i2"), key(store, "r1")), "different", author="mo", reason="")
        add(store, report("both", f"{BLAST} {AMBUSH} Corrected.", *turned))
        link(store)
        _, _, same, different = people(store)
        assert {same.left, same.right} == {key(store, "both", "i2"), key(store, "r0")}
        assert {different.left, different.right} == {key(store, "both", "i1"), key(store, "r1")}


def test_incidents_that_are_alike_go_over_by_their_places_in_the_article(tmp_path: Path) -> None:
    told = [incident(f"i{k}", day=date(2019, 6, 6), place="Karvel") for k in range(3)]
    with linked(tmp_path, [report("three", BLAST, *told), raid("r0")]) as store:
        pairs = [(key(store, "three", f"i{k}"), key(store, "r0")) for k in range(3)]
        judge(store, "incident", pairs[2], "same", author="mo", reason="")
        judge(store, "incident", pairs[1], "different", author="mo", reason="")
        judge(store, "incident", (pairs[0][0], pairs[1][0]), "different", author="mo", reason="")
        add(store, report("three", f"{BLAST} Corrected.", *told))
        link(store)
        new = [key(store, "three", f"i{k}") for k in range(3)]
        found = [({row.left, row.right}, row.verdict) for row in people(store)[3:]]
        other = key(store, "r0")
        assert found == [({new[2], other}, "same"), ({new[1], other}, "different"), ({new[0], new[1]}, "different")]


def test_decisions_about_people_go_over_too(store: Store) -> None:
    row = next(row for row in rows_of(store) if row.subject == "entity" and row.verdict == "same")
    made = judge(store, "entity", (row.left, row.right), "different", author="mo", reason="father and son").judgement
    add(store, changed(blast("b0")))
    link(store)
    carried = people(store)[-1]
    assert carried.number != made.number and carried.subject == "entity" and carried.verdict == "different"
    assert not any({"b0@2:e0", "b1@1:e0"} <= group for group in clusters(store)["entity"])


def test_what_is_sketched_no_longer_after_an_update_leaves_its_cluster(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sayso.merge.incidents as incidents

    real = incidents.sketches_of
    monkeypatch.setattr(
        incidents, "sketches_of", lambda reading, keys: [] if reading.article.id == "b0" else real(reading, keys)
    )
    link(store, again=True)
    assert incidents_of(store) == set()
    check_agreement(store)
