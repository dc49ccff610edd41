"""Turns of speech for harm: to lose one's life, to be taken to hospital, a body that is found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.extract.incidents.syntax import children, objects, prepositional, subjects
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmPhrase:
    """What a verb with its object or place says became of people.

    `heads` are their head tokens; `counted` is the one of them that only counts them ("nine lives"), if any.
    `implied`: it says no more than that they were taken to hospital.
    """

    effect: Effect
    heads: tuple[int, ...]
    counted: int | None = None
    implied: bool = False


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(map(str, words("losses")["phrases"][name]))


def harm_phrase(a: Analysis, verb: int) -> HarmPhrase | None:
    """Return what the phrase of a verb tells of; None for a verb that makes no such phrase."""
    token = a.tokens[verb]
    lemma = token.lemma.lower()
    if token.pos != "VERB":
        return None
    if lemma in _list("lose") and any(a.tokens[j].lemma.lower() == "life" for j in children(a, verb, "dobj")):
        heads = subjects(a, verb)
        return HarmPhrase(effect="killed", heads=tuple(heads)) if heads else None
    things = [j for j in objects(a, verb) if lemma in _list("find") and a.tokens[j].lemma.lower() in _list("body")]
    things += [j for j in objects(a, verb) if lemma in _list("claim") and a.tokens[j].lemma.lower() == "life"]
    if things:
        return _owned(a, things)
    if lemma in _list("bring") and any(
        p in ("to", "in", "at", "for") and a.tokens[j].lemma.lower() in _list("hospital")
        for p, j in prepositional(a, verb)
    ):
        heads = objects(a, verb)
        return HarmPhrase(effect="wounded", heads=tuple(heads), implied=True) if heads else None
    return None


def _owned(a: Analysis, things: list[int]) -> HarmPhrase | None:
    """Return the deaths of those whose lives or bodies the words tell of, or of as many as they count."""
    for thing in things:
        heads = [j for p, j in prepositional(a, thing) if p == "of"]
        if heads:
            return HarmPhrase(effect="killed", heads=tuple(heads))
        if children(a, thing, "nummod") or a.tokens[thing].lemma.lower() != "life":
            return HarmPhrase(effect="killed", heads=(thing,), counted=thing)
    return None


def told_later(a: Analysis, verb: int) -> bool:
    """Say whether a verb of harm is of a time after the deed: a body is found, somebody dies of his wounds."""
    if a.tokens[verb].lemma.lower() in _list("die"):
        spoken = {a.tokens[c].text.lower() for c in a.children[verb]}
        spoken |= {a.tokens[j].lemma.lower() for _, j in prepositional(a, verb)}
        days = [x for c in children(a, verb, "npadvmod") for x in a.children[c]]
        next_day = any(a.tokens[x].text.lower() in ("next", "following") for x in days)
        return next_day or bool(spoken & _list("later"))
    return harm_phrase(a, verb) is not None


def found_dead(a: Analysis, i: int) -> bool:
    """Say whether a word is that of "was found dead": when and where somebody was found, not when and where he died."""
    verb = a.tokens[i].head if a.tokens[i].dep == "oprd" else i
    return a.tokens[verb].lemma.lower() == "find" and any(
        a.tokens[c].text.lower() == "dead" for c in children(a, verb, "oprd", "acomp", "xcomp")
    )
