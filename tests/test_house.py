"""The house rules that a machine can check."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from sayso.cli.commands import COMMANDS
from sayso.cli.evaluate import TASKS
from sayso.cli.main import load_command
from sayso.read import READERS
from tools.references import CLI, RECORD, cli_reference, record_page

ROOT = Path(__file__).parents[1]
LONGEST_MODULE = 500
MODULES = sorted(path for folder in ("src", "tools", "bench", "tests") for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_loads_and_has_help_with_an_example(name: str) -> None:
    command = load_command(name)
    assert command.help is not None
    assert COMMANDS[name].summary == command.help.splitlines()[0]
    assert re.search(rf"^ *Examples?:\n( *\S.*\n)*? *(\S.*\| )?sayso {name}\b", command.help + "\n", re.M), command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{parameter.name} has no help"


@pytest.mark.parametrize("task", TASKS)
def test_every_benchmark_loads(task: str) -> None:
    module = import_module(TASKS[task])
    assert callable(module.predict) and callable(module.score)


@pytest.mark.parametrize("reader", sorted(set(READERS.values())))
def test_every_reader_loads(reader: str) -> None:
    module = import_module(reader)
    assert callable(module.looks_like) and callable(module.captures_in)


def test_the_references_are_as_the_program_is() -> None:
    """Where this fails: `make docs`."""
    assert CLI.read_text(encoding="utf-8") == cli_reference()
    assert RECORD.read_text(encoding="utf-8") == record_page()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_the_lock_names_no_host_and_hashes_everything() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "index-url" not in lock
    pinned = re.findall(r"^\S+==[^\n]*\\\n    --hash=sha256:", lock, re.M)
    assert len(pinned) == len(re.findall(r"^[a-zA-Z0-9]", lock, re.M))


def test_the_lock_holds_every_dependency() -> None:
    """Where this fails: `make lock`."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["dev"]
    wanted += project["build-system"]["requires"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", lock, re.M)}
    assert {re.split(r"[<>=\[;~ ]", name)[0].lower().replace("_", "-") for name in wanted} <= locked
