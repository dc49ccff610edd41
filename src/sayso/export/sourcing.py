"""On whose word something stands, in words, and the evidence behind it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from sayso.export.origins import Origin, independent, origin_of
from sayso.export.shapes import Evidence, WhenRecord
from sayso.model.article import BlockRole
from sayso.model.claim import Actor, Claim
from sayso.model.entity import Entity
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance, Statement
from sayso.model.when import When

NOBODY_NAMED = "an unnamed source"
OUTLET_UNKNOWN = "the article"


class Source(TypedDict):
    """The keyword arguments of `Sourced`."""

    according_to: str
    chain: list[str]
    stance: Stance
    certainty: Certainty
    confidence: float
    claims: list[str]
    evidence: list[Evidence]


class Sourcing:
    """Looks up, within one reading, who says something and where the words stand."""

    def __init__(self, reading: Reading) -> None:
        article = self._article = reading.article
        self.published = article.published
        self.outlet = article.outlet or article.agency or OUTLET_UNKNOWN
        self._own = {name.lower() for name in (article.outlet, article.agency) if name}
        self._entities = {entity.id: entity for entity in reading.entities}
        self._statements = {statement.id: statement for statement in reading.statements}
        self._blocks = sorted(article.blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self._blocks]
        self._lower = article.text.lower()
        self._with_article: dict[str, str] = {}

    def name_of(self, id: str | None) -> str | None:
        """Return the fullest name of an entity; None where there is no such entity."""
        entity = self._entities.get(id or "")
        return entity.name if entity else None

    def entity(self, id: str | None) -> Entity | None:
        """Return the entity of that id; None where there is none."""
        return self._entities.get(id or "")

    def around(self, span: Span) -> list[Statement]:
        """Return the chain of the innermost statement that says these words, outermost first; empty for the outlet."""
        holding = [
            (content.end - content.start, statement)
            for statement in self._statements.values()
            for content in statement.content
            if content.start <= span.start and span.end <= content.end
        ]
        return self.chain_of(min(holding, key=lambda found: found[0])[1]) if holding else []

    def sources(self, claims: Iterable[Claim]) -> list[Origin]:
        """Return the independent sources behind claims, in order."""
        return independent(origin_of(self.statements(claim.chain), self._article) for claim in claims)

    def part(self, offset: int) -> BlockRole:
        """Return the part of the article that an offset stands in (`body` between blocks)."""
        k = bisect_right(self._starts, offset) - 1
        return self._blocks[k].role if k >= 0 and offset < self._blocks[k].end else "body"

    def evidence(self, span: Span) -> Evidence:
        """Return a span as evidence."""
        return Evidence(start=span.start, end=span.end, text=span.text, part=self.part(span.start))

    def maybe(self, span: Span | None) -> Evidence | None:
        """Return a span as evidence; None for None."""
        return self.evidence(span) if span else None

    def evidences(self, spans: Iterable[Span]) -> list[Evidence]:
        """Return spans as evidence, each once, in the order given."""
        return [self.evidence(span) for span in dict.fromkeys(spans)]

    def statements(self, ids: Iterable[str]) -> list[Statement]:
        """Return the statements of a chain, outermost first; ids that no statement has are left out."""
        return [self._statements[id] for id in ids if id in self._statements]

    def chain_of(self, statement: Statement) -> list[Statement]:
        """Return a statement and those that report it, outermost first."""
        chain = [statement]
        while (outer := self._statements.get(chain[0].within or "")) and outer not in chain:
            chain.insert(0, outer)
        return chain

    def according_to(self, chain: Iterable[Statement]) -> str:
        """Return who says so in words: the speaker, then those who report it, each once.

        That the outlet itself reports it goes without saying.
        """
        inner_first = reversed(list(chain))
        speakers = list(dict.fromkeys(self.speaker(statement) for statement in inner_first))
        speakers = speakers[:1] + [speaker for speaker in speakers[1:] if speaker.lower() not in self._own]
        return ", according to ".join(speakers) if speakers else self.outlet

    def speaker(self, statement: Statement) -> str:
        """Return a statement's speaker in words, with the organization spoken for."""
        source = " ".join(statement.source.text.split()) if statement.source else None
        name = statement.speaker or source or NOBODY_NAMED
        office = statement.on_behalf_of
        if not office or office.lower() in name.lower() or name.lower() in office.lower():
            return name
        return f"{name}, for {self._articled(office)}"

    def _articled(self, office: str) -> str:
        """Return an organization's name with "the" where the article itself writes it so."""
        if office not in self._with_article:
            written = not office.lower().startswith("the ") and f"the {office.lower()}" in self._lower
            self._with_article[office] = f"the {office}" if written else office
        return self._with_article[office]

    def claimed(self, claim: Claim) -> str:
        """Return who makes a claim, in words."""
        return self.according_to(self.statements(claim.chain))

    def source(self, first: Claim, folded: Iterable[Claim] = ()) -> Source:
        """Return whose word a value stands on (that of `first`), with the words of every claim folded into it."""
        claims = [first, *(claim for claim in folded if claim is not first)]
        return {
            "according_to": self.claimed(first),
            "chain": list(first.chain),
            "stance": first.stance,
            "certainty": first.certainty,
            "confidence": first.confidence,
            "claims": [claim.id for claim in claims],
            "evidence": self.evidences(span for claim in claims for span in claim.evidence),
        }

    def said_on(self, claim: Claim) -> When | None:
        """Return when a claim was said: when the innermost dated statement of its chain was; None if none is dated."""
        dated = [s.said_on for s in reversed(self.statements(claim.chain)) if s.said_on]
        return dated[0] if dated else None

    def day_of(self, claim: Claim) -> date | None:
        """Return the day by which claims are put in order: the day said, or of publication for the outlet itself."""
        if not claim.chain:
            return self.published
        when = self.said_on(claim)
        return when.latest if when else None

    def speaker_kind(self, claim: Claim) -> SpeakerKind:
        """Return the kind of the one whose word a claim is; `media` for the outlet itself."""
        chain = self.statements(claim.chain)
        return chain[-1].speaker_kind if chain else "media"

    def act(self, claim: Claim) -> Act | None:
        """Return what is done by saying it, in the innermost statement; None for the outlet itself."""
        chain = self.statements(claim.chain)
        return chain[-1].act if chain else None

    def by_itself(self, claim: Claim) -> bool:
        """Say whether a perpetrator says of itself what is claimed."""
        chain = self.statements(claim.chain)
        if not chain or not isinstance(claim.value, Actor):
            return False
        entity = self._entities.get(claim.value.entity or "")
        names = {name.lower() for name in (claim.value.name, *(entity.names if entity else ()))}
        speaker = chain[-1]
        return (entity is not None and speaker.speaker_id == entity.id) or (speaker.speaker or "").lower() in names


def when_record(when: When | None) -> WhenRecord | None:
    """Return a time as it is written; None for None."""
    if when is None:
        return None
    return WhenRecord(
        edtf=when.edtf,
        earliest=when.earliest.isoformat() if when.earliest else None,
        latest=when.latest.isoformat() if when.latest else None,
        basis=when.basis,
        clock=when.clock,
        time_precision=when.time_precision,
        date_prec=when.date_prec,
    )
