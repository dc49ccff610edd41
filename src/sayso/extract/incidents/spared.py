"""Who came out unharmed: "the mayor escaped unhurt", "the judge survived", "neither guard was injured"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.extract.incidents.references import References
from sayso.extract.incidents.syntax import all_of, children, objects, subjects
from sayso.languages import words
from sayso.model.analysis import Analysis

REACH = 5
"""Sentences back in which the attack is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared:
    """The head of who came to no harm, and the word that says so."""

    head: int
    i: int


def spared(a: Analysis, who: References) -> list[Spared]:
    """Return everybody of whom the text says that they came to no harm, in text order."""
    found = {(head, i): None for i in range(len(a.tokens)) for head in _spared(a, i) if _somebody(a, who, head)}
    return [Spared(head=head, i=i) for head, i in found]


def _spared(a: Analysis, i: int) -> Iterator[int]:
    token, lists = a.tokens[i], words("losses")["spared"]
    lemma = token.lemma.lower()
    if token.text.lower() in lists["unhurt"]:
        yield from all_of(a, subjects(a, token.head))
    elif token.pos != "VERB":
        return
    elif lemma in lists["survive"] and not _denied(a, i):
        told = [a.tokens[o].lemma.lower() for o in objects(a, i)]
        if not told or any(o in lists["attacks"] for o in told):
            yield from all_of(a, subjects(a, i))
    elif lemma in lists["escape"] and not _denied(a, i):
        if any(a.tokens[o].lemma.lower() in lists["attacks"] for o in objects(a, i)):
            yield from all_of(a, subjects(a, i))
    elif lemma in lists["harm"] and token.tag == "VBN" and _denied(a, i):
        yield from all_of(a, children(a, i, "nsubjpass"))


def _denied(a: Analysis, i: int) -> bool:
    return bool(children(a, i, "neg"))


def _somebody(a: Analysis, who: References, head: int) -> bool:
    """Say whether a word is for certain people: a name, or a noun that is made definite, owned or counted."""
    if not who.is_people(head) or a.tokens[head].text.lower() in ("nobody", "none", "one", "who", "that"):
        return False
    before = children(a, head, "det", "poss", "nummod")
    return who.named(head) or any(a.tokens[c].text.lower() not in ("no", "any", "neither") for c in before)
