"""Words in a role: each with what the model, the grammar and the record say of it, for each kind of incident."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

import numpy as np

from sayso.evaluate.coder.scorer import Floats, Row
from sayso.evaluate.muc4_fills import fill_words, plain
from sayso.evaluate.muc4_format import lists
from sayso.extract.incidents.lexicon import is_attacker, person_kind, target_kind, weapon_kind
from sayso.extract.incidents.pairs import TURNS
from sayso.extract.incidents.roles import head_of
from sayso.extract.incidents.snap import snapped
from sayso.extract.incidents.syntax import ancestors
from sayso.model.analysis import Analysis
from sayso.model.claim import Actor, Claim, Target, Victim, Weapon
from sayso.model.entity import Entity
from sayso.model.evidence import Evidence
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.schema.kinds import kinds

ROLES = ("victim_name", "victim", "target", "perpetrator", "organization", "weapon")
CONTENT = ("victim_name", "victim", "target")
"""Roles that make an incident: to whom and to what it was done."""
KINDS = ("attack", "bombing", "kidnapping", "arson", "robbery", "hijacking")
SIDE = {
    "victim_name": "victim",
    "victim": "victim",
    "target": "target",
    "perpetrator": "perpetrator",
    "organization": "perpetrator",
    "weapon": "weapon",
}
SLOT = {"victim_name": 18, "victim": 19, "target": 12, "perpetrator": 9, "organization": 10, "weapon": 6}
LEAST = 0.12
"""How sure the model must be of a role for its words to be weighed."""
LONGEST_NAME = 60
SHORT = 40
"""Days from which a time is too long to tell two incidents apart."""
UNJUDGED = 0.3
"""The chance of an incident that no judge weighed."""


@dataclass(slots=True)
class Mention:
    """Words `[start, end)` of the text in a role. `head` and `event` are tokens; `event` is -1 for none above it.

    `incidents` index `Reading.incidents`: those with a claim on these words, the surest of which is `claim`. `chances`
    [kinds] are how likely the words fill the role in a template of each kind.
    """

    role: str
    start: int
    end: int
    sentence: int
    probability: float
    words: str
    head: int
    by_rules: bool = False
    claim: Claim | None = None
    confidence: float = 0.0
    incidents: tuple[int, ...] = ()
    event: int = -1
    event_kind: str = ""
    chances: Floats = field(default_factory=lambda: np.zeros(len(KINDS)))

    @property
    def last(self) -> str:
        """The last of its words: the noun, or the surname."""
        return self.words.rsplit(" ", 1)[-1]


@dataclass(slots=True)
class Land:
    """By sentence: short times and places named in it, and the words by which a report turns to something else."""

    days: dict[int, set[object]]
    places: dict[int, set[str]]
    turns: list[dict[str, bool]]


@dataclass(kw_only=True)
class Sight:
    """One report as it was read, and its mentions. Not slotted: tables are computed once, when first asked for."""

    reading: Reading
    analysis: Analysis
    evidence: Evidence
    header: date | None
    mentions: list[Mention] = field(default_factory=list)

    @cached_property
    def kinds(self) -> Floats:
        """[sentences, kinds]: how sure the model is that a sentence tells of an incident of a kind."""
        columns = [self.evidence.kind_names.index(kind) for kind in KINDS]
        return self.evidence.kinds[:, columns].astype(np.float64)

    @cached_property
    def incident_kinds(self) -> list[str]:
        """The task's type of each incident of the record."""
        return [task_kind(incident.kind) for incident in self.reading.incidents]

    @cached_property
    def incident_chances(self) -> list[float]:
        """How likely the judge holds each incident of the record."""
        return [
            max((c.confidence for c in incident.of("kind") if c.maker.startswith("judge")), default=UNJUDGED)
            for incident in self.reading.incidents
        ]

    @cached_property
    def events(self) -> dict[int, tuple[str, int]]:
        """The tokens that tell of incidents: the task's type, and the incident."""
        found: dict[int, tuple[str, int]] = {}
        for n, incident in enumerate(self.reading.incidents):
            for m in incident.mentions:
                at = self.analysis.token_at(m.trigger.start)
                found.setdefault(at, (task_kind(m.kind) or task_kind(incident.kind), n))
        return found

    @cached_property
    def entities(self) -> dict[int, Entity]:
        """Who or what each head token refers to."""
        return {m.head: e for e in self.reading.entities for m in e.mentions}

    @cached_property
    def land(self) -> Land:
        """Return what each sentence says of when and where."""
        days: dict[int, set[object]] = defaultdict(set)
        places: dict[int, set[str]] = defaultdict(set)
        for t in self.reading.times:
            w = t.when
            if w and w.earliest and w.latest and (w.latest - w.earliest).days < SHORT:
                days[self.sentence_of(t.span.start)].add((w.earliest, w.latest))
        for p in self.reading.places:
            if p.use == "locative" and p.place.type != "country":
                places[self.sentence_of(p.span.start)].add(p.place.names[0])
        turns = []
        for s in self.analysis.sentences:
            lemmas = {self.analysis.tokens[i].lemma.lower() for i in range(s.first, s.last)}
            turns.append({name: bool(lemmas & words) for name, words in TURNS.items()})
        return Land(days, places, turns)

    @cached_property
    def attributes(self) -> dict[tuple[str, int, int], Floats]:
        """What `attribute` has been asked."""
        return {}

    def attribute(self, head: str, m: Mention) -> Floats:
        """Return the probabilities of an attribute's values for a mention."""
        key = (head, m.start, m.end)
        if key not in self.attributes:
            self.attributes[key] = self.evidence.attribute(head, m.start, m.end).astype(np.float64)
        return self.attributes[key]

    def sentence_of(self, offset: int) -> int:
        """Return the sentence that an offset of the text lies in."""
        return self.analysis.sentence_of(self.analysis.token_at(offset))

    def bounds(self, sentence: int) -> tuple[int, int]:
        """Return the offsets of a sentence."""
        s = self.analysis.sentences[sentence]
        return self.analysis.tokens[s.first].start, self.analysis.tokens[s.last - 1].end


@cache
def task_kind(kind: str) -> str:
    """Return the task's incident type of one of the schema's kinds, in small letters; empty for none."""
    known = kinds().get(kind)
    return ((known.codes.get("muc4") if known else None) or lists()["kinds"].get(kind) or "").lower()


@cache
def _leading() -> frozenset[str]:
    return frozenset([*lists()["quantifiers"], *lists()["leading"]])


@cache
def _trailing() -> frozenset[str]:
    return frozenset([*lists()["trailing"], ""])


def fill_of(text: str) -> str:
    """Return words as a fill has them: no quantifier before them, no mark or small word behind."""
    tokens = plain(text).split()
    while len(tokens) > 1 and (tokens[0].lower() in _leading() or re.fullmatch(r"[\d,.~-]+|\d+-YEAR-OLD", tokens[0])):
        tokens = tokens[1:]
    while tokens and tokens[-1].lower().strip(" ,.;:'-") in _trailing():
        tokens = tokens[:-1]
    return " ".join(tokens).strip(" ,.;:'-")


def sight_of(reading: Reading, analysis: Analysis, evidence: Evidence, header: date | None) -> Sight:
    """Return a report with its mentions: what the model sees in a role, and what the record has beside it."""
    sight = Sight(reading=reading, analysis=analysis, evidence=evidence, header=header)
    found = _seen(sight)
    for n, incident in enumerate(reading.incidents):
        for claim in incident.claims:
            for role, words in _told(claim):
                for span in claim.evidence:
                    _add(sight, found, role, words, span, claim, n)
    for m in found:
        m.sentence = sight.sentence_of(m.start)
        above = next((j for j in (m.head, *ancestors(analysis, m.head)) if j in sight.events), -1)
        if above >= 0:
            m.event, m.event_kind = above, sight.events[above][0]
    sight.mentions = sorted(found, key=lambda m: (m.start, m.end, ROLES.index(m.role)))
    return sight


def _seen(sight: Sight) -> list[Mention]:
    a = sight.analysis
    names = [
        m.span for e in sight.reading.entities if e.kind == "person" for m in e.mentions if m.form in ("name", "alias")
    ]
    found: list[Mention] = []
    for role in ROLES:
        for seen in sight.evidence.spans(role, LEAST):
            for span in snapped(a, sight.evidence, role, seen.start, seen.end):
                whole = _whole_name(names, span) if role == "victim_name" else span
                if role == "victim":
                    whole = _without_name(a, names, span)
                chance = sight.evidence.probability(role, span.start, span.end)
                words = fill_of(a.text[whole.start : whole.end])
                twin = next((m for m in found if m.role == role and m.start < whole.end and whole.start < m.end), None)
                if twin is not None:
                    twin.probability = max(twin.probability, chance)
                elif words:
                    found.append(Mention(role, whole.start, whole.end, 0, chance, words, head_of(a, whole)))
    return found


def _whole_name(names: Iterable[Span], span: Span) -> Span:
    """Return the person's name that the words lie in, if any: at a low threshold the model sees pieces of names."""
    return next(
        (n for n in names if n.start < span.end and span.start < n.end and n.end - n.start < LONGEST_NAME), span
    )


def _without_name(a: Analysis, names: Iterable[Span], span: Span) -> Span:
    """Return a description without the name that it ends in: "judge" of "judge Irena Maro"."""
    name = next((n for n in names if span.start < n.start < span.end), None)
    if name is None:
        return span
    inside = a.tokens_in(span.start, name.start)
    return a.span(inside[0], inside[-1] + 1) if len(inside) else span


def _told(claim: Claim) -> list[tuple[str, str]]:
    """Return the roles and words of a claim."""
    value = claim.value
    if isinstance(value, Victim):
        name = [("victim_name", value.name)] if value.name and value.number == 1 else []
        return name + ([("victim", value.description)] if value.description else [])
    if isinstance(value, Target):
        return [("target", value.name)]
    if isinstance(value, Weapon):
        return [("weapon", value.name)]
    if isinstance(value, Actor):
        return [("organization" if value.kind in ("organization", "government_body") else "perpetrator", value.name)]
    return []


def _add(sight: Sight, found: list[Mention], role: str, words: str, span: Span, claim: Claim, incident: int) -> None:
    same = [m for m in found if m.role == role and m.start < span.end and span.start < m.end]
    for m in same:
        if claim.confidence > m.confidence:
            m.claim, m.confidence = claim, claim.confidence
        if incident not in m.incidents:
            m.incidents = (*m.incidents, incident)
    told = fill_words(words)
    if same or not told or told.lower() in _leading() or re.fullmatch(r"[\d,.~-]+", told):
        return
    chance = sight.evidence.probability(role, span.start, span.end)
    m = Mention(role, span.start, span.end, 0, chance, told, head_of(sight.analysis, span), by_rules=True)
    m.claim, m.confidence, m.incidents = claim, claim.confidence, (incident,)
    found.append(m)


EDGES = ("begins", "least inside", "before it", "behind it")
"""What `Evidence.edges` gives."""


def said_columns(sight: Sight, m: Mention) -> Row:
    """Return in whose words a mention stands, and whether its words are those of a speaker."""
    entity = sight.entities.get(m.head)
    about = [s for s in sight.reading.statements if any(c.start <= m.start < c.end for c in s.content)]
    own = [
        s
        for s in sight.reading.statements
        if (s.source and s.source.start < m.end and m.start < s.source.end)
        or (entity is not None and s.speaker_id == entity.id)
    ]
    acts, spoken = {s.act for s in about}, {s.act for s in own}
    speakers = {s.speaker_kind for s in about}
    return {
        "said by authority": float("authority" in speakers),
        "said by group": float("armed_group" in speakers),
        "said by others": float(bool(speakers - {"authority", "armed_group"})),
        "in accusation": float("accuses" in acts),
        "in claim": float("claims_responsibility" in acts),
        "in denial": float("denies" in acts),
        "in threat": float("threatens" in acts),
        "uncertain": float(any(s.certainty != "certain" for s in about)),
        "speaks": float(bool(own)),
        "claims": float(bool(spoken & {"claims_responsibility", "confesses"})),
        "denies": float("denies" in spoken),
    }


def mention_rows(sight: Sight) -> list[Row]:
    """Return a row for each mention and kind: does it fill its role in a template of that kind?"""
    top, any_kind = sight.kinds.max(0), sight.kinds.max(1)
    around = np.vstack([np.zeros((1, len(KINDS))), sight.kinds, np.zeros((1, len(KINDS)))])
    alike: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    same: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for m in sight.mentions:
        same[m.role, m.words].append(m)
        alike[SIDE[m.role], m.last].append(m)
    told: dict[int, list[str]] = defaultdict(list)
    for at, (kind, _) in sight.events.items():
        told[sight.analysis.sentence_of(at)].append(kind)
    rows = []
    for m in sight.mentions:
        base = _mention_row(sight, m, same[m.role, m.words], alike[SIDE[m.role], m.last], any_kind)
        base["events"] = float(len(told[m.sentence]))
        for k, kind in enumerate(KINDS):
            own = [sight.incident_chances[n] for n in m.incidents if sight.incident_kinds[n] == kind]
            others = [sight.incident_chances[n] for n in m.incidents if sight.incident_kinds[n] != kind]
            in_record = zip(sight.incident_chances, sight.incident_kinds, strict=True)
            here = sight.kinds[m.sentence]
            rows.append(
                base
                | {f"is {x}": float(x == kind) for x in KINDS}
                | {
                    "kind": here[k],
                    "kind before": around[m.sentence, k],
                    "kind after": around[m.sentence + 2, k],
                    "kind in text": top[k],
                    "other kind": float(np.delete(here, k).max()),
                    "kind rank": float((here > here[k]).sum()),
                    "kind rank in text": float((top > top[k]).sum()),
                    "event kind": float(m.event_kind == kind),
                    "event other": float(m.event >= 0 and m.event_kind not in ("", kind)),
                    "told kind": float(sum(x == kind for x in told[m.sentence])),
                    "told other": float(sum(x not in ("", kind) for x in told[m.sentence])),
                    "incident kind": max(own, default=0.0),
                    "incident other": max(others, default=0.0),
                    "record kind": max((p for p, x in in_record if x == kind), default=0.0),
                }
            )
    return rows


def _mention_row(sight: Sight, m: Mention, same: list[Mention], alike: list[Mention], any_kind: Floats) -> Row:
    a, e = sight.analysis, sight.evidence
    count, token, entity, s = len(any_kind), a.tokens[m.head], sight.entities.get(m.head), m.sentence
    effect, standing = sight.attribute("victim_effect", m), sight.attribute("confidence", m)
    people = person_kind(a, m.head)
    sort = entity.kind if entity is not None else ""
    row = {f"role {r}": e.probability(r, m.start, m.end) for r in e.role_names}
    row |= {f"in role {r}": float(r == m.role) for r in ROLES}
    row |= {
        "own": m.probability,
        "same": float(len(same)),
        "same best": max(x.probability for x in same),
        "same first": float(same[0] is m),
        "alike": float(len(alike)),
        "alike best": max(x.probability for x in alike),
        "sentence": float(s),
        "sentences": float(count),
        "how far": s / count,
        "any": any_kind[s],
        "any before": any_kind[s - 1] if s else 0.0,
        "any after": any_kind[s + 1] if s + 1 < count else 0.0,
        "any in text": any_kind.max(),
        "any mean": any_kind.mean(),
        "by rules": float(m.by_rules),
        "incidents": float(len(m.incidents)),
        "confidence": m.confidence,
        "incident": max((sight.incident_chances[n] for n in m.incidents), default=0.0),
        "rules' claim": float(m.claim is not None and m.claim.maker.startswith("rules")),
        "fact": float(m.claim is not None and m.claim.standing in (None, "reported_as_fact")),
        "voices": float(len(m.claim.chain)) if m.claim else -1.0,
        "event": float(m.event >= 0),
        "proper": float(token.pos == "PROPN"),
        "plural": float(token.tag in ("NNS", "NNPS")),
        "pronoun": float(token.pos == "PRON"),
        "words": float(len(m.words.split())),
        "digit": float(any(c.isdigit() for c in m.words)),
        "attacker": float(is_attacker(a, m.head)),
        "target word": float(target_kind(a, m.head) is not None),
        "weapon word": float(weapon_kind(a, m.head) is not None),
        "people word": float(people is not None),
        "fighter": float(people in ("active_military", "law_enforcement", "armed_group_member")),
        "subject": float(token.dep == "nsubj"),
        "object": float(token.dep in ("dobj", "nsubjpass")),
        "conjunct": float(token.dep == "conj"),
        "modifier": float(token.dep in ("poss", "compound")),
        "prepositional": float(token.dep == "pobj"),
        "mentions of it": float(len(entity.mentions)) if entity is not None else 0.0,
        "dead": effect[0],
        "hurt": effect[1],
        "unhurt": effect[2:5].sum(),
        "as fact": standing[0],
        "as suspected": standing[3] + standing[4],
        "state": sight.attribute("category", m)[1],
        "mentions": float(len(sight.mentions)),
        "record": float(len(sight.incident_kinds)),
    }
    return row | {
        f"entity {k}": float(sort == k) for k in ("person", "organization", "government_body", "place", "group")
    }
