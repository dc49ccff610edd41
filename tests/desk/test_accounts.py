"""Accounts: passwords, sessions that end, and an admin that is always left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from sayso.desk import accounts
from sayso.desk.errors import NotFoundError
from sayso.desk.tries import LONGEST, Tries
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.store.changes import ChangeFilter, changes
from sayso.store.store import Store, open_store
from sayso.store.tables import account, session

PASSWORD = "seven grey herons"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "a.db"), write=True) as made:
        accounts.add(made, "mira", "admin", PASSWORD, "somebody")
        yield made


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[timedelta]]:
    """Give a list whose sum is how far the clock stands ahead."""
    ahead: list[timedelta] = []
    start = datetime.now(UTC)
    monkeypatch.setattr(accounts, "clock", lambda: start + sum(ahead, timedelta()))
    yield ahead


def test_only_the_right_password_of_an_account_that_may_come_in_is_taken(store: Store) -> None:
    assert accounts.verified(store, "mira", PASSWORD) == Who(name="mira", role="admin")
    assert accounts.verified(store, " mira ", PASSWORD)
    assert accounts.verified(store, "mira", PASSWORD + "!") is None
    assert accounts.verified(store, "nobody", PASSWORD) is None
    accounts.add(store, "oren", "reader", PASSWORD, "mira")
    accounts.disable(store, "oren", "mira")
    assert accounts.verified(store, "oren", PASSWORD) is None
    accounts.enable(store, "oren", "mira")
    assert accounts.verified(store, "oren", PASSWORD)


@pytest.mark.parametrize("password", ["short", "x" * 30, "Annika Sundberg", "y" * 5000])
def test_a_weak_password_is_refused(store: Store, password: str) -> None:
    with pytest.raises(InputError):
        accounts.add(store, "annika sundberg", "reader", password, "mira")
    assert [known.name for known in accounts.accounts(store)] == ["mira"]


@pytest.mark.parametrize("name", ["", "MIRA", "sayso 1.0", "<b>", "a\x00b", "x" * 65, "a/b"])
def test_a_name_that_is_taken_or_steers_something_is_refused(store: Store, name: str) -> None:
    with pytest.raises(InputError):
        accounts.add(store, name, "reader", PASSWORD, "mira")


def test_an_admin_is_always_left(store: Store) -> None:
    for change in (
        lambda: accounts.disable(store, "mira", "mira"),
        lambda: accounts.set_role(store, "mira", "reader", "mira"),
    ):
        with pytest.raises(InputError, match="last admin"):
            change()
    assert accounts.has_admin(store)
    with pytest.raises(NotFoundError):
        accounts.disable(store, "nobody", "mira")


def test_a_session_lasts_twelve_hours_after_its_last_use(store: Store, later: list[timedelta]) -> None:
    key, made = accounts.begin(store, Who(name="mira", role="admin"))
    assert accounts.session_of(store, key) == made and not accounts.is_due(made)
    later.append(timedelta(hours=11))
    assert accounts.is_due(made)
    accounts.prolong(store, made)
    later.append(timedelta(hours=11))
    assert accounts.session_of(store, key) is not None
    later.append(timedelta(hours=2))
    assert accounts.session_of(store, key) is None
    assert accounts.session_of(store, "x" * 43) is None


def test_disabling_and_another_password_end_sessions_but_for_ones_own(store: Store) -> None:
    who = Who(name="oren", role="reader")
    accounts.add(store, "oren", "reader", PASSWORD, "mira")
    (first, one), (second, _) = accounts.begin(store, who), accounts.begin(store, who)
    accounts.set_password(store, "oren", "eleven pale storks", "oren", keep=one.digest)
    assert accounts.session_of(store, first) and accounts.session_of(store, second) is None
    accounts.disable(store, "oren", "mira")
    assert accounts.session_of(store, first) is None


def test_a_role_that_was_taken_away_is_gone_at_once(store: Store) -> None:
    accounts.add(store, "oren", "reviewer", PASSWORD, "mira")
    key, _ = accounts.begin(store, Who(name="oren", role="reviewer"))
    accounts.set_role(store, "oren", "reader", "mira")
    known = accounts.session_of(store, key)
    assert known and known.who.role == "reader"


def test_neither_passwords_nor_cookies_lie_in_the_database_and_changes_tell_who_did_what(
    store: Store, tmp_path: Path
) -> None:
    key, _ = accounts.begin(store, Who(name="mira", role="admin"))
    accounts.set_password(store, "mira", "eleven pale storks", "mira")
    with store.reading() as connection:
        hashed = connection.execute(select(account.c.password)).scalar_one()
        assert hashed.startswith("$argon2id$") and not connection.execute(select(session)).all()
        log = changes(connection, ChangeFilter(subject="account"))
    assert [(c.action, c.object, c.author) for c in log] == [
        ("password", "mira", "mira"),
        ("added", "mira", "somebody"),
    ]
    assert "argon2" not in repr(log)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert key.encode() not in kept and PASSWORD.encode() not in kept and b"pale storks" not in kept


def test_tries_wait_twice_as_long_each_time_for_a_name_and_for_an_address() -> None:
    now = [1000.0]
    tries = Tries(clock=lambda: now[0])
    assert [tries.begin("mira", f"10.0.0.{k}") for k in range(5)] == [0] * 5
    waits = []
    for _ in range(4):
        wait = tries.begin(" MIRA", "10.0.0.9")
        waits.append(wait)
        now[0] += wait
        assert tries.begin("mira", "10.0.0.9") == 0
    assert waits == sorted(waits) and waits[3] >= 8
    assert tries.begin("oren", "10.0.0.9") == 0
    tries.succeeded("mira", "10.0.0.9")
    assert tries.begin("mira", "10.0.0.9") == 0


def test_an_address_that_tries_many_names_waits_too_and_never_for_longer_than_a_quarter_of_an_hour() -> None:
    now = [0.0]
    tries = Tries(clock=lambda: now[0])
    for k in range(60):
        wait = tries.begin(f"name{k}", "10.1.1.1")
        assert wait <= LONGEST + 1 and (wait == 0) == (k < 20)
        now[0] += wait
        assert not wait or tries.begin(f"name{k}", "10.1.1.1") == 0
