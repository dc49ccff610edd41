"""Hangs on each event who did it, to whom, with what, where and when, by the grammar of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.events import Event
from sayso.extract.incidents.harms import Harm
from sayso.extract.incidents.harms import harms as harms_of
from sayso.extract.incidents.participants import event_agents, event_patients
from sayso.extract.incidents.phrases import found_dead, told_later
from sayso.extract.incidents.references import References
from sayso.extract.incidents.same import same_places
from sayso.extract.incidents.syntax import (
    ancestors,
    children,
    clause_verb,
    objects,
    prepositional,
    subjects,
)
from sayso.model.analysis import Analysis
from sayso.model.edtf import bounds
from sayso.model.place import PlaceMention
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.model.when import TimeMention, When

UPDATES = frozenset(
    {"rise", "climb", "increase", "reach", "raise", "say", "confirm", "announce", "identify", "name", "tell", "claim",
     "blame", "release", "bury", "mourn", "condemn", "visit", "update", "protest", "denounce", "report", "learn",
     "state", "warn", "demand", "investigate", "issue", "order", "suspend", "free", "convict", "charge", "acquit",
     "sentence", "arrest", "detain", "meet", "arrive", "hold", "appear", "accuse", "suspect", "plead", "hear", "assure"}
)  # fmt: skip
"""Verbs whose time and place are those of the news, not of the event."""
DAY_WORDS = re.compile(
    r"day|tonight|night|morning|evening|noon|\b\d{4}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
NEAR = frozenset(
    {"at", "near", "outside", "inside", "in front of", "next to", "beside", "under", "on", "against", "into", "in",
     "close to", "beneath", "behind", "alongside", "onto", "through", "aboard", "toward", "towards", "opposite"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event with its roles, as token indexes; times and places with how surely they are its own (0-3)."""

    event: Event
    agents: tuple[int, ...]
    people: tuple[int, ...]
    targets: tuple[int, ...]
    weapons: tuple[int, ...]
    harms: tuple[Harm, ...]
    damage: tuple[tuple[int, str], ...]
    times: tuple[tuple[TimeMention, float], ...]
    places: tuple[tuple[PlaceMention, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The article's times, places and reporting words, by sentence."""

    times: dict[int, list[TimeMention]]
    places: dict[int, list[PlaceMention]]
    cues: frozenset[int]


def surroundings(
    a: Analysis, when: Sequence[TimeMention], where: Sequence[PlaceMention], said: Sequence[Statement]
) -> Surroundings:
    """Sort the article's times and places by sentence, and note which verbs only report."""
    times: dict[int, list[TimeMention]] = {}
    places: dict[int, list[PlaceMention]] = {}
    for t in when:
        if t.when is not None:
            times.setdefault(a.sentence_of(a.token_at(t.span.start)), []).append(t)
    for p in (*where, *same_places(a, where)):
        if p.use != "actor":
            places.setdefault(a.sentence_of(a.token_at(p.span.start)), []).append(p)
    cues = {i for s in said if s.cue for i in a.tokens_in(s.cue.start, s.cue.end)}
    return Surroundings(times=times, places=places, cues=frozenset(cues))


def head_of(a: Analysis, span: Span) -> int:
    """Return the token of a span that the others hang on."""
    inside = a.tokens_in(span.start, span.end)
    for i in inside:
        if a.tokens[i].head not in inside or a.tokens[i].head == i:
            return i
    return inside[0] if len(inside) else a.token_at(span.start)


def _attachment(a: Analysis, at: int, event: Event, others: frozenset[int], cues: frozenset[int]) -> float:
    """Return how surely what stands at token `at` belongs to the event: 3 hangs on it, 0 belongs elsewhere."""
    if at == event.i:
        return 3.0
    path = list(ancestors(a, at))
    crossed = next((j for j in path if j in others or j == event.i), None)
    if crossed == event.i:
        return 3.0
    if crossed is not None and event.i not in path:
        if event.form == "part" and a.tokens[event.i].head == crossed and a.tokens[event.i].dep == "nsubj":
            return 2.0
        mine = crossed in ancestors(a, event.i) and event.form != "part"
        seized = lexicon.verb_triggers().get(a.tokens[crossed].lemma.lower())
        if mine and seized is not None and seized.kind == "arrest" != event.kind:
            return 0.0  # "arrested on Wednesday on suspicion of strangling": the day of the arrest alone
        return 1.0 if mine and crossed not in cues else 0.3
    verb = clause_verb(a, at)
    own = clause_verb(a, event.i)
    if verb in cues or (verb != event.i and a.tokens[verb].lemma.lower() in UPDATES):
        return 0.0
    if verb == own or (a.tokens[verb].dep == a.tokens[own].dep == "acl" and a.tokens[verb].head == a.tokens[own].head):
        return 2.0  # "a man armed with a gun opened fire here Saturday, killing three": the parser lost the verb
    if verb in ancestors(a, own) or own in ancestors(a, verb):
        return 1.0
    return 0.5


def tell(who: References, events: Sequence[Event], near: Surroundings) -> list[Told]:
    """Return every event with its roles, in text order."""
    triggers: dict[int, set[int]] = {}
    for event in events:
        triggers.setdefault(event.sentence, set()).add(event.i)
    return [_tell(who, event, frozenset(triggers[event.sentence] - {event.i}), near) for event in events]


STAYS = frozenset({"remain", "stay", "recover", "lie"})
"""What the wounded do when it is over: "two of the wounded remained in hospital on Sunday"."""
FOUND = 1.9
"""How surely what is said of a finding ("found dead on Sunday") is of the deed: it keeps no two events apart."""
COMES = frozenset({"come", "occur", "happen", "follow"})
SPELLS = frozenset({"minute", "hour", "day", "week", "month", "year", "decade", "weekend", "night"})
"""Verbs that set one event after another, and the nouns that say by how much: "came two weeks after"."""


def spell(a: Analysis, *heads: int) -> bool:
    """Say whether a length of time hangs on one of some words: "a week after"."""
    return any(a.tokens[c].lemma.lower() in SPELLS for i in heads for c in children(a, i, "npadvmod"))


def _own_end(a: Analysis, i: int) -> int:
    """Return where what is told of an event ends: "the attack came a week after" a bomb that is not its own."""
    verb = a.tokens[i].head
    if a.tokens[verb].lemma.lower() in COMES:
        for c in children(a, verb, "prep"):
            if i < c and a.tokens[c].text.lower() in ("after", "before") and spell(a, c, verb):
                return c
    return len(a.tokens)


def _tell(who: References, event: Event, others: frozenset[int], near: Surroundings) -> Told:
    a = who.analysis
    agents = [j for j in event_agents(a, event) if j not in others]
    patients = [j for j in event_patients(a, event) if j not in others]
    doers = {e.id for j in agents for e in who.people(j)}
    people = [j for j in patients if who.is_people(j) and not any(e.id in doers for e in who.people(j))]
    targets = [j for j in patients if j not in people and lexicon.target_kind(a, j)]
    if event.kind == "vehicle_attack":
        targets = [j for j in targets if lexicon.target_kind(a, j) != "vehicle"]
    targets += [j for j in _near_targets(a, event) if j not in targets and j not in people]
    harms, end = list(harms_of(who, event)), _own_end(a, event.i)
    most = FOUND if found_dead(a, event.i) else 3.0
    return Told(
        event=event,
        agents=tuple(agents),
        people=tuple(people),
        targets=tuple(sorted(j for j in targets if j < end)),
        weapons=tuple(j for j in _weapons(a, event, others, near.cues) if j < end),
        harms=tuple(harms),
        damage=tuple(_damage(a, event)),
        times=tuple(_times(a, event, others, near)),
        places=tuple(
            (p, min(score, most))
            for p in near.places.get(event.sentence, ())
            if (score := _attachment(a, head_of(a, p.span), event, others, near.cues)) > 0
        ),
    )


def _times(
    a: Analysis, event: Event, others: frozenset[int], near: Surroundings
) -> Iterator[tuple[TimeMention, float]]:
    """Yield the times of an event: not "since May", but the May of "since May, when a bomb killed five"."""
    above = {event.i, *ancestors(a, event.i)}
    later = event.kind == "harm" and (
        told_later(a, event.i) if event.form == "verb" else a.tokens[clause_verb(a, event.i)].lemma.lower() in STAYS
    )
    most = 1.0 if later else FOUND if found_dead(a, event.i) else 3.0
    for t in near.times.get(event.sentence, ()):
        head = head_of(a, t.span)
        clauses = [c for i in a.tokens_in(t.span.start, t.span.end) for c in children(a, i, "relcl", "advcl")]
        since = t.when is not None and t.when.edtf.endswith("/..") and event.i > head and _when_clause(a, event.i)
        if since or any(c in above for c in clauses):
            yield closed(t), 3.0
            continue
        if t.counted_from is not None and (after := a.governed(a.token_at(t.span.end - 1))) is not None:
            if after in above:  # "two days after a bomb killed six" tells of two days
                yield _counted_from(t, t.counted_from), 3.0
                continue
            head = a.tokens[after].head if a.tokens[after].dep == "advcl" else head
        score = min(_attachment(a, head, event, others, near.cues), most)
        if score > 0 and t.when is not None and not t.when.edtf.endswith("/.."):
            yield t, score


def _when_clause(a: Analysis, i: int) -> bool:
    """Say whether the event stands in a clause that "when" opens."""
    return any(a.tokens[c].text.lower() == "when" for c in children(a, clause_verb(a, i), "advmod"))


def closed(t: TimeMention) -> TimeMention:
    """Return the day or month that an open interval starts or ends with; other times as they are."""
    if t.when is None or ".." not in t.when.edtf:
        return t
    edtf = t.when.edtf.replace("/..", "").replace("../", "")
    earliest, latest = bounds(edtf)
    return replace(t, when=replace(t.when, edtf=edtf, earliest=earliest, latest=latest))


def _counted_from(t: TimeMention, day: str) -> TimeMention:
    """Return the day of what "two days after" names, on the same words."""
    earliest, latest = bounds(day)
    return replace(t, when=When(edtf=day, earliest=earliest, latest=latest, basis="relative"))


def clock_only(t: TimeMention) -> bool:
    """Say whether the words give a time of day and no day: "at about 7.40 a.m."."""
    return t.when is not None and t.when.clock is not None and not DAY_WORDS.search(t.span.text)


def _near_targets(a: Analysis, event: Event) -> Iterator[int]:
    """Yield the things that the event happened at: "exploded outside a bank", "placed in a bin near the office"."""
    if event.kind == "harm":
        return
    scenery = lexicon.word_set("targets", "scenery")
    starts = [event.i]
    token = a.tokens[event.i]
    if event.form == "noun" and token.dep in ("nsubj", "dobj", "nsubjpass") and token.head != event.i:
        starts.append(token.head)
    if event.form == "frame" and event.weapon is not None:
        starts.append(event.weapon)
    for start in starts:
        for preposition, j in prepositional(a, start):
            if preposition in NEAR and lexicon.target_kind(a, j) and a.tokens[j].lemma.lower() not in scenery:
                yield j


def _weapons(a: Analysis, event: Event, others: frozenset[int], cues: frozenset[int]) -> Iterator[int]:
    """Yield the weapons of an event: its own, those it was done "with", those before the noun, those that did it."""
    seen: set[int] = set()
    vague = lexicon.word_set("weapons", "vague")
    found = [event.weapon] if event.weapon is not None else []
    if event.form == "noun":
        found += [c for c in children(a, event.i, "compound", "amod", "nmod") if lexicon.weapon_kind(a, c)]
        if a.tokens[event.i].dep == "pobj":
            found += [c for c in children(a, clause_verb(a, event.i), "nsubj") if lexicon.weapon_kind(a, c)]
    else:
        found += [j for j in [*subjects(a, event.i), *objects(a, event.i)] if lexicon.weapon_kind(a, j)]
    for preposition, j in prepositional(a, event.i):
        if preposition in ("with", "by", "using", "from") and lexicon.weapon_kind(a, j):
            found.append(j)
    sentence = a.sentences[event.sentence]
    for j in range(sentence.first, sentence.last):
        token = a.tokens[j]
        whole = token.dep != "compound" or a.tokens[token.head].lemma.lower() in ("fire", "wound", "round", "burst")
        if token.pos in ("NOUN", "PROPN") and whole and token.lemma.lower() not in vague:
            kind = lexicon.weapon_kind(a, j)
            if kind and event.kind not in ("arrest", "threat") and _attachment(a, j, event, others, cues) >= 1:
                found.append(j)
    for j in found:
        if j not in seen:
            seen.add(j)
            yield j


def _damage(a: Analysis, event: Event) -> Iterator[tuple[int, str]]:
    """Yield the things that the event's own verb damages or destroys."""
    token = a.tokens[event.i]
    if event.stage == "attempted":
        return
    verbs = lexicon.damage_verbs()
    effect = verbs.get(token.lemma.lower()) if event.form == "verb" else None
    if effect is None and event.form == "verb" and event.kind == "arson":
        effect = "destroyed" if token.lemma.lower() in ("torch", "raze") else "damaged"
    if effect:
        for j in objects(a, event.i):
            if lexicon.target_kind(a, j):
                yield j, effect


def victims_named(a: Analysis, told: Told) -> list[int]:
    """Return the heads of the people of an event, those harmed included."""
    return sorted({*told.people, *(h.head for h in told.harms if h.head is not None)})
