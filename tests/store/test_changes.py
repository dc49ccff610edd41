"""The log of changes: what stands in it, and that nobody can touch it unseen."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sayso.errors import StoreError
from sayso.store.changes import ChangeFilter, Verified, changes, newest, record, verify
from sayso.store.database import REVISIONS
from sayso.store.store import MAKER, Store, open_store
from tests.invented import reading
from tests.store.older import age


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "sayso.db")


def write(store: Store, *reasons: str, **more: str) -> None:
    for reason in reasons:
        with store.writing() as connection:
            own = {"author": "Ona", "action": "corrected", "subject": "incident", "object": "abc", "reason": reason}
            record(connection, **(own | more), before={"value": 2.5, "of": ["é", None]}, after={"b": 1, "a": {"c": 2}})


def checked(path: str) -> Verified:
    with open_store(path) as store, store.reading() as connection:
        return verify(connection)


def test_the_log_is_read_by_who_what_when_and_why_the_newest_first(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(path, write=True) as store:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1556700000")  # 2019-05-01
        write(store, "first", "the 50% were counted twice")
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1556800000")  # 2019-05-02
        write(store, "half a \udce9 character", author="Ben", object="xyz")
        with store.reading() as connection:
            found = {
                name: [c.number for c in changes(connection, filter)]
                for name, filter in {
                    "all": ChangeFilter(),
                    "author": ChangeFilter(author="Ben"),
                    "object": ChangeFilter(subject="incident", object="abc"),
                    "about": ChangeFilter(about="xyz"),
                    "none": ChangeFilter(action="took back"),
                    "since": ChangeFilter(since=date(2019, 5, 2)),
                    "until": ChangeFilter(until=date(2019, 5, 1)),
                    "words": ChangeFilter(words="50% WERE"),
                    "sign": ChangeFilter(words="%"),
                }.items()
            }
            assert found == {
                "all": [3, 2, 1],
                "author": [3],
                "object": [2, 1],
                "about": [3],
                "none": [],
                "since": [3],
                "until": [2, 1],
                "words": [2],
                "sign": [2],
            }
            assert [c.number for c in changes(connection, ChangeFilter(), before=3, limit=1)] == [2]
            assert (newest(connection, "incident", "abc"), newest(connection, "entity", "abc")) == (2, 0)
            (last,) = changes(connection, ChangeFilter(author="Ben"))
            assert last.before == {"value": 2.5, "of": ["é", None]} and last.reason == "half a \\udce9 character"
            assert verify(connection) == Verified(3, last.digest)


def test_what_is_rolled_back_leaves_no_entry(path: str) -> None:
    with open_store(path, write=True) as store:
        with pytest.raises(RuntimeError), store.writing() as connection:
            record(connection, author="Ona", action="corrected", subject="incident", object="abc")
            raise RuntimeError
        write(store, "kept")
    assert checked(path).entries == 1


def test_an_empty_log_holds(path: str) -> None:
    open_store(path, write=True).close()
    assert checked(path) == Verified(0, "")


@pytest.mark.parametrize("deed", ["UPDATE change SET reason = 'x'", "DELETE FROM change WHERE number = 2"])
def test_the_database_itself_refuses_to_change_an_entry(path: str, deed: str) -> None:
    with open_store(path, write=True) as store:
        write(store, "a", "b")
    with closing(sqlite3.connect(path)) as plain, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        plain.execute(deed)


@pytest.mark.parametrize(
    ("deed", "broken", "why"),
    [
        ("UPDATE change SET reason = 'another' WHERE number = 2", 2, "changed after"),
        ("""UPDATE change SET before = '{"value":3.5}' WHERE number = 3""", 3, "changed after"),
        ("UPDATE change SET at = '2001-01-01T00:00:00Z' WHERE number = 1", 1, "changed after"),
        ("UPDATE change SET after = '{half' WHERE number = 2", 2, "cannot be read"),
        ("UPDATE change SET author = x'ff' WHERE number = 2", 2, "cannot be read"),
        ("DELETE FROM change WHERE number = 2", 2, "is missing: the next one there is number 3"),
        ("DELETE FROM change WHERE number = 1", 1, "is missing"),
        ("UPDATE change SET number = 9 WHERE number = 4", 4, "is missing"),
        ("UPDATE change SET previous = '' WHERE number = 3", 3, "does not follow"),
        ("INSERT INTO change SELECT 5, at, author, action, subject, object, before, after, reason, previous, digest"
         " FROM change WHERE number = 4", 5, "does not follow"),
    ],
)  # fmt: skip
def test_an_entry_changed_behind_the_databases_back_is_found(path: str, deed: str, broken: int, why: str) -> None:
    with open_store(path, write=True) as store:
        write(store, "a", "b", "c", "d")
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("DROP TRIGGER change_no_update")
        plain.execute("DROP TRIGGER change_no_delete")
        plain.execute(deed)
        plain.commit()
    found = checked(path)
    assert found.broken == broken and why in found.why and found.entries == broken - 1


def test_what_is_stored_and_what_fails_is_logged(path: str) -> None:
    made = reading()
    with open_store(path, write=True) as store:
        for fingerprint in ("f", "f", "g"):
            store.add(made, fingerprint)
        store.add_failure("odd.html", "no text")
        store.add_failure("odd.html", "no text")
        with store.reading() as connection:
            log = [(c.author, c.action, c.subject, c.object) for c in changes(connection, ChangeFilter())]
    id = made.article.id
    assert log == [
        (MAKER, "failed", "input", "odd.html"),
        (MAKER, "replaced", "article", f"{id}@2"),
        (MAKER, "stored", "article", f"{id}@1"),
    ]


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_an_older_database_is_brought_up_to_date_with_what_it_holds(tmp_path: Path, path: str, revision: str) -> None:
    made = [replace(reading(), article=replace(reading().article, id=id)) for id in ("a", "b")]
    with open_store(path, write=True) as store:
        for one in made:
            store.add(one, "f")
    old = str(tmp_path / "old.db")
    age(path, old, revision)
    with pytest.raises(StoreError, match="older sayso"):
        open_store(old)
    with open_store(old, write=True) as store:
        assert [s.reading for s in store.readings([1, 2])] == made
        assert store.search("depot")
        with store.reading() as connection:
            assert verify(connection) == Verified(0, "")
            due = connection.exec_driver_sql("SELECT count(*) FROM overview_due").scalar()
            assert due == connection.exec_driver_sql("SELECT count(*) FROM incident").scalar()
    with closing(sqlite3.connect(old)) as plain, closing(sqlite3.connect(path)) as other:
        query = "SELECT article, incident, position, round(priority, 9) FROM claim"
        assert plain.execute(query).fetchall() == other.execute(query).fetchall()
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
