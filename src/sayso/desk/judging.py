"""Split and merge: what people decide of which reports tell of one incident, and back again.

Every decision is a judgement (`sayso.link.judge`), kept with its author and reason; nothing is lost by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from sayso.desk.errors import NotFoundError, StaleError
from sayso.desk.overview import refresh
from sayso.errors import InputError
from sayso.link import judge
from sayso.link.judge import Decision
from sayso.link.linker import link
from sayso.link.moved import Moved, Watch
from sayso.model.judgement import Judgement
from sayso.store.changes import Change
from sayso.store.links import AT_ONCE, Links, batches, waiting
from sayso.store.store import Store
from sayso.store.tables import change, incident, overview

FEW = 20
"""Articles that wait to be linked up to which a decision links them: more are somebody's ingest, which does so."""
LAID = 200
"""Rows of the overview that a decision lays anew at most before it is answered."""
DAYS = timedelta(days=7)
"""How far apart the days of two incidents may be for one to be offered as the other."""
OFFERED = 40
"""Incidents that are offered at most."""


class Near(NamedTuple):
    """An incident that might be the same: its key, the day of its time as EDTF, and what the overview says of it."""

    key: str
    title: str
    kind: str
    edtf: str | None
    place: str | None
    country: str | None
    reports: int


def newest(connection: Connection) -> int:
    """Return the number of the newest change of all: what a form has seen; 0 where there is none."""
    return int(connection.execute(select(func.max(change.c.number))).scalar() or 0)


def changes_since(connection: Connection, keys: Iterable[str], seen: int) -> list[Change]:
    """Return the changes to these incidents, or to pairs with one of them, after that number, the newest first."""
    wanted = set(keys)
    query = select(change).where(change.c.subject == "incident", change.c.number > seen)
    rows = connection.execute(query.order_by(change.c.number.desc())).mappings()
    return [Change(**row) for row in rows if wanted & set(row["object"].split())]


def check_fresh(connection: Connection, keys: Iterable[str], seen: int) -> None:
    """Raise StaleError where somebody has changed one of these incidents after the change of that number."""
    wanted = list(keys)
    newer = changes_since(connection, wanted, seen)
    if newer:
        raise StaleError(f"{newer[0].author} has changed this incident meanwhile", value=wanted[0], changes=newer)


def members(connection: Connection, key: str) -> list[str]:
    """Return the keys of all accounts of the incident that a key is of, in order; itself where it is alone."""
    links = Links(connection, "incident")
    cluster = links.clusters_of([key]).get(key)
    return links.members([cluster])[cluster] if cluster else [key]


def split(store: Store, key: str, account: str, *, author: str, reason: str, seen: int) -> tuple[Moved, ...]:
    """Take one account out of its incident: it is called different from every other one, or nothing is decided.

    What people called the same of it and another account gives way (`standing_in_the_way` has it); those first, so that
    no chain over them is left. Returns what else changed by it. Raises NotFoundError where the account is not one of
    that incident, StaleError where it has changed since `seen`, and InputError without a reason and for an incident of
    one account.
    """
    _check_reason(reason)
    with store.writing() as connection:
        keys = members(connection, key)
        if account not in keys:
            raise NotFoundError(
                "this report is none of that incident", value=account, next_step="Look at the incident again"
            )
        others = [other for other in keys if other != account]
        if not others:
            raise InputError("only one report tells of this incident", value=account, next_step="Nothing to split")
        check_fresh(connection, keys, seen)
        bound = {k for j in standing_in_the_way(connection, account) for k in (j.left, j.right)}
        watch = Watch(connection, "incident", keys)
        for other in sorted(others, key=lambda other: other not in bound):
            made = judge.decide(connection, "incident", (account, other), "different", author=author, reason=reason)
        moved = watch.tell(made, author, f"{account} was taken out of {key}: {reason}", watch.parted(account))
    settle(store)
    return moved


def standing_in_the_way(connection: Connection, account: str) -> list[Judgement]:
    """Return what people called the same of an account and another, in the place of which a split puts its decision."""
    return [j for j in Links(connection, "incident").decided([account]) if j.verdict == "same"]


def merge(store: Store, key: str, other: str, *, author: str, reason: str, seen: int) -> Decision:
    """Call two incidents the same, and tell what else changed by that; `other` may be the beginning of a key.

    Raises StaleError where one has changed since `seen`, and InputError without a reason, for an unknown key, for two
    that are one already, and where it contradicts what people have decided, with the chain.
    """
    _check_reason(reason)
    with store.writing() as connection:
        found = judge.known(Links(connection, "incident"), other)
        mine = members(connection, key)
        if found in mine:
            raise InputError("is one with this incident already", value=other, next_step="Give another incident's id")
        check_fresh(connection, [*mine, *members(connection, found)], seen)
        made = judge.decided(connection, "incident", (key, found), "same", author=author, reason=reason)
    settle(store)
    return made


def undo(store: Store, number: int, *, author: str) -> Decision:
    """Take back a judgement; errors as of `sayso.link.judge.undo`."""
    made = judge.undo(store, number, author=author)
    settle(store)
    return made


def settle(store: Store) -> None:
    """Link the few articles that wait and lay the overview anew; what is left is done by whoever does the many."""
    with store.reading() as connection:
        few = 0 < len(waiting(connection, FEW + 1)) <= FEW
    if few:
        link(store)
    refresh(store, LAID)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise InputError("a decision needs a reason", value="nothing", next_step="Say what it rests on")


def near(connection: Connection, key: str, first: date | None, last: date | None) -> list[Near]:
    """Return other incidents of about these days, those of the same country and kind first.

    None where no day is known: nothing is then offered.
    """
    if first is None or last is None:
        return []
    own = set(members(connection, key))
    about = incident.c.earliest.between(first - DAYS, last + DAYS), incident.c.retired.is_(None)
    keys = [row.key for row in connection.execute(select(incident.c.key).where(*about).limit(2_000))]
    clusters = Links(connection, "incident").clusters_of(keys)
    heads = sorted({clusters.get(one, one) for one in keys} - own)
    return _ordered(_near(connection, heads), _head(connection, own))[:OFFERED]


def _head(connection: Connection, own: set[str]) -> Near | None:
    return next(iter(_near(connection, sorted(own))), None)


def _ordered(found: list[Near], mine: Near | None) -> list[Near]:
    def distance(one: Near) -> tuple[bool, bool, bool, str]:
        if mine is None:
            return False, False, False, one.key
        return one.country != mine.country, one.place != mine.place, one.kind != mine.kind, one.key

    return sorted(found, key=distance)


def _near(connection: Connection, heads: list[str]) -> list[Near]:
    found: list[Near] = []
    columns = [overview.c[name] for name in ("key", "body", "kind", "edtf", "place", "country", "reports")]
    for some in batches(heads, AT_ONCE):
        for row in connection.execute(select(*columns).where(overview.c.key.in_(some), ~overview.c.gone)):
            title = row.body.get("title") or ""
            found.append(Near(row.key, title, row.kind, row.edtf, row.place, row.country, row.reports))
    return found
