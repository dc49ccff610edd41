"""The rows of reviews: what is kept of each verdict, and what the log of changes says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from sayso.desk.review_item import Item
from sayso.desk.review_queue import Ref
from sayso.desk.who import Who
from sayso.store import changes
from sayso.store.clock import now
from sayso.store.fold import sound
from sayso.store.tables import incident, review
from sayso.store.told import claim_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a reviewer says of one value, as it is kept.

    `verdict` is accepted, corrected, rejected, skipped or decided. `value` is what a correction says instead:
    `type`, `value`, `standing`, `words`; of a decision, the number of the `review` that it is for. `correction` is the
    number of what was done to the record on account of it; None where nothing was.
    """

    number: int
    ref: Ref
    reviewer: str
    verdict: str
    value: dict[str, Any] | None
    reason: str
    correction: int | None
    at: str
    revoked: str | None


def verdicts(connection: Connection, ref: Ref) -> list[Verdict]:
    """Return what stands of the reviews of a value, the first given first."""
    return [verdict_of(row) for row in connection.execute(of_ref(ref).where(review.c.revoked.is_(None)))]


def of_ref(ref: Ref) -> Select[Any]:
    """Return the query for all reviews of a value, those taken back too, the first given first."""
    of = (review.c.article == ref.article, review.c.incident == ref.incident, review.c.claim == ref.claim)
    return select(review).where(*of).order_by(review.c.number)


def verdict_of(row: Any) -> Verdict:
    """Return a row as a verdict."""
    own = {name: getattr(row, name) for name in ("number", "reviewer", "verdict", "value", "reason", "correction")}
    return Verdict(**own, ref=Ref(row.article, row.incident, row.claim), at=row.at, revoked=row.revoked)


def one_of(connection: Connection, number: int) -> Verdict:
    """Return the verdict of a number."""
    return verdict_of(connection.execute(select(review).where(review.c.number == number)).one())


def key_of(connection: Connection, ref: Ref) -> str:
    """Return the key of the incident that a value is about."""
    query = select(incident.c.key).where(incident.c.article == ref.article, incident.c.id == ref.incident)
    return str(connection.execute(query).scalar_one())


def add(connection: Connection, ref: Ref, who: Who, verdict: str, value: Any, reason: str) -> int:
    """Keep a verdict, and return its number."""
    row = {"article": ref.article, "incident": ref.incident, "claim": ref.claim, "reviewer": sound(who.name)}
    row |= {"verdict": verdict, "value": value, "reason": sound(reason).strip()[:2000], "at": now()}
    made = connection.execute(insert(review).values(row)).inserted_primary_key
    assert made is not None
    return int(made[0])


def revoke(connection: Connection, number: int) -> None:
    """Write down that a verdict was taken back."""
    connection.execute(update(review).where(review.c.number == number).values(revoked=now()))


def log(connection: Connection, item: Item, who: Who, action: str, value: Any, reason: str) -> None:
    """Tell the log of changes what was said of a value."""
    changes.record(
        connection,
        author=who.name,
        action=action,
        subject="claim",
        object=f"{item.key} {item.claim.id}",
        before={"words": claim_words(item.claim), "slot": item.claim.slot},
        after=value,
        reason=reason,
    )
