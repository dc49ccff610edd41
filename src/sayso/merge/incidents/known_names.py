"""Names of parties, read and compared once and kept at hand: a run meets the same ones again and again."""

from __future__ import annotations

from functools import lru_cache

from sayso.merge.names import Kind, Name, compare, keys, name_of

_AT_HAND = 50_000


@lru_cache(_AT_HAND)
def read(text: str, kind: Kind) -> tuple[Name, frozenset[str]]:
    """Return a name and its blocking keys."""
    name = name_of(text, kind)
    return name, keys(name)


@lru_cache(_AT_HAND)
def likeness(left: str, right: str, kind: Kind) -> float:
    """Return how likely (0-1) two names are of one bearer; a bare surname can only half tell."""
    (x, own), (y, other) = read(left, kind), read(right, kind)
    if not own & other:
        return 0.0
    score = compare(x, y).score
    return score / 2 if kind == "person" and min(len(x.core), len(y.core)) < 2 else score
