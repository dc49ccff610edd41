"""Cases: made, changed, filled, and what is new in them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, update

from sayso.desk import case_items, cases
from sayso.desk.case_news import News, news
from sayso.desk.errors import NotFoundError, StaleError
from sayso.desk.overview import refresh
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.link.judge import judge
from sayso.link.linker import link
from sayso.store.changes import ChangeFilter, changes
from sayso.store.store import Store, open_store
from sayso.store.tables import account, article, incident
from tests.link.made import add, ambush, blast, key, linked, raid

LONG_AGO, LATER = "2019-07-01T00:00:00Z", "2020-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases")
    with linked(folder, [blast("one"), blast("two"), ambush("reed", title="Salt carts"), raid("mill")]) as store:
        refresh(store)
        with store.writing() as connection:
            connection.execute(update(article).values(ingested_at=LONG_AGO))
    return folder / "a.db"


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Iterator[Store]:
    with open_store(str(shutil.copy(built, tmp_path / "sayso.db")), write=True) as made:
        yield made


def entity(store: Store, article: str) -> str:
    """The key of the first person of an article."""
    from sayso.link.subjects import keys_in

    stored = store.article(article)
    assert stored is not None
    return keys_in(stored, "entity")["e0"]


def test_a_case_is_changed_and_every_change_is_logged(store: Store) -> None:
    number = cases.make(store, "  The   depot ", author="ada", note="first")
    case = cases.case_of(store, number)
    assert (case.title, case.note, case.owner, case.items) == ("The depot", "first", "ada", 0)
    case = cases.edit(store, number, author="bo", seen=case.seen, title="The depot", note="second")
    case = cases.assign(store, number, "cy", author="bo", seen=case.seen)
    case = cases.close(store, number, author="bo", seen=case.seen)
    assert case.closed and not cases.open_cases(store)
    same = cases.close(store, number, author="bo", seen=case.seen)
    assert same.seen == case.seen  # what is so already is no change
    case = cases.reopen(store, number, author="bo", seen=case.seen)
    assert (case.note, case.assigned, case.closed) == ("second", "cy", None)
    with store.reading() as connection:
        told = [c.action for c in changes(connection, ChangeFilter(subject="case", object=str(number)))]
    assert told == ["reopened", "closed", "assigned", "edited", "made a case"]


def test_who_comes_late_sees_the_others_change(store: Store) -> None:
    number = cases.make(store, "The depot", author="ada")
    seen = cases.case_of(store, number).seen
    cases.edit(store, number, author="bo", seen=seen, title="The depot", note="by bo")
    with pytest.raises(StaleError) as late:
        cases.edit(store, number, author="cy", seen=seen, title="The depot", note="by cy")
    assert [(c.author, c.after) for c in late.value.changes] == [("bo", {"note": "by bo"})]
    assert cases.case_of(store, number).note == "by bo"


@pytest.mark.parametrize("title", ["", " \n ", "x" * 201])
def test_a_bad_title_makes_no_case(store: Store, title: str) -> None:
    with pytest.raises(InputError):
        cases.make(store, title, author="ada")
    with pytest.raises(InputError):  # and nothing is put into none
        case_items.add_to_new(store, title, "incident", key(store, "one"), author="ada")
    assert cases.cases(store) == []


def test_notes_may_be_long_but_not_endless(store: Store) -> None:
    number = cases.make(store, "Notes", author="ada", note="n" * 10_000)
    assert len(cases.case_of(store, number).note) == 10_000
    with pytest.raises(InputError, match="too long"):
        cases.make(store, "Notes", author="ada", note="n" * 20_001)


def test_a_colleague_has_an_account_where_there_are_any(store: Store) -> None:
    number = cases.make(store, "The depot", author="ada", assigned="anyone")
    with store.writing() as connection:
        connection.execute(insert(account).values(name="ada", role="admin", password="", made=LONG_AGO))
    seen = cases.case_of(store, number).seen
    with pytest.raises(InputError, match="no account"):
        cases.assign(store, number, "anyone", author="ada", seen=seen)
    assert cases.assign(store, number, "ada", author="ada", seen=seen).assigned == "ada"
    assert cases.assign(store, number, "", author="ada", seen=seen + 1).assigned is None


def test_things_are_put_in_once_by_their_whole_keys_and_taken_out(store: Store) -> None:
    number = cases.make(store, "All", author="ada")
    blast_key = key(store, "one")
    case_items.add(store, number, "incident", blast_key[:8], author="ada", note="see")
    again = case_items.add(store, number, "incident", blast_key, author="bo", note="see twice")
    assert (again.object, again.note, again.author) == (blast_key, "see twice", "ada")
    case_items.add(store, number, "entity", entity(store, "reed"), author="ada")
    case_items.add(store, number, "article", "mill", author="ada")
    shown = case_items.shown(store, case_items.items(store, number))
    assert [(one.item.subject, one.gone) for one in shown] == [
        ("incident", False), ("entity", False), ("article", False),
    ]  # fmt: skip
    assert shown[0].body and shown[0].body["place"] == "Karvel"
    assert len(shown[0].members) == 2
    assert shown[1].line == "Petrik Valdane"
    case_items.remove(store, number, "article", "mill", author="bo")
    assert len(case_items.items(store, number)) == 2
    with pytest.raises(NotFoundError):
        case_items.remove(store, number, "article", "mill", author="bo")


@pytest.mark.parametrize(("subject", "object"), [("incident", "zzzz"), ("entity", "zzzz"), ("article", "<b>")])
def test_what_is_not_there_is_not_put_in(store: Store, subject: str, object: str) -> None:
    number = cases.make(store, "All", author="ada")
    with pytest.raises(NotFoundError):
        case_items.add(store, number, subject, object, author="ada")
    with pytest.raises(NotFoundError):
        case_items.add(store, 99, "article", "mill", author="ada")
    with pytest.raises(InputError):
        case_items.add(store, number, "place", "Karvel", author="ada")


def test_a_closed_case_takes_nothing(store: Store) -> None:
    number = cases.make(store, "Done", author="ada")
    cases.close(store, number, author="ada", seen=cases.case_of(store, number).seen)
    with pytest.raises(InputError, match="closed"):
        case_items.add(store, number, "article", "mill", author="ada")


def test_an_incident_is_found_where_it_was_merged_and_split_to_and_shown_gone(store: Store) -> None:
    number = cases.make(store, "All", author="ada")
    item = case_items.add(store, number, "incident", key(store, "mill"), author="ada")
    assert case_items.shown(store, [item])[0].members == (item.object,)
    judge(store, "incident", (key(store, "mill"), key(store, "one")), "same", author="bo", reason="one night")
    refresh(store)
    merged = case_items.shown(store, [item])[0]
    assert len(merged.members) == 3 and merged.body and not merged.gone
    with store.writing() as connection:
        connection.execute(update(incident).where(incident.c.key == item.object).values(retired=1))
    assert case_items.shown(store, [item])[0].gone


def new_for(store: Store, number: int, since: str, name: str) -> News:
    return news(
        store, number, case_items.shown(store, case_items.items(store, number)), since, Who(name=name, role="reviewer")
    )


def test_new_reports_articles_that_name_its_people_and_others_changes_are_new(store: Store) -> None:
    number = cases.make(store, "All", author="ada")
    case_items.add(store, number, "incident", key(store, "one"), author="ada")
    case_items.add(store, number, "entity", entity(store, "reed"), author="ada")
    assert new_for(store, number, LATER, "ada").count == 0  # one's own changes are no news
    assert {c.action for c in new_for(store, number, LATER, "bo").changes} >= {"made a case"}
    add(store, blast("three", title="Again the depot"))
    add(store, ambush("carts"))
    link(store)
    judge(store, "incident", (key(store, "one"), key(store, "mill")), "different", author="bo", reason="far apart")
    found = new_for(store, number, LATER, "ada")
    assert [one.article for one in found.reports] == ["three"]
    assert [one.article for one in found.naming] == ["carts"]
    assert [(c.author, c.action) for c in found.changes] == [("bo", "called different")]
    assert found.reports[0].of[0].item.object == key(store, "one")


def test_a_visit_tells_of_the_one_before(store: Store) -> None:
    number = cases.make(store, "All", author="ada")
    assert cases.visited(store, number, "ada") is None
    assert cases.visit(store, number, "ada") is None
    first = cases.visited(store, number, "ada")
    assert first and cases.visit(store, number, "ada") == first
    assert cases.visited(store, number, "bo") is None
    with pytest.raises(NotFoundError):
        cases.visit(store, 99, "ada")
