"""What the model sees and the rules missed: events without a word for them, words in a role near an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.extract.incidents.events import Event
from sayso.extract.incidents.fill import Setting, victims
from sayso.extract.incidents.group import Draft
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.lexicon import target_kind, weapon_kind
from sayso.extract.incidents.roles import Told, head_of
from sayso.extract.incidents.rows import SLOT_ROLES, nearness, sentences_of
from sayso.extract.incidents.standing import standing_of
from sayso.model.analysis import Analysis
from sayso.model.claim import Actor, ActorKind, Effect, Target, Weapon
from sayso.model.evidence import Evidence
from sayso.model.incident import Stage
from sayso.model.place import PlaceMention
from sayso.model.when import TimeMention

HEAD_KIND = {
    "attack": "armed_attack",
    "bombing": "bombing",
    "kidnapping": "kidnapping",
    "arson": "arson",
    "robbery": "robbery",
    "hijacking": "hijacking",
}
SURE = 0.4
"""How sure the model must be of a sentence in which the rules find no word for an event."""


def unnamed(a: Analysis, told: Sequence[Told], evidence: Evidence) -> list[Event]:
    """Return an event for each sentence that tells of an incident without a word for it that the rules know."""
    known = {t.event.sentence for t in told if t.event.kind != "harm"}
    found = []
    for s, sentence in enumerate(a.sentences):
        row = evidence.kinds[s]
        kind = HEAD_KIND.get(evidence.kind_names[int(row.argmax())])
        if s in known or kind is None or row.max() < SURE:
            continue
        inside = range(sentence.first, sentence.last)
        root = next((i for i in inside if a.tokens[i].head == i or a.tokens[i].head not in inside), sentence.first)
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
REACH = 2
"""Sentences around those that tell of an incident in which words may fill its slots."""
SETTING_REACH = 1
"""The same for places and times, of which all are weighed."""


def add_seen(setting: Setting, made: Sequence[Made], evidence: Evidence, found: Found) -> None:
    """Record words that the model takes for a role, with each incident told near them or tied to them."""
    a = setting.a
    told = [sentences_of(m[0]) for m in made]
    anchors = [[evidence.sentence_link(s) for s in sentences] for sentences in told]
    for slot in ("victim", "perpetrator", "weapon", "target"):
        for role in SLOT_ROLES[slot]:
            for start, end, _ in evidence.spans(role, LEAST_SEEN):
                inside = a.tokens_in(start, end)
                if not len(inside):
                    continue
                s = a.sentence_of(inside[0])
                vector = evidence.link(start, end)
                ties = [max((evidence.together(vector, v) for v in own), default=0.0) for own in anchors]
                for n, m in enumerate(made):
                    close = nearness(s, told[n]) <= REACH or ties[n] == max(ties)
                    if close and not m[3].covers(slot, start, end):
                        _add(setting, m, role, start, end, evidence)
    for n, (_, _, _, ledger) in enumerate(made):
        for p in found.places:
            s = a.sentence_of(a.token_at(p.span.start))
            if (
                p.use != "actor"
                and nearness(s, told[n]) <= SETTING_REACH
                and not ledger.covers("where", p.span.start, p.span.end)
            ):
                ledger.add(
                    "where", p.place, p.span, setting.chain(a.token_at(p.span.start)), confidence=0.2, maker=MAKER
                )
        for t in found.times:
            s = a.sentence_of(a.token_at(t.span.start))
            if (
                t.when
                and t.when.earliest
                and nearness(s, told[n]) <= SETTING_REACH
                and not ledger.covers("when", t.span.start, t.span.end)
            ):
                ledger.add("when", t.when, t.span, setting.chain(a.token_at(t.span.start)), confidence=0.2, maker=MAKER)


MAKER = "model/1"
EFFECTS: dict[str, Effect] = {"death": "killed", "injury": "wounded", "no injury or death": "unharmed"}
VICTIM_EFFECTS = (
    "death",
    "injury",
    "no injury or death",
    "no injury",
    "no death",
    "regained freedom",
    "escaped",
    "resigned",
    "propaganda",
)


def _add(setting: Setting, made: Made, role: str, start: int, end: int, evidence: Evidence) -> None:
    a, who = setting.a, setting.who
    _, kind, _, ledger = made
    inside = a.tokens_in(start, end)
    span = a.span(inside[0], inside[-1] + 1)
    head = head_of(a, span)
    chain = setting.chain(head)
    words = " ".join(a.text[span.start : span.end].split())
    if role in ("victim", "victim_name"):
        sure = evidence.attribute("victim_effect", start, end)
        effect: Effect | None = "abducted" if kind == "kidnapping" else EFFECTS.get(VICTIM_EFFECTS[int(sure.argmax())])
        for value in victims(setting, head, effect):
            described = value if role == "victim_name" else replace(value, description=words)
            ledger.add("victim", described, span, chain, confidence=0.3, maker=MAKER)
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
        standing = standing_of("fact", entity, chain, setting.voices, who)
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
