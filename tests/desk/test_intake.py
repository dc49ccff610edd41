"""Intake: what is given is read beside the pages, nothing stops the others, and what was interrupted goes on."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from sayso.desk import intake, uploads
from sayso.desk.apart import Apart
from sayso.desk.desk import Desk
from sayso.desk.errors import ForbiddenError
from sayso.desk.intake import Batch, Item
from sayso.desk.intake_worker import Worker
from sayso.desk.reading import Outcome, read_one
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.model.article import Capture
from sayso.read import ReadFailure
from sayso.store.changes import ChangeFilter, changes
from tests.cli import stub

MIRA = Who(name="mira", role="admin")


class Here(Apart):
    """Reads in this very process."""

    def read(self, capture: Capture, published: date | None) -> Outcome:
        return read_one(capture, published)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr("sayso.pipeline.read_capture", stub.read_capture)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return Desk(str(tmp_path / "a.db"), patience=0.2)


@pytest.fixture
def worker(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    monkeypatch.setattr("sayso.desk.intake_worker.BETWEEN", 0.05)
    made = Worker(desk, Here())
    yield made
    made.close()


def started(desk: Desk, worker: Worker, kind: intake.Kind, *names: str, day: date | None = None) -> int:
    with desk.writing() as store:
        number = intake.begin(store, MIRA, kind, names, published=day)
    worker.wake()
    return number


def until(desk: Desk, number: int, met: Callable[[Batch], bool] = lambda batch: not batch.going) -> Batch:
    """Wait until a batch is as wanted."""
    for _ in range(6000):
        with desk.reading() as store:
            batch = intake.batch(store, number)
        if met(batch):
            return batch
        time.sleep(0.02)
    raise AssertionError(batch)


def of(desk: Desk, number: int) -> list[Item]:
    with desk.reading() as store:
        both = [*intake.items(store, number, failed=True), *intake.items(store, number, failed=False)]
    return sorted(both)


def test_a_folder_is_read_one_failure_stops_nothing_and_what_failed_is_tried_again(
    desk: Desk, worker: Worker, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, words in (
        ("a.txt", "A bomb went off."),
        ("b.txt", "unreadable"),
        ("c.txt", "It was calm."),
        ("d.txt", ""),
    ):
        (folder / name).write_text(words)
    number = started(desk, worker, "path", *intake.sources_in(str(folder)), day=date(2019, 5, 3))
    batch = until(desk, number)
    assert (batch.state, batch.done, batch.total, batch.stored, batch.failed) == ("done", 4, 4, 2, 2)
    found = of(desk, number)
    assert [item.outcome for item in found] == ["stored", "failed", "stored", "failed"]
    assert found[0].article and "this is unreadable" in (found[1].error or "") and "is empty" in (found[3].error or "")
    with desk.reading() as store:
        assert store.counts()[:3] == (2, 0, 1) and len(store.failures()) == 2
        stored = store.article(found[0].article or "")
        assert stored and stored.reading.article.published == date(2019, 5, 3)

    (folder / "b.txt").write_text("A second bomb.")
    with desk.writing() as store:
        intake.again(store, number, MIRA)
    worker.wake()
    batch = until(desk, number)
    assert (batch.state, batch.stored, batch.failed) == ("done", 3, 1)

    again = until(desk, started(desk, worker, "path", *intake.sources_in(str(folder)), day=date(2019, 5, 3)))
    assert (again.stored, again.failed) == (0, 1) and of(desk, again.number)[0].article == found[0].article
    with desk.reading() as store, store.reading() as connection:
        log = changes(connection, ChangeFilter(subject="intake", object=str(number)))
    assert [(c.action, c.author) for c in log] == [("retried", "mira"), ("took in", "mira")]


def test_each_article_of_a_source_that_holds_several_has_its_outcome(desk: Desk, worker: Worker) -> None:
    rows = '{"id": "r1", "text": "A bomb."}\n{"text": 7}\n{"id": "r3", "text": "Calm."}\n'
    with desk.writing() as store:
        number = intake.begin(store, MIRA, "upload", ["wire.jsonl", "gone.txt", "one.txt"], ready=False)
    for position, name, words in ((0, "wire.jsonl", rows), (2, "one.txt", "A bomb in one.")):
        path = uploads.path_of(worker.folder, number, position, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(words)
    with desk.writing() as store:
        intake.release(store, number, {})
    worker.wake()
    batch = until(desk, number)
    assert (batch.done, batch.total, batch.stored, batch.failed) == (3, 3, 3, 2)
    names = {item.name: (item.outcome, item.article) for item in of(desk, number)}
    assert names["wire.jsonl"] == ("several", None) and names["wire.jsonl:1"] == ("stored", "r1")
    assert names["wire.jsonl:2"][0] == "failed" and names["one.txt"][0] == "stored"
    errors = {item.name: item.error for item in of(desk, number) if item.error}
    assert "Send it once more" in (errors["gone.txt"] or "")
    assert not any(str(worker.folder) in (error or "") for error in errors.values())
    left = sorted(path.name for path in (worker.folder / str(number)).iterdir())
    assert left == ["000000.jsonl"]  # a part of it failed and may be tried again
    with desk.reading() as store:
        assert not any(str(worker.folder) in name + error for name, error in store.failures())


def test_an_article_that_kills_the_process_that_reads_is_a_failure_and_the_others_go_on(
    desk: Desk, tmp_path: Path
) -> None:
    for name, words in (("a.txt", "A bomb."), ("b.txt", "killer"), ("c.txt", "Two bombs.")):
        (tmp_path / name).write_text(words)
    worker = Worker(desk, Apart(stub.read_outcome))
    try:
        batch = until(desk, started(desk, worker, "path", *(str(tmp_path / f"{x}.txt") for x in "abc")))
    finally:
        worker.close()
    assert (batch.state, batch.stored, batch.failed) == ("done", 2, 1)
    assert "was killed" in (of(desk, batch.number)[1].error or "")


def test_an_article_that_takes_too_long_is_a_failure(tmp_path: Path) -> None:
    apart = Apart(forever, seconds=1)
    capture = Capture(name="a.txt", content="words", media_type="text", sha256="0" * 64)
    assert "not read within 1 seconds" in (apart.read(capture, None).error or "")
    apart.end()
    assert "killed" in (apart.read(capture, None).error or "")


def forever(capture: Capture, published: date | None) -> Outcome:
    time.sleep(60)
    raise AssertionError


def test_while_another_program_holds_the_database_it_waits_and_pages_are_read(
    desk: Desk, worker: Worker, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("A bomb.")
    number = started(desk, worker, "path", str(tmp_path / "a.txt"))
    until(desk, number)
    (tmp_path / "b.txt").write_text("Another bomb.")
    with desk.writing() as store:
        number = intake.begin(store, MIRA, "path", [str(tmp_path / "b.txt")])
    other = sqlite3.connect(desk.place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    worker.wake()
    while not worker.waits:
        time.sleep(0.02)
    with desk.reading() as store:
        assert intake.batch(store, number).going and store.counts().articles == 1
    other.execute("ROLLBACK")
    other.close()
    assert until(desk, number).stored == 1


def test_what_a_killed_server_left_in_the_middle_is_marked_and_goes_on(
    desk: Desk, worker: Worker, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("A bomb.")
    with desk.writing() as store:
        number = intake.begin(store, MIRA, "path", [str(tmp_path / "a.txt")])
        with store.writing() as connection:
            intake.set_state(connection, number, "running")
    worker.open()
    with desk.reading() as store:
        batch = intake.batch(store, number)
    assert batch.state == "interrupted" and batch.resumable
    with desk.writing() as store:
        intake.again(store, number, MIRA)
    worker.wake()
    assert until(desk, number).stored == 1


def test_stopping_leaves_what_was_stored_and_closing_marks_what_is_in_the_middle(desk: Desk) -> None:
    reached: list[str] = []
    stopped: list[int] = []

    def found(path: str) -> Iterator[Capture | ReadFailure]:
        reached.append(path)
        if path == "two" and not stopped:
            stopped.append(1)
            with desk.writing() as store:
                intake.stop(store, 1, MIRA)
        if path == "three":
            raise OSError("the disk is gone")
        yield Capture(name=path, content=f"A bomb in {path}.", media_type="text", sha256=path * 16)

    worker = Worker(desk, Here(), found)
    number = started(desk, worker, "path", "one", "two", "three")
    batch = until(desk, number)
    assert (batch.state, batch.stored, reached) == ("stopped", 1, ["one", "two"])
    with desk.writing() as store:
        intake.again(store, number, MIRA)
    worker.wake()
    batch = until(desk, number)
    assert (batch.state, batch.stored) == ("failed", 2) and "the disk is gone" in (batch.error or "")
    worker.close()


def test_who_may_take_in_what(desk: Desk) -> None:
    with desk.writing() as store:
        for role, kind in (("reader", "url"), ("reader", "upload"), ("reviewer", "path")):
            with pytest.raises(ForbiddenError):
                intake.begin(store, Who(name="oren", role=role), kind, ["x"])  # type: ignore[arg-type]
        with pytest.raises(InputError, match="nothing was given"):
            intake.begin(store, MIRA, "url", [])
        number = intake.begin(store, Who(name="oren", role="reviewer"), "url", ["http://a.example/"])
        with pytest.raises(ForbiddenError):
            intake.stop(store, number, Who(name="ines", role="reader"))


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.HTML", ".html"),
        ("../../etc/passwd", ""),
        ("x.jsonl.gz", ".jsonl.gz"),
        ("a.exe", ""),
        ("a.txt/../../b", ""),
        ("\x00.txt", ".txt"),
    ],
)
def test_a_files_own_name_never_becomes_a_path(name: str, suffix: str, tmp_path: Path) -> None:
    path = uploads.path_of(tmp_path, 3, 7, name)
    assert path == tmp_path / "3" / f"000007{suffix}"
    assert not {"..", "\x00"} & set(uploads.shown(name).split("/")) and uploads.shown("../..") == "(without a name)"
