"""A run that breaks off loses nothing: what was linked is whole, the rest waits, and the same command goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import sayso.merge.incidents as incidents
from sayso.errors import InputError
from sayso.link.judge import judge
from sayso.link.linker import link
from sayso.store.links import waiting
from sayso.store.store import Store, open_store
from tests.link.made import add, ambush, blast, check_agreement, clusters, everything, key, linked, new_store, verdicts

MADE = [*(blast(f"b{k}") for k in range(4)), *(ambush(f"a{k}") for k in range(3))]


def numbers_waiting(store: Store) -> list[int]:
    with store.reading() as connection:
        return waiting(connection, 100)


class Breaks:
    """Stands in for the making of sketches, and fails at an article's when it is made for the so many-th time."""

    def __init__(self, at: str, time: int = 1, error: type[BaseException] = KeyboardInterrupt) -> None:
        self.at, self.time, self.real, self.error = at, time, incidents.sketches_of, error

    def __call__(self, reading: Any, keys: Any) -> Any:
        self.time -= reading.article.id == self.at
        if self.time == 0:
            raise self.error("the power is gone")
        return self.real(reading, keys)


@pytest.mark.parametrize("at", ["b0", "b3", "a2"])
@pytest.mark.parametrize("batch", [1, 3, 50])
def test_an_error_in_a_batch_leaves_that_batch_and_the_rest_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str, batch: int
) -> None:
    with linked(tmp_path, MADE, name="whole.db") as whole, new_store(tmp_path) as store:
        for reading in MADE:
            add(store, reading)
        with monkeypatch.context() as broken:
            broken.setattr(incidents, "sketches_of", Breaks(at))
            with pytest.raises(KeyboardInterrupt):
                link(store, batch=batch)
        number = [reading.article.id for reading in MADE].index(at)
        done = number // batch * batch
        assert len(numbers_waiting(store)) == len(MADE) - done
        check_agreement(store)
        assert link(store, batch=batch).articles == len(MADE) - done
        assert clusters(store) == clusters(whole) and verdicts(store) == verdicts(whole)


@pytest.mark.parametrize(("time", "waits"), [(1, 0), (2, 5)])
def test_linking_all_anew_that_breaks_off_keeps_what_was_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, time: int, waits: int
) -> None:
    with linked(tmp_path, MADE) as store:
        before = everything(store)
        with monkeypatch.context() as broken:
            broken.setattr(incidents, "sketches_of", Breaks("b2", time))
            with pytest.raises(KeyboardInterrupt):
                link(store, again=True, batch=2)
        assert everything(store) == before and len(numbers_waiting(store)) == waits
        link(store)
        assert everything(store) == before and numbers_waiting(store) == []


class AlwaysBreaks(Breaks):
    """Fails at an article's sketches each time."""

    def __call__(self, reading: Any, keys: Any) -> Any:
        if reading.article.id == self.at:
            raise self.error("no such place")
        return self.real(reading, keys)


@pytest.mark.parametrize("again", [False, True])
def test_an_article_that_cannot_be_linked_is_recorded_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    with new_store(tmp_path) as store:
        for reading in MADE:
            add(store, reading)
        if again:
            link(store)
        with monkeypatch.context() as broken:
            broken.setattr(incidents, "sketches_of", AlwaysBreaks("b2", error=ValueError))
            done = link(store, again=again)
            assert link(store).failures == []
        assert done.articles == len(MADE) - 1 and len(done.failures) == 1
        assert "could not be linked (ValueError: no such place)" in done.failures[0]
        assert [error for _, error in store.failures()] == done.failures
        assert numbers_waiting(store) == []
        link(store, again=True)
        check_agreement(store)


def test_a_decision_that_breaks_off_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with linked(tmp_path, MADE) as store:
        before = everything(store)
        with monkeypatch.context() as broken:
            broken.setattr("sayso.link.linker.clusters", lambda *a, **k: (_ for _ in ()).throw(RuntimeError("gone")))
            with pytest.raises(RuntimeError):
                judge(store, "incident", (key(store, "b0"), key(store, "b1")), "different", author="mo", reason="")
        assert everything(store) == before
        with pytest.raises(InputError):
            judge(store, "incident", (key(store, "b0"), "none"), "different", author="mo", reason="")
        assert everything(store) == before


KILLED = """
import os, signal, sys
import sayso.merge.incidents as incidents
from sayso.link.linker import link
from sayso.store.store import open_store
real, seen = incidents.sketches_of, []
def dies(reading, keys):
    seen.append(reading)
    if len(seen) == 6:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(reading, keys)
incidents.sketches_of = dies
with open_store(sys.argv[1], write=True) as store:
    link(store, batch=2)
"""


def test_a_killed_process_leaves_whole_batches_and_the_rest_waiting(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        for reading in MADE:
            add(store, reading)
    path = str(tmp_path / "sayso.db")
    ended = subprocess.run([sys.executable, "-c", KILLED, path], env={**os.environ}, check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    with open_store(path, write=True) as store, linked(tmp_path, MADE, name="whole.db") as whole:
        assert len(numbers_waiting(store)) == 3
        check_agreement(store)
        link(store)
        assert clusters(store) == clusters(whole) and verdicts(store) == verdicts(whole)
