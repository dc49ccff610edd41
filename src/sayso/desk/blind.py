"""What a reviewer does not see yet: what colleagues say of a value that this reviewer has still to judge.

The record itself has what the first verdict says. Whoever may still be asked for a second one sees in its place what
the program gave, and that a review is under way; who said what, and why, shows when their own verdict is in, or when
the value has been decided of. Those who only look, and whoever works alone under one name, are never in the dark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, or_, select, tuple_

from sayso.desk.review_queue import DECIDED, VERDICTS, Ref
from sayso.desk.who import Who
from sayso.link.view import Report
from sayso.model.incident import Incident
from sayso.store.changes import Change, ChangeFilter
from sayso.store.corrections import REVIEWER, Recorded
from sayso.store.fold import sound
from sayso.store.links import AT_ONCE, batches
from sayso.store.rebuild import Stored, rebuild
from sayso.store.store import Store
from sayso.store.tables import article, claim, correction, incident, review

UNDER_WAY = "review under way"
"""What stands in the place of what was done, where that is not to be seen yet."""
SOMEBODY = "a colleague"


class Held(NamedTuple):
    """A value that a colleague has judged and this reviewer has not: where it is, its incident's key, and its slot."""

    ref: Ref
    key: str
    slot: str


class _Made(NamedTuple):
    """A correction that a review made: what it took out, and what it put in its place (None: nothing)."""

    ref: Ref
    new: int | None


def held(connection: Connection, articles: Iterable[int], who: Who | None) -> list[Held]:
    """Return the values in these articles of which a reviewer is not to see yet what colleagues say, in their order."""
    if who is None or not who.may("reviewer"):
        return []
    found: set[Held] = set()
    query = select(*_REF, incident.c.key, claim.c.slot).select_from(_JOINED).distinct()
    for some in batches(sorted(set(articles)), AT_ONCE):
        mine = (review.c.article.in_(some), review.c.reviewer != sound(who.name), review.c.revoked.is_(None))
        for row in connection.execute(query.where(*mine, review.c.verdict.in_(VERDICTS), *_STANDS)):
            found.add(Held(Ref(*row[:3]), row.key, row.slot))
    left = _still_open(connection, [one.ref for one in found], who)
    return sorted(one for one in found if one.ref in left)


_REF = (review.c.article, review.c.incident, review.c.claim)
_ABOUT = and_(incident.c.article == review.c.article, incident.c.id == review.c.incident)
_OF = and_(
    claim.c.article == review.c.article, claim.c.incident == review.c.incident, claim.c.position == review.c.claim
)
_JOINED = review.join(claim, _OF).join(incident, _ABOUT).join(article, article.c.number == review.c.article)
_STANDS = (article.c.current, incident.c.retired.is_(None))


def _still_open(connection: Connection, refs: Collection[Ref], who: Who) -> set[Ref]:
    """Return those of the values that a reviewer may still be asked of: neither judged by them nor decided."""
    closed = or_(
        and_(review.c.reviewer == sound(who.name), review.c.verdict.in_(VERDICTS)), review.c.verdict == DECIDED
    )
    left = set(refs)
    for some in batches(sorted(left), AT_ONCE):
        query = select(*_REF).where(tuple_(*_REF).in_(some), closed, review.c.revoked.is_(None))
        left -= {Ref(*row) for row in connection.execute(query)}
    return left


def reports_for(connection: Connection, reports: Sequence[Report], who: Who | None) -> list[Report]:
    """Return the accounts of an incident as a reviewer may see them; see `stored_for`."""
    shown = stored_for(connection, {report.stored.number: report.stored for report in reports}, who)
    return [report._replace(stored=shown[report.stored.number]) for report in reports]


def stored_for(connection: Connection, stored: dict[int, Stored], who: Who | None) -> dict[int, Stored]:
    """Return articles by number, with the program's own value wherever a reviewer is not to see a colleague's yet."""
    hidden = {one.ref for one in held(connection, stored, who)}
    made = [one for one in _made(connection, hidden) if one.ref in hidden]
    if not made:
        return stored
    whole = rebuild(connection, {one.ref.article for one in made}, retired=True)
    return {number: _unmade(one, whole.get(number), made) for number, one in stored.items()}


def article_for(store: Store, stored: Stored, who: Who | None) -> Stored:
    """Return one article as a reviewer may see it; see `stored_for`."""
    with store.reading() as connection:
        return stored_for(connection, {stored.number: stored}, who)[stored.number]


def _made(connection: Connection, refs: Collection[Ref]) -> list[_Made]:
    """Return the corrections of these values that reviews made and that stand."""
    of = (correction.c.article, correction.c.incident, correction.c.old)
    found = []
    for some in batches(sorted(refs), AT_ONCE):
        query = select(*of, correction.c.new).join(review, review.c.correction == correction.c.number)
        query = query.where(tuple_(*of).in_(some), correction.c.revoked.is_(None))
        found += [_Made(Ref(*row[:3]), row.new) for row in connection.execute(query)]
    return found


def _unmade(stored: Stored, whole: Stored | None, made: Sequence[_Made]) -> Stored:
    """Return an article as if these corrections of it had not been made; `whole` has what was taken out too."""
    own = [one for one in made if one.ref.article == stored.number]
    if whole is None or not own:
        return stored
    full = {one.id: one for one in whole.reading.incidents}
    shown = tuple(
        _without(one, full[one.id], [m for m in own if m.ref.incident == one.id]) for one in stored.reading.incidents
    )
    return replace(stored, reading=replace(stored.reading, incidents=shown))


def _without(shown: Incident, whole: Incident, made: Sequence[_Made]) -> Incident:
    stand = {claim.id for claim in shown.claims}
    back, out = {one.ref.claim for one in made}, {one.new for one in made}
    kept = [
        claim
        for position, claim in enumerate(whole.claims)
        if position not in out and (claim.id in stand or position in back)
    ]
    return replace(shown, claims=tuple(kept)) if made else shown


def hides(of: Iterable[Held], one: Recorded) -> bool:
    """Say whether a correction is one of a value that is held back."""
    return (one.article, one.incident, one.old) in {value.ref for value in of}


def changes_for(
    connection: Connection, found: Sequence[Change], who: Who | None, asked: ChangeFilter | None = None
) -> list[Change]:
    """Return entries of the log as a reviewer may see them: of a review that is under way only that it is.

    Number, time, object and digests stay, so that the chain can be followed. They are left out where the filter by
    which they were found asks for what is not to be seen: who, what, or words of the reason.
    """
    if who is None or not who.may("reviewer"):
        return list(found)
    refs = _told_of(connection, [one for one in found if one.author != sound(who.name)])
    left = _still_open(connection, _judged(connection, set(refs.values())), who)
    telling = asked is not None and any((asked.author, asked.action, asked.words))
    shown = [_masked(one) if refs.get(one.number) in left else one for one in found]
    return [one for one in shown if not (telling and one.action == UNDER_WAY)]


def _masked(one: Change) -> Change:
    return replace(one, author=SOMEBODY, action=UNDER_WAY, before=None, after=None, reason="")


def _told_of(connection: Connection, found: Sequence[Change]) -> dict[int, Ref]:
    """Return which value entries tell of, by number: entries of reviews, and of what these made of the record."""
    said = {one.number: tuple(one.object.split(" ")) for one in found if one.subject == "claim" and " " in one.object}
    told: dict[int, Ref] = {}
    columns = (incident.c.key, claim.c.id, claim.c.article, claim.c.incident, claim.c.position)
    joined = claim.join(incident, and_(incident.c.article == claim.c.article, incident.c.id == claim.c.incident))
    for some in batches(sorted({pair[0] for pair in said.values()}), AT_ONCE):
        rows = connection.execute(select(*columns).select_from(joined).where(incident.c.key.in_(some)))
        by_name = {(row.key, row.id): Ref(row.article, row.incident, row.position) for row in rows}
        told |= {number: by_name[pair] for number, pair in said.items() if pair in by_name}
    made = {one.number: number for one in found if (number := _correction(one))}
    for numbers in batches(sorted(set(made.values())), AT_ONCE):
        query = select(correction.c.number, correction.c.article, correction.c.incident, correction.c.old)
        rows = connection.execute(query.where(correction.c.number.in_(numbers), correction.c.old.is_not(None)))
        by_number = {row.number: Ref(row.article, row.incident, row.old) for row in rows}
        told |= {entry: by_number[number] for entry, number in made.items() if number in by_number}
    return told


def _correction(one: Change) -> int | None:
    """Return the number of the correction that an entry tells of; None where it tells of none."""
    parts: list[Any] = [part for part in (one.before, one.after) if isinstance(part, dict)]
    return next((part["correction"] for part in parts if "correction" in part), None) if parts else None


def _judged(connection: Connection, refs: Collection[Ref]) -> set[Ref]:
    """Return those of the values that somebody has reviewed, and that can be reviewed still."""
    found: set[Ref] = set()
    for some in batches(sorted(refs), AT_ONCE):
        query = select(*_REF).select_from(_JOINED).where(tuple_(*_REF).in_(some), *_STANDS)
        query = query.where(claim.c.maker.not_like(f"{REVIEWER}%"), review.c.verdict.in_(VERDICTS))
        found |= {Ref(*row) for row in connection.execute(query)}
    return found
