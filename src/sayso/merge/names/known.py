"""The groups that are known by several names."""

from __future__ import annotations

import re
from functools import cache

from sayso.languages import words
from sayso.merge.names.fold import latin, sound, unquoted

_PART = re.compile(r"[/()\[\];]+")
_WORD = re.compile(r"[A-Za-z0-9]+")
_SHORT = 5


def _key(text: str) -> str:
    """Return how a name sounds, its words in one, without the article; a short one in capitals as it is written."""
    found: list[str] = _WORD.findall(unquoted(latin(text)))
    if len(found) == 1 and len(found[0]) <= _SHORT and found[0].isupper():
        return found[0]
    return "".join(sound(word) for word in map(str.lower, found) if word not in ("al", "the", "el"))


@cache
def _numbers() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, names in enumerate(words("armed")["groups"]):
        for name in names:
            found.setdefault(_key(str(name)), set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items() if key}


def known_groups(text: str) -> frozenset[int]:
    """Return the numbers of the listed groups that have this name, or a part of it between slashes or brackets."""
    keys = {_key(text), *(_key(part) for part in _PART.split(text))} if _PART.search(text) else {_key(text)}
    return frozenset().union(*(_numbers().get(key, frozenset()) for key in keys))
