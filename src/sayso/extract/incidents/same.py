"""Places named again without their name: "in the same district"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.place import PlaceMention

_WORD = re.compile(r"\w+")
LEADS = frozenset({"in", "at", "near", "outside", "from", "across", "within"})
AFTER = 16
"""Characters after a name in which the noun that says what it is stands: "Delaram border district"."""


@cache
def _nouns(name: str) -> frozenset[str]:
    return frozenset(map(str, words("places")[name]))


def same_places(a: Analysis, where: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """Yield what "the same district" and the like are: the last place before of that kind, on these words.

    Linear where the article says it seldom; nothing for a noun that no place before is of.
    """
    for token in a.tokens[2:-1]:
        i = token.i
        if token.text.lower() != "same" or a.tokens[i - 1].text.lower() not in ("the", "that"):
            continue
        if a.tokens[i - 2].text.lower() not in LEADS:
            continue
        noun = a.tokens[i + 1].lemma.lower()
        before = [m for m in where if m.span.end <= token.start and m.use in ("locative", "modifier")]
        meant = next((m for m in reversed(before) if _is(a, m, noun)), None)
        if meant is not None:
            yield PlaceMention(span=a.span(i - 1, i + 2), place=meant.place, use="locative")


def _is(a: Analysis, mention: PlaceMention, noun: str) -> bool:
    """Say whether a place is of the kind that a noun names, by the words at its name or by the gazetteer."""
    said = _WORD.findall(a.text[mention.span.start : mention.span.end + AFTER].lower())
    if noun in _nouns("settlement"):
        return mention.place.type == "city"
    if noun in _nouns("region"):
        return noun in said
    return noun in _nouns("neighbourhood") and mention.place.type == "neighbourhood"
