"""What is stored is had back exactly, and what contradicts itself is refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from sayso.model.entity import Entity, Fact
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.store.check import UnstorableError
from sayso.store.filters import IncidentFilter
from sayso.store.store import Store, open_store
from tests.invented import reading as invented
from tests.store.readings import readings


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("store") / "a b%20?#.db"), write=True) as opened:
        yield opened


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "sayso.db"), write=True) as opened:
        yield opened


runs = count()


@settings(max_examples=35, deadline=None, suppress_health_check=list(HealthCheck))
@given(reading=readings())
def test_every_reading_comes_back_equal(store: Store, reading: Reading) -> None:
    run = next(runs)
    article = replace(reading.article, id=f"{run} {reading.article.id}")
    reading = replace(reading, article=article)
    assert store.add(reading, "f").what == "stored"
    stored = store.article(article.id)
    assert stored is not None and stored.reading == reading
    assert (stored.version, stored.current) == (1, True)
    assert [stored.keys[incident.id] for incident in reading.incidents] == [i.id for i in stored.keyed().incidents]


def test_the_invented_report_comes_back_equal_with_its_incidents_called_by_their_keys(empty: Store) -> None:
    reading = invented()
    empty.add(reading, "f")
    stored = empty.article("karvel-1")
    assert stored is not None and stored.reading == reading
    key = stored.keys["i2"]
    only = stored.keyed([key])
    assert [incident.id for incident in only.incidents] == [key]
    assert only.incidents[0].claims == reading.incidents[1].claims


def test_an_incident_has_the_same_key_in_every_database(empty: Store, tmp_path: Path) -> None:
    reading = invented()
    with open_store(str(tmp_path / "other.db"), write=True) as other:
        other.add(replace(reading, article=replace(reading.article, id="another")), "f")
        other.add(reading, "f")
        there = other.article("karvel-1")
    empty.add(reading, "f")
    here = empty.article("karvel-1")
    assert here is not None and there is not None and here.keys == there.keys


def test_the_same_input_is_stored_once_and_a_changed_one_beside_the_older(empty: Store) -> None:
    first = invented()
    second = replace(first, incidents=first.incidents[:1])
    assert empty.add(first, "one") == ("stored", 1)
    assert empty.add(first, "one") == ("unchanged", 1)
    assert empty.add(second, "two") == ("replaced", 2)
    assert empty.add(first, "one") == ("unchanged", 2)
    older, newer = empty.article("karvel-1", 1), empty.article("karvel-1")
    assert older is not None and older.reading == first and not older.current
    assert newer is not None and newer.reading == second and newer.version == 2
    assert set(older.keys.values()).isdisjoint(newer.keys.values())
    assert empty.counts()[:3] == (1, 1, 1)
    assert [row.article for row in empty.find(IncidentFilter())] == [newer.number]
    assert [hit.article for hit in empty.search("depot")] == [newer.number]


def test_another_day_of_publication_is_another_input_only_where_the_article_has_none_of_its_own(empty: Store) -> None:
    given_day = invented()
    assert given_day.article.published is not None
    empty.add(given_day, "one", given_day.article.published)
    other = given_day.article.published.replace(day=1)
    assert empty.has("karvel-1", "one", given_day.article.published)
    assert empty.has("karvel-1", "one")
    assert not empty.has("karvel-1", "one", other)
    paged = replace(given_day.article, id="paged", published_by="metadata")
    empty.add(replace(given_day, article=paged), "one")
    assert empty.has("paged", "one", other)


def _with_entity(reading: Reading, **changes: object) -> Reading:
    first, *rest = reading.entities
    return replace(reading, entities=(replace(first, **changes), *rest))  # type: ignore[arg-type]


def _faulty() -> dict[str, Reading]:
    reading = invented()
    word = Span(start=0, end=3, text="Not")
    article = replace(reading.article, title="half \ud83d")
    statement = replace(reading.statements[0], speaker_id="e99")
    claim = replace(reading.incidents[0].claims[0], chain=("s99",))
    incident = replace(reading.incidents[0], claims=(claim,))
    double = reading.incidents[0], reading.incidents[0]
    return {
        "do not stand at": _with_entity(reading, facts=(Fact(name="role", value="x", evidence=word),)),
        "surrogates not allowed": replace(reading, article=article),
        "the entity 'e99'": replace(reading, statements=(statement, *reading.statements[1:])),
        "the statement 's99'": replace(reading, incidents=(incident,)),
        "two incident records": replace(reading, incidents=double),
        "larger than": _with_entity(reading, number=2**63),
        "the entity 'gone'": _with_entity(reading, members=("gone",)),
    }


@pytest.mark.parametrize("fault", _faulty())
def test_a_reading_that_contradicts_itself_is_refused_and_leaves_nothing(empty: Store, fault: str) -> None:
    with pytest.raises(UnstorableError, match=fault) as error:
        empty.add(_faulty()[fault], "f")
    assert "karvel.txt" in str(error.value)
    assert empty.counts() == (0, 0, 0, 0)


def test_a_constraint_that_fails_in_the_middle_leaves_nothing(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check before is not the only guard: the database's own constraints undo the whole article."""
    monkeypatch.setattr("sayso.store.store.check", lambda reading: None)
    reading = invented()
    lost = Entity(id="e77", kind="group", name="four men", names=("four men",), mentions=(), members=("gone",))
    with pytest.raises(UnstorableError, match="FOREIGN KEY"):
        empty.add(replace(reading, entities=(*reading.entities, lost)), "f")
    assert empty.counts() == (0, 0, 0, 0)
    assert empty.search("depot") == []


def test_a_failure_is_recorded_once_whatever_its_name(empty: Store) -> None:
    for _ in range(2):
        empty.add_failure("bad\udcff.txt", "bad: is empty")
    assert empty.failures() == [("bad\\udcff.txt", "bad: is empty")]


def test_many_readings_come_in_the_order_asked_for(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.store.store._AT_ONCE", 3)
    reading = replace(invented(), incidents=())
    for k in range(8):
        empty.add(replace(reading, article=replace(reading.article, id=f"a{k}")), "f")
    assert [stored.number for stored in empty.readings([5, 5, 8, 1, 2, 3, 4, 4, 3])] == [5, 8, 1, 2, 3, 4, 3]
    assert list(empty.readings([])) == []
