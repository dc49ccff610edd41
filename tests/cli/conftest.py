"""What tests of commands on a database share; each module has a `db` of its own."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.cli.main import run


@pytest.fixture
def sayso(db: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on the database and return what it prints; it must succeed unless another `code` is expected."""
    monkeypatch.setenv("COLUMNS", "200")

    def called(command: str, *arguments: str, code: int = 0) -> str:
        assert run([command, "--db", db, *arguments]) == code
        out, err = capfd.readouterr()
        return out if code == 0 else err

    return called
