"""Where the article tells of an incident, word by word, with those who take part by the grammar of each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.events import STATE_VERBS, suffering_verbs
from sayso.extract.incidents.participants import event_agents
from sayso.extract.incidents.references import References
from sayso.extract.incidents.roles import Told, head_of
from sayso.extract.incidents.syntax import children, objects, prepositional, subjects
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Slot
from sayso.model.incident import EventMention

SURE = 3.0
"""How surely a place must be the event's own (0-3) to take part in it."""
NO_ATTACK = frozenset({"arrest", "kidnapping", "killing", "threat"})
"""Kinds that "the attack" is not: it may have killed, but it is not the killing."""


def mentions(who: References, told: Sequence[Told], kind: str) -> tuple[EventMention, ...]:
    """Return the places that tell of an incident of that kind.

    Words for its people ("the bomber") are none, nor is a bomb of which the words leave open whether it went off.
    """
    return tuple(
        m for t in told if t.event.form != "part" and t.event.stage is not None for m in _mentions(who, t, kind)
    )


def _mentions(who: References, t: Told, kind: str) -> Iterator[EventMention]:
    """Yield what one telling says happened: the deed, and where another word says it, what became of people."""
    a = who.analysis
    effects = _effects(a, t)
    deed = _deed(t, kind)
    if deed and t.event.i not in effects:
        parts: list[tuple[Slot, Iterable[int]]] = [
            ("perpetrator", _doers(who, t)),
            ("victim", t.people),
            ("target", t.targets),
            ("weapon", t.weapons),
        ]
        yield _mention(a, t, t.event.i, deed, parts)
    for i, effect in effects.items():
        parts = [("perpetrator", _doers(who, t)), ("victim", _hurt(a, t, i, effect)), ("weapon", t.weapons)]
        if effect in words("losses")["damage"]:
            parts[1] = ("target", [j for j, _ in t.damage])
        yield _mention(a, t, i, effect, parts)


def _deed(t: Told, kind: str) -> str | None:
    """Return the kind that the words have as a deed; None where they only tell of harm.

    "The attack" is of the incident's kind, if that is one of attacks.
    """
    if t.event.kind == "harm":
        return None
    return kind if t.event.generic and kind not in NO_ATTACK else t.event.kind


def _effects(a: Analysis, t: Told) -> dict[int, str]:
    """Return what the words say became of people or things, by the word that says it."""
    i = t.event.i
    token = a.tokens[i]
    lemma = token.lemma.lower()
    if t.event.stage == "attempted":
        return {}
    states = {state: effect for effect, found in words("losses")["states"].items() for state in found}
    told = {c: states[a.tokens[c].text.lower()] for c in a.children[i] if a.tokens[c].text.lower() in states}
    if t.event.form == "noun":
        effect = lexicon.toll_nouns().get(lemma)
        return {i: effect} if effect else {}
    if lemma in suffering_verbs() and t.event.kind == "harm":
        return dict.fromkeys(children(a, i, "dobj"), "wounded")
    effect = lexicon.harm_verbs().get(lemma) or (t.damage[0][1] if t.damage else None)
    if effect:
        return {i: "killed" if effect == "died" else effect}
    return told if lemma in STATE_VERBS or lemma == "shoot" else {}


def _hurt(a: Analysis, t: Told, i: int, effect: str) -> list[int]:
    """Return the heads of those harmed: whoever is no thing, for people may be called by any word ("personnel")."""
    known = [h.head for h in t.harms if h.head is not None and h.effect == effect] or list(t.people)
    if known or t.event.form == "noun" or i != t.event.i:
        return known
    heads = objects(a, i) if lexicon.harm_verbs().get(a.tokens[i].lemma.lower()) != "died" else subjects(a, i)
    return [j for j in heads if not lexicon.target_kind(a, j) and not lexicon.weapon_kind(a, j)]


def _doers(who: References, t: Told) -> list[int]:
    """Return the heads of those who did it; a word for them may imply an event itself ("a bomber blew himself up")."""
    found = event_agents(who.analysis, t.event)
    return [j for j in found if who.attacks(j) or who.analysis.tokens[j].pos == "PRON"]


def _scenes(a: Analysis, t: Told, i: int) -> Iterator[int]:
    """Yield where it was: the places that hang on the event's word, and those that have no name ("across the city")."""
    for place, score in t.places:
        if score >= SURE and place.use == "locative":
            yield head_of(a, place.span)
    for _, j in prepositional(a, i):
        if a.tokens[j].lemma.lower() in _areas():
            yield j


@cache
def _areas() -> frozenset[str]:
    """Return the nouns for settlements, regions, streets and parts of them."""
    return frozenset(w for name in ("settlement", "region", "neighbourhood", "street") for w in words("places")[name])


def _mention(a: Analysis, t: Told, i: int, kind: str, parts: Iterable[tuple[Slot, Iterable[int]]]) -> EventMention:
    found = [
        (slot, a.span(j, j + 1))
        for slot, heads in (*parts, ("where", _scenes(a, t, i)))
        for j in heads
        if not a.tokens[j].text.lower().endswith(("self", "selves"))
    ]
    return EventMention(trigger=a.span(i, i + 1), kind=kind, parts=tuple(dict.fromkeys(found)))
