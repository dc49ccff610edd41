"""Articles that are taken out: they count no more, in no list, sum or export; their text stays on record."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from sayso.desk.errors import NotFoundError
from sayso.errors import InputError
from sayso.link.linker import link
from sayso.link.unlink import unlink
from sayso.store.changes import ChangeFilter, changes, record
from sayso.store.clock import now
from sayso.store.fold import sound
from sayso.store.overview import due
from sayso.store.store import Store
from sayso.store.tables import article, incident


class Withdrawn(NamedTuple):
    """That an article was taken out: the number and version of what was current, when, by whom and why."""

    number: int
    version: int
    at: str
    author: str
    reason: str


def withdrawn(store: Store, id: str) -> Withdrawn | None:
    """Return by whom and why an article was taken out; None where it was not."""
    with store.reading() as connection:
        row = _newest(connection, id)
        if row is None or row.withdrawn is None:
            return None
        filter = ChangeFilter(subject="article", object=sound(id), action="withdrew")
        by = next(iter(changes(connection, filter, limit=1)), None)
    return Withdrawn(row.number, row.version, row.withdrawn, by.author if by else "", by.reason if by else "")


def withdraw(store: Store, id: str, *, author: str, reason: str) -> None:
    """Take an article out, with all that it tells; nothing is erased, and it can be brought back.

    Raises NotFoundError where there is none, InputError where no reason is given or it has been taken out before.
    """
    if not reason.strip():
        raise InputError("a reason is needed to take an article out", value=id, next_step="Say why")
    with store.writing() as connection:
        row = _newest(connection, id)
        if row is None:
            raise NotFoundError("no such article", value=id, next_step="Search for its words")
        if row.withdrawn:
            raise InputError(
                f"this article was taken out on {row.withdrawn}", value=id, next_step="Bring it back first"
            )
        _mend(connection, row.number, withdrawn=now(), current=False)
        unlink(connection, [row.number])
        record(connection, author=author, action="withdrew", subject="article", object=id, reason=reason)


def bring_back(store: Store, id: str, *, author: str, reason: str = "") -> None:
    """Bring back an article that was taken out, and link it anew. Raises InputError where it was not taken out."""
    with store.writing() as connection:
        row = _newest(connection, id)
        if row is None or row.withdrawn is None:
            raise InputError("this article was not taken out", value=id, next_step="There is nothing to bring back")
        _mend(connection, row.number, withdrawn=None, current=True)
        record(connection, author=author, action="brought back", subject="article", object=id, reason=reason)
    link(store)


def _newest(connection: Connection, id: str) -> Any:
    query = select(article.c.number, article.c.version, article.c.withdrawn).where(article.c.id == sound(id))
    return connection.execute(query.order_by(article.c.version.desc()).limit(1)).first()


def _mend(connection: Connection, number: int, **values: object) -> None:
    """Write that an article counts or not, and have its incidents laid into the overview anew."""
    connection.execute(update(article).where(article.c.number == number).values(**values))
    keys = connection.execute(select(incident.c.key).where(incident.c.article == number)).scalars()
    due(connection, keys)
