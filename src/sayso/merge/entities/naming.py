"""What a name is worth when it is met again: read and compared once and kept at hand, and how many may bear it."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from pathlib import Path

import yaml

from sayso.errors import ConfigurationError
from sayso.merge.cluster import pair
from sayso.merge.incidents.words import rarity, words_of
from sayso.merge.names import Kind, Name, Token, compare, name_of

_AT_HAND = 100_000
LEAST, MOST = 4.5, 5.5
"""What a family name or a body's own word counts for: rarities, the logarithms of one in 90 and 245 articles."""
MOST_LISTED = 2.5
"""What a given name, and a family name of very many, counts for at most."""
MOST_COMMON = 1.5
"""What a name counts for at most that very many bear."""
COMMON = Path(__file__).with_name("common.yaml")


@cache
def _list(name: str) -> frozenset[str]:
    """Return one of the lists of common words. Raises ConfigurationError where it lacks."""
    try:
        return frozenset(map(str, yaml.safe_load(COMMON.read_text(encoding="utf-8"))[name]))
    except (OSError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"this list of words is damaged ({error})", value=COMMON.name, next_step="Reinstall sayso"
        ) from error


@lru_cache(_AT_HAND)
def read(text: str, kind: Kind) -> Name:
    """Return a name that was read."""
    return name_of(text, kind)


@lru_cache(_AT_HAND)
def folded(text: str) -> str:
    """Return the words of a name in lower case without diacritics, a blank between."""
    return " ".join(words_of(text))


@lru_cache(_AT_HAND)
def _likeness(left: str, right: str, kind: Kind) -> float:
    x, y = read(left, kind), read(right, kind)
    score = min(1 - 1e-6, max(1e-6, compare(x, y).score))
    return math.log(score / (1 - score))


def likeness(left: str, right: str, kind: Kind) -> float:
    """Return the log-odds that two names, taken alone, name the same; the same whichever comes first."""
    told = _likeness(*pair(left, right), kind)
    if kind == "organization" and told < 0 and left != right:
        return max(told, _likeness(*pair(without_light(left), without_light(right)), kind))
    return told


@lru_cache(_AT_HAND)
def without_light(text: str) -> str:
    """Return a body's name without a last word that it may as well lack, where two are left: "Department"."""
    words = text.split()
    return " ".join(words[:-1]) if len(words) > 2 and words[-1].casefold() in _list("light") else text


@lru_cache(_AT_HAND)
def is_bare(text: str, kind: Kind) -> bool:
    """Return whether a name is one word, initials aside, that persons or bodies of many names may share."""
    return sum(t.role not in ("initial", "number") for t in read(text, kind).core) < 2


@lru_cache(_AT_HAND)
def is_shared(text: str) -> bool:
    """Return whether a body's name is of words alone that bodies of every country have."""
    return all(_is_common(w) for w in words_of(text))


def _is_common(word: str) -> bool:
    one = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
    return bool({word, one} & _list("words")) or word in _list("small")


@lru_cache(_AT_HAND)
def is_national(text: str) -> bool:
    """Return whether a name of such words is of a body that a country has one of."""
    return any(w in _list("national") for w in words_of(text))


@lru_cache(_AT_HAND)
def telling(left: str, right: str, kind: Kind) -> float:
    """Return how much it tells that two names agree: the sum of how rare the words are that both have.

    A word counts for its like: spellings that sound the same, and lists of names that are used for one another.
    """
    x, y = read(left, kind), read(right, kind)
    total = 0.0
    theirs = list(y.core)
    for token in x.core:
        same = next((t for t in theirs if _alike(token, t)), None)
        if same is not None:
            theirs.remove(same)
            total += min(worth(token), worth(same))
    return total


def worth(token: Token) -> float:
    """Return how much a word of a name tells: its rarity in news, within what a word of its class can tell.

    That news tells much of one bearer makes a family name no commoner, and that it tells of none no rarer.
    """
    told = rarity(token.text)
    if token.role in ("initial", "number"):
        return 0.3
    if token.role == "common":
        return min(told, MOST_COMMON)
    if token.role in ("generic", "place"):
        return token.weight * told
    if token.listed or token.text in _list("families"):
        return min(told, MOST_LISTED)
    return max(LEAST, min(told, MOST))


def _alike(left: Token, right: Token) -> bool:
    if left.text == right.text or (left.bones == right.bones and len(left.bones) > 1) or left.groups & right.groups:
        return True
    return len(left.text) > 4 and len(right.text) > 4 and left.bones[:2] == right.bones[:2]
