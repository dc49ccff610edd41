"""Cases: collections of incidents, people and articles with notes, which somebody works on. All is in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from sayso.desk.errors import NotFoundError, StaleError
from sayso.errors import InputError
from sayso.store import changes
from sayso.store.changes import ChangeFilter
from sayso.store.fold import sound
from sayso.store.store import Store, now
from sayso.store.tables import account, case_file, case_item, case_visit
from sayso.store.values import LARGEST

LONGEST_TITLE, LONGEST_NOTE = 200, 20_000
"""Letters that a title and a note may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case: its number, title and note, who made it, who works on it, and when it was closed (None: open).

    `items` is how many things it holds, `seen` the number of its newest change, which a form has to bring back.
    """

    number: int
    title: str
    note: str
    owner: str
    assigned: str | None
    made: str
    closed: str | None
    items: int
    seen: int


def cases(store: Store, *, closed: bool | None = None) -> list[Case]:
    """Return the cases, the newest first; open or closed ones alone where it is said which."""
    query = _QUERY.order_by(case_file.c.number.desc())
    if closed is not None:
        query = query.where(case_file.c.closed.is_not(None) if closed else case_file.c.closed.is_(None))
    with store.reading() as connection:
        return [_case(connection, row) for row in connection.execute(query)]


def open_cases(store: Store) -> list[tuple[int, str]]:
    """Return the number and title of every open case, the newest first: for forms that put something into one."""
    query = select(case_file.c.number, case_file.c.title).where(case_file.c.closed.is_(None))
    with store.reading() as connection:
        rows = connection.execute(query.order_by(case_file.c.number.desc()))
        return [(row.number, row.title) for row in rows]


def case_of(store: Store, number: int) -> Case:
    """Return a case. Raises NotFoundError where there is none."""
    with store.reading() as connection:
        return _found(connection, number)


_COUNT = select(func.count()).where(case_item.c.case == case_file.c.number).scalar_subquery()
_QUERY: Select[Any] = select(case_file, _COUNT.label("items"))


def _case(connection: Connection, row: Row[Any]) -> Case:
    seen = changes.newest(connection, "case", str(row.number))
    parts = {name: getattr(row, name) for name in Case.__slots__ if name != "seen"}
    return Case(**parts, seen=seen)


def _found(connection: Connection, number: int) -> Case:
    wanted = number if 0 < number <= LARGEST else 0
    row = connection.execute(_QUERY.where(case_file.c.number == wanted)).first()
    if row is None:
        raise NotFoundError("there is no such case", value=str(number), next_step="The list of cases has them all")
    return _case(connection, row)


def make(store: Store, title: str, *, author: str, note: str = "", assigned: str | None = None) -> int:
    """Make a case and return its number. Raises InputError for a title that is empty or too long."""
    with store.writing() as connection:
        return made(connection, title, author=author, note=note, assigned=assigned)


def made(connection: Connection, title: str, *, author: str, note: str = "", assigned: str | None = None) -> int:
    """Make a case within somebody's transaction; as `make`."""
    row: dict[str, Any] = {
        "title": title_of(title),
        "note": note_of(note),
        "owner": sound(author),
        "assigned": _colleague(connection, assigned),
        "made": now(),
        "closed": None,
    }
    number = connection.execute(insert(case_file).values(row)).inserted_primary_key
    assert number is not None
    after = {name: row[name] for name in ("title", "note", "assigned") if row[name]}
    log(connection, int(number[0]), "made a case", author, after=after)
    return int(number[0])


def edit(store: Store, number: int, *, author: str, seen: int, title: str, note: str) -> Case:
    """Give a case another title and note.

    Raises NotFoundError where there is no such case, StaleError where somebody has changed it after `seen`, and
    InputError for what can be no title or note.
    """
    return _changed(store, number, "edited", author, seen, {"title": title_of(title), "note": note_of(note)})


def assign(store: Store, number: int, to: str, *, author: str, seen: int) -> Case:
    """Give a case to a colleague, by the name of an account, if there are any; empty for nobody. Errors as `edit`."""
    with store.reading() as connection:
        name = _colleague(connection, to)
    return _changed(store, number, "assigned", author, seen, {"assigned": name})


def close(store: Store, number: int, *, author: str, seen: int) -> Case:
    """Close a case: it stays as it is. Errors as `edit`."""
    return _changed(store, number, "closed", author, seen, {"closed": now()})


def reopen(store: Store, number: int, *, author: str, seen: int) -> Case:
    """Open a closed case again. Errors as `edit`."""
    return _changed(store, number, "reopened", author, seen, {"closed": None})


def _changed(store: Store, number: int, action: str, author: str, seen: int, values: Mapping[str, Any]) -> Case:
    with store.writing() as connection:
        found = _found(connection, number)
        check_fresh(connection, found, seen)
        new = {name: value for name, value in values.items() if getattr(found, name) != value}
        if action in ("closed", "reopened") and (found.closed is None) == (values["closed"] is None):
            new = {}  # it is so already
        if new:
            connection.execute(update(case_file).where(case_file.c.number == number).values(new))
            before = {name: getattr(found, name) for name in new}
            log(connection, number, action, author, before=before, after=new)
        return _found(connection, number)


def check_fresh(connection: Connection, case: Case, seen: int) -> None:
    """Raise StaleError where a case has been changed after change number `seen`."""
    if case.seen > seen:
        since = changes.changes(connection, ChangeFilter(subject="case", object=str(case.number)))
        newer = [change for change in since if change.number > seen]
        raise StaleError(f"{newer[0].author} has changed this case meanwhile", value=case.title, changes=newer)


def log(connection: Connection, number: int, action: str, author: str, *, before: Any = None, after: Any = None) -> int:
    """Tell the log of changes what was done to a case, and return the entry's number."""
    return changes.record(
        connection, author=author, action=action, subject="case", object=str(number), before=before, after=after
    )


def title_of(given: str) -> str:
    """Return a title that can be kept. Raises InputError where it is empty or too long."""
    title = " ".join(sound(given).split())
    if not title:
        raise InputError("a case needs a title", value="nothing", next_step="Give it a few words")
    return _short(title, LONGEST_TITLE, "a title")


def note_of(given: str) -> str:
    """Return a note that can be kept. Raises InputError where it is too long."""
    return _short(sound(given).replace("\r\n", "\n").strip(), LONGEST_NOTE, "a note")


def _short(text: str, most: int, what: str) -> str:
    if len(text) > most:
        raise InputError(
            f"is too long for {what}, which has at most {most:,} letters",
            value=f"{text[:40]}... ({len(text):,} letters)",
            next_step="Give less of it",
        )
    return text


def _colleague(connection: Connection, given: str | None) -> str | None:
    """Return the name of a colleague; None for nobody. Raises InputError where there are accounts and none is his."""
    name = _short(" ".join(sound(given or "").split()), LONGEST_TITLE, "a name") or None
    names = colleagues(connection)
    if name and names and name not in names:
        raise InputError("has no account here", value=name, next_step=f"There are {', '.join(names)}")
    return name


def colleagues(connection: Connection) -> list[str]:
    """Return the names of all accounts that may be used; none where one works alone."""
    query = select(account.c.name).where(account.c.disabled.is_(None)).order_by(account.c.name)
    return [row.name for row in connection.execute(query)]


def visit(store: Store, number: int, name: str) -> str | None:
    """Write down that somebody has looked at a case, and return when they did before; None for the first time."""
    with store.writing() as connection:
        _found(connection, number)
        of = (case_visit.c.case == number, case_visit.c.account == sound(name))
        before = connection.execute(select(case_visit.c.at).where(*of)).scalar()
        if before is None:
            connection.execute(insert(case_visit).values(case=number, account=sound(name), at=now()))
        else:
            connection.execute(update(case_visit).where(*of).values(at=now()))
        return str(before) if before is not None else None


def visited(store: Store, number: int, name: str) -> str | None:
    """Return when somebody last looked at a case; None where never."""
    of = (case_visit.c.case == number, case_visit.c.account == sound(name))
    with store.reading() as connection:
        found = connection.execute(select(case_visit.c.at).where(*of)).scalar()
    return str(found) if found is not None else None
