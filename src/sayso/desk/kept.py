"""What takes long to count is counted once for each state of the database."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, func, select

from sayso.desk.desk import Desk
from sayso.store.store import Store
from sayso.store.tables import article, change, judgement, overview

MOST = 64
"""Things kept for one desk; those asked for longest ago go first."""
SLOW = 0.5
"""Seconds from which a count is slow: while articles come in it is then counted anew only now and then."""
PATIENCE = 20
"""A slow count is shown for so many times as long as it took, even where something has changed since."""
Stamp = tuple[int, ...]
T = TypeVar("T")


class _Kept(NamedTuple):
    stamp: Stamp
    value: Any
    at: float
    took: float


_by_desk: WeakKeyDictionary[Desk, OrderedDict[Hashable, _Kept]] = WeakKeyDictionary()
_turn = Lock()


def stamp_of(connection: Connection) -> Stamp:
    """Return numbers that grow whenever an article, a link, a change by a person or a row of the overview comes in."""
    columns = (change.c.number, article.c.number, judgement.c.number, overview.c.revision)
    return tuple(int(connection.execute(select(func.max(column))).scalar() or 0) for column in columns)


def kept(desk: Desk, name: Hashable, make: Callable[[Store], T], *, patient: bool = False) -> T:
    """Return what `make` counts in the desk's database, counted anew where the database has changed since.

    With `patient`, a count that is slow may be somewhat older: for lists over everything, never for what people decide.
    """
    with desk.reading() as store:
        with store.reading() as connection:
            stamp = stamp_of(connection)
        with _turn:
            held = _by_desk.setdefault(desk, OrderedDict())
            found = held.get(name)
            if found and (found.stamp == stamp or (patient and _is_fresh(found))):
                held.move_to_end(name)
                return found.value  # type: ignore[no-any-return]
        start = monotonic()
        value = make(store)
        ended = monotonic()
    with _turn:
        held[name] = _Kept(stamp, value, ended, ended - start)
        while len(held) > MOST:
            held.popitem(last=False)
    return value


def _is_fresh(found: _Kept) -> bool:
    return found.took > SLOW and monotonic() - found.at < PATIENCE * found.took
