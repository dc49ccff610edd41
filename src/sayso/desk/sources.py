"""Outlets and speakers: how much of what they say others confirm or dispute, and what people think of them.

The letters of the Admiralty code are set by people alone: nothing here computes or proposes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, func, insert, select, update

from sayso.desk.desk import Desk
from sayso.desk.errors import NotFoundError, StaleError
from sayso.desk.kept import kept
from sayso.desk.share import Share
from sayso.errors import InputError
from sayso.store import changes
from sayso.store.changes import ChangeFilter
from sayso.store.fold import fold, sound
from sayso.store.store import Store, now
from sayso.store.tables import overview, overview_source, source_rating
from sayso.store.values import LARGEST

Code = Literal["A", "B", "C", "D", "E", "F"]
CODES: Final[dict[Code, tuple[str, str]]] = {
    "A": ("completely reliable", "no doubt about it; it has always been right"),
    "B": ("usually reliable", "little doubt; it has mostly been right"),
    "C": ("fairly reliable", "some doubt; it has been right before"),
    "D": ("not usually reliable", "much doubt; it has been right now and then"),
    "E": ("unreliable", "it has been wrong before, or is known to deceive"),
    "F": ("reliability cannot be judged", "nothing to go by, which is not the same as unreliable"),
}
"""The letters for how far a source is to be relied on, after NATO AJP-2.1 (the "Admiralty code"), in own words."""
LONGEST_REASON = 2_000
SORTS = ("held", "incidents", "confirmed", "disputed", "source", "code")
Sort = Literal["held", "incidents", "confirmed", "disputed", "source", "code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source: how many values it holds in how many incidents, how many of them others confirm and dispute."""

    source: str
    kind: str
    incidents: int
    held: int
    confirmed: int
    disputed: int

    @property
    def confirmed_share(self) -> Share:
        """What share of its values another independent source holds too."""
        return Share(part=self.confirmed, whole=self.held)

    @property
    def disputed_share(self) -> Share:
        """What share of its values somebody contradicts."""
        return Share(part=self.disputed, whole=self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A letter that a person gave to a source, with the reason; `revoked` is when it was taken back or replaced."""

    number: int
    source: str
    code: Code
    reason: str
    author: str
    at: str
    revoked: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidIn:
    """An incident of which a source tells, and how much of what it holds there others confirm and dispute."""

    key: str
    body: dict[str, Any]
    held: int
    confirmed: int
    disputed: int


def sources(desk: Desk) -> list[Source]:
    """Return all sources, those that hold most values first."""
    return kept(desk, "sources", _counted, patient=True)


def _counted(store: Store) -> list[Source]:
    columns = [func.sum(overview_source.c[name]) for name in ("held", "confirmed", "disputed")]
    query = select(overview_source.c.source, func.max(overview_source.c.kind), func.count(), *columns)
    with store.reading() as connection:
        rows = connection.execute(query.group_by(overview_source.c.source)).all()
    names = Source.__slots__
    found = [Source(**dict(zip(names, row, strict=True))) for row in rows]
    return sorted(found, key=lambda one: (-one.held, one.source))


def chosen(
    every: Sequence[Source], ratings: dict[str, Rating], *, kind: str = "", name: str = "", sort: str = "held"
) -> list[Source]:
    """Return the sources of a kind whose name holds some words, sorted by what is asked for, the most first."""
    wanted = fold(name).strip()
    found = [one for one in every if (not kind or one.kind == kind) and (not wanted or wanted in fold(one.source))]
    if sort == "source":
        return sorted(found, key=lambda one: (fold(one.source), one.source))
    if sort == "code":
        return sorted(found, key=lambda one: (ratings[one.source].code if one.source in ratings else "~", -one.held))
    if sort in ("confirmed", "disputed"):  # by what is sure: few values tell little
        return sorted(found, key=lambda one: (-_sure(one, sort), -one.held, one.source))
    return sorted(found, key=lambda one: (-(one.incidents if sort == "incidents" else one.held), one.source))


def _sure(one: Source, sort: str) -> float:
    share = one.confirmed_share if sort == "confirmed" else one.disputed_share
    return share.low if share.enough else -1.0


def source_of(desk: Desk, name: str) -> Source:
    """Return one source. Raises NotFoundError where no incident has it."""
    query = select(func.max(overview_source.c.kind), func.count())
    columns = [func.sum(overview_source.c[part]) for part in ("held", "confirmed", "disputed")]
    with desk.reading() as store, store.reading() as connection:
        row = connection.execute(query.add_columns(*columns).where(overview_source.c.source == sound(name))).one()
    if not row[1]:
        raise NotFoundError("there is no such source", value=name, next_step="The list of sources has them all")
    return Source(**dict(zip(Source.__slots__, (name, *row), strict=True)))


def said_in(desk: Desk, name: str, at: int, size: int) -> list[SaidIn]:
    """Return the incidents of which a source tells, the newest first: page number `at` (1 is the first) of `size`."""
    joined = overview_source.join(overview, overview.c.number == overview_source.c.overview)
    columns = [overview_source.c[part] for part in ("held", "confirmed", "disputed")]
    query = select(overview.c.key, overview.c.body, *columns).select_from(joined)
    query = query.where(overview_source.c.source == sound(name), ~overview.c.gone)
    order = (overview.c.earliest.is_(None), overview.c.earliest.desc(), overview.c.key)
    with desk.reading() as store, store.reading() as connection:
        rows = connection.execute(query.order_by(*order).offset((at - 1) * size).limit(size)).all()
    return [SaidIn(key=r.key, body=r.body, held=r.held, confirmed=r.confirmed, disputed=r.disputed) for r in rows]


def ratings(store: Store) -> dict[str, Rating]:
    """Return the letter that stands for each source that has one."""
    with store.reading() as connection:
        rows = connection.execute(select(source_rating).where(source_rating.c.revoked.is_(None)))
        return {row.source: _rating(row) for row in rows}


def rated(store: Store, name: str) -> tuple[list[Rating], int]:
    """Return all letters that a source was given, the newest first, and the number of the newest change to them."""
    query = select(source_rating).where(source_rating.c.source == sound(name)).order_by(source_rating.c.number.desc())
    with store.reading() as connection:
        return [_rating(row) for row in connection.execute(query)], changes.newest(connection, "source", name)


def _rating(row: Any) -> Rating:
    return Rating(**{name: getattr(row, name) for name in Rating.__slots__})


def rate(store: Store, source: str, code: str, *, author: str, reason: str, seen: int) -> Rating:
    """Give a source a letter, in the place of the one it has.

    Raises InputError for another letter, a missing or overlong reason, NotFoundError for an unknown source, and
    StaleError where somebody has rated it after change number `seen`.
    """
    name, why = sound(source), sound(reason).strip()
    if code not in get_args(Code):
        raise InputError("is no letter of the code", value=code or "nothing", next_step="There are A to F")
    if not why or len(why) > LONGEST_REASON:
        said = "a reason is needed" if not why else f"is too long for a reason ({LONGEST_REASON:,} letters at most)"
        raise InputError(said, value=f"{why[:40]}..." if why else "nothing", next_step="Say in a few words why")
    with store.writing() as connection:
        known = select(overview_source.c.source).where(overview_source.c.source == name).limit(1)
        if connection.execute(known).first() is None:
            raise NotFoundError("there is no such source", value=source, next_step="The list of sources has them all")
        _check_fresh(connection, name, seen)
        before = _standing(connection, name)
        if before:
            _revoke(connection, before)
        row = {"source": name, "code": code, "reason": why, "author": sound(author), "at": now(), "revoked": None}
        made = connection.execute(insert(source_rating).values(row)).inserted_primary_key
        assert made is not None
        _log(connection, "rated", author, name, {"code": before.code} if before else None, {"code": code}, why)
        return Rating(number=int(made[0]), **row)  # type: ignore[arg-type]


def unrate(store: Store, number: int, *, author: str, reason: str = "") -> Rating:
    """Take back a letter; the source then has none.

    Raises NotFoundError where there is none of this number, InputError where it was taken back or replaced already.
    """
    with store.writing() as connection:
        wanted = number if 0 < number <= LARGEST else 0
        row = connection.execute(select(source_rating).where(source_rating.c.number == wanted)).first()
        if row is None:
            raise NotFoundError("there is no such rating", value=str(number), next_step="The source's page lists them")
        found = _rating(row)
        if found.revoked:
            raise InputError("stands no more", value=f"{found.code} of {found.source}", next_step="Rate it anew")
        _revoke(connection, found)
        _log(connection, "took back a rating", author, found.source, {"code": found.code}, None, reason)
        return found


def _standing(connection: Connection, name: str) -> Rating | None:
    of = (source_rating.c.source == name, source_rating.c.revoked.is_(None))
    row = connection.execute(select(source_rating).where(*of)).first()
    return _rating(row) if row else None


def _revoke(connection: Connection, rating: Rating) -> None:
    connection.execute(update(source_rating).where(source_rating.c.number == rating.number).values(revoked=now()))


def _check_fresh(connection: Connection, name: str, seen: int) -> None:
    if changes.newest(connection, "source", name) > seen:
        every = changes.changes(connection, ChangeFilter(subject="source", object=name))
        newer = [change for change in every if change.number > seen]
        raise StaleError(f"{newer[0].author} has rated this source meanwhile", value=name, changes=newer)


def _log(connection: Connection, action: str, author: str, name: str, before: Any, after: Any, reason: str) -> None:
    told = {"subject": "source", "object": name, "before": before, "after": after, "reason": reason}
    changes.record(connection, author=author, action=action, **told)
