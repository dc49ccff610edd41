"""Mends what the parser often gets wrong in the headline and the first sentence of a report."""

from __future__ import annotations

from sayso.languages import words
from sayso.model.analysis import Token


def repair(tokens: list[Token], first: int) -> None:
    """Mend, in place, the tokens from `first` on.

    "Gunmen riding a motorcycle shot dead a teacher": the small English model takes "shot" for a noun and "dead" for the
    sentence's root. The verb gets back its place; the noun before it takes the place that was given to "shot".
    """
    for i in range(first, len(tokens) - 1):
        if tokens[i].text.lower() == "shot" and tokens[i + 1].text.lower() == "dead" and tokens[i].pos == "NOUN":
            _shot_dead(tokens, first, i)
    for i in range(first + 1, len(tokens)):
        proper = tokens[i].pos == "PROPN" and tokens[i].dep in ("dobj", "nsubjpass", "nsubj")
        if proper and tokens[i - 1].pos == "VERB" and tokens[i].text.lower() in words("losses")["numbers"]:
            tokens[i] = tokens[i]._replace(pos="NUM", tag="CD", lemma=tokens[i].text.lower())  # "Gunmen Kill Eleven"


def _shot_dead(tokens: list[Token], first: int, i: int) -> None:
    shot, dead = tokens[i], tokens[i + 1]
    own = [t for t in tokens[first:] if t.head == i and t.i != i]
    noun = next((t.i for t in reversed(own) if t.i < i and t.dep == "compound"), None)
    for t in own:
        if t.i == noun:
            tokens[t.i] = t._replace(head=shot.head, dep=shot.dep)
        elif noun is not None and t.i < i:
            tokens[t.i] = t._replace(head=noun)
    for t in tokens[first:]:
        if t.head == dead.i and t.i not in (dead.i, i):
            tokens[t.i] = t._replace(head=i)
    root = dead.head in (dead.i, i)
    tokens[i] = shot._replace(lemma="shoot", pos="VERB", tag="VBD", dep="ROOT" if root else dead.dep,
                              head=i if root else dead.head)  # fmt: skip
    tokens[i + 1] = dead._replace(dep="advmod", head=i)
