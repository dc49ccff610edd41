"""`sayso serve` and `sayso user`: who may be served where, and what is said when it cannot be."""

from __future__ import annotations

import io
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from sayso.cli.main import run
from sayso.cli.serve import check_parts, listening, settings_for
from sayso.desk import accounts
from sayso.desk.desk import Desk
from sayso.errors import ConfigurationError

PASSWORD = "seven grey herons"


@pytest.fixture
def db(tmp_path: Path) -> str:
    return str(tmp_path / "a.db")


def typed(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words + "\n"))


def test_a_workbench_is_served_until_it_is_interrupted(db: str) -> None:
    command = [sys.executable, "-m", "sayso.cli.main", "serve", "--db", db, "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert address and "Ctrl-C" in server.stdout.readline()
        with urllib.request.urlopen(address[0] + "accounts", timeout=20) as answer:
            assert answer.status == 200 and "server" not in {name.lower() for name in answer.headers}
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=20)
        assert server.returncode == 0 and out == "Ended.\n" and err == ""
    finally:
        server.kill()
    assert Path(db).exists()


def test_a_port_that_is_taken_is_said_with_the_next_step(db: str, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert run(["serve", "--db", db, "--port", str(port)]) == 1
    err = capfd.readouterr().err
    assert f"127.0.0.1:{port}: something else listens there already" in err and "--port" in err


def test_answers_do_not_wait_for_the_reader_to_acknowledge_their_first_part() -> None:
    with (
        listening("127.0.0.1", 0) as listener,
        socket.create_connection(listener.getsockname()),
        listener.accept()[0] as taken,
    ):
        assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_an_address_that_is_not_ones_own_is_refused(db: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "--db", db, "--host", "192.0.2.1"]) == 1
    assert "this machine's own" in capfd.readouterr().err


def test_others_are_served_only_with_an_admin_and_then_everybody_logs_in(
    db: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["serve", "--db", db, "--host", "0.0.0.0", "--port", "0"]) == 1
    assert "sayso user add NAME --role admin" in capfd.readouterr().err
    typed(monkeypatch, PASSWORD)
    assert run(["user", "add", "oren", "--role", "reviewer", "--db", db]) == 0
    assert run(["serve", "--db", db, "--accounts", "--port", "0"]) == 1
    typed(monkeypatch, PASSWORD)
    assert run(["user", "add", "mira", "--role", "admin", "--db", db]) == 0
    desk = Desk(db)
    made = settings_for(desk, "0.0.0.0", ["Desk.Example.org"])
    assert made.accounts and "desk.example.org" in made.hosts and "0.0.0.0" not in made.hosts
    made = settings_for(desk, "192.0.2.7", [])
    assert made.accounts and "192.0.2.7" in made.hosts
    assert not settings_for(desk, "127.0.0.1", []).accounts and not settings_for(desk, "::1", []).accounts


def test_a_part_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(ConfigurationError, match=r"sayso\[web\]"):
        check_parts()


def test_accounts_are_kept_from_the_command_line(
    db: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for words, code in (("too short", 1), ("mira of the lake", 0)):
        typed(monkeypatch, words)
        assert run(["user", "add", "mira", "--role", "admin", "--db", db]) == code
    assert "at least 12 characters" in capfd.readouterr().err
    typed(monkeypatch, PASSWORD)
    assert run(["user", "password", "mira", "--db", db]) == 0
    with Desk(db).reading() as store:
        assert accounts.verified(store, "mira", PASSWORD)
    assert run(["user", "disable", "mira", "--db", db]) == 1
    assert run(["user", "role", "mira", "--db", db]) == 2
    assert run(["user", "enable", "nobody", "--db", db]) == 1
    capfd.readouterr()
    assert run(["user", "list", "--db", db]) == 0
    assert re.match(r"mira +admin +since \d{4}-", capfd.readouterr().out)
