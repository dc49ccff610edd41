"""What a decision changes beside what it is about: all that hangs together with it is clustered anew.

Two incidents that are called the same may so give an account to a third, or take one from it. Whoever decides must be
told, and whoever looks at the third one: each such cluster gets an entry of its own in the log of changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from sayso.link.linker import Linking
from sayso.model.judgement import Judgement, Subject
from sayso.store import changes
from sayso.store.links import Links
from sayso.store.tables import change

REGROUPED = "regrouped"
"""How the log of changes calls it."""
MOST = 100
"""Entries of one decision that are told."""
Group = frozenset[str]


class Moved(NamedTuple):
    """A cluster that is otherwise than was decided: its key now, and the keys that came to it and that left it.

    `change` is the number of its entry in the log.
    """

    key: str
    came: tuple[str, ...]
    went: tuple[str, ...]
    change: int = 0


class Watch:
    """The clusters around some keys as they are before something is decided, within the transaction that decides."""

    def __init__(self, connection: Connection, subject: Subject, keys: Collection[str]) -> None:
        self._connection, self._links = connection, Links(connection, subject)
        self._keys = Linking(connection, subject).around(keys)[0]
        self.before = self._groups()

    def _groups(self) -> list[Group]:
        clusters = self._links.clusters_of(self._keys)
        found: dict[str, set[str]] = {}
        for key in self._keys:
            found.setdefault(clusters.get(key, key), set()).add(key)
        return [frozenset(group) for _, group in sorted(found.items())]

    def joined(self, keys: Iterable[str]) -> list[Group]:
        """Return the clusters as they would be if those of these keys were one, and nothing else had changed."""
        wanted = set(keys)
        rest = [group for group in self.before if not group & wanted]
        return [*rest, frozenset().union(*(group for group in self.before if group & wanted))]

    def parted(self, key: str) -> list[Group]:
        """Return the clusters as they would be if one key were alone, and nothing else had changed."""
        return [group for group in [*(group - {key} for group in self.before), frozenset({key})] if group]

    def tell(self, made: Judgement, author: str, why: str, expected: list[Group] | None = None) -> tuple[Moved, ...]:
        """Write down what is otherwise than expected (without: than before), and return it; `why` is what was done."""
        found = moves(self.before if expected is None else expected, self._groups())
        return tuple(one._replace(change=self._log(one, made, author, why)) for one in found)

    def _log(self, one: Moved, made: Judgement, author: str, why: str) -> int:
        after = {"judgement": made.number, "came": list(one.came), "went": list(one.went)}
        return changes.record(
            self._connection,
            author=author,
            action=REGROUPED,
            subject=made.subject,
            object=one.key,
            after=after,
            reason=why,
        )


def moves(expected: Iterable[Group], now: Iterable[Group]) -> list[Moved]:
    """Return in what the clusters are otherwise than expected, by their keys: the least of each.

    A cluster goes on in the one that has most of it; what goes on in none has only come together now.
    """
    expected, now = list(expected), list(now)
    successor = {group: _nearest(group, now) for group in expected}
    found = []
    for group in now:
        before = _nearest(group, [one for one in expected if successor[one] == group])
        if before != group:
            found.append(Moved(min(group), tuple(sorted(group - before)), tuple(sorted(before - group))))
    return sorted(found)


def _nearest(group: Group, others: list[Group]) -> Group:
    """Return that of the others which shares most with a group; empty where none shares anything."""
    near = [other for other in others if other & group]
    return min(near, key=lambda other: (-len(other & group), sorted(other)), default=frozenset())


def told_from(connection: Connection, number: int) -> list[Moved]:
    """Return what one decision changed beside what it was about, by the number of the first entry that tells of it."""
    wanted = change.c.number >= number, change.c.number < number + MOST
    rows: list[Any] = list(connection.execute(select(change).where(*wanted).order_by(change.c.number)))
    found: list[Moved] = []
    for row in rows:
        if row.action != REGROUPED or row.after["judgement"] != rows[0].after["judgement"]:
            break
        found.append(Moved(row.object, tuple(row.after["came"]), tuple(row.after["went"]), row.number))
    return found
