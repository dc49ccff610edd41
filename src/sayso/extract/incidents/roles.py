"""Hangs on each event who did it, to whom, with what, where and when, by the grammar of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.events import STATE_VERBS, Event, suffering_verbs
from sayso.extract.incidents.losses import quantity
from sayso.extract.incidents.participants import event_agents, event_patients
from sayso.extract.incidents.references import References
from sayso.extract.incidents.syntax import (
    ancestors,
    children,
    clause_verb,
    objects,
    prepositional,
    subjects,
)
from sayso.model.analysis import Analysis
from sayso.model.claim import Effect, Quantity
from sayso.model.edtf import bounds
from sayso.model.place import PlaceMention
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.model.when import TimeMention

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
class Harm:
    """What became of people: the effect, the head token of who they are (None for a bare toll), and how many.

    `implied`: the words say only that they were shot or stabbed.
    """

    effect: Effect
    head: int | None
    quantity: Quantity | None
    evidence: tuple[int, int]
    implied: bool = False


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
    for p in where:
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
        return 1.0 if mine and crossed not in cues else 0.3
    verb = clause_verb(a, at)
    own = clause_verb(a, event.i)
    if verb in cues or (verb != event.i and a.tokens[verb].lemma.lower() in UPDATES):
        return 0.0
    if verb == own:
        return 2.0
    if verb in ancestors(a, own) or own in ancestors(a, verb):
        return 1.0
    return 0.5


def tell(who: References, events: Sequence[Event], near: Surroundings) -> list[Told]:
    """Return every event with its roles, in text order."""
    triggers: dict[int, set[int]] = {}
    for event in events:
        triggers.setdefault(event.sentence, set()).add(event.i)
    return [_tell(who, event, frozenset(triggers[event.sentence] - {event.i}), near) for event in events]


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
    harms = list(_harms(who, event))
    return Told(
        event=event,
        agents=tuple(agents),
        people=tuple(people),
        targets=tuple(sorted(targets)),
        weapons=tuple(_weapons(a, event, others, near.cues)),
        harms=tuple(harms),
        damage=tuple(_damage(a, event)),
        times=tuple(_times(a, event, others, near)),
        places=tuple(
            (p, score)
            for p in near.places.get(event.sentence, ())
            if (score := _attachment(a, head_of(a, p.span), event, others, near.cues)) > 0
        ),
    )


def _times(
    a: Analysis, event: Event, others: frozenset[int], near: Surroundings
) -> Iterator[tuple[TimeMention, float]]:
    """Yield the times of an event: not "since May", but the May of "since May, when a bomb killed five"."""
    above = {event.i, *ancestors(a, event.i)}
    for t in near.times.get(event.sentence, ()):
        head = head_of(a, t.span)
        clauses = [c for i in a.tokens_in(t.span.start, t.span.end) for c in children(a, i, "relcl", "advcl")]
        since = t.when is not None and t.when.edtf.endswith("/..") and event.i > head and _when_clause(a, event.i)
        if since or any(c in above for c in clauses):
            yield closed(t), 3.0
            continue
        score = _attachment(a, head, event, others, near.cues)
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


def _span_of(a: Analysis, *heads: int) -> tuple[int, int]:
    return min(heads), max(heads) + 1


def _harms(who: References, event: Event) -> Iterator[Harm]:
    """Yield what the event's own words say became of people."""
    a = who.analysis
    token = a.tokens[event.i]
    effect = lexicon.harm_verbs().get(token.lemma.lower())
    if event.form == "noun":
        yield from _noun_harms(who, event)
        return
    if event.form == "part":
        if event.kind == "kidnapping":
            for j in event_patients(a, event):
                yield Harm(effect="abducted", head=j, quantity=quantity(a, j), evidence=_span_of(a, event.i, j))
        return
    lemma = token.lemma.lower()
    if lemma in STATE_VERBS or (effect is None and lemma == "shoot"):
        yield from _left(who, event)
        if lemma != "shoot":
            return
    if effect is None and lemma in suffering_verbs():
        yield from _suffered(who, event)
        return
    if effect is None:
        effect = {"kidnapping": "abducted", "arrest": "arrested", "assassination": "killed"}.get(event.kind)
    if effect is None and event.kind in ("armed_attack", "stabbing") and lemma in ("shoot", "stab", "gun"):
        effect = "killed" if lemma == "gun" or _to_death(a, event.i) else "wounded"
    if effect is None or event.stage == "attempted":
        return
    implied = effect == "wounded" and lexicon.harm_verbs().get(lemma) is None
    became: Effect = "killed" if effect == "died" else effect  # type: ignore[assignment]
    heads = subjects(a, event.i) if effect == "died" else objects(a, event.i)
    for j in heads:
        if who.is_people(j) and not (a.tokens[j].pos == "PRON" and j in subjects(a, event.i) and effect != "died"):
            evidence = _span_of(a, event.i, j)
            yield Harm(effect=became, head=j, quantity=quantity(a, j), evidence=evidence, implied=implied)


def _suffered(who: References, event: Event) -> Iterator[Harm]:
    """Yield the harm of "three people sustained injuries"."""
    a = who.analysis
    for j in subjects(a, event.i):
        if who.is_people(j):
            yield Harm(effect="wounded", head=j, quantity=quantity(a, j), evidence=_span_of(a, event.i, j))


def _to_death(a: Analysis, i: int) -> bool:
    words = {a.tokens[c].text.lower() for c in a.children[i]}
    if words & {"dead", "down", "fatally"}:
        return True
    for p, j in prepositional(a, i):
        if p == "to" and a.tokens[j].lemma.lower() == "death":
            return True
    return any(a.tokens[c].lemma.lower() in ("kill", "die") for c in children(a, i, "conj"))


def _left(who: References, event: Event) -> Iterator[Harm]:
    """Yield the harm of "left three dead and five wounded", "shot dead two men", "found dead"."""
    a = who.analysis
    for c in a.children[event.i]:
        state = a.tokens[c].text.lower()
        effect: Effect | None = (
            "killed" if state == "dead" else "wounded" if state in ("wounded", "injured", "hurt") else None
        )
        if effect is None:
            continue
        heads = children(a, c, "nsubj", "nsubjpass") or objects(a, event.i)
        for j in heads:
            if who.is_people(j):
                yield Harm(effect=effect, head=j, quantity=quantity(a, j), evidence=_span_of(a, event.i, j, c))


def _toll(who: References, event: Event) -> Iterator[Harm]:
    """Yield the harm of a bare count: "at least 11 wounded", "the death toll rose to 12", "put the dead at nine"."""
    a = who.analysis
    i = event.i
    effect: Effect = lexicon.toll_nouns()[a.tokens[i].lemma.lower()]  # type: ignore[assignment]
    count = i
    if not children(a, i, "nummod"):
        spots = [*prepositional(a, i)]
        if a.tokens[i].dep in ("nsubj", "dobj", "nsubjpass"):
            spots += prepositional(a, a.tokens[i].head)
        numbers = [j for p, j in spots if p in ("to", "at", "of") and a.tokens[j].tag == "CD"]
        if not numbers:
            return
        count = numbers[0]
    found = quantity(a, count)
    if found is not None:
        yield Harm(effect=effect, head=None, quantity=found, evidence=_span_of(a, i, count))


def _noun_harms(who: References, event: Event) -> Iterator[Harm]:
    a = who.analysis
    if event.kind == "harm":
        yield from _toll(who, event)
        return
    lemma = a.tokens[event.i].lemma.lower()
    effect: Effect | None = None
    if lemma in (
        "killing",
        "murder",
        "assassination",
        "massacre",
        "slaying",
        "execution",
        "beheading",
        "death",
        "lynching",
    ):
        effect = "killed"
    elif event.kind == "kidnapping":
        effect = "abducted"
    elif event.kind == "arrest":
        effect = "arrested"
    if effect is None or event.stage == "attempted":
        return
    for j in event_patients(a, event):
        if who.is_people(j):
            yield Harm(effect=effect, head=j, quantity=quantity(a, j), evidence=_span_of(a, event.i, j))


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
