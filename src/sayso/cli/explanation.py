"""Why the record of an article says what it says: each value with its words, its speakers, its rules and its heads."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from sayso.cli.aside import why_aside
from sayso.export.incident_shapes import ClaimRecord, IncidentRecord
from sayso.export.incidents import claim_record, incident_record
from sayso.export.record import record_of
from sayso.export.shapes import ArticleRecord, Evidence
from sayso.export.sourcing import Sourcing
from sayso.extract.incidents.events import find_events
from sayso.extract.incidents.rows import SLOT_ROLES
from sayso.model.article import Article, BlockRole
from sayso.model.claim import Slot
from sayso.model.incident import EventMention, Incident
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.pipeline import Explained
from sayso.schema.kinds import kinds

VERSION = "sayso-explain/1"
SLOT_ORDER: tuple[Slot, ...] = get_args(Slot)
ASKED: tuple[Slot, ...] = ("when", "where", "perpetrator", "motive")
"""Slots that are asked of any incident, beside the roles of its kind."""
ROLES = {"where": "place", "when": "time"}
COUNTED = ("killed", "wounded", "abducted", "arrested")
LEAST_KIND = 0.05
"""How sure the model must be of a kind for it to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence with words that carry a value.

    `start`, `end` and `marks` are offsets of the article's text; `line` is the line of the input, None where the text
    has no origin in it. `rules` tell in words how the marked words hang on those that tell of the incident.
    """

    start: int
    end: int
    text: str
    line: int | None
    part: BlockRole
    marks: tuple[tuple[int, int], ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One statement of a chain, in words."""

    statement: str
    speaker: str
    speaker_kind: str
    act: str
    stance: str
    certainty: str
    cue: str | None
    said_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One claim and what it rests on.

    `shown` is False where the record shows another value of the slot. `heads` is how sure each head is of its words,
    None without a learned extractor or without a head for the slot.
    """

    claim: ClaimRecord
    shown: bool
    chain: tuple[Voice, ...]
    passages: tuple[Passage, ...]
    heads: dict[str, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A word that tells of the incident, who takes part by grammar, and what the heads take its sentence for."""

    word: str
    kind: str
    start: int
    end: int
    line: int | None
    parts: tuple[tuple[Slot, str], ...]
    heads: dict[str, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentExplained:
    """One incident: where it is told, each claim with its grounds, and what the article does not tell of it.

    `aside` says why it is background; None for a main incident. `record` is what the record shows of it.
    """

    number: int
    id: str
    kind: str
    stage: str
    aside: str | None
    told: tuple[Telling, ...]
    grounds: tuple[Ground, ...]
    not_known: tuple[Slot, ...]
    record: IncidentRecord = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A word for an event from which no incident was made."""

    word: str
    kind: str
    start: int
    end: int
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that led to the record of one article; `learned` says whether the learned extractor took part."""

    article: ArticleRecord
    learned: bool
    incidents: tuple[IncidentExplained, ...]
    loose: tuple[Loose, ...]

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON types; the same article gives the same bytes."""
        article = self.article
        return {
            "version": VERSION,
            "article": {k: getattr(article, k) for k in ("id", "name", "title", "outlet", "published", "sha256")},
            "learned": self.learned,
            "incidents": [{k: v for k, v in asdict(i).items() if k != "record"} for i in self.incidents],
            "left_aside": [asdict(word) for word in self.loose],
        }


def explain(explained: Explained, content: str) -> Explanation:
    """Return why the reading says what it says; `content` is the input that it was read from."""
    return _Explainer(explained, content).explanation()


class Lines:
    """Leads from offsets of the article's text to lines of the input, counted from 1."""

    def __init__(self, article: Article, content: str) -> None:
        self._offsets = article.offsets
        self._breaks = [k for k, character in enumerate(content) if character == "\n"]

    def __call__(self, offset: int) -> int | None:
        """Return the line; None where the character was put in by cleaning."""
        origin = self._offsets.origin(offset)
        return None if origin is None else bisect_right(self._breaks, origin - 1) + 1


class _Explainer:
    def __init__(self, explained: Explained, content: str) -> None:
        self.reading, self.a, self.seen = explained
        self.line = Lines(self.reading.article, content)
        self.sourcing = Sourcing(self.reading)

    def explanation(self) -> Explanation:
        incidents = self.reading.incidents
        return Explanation(
            article=record_of(self.reading).article,
            learned=self.seen is not None,
            incidents=tuple(self.incident(n, incident) for n, incident in enumerate(incidents, 1)),
            loose=tuple(self.loose()),
        )

    def incident(self, number: int, incident: Incident) -> IncidentExplained:
        record = incident_record(incident, self.sourcing)
        roles = kinds()[incident.kind].roles
        given = {claim.slot for claim in incident.claims}
        asked = [slot for slot in SLOT_ORDER if slot in (*ASKED, *roles)]
        grounds = [self.ground(claim_record(c, self.sourcing), incident, record) for c in incident.claims]
        return IncidentExplained(
            number=number,
            id=incident.id,
            kind=incident.kind,
            stage=incident.stage,
            aside=why_aside(incident, self.reading, self.a) if incident.background else None,
            told=tuple(self.telling(mention) for mention in incident.mentions),
            grounds=tuple(sorted(grounds, key=lambda g: SLOT_ORDER.index(g.claim.slot))),
            not_known=tuple(slot for slot in asked if slot not in given),
            record=record,
        )

    def ground(self, claim: ClaimRecord, incident: Incident, record: IncidentRecord) -> Ground:
        spans = [(e.start, e.end) for e in claim.evidence]
        return Ground(
            claim=claim,
            shown=_shown(claim, record),
            chain=tuple(map(self.voice, self.sourcing.statements(claim.chain))),
            passages=tuple(self.passages(claim, incident.mentions)),
            heads=self.heads(claim.slot, spans),
        )

    def voice(self, statement: Statement) -> Voice:
        return Voice(
            statement=statement.id,
            speaker=self.sourcing.speaker(statement),
            speaker_kind=statement.speaker_kind,
            act=statement.act,
            stance=statement.stance,
            certainty=statement.certainty,
            cue=statement.cue.text if statement.cue else None,
            said_on=statement.said_on.edtf if statement.said_on else None,
        )

    def passages(self, claim: ClaimRecord, mentions: Sequence[EventMention]) -> Iterator[Passage]:
        """Yield the sentences that hold the evidence, in text order, each once with all of it that it holds."""
        held: dict[tuple[int, int], list[Evidence]] = {}
        for e in sorted(claim.evidence, key=lambda e: (e.start, e.end)):
            held.setdefault(self.sentence(e.start, e.end), []).append(e)
        for (start, end), found in held.items():
            yield Passage(
                start=start,
                end=end,
                text=self.reading.article.text[start:end],
                line=self.line(found[0].start),
                part=found[0].part,
                marks=tuple(_united((e.start, e.end) for e in found)),
                rules=tuple(dict.fromkeys(rule for e in found for rule in self.rules(claim.slot, e, mentions))),
            )

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets of the sentence, or the sentences, that hold `[start, end)`."""
        if not self.a.sentences:
            return start, end
        first, last = (self.a.sentences[self.a.sentence_of(self.a.token_at(at))] for at in (start, max(start, end - 1)))
        tokens = self.a.tokens
        return min(start, tokens[first.first].start), max(end, tokens[last.last - 1].end)

    def rules(self, slot: Slot, e: Evidence, mentions: Sequence[EventMention]) -> Iterator[str]:
        """Yield how evidence hangs on the words that tell of the incident, in words."""
        words = Span(start=e.start, end=e.end, text=e.text)
        events = [m for m in mentions if words.overlaps(m.trigger)]
        parts = [(role, m.trigger.text) for m in mentions for role, head in m.parts if words.overlaps(head)]
        own = [part for part in parts if part[0] == ("victim" if slot in COUNTED else slot)]
        if events and slot in ("kind", "stage", "damage", *(() if own else COUNTED)):
            yield "a word for the event"
        elif own or (parts and not events):
            role, word = (own or parts)[0]
            yield f"{ROLES.get(role, role)} of “{word}” by grammar"
        elif mentions:
            yield self.nearness(words, mentions)
        if self._in_dateline(words):
            yield "in the dateline"

    def nearness(self, words: Span, mentions: Sequence[EventMention]) -> str:
        """Return how far the words stand from the nearest that tell of the incident."""
        at = self.a.sentence_of(self.a.token_at(words.start))
        steps = [(at - self.a.sentence_of(self.a.token_at(m.trigger.start)), m.trigger.text) for m in mentions]
        away, word = min(steps, key=lambda step: (abs(step[0]), step[0] < 0))
        if not away:
            return f"in the sentence of “{word}”"
        many = f"{abs(away)} sentence{'s' if abs(away) > 1 else ''}"
        return f"{many} {'after' if away > 0 else 'before'} “{word}”"

    def _in_dateline(self, words: Span) -> bool:
        line = self.reading.article.dateline
        return line is not None and any(part and words.overlaps(part) for part in (line.place, line.day))

    def heads(self, slot: Slot, spans: Iterable[tuple[int, int]]) -> dict[str, float] | None:
        """Return how sure the heads of a slot's roles are of the surest of its evidence."""
        if self.seen is None or slot not in SLOT_ROLES:
            return None
        given, seen = list(spans), self.seen
        return {
            role: round(max((seen.probability(role, *span) for span in given), default=0.0), 3)
            for role in SLOT_ROLES[slot]
            if role in seen.role_names
        }

    def telling(self, mention: EventMention) -> Telling:
        word = mention.trigger
        return Telling(
            word=word.text,
            kind=mention.kind,
            start=word.start,
            end=word.end,
            line=self.line(word.start),
            parts=tuple((slot, head.text) for slot, head in mention.parts),
            heads=self.kinds(word.start),
        )

    def kinds(self, offset: int) -> dict[str, float] | None:
        """Return what the model takes the sentence at an offset for, the surest kinds first."""
        n = self.a.sentence_of(self.a.token_at(offset))
        if self.seen is None or n >= len(self.seen.kinds):
            return None
        row = zip(self.seen.kind_names, map(float, self.seen.kinds[n]), strict=True)
        return {name: round(p, 3) for name, p in sorted(row, key=lambda x: (-x[1], x[0])) if p >= LEAST_KIND}

    def loose(self) -> Iterator[Loose]:
        """Yield the words for events that no incident and no claim rests on."""
        incidents = self.reading.incidents
        used = [m.trigger for i in incidents for m in i.mentions]
        used += [span for i in incidents for c in i.claims for span in c.evidence]
        for event in find_events(self.a):
            word = self.a.span(event.i, event.i + 1)
            if not any(word.overlaps(span) for span in used):
                line = self.line(word.start)
                yield Loose(word=word.text, kind=event.kind, start=word.start, end=word.end, line=line)


def _united(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in text order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _shown(claim: ClaimRecord, record: IncidentRecord) -> bool:
    """Say whether the record shows the value: of days and places it shows one, of the others all."""
    if claim.slot == "where":
        return record.where is not None and claim.id in record.where.claims
    if claim.slot == "when":
        return getattr(claim.value, "edtf", None) == record.when
    return True
