"""How a place's name is used: where something is, as an actor, or to describe something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sayso.model.analysis import Analysis, Token
from sayso.resolve.where.lexicon import Lexicon
from sayso.resolve.where.walk import Found

_SUBORDINATE = ("compound", "amod", "poss", "nmod")
_STEPS = 8
"""How far up the sentence the preposition or verb is looked for."""
_UNITS = {"km": 1.0, "kilometre": 1.0, "kilometer": 1.0, "mile": 1.609}
_FAR = 14
"""Tokens between a place and the town that tells where it is."""


def set_use(found: Found, analysis: Analysis, lex: Lexicon, dateline: range) -> None:
    """Set `use` and `near` of a found place, by what governs it in the sentence.

    A preposition of place makes it locative, and so does a passive subject ("X was hit") and the object of a verb such
    as "bomb" or "enter"; the subject of another verb is an actor; what stands before a noun modifies it, unless the
    noun is a part of the place ("on Detroit's west side").
    """
    if found.first in dateline:
        found.use = "dateline"
        return
    found.near = _near(found, analysis, lex)
    found.at_sea = _off(found, analysis, lex)
    if found.at_sea and found.form == "demonym":
        found.use = "locative"
        return
    if found.form == "building" or found.heading:
        found.use = "locative"
        return
    found.use = "modifier" if found.form == "demonym" or found.inside else _use(found, analysis, lex)


def _near(found: Found, analysis: Analysis, lex: Lexicon) -> bool:
    """Say whether the words before put something close to the place ("40 km north of X", "outside X")."""
    words = [t.text.lower() for t in analysis.tokens[max(0, found.first - 6) : found.first]]
    words = [w for w in words if w not in ("the", "a")]
    if words[-1:] == ["of"] and words[-2:-1] and words[-2] in lex.settlement - lex.vicinity_nouns:
        words = words[:-2]  # "15 km from the town of X"
    if not words:
        return False
    if words[-1] in lex.vicinity:
        return True
    if len(words) < 2:
        return False
    return (words[-1] in ("of", "from") and words[-2] in lex.vicinity_nouns) or (
        words[-1] == "to" and words[-2] in lex.ways
    )


def _off(found: Found, analysis: Analysis, lex: Lexicon) -> bool:
    """Say whether the words put something at sea: "off the coast of X", "30 km off X", "off the Somali coast"."""
    after = analysis.tokens[found.last].text.lower() if found.last < len(analysis.tokens) else ""
    if found.form == "demonym" and after not in lex.coast:
        return False
    if found.form == "building" and analysis.tokens[found.last - 1].text.lower() not in lex.coast:
        return False
    words = [t.text.lower() for t in analysis.tokens[max(0, found.first - 6) : found.first]]
    words = [w for w in words if w not in ("the", "a", "of")]
    while words and words[-1] in lex.directions | lex.coast:
        words.pop()
    return bool(words) and words[-1] == "off"


def _use(found: Found, analysis: Analysis, lex: Lexicon) -> str:
    tokens = analysis.tokens
    i = _head(found, analysis)
    own = found.rows[0].level if found.rows else 3
    places, wholes = (lex.parted if own else lex.parted_country), lex.wholes
    for _ in range(_STEPS):
        token, head = tokens[i], tokens[tokens[i].head]
        noun = head.text.lower()
        if token.dep in _SUBORDINATE and not found.first <= head.i < found.last:
            if noun not in places:
                return "modifier"
            i = head.i
        elif token.dep in ("pobj", "pcomp"):
            if noun in lex.locative:
                return "locative"
            if noun != "of" or tokens[head.head].text.lower() not in wholes:
                return "modifier"
            i = head.head
            if tokens[i].dep not in ("pobj", "nsubj", "dobj", "nsubjpass", "appos", "conj"):
                return "locative"
        elif token.dep == "npadvmod" and head.lemma.lower() in lex.strikes:
            return "locative"
        elif token.dep in ("appos", "conj", "npadvmod") and head.i != i:
            i = head.i
        elif token.dep in ("nsubj", "agent"):
            return "actor" if own < 3 or head.lemma.lower() in lex.acts else "modifier"
        elif token.dep == "nsubjpass":
            return "locative"
        elif token.dep in ("dobj", "obj"):
            return "locative" if head.lemma.lower() in lex.strikes else "actor"
        else:
            break
    return _by_the_word_before(found, analysis, lex)


def _by_the_word_before(found: Found, analysis: Analysis, lex: Lexicon) -> str:
    """Return the use of a name that the syntax leaves hanging."""
    tokens, before = analysis.tokens, found.first - 1
    while before >= 0 and tokens[before].text.lower() in lex.directions | {"the", "a", "nearby"}:
        before -= 1
    after = tokens[found.last].text if found.last < len(tokens) else ""
    if before >= 0 and tokens[before].text.lower() in lex.locative and after not in ("'s", "’s"):
        return "locative"
    return "modifier"


def _head(found: Found, analysis: Analysis) -> int:
    """Return the token of the name that hangs outside it."""
    for i in range(found.last - 1, found.first - 1, -1):
        head = analysis.tokens[i].head
        if head == i or not found.first <= head < found.last:
            return i
    return found.last - 1


def set_beside(found: list[Found], analysis: Analysis, lex: Lexicon) -> None:
    """Join a place with the town by which the words say where it is ("X, a village 40 km south of Y").

    What happened there happened in X: Y only tells where that is.
    """
    for one, two in pairwise(found):
        gap = analysis.tokens[one.last : two.first]
        if (
            not two.near
            or not two.rows
            or two.form != "name"
            or one.form not in ("name", "building")
            or not 0 < len(gap) <= _FAR
        ):
            continue
        words = {t.text.lower() for t in gap if t.pos != "NUM"}
        if words <= lex.bearing and (gap[0].text in (",", "(") or words & lex.vicinity_nouns):
            one.beside, one.apart, one.toward = two, _kilometres(gap), _degrees(gap, lex)
            two.use = "modifier" if two.use == "locative" and one.use == "locative" else two.use


def _degrees(gap: Sequence[Token], lex: Lexicon) -> float | None:
    """Return the direction that words give ("north-east of"), in degrees from north; None for none, or several."""
    words = re.sub(r"\s*-\s*", "", " ".join(t.text.lower() for t in gap)).split()
    found = {lex.compass[word] for word in words if word in lex.compass}
    return found.pop() if len(found) == 1 else None


def _kilometres(gap: Sequence[Token]) -> float | None:
    """Return the distance that words give ("some 30 kilometres south of"), in kilometres; None where they give none."""
    for number, unit in pairwise(gap):
        size = _UNITS.get(unit.text.lower().rstrip("s"))
        if size is not None and number.pos == "NUM":
            digits = number.text.replace(",", "")
            return float(digits) * size if re.fullmatch(r"\d{1,6}(\.\d+)?", digits) else None
    return None
