"""When two values of a slot agree, when one tells the other less precisely, and when they cannot both be right."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date

from sayso.model.claim import Actor, Label, Quantity, Slot, Target, Text, Value, Victim, Weapon
from sayso.model.place import Place
from sayso.model.when import When
from sayso.schema.kinds import kindred

_WORD = re.compile(r"\w+")
_VOWEL, _OPENING, _DOUBLED = re.compile("[aeiouy]"), re.compile("^[aeiou]"), re.compile(r"(.)\1+")
_EMPTY = frozenset({"the", "a", "an", "of", "for", "and", "in", "on", "its", "his", "her", "their"})
SOUNDS = {"qu": "kw", "zh": "j", "ph": "f", "ck": "k"}
"""Pairs of letters by which romanizations of one name differ."""
ABOUT = 0.1
"""How far from a number that is told as "about" so many the true one may be, as a share of it."""
NEAR = {1: 15.0, 2: 40.0, 3: 60.0}
"""By `where_prec`, how many km from its coordinates a place may reach; wider ones exclude no point by distance."""
EARTH = 6371.0
"""Mean radius in km (IUGG)."""


def folded(name: str) -> frozenset[str]:
    """Return the words of a name without case, accents and the words that tell nothing."""
    return frozenset(_in_order(name))


def folded_name(name: str) -> str:
    """Return a name by which it is compared with others: its folded words, in order."""
    return " ".join(_in_order(name))


def skeleton(name: str) -> str:
    """Return a name by which its spellings in another script's letters are one: "Tel Marwan", "Tall Marwan".

    By its consonants, each once where doubled, and a sign for a vowel that opens a word; a name with under four is too
    short to be told by them and stays as it is.
    """
    words = [_OPENING.sub("a", word) for word in _in_order(_spelled(name))]
    bare = [_DOUBLED.sub(r"\1", word[:1] + _VOWEL.sub("", word[1:])) for word in words]
    return " ".join(bare) if sum(map(len, bare)) >= 4 else folded_name(name)


def _spelled(name: str) -> str:
    """Return a name with the pairs of letters that stand for one sound written one way."""
    name = name.casefold()
    for pair, letters in SOUNDS.items():
        name = name.replace(pair, letters)
    return name


def _in_order(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
    return [word for word in words if word not in _EMPTY] or words or [name]


def key(value: Value, cluster: str | None = None) -> tuple[object, ...]:
    """Return what two values share that are the same; `cluster` names who it is over several articles."""
    match value:
        case Label():
            return ("label", value.value)
        case When():
            return ("when", value.earliest, value.latest) if value.earliest or value.latest else ("edtf", value.edtf)
        case Place():
            listed = value.gazetteer_id
            return ("id", listed) if listed else ("name", skeleton(value.names[0]), value.country)
        case Quantity():
            return ("count", value.low, value.high, value.approximate)
        case Victim():
            who = f"@{cluster}" if cluster else folded_name(value.name or value.description or value.kind)
            return ("victim", who, value.effect)
        case Target():
            return ("target", folded_name(value.name), value.effect)
        case Actor() | Weapon():
            return ("name", f"@{cluster}" if cluster else folded_name(value.name))
        case Text():
            return ("text", folded_name(value.value))


def less_precise(wide: Value, narrow: Value) -> bool:
    """Say whether `wide` is what `narrow` says, told less precisely."""
    match wide, narrow:
        case When(), When():
            return _days_within(wide, narrow)
        case Place(), Place():
            return _place_within(wide, narrow)
        case Victim(), Victim():
            return wide.effect is None and narrow.effect is not None and key(wide)[1] == key(narrow)[1]
        case Target(), Target():
            return wide.effect is None and narrow.effect is not None and key(wide)[1] == key(narrow)[1]
    return False


def exclusive(slot: Slot, one: Value, other: Value) -> str | None:
    """Return why two values cannot both be right, in words; None where they can, or it cannot be told."""
    if key(one) == key(other):
        return None
    match one, other:
        case Label(), Label():
            if slot == "kind" and kindred(one.value, other.value):
                return None
            return "different kinds of event" if slot == "kind" else "it cannot be at both stages"
        case When(), When():
            return _days_apart(one, other)
        case Place(), Place():
            return _places_apart(one, other)
        case Quantity(), Quantity():
            return None if _overlap(one, other) else "different counts"
    return None


def _bounds(value: When) -> tuple[date, date] | None:
    """Return the days it can be, an open end as far as a calendar goes; None where the year is not known."""
    if value.earliest is None and value.latest is None:
        return None
    return value.earliest or date.min, value.latest or date.max


def _days_within(wide: When, narrow: When) -> bool:
    outer, inner = _bounds(wide), _bounds(narrow)
    if inner is None:
        return False
    if outer is None:
        return inner[0] == inner[1] and _may_be(wide.edtf, inner[0])
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _may_be(edtf: str, day: date) -> bool:
    """Say whether a day fits an EDTF value with digits left open (`XXXX-10-31`)."""
    pattern = re.escape(edtf).replace("X", r"\d")
    return "X" in edtf and re.fullmatch(pattern, day.isoformat()[: len(edtf)]) is not None


def _days_apart(one: When, other: When) -> str | None:
    left, right = _bounds(one), _bounds(other)
    if left is None or right is None:
        for open_one, days in ((one, right), (other, left)):
            if days and days[0] == days[1] and "X" in open_one.edtf and not _may_be(open_one.edtf, days[0]):
                return "different days"
        return None
    return "different days" if left[1] < right[0] or right[1] < left[0] else None


def _place_within(wide: Place, narrow: Place) -> bool:
    """Say whether a place is named among those that another lies in."""
    if wide.country and narrow.country and wide.country != narrow.country:
        return False
    if wide.type == "country":
        return narrow.type != "country" and wide.country is not None and wide.country == narrow.country
    around = {folded_name(name) for name in (*narrow.names[1:], narrow.admin or "") if name}
    name = folded_name(wide.names[0])
    if name in around and wide.type in ("region", "city", "area", "neighbourhood"):
        return not (narrow.type == "region" and wide.type == "city")
    same_name = skeleton(wide.names[0]) == skeleton(narrow.names[0])
    return same_name and wide.gazetteer_id is None and (narrow.gazetteer_id is not None or bool(narrow.country))


def _places_apart(one: Place, other: Place) -> str | None:
    """Return why two places exclude each other: other countries, or too far apart for what they are."""
    if less_precise(one, other) or less_precise(other, one):
        return None
    if one.country and other.country and one.country != other.country:
        return "in different countries"
    if one.where_prec not in NEAR or other.where_prec not in NEAR:
        return "different regions" if _regions_apart(one, other) else None
    km = _distance(one, other)
    if km is None or km <= NEAR[one.where_prec] + NEAR[other.where_prec]:
        return None
    return f"{km:.0f} km apart"


def _regions_apart(one: Place, other: Place) -> bool:
    """Say whether both are listed regions of one rank: those do not overlap."""
    ranks = {(place.type, place.where_prec) for place in (one, other)}
    return ranks == {("region", 4)} and bool(one.gazetteer_id and other.gazetteer_id)


def _distance(one: Place, other: Place) -> float | None:
    """Return the great-circle distance in km (haversine); None where one has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.sin(math.radians(other.longitude - one.longitude) / 2) ** 2
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * turn
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(h)))


def _overlap(one: Quantity, other: Quantity) -> bool:
    (a, b), (c, d) = _reach(one), _reach(other)
    return max(a, c) <= min(b, d)


def _reach(value: Quantity) -> tuple[float, float]:
    """Return the lowest and highest number that a count allows for."""
    slack = ABOUT if value.approximate else 0.0
    high = math.inf if value.high is None else value.high * (1 + slack)
    return value.low * (1 - slack), high
