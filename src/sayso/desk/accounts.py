"""Accounts and sessions: who may come to a desk that others can reach.

Passwords are kept as argon2 hashes. A session is 32 random bytes in the browser's cookie; only their SHA-256 is kept,
so that whoever reads the database can log in with nothing in it. Every change to an account goes to the log of
changes, without its password.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sqlalchemy import Connection, delete, func, insert, select, update

from sayso.desk.errors import NotFoundError
from sayso.desk.who import ROLES, Role, Who
from sayso.errors import ConfigurationError, InputError
from sayso.store import changes
from sayso.store.store import Store
from sayso.store.tables import account, session

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12
"""Characters of the shortest password (NIST SP 800-63B asks for no less than 8, without rules of composition)."""
LONGEST = 1000
HOURS = 12
"""How long a session lasts after its last use."""
SLACK = timedelta(minutes=10)
"""A session's end is moved on at most so often: reading pages should not write."""
_NAME = re.compile(r"\w[\w .@'-]{0,63}")
_AT_ONCE = BoundedSemaphore(2)
"""Each hash takes 64 MB: a crowd of logins waits instead of filling the memory."""


class Account(NamedTuple):
    """One account; `disabled` is since when it may not log in, None where it may."""

    name: str
    role: Role
    made: str
    disabled: str | None


class Session(NamedTuple):
    """Somebody who is logged in, and what their forms have to repeat."""

    who: Who
    token: str
    digest: str
    expires: str


def clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def add(store: Store, name: str, role: str, password: str, author: str) -> None:
    """Add an account. Raises InputError for a name that is taken or cannot be one, a bad role or a weak password."""
    name = checked_name(name)
    hashed = _hashed(name, password)
    with store.writing() as connection:
        taken = [known for known in connection.execute(select(account.c.name)).scalars() if same(known, name)]
        if taken:
            raise InputError("there is such an account already", value=taken[0], next_step="Give another name")
        row = {"name": name, "role": _role(role), "password": hashed, "made": _iso(clock()), "disabled": None}
        connection.execute(insert(account).values(row))
        _log(connection, author, "added", name, None, {"role": role})


def accounts(store: Store) -> list[Account]:
    """Return all accounts, by name."""
    wanted = select(account.c.name, account.c.role, account.c.made, account.c.disabled).order_by(account.c.name)
    with store.reading() as connection:
        return [Account(row.name, cast(Role, row.role), row.made, row.disabled) for row in connection.execute(wanted)]


def has_admin(store: Store) -> bool:
    """Say whether there is an admin who may log in."""
    with store.reading() as connection:
        return _admins(connection) > 0


def set_role(store: Store, name: str, role: str, author: str) -> None:
    """Give an account another role. Raises InputError where no admin would be left."""
    with store.writing() as connection:
        known = _known(connection, name)
        _set(connection, known.name, role=_role(role))
        _keep_an_admin(connection, known.name)
        _log(connection, author, "role", known.name, {"role": known.role}, {"role": role})


def disable(store: Store, name: str, author: str) -> None:
    """Keep an account from logging in, and end its sessions. Raises InputError where no admin would be left."""
    with store.writing() as connection:
        known = _known(connection, name)
        if known.disabled:
            return
        at = _iso(clock())
        _set(connection, known.name, disabled=at)
        _keep_an_admin(connection, known.name)
        connection.execute(delete(session).where(session.c.account == known.name))
        _log(connection, author, "disabled", known.name, None, {"disabled": at})


def enable(store: Store, name: str, author: str) -> None:
    """Let an account log in again."""
    with store.writing() as connection:
        known = _known(connection, name)
        if known.disabled:
            _set(connection, known.name, disabled=None)
            _log(connection, author, "enabled", known.name, {"disabled": known.disabled}, None)


def set_password(store: Store, name: str, password: str, author: str, keep: str = "") -> None:
    """Give an account another password and end its sessions, but for the one whose digest is `keep`."""
    hashed = _hashed(name, password)
    with store.writing() as connection:
        known = _known(connection, name)
        _set(connection, known.name, password=hashed)
        others = session.c.account == known.name, session.c.digest != keep
        connection.execute(delete(session).where(*others))
        _log(connection, author, "password", known.name, None, None)


def verified(store: Store, name: str, password: str) -> Who | None:
    """Return whose name and password these are; None where they are nobody's.

    It takes as long for a name that nobody has, or one that is disabled, as for a wrong password.
    """
    with store.reading() as connection:
        row = connection.execute(select(account).where(account.c.name == written(name))).first()
    right = _matches(row.password if row else _nobody(), password)
    return Who(name=row.name, role=cast(Role, row.role)) if row and right and not row.disabled else None


def begin(store: Store, who: Who) -> tuple[str, Session]:
    """Log somebody in: return what goes into the cookie, and the session. Sessions that are over are cleared away."""
    key = secrets.token_urlsafe(32)
    now = clock()
    made = Session(who, secrets.token_urlsafe(24), digest_of(key), _iso(now + timedelta(hours=HOURS)))
    row = {"digest": made.digest, "account": who.name, "token": made.token, "made": _iso(now), "expires": made.expires}
    with store.writing() as connection:
        connection.execute(delete(session).where(session.c.expires <= _iso(now)))
        connection.execute(insert(session).values(row))
    return key, made


def session_of(store: Store, key: str) -> Session | None:
    """Return the session of a cookie; None where it is over, was ended or never was."""
    wanted = (
        select(session, account.c.role)
        .join(account, account.c.name == session.c.account)
        .where(session.c.digest == digest_of(key), session.c.expires > _iso(clock()), account.c.disabled.is_(None))
    )
    with store.reading() as connection:
        row = connection.execute(wanted).first()
    return Session(Who(name=row.account, role=row.role), row.token, row.digest, row.expires) if row else None


def is_due(known: Session) -> bool:
    """Say whether a session's end should be moved on."""
    return datetime.fromisoformat(known.expires) - clock() < timedelta(hours=HOURS) - SLACK


def prolong(store: Store, known: Session) -> None:
    """Move a session's end on."""
    later = _iso(clock() + timedelta(hours=HOURS))
    with store.writing() as connection:
        connection.execute(update(session).where(session.c.digest == known.digest).values(expires=later))


def end(store: Store, digest: str) -> None:
    """End one session."""
    with store.writing() as connection:
        connection.execute(delete(session).where(session.c.digest == digest))


def digest_of(key: str) -> str:
    """Return what is kept of a cookie."""
    return hashlib.sha256(key.encode()).hexdigest()


def checked_name(name: str) -> str:
    """Return a name as it is kept. Raises InputError for what cannot be one."""
    name = written(name)
    if not _NAME.fullmatch(name) or name.casefold().startswith("sayso"):
        raise InputError(
            "cannot be the name of an account",
            value=name or "(empty)",
            next_step="Use letters, digits and . @ ' - or blanks, at most 64, not beginning with “sayso”",
        )
    return name


def same(left: str, right: str) -> bool:
    """Say whether two names would be taken for each other."""
    return left.casefold() == right.casefold()


def written(name: str) -> str:
    """Return a name, or a password, as it is compared: one way to write each letter, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", name).split())


def _role(role: str) -> str:
    if role not in ROLES:
        raise InputError("is no role", value=role, next_step=f"Give one of {', '.join(ROLES)}")
    return role


def _known(connection: Connection, name: str) -> Any:
    row = connection.execute(select(account).where(account.c.name == written(name))).first()
    if row is None:
        raise NotFoundError("there is no such account", value=name, next_step="See them with `sayso user list`")
    return row


def _set(connection: Connection, name: str, **values: Any) -> None:
    connection.execute(update(account).where(account.c.name == name).values(**values))


def _admins(connection: Connection) -> int:
    who = account.c.role == "admin", account.c.disabled.is_(None)
    return int(connection.execute(select(func.count()).select_from(account).where(*who)).scalar_one())


def _keep_an_admin(connection: Connection, name: str) -> None:
    if not _admins(connection):
        raise InputError(
            "is the last admin", value=name, next_step="Make another account an admin first (`sayso user role`)"
        )


def _log(connection: Connection, author: str, action: str, name: str, before: Any, after: Any) -> None:
    changes.record(connection, author=author, action=action, subject="account", object=name, before=before, after=after)


def _hashed(name: str, password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            f"a password has at least {SHORTEST} characters, and at most {LONGEST:,}",
            value=f"{len(password)} characters",
            next_step="Choose a longer one; several words do well"
            if len(password) < SHORTEST
            else "Choose a shorter one",
        )
    if same(written(password), written(name)) or len(set(password)) < 4:
        raise InputError(
            "the password is too easy to guess", value=name, next_step="Choose another; several words do well"
        )
    with _AT_ONCE:
        return str(_hasher().hash(password))


def _matches(hashed: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        with _AT_ONCE:
            return bool(_hasher().verify(hashed, password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        raise ConfigurationError(
            "accounts need a part of sayso that is not installed",
            value="argon2-cffi",
            next_step="Run: pip install 'sayso[web]'",
        ) from error
    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return the hash that a name is held against which nobody has."""
    return str(_hasher().hash(secrets.token_urlsafe(16)))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")
