"""What lies between two towns: "between Kano and Katsina", "the road from Kano to Katsina"."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sayso.model.analysis import Analysis
from sayso.model.place import Place, PlaceMention
from sayso.resolve.where.lexicon import Lexicon
from sayso.resolve.where.walk import Found

BETWEEN = "between "
"""How the name of what lies between two towns begins."""
_REACH = 3
"""Tokens between "between" and the first name, and between the two: "between the villages of", "and the town of"."""
_APART = 300.0
"""Kilometres between two towns beyond which their middle says nothing."""
_VICINITY = 25.0
"""Kilometres from the middle within which where_prec 2 places something (UCDP GED codebook 23.1); farther, 5."""
_EARTH = 6371.0


class Stretch(NamedTuple):
    """Tokens `[first, last)` that tell of a stretch, and the two towns at its ends."""

    first: int
    last: int
    ends: tuple[Found, Found]


def stretches(found: list[Found], analysis: Analysis, lex: Lexicon) -> Iterator[Stretch]:
    """Yield the stretches between two neighbours of the found places; towns and places that no gazetteer knows only."""
    for one, two in pairwise(found):
        if any(f.inside or f.form not in ("name", "building") or (f.rows and f.rows[0].level < 3) for f in (one, two)):
            continue
        gap = [t.text.lower() for t in analysis.tokens[one.last : two.first]]
        if not 0 < len(gap) <= 1 + _REACH or not _bare(gap[1:], lex):
            continue
        before = [t.text.lower() for t in analysis.tokens[max(0, one.first - 1 - _REACH) : one.first]]
        opened = _opened(before, gap[0], lex)
        if opened is not None:
            yield Stretch(one.first - opened, two.last, (one, two))


def _opened(before: list[str], link: str, lex: Lexicon) -> int | None:
    """Return how many tokens before the first name open a stretch; None where none do."""
    for back, word in enumerate(reversed(before), 1):
        rest = before[len(before) - back + 1 :]
        if not _bare(rest, lex):
            return None
        if word == "between":
            return back if link == "and" else None
        if word in ("from", "linking", "connecting", "joining"):
            way = any(w in lex.ways for w in before[: len(before) - back])
            return back if way and link in ("to", "and", "with") else None
    return None


def _bare(words: list[str], lex: Lexicon) -> bool:
    """Say whether words only lead up to a name: "the villages of"."""
    return all(w in ("the", "of", "a") or w in lex.settlement for w in words)


def mention(stretch: Stretch, ends: tuple[Place, Place], analysis: Analysis) -> PlaceMention:
    """Return what lies between two places as a place: it has the point in the middle where both have one."""
    one, two = ends
    names = (f"{BETWEEN}{one.names[0]} and {two.names[0]}", *_shared(one.names[1:], two.names[1:]))
    apart, point = None, None
    if None not in (one.latitude, one.longitude, two.latitude, two.longitude):
        apart, point = _middle(one, two)
    near = point is not None and apart is not None and apart <= 2 * _VICINITY
    if apart is not None and apart > _APART:
        point = None
    country = one.country if one.country == two.country else None
    place = Place(
        names=names, type="area", country=country, admin=one.admin if one.admin == two.admin and country else None,
        latitude=point[0] if point else None, longitude=point[1] if point else None, gazetteer_id=None,
        precision=2 if point else 3, where_prec=2 if near else 5 if point else 6 if country else 5,
        confidence=round(min(one.confidence, two.confidence), 3),
    )  # fmt: skip
    return PlaceMention(span=analysis.span(stretch.first, stretch.last), place=place, use="locative")


def _shared(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    """Return the regions and the country that hold both."""
    return tuple(name for name in one if name in two)


def _middle(one: Place, two: Place) -> tuple[float, tuple[float, float]]:
    """Return the kilometres between two places and the point in their middle, along the great circle."""
    (a, b), (c, d) = (
        (math.radians(p.latitude or 0.0), math.radians(p.longitude or 0.0)) for p in (one, two)
    )  # fmt: skip
    x, y = math.cos(c) * math.cos(d - b), math.cos(c) * math.sin(d - b)
    chord = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    north = math.atan2(math.sin(a) + math.sin(c), math.hypot(math.cos(a) + x, y))
    east = math.degrees(b + math.atan2(y, math.cos(a) + x))
    apart = 2 * _EARTH * math.asin(min(1.0, math.sqrt(chord)))
    return apart, (round(math.degrees(north), 4), round((east + 180) % 360 - 180, 4))
