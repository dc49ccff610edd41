"""Keys by which entities that may be one are found, so that not every one is compared with every other.

An entity is kept under the keys that it asks for, so that two find each other whichever comes first. Two full names
meet by two of their words, one of which may be misspelled; one word alone meets where it is rare, or by a name that
stands near both; bodies that every country has, within a country; organizations also by acronym and by listed groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sayso.merge.entities.naming import is_shared, read, worth
from sayso.merge.entities.sketch import Called, Sketch, home
from sayso.merge.incidents.block import Asked
from sayso.merge.incidents.words import Words
from sayso.merge.keys import number_of
from sayso.merge.names import Name, Token

WORDS = 4
"""So many words of a name make keys, those that tell most."""
NEAR = 6
"""So many of the rarest names around make keys with a word that alone tells little."""
TELLS = 4.5
"""What a word has to be worth to make a key alone."""


def keys_of(sketch: Sketch) -> Asked:
    """Return the keys of a sketch: kept under all that it asks for, none of them weak."""
    found = frozenset(number_of(key, "entity") for called in sketch.called for key in _keys(called, sketch))
    return Asked(kept=found, strong=found, weak=frozenset())


def _keys(called: Called, sketch: Sketch) -> Iterator[str]:
    name = read(called.name, sketch.kind)
    words = [t for t in name.core if t.role not in ("initial", "number")]
    words = sorted(words, key=lambda t: (-worth(t), t.text))[:WORDS]
    if sketch.kind == "organization":
        yield from (f"g{number}" for number in name.known)
        yield from _of_body(called.name, name, words, sketch)
    yield from _of_pairs(words)
    yield from _of_one(words, name, sketch.around)


def _of_pairs(words: list[Token]) -> Iterator[str]:
    """Yield keys of two words each: as they sound, the one or the other by its beginning or end alone."""
    for pair in combinations(words, 2):
        one, two = sorted(pair, key=lambda t: t.bones)
        for x, y in ((one, two), (two, one)):
            yield from (f"p{'|'.join(sorted((a, b)))}" for a in _exact(x) for b in _loose(y))


def _exact(token: Token) -> set[str]:
    return {token.bones} | {f"#{number}" for number in token.groups}


def _loose(token: Token) -> set[str]:
    groups = {f"#{number}" for number in token.groups}
    return groups | {f"{token.bones[:3]}-", f"-{token.bones[-3:]}"}


def _of_one(words: list[Token], name: Name, around: Words) -> Iterator[str]:
    """Yield keys of one word: alone where it is rare, else with each of the rarest names around."""
    for token in words:
        if worth(token) >= TELLS:
            yield f"o{token.bones}" if len(token.bones) > 2 else f"o{token.text}"
    ends = {t.bones for t in [t for t in name.core if t in words][:: max(len(words) - 1, 1)]}
    yield from (f"n{bones}:{id}" for bones in ends for id in _rarest(around))


def _rarest(around: Words) -> list[int]:
    best = sorted(zip(around.weights, around.ids, strict=True), key=lambda one: (-one[0], one[1]))
    return [id for _, id in best[:NEAR]]


def _of_body(text: str, name: Name, words: list[Token], sketch: Sketch) -> Iterator[str]:
    """Yield keys of an organization: its acronym, and with a country what every country has."""
    letters = name.acronyms | ({name.plain} if len(name.core) == 1 and len(name.plain) < 9 else set())
    yield from (f"a{one}" for one in letters if len(one) > 2)
    yield from (f"a{one}:{id}" for one in letters if len(one) == 2 for id in _rarest(sketch.around))
    if is_shared(text):
        for land in sorted(home(sketch)):
            yield f"b{land}{'|'.join(sorted(t.bones for t in words))}"
