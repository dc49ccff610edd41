"""The program as a whole: exit codes, messages, help that starts fast, interrupted and broken pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.cli.main import run
from sayso.errors import InputError

PROGRAM = [sys.executable, "-m", "sayso.cli.main"]


def sayso(*arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], input=stdin, capture_output=True, text=True, env={**os.environ, **more}, check=False
    )


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from sayso.cli.main import run; code = run(['--help']);"
        "heavy = {'spacy', 'sqlalchemy', 'trafilatura', 'rich', 'pydantic', 'numpy', 'yaml'};"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.endswith("[]\n")
    for name in ("read", "explain", "ingest", "list", "show", "search", "export", "demo", "schema", "evaluate"):
        assert f"\n  {name} " in out


def test_help_starts_fast() -> None:
    """0.3 s on an idle machine; processor time is held here, with room for a slower or busy one."""
    before = os.times()
    sayso("--help")
    after = os.times()
    assert after.children_user + after.children_system - before.children_user - before.children_system < 1.0


def test_wrong_use_exits_with_2_and_names_the_command_meant(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["raed"]) == 2
    assert "Did you mean 'read'?" in capfd.readouterr().err
    assert run(["read"]) == 2
    assert run(["read", "x", "--format", "xml"]) == 2


def test_a_day_that_does_not_exist_is_refused_with_its_value(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "x", "--published", "2019-02-30"]) == 2
    assert "2019-02-30" in capfd.readouterr().err


def test_version() -> None:
    assert sayso("--version").stdout.startswith("sayso ")


def test_an_error_a_user_can_act_on_is_one_line_without_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise InputError("is no such thing", value="x.html", next_step="Check it")

    monkeypatch.setattr("sayso.cli.schema.schema", fail)
    assert run(["schema"]) == 1
    assert capfd.readouterr().err == "sayso: x.html: is no such thing. Check it.\n"


def test_an_interrupt_exits_with_130(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sayso.cli.schema.schema", interrupted)
    assert run(["schema"]) == 130
    assert capfd.readouterr().err == "sayso: interrupted\n"


def test_a_full_disk_is_told_without_traceback(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device", "out.json")

    monkeypatch.setattr("sayso.cli.schema.schema", full)
    assert run(["schema"]) == 1
    assert capfd.readouterr().err == "sayso: out.json: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_to_a_full_disk_fails_with_1() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*PROGRAM, "schema"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert "No space left on device" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["schema", "read {report}", "read {report} --format json"])
def test_a_reader_that_stops_early_is_no_failure(command: str, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("A bomb went off in a tram depot in Karvel, police said.\n\n" * 3, encoding="utf-8")
    line = f"set -o pipefail; {' '.join(PROGRAM)} {command.format(report=report)} | true"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_schema_is_json() -> None:
    assert json.loads(sayso("schema").stdout)["title"] == "sayso/1"


def test_completion_offers_the_commands() -> None:
    done = sayso(COMP_WORDS="sayso sc", COMP_CWORD="1", _SAYSO_COMPLETE="complete_bash")
    assert done.stdout.split() == ["schema"]
