"""What stands behind the words of an article: each claim and statement, told, with the spans that carry it."""

from __future__ import annotations

from typing import NamedTuple

from sayso.export.sourcing import Sourcing
from sayso.export.words import ACTS, NOT_DONE, day_words
from sayso.model.claim import Claim, Quantity, Slot, Value
from sayso.model.place import Place
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.model.when import When
from sayso.store.rebuild import Stored
from sayso.store.told import words_of
from sayso.web.pages.article.roles import OF_SLOT

Order = tuple[int, int]


class Told(NamedTuple):
    """A claim as it is shown: `number` is its own on the page, `by` on whose word, `speakers` whoever is in its chain.

    `standing` is given for perpetrators only.
    """

    number: int
    incident: str
    slot: Slot
    id: str
    value: str
    standing: str | None
    stance: str
    certainty: str
    by: str
    speakers: frozenset[str]
    evidence: tuple[Span, ...]
    maker: str


class Saying(NamedTuple):
    """A statement as it is shown in the margin; `entity` is the key of the speaker's page, `at` where it begins."""

    number: int
    id: str
    speaker: str
    entity: str | None
    kind: str
    does: str
    stance: str
    certainty: str
    day: str
    iso: str | None
    channel: str | None
    part: str
    direct: bool
    spans: tuple[Span, ...]
    at: int


class Mark(NamedTuple):
    """Words `[start, end)` in a role, the numbers of what stands behind them, and whoever says it."""

    start: int
    end: int
    role: str
    behind: int
    speakers: frozenset[str]


class Behind(NamedTuple):
    """All that was read from an article: claims and statements under numbers of one row, and the marks they make."""

    claims: list[Told]
    sayings: list[Saying]
    marks: list[Mark]
    speakers: list[str]


def behind(stored: Stored, entities: dict[str, str]) -> Behind:
    """Return what stands behind an article's words; `entities` are the keys of its people and groups."""
    reading, sourcing = stored.reading, Sourcing(stored.reading)
    claims: list[Told] = []
    for incident in reading.incidents:
        for claim in incident.claims:
            claims.append(_told(len(claims), stored.keys[incident.id], claim, sourcing))
    sayings = [
        _saying(len(claims) + n, statement, sourcing, entities) for n, statement in enumerate(reading.statements)
    ]
    marks = [mark for told in claims for mark in _of_claim(told)]
    for saying, statement in zip(sayings, reading.statements, strict=True):
        marks += _of_statement(saying, statement)
    speakers = {name for told in claims for name in told.speakers} | {saying.speaker for saying in sayings}
    ordered = sorted(speakers - {sourcing.outlet}, key=str.casefold)
    return Behind(claims, sayings, sorted(marks), [sourcing.outlet, *ordered])


def _told(number: int, incident: str, claim: Claim, sourcing: Sourcing) -> Told:
    chain = sourcing.statements(claim.chain)
    standing = None
    if claim.slot == "perpetrator":
        standing = "denied" if claim.stance == "denies" else claim.standing or "possible"
    return Told(
        number=number,
        incident=incident,
        slot=claim.slot,
        id=claim.id,
        value=value_words(claim.value),
        standing=standing,
        stance=claim.stance,
        certainty=claim.certainty,
        by=sourcing.according_to(chain),
        speakers=frozenset(map(sourcing.speaker, chain)) or frozenset((sourcing.outlet,)),
        evidence=claim.evidence,
        maker=claim.maker,
    )


def value_words(value: Value) -> str:
    """Return a value in words for people; `unknown` where it is empty."""
    match value:
        case When():
            iso = [day.isoformat() if day else None for day in (value.earliest, value.latest)]
            said = day_words(value.edtf, iso[0], iso[1])
            return f"{said}, {value.clock}" if value.clock else said
        case Quantity():
            return words_of(value).replace("~", "about ").replace("+", " or more")
        case Place():
            return ", ".join(value.names) or "unknown"
    return words_of(value).replace("_", " ") or "unknown"


def _saying(number: int, statement: Statement, sourcing: Sourcing, entities: dict[str, str]) -> Saying:
    when = statement.said_on
    iso = [day.isoformat() if day else None for day in (when.earliest, when.latest)] if when else [None, None]
    spans = tuple(span for span in (statement.source, statement.cue, *statement.content) if span)
    negated = statement.stance == "denies" and statement.act in NOT_DONE
    return Saying(
        number=number,
        id=statement.id,
        speaker=sourcing.speaker(statement),
        entity=entities.get(statement.speaker_id or ""),
        kind=statement.speaker_kind,
        does=NOT_DONE[statement.act] if negated else ACTS[statement.act],
        stance="asserts" if negated else statement.stance,
        certainty=statement.certainty,
        day=day_words(when.edtf, iso[0], iso[1]) if when else "",
        iso=iso[0] if iso[0] == iso[1] else None,
        channel=" ".join(statement.channel.text.split()) if statement.channel else None,
        part=statement.where,
        direct=statement.direct,
        spans=spans,
        at=min((span.start for span in spans), default=0),
    )


def _of_claim(told: Told) -> list[Mark]:
    role = OF_SLOT[told.slot]
    return [Mark(s.start, s.end, role, told.number, told.speakers) for s in told.evidence if s.start < s.end]


def _of_statement(saying: Saying, statement: Statement) -> list[Mark]:
    by = frozenset((saying.speaker,))
    given = [("source", statement.source), ("cue", statement.cue), *(("content", c) for c in statement.content)]
    return [Mark(s.start, s.end, role, saying.number, by) for role, s in given if s and s.start < s.end]
