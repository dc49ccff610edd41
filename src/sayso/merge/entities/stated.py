"""Names that a text states to be of one bearer, where its reading took them for two: "X, also known as Commander Y"."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from sayso.languages import words
from sayso.model.entity import Entity
from sayso.model.reading import Reading

WIDEST = 60
"""Letters between two names of one bearer at most."""
LOOKED_AT = 2_000
"""So many names of an article are looked at."""


_BRACKET = re.compile(r"\s*[(\[]\s*")
_PLAIN = re.compile(r"known|alias|aka|a\.k\.a|nick|nom de|real name|calls? |goes by|dubbed")
"""Cues that say nothing else: "or" stands between two people too."""


@cache
def _cue() -> re.Pattern[str]:
    """Return what stands between: punctuation, a cue, and up to two words of a title."""
    cues = sorted((c for c in map(str, words("namewords")["aliases"]) if _PLAIN.search(c)), key=len, reverse=True)
    return re.compile(
        rf"""[\s,("“'‘-]*(?:{"|".join(map(re.escape, cues))})[\s,:"“'‘]+(?:[\w.]+\s+){{0,2}}["“'‘]?""", re.I
    )


def stated_aliases(reading: Reading) -> dict[str, dict[str, str]]:
    """Return, by entity id, the other entities that are stated to be the same, and their names."""
    named = [(m.span.start, m.span.end, e) for e in reading.entities if e.kind not in ("place", "object")
             for m in e.mentions[:LOOKED_AT] if m.form in ("name", "alias")]  # fmt: skip
    named.sort(key=lambda one: one[:2])
    found, text = dict[str, dict[str, str]](), reading.article.text
    for (_, end, one), (start, _, other) in pairwise(named):
        if 0 < start - end <= WIDEST and _may_be_one(one, other) and _states(text[end:start], one.name, other.name):
            found.setdefault(one.id, {})[other.id] = other.name
            found.setdefault(other.id, {})[one.id] = one.name
    return found


def _states(between: str, name: str, other: str) -> bool:
    """Say whether what stands between two names makes them one: a cue, or a bracket before a name in another script."""
    if _cue().fullmatch(between):
        return True
    return bool(_BRACKET.fullmatch(between)) and _is_latin(name) != _is_latin(other)


def _is_latin(name: str) -> bool:
    return all(unicodedata.name(c, "LATIN").startswith("LATIN") for c in name if c.isalpha())


def _may_be_one(one: Entity, other: Entity) -> bool:
    return one.id != other.id and (one.kind == "person") == (other.kind == "person")
