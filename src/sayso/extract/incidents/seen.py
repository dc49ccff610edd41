"""What the model sees and the rules missed: events without a word for them, words in a role near an incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.extract.incidents.aftermath import afterwards
from sayso.extract.incidents.attributes import effect_seen
from sayso.extract.incidents.earnest import figurative, hypothetical
from sayso.extract.incidents.events import Event
from sayso.extract.incidents.fill import Setting, victims
from sayso.extract.incidents.group import Draft
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.lexicon import person_kind, target_kind, weapon_kind
from sayso.extract.incidents.roles import head_of
from sayso.extract.incidents.rows import SLOT_ROLES, nearness, sentences_of
from sayso.extract.incidents.snap import snapped
from sayso.extract.incidents.standing import standing_of
from sayso.model.analysis import Analysis
from sayso.model.claim import Actor, ActorKind, Effect, Slot, Target, Victim, Weapon
from sayso.model.evidence import Evidence, Floats
from sayso.model.incident import Stage
from sayso.model.place import Place, PlaceMention
from sayso.model.span import Span
from sayso.model.when import TimeMention

HEAD_KIND = {
    "attack": "armed_attack",
    "bombing": "bombing",
    "kidnapping": "kidnapping",
    "arson": "arson",
    "robbery": "robbery",
    "hijacking": "hijacking",
}
SURE = 0.7
"""How sure the model must be of a sentence in which the rules find no word for an event."""


def unnamed(a: Analysis, events: Sequence[Event], evidence: Evidence) -> list[Event]:
    """Return an event for each sentence that tells of an incident without a word for it that the rules know."""
    known = {event.sentence for event in events}
    found = []
    for s, sentence in enumerate(a.sentences):
        row = evidence.kinds[s]
        kind = HEAD_KIND.get(evidence.kind_names[int(row.argmax())])
        if s in known or kind is None or row.max() < SURE:
            continue
        inside = range(sentence.first, sentence.last)
        root = next((i for i in inside if a.tokens[i].head == i or a.tokens[i].head not in inside), sentence.first)
        if hypothetical(a, root) or any(figurative(a, i, kind) for i in inside if a.tokens[i].pos in ("NOUN", "VERB")):
            continue
        found.append(Event(i=root, sentence=s, kind=kind, strength="weak", form="verb", stage="accomplished"))
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """The places and times of the article, as they were resolved."""

    places: Sequence[PlaceMention]
    times: Sequence[TimeMention]


Made = tuple[Draft, str, Stage, Ledger]
"""An incident on its way: the words that tell of it, its kind, its stage and its claims."""


LEAST_SEEN = 0.2
"""How sure the model must be of a role for its words to be weighed at all."""
LEAST_OF = {"shooter_name": 0.1, "city": 0.6}
"""The same for roles in which it is surer, or less sure, of what is right."""
REACH = 2
"""Sentences around those that tell of an incident in which words may fill its slots."""
SETTING_REACH = 1
"""The same for places and times, of which all are weighed."""


def add_seen(setting: Setting, made: Sequence[Made], evidence: Evidence, found: Found) -> None:
    """Record words that the model takes for a role, with each incident told near them or tied to them."""
    a = setting.a
    told = [sentences_of(m[0]) for m in made]
    anchors = [[evidence.sentence_link(s) for s in sentences] for sentences in told]
    slots: tuple[Slot, ...] = ("victim", "perpetrator", "weapon", "target")
    for slot in slots:
        for role in SLOT_ROLES[slot]:
            for seen in evidence.spans(role, LEAST_OF.get(role, LEAST_SEEN)):
                for span in snapped(a, evidence, role, seen.start, seen.end):
                    _lay(setting, made, role, slot, span, told, anchors, evidence)
    _add_towns(setting, made, evidence, found)
    deeds = frozenset(t.event.i for m in made for t in m[0].all)
    places = [p for p in found.places if not afterwards(a, head_of(a, p.span), deeds)]
    times = [t for t in found.times if not afterwards(a, head_of(a, t.span), deeds)]
    for n, (_, _, _, ledger) in enumerate(made):
        for p in places:
            s = a.sentence_of(a.token_at(p.span.start))
            national = p.use == "modifier" and p.place.type == "country"  # "a Chinese engineer" says nothing of where
            if (
                p.use != "actor"
                and not national
                and nearness(s, told[n]) <= SETTING_REACH
                and not ledger.covers("where", p.span.start, p.span.end)
            ):
                ledger.add(
                    "where", p.place, p.span, setting.chain(a.token_at(p.span.start)), confidence=0.2, maker=MAKER
                )
        for t in times:
            s = a.sentence_of(a.token_at(t.span.start))
            if (
                t.when
                and t.when.earliest
                and nearness(s, told[n]) <= SETTING_REACH
                and not ledger.covers("when", t.span.start, t.span.end)
            ):
                ledger.add("when", t.when, t.span, setting.chain(a.token_at(t.span.start)), confidence=0.2, maker=MAKER)


def _lay(
    setting: Setting,
    made: Sequence[Made],
    role: str,
    slot: Slot,
    span: Span,
    told: Sequence[Sequence[int]],
    anchors: Sequence[Sequence[Floats]],
    evidence: Evidence,
) -> None:
    """Record words in a role with the incidents told near them; doers with the nearest alone."""
    a, start, end = setting.a, span.start, span.end
    entity = setting.who.at(head_of(a, span)) if role == "victim_name" else None
    misread = entity is not None and entity.kind in ("organization", "place", "object")
    s = a.sentence_of(a.token_at(start))
    vector = evidence.link(start, end)
    ties = [max((evidence.together(vector, v) for v in own), default=0.0) for own in anchors]
    near = [nearness(s, own) for own in told]
    order = [(d, own[0] > s) for d, own in zip(near, told, strict=True)]
    for n, m in enumerate(made):
        if slot == "target" and m[0].plural:
            continue  # told apart by their targets
        if slot == "perpetrator" and order[n] > min(order):
            continue  # on its word, doers go with the nearest incident, of two the one told before
        close = near[n] <= REACH or ties[n] == max(ties)
        if close and (misread or not m[3].covers(slot, start, end)):
            _add(setting, m, role, span, evidence)


MAKER = "model/1"


def words_of(a: Analysis, start: int, end: int) -> Span | None:
    """Return the whole words that offsets lie in, without marks and a possessive at their ends; None for no word."""
    first, last = a.token_at(start), a.token_at(max(start, end - 1))
    while first <= last and (a.tokens[first].pos in ("PUNCT", "SPACE") or a.tokens[first].end <= start):
        first += 1
    while last >= first and (a.tokens[last].pos in ("PUNCT", "SPACE") or a.tokens[last].tag == "POS"):
        last -= 1
    return a.span(first, last + 1) if first <= last else None


def _add_towns(setting: Setting, made: Sequence[Made], evidence: Evidence, found: Found) -> None:
    """Record the towns that the model takes for where it was, wherever the report names them, and its dateline's."""
    a = setting.a
    known = {i: p for p in found.places for i in a.tokens_in(p.span.start, p.span.end)}
    towns = {p.span: p.place for p in found.places if p.use == "dateline" and p.place.type == "city"}
    for seen in evidence.spans("city", LEAST_OF["city"]):
        span = words_of(a, seen.start, seen.end)
        mention = next((known[i] for i in a.tokens_in(span.start, span.end) if i in known), None) if span else None
        if mention is not None and mention.place.type not in ("landmark", "country"):
            towns[mention.span] = mention.place
        elif mention is None and span is not None and (whole := _proper(setting, span)):
            towns[whole] = _unlisted(a, whole, found.places)
    for span, place in towns.items():
        for _, _, _, ledger in made:
            if not ledger.covers("where", span.start, span.end):
                ledger.add("where", place, span, setting.chain(a.token_at(span.start)), confidence=0.2, maker=MAKER)


def _proper(setting: Setting, span: Span) -> Span | None:
    """Return a town's whole name, with the proper nouns before it ("East Halmar"); None where it is no town's."""
    a = setting.a
    inside = a.tokens_in(span.start, span.end)
    entity = setting.who.at(inside[-1])
    person = entity is not None and entity.kind == "person"
    if person or not all(a.tokens[i].text[:1].isupper() or a.tokens[i].pos == "PUNCT" for i in inside):
        return None
    first, last = inside[0], inside[-1]
    sentence = a.sentences[a.sentence_of(first)]
    while first > sentence.first and a.tokens[first - 1].pos == "PROPN" and a.tokens[first - 1].head == last:
        first -= 1
    return a.span(first, last + 1)


def _unlisted(a: Analysis, span: Span, places: Sequence[PlaceMention]) -> Place:
    """Return a town that the gazetteer lacks: in the region named right after it, else in the report's main country."""
    after = [p.place for p in places if 0 <= p.span.start - span.end <= BESIDE and p.place.type == "region"]
    around = after or [p.place for p in places if p.place.country]
    code, most = next(iter(Counter(p.country for p in around).most_common(1)), (None, 0))
    country = code if 2 * most > len(around) else None
    wider = after[0].names if after else next(p for p in around if p.country == country).names[-1:] if country else ()
    return Place(
        names=(" ".join(a.text[span.start : span.end].split()), *wider),
        type="city",
        country=country,
        admin=after[0].names[0] if after else None,
        latitude=None,
        longitude=None,
        gazetteer_id=None,
        precision=3,
        where_prec=6,
        confidence=0.3,
    )


BESIDE = 3
"""Characters between a town and its region: ", "."""


def _named_victim(setting: Setting, head: int, name: str, effect: Effect | None) -> list[Victim]:
    """Return who bears a name: the person it is known to name, else somebody of that name alone."""
    values, entity = list(victims(setting, head, effect)), setting.who.at(head)
    if entity is not None and entity.kind in ("person", "group"):
        return values
    if not name[:1].isupper():
        return values
    kind = values[0].kind if values else person_kind(setting.a, head) or "civilian"
    return [Victim(name=name, description=None, kind=kind, effect=effect, number=1)]


def _add(setting: Setting, made: Made, role: str, span: Span, evidence: Evidence) -> None:
    a, who = setting.a, setting.who
    _, kind, _, ledger = made
    head = head_of(a, span)
    chain = setting.chain(head)
    words = " ".join(a.text[span.start : span.end].split())
    if role in ("victim", "victim_name"):
        accused = who.at(head)
        if accused is not None and accused.fact("status"):
            return
        effect: Effect | None = "abducted" if kind == "kidnapping" else effect_seen((span,), evidence)
        if kind == "arrest" and effect is not None:
            return  # the dead and wounded are no victims of the arrest
        if role == "victim_name":
            values = _named_victim(setting, head, words, effect)
        else:
            values = [replace(value, description=words) for value in victims(setting, head, effect)]
        for value in values:
            ledger.add("victim", value, span, chain, confidence=0.3, maker=MAKER)
    elif role in ("perpetrator", "organization", "shooter_name"):
        entity = who.at(head)
        if entity is not None and entity.kind in ("place", "object"):
            entity = None
        many = a.tokens[head].tag in ("NNS", "NNPS")
        sort: ActorKind = "organization" if role == "organization" else "group" if many else "person"
        if entity is not None and entity.kind in ("person", "organization", "government_body", "group"):
            sort = entity.kind
        named = who.named(head)
        name = entity.name if named and entity is not None else words
        base = "suspected" if named or role == "shooter_name" else "fact"  # no name as fact on the model's say-so
        standing = standing_of(base, entity, chain, setting.voices, who)
        ledger.add(
            "perpetrator",
            Actor(name=name, kind=sort, entity=entity.id if entity else None),
            span,
            chain,
            standing=standing,
            certainty=setting.voices.certainty(chain),
            confidence=0.3,
            maker=MAKER,
        )
    elif role == "weapon":
        ledger.add(
            "weapon", Weapon(name=words, kind=weapon_kind(a, head) or "other"), span, chain, confidence=0.3, maker=MAKER
        )
    else:
        value_ = Target(name=words, kind=target_kind(a, head) or "other", number=None, effect=None)
        ledger.add("target", value_, span, chain, confidence=0.3, maker=MAKER)
