"""What reviewers have said, taken together: where they differ, and what agreement is counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from sayso.desk.agreement import Judged
from sayso.desk.review_item import comparable
from sayso.desk.review_queue import DECIDED, VERDICTS, Ref
from sayso.desk.review_rows import Verdict, verdict_of
from sayso.store.tables import article, claim, incident, review
from sayso.store.values import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A value on which reviewers differ: what each says, the first first, and how it was decided (None: not yet)."""

    key: str
    ref: Ref
    slot: str
    verdicts: tuple[Verdict, ...]
    decided: Verdict | None

    def judged_by(self, name: str) -> bool:
        """Say whether somebody's own verdict is in, so that they may learn what others say."""
        return any(one.reviewer == name for one in self.verdicts) or bool(
            self.decided and self.decided.reviewer == name
        )


_OF = and_(
    claim.c.article == review.c.article, claim.c.incident == review.c.incident, claim.c.position == review.c.claim
)
_ABOUT = and_(incident.c.article == review.c.article, incident.c.id == review.c.incident)
_JOINED = review.join(claim, _OF).join(incident, _ABOUT).join(article, article.c.number == review.c.article)
_STANDING = (review.c.revoked.is_(None), article.c.current, incident.c.retired.is_(None))


def conflicts(connection: Connection) -> list[Conflict]:
    """Return the values on which reviewers differ, those that wait for a decision first, then the newest first."""
    of = review.alias()
    whose = (of.c.article, of.c.incident, of.c.claim)
    many = func.count(func.distinct(of.c.reviewer)) > 1
    judged_twice = select(*whose).where(of.c.revoked.is_(None), of.c.verdict.in_(VERDICTS))
    several = judged_twice.group_by(*whose).having(many).subquery()
    same = and_(*(several.c[name] == review.c[name] for name in ("article", "incident", "claim")))
    query = select(review, incident.c.key, claim.c.slot, claim.c.type, claim.c.value.label("own"), claim.c.standing)
    query = query.select_from(_JOINED.join(several, same)).where(*_STANDING).order_by(review.c.number)
    grouped = defaultdict(list)
    for row in connection.execute(query):
        grouped[Ref(row.article, row.incident, row.claim)].append(row)
    found = []
    for ref, rows in grouped.items():
        given = [row for row in rows if row.verdict in VERDICTS]
        if len({held(row) for row in given}) > 1:
            decided = next((verdict_of(row) for row in reversed(rows) if row.verdict == DECIDED), None)
            own = tuple(verdict_of(row) for row in given)
            found.append(Conflict(key=rows[0].key, ref=ref, slot=rows[0].slot, verdicts=own, decided=decided))
    return sorted(found, key=lambda one: (one.decided is not None, -one.verdicts[-1].number))


def held(row: Row[Any]) -> str:
    """Return what a review holds to be right, in a form that can be compared; empty where it is that nothing is."""
    verdict, value = row.verdict, row.value
    if verdict == "rejected":
        return ""
    if verdict == "corrected" and value:
        return comparable(value_of(value["type"], value["value"]), value["standing"])
    return comparable(value_of(row.type, row.own), row.standing)


def judged(connection: Connection) -> Iterable[Judged]:
    """Return every verdict that stands, of newest versions of articles, as agreement counts it."""
    query = select(review, claim.c.slot, claim.c.type, claim.c.value.label("own"), claim.c.standing)
    query = query.select_from(_JOINED).where(*_STANDING, review.c.verdict.in_(VERDICTS)).order_by(review.c.number)
    return [
        Judged(
            unit=Ref(row.article, row.incident, row.claim),
            slot=row.slot,
            reviewer=row.reviewer,
            verdict=row.verdict,
            value=held(row),
            own=comparable(value_of(row.type, row.own), row.standing),
        )
        for row in connection.execute(query)
    ]
