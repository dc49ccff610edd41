"""Sources: what is counted of them, the letters that people set, and the words for a share."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from sayso.desk import sources
from sayso.desk.desk import Desk
from sayso.desk.errors import NotFoundError, StaleError
from sayso.desk.overview_rows import gone_row
from sayso.desk.share import Share
from sayso.errors import InputError
from sayso.store.changes import ChangeFilter, changes
from sayso.store.store import open_store
from sayso.store.tables import overview, overview_source


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sources") / "a.db"
    rows = [
        {"overview": 1, "source": "The Quay Post", "kind": "media", "held": 4, "confirmed": 3, "disputed": 0},
        {"overview": 2, "source": "The Quay Post", "kind": "media", "held": 4, "confirmed": 3, "disputed": 1},
        {"overview": 2, "source": "Mayor Tawl", "kind": "authority", "held": 2, "confirmed": 2, "disputed": 2},
    ]
    with open_store(str(path), write=True) as store, store.writing() as connection:
        for number in (1, 2):
            row = {**gone_row(f"key{number}"), "gone": False, "number": number, "revision": 1, "body": {"kind": "raid"}}
            connection.execute(insert(overview).values(row))
        connection.execute(insert(overview_source), rows)
    return path


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(str(shutil.copy(built, tmp_path / "a.db")))
    yield made
    made.close()


def test_values_are_summed_over_incidents_and_few_give_no_share(desk: Desk) -> None:
    post, mayor = sources.sources(desk)
    assert (post.source, post.incidents, post.held, post.confirmed, post.disputed) == ("The Quay Post", 2, 8, 6, 1)
    assert post == sources.source_of(desk, "The Quay Post")
    assert post.confirmed_share.words == "6 of 8: 41 to 93 in 100"
    assert mayor.confirmed_share.words == "too few to tell (2 of 2)"
    assert [one.key for one in sources.said_in(desk, "The Quay Post", 1, 10)] == ["key1", "key2"]
    with pytest.raises(NotFoundError):
        sources.source_of(desk, "Nobody")


def test_sources_are_filtered_and_sorted_by_what_is_sure(desk: Desk) -> None:
    every = sources.sources(desk)
    assert [one.source for one in sources.chosen(every, {}, kind="authority")] == ["Mayor Tawl"]
    assert [one.source for one in sources.chosen(every, {}, name="QUÁY")] == ["The Quay Post"]
    # All of the mayor's two values are confirmed, but two are too few to put him first.
    assert [one.source for one in sources.chosen(every, {}, sort="confirmed")] == ["The Quay Post", "Mayor Tawl"]


def test_a_letter_replaces_the_one_before_and_all_is_logged(desk: Desk) -> None:
    with desk.writing() as store:
        first = sources.rate(store, "Mayor Tawl", "C", author="ada", reason="was right once", seen=0)
        seen = sources.rated(store, "Mayor Tawl")[1]
        with pytest.raises(StaleError) as stale:
            sources.rate(store, "Mayor Tawl", "E", author="bo", reason="lied", seen=0)
        assert stale.value.changes[0].author == "ada"
        second = sources.rate(store, "Mayor Tawl", "E", author="bo", reason="lied", seen=seen)
        assert sources.ratings(store) == {"Mayor Tawl": second}
        assert [one.code for one in sources.rated(store, "Mayor Tawl")[0]] == ["E", "C"]
        with pytest.raises(InputError, match="stands no more"):
            sources.unrate(store, first.number, author="ada")
        sources.unrate(store, second.number, author="ada")
        assert sources.ratings(store) == {}
        with store.reading() as connection:
            told = [(c.action, c.before, c.after) for c in changes(connection, ChangeFilter(subject="source"))]
    assert told == [
        ("took back a rating", {"code": "E"}, None),
        ("rated", {"code": "C"}, {"code": "E"}),
        ("rated", None, {"code": "C"}),
    ]


@pytest.mark.parametrize(("code", "reason"), [("G", "why"), ("", "why"), ("A", " "), ("A", "x" * 2_001)])
def test_what_is_no_rating_is_refused(desk: Desk, code: str, reason: str) -> None:
    with desk.writing() as store:
        with pytest.raises(InputError):
            sources.rate(store, "Mayor Tawl", code, author="ada", reason=reason, seen=0)
        with pytest.raises(NotFoundError):
            sources.rate(store, "Nobody", "A", author="ada", reason="why", seen=0)
        assert sources.ratings(store) == {}


def test_ends_of_a_share() -> None:
    assert Share(part=0, whole=9).low == 0.0
    assert Share(part=9, whole=9).high == 1.0
    assert Share(part=0, whole=0).words == "too few to tell (0 of 0)"
