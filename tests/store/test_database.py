"""Databases that are new, foreign, newer, damaged, read-only, full or in use."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import StoreError
from sayso.store.database import APPLICATION_ID, REVISIONS
from sayso.store.filters import IncidentFilter
from sayso.store.store import open_store
from tests.invented import reading


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "sayso.db")


def fill(path: str, *ids: str) -> None:
    with open_store(path, write=True) as store:
        for id in ids or ("karvel-1",):
            store.add(replace(reading(), article=replace(reading().article, id=id)), "f")


def test_the_migrations_make_the_tables_that_the_code_knows(path: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from sayso.store.tables import metadata

    open_store(path, write=True).close()
    with create_engine(f"sqlite:///{path}").connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    assert [d for d in differences if "article_search" not in str(d)] == []
    folder = Path(__file__).parents[2] / "src/sayso/store/migrations/versions"
    assert tuple(sorted(file.name[:4] for file in folder.glob("0*.py"))) == REVISIONS


def test_a_database_says_what_it_is_keeps_foreign_keys_and_lets_others_read(path: str) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("INSERT INTO article_search (article_search) VALUES ('integrity-check')")


def test_the_view_of_quotes_gives_the_words_behind_each_value(path: str) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as plain:
        words = plain.execute("SELECT words FROM quote WHERE slot = 'killed' ORDER BY start").fetchall()
    assert words == [("Two or three people died",), ("two dead",), ("three had died",)]


def test_the_query_in_the_guide_runs(path: str) -> None:
    fill(path)
    guide = (Path(__file__).parents[2] / "docs/store.md").read_text(encoding="utf-8")
    query = guide.partition("```sql\n")[2].partition("```")[0]
    with closing(sqlite3.connect(path)) as plain:
        rows = plain.execute(query).fetchall()
    assert any(row[1:4] == ("Bresk Otalin", "accused_by_authorities", "Ilva Dorn") for row in rows)


@pytest.mark.parametrize("url", ["sqlite:///{}", "{}"])
def test_a_path_and_a_url_name_the_same_database(path: str, url: str) -> None:
    fill(url.format(path))
    with open_store(path) as store:
        assert store.counts().articles == 1


@pytest.mark.parametrize("url", ["postgresql://me:secret@host/db", "nonsense://x", "sqlite://", "://"])
def test_a_server_that_is_not_known_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StoreError) as error:
        open_store(url, write=True)
    assert "sqlite:///PATH" in str(error.value) and "secret" not in str(error.value)


def test_what_is_missing_or_no_database_is_named(tmp_path: Path) -> None:
    text = tmp_path / "report.txt"
    text.write_text("Two people died when a parcel bomb went off.")
    for place, write, words in (
        (tmp_path / "none.db", False, "there is no such database"),
        (tmp_path / "none" / "sayso.db", True, "there is no such folder"),
        (tmp_path, False, "is a folder"),
        (tmp_path, True, "is a folder"),
        (text, False, "is no sayso database"),
        (text, True, "is no sayso database"),
    ):
        with pytest.raises(StoreError, match=words) as error:
            open_store(str(place), write=write)
        assert error.value.next_step
    assert text.read_text().startswith("Two people")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("write", [True, False])
def test_the_database_of_another_program_is_refused_and_left_alone(path: str, write: bool) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE alembic_version (version_num TEXT)")
        plain.execute("INSERT INTO alembic_version VALUES ('0001')")
        plain.commit()
    before = Path(path).read_bytes()
    with pytest.raises(StoreError, match="is no sayso database: it holds alembic_version"):
        open_store(path, write=write)
    assert Path(path).read_bytes() == before


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_database_is_refused_with_its_version(path: str, write: bool) -> None:
    fill(path)
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '0099'")
        plain.commit()
    with pytest.raises(StoreError, match=r"0099, which is newer .* Install the newest sayso"):
        open_store(path, write=write)


def test_an_empty_file_is_filled_by_a_writer_and_named_to_a_reader(path: str) -> None:
    """So is what is left of a database whose making was killed: its tables come in one transaction."""
    Path(path).touch()
    with pytest.raises(StoreError, match="is empty"):
        open_store(path)
    fill(path)
    with open_store(path) as store:
        assert store.counts().articles == 1


def test_a_making_that_fails_in_the_middle_leaves_nothing(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic import command

    upgrade = command.upgrade

    def stopped(*arguments: object) -> None:
        upgrade(*arguments)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", stopped)
    with pytest.raises(KeyboardInterrupt):
        open_store(path, write=True)
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT name FROM sqlite_master").fetchall() == []
    monkeypatch.undo()
    fill(path)


def test_a_damaged_database_is_named(path: str) -> None:
    fill(path, *map(str, range(8)))
    data = Path(path).read_bytes()
    Path(path).write_bytes(data[:8192] + b"\xff" * (len(data) - 8192))
    with pytest.raises(StoreError, match=r"damaged|cannot be used"), open_store(path) as store:
        store.find(IncidentFilter())
        list(store.readings([1, 2, 3]))


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(path: str) -> None:
    fill(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with open_store(path, write=True, patience=0.05) as store:
            assert store.counts().articles == 1  # reading goes on meanwhile
            with pytest.raises(StoreError, match=r"another sayso is writing to it. Wait"):
                store.add_failure("x", "y")
            other.execute("ROLLBACK")
            store.add_failure("x", "y")
            assert store.failures() == [("x", "y")]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = os.geteuid() == 0 and not subprocess.call(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], stderr=subprocess.DEVNULL
    )
    if not made:
        pytest.skip("a small disk can only be mounted by root")
    yield folder
    subprocess.check_call(["umount", "-l", str(folder)])


def test_a_full_disk_is_told_and_the_database_stays_whole(disk: Path) -> None:
    path = str(disk / "sayso.db")
    stored = 0
    with pytest.raises(StoreError, match=r"the disk is full. Make room"), open_store(path, write=True) as store:
        for k in range(500):
            store.add(replace(reading(), article=replace(reading().article, id=str(k))), "f")
            stored += 1
    assert 0 < stored < 500
    copy = disk.parent / "copy.db"
    copy.write_bytes(Path(path).read_bytes())
    for file in disk.glob("sayso.db-*"):
        (disk.parent / file.name.replace("sayso", "copy")).write_bytes(file.read_bytes())
    with open_store(str(copy)) as store:
        assert store.counts().articles == stored
        assert len(list(store.readings(range(1, stored + 1)))) == stored
    subprocess.check_call(["mount", "-o", "remount,size=20m", str(disk)])
    fill(path, *map(str, range(30)), "last")
    with open_store(path) as store:
        assert store.article("last") is not None


def test_a_disk_without_room_for_a_database_is_told(disk: Path) -> None:
    (disk / "filler").write_bytes(b"x" * (1 << 20))
    with pytest.raises(StoreError, match=r"full|cannot be"):
        open_store(str(disk / "sayso.db"), write=True)


def test_a_read_only_disk_is_read_and_not_written(disk: Path) -> None:
    path = str(disk / "sayso.db")
    fill(path)
    subprocess.check_call(["mount", "-o", "remount,ro", str(disk)])
    with open_store(path) as store:
        assert store.counts().articles == 1
        assert store.search("depot")
    for name in ("sayso.db", "new.db"):
        with pytest.raises(StoreError, match=r"is read-only. Give another --db"):
            open_store(str(disk / name), write=True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root passes over file modes")
def test_a_file_without_the_right_to_write_is_read_and_not_written(path: str) -> None:
    fill(path)
    Path(path).chmod(0o400)
    with open_store(path) as store:
        assert store.counts().articles == 1
    with pytest.raises(StoreError, match="is read-only"), open_store(path, write=True) as store:
        store.add_failure("x", "y")
