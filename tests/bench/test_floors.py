"""Floors move up by themselves and down only when told to."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench import run
from bench.tasks import Task, digest


def task(tmp_path: Path, value: float, better: str = "more", slack: float = 0.0) -> Task:
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    (data / "a.txt").write_text("a", encoding="utf-8")
    return Task(name="t", run=lambda: {"f": value}, data=(data,), better=better, slack=slack)  # type: ignore[arg-type]


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "floors.toml"
    monkeypatch.setattr(run, "FLOORS", path)
    return path


def bench(monkeypatch: pytest.MonkeyPatch, task: Task, *arguments: str) -> int:
    monkeypatch.setattr(run, "TASKS", (task,))
    return run.main([*arguments, "t"])


def floor(path: Path) -> object:
    return tomllib.loads(path.read_text(encoding="utf-8"))["t"]["f"]


def test_a_floor_is_raised_and_not_lowered_without_the_flag(
    tmp_path: Path, floors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bench(monkeypatch, task(tmp_path, 50.0), "--raise") == 0
    assert bench(monkeypatch, task(tmp_path, 60.129), "--raise") == 0
    assert floor(floors) == 60.12
    assert bench(monkeypatch, task(tmp_path, 55.0)) == 1
    assert bench(monkeypatch, task(tmp_path, 55.0), "--raise") == 1
    assert floor(floors) == 60.12
    assert bench(monkeypatch, task(tmp_path, 55.0), "--lower") == 0
    assert floor(floors) == 55.0


def test_less_is_better_where_the_task_says_so_and_slack_is_left(
    tmp_path: Path, floors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench(monkeypatch, task(tmp_path, 2.0, "less", 0.5), "--raise")
    assert floor(floors) == 3.0
    assert bench(monkeypatch, task(tmp_path, 2.9, "less")) == 0
    assert bench(monkeypatch, task(tmp_path, 3.1, "less")) == 1


def test_floors_do_not_bind_on_other_data(tmp_path: Path, floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measured = task(tmp_path, 50.0)
    bench(monkeypatch, measured, "--raise")
    (tmp_path / "data/b.txt").write_text("b", encoding="utf-8")
    assert bench(monkeypatch, Task(name="t", run=lambda: {"f": 1.0}, data=measured.data)) == 0


def test_what_has_no_data_is_skipped(
    tmp_path: Path, floors: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench(monkeypatch, Task(name="t", run=lambda: {"f": 1.0}, data=(tmp_path / "none",))) == 0
    assert "skipped" in capsys.readouterr().out


def test_the_digest_is_of_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("1", encoding="utf-8")
    before = digest((tmp_path,))
    (tmp_path / "x").write_text("2", encoding="utf-8")
    assert digest((tmp_path,)) != before
