"""The log of changes: who changed what, when and why. It is only added to, and each entry holds the one before it.

An entry's digest is the SHA-256 of its own parts and of the digest before it, so that no entry can be changed, taken
out or put in between without every later digest changing too. Whoever wrote down the newest digest can so prove that
nothing before it was touched; that entries at the very end were cut off shows only against such a note.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, get_args

from sqlalchemy import ColumnElement, Connection, Row, Text, and_, cast, func, insert, or_, select, union_all

from sayso.model.judgement import Subject
from sayso.store.clock import now
from sayso.store.fold import sound
from sayso.store.tables import article, change, judgement

_PAIRED = get_args(Subject)
_AT_ONCE = 1000
"""Entries held at a time while the chain is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the log.

    `action` says what was done ("called same", "corrected"), `subject` to what kind of thing ("incident"), `object` to
    which (its key or id). `before` and `after` are plain JSON, None where there is nothing to tell. `previous` is the
    digest of the entry before, empty for the first.
    """

    number: int
    at: str
    author: str
    action: str
    subject: str
    object: str
    before: Any
    after: Any
    reason: str
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFilter:
    """Which changes are wanted; what is None does not matter. `words` stand in the reason; days are included.

    `object` is the very object of an entry; `about` one that it touches: of a decision about two, either of them, and
    of an article any of its versions.
    """

    author: str | None = None
    action: str | None = None
    subject: str | None = None
    object: str | None = None
    about: str | None = None
    since: date | None = None
    until: date | None = None
    words: str | None = None


class Verified(NamedTuple):
    """What reading the whole chain found: how many entries hold, the newest digest, the first that does not, and why.

    `broken` is the number of an entry that was changed, or that should be there and is not; None where all hold.
    """

    entries: int
    head: str
    broken: int | None = None
    why: str = ""


def record(
    connection: Connection,
    *,
    author: str,
    action: str,
    subject: str,
    object: str,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> int:
    """Add a change to the log, in the caller's own transaction, and return its number.

    `before` and `after` are whatever JSON can hold. Who rolls back takes the entry back with what it tells of.
    """
    newest = connection.execute(select(change.c.number, change.c.digest).order_by(change.c.number.desc()).limit(1))
    last = newest.first()
    entry: dict[str, Any] = {
        "number": last.number + 1 if last else 1,
        "at": now(),
        "author": sound(author),
        "action": sound(action),
        "subject": sound(subject),
        "object": sound(object),
        "before": _sound(before),
        "after": _sound(after),
        "reason": sound(reason),
        "previous": last.digest if last else "",
    }
    connection.execute(insert(change).values(**entry, digest=_digest(entry)))
    return int(entry["number"])


def _sound(value: Any) -> Any:
    """Return a value as JSON will give it back."""
    match value:
        case str():
            return sound(value)
        case dict():
            return {sound(str(key)): _sound(part) for key, part in value.items()}
        case list() | tuple():
            return [_sound(part) for part in value]
        case date():
            return value.isoformat()
    return value


def _digest(entry: dict[str, Any]) -> str:
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def newest(connection: Connection, subject: str, object: str) -> int:
    """Return the number of the newest change to a thing; 0 where there is none."""
    of = (change.c.subject == subject, change.c.object == sound(object))
    return int(connection.execute(select(func.max(change.c.number)).where(*of)).scalar() or 0)


def changes(
    connection: Connection, filter: ChangeFilter, before: int | None = None, limit: int | None = None
) -> list[Change]:
    """Return the changes that meet a filter, the newest first, at most `limit`; with `before`, older than that number.

    To go through all, give the last one's number as the next `before`.
    """
    query = select(change).where(*_conditions(filter)).order_by(change.c.number.desc()).limit(limit)
    if before is not None:
        query = query.where(change.c.number < before)
    return [Change(**row) for row in connection.execute(query).mappings()]


def _conditions(filter: ChangeFilter) -> list[ColumnElement[bool]]:
    exact = {column: getattr(filter, column) for column in ("author", "action", "subject", "object")}
    met: list[ColumnElement[bool]] = [change.c[name] == sound(v) for name, v in exact.items() if v is not None]
    if filter.about is not None:
        met.append(_about(sound(filter.about)))
    if filter.since:
        met.append(change.c.at >= filter.since.isoformat())
    if filter.until:
        met.append(change.c.at <= f"{filter.until.isoformat()}T~")  # after any time of that day
    if filter.words is not None:
        met.append(change.c.reason.icontains(sound(filter.words), autoescape=True))
    return met


def _about(id: str) -> ColumnElement[bool]:
    """Return the condition that an entry is about a thing: alone, as one of two, or as a version of an article."""
    left, right, of = judgement.c.left, judgement.c.right, judgement.c.subject
    pairs = (
        select(left + " " + right).where(~judgement.c.by_rule, of.in_(_PAIRED), own == id) for own in (left, right)
    )
    versions = select(article.c.id + "@" + cast(article.c.version, Text)).where(article.c.id == id)
    return or_(
        change.c.object == id,
        and_(change.c.subject.in_(_PAIRED), change.c.object.in_(union_all(*pairs))),
        and_(change.c.subject == "article", change.c.object.in_(versions)),
    )


def verify(connection: Connection) -> Verified:
    """Read the whole chain and say whether it holds; only so many entries are held at a time."""
    query = select(change).order_by(change.c.number)
    count, head = 0, ""
    try:
        for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
            fault = _fault(row, count + 1, head)
            if fault:
                return Verified(count, head, count + 1, fault)
            count, head = count + 1, row.digest
    except (TypeError, ValueError):  # what stands there is no JSON, or no text
        return Verified(count, head, count + 1, "it cannot be read")
    return Verified(count, head)


def _fault(row: Row[Any], number: int, previous: str) -> str:
    """Return what is wrong with an entry that should have this number and follow that digest; empty if nothing."""
    if row.number != number:
        return f"it is missing: the next one there is number {row.number}"
    if row.previous != previous:
        return "it does not follow from the one before it"
    entry = {key: part for key, part in row._mapping.items() if key != "digest"}
    return "" if _digest(entry) == row.digest else "it was changed after it was written"
