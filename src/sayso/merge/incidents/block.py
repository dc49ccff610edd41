"""Keys by which reports that may tell of one incident are found, so that not every one is compared with every other.

A sketch is kept under some keys, and asks for some: two are candidates where one is kept under what the other asks for,
and that holds both ways round, so that the order in which they come changes nothing. What is told of a day is found by
time and place, time and rare words; what is not, by names and by pairs of rare words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

from sayso.merge.incidents.known_names import read
from sayso.merge.incidents.sketch import Sketch, Spot
from sayso.merge.incidents.words import Words
from sayso.merge.keys import number_of

BUCKET = 4
"""Days of a bucket of time; neighbours are asked for too, so that reports up to four days apart meet."""
NARROW = 7
"""Days up to which an interval is put into buckets; wider ones into months."""
MONTHS = 14
"""Months of the widest interval that is kept."""
FINE = 50.0
"""Radius in km up to which a place is put into a cell of one degree; wider ones are known by their country.

A place that no gazetteer has stands for itself, by the consonants of its name."""
RARE = 10
"""Rare names and numbers, and as many rare words, under which a report is kept."""
SOON = 4
"""Of these, the names and numbers under which it is found by its days."""


Keys = tuple[set[str], set[str], set[str]]
"""Keys under which a sketch is kept, those that it asks for, and those of which a candidate must share two."""


class Asked(NamedTuple):
    """The keys of a sketch, 64-bit whole numbers: where it is `kept`, where its candidates are found.

    `strong` keys make a candidate alone, of the `weak` ones two are needed.
    """

    kept: frozenset[int]
    strong: frozenset[int]
    weak: frozenset[int]


def keys_of(sketch: Sketch) -> Asked:
    """Return the keys of a sketch."""
    names = set(_by_name(sketch))
    place, words = _by_place(sketch), _by_words(sketch)
    kept, strong, weak = names | place[0] | words[0], names | place[1] | words[1], words[2]
    return Asked(*(frozenset(number_of(key, "incident") for key in keys) for keys in (kept, strong, weak)))


def _by_name(sketch: Sketch) -> Iterator[str]:
    """Yield keys for full names of persons: two of their keys together, since one alone is shared by many."""
    for party in sketch.parties:
        if party.person:
            name, keys = read(party.name, "person")
            if len(name.core) >= 2:
                bones = sorted(k for k in keys if k.startswith("k:") and len(k) > 5)
                yield from (f"p{x}|{y}" for x, y in combinations(bones, 2))


def _days(sketch: Sketch) -> tuple[date, date] | None:
    if sketch.days:
        return sketch.days
    return (sketch.published, sketch.published) if sketch.published else None


def _buckets(days: tuple[date, date]) -> range:
    return range(days[0].toordinal() // BUCKET, days[1].toordinal() // BUCKET + 1)


def _months(days: tuple[date, date]) -> range:
    first, last = (d.year * 12 + d.month for d in days)
    return range(first, min(last, first + MONTHS) + 1)


def _around(numbers: range) -> range:
    return range(numbers.start - 1, numbers.stop + 1)


def _by_place(sketch: Sketch) -> Keys:
    days = _days(sketch)
    countries = {s.country or s.id for s in sketch.spots}
    if days is None or not sketch.spots:
        return set(), set(), set()
    cells = {_cell(s) for s in sketch.spots if _is_fine(s)}
    months, near_months = _months(days), _around(_months(days))
    if (days[1] - days[0]).days > NARROW:
        kept = {f"w{m}{c}" for m, c in product(months, countries)}
        asked = {f"{x}{m}{c}" for x, m, c in product("wm", near_months, countries)}
        return kept, asked, set()
    buckets, near = _buckets(days), _around(_buckets(days))
    level = "l" if cells else "u"
    kept = {f"m{m}{c}" for m, c in product(months, countries)} | {
        f"{level}{b}{c}" for b, c in product(buckets, countries)
    }
    kept |= {f"c{b}:{x}:{y}" for b, (x, y) in product(buckets, cells)}
    asked = {f"w{m}{c}" for m, c in product(near_months, countries)} | {f"u{b}{c}" for b, c in product(near, countries)}
    if cells:
        around = {(x + dx, y + dy) for (x, y), dx, dy in product(cells, (-1, 0, 1), (-1, 0, 1))}
        asked |= {f"c{b}:{x}:{y}" for b, (x, y) in product(near, around)}
    else:
        asked |= {f"l{b}{c}" for b, c in product(near, countries)}
    return kept, asked, set()


def _is_fine(spot: Spot) -> bool:
    return spot.latitude is not None and spot.longitude is not None and spot.radius <= FINE


def _cell(spot: Spot) -> tuple[int, int]:
    assert spot.latitude is not None and spot.longitude is not None
    return math.floor(spot.latitude), math.floor(spot.longitude)


def _by_words(sketch: Sketch) -> Keys:
    """Return keys of rare names, numbers and words: with its days where it has any, else two of them."""
    days = _days(sketch)
    names, words = _rarest(sketch.names, RARE), _rarest(sketch.words, RARE)
    both = dict.fromkeys([*names, *words])
    if days is None:
        return {f"q{i}" for i in both}, set(), {f"{x}{i}" for x, i in product("qd", both)}
    kept, asked = {f"d{i}" for i in both}, set()
    if (days[1] - days[0]).days <= NARROW:
        kept |= {f"v{b}={i}" for b, i in product(_buckets(days), names[:SOON])}
        asked |= {f"v{b}={i}" for b, i in product(_around(_buckets(days)), names[:SOON])}
    return kept, asked, {f"q{i}" for i in both}


def _rarest(words: Words, number: int) -> list[int]:
    best = sorted(zip(words.weights, words.ids, strict=True), key=lambda one: (-one[0], one[1]))
    return [i for _, i in best[:number]]
