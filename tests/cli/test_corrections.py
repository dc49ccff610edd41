"""`sayso correct`, `sayso changes`, and `sayso undo` of a correction."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sayso.store.store import open_store
from tests.invented import reading


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SAYSO_USER", "Ona")
    path = str(tmp_path / "sayso.db")
    with open_store(path, write=True) as store:
        store.add(reading(), "f")
    return path


@pytest.fixture
def key(db: str) -> str:
    with open_store(db) as store:
        stored = store.article("karvel-1")
    assert stored is not None
    return stored.keys["i1"]


def test_a_count_is_corrected_seen_in_the_log_and_taken_back(sayso: Any, key: str) -> None:
    done = sayso("correct", key[:6], "killed", "--claim", "i1.c15", "--value", "4", "--reason", "counted again")
    assert done == f"correction 1 of incident {key}; `sayso undo c1` takes it back\n"
    lines = sayso("changes", "--object", key).splitlines()
    assert len(lines) == 1 and f"Ona corrected incident {key} [killed 2 -> killed 4]: counted again" in lines[0]
    assert sayso("undo", "c1", "--by", "Ben") == "taken back: correction 1, replace killed, by Ona\n"
    (change,) = json.loads(sayso("changes", "--author", "Ben", "--format", "json"))
    assert (change["action"], change["before"]["words"], change["after"]["words"]) == ("took back", "4", "2")
    assert "no such change" in sayso("changes", "--words", "nothing of it")


def test_an_incident_is_rejected_by_name_and_comes_back(sayso: Any, key: str) -> None:
    sayso("correct", key, "--reject", "--reason", "a drill")
    assert key not in sayso("list") and key not in sayso("export", "--to", "jsonl")
    told = sayso("show", key, code=1)
    assert "this incident was rejected by Ona on" in told and "a drill. `sayso undo c1` brings it back" in told
    sayso("undo", "c1")
    assert key in sayso("list") and "Bresk Otalin" in sayso("show", key)


def test_a_value_is_added_on_words_of_the_article(sayso: Any, key: str) -> None:
    add = ("correct", key, "perpetrator", "--value", "a masked man", "--kind", "person", "--reason", "the caption")
    standing = ("--standing", "suspected")
    assert "the article has no such words" in sayso(*add, *standing, "--words", "a masked fox", code=1)
    assert "several times" in sayso(*add, *standing, "--words", "depot", code=1)
    assert "has a standing" in sayso(*add, "--words", "A masked man", code=1)
    sayso(*add, *standing, "--words", "A masked man")
    assert "a masked man" in sayso("show", key)


@pytest.mark.parametrize(
    "more", [(), ("killed",), ("--value", "4"), ("killed", "--reject"), ("killed", "--reject", "--value", "3")]
)
def test_what_is_not_clear_is_asked_for(sayso: Any, key: str, more: tuple[str, ...]) -> None:
    assert "what is to be done is not clear" in sayso("correct", key, *more, "--reason", "x", code=1)


def test_the_chain_is_verified_and_a_break_is_told(sayso: Any, db: str) -> None:
    assert "all 1 change hold; the newest digest is " in sayso("changes", "--verify")
    with closing(sqlite3.connect(db)) as plain:
        plain.execute("DROP TRIGGER change_no_update")
        plain.execute("UPDATE change SET author = 'nobody'")
        plain.commit()
    from sayso.cli.main import run

    assert run(["changes", "--db", db, "--verify"]) == 1
