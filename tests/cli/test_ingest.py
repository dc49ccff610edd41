"""`sayso ingest`: idempotent, resumable, and whole whenever it is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from sayso.cli.main import run
from sayso.store.filters import IncidentFilter
from sayso.store.store import open_store
from tests.cli import stub

TEXTS = [f"Report {k}: a bomb went off in ward {k}; a second bomb did not." for k in range(12)]


@pytest.fixture(autouse=True)
def stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.pipeline.read_capture", stub.read_capture)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1560000000")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "reports"
    made.mkdir()
    for k, text in enumerate(TEXTS):
        (made / f"{k:02}.txt").write_text(text)
    return made


def dump(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as plain:
        return list(plain.iterdump())


def test_the_same_input_twice_changes_nothing_and_is_not_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "sayso.db"
    assert run(["ingest", str(folder), "--db", str(db)]) == 0
    assert capfd.readouterr() == ("12 articles stored; 24 incidents found\n", "")
    first, data = dump(db), db.read_bytes()
    monkeypatch.setattr("sayso.pipeline.read_capture", lambda *_: pytest.fail("was read again"))
    assert run(["ingest", str(folder), "--db", str(db)]) == 0
    assert capfd.readouterr() == ("0 articles stored; 12 there already\n", "")
    assert dump(db) == first and db.read_bytes() == data


def test_new_files_are_added_to_what_is_there(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "sayso.db")
    run(["ingest", str(folder / "00.txt"), "--db", db])
    capfd.readouterr()
    assert run(["ingest", str(folder), "--db", db]) == 0
    assert capfd.readouterr().out == "11 articles stored; 1 there already; 22 incidents found\n"


def test_nothing_found_is_no_failure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    calm = tmp_path / "calm.txt"
    calm.write_text("The council met.")
    assert run(["ingest", str(calm), "--db", str(tmp_path / "sayso.db")]) == 0
    assert capfd.readouterr().out == "1 article stored; no incident found\n"


def test_what_fails_is_recorded_with_its_error_and_the_others_go_on(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "05.txt").write_bytes(b"")
    (folder / "06.txt").write_text("unreadable")
    (folder / "07.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    db = tmp_path / "sayso.db"
    for _ in range(2):
        assert run(["ingest", str(folder), "missing.html", "--db", str(db)]) == 1
        out, err = capfd.readouterr()
        assert "4 failed" in out
        assert [line.split(":")[0] for line in err.splitlines()] == ["sayso"] * 4
        assert "05.txt: is empty" in err and "could not be read (ValueError: this is unreadable)" in err
        assert "missing.html: no such file" in err and "Traceback" not in err
    with open_store(str(db)) as store:
        assert store.counts().articles == 9
        assert [name.rpartition("/")[2] for name, _ in store.failures()] == [
            "05.txt",
            "06.txt",
            "07.txt",
            "missing.html",
        ]


def test_many_failures_are_counted_and_not_all_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(f'{{"text": {k}}}\n' for k in range(30)))
    assert run(["ingest", str(rows), "--db", str(tmp_path / "sayso.db")]) == 1
    out, err = capfd.readouterr()
    assert "30 failed; no incident found" in out
    assert len(err.splitlines()) == 21 and "10 more failures" in err


def test_a_changed_article_is_stored_beside_the_older_and_both_inputs_are_known_then(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows, db = tmp_path / "rows.jsonl", str(tmp_path / "sayso.db")
    rows.write_text(
        "\n".join(json.dumps({"id": "wire-7", "text": text}) for text in ("A bomb went off.", "Two people died."))
    )
    for changed in ("wire-7 has changed: now version 2; the older one is kept as wire-7@1\n2", "0"):
        assert run(["ingest", str(rows), "--db", db]) == 0
        assert capfd.readouterr().out.startswith(f"{changed} articles stored")
    with open_store(db) as store:
        assert store.counts()[:3] == (1, 1, 0)
    assert run(["show", "wire-7@1", "--db", db]) == 0
    assert "replaced by a newer one" in capfd.readouterr().out


def test_a_file_that_was_moved_is_known_and_another_day_of_publication_is_not(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    db = str(tmp_path / "sayso.db")
    path = folder / "00.txt"
    run(["ingest", str(path), "--db", db, "--published", "2019-06-09"])
    moved = path.rename(tmp_path / "moved.txt")
    for day, said in ((["2019-06-09"], "there already"), ([], "there already"), (["2019-06-10"], "has changed")):
        capfd.readouterr()
        assert run(["ingest", str(moved), "--db", db, *(["--published", *day] if day else [])]) == 0
        assert said in capfd.readouterr().out


def test_a_file_whose_name_is_no_text_is_stored(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("A bomb went off.")
    assert run(["ingest", str(tmp_path), "--db", str(tmp_path / "sayso.db")]) == 0
    with open_store(str(tmp_path / "sayso.db")) as store:
        stored = store.readings([1])
        assert next(stored).reading.article.name.endswith("caf\\udce9.txt")


def test_a_database_that_takes_no_more_ends_the_run_with_what_was_done(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from sayso.errors import StoreError
    from sayso.store.store import Store

    add = Store.add

    def full(store: Store, reading: object, *more: object) -> object:
        if store.counts().articles == 3:
            raise StoreError("the disk is full", value="sayso.db", next_step="Make room")
        return add(store, reading, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "add", full)
    assert run(["ingest", str(folder), "--db", str(tmp_path / "sayso.db")]) == 1
    out, err = capfd.readouterr()
    assert "3 articles stored" in out
    assert err == "sayso: sayso.db: the disk is full. Make room.\n"


def test_a_text_or_a_folder_is_refused_as_a_database(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", str(folder), "--db", str(folder / "00.txt")]) == 1
    assert "is no sayso database" in capfd.readouterr().err
    assert run(["ingest", str(folder), "--db", str(folder)]) == 1
    assert "is a folder" in capfd.readouterr().err


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_moment_the_database_is_whole_and_the_same_command_completes_it(
    folder: Path, tmp_path: Path
) -> None:
    """Killed with SIGKILL at every 11th statement to the database, and at moments in between."""
    whole, db = tmp_path / "whole.db", tmp_path / "sayso.db"
    run(["ingest", str(folder), "--db", str(whole)])
    chance = random.Random(7)
    kills = 0
    for attempt in range(400):
        at = 11 * (attempt + 1) % 97 if attempt % 2 else None
        if _killed(["ingest", str(folder), "--db", str(db)], at, chance.uniform(0, 0.03)):
            kills += 1
            _assert_whole(db)
        elif attempt > 10:
            break
    assert kills > 5
    assert run(["ingest", str(folder), "--db", str(db)]) == 0
    assert dump(db) == dump(whole)


def _killed(arguments: list[str], at: int | None, seconds: float) -> bool:
    """Run a command in a process that is killed at a statement or, without one, after some time; say whether it was."""
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if at is not None:
            _kill_self_at(at)
        os._exit(run(arguments))
    if at is None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def _kill_self_at(at: int) -> None:
    from sqlalchemy import Engine, event

    left = [at]

    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _assert_whole(db: Path) -> None:
    if not db.exists():
        return
    with closing(sqlite3.connect(db)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        if not plain.execute("SELECT name FROM sqlite_master").fetchall():
            return
    with open_store(str(db)) as store:
        articles = store.counts().articles
        for stored in store.readings(range(1, articles + 1)):
            assert stored.reading.article.text in TEXTS
            assert len(stored.reading.incidents) == 2
        assert store.count(IncidentFilter()) == 2 * articles
        assert len(store.search("bomb")) == articles


def test_several_processes_give_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "05.txt").write_bytes(b"")
    (folder / "06.txt").write_text("unreadable")
    (folder / "07.txt").write_text(TEXTS[0])
    done = []
    for jobs in ("1", "3"):
        db = tmp_path / f"{jobs}.db"
        assert run(["ingest", str(folder), "--db", str(db), "--jobs", jobs]) == 1
        done.append((dump(db), capfd.readouterr()))
        monkeypatch.setattr("sayso.desk.reading.read_one", stub.read_outcome)
    assert done[0] == done[1]


def test_a_reading_process_that_is_killed_is_told_and_the_rest_can_go_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "06.txt").write_text("killer")
    monkeypatch.setattr("sayso.desk.reading.read_one", stub.read_outcome)
    assert run(["ingest", str(folder), "--db", str(tmp_path / "sayso.db"), "--jobs", "2"]) == 1
    out, err = capfd.readouterr()
    assert "stored" in out
    assert "was killed" in err and "fewer --jobs" in err and "Traceback" not in err
