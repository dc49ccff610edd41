"""Which times and places of a sentence are those of what came after: the hospital, the court, the inquiry."""

from __future__ import annotations

from functools import cache

from sayso.extract.incidents.syntax import ancestors, children
from sayso.languages import words
from sayso.model.analysis import Analysis

DONE = (("care", "caring"), ("law", "judging"))
"""Lists of where something is done and of the verbs of it."""
LEADS = ("in", "at", "to", "into", "on", "before")
SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(map(str, words("circumstances")["aftermath"][name]))


def afterwards(a: Analysis, at: int, events: frozenset[int]) -> bool:
    """Say whether what stands at token `at` is of the care for the hurt or of the law's dealings, not of a deed.

    "Died in a hospital in Varda", "went on trial in Varda on Friday"; but a hospital that a deed's own word governs
    ("a bomb went off at a hospital in Varda") is where it happened. `events` are the words for deeds.
    """
    for j in ancestors(a, at):
        lemma = a.tokens[j].lemma.lower()
        if any(lemma in _list(verbs) and _there(a, j, places) for places, verbs in DONE) or _proceeding(a, j):
            return True
        if j in events:
            return False
        if lemma in _list("proceedings"):
            return not any(j < event < at for event in events)  # "the inquiry into the killing of six in May"
    return False


def _there(a: Analysis, verb: int, places: str) -> bool:
    """Say whether a verb leads to one of the places where people are cared for or judged."""
    leads = (p for p in children(a, verb, "prep") if a.tokens[p].text.lower() in LEADS)
    return any(a.tokens[o].lemma.lower() in _list(places) for p in leads for o in children(a, p, "pobj"))


def _proceeding(a: Analysis, verb: int) -> bool:
    """Say whether a verb tells of an inquiry, a trial or a funeral: "the inquiry into the bombing opened on Monday".

    The parser may hang the verb on a noun inside the subject; the subject is then above it.
    """
    if a.tokens[verb].pos != "VERB":
        return False
    subjects = children(a, verb, *SUBJECTS)
    if not subjects and a.tokens[verb].lemma.lower() in _list("judging"):
        subjects = [j for j in ancestors(a, verb) if j < verb]
    return any(a.tokens[s].lemma.lower() in _list("proceedings") for s in subjects)
