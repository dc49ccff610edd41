"""What is to be reviewed next: the most doubtful and weightiest of the program's values that a reviewer has not judged.

Each reviewer has a queue of their own and sees the program's own value in it, whatever others have made of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, or_, select, tuple_

from sayso.model.claim import Slot
from sayso.store.corrections import REVIEWER
from sayso.store.fold import sound
from sayso.store.rows import WEIGHTS as SLOT_WEIGHTS
from sayso.store.store import Store
from sayso.store.tables import article, claim, incident, review

AHEAD = 200
"""Values, by their doubt alone, among which the next is picked by all that weighs."""
RARE = 2_000
"""Of a kind with fewer incidents the values are looked up by incident, else by their doubt."""
VERDICTS = ("accepted", "corrected", "rejected")
"""What a reviewer can say of a value."""
SKIPPED, DECIDED = "skipped", "decided"
"""What else stands among the reviews: that somebody went on without a verdict; that a conflict was decided."""
WEIGHTS: dict[str, float] = {
    "a person is named as the one who did it": 2.0,
    "a hundred or more are counted": 2.0,
    "ten or more are counted": 1.5,
    "somebody denies or doubts it": 1.3,
    "it is only recalled": 0.5,
}
"""By how much a value goes before others of the same doubt and slot (`store.rows.WEIGHTS` weighs the slots)."""
SLOTS: tuple[Slot, ...] = tuple(SLOT_WEIGHTS)  # type: ignore[arg-type]
"""The slots whose values are reviewed, the weightiest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Which values are wanted: those that meet every condition given.

    `second` leaves those alone that somebody else has judged; `skipped` are those that this reviewer went on from.
    `incident` is a key.
    """

    slot: str | None = None
    kind: str | None = None
    incident: str | None = None
    second: bool = False
    skipped: bool = False


class Ref(NamedTuple):
    """A claim: its article's number, its incident's id there, and its position among the claims about that."""

    article: int
    incident: str
    claim: int


class Next(NamedTuple):
    """The value to review next: where it is, its incident's key, and what speaks for it, each with its weight."""

    ref: Ref
    key: str
    reasons: tuple[tuple[str, float], ...]


def next_of(store: Store, reviewer: str, filter: QueueFilter) -> Next | None:
    """Return what a reviewer is to judge next; None where nothing is left."""
    with store.reading() as connection:
        rows = connection.execute(_query(connection, sound(reviewer), filter).limit(AHEAD)).all()
    best = min(
        rows, key=lambda row: (-row.priority * _factor(row), row.article, row.incident, row.position), default=None
    )
    if best is None:
        return None
    reasons = (("doubt", round(1 - best.confidence, 2)), (f"slot: {best.slot}", SLOT_WEIGHTS[best.slot]))
    more = tuple((why, WEIGHTS[why]) for why in _why(best))
    return Next(Ref(best.article, best.incident, best.position), best.key, reasons + more)


def _factor(row: Row[Any]) -> float:
    factor = 1.0
    for why in _why(row):
        factor *= WEIGHTS[why]
    return factor


def _why(row: Row[Any]) -> Iterable[str]:
    """Yield what holds of a value, in the words of `WEIGHTS`."""
    if row.slot == "perpetrator" and row.value_kind == "person":
        yield "a person is named as the one who did it"
    most = max(row.low or 0, row.high or 0)
    if most >= 100:
        yield "a hundred or more are counted"
    elif most >= 10:
        yield "ten or more are counted"
    if row.stance != "asserts" or row.standing == "denied":
        yield "somebody denies or doubts it"
    if row.background:
        yield "it is only recalled"


_COLUMNS = [
    claim.c[name] for name in ("article", "incident", "position", "priority", "confidence", "slot", "value_kind")
]
_COLUMNS += [claim.c[name] for name in ("low", "high", "stance", "standing")]
_ABOUT = and_(incident.c.article == claim.c.article, incident.c.id == claim.c.incident)
_OF_CLAIM = and_(
    review.c.article == claim.c.article,
    review.c.incident == claim.c.incident,
    review.c.claim == claim.c.position,
    review.c.revoked.is_(None),
)


_TUPLE2 = tuple_(claim.c.article, claim.c.incident)
_TUPLE3 = tuple_(claim.c.article, claim.c.incident, claim.c.position)


def _query(connection: Connection, reviewer: str, filter: QueueFilter) -> Select[Any]:
    """Return the query for what is left, in the order of doubt times the slot's weight."""
    joined = claim.join(incident, _ABOUT).join(article, article.c.number == claim.c.article)
    query = select(*_COLUMNS, incident.c.background, incident.c.key).select_from(joined)
    query = query.where(claim.c.priority > 0, *_open(reviewer), _unread(reviewer, filter))
    if filter.slot is not None:
        query = query.where(claim.c.slot == sound(filter.slot))
    if filter.incident is not None:
        query = query.where(_among(select(incident.c.article, incident.c.id).where(incident.c.key == filter.incident)))
    elif filter.second:
        query = query.where(_judged_by_another(reviewer))
    if filter.kind is not None:
        query = query.where(*_of_kind(connection, sound(filter.kind)))
    return query.order_by(claim.c.priority.desc())


def _open(reviewer: str) -> list[ColumnElement[bool]]:
    """Return the conditions under which a value can be reviewed at all.

    It stands, or was taken out by another's review only, which a reviewer is not to learn.
    """
    others = exists().where(_OF_CLAIM, review.c.correction == claim.c.retired, review.c.reviewer != reviewer)
    return [
        article.c.current,
        incident.c.retired.is_(None),
        claim.c.maker.not_like(f"{REVIEWER}%"),
        or_(claim.c.retired.is_(None), others),
    ]


def _unread(reviewer: str, filter: QueueFilter) -> ColumnElement[bool]:
    mine = review.c.reviewer == reviewer
    if filter.skipped:
        return exists().where(_OF_CLAIM, mine, review.c.verdict == SKIPPED)
    return ~exists().where(_OF_CLAIM, or_(mine, review.c.verdict == DECIDED))


def _judged_by_another(reviewer: str) -> ColumnElement[bool]:
    theirs = (review.c.reviewer != reviewer, review.c.verdict.in_(VERDICTS), review.c.revoked.is_(None))
    found = select(review.c.article, review.c.incident, review.c.claim).where(*theirs)
    return _TUPLE3.in_(found)


def _of_kind(connection: Connection, kind: str) -> list[ColumnElement[bool]]:
    few = select(incident.c.article).where(incident.c.kind == kind).limit(RARE)
    if len(connection.execute(few).all()) < RARE:
        return [_among(select(incident.c.article, incident.c.id).where(incident.c.kind == kind))]
    return [incident.c.kind == kind]


def _among(incidents: Select[Any]) -> ColumnElement[bool]:
    return _TUPLE2.in_(incidents)
