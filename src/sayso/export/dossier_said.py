"""All words about one person or group over many articles: each with whose word it is, since when, and of what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sayso.export.reconciled.said import Said, all_said, ordered
from sayso.export.sourcing import Sourcing
from sayso.model.article import Article
from sayso.model.claim import Actor, Claim, Slot, Text, Victim
from sayso.model.entity import Entity, Fact, FactName
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Statement

HEAD: tuple[Slot, ...] = ("kind", "stage", "when", "where")
"""What is told of an incident beside the part taken in it."""
CONTESTED: frozenset[FactName] = frozenset({"member_of", "leader_of", "founder_of", "status", "death"})
"""What one who denies something can deny; an age or a role in his words only tells who is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One article that names the person or group.

    `entities` are the ids of who it is there with their keys; `people` lead from the ids of anybody in the article who
    is in others too to what stands for all of these. `incidents` are the keys of incidents by id, `groups` lead from
    those to what stands for an incident and all that it was linked with.
    """

    reading: Reading
    entities: Mapping[str, str]
    people: Mapping[str, str] = field(default_factory=dict)
    incidents: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def article(self) -> Article:
        """The article."""
        return self.reading.article

    @property
    def bodies(self) -> list[Entity]:
        """Who it is in this article, in the order of the text."""
        return [entity for entity in self.reading.entities if entity.id in self.entities]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that is said: what it is, in which account, and on whose word."""

    what: Fact | Incident | Statement
    account: Account
    said: Said
    own: bool = False

    @property
    def takes_part(self) -> bool:
        """Whether it tells of a part that the person or group takes, rather than of the incident."""
        return isinstance(self.said.claim.value, Actor | Victim)


def told(accounts: Sequence[Account], copies: Mapping[str, str], key: str, day: date | None) -> list[Told]:
    """Return all that is said, by day of publication and in text order; with `day`, only what had been said by then.

    Facts and statements count as claims on the word of those around them, so that all sources are told apart together.
    """
    by_article = {account.article.id: account for account in accounts}
    things = {id: list(_things(account)) for id, account in by_article.items()}
    reports = [
        (account.reading, _bundle(tuple(claim for _, claim, _ in things[id]))) for id, account in by_article.items()
    ]
    in_order = ordered(reports)
    flat = [(by_article[reading.article.id], thing) for reading, _ in in_order for thing in things[reading.article.id]]

    def who(article: str, entity: str) -> str | None:
        account = by_article[article]
        return key if entity in account.entities else account.people.get(entity)

    said = all_said(in_order, copies, who)
    found = [
        Told(what=what, account=account, said=one, own=own)
        for (account, (what, _, own)), one in zip(flat, said, strict=True)
    ]
    return found if day is None else [one for one in found if one.said.day is None or one.said.day <= day]


def _bundle(claims: tuple[Claim, ...]) -> Incident:
    return Incident(id="", kind="", stage="accomplished", background=False, claims=claims)


_Thing = tuple[Fact | Incident | Statement, Claim, bool]


def _things(account: Account) -> Iterator[_Thing]:
    sourcing = Sourcing(account.reading)
    for entity in account.bodies:
        for fact in entity.facts:
            yield fact, _of_fact(fact, sourcing), False
    for incident in account.reading.incidents:
        if any(_is_of(claim, account) for claim in incident.claims):
            yield from ((incident, c, False) for c in incident.claims if _is_of(c, account) or c.slot in HEAD)
    names = {name.casefold() for entity in account.bodies for name in entity.names}
    mentions = _Mentions(account)
    for statement in account.reading.statements:
        own = statement.speaker_id in account.entities or (statement.on_behalf_of or "").casefold() in names
        if own or any(mentions.touch(content) for content in statement.content):
            yield statement, _of_statement(statement, sourcing), own


def _is_of(claim: Claim, account: Account) -> bool:
    return isinstance(claim.value, Actor | Victim) and claim.value.entity in account.entities


def _of_fact(fact: Fact, sourcing: Sourcing) -> Claim:
    """Return a fact as a claim on the word of the innermost statement around it, else of the outlet."""
    chain = sourcing.around(fact.evidence)
    return Claim(
        id=f"fact.{fact.name}.{fact.evidence.start}",
        slot="circumstance",
        value=Text(value=fact.value),
        evidence=(fact.evidence,),
        chain=tuple(statement.id for statement in chain),
        stance=chain[-1].stance if chain and fact.name in CONTESTED else "asserts",
        certainty=chain[-1].certainty if chain else "certain",
    )


def _of_statement(statement: Statement, sourcing: Sourcing) -> Claim:
    return Claim(
        id=statement.id,
        slot="circumstance",
        value=Text(value=statement.act),
        evidence=statement.content or tuple(filter(None, [statement.cue])),
        chain=tuple(one.id for one in sourcing.chain_of(statement)),
        stance=statement.stance,
        certainty=statement.certainty,
        confidence=statement.confidence,
    )


class _Mentions:
    """Where an article mentions the person or group."""

    def __init__(self, account: Account) -> None:
        spans = sorted((m.span.start, m.span.end) for entity in account.bodies for m in entity.mentions)
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]
        self._widest = max((end - start for start, end in spans), default=0)

    def touch(self, span: Span) -> bool:
        """Say whether a span has, or cuts, one of the mentions."""
        first = bisect_left(self._starts, span.start - self._widest)
        return any(end > span.start for end in self._ends[first : bisect_left(self._starts, span.end)])
