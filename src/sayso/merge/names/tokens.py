"""One word of a name: its class, its sound and what it tells."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from sayso.languages import words
from sayso.merge.names.fold import bones, sound
from sayso.merge.names.lists import classes, table, word_set
from sayso.merge.names.name import Kind, Role, Token

_WEIGHTS: dict[Role, float] = {
    "name": 1.0,
    "common": 0.6,
    "initial": 0.3,
    "generic": 0.4,
    "place": 0.7,
    "number": 0.5,
}
_SHORTEST_REST = 3


@lru_cache(maxsize=65_536)
def token_of(word: str, kind: Kind) -> Token:
    """Return a word in small Latin letters as a token of a name of `kind`."""
    role = _role(word, kind)
    return Token(
        text=word,
        sound=sound(word),
        bones=bones(word),
        role=role,
        weight=_WEIGHTS[role],
        groups=_groups(word, kind),
        stem=_stem(word),
        listed=kind == "person" and (word in classes("given", "groups") or word in _forenames()),
        gender=_forenames().get(word, "") if kind == "person" else "",
    )


def _role(word: str, kind: Kind) -> Role:
    if any(c.isdigit() for c in word):
        return "number"
    if len(word) == 1:
        return "initial"
    if kind == "organization":
        if word in word_set("legal", "places"):
            return "place"
        return "generic" if word in word_set("legal", "generic") else "name"
    return "common" if word in word_set("common", "common") or _groups(word, kind) & _common() else "name"


@lru_cache(maxsize=1)
def _common() -> frozenset[int]:
    """Return the lists of given names whose first form is a common name."""
    return frozenset(n for n, group in enumerate(table("given")["groups"]) if group[0] in word_set("common", "common"))


@lru_cache(maxsize=1)
def _forenames() -> dict[str, Literal["", "male", "female"]]:
    """Return the given names that the lists of the language have, each with whose it is."""
    male, female = (frozenset(map(str, words("forenames")[gender])) for gender in ("male", "female"))
    found: dict[str, Literal["", "male", "female"]] = dict.fromkeys(male & female, "")
    return found | dict.fromkeys(male - female, "male") | dict.fromkeys(female - male, "female")


def _groups(word: str, kind: Kind) -> frozenset[int]:
    """Return the numbers of a word's lists: of given names from 0, of family names from 10,000."""
    if kind == "organization":
        return classes("legal", "same").get(word, frozenset())
    given = classes("given", "groups").get(word, frozenset())
    return given | {10_000 + n for n in classes("given", "families").get(word, frozenset())}


@lru_cache(maxsize=2)
def _affixes(key: str) -> tuple[str, ...]:
    return tuple(sorted(word_set("particles", key), key=len, reverse=True))


def _stem(word: str) -> str:
    """Return a word without the longest ending, or else opening, that many names share."""
    if word.endswith(_affixes("endings")):
        for ending in _affixes("endings"):
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_REST:
                return word[: -len(ending)]
    for opening in _affixes("openings"):
        if word.startswith(opening) and len(word) - len(opening) >= _SHORTEST_REST:
            return word[len(opening) :]
    return word
