"""Which of the sources that reports name are one, whatever the order in which they are met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sayso.export.origins import Origin, independent
from sayso.export.reconciled.agreement import folded

TITLES = frozenset({"mr", "mrs", "ms", "dr", "news", "agency"})
"""Words by which `origins.independent` does not tell sources apart either."""


def same_origins(origins: Mapping[Origin, Iterable[str]]) -> dict[Origin, Origin]:
    """Return for each origin the one it is counted as, by the rule of `origins.independent`, whatever their order.

    `origins` has the articles that name each. The fuller name stands for the shorter one that it holds; where several
    hold it ("the ministry"), the one of the same article, and where that tells nothing, the shorter name stays apart
    rather than be laid to another's charge. Of kinds, an authority's is kept.
    """
    leaders: list[Origin] = []
    names: list[frozenset[str]] = []
    near: list[set[str]] = []
    having: dict[str, list[int]] = {}
    counted: dict[Origin, int] = {}
    for origin in sorted(origins, key=lambda o: (-len(_telling(o.name)), o.name, o.kind)):
        articles, words = set(origins[origin]), _telling(origin.name)
        fits = [k for k in min((having.get(word, []) for word in words), key=len) if _one((leaders[k], origin))]
        closer = fits if len(fits) <= 1 else [k for k in fits if names[k] == words or near[k] & articles]
        if len(closer) != 1:
            for word in words:
                having.setdefault(word, []).append(len(leaders))
            leaders.append(origin)
            names.append(words)
            near.append(set())
        k = counted[origin] = closer[0] if len(closer) == 1 else len(leaders) - 1
        near[k] |= articles
        if origin.kind == "authority":
            leaders[k] = Origin(leaders[k].name, "authority")
    return {origin: leaders[k] for origin, k in counted.items()}


def _telling(name: str) -> frozenset[str]:
    """Return the words of a name that tell one source from another; those of all where none does."""
    words = folded(name)
    return words - TITLES or words


def _one(origins: tuple[Origin, Origin]) -> bool:
    return len(independent(origins)) == 1


def fuller(one: str, other: str) -> str:
    """Return the name of more words, of equals the longer."""
    return min(one, other, key=lambda name: (-len(folded(name)), -len(name), name))
