"""Articles that lack what others have, or have far more of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from sayso.link.judge import why
from sayso.link.linker import link
from sayso.model.entity import Entity, Mention
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.store.check import UnstorableError
from sayso.store.database import REVISIONS
from sayso.store.store import Store, open_store
from tests.link.made import (
    AMBUSH,
    BLAST,
    add,
    ambush,
    blast,
    check_agreement,
    clusters,
    incident,
    incidents_of,
    key,
    linked,
    new_store,
    report,
    rows_of,
)
from tests.store.older import age
from tests.store.readings import readings

BARE = [
    incident(),
    incident(day=date(2019, 6, 6)),
    incident(place="Karvel"),
    incident(place="?!"),
    incident(victim="?"),
    incident(killed=10**30),
    incident(kind=""),
]


def test_incidents_without_day_place_or_name_are_linked_or_left_alone(tmp_path: Path) -> None:
    made = [report(f"r{k}-{n}", BLAST * n, told) for k, told in enumerate(BARE) for n in (0, 1)]
    made += [replace(one, article=replace(one.article, id=f"{one.article.id}x", published=None)) for one in made]
    with linked(tmp_path, made, batch=5) as store:
        check_agreement(store)
        rows = rows_of(store)
        link(store, again=True)
        assert rows_of(store) == rows


def test_what_tells_nothing_is_linked_with_nothing(tmp_path: Path) -> None:
    made = [report(f"r{k}", "", incident(), published=None) for k in range(5)]
    with linked(tmp_path, made) as store:
        assert clusters(store) == {"incident": set(), "entity": set(), "copy": set()}


@pytest.mark.parametrize("day", [date.min, date(9999, 12, 30), date.max])
def test_the_first_and_the_last_day_of_all_are_days_as_any(tmp_path: Path, day: date) -> None:
    made = [
        report("both", BLAST, incident(day=day), published=day),
        report("told", BLAST, incident(day=day), published=date(2019, 6, 9)),
        report("published", BLAST, incident(), published=day),
        report("neither", BLAST, incident(), published=None),
        blast("plain"),
    ]
    with linked(tmp_path, made, each=True) as store:
        check_agreement(store)
        why(store, "incident", key(store, "both"), key(store, "plain"))


def crowd(id: str, number: int) -> Reading:
    text = " ".join(f"Person{k} Family{k}." for k in range(number))
    starts = [text.index(f"Person{k} ") for k in range(number)]
    entities = tuple(
        Entity(
            id=f"e{k}",
            kind="person",
            name=f"Person{k} Family{k}",
            names=(f"Person{k} Family{k}",),
            mentions=(Mention(span=Span(start=s, end=s + len(f"Person{k}"), text=f"Person{k}"), head=0, form="name"),),
        )
        for k, s in enumerate(starts)
    )
    return replace(report(id, text, incident(day=date(2019, 6, 6))), entities=entities)


def timed(store: Store) -> float:
    start = perf_counter()
    link(store)
    return perf_counter() - start


def test_an_article_with_four_hundred_people_is_linked(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        for id in ("a", "b"):
            add(store, crowd(id, 400))
        assert timed(store) < 20
        check_agreement(store)
        assert len(clusters(store)["entity"]) > 10


def test_a_name_that_is_met_ten_thousand_times_is_linked(tmp_path: Path) -> None:
    text = "Ilva Dornik. " * 10_000
    mentions = tuple(
        Mention(span=Span(start=13 * k, end=13 * k + 11, text="Ilva Dornik"), head=0, form="name")
        for k in range(10_000)
    )
    one = Entity(id="e0", kind="person", name="Ilva Dornik", names=("Ilva Dornik",), mentions=mentions)
    with linked(tmp_path, [blast("b0")]) as store:
        add(store, replace(report("many", text, incident(victim="Ilva Dornik")), entities=(one,)))
        assert timed(store) < 20
        check_agreement(store)


def test_an_article_with_three_hundred_incidents_is_linked(tmp_path: Path) -> None:
    told = [incident(f"i{k}", day=date(2019, 1 + k % 12, 1 + k % 28), place="Karvel") for k in range(300)]
    alike = [incident(f"i{k}", day=date(2019, 6, 6), place="Karvel") for k in range(90)]
    with new_store(tmp_path) as store:
        add(store, report("list", BLAST, *told))
        add(store, report("alike", AMBUSH, *alike))
        add(store, blast("b0"))
        assert timed(store) < 30
        check_agreement(store)
        rows = rows_of(store)
        link(store, again=True)
        assert rows_of(store) == rows


def test_half_a_character_is_refused_by_the_store_and_the_rest_is_linked(tmp_path: Path) -> None:
    with linked(tmp_path, [blast("b0")]) as store:
        for odd in (report("odd", f"{BLAST}\ud800", incident()), report("odd", BLAST, incident(victim="\udfff"))):
            with pytest.raises(UnstorableError):
                add(store, odd)
        add(store, blast("b1"))
        link(store)
        assert incidents_of(store) == {frozenset({"b0", "b1"})}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(readings(), readings())
def test_whatever_can_be_stored_is_linked(one: Reading, other: Reading) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        for reading in (one, other, blast("b0"), ambush("a0")):
            add(store, reading)
        link(store)
        check_agreement(store)
        rows = rows_of(store)
        link(store, again=True)
        assert rows_of(store) == rows


def test_a_database_of_the_version_before_is_brought_up_to_date_and_linked(tmp_path: Path) -> None:
    made = [blast("b0"), blast("b1"), ambush("a0")]
    with linked(tmp_path, made, name="new.db") as new, new_store(tmp_path, "old.db") as store:
        for reading in made:
            add(store, reading)
        whole = clusters(new)
    old = str(tmp_path / "older.db")
    age(str(tmp_path / "old.db"), old, "0002")
    with open_store(old, write=True) as store:
        assert store.counts().articles == 3
        assert link(store).articles == 3
        assert clusters(store) == whole
    with closing(sqlite3.connect(old)) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISIONS[-1],)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []


def test_more_alike_than_are_compared_stay_as_they_were_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.link.linker.MOST", 4)
    made: list[Any] = [blast(f"b{k}") for k in range(12)]
    with linked(tmp_path, made, each=True) as store:
        rows = rows_of(store)
        link(store, again=True)
        before = rows_of(store)
        assert [row for row in before[: len(rows)] if row.subject == "incident"] == [
            row for row in rows if row.subject == "incident"
        ]
        check_agreement(store)
