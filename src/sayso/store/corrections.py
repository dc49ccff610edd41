"""What the store keeps of corrections: the rows that one writes, what they take out, and what is derived anew.

A claim or an incident that was taken out bears the number of the correction that did it in `retired`; nothing is
erased. All works within one transaction of somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from sayso.errors import StoreError
from sayso.model.claim import Actor, Claim, Value, Victim
from sayso.model.entity import Entity
from sayso.model.incident import Incident
from sayso.store import changes, rows
from sayso.store.clock import now
from sayso.store.fold import fold
from sayso.store.links import mark
from sayso.store.overview import due
from sayso.store.rebuild import Stored, rebuild
from sayso.store.tables import article, claim, correction, incident
from sayso.store.told import plain_claim

Action = Literal["reject", "replace", "add", "reject incident"]
LOGGED: dict[Action, str] = {
    "reject": "rejected",
    "replace": "corrected",
    "add": "added",
    "reject incident": "rejected the incident",
}
"""How the log of changes calls each action."""
REVIEWER = "reviewer/"
"""What the maker of a person's claim begins with; the name follows."""
DERIVED = ("earliest", "latest", "country", "place")


class RejectedError(StoreError):
    """What was asked for is an incident that a reviewer took out."""


class Wanted(NamedTuple):
    """What a correction is to do, of which slot (empty: the incident itself), by whom and why."""

    action: Action
    slot: str
    author: str
    reason: str


class Held(NamedTuple):
    """An incident as its row has it: its article's number, its id there, its key, and the correction that took it out.

    `current` says whether it is of the newest version of its article; `article_id` is what the article is called.
    """

    article: int
    id: str
    key: str
    retired: int | None
    current: bool
    article_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One correction as it is kept: `old` and `new` are positions of claims, None where there is none."""

    number: int
    article: int
    incident: str
    slot: str
    action: str
    old: int | None
    new: int | None
    reason: str
    author: str
    at: str
    revoked: str | None
    revoked_by: str | None


def held(connection: Connection, key: str) -> Held | None:
    """Return the incident of a key, also one that was taken out; None where there is none."""
    own = (incident.c.article, incident.c.id, incident.c.key, incident.c.retired)
    query = select(*own, article.c.current, article.c.id.label("article_id"))
    joined = incident.join(article, article.c.number == incident.c.article)
    row = connection.execute(query.select_from(joined).where(incident.c.key == key)).first()
    return Held(*row) if row else None


def key_of(connection: Connection, one: Recorded) -> str:
    """Return the key of the incident that a correction is about."""
    query = select(incident.c.key).where(incident.c.article == one.article, incident.c.id == one.incident)
    return str(connection.execute(query).scalar_one())


def recorded(
    connection: Connection, *, number: int | None = None, of: Held | None = None, articles: list[int] | None = None
) -> Iterator[Recorded]:
    """Yield corrections, the oldest first: that of a number, those of an incident, or those within some articles."""
    query = select(correction).order_by(correction.c.number)
    if number is not None:
        query = query.where(correction.c.number == number)
    if of is not None:
        query = query.where(correction.c.article == of.article, correction.c.incident == of.id)
    if articles is not None:
        query = query.where(correction.c.article.in_(articles))
    for row in connection.execute(query).mappings():
        yield Recorded(**row)


def rejected(connection: Connection, key: str, number: int) -> RejectedError:
    """Return the error that tells who took an incident out, when and why, by the number of that correction."""
    found = next(recorded(connection, number=number), None)
    by = f" by {found.author} on {found.at[:10]}" if found else ""
    why = f": {found.reason}" if found and found.reason else ""
    return RejectedError(
        f"this incident was rejected{by}{why}", value=key, next_step=f"`sayso undo c{number}` brings it back"
    )


def stored_of(connection: Connection, of: Held) -> Stored:
    """Return the article of an incident, as it stands."""
    return rebuild(connection, [of.article])[of.article]


def claims_of(connection: Connection, of: Held) -> dict[int, Claim]:
    """Return all claims about an incident by position, those taken out too."""
    found = rebuild(connection, [of.article], retired=True)[of.article]
    one = next(i for i in found.reading.incidents if i.id == of.id)
    return dict(enumerate(one.claims))


def make(
    connection: Connection, of: Held, wanted: Wanted, old: int | None, new: Claim | None
) -> tuple[int, str | None]:
    """Write a correction that can be, and the log of it; return its number, and the id of the claim that it adds.

    `old` is the position of the claim that it takes out. The claim `new` gets its id and maker here.
    """
    before = claims_of(connection, of)[old] if old is not None else None
    row = {"article": of.article, "incident": of.id, "old": old, "new": None, "at": now(), **wanted._asdict()}
    made = connection.execute(insert(correction).values(row)).inserted_primary_key
    assert made is not None
    number = int(made[0])
    if new is not None:
        new = replace(new, id=f"{of.id}.r{number}", maker=f"{REVIEWER}{wanted.author}", confidence=1.0)
        add_claim(connection, of, new, number)
    if old is not None or wanted.action == "reject incident":
        retire(connection, of, old, number)
    settle(connection, of)
    changes.record(
        connection,
        author=wanted.author,
        action=LOGGED[wanted.action],
        subject="incident",
        object=of.key,
        before=plain_claim(before) if before else None,
        after={"correction": number} | (plain_claim(new) if new else {}),
        reason=wanted.reason,
    )
    return number, new.id if new else None


def known(value: Value, entities: Iterable[Entity]) -> Value:
    """Return a value in which a name that an entity of the article bears stands for that entity."""
    if not isinstance(value, Actor | Victim) or value.entity or not value.name:
        return value
    wanted = fold(value.name)
    one = next((e for e in entities if wanted and wanted in {fold(name) for name in (e.name, *e.names)}), None)
    return replace(value, entity=one.id) if one else value


def add_claim(connection: Connection, of: Held, new: Claim, number: int) -> int:
    """Write a correction's claim behind those that are there, and return its position."""
    last = connection.execute(select(func.max(claim.c.position)).where(_about(of))).scalar()
    position = 0 if last is None else last + 1
    for table, row in rows.claim_rows(new, of.id, position):
        own = {"article": of.article} | ({"priority": None} if table is claim else {})  # a person has looked at it
        connection.execute(insert(table).values(row | own))
    connection.execute(update(correction).where(correction.c.number == number).values(new=position))
    return position


def retire(connection: Connection, of: Held, position: int | None, number: int | None) -> None:
    """Take a claim out by a correction, or with no number bring it back; without a position, the incident itself."""
    if position is None:
        where = and_(incident.c.article == of.article, incident.c.id == of.id)
        connection.execute(update(incident).where(where).values(retired=number))
    else:
        connection.execute(update(claim).where(_about(of), claim.c.position == position).values(retired=number))


def retired_by(connection: Connection, of: Held, position: int) -> int | None:
    """Return the correction that took a claim out; None where it stands."""
    query = select(claim.c.retired).where(_about(of), claim.c.position == position)
    return connection.execute(query).scalar()


def revoke(connection: Connection, number: int, author: str) -> None:
    """Write down that a correction was taken back."""
    change = update(correction).where(correction.c.number == number)
    connection.execute(change.values(revoked=now(), revoked_by=author))


def settle(connection: Connection, of: Held) -> None:
    """Derive an incident's own columns from the claims that stand, and let what is made of it be made anew.

    Its article waits to be linked again, and its line of the overview to be laid again.
    """
    found = rebuild(connection, [of.article])[of.article].reading.incidents
    one = next((i for i in found if i.id == of.id), None)
    if one is not None:
        row = rows.incident_row(one)
        own = {name: row[name] for name in DERIVED} | {name: _last(one, name) for name in ("kind", "stage")}
        where = and_(incident.c.article == of.article, incident.c.id == of.id)
        connection.execute(update(incident).where(where).values(own))
    mark(connection, [of.article], None)
    due(connection, [of.key])


def _last(one: Incident, slot: Any) -> str:
    """Return the kind or stage last given; what stands in the row where nobody gives one."""
    given = [c.value for c in one.of(slot) if c.stance == "asserts"]
    return str(getattr(given[-1], "value", "")) if given else str(getattr(one, slot))


def _about(of: Held) -> ColumnElement[bool]:
    return and_(claim.c.article == of.article, claim.c.incident == of.id)
