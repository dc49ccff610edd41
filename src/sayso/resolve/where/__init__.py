"""Where is where: the places that an article names, and which ones they are."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple, cast

from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.place import Place, PlaceMention, PlaceType
from sayso.resolve.gazetteer import Row, gazetteer
from sayso.resolve.where.between import mention, stretches
from sayso.resolve.where.find import Finder
from sayso.resolve.where.holders import link
from sayso.resolve.where.lexicon import lexicon
from sayso.resolve.where.outlet import home_from, home_of
from sayso.resolve.where.rank import Evidence, resolve
from sayso.resolve.where.use import set_beside, set_use
from sayso.resolve.where.walk import Found, Ground

__all__ = ["home_from", "places", "places_at"]

VICINITY = 25.0
"""Kilometres within which a place is located by the town beside it (UCDP GED codebook 23.1, where_prec 2)."""
REACH = 65.0
"""Kilometres from a town over which a direction out of eight (22.5 degrees either way) is right within VICINITY."""
_DEGREE = 111.2
"""Kilometres of a degree of latitude (mean Earth radius 6,371 km)."""
TOWN = 20_000
"""People: a town from this size on tells the country in which an article's unlisted places lie."""
SUREST = 0.97
"""How often a town of which the weights leave no doubt is the right one (LGL and GeoVirus)."""
RUNNERS_UP = 3
DOUBTFUL = 0.3
"""A runner-up is kept where it is at least this likely in proportion to the best reading."""


def places(article: Article, analysis: Analysis, home: Evidence | None = None) -> tuple[PlaceMention, ...]:
    """Return the places that the article names, in text order.

    Names of places within the names of organizations are kept with use `modifier`; a place that no gazetteer knows is
    kept without coordinates, in the country that the words or the whole article give. What lies between two towns is a
    place with their names inside its own, which then only describe it. `home` is what the outlet speaks
    of (`home_from`); None: what its address tells. Linear in the article's length.
    Raises ConfigurationError where the gazetteer is missing or damaged.
    """
    finder = Finder(article, analysis)
    found, around = _decided(finder, home or home_of(article))
    mentions = {id(one): _mention(one, around, analysis) for one in found}
    for stretch in stretches(found, analysis, finder.lex):
        one, two = (mentions[id(end)] for end in stretch.ends)
        mentions[id(stretch)] = mention(stretch, (one.place, two.place), analysis)
        mentions |= {id(f): replace(m, use="modifier") for f, m in zip(stretch.ends, (one, two), strict=True)}
    return tuple(sorted(mentions.values(), key=lambda m: (m.span.start, -m.span.end)))


class Step(NamedTuple):
    """One place on its way: what the words around it say, and what spoke for each of its readings, the best first.

    `kind` is what the words say that it is, `held_by` and `beside` the places that they put it in and near; None where
    they say nothing.
    """

    mention: PlaceMention
    kind: str | None
    held_by: str | None
    beside: str | None
    readings: tuple[tuple[Place, Ground], ...]


def steps(article: Article, analysis: Analysis, home: Evidence | None = None) -> Iterator[Step]:
    """Yield the places of an article with how each was decided; see `places`."""
    found, around = _decided(Finder(article, analysis), home or home_of(article), keep=True)
    for one in found:
        readings = tuple(
            (place_of(row, ground.share, one.near), ground) for row, ground in one.grounds[: 1 + RUNNERS_UP]
        )
        held, beside = (_words(other, analysis) for other in (one.holder, one.beside))
        yield Step(_mention(one, around, analysis), one.kind, held, beside, readings)


def _decided(finder: Finder, home: Evidence, *, keep: bool = False) -> tuple[list[Found], Surroundings]:
    """Return the names that stay, decided, with what they say of those that the gazetteer lacks."""
    found = _settled(finder.find(), finder, home, keep=keep)
    spoken_of = {one.rows[0].country for one in found if one.rows and not one.inside}
    kept = [one for one in found if _kept(one, spoken_of)]
    return kept, Surroundings(kept, finder.analysis)


def _words(one: Found | None, analysis: Analysis) -> str | None:
    return analysis.span(one.first, one.last).text if one is not None else None


def places_at(
    article: Article, analysis: Analysis, spans: Sequence[tuple[int, int]], home: Evidence | None = None
) -> tuple[PlaceMention, ...]:
    """Return the places named at given offsets `[start, end)`, one a span, whatever the text around says of them.

    The other places of the article serve as context. A span without a token gives nothing.
    """
    finder = Finder(article, analysis)
    given = [one for start, end in spans if (one := finder.given(start, end)) is not None]
    taken = {i for one in given for i in range(one.first, one.last)}
    others = [one for one in finder.find() if taken.isdisjoint(range(one.first, one.last))]
    found = _settled(sorted([*given, *others], key=lambda one: (one.first, one.last)), finder, home or home_of(article))
    asked, around = {id(one) for one in given}, Surroundings(found, analysis)
    return tuple(_mention(one, around, analysis) for one in found if id(one) in asked)


def _settled(found: list[Found], finder: Finder, home: Evidence, *, keep: bool = False) -> list[Found]:
    """Return found names with their use, their holders and their readings decided."""
    lex = finder.lex
    link(found, finder.tokens, lex)
    for one in found:
        set_use(one, finder.analysis, lex, finder.dateline)
    set_beside(found, finder.analysis, lex)
    for one in found:
        if one.holder is not None and one.holder.first >= one.last and one.holder.use in ("actor", "modifier"):
            one.holder.use = one.use if one.holder.form != "demonym" else "modifier"
    resolve(found, home, keep=keep)
    return found


class Surroundings:
    """What an article's resolved places say of one that the gazetteer lacks."""

    def __init__(self, found: list[Found], analysis: Analysis) -> None:
        """Note the towns in text order, and the country of more than half of the places (None where there is none).

        One person's nationality ("a Swiss national") is no sign of where the rest lies.
        """
        self.sentence = analysis.sentence_of
        towns = [one for one in found if one.rows and one.rows[0].level == 3]
        self.towns = [one for one in towns if one.use in ("locative", "dateline")]
        self.starts = [one.first for one in self.towns]
        named = Counter(one.key for one in towns if not one.inside)
        self.main = max(self.towns, key=lambda one: named[one.key], default=None)
        counts = Counter(one.rows[0].country for one in found if one.rows and one.rows[0].country)
        told = [one for one in found if one.rows and _sure(one)]
        often = {code for code, n in counts.items() if n > 1}
        sure = {one.rows[0].country for one in told if one.form != "demonym" or one.rows[0].country in often}
        code, most = min(counts.items(), key=lambda item: (-item[1], item[0]), default=(None, 0))
        self.country = gazetteer().country(code) if 2 * most > counts.total() and code in sure else None
        built = [one for one in found if one.form == "building"]
        self.built = {one.key: town for one in reversed(built) if (town := self._beside(one)) is not None}

    def town(self, one: Found) -> Found | None:
        """Return the town of a building, None for what is none.

        It is the one that its sentence names, else the one that another sentence names beside it, else the main one.
        """
        if one.form != "building" or not self.towns:
            return None
        return self._beside(one) or self.built.get(one.key, self.main)

    def _beside(self, one: Found) -> Found | None:
        """Return the nearest town of a building's sentence; None where it has none."""
        at = bisect_left(self.starts, one.first)
        near = [t for t in self.towns[max(0, at - 1) : at + 1] if self.sentence(t.first) == self.sentence(one.first)]
        return min(near, key=lambda t: abs(t.first - one.first), default=None)


def _sure(one: Found) -> bool:
    """Say whether a name is enough to tell the article's country: a country, a region or a town that is no village."""
    return one.weights[0] > 0.5 and (one.rows[0].level < 2 or one.rows[0].population >= TOWN or one.holder is not None)


def _kept(one: Found, spoken_of: set[str | None]) -> bool:
    """Say whether a name stays: a town inside an organization's name only if the article speaks of its country."""
    if not one.rows:
        return one.use in ("locative", "dateline")
    return not one.inside or one.rows[0].level <= 1 or one.rows[0].country in spoken_of


def _mention(one: Found, around: Surroundings, analysis: Analysis) -> PlaceMention:
    use = cast(Literal["locative", "dateline", "modifier", "actor"], one.use)
    span = analysis.span(one.first, one.last)
    if not one.rows:
        return PlaceMention(
            span=span, place=_at_sea(one, _unlisted(one, around, analysis.text[span.start : span.end])), use=use
        )
    best, others = one.rows[0], list[Place]()
    for row, weight in zip(one.rows[1 : 1 + RUNNERS_UP], one.weights[1 : 1 + RUNNERS_UP], strict=True):
        if weight >= DOUBTFUL * one.weights[0] or weight >= 0.02:
            others.append(place_of(row, weight, one.near))
    place = _at_sea(one, place_of(best, one.weights[0], one.near))
    return PlaceMention(span=span, place=place, use=use, others=tuple(others))


def _at_sea(one: Found, place: Place) -> Place:
    """Return a place with UCDP's code for what lies off its coast, where the words put something there."""
    return replace(place, precision=max(2, place.precision), where_prec=7) if one.at_sea else place


def place_of(row: Row, confidence: float = 1.0, near: bool = False) -> Place:
    """Return a row of the gazetteer as a place, with its precision codes (ACLED geo_precision, UCDP where_prec)."""
    gaz = gazetteer()
    held = gaz.within(row)
    country = gaz.country(row.country)
    regions = [r for r in held if r.level in (1, 2)]
    names = tuple(dict.fromkeys(r.name for r in (row, *regions, *([country] if country else []))))
    precision, where_prec = _precision(row, near)
    admin = next((r.name for r in (*held, row) if r.level == 1), None)
    return Place(
        names=names,
        type=cast(PlaceType, row.type),
        country=row.country,
        admin=admin,
        latitude=row.latitude,
        longitude=row.longitude,
        gazetteer_id=row.id,
        precision=precision,
        where_prec=where_prec,
        confidence=round(min(confidence, SUREST), 3),
    )


def _precision(row: Row, near: bool) -> tuple[int, int]:
    """Return ACLED's geo_precision and UCDP's where_prec of a mention of this place.

    ACLED codebook (2024): 1 the town, 2 a part of a region or near a town, 3 a region. UCDP GED codebook 23.1: 1 exact,
    2 within about 25 km, 3 a second-level region, 4 a first-level region, 6 a country, 7 at sea or in the air.
    """
    if row.level == 3:
        return (2, 2) if near else (1, 1)
    if row.level == 2:
        return 2, 3
    if row.level == 1:
        return 3, 4
    return 3, 6 if row.type == "country" else 7


def _unlisted(one: Found, around: Surroundings, words: str) -> Place:
    """Return a place that the gazetteer lacks: its own words, and what holds it by the words or the article."""
    holder = one.holder if one.holder is not None and one.holder.rows else around.town(one)
    inside = place_of(holder.rows[0], holder.weights[0], False) if holder is not None else None
    last = words.split()[-1].lower().rstrip(".") if words else ""
    kind: PlaceType = "area"
    if one.form == "building":
        kind = "neighbourhood" if last in lexicon().neighbourhood | lexicon().street else "landmark"
    elif one.kind == "settlement":
        kind = "city"
    elif one.kind in ("region", "second"):
        kind = "region"
    if inside is None:
        return _loose(one, around, words, kind)
    in_town = inside.type == "city"
    exact = in_town and one.form == "building"
    return Place(
        names=(words, *inside.names), type=kind, country=inside.country, admin=inside.admin,
        latitude=inside.latitude if in_town else None, longitude=inside.longitude if in_town else None,
        gazetteer_id=None, precision=1 if exact else max(2, inside.precision),
        where_prec=1 if exact else max(2, inside.where_prec), confidence=round(0.8 * inside.confidence, 3),
    )  # fmt: skip


def _loose(one: Found, around: Surroundings, words: str, kind: PlaceType) -> Place:
    """Return a place that the gazetteer lacks and no region holds: in the country of the town beside it or the article.

    Where the words tell how far and in which direction from a town it lies, it has the point there; without a direction
    the town's, where that is no farther than UCDP's "within about 25 km".
    """
    beside = one.beside.rows[0] if one.beside is not None and one.beside.rows else None
    country = gazetteer().country(beside.country) if beside is not None else around.country
    point = _point_of(one, beside) if beside is not None and beside.level == 3 else None
    return Place(
        names=(words, country.name) if country else (words,), type=kind,
        country=country.country if country else None, admin=None,
        latitude=point[0] if point else None, longitude=point[1] if point else None,
        gazetteer_id=None, precision=2 if point else 3, where_prec=2 if point else 6,
        confidence=0.5 if point else 0.3 if country else 0.1,
    )  # fmt: skip


def _point_of(one: Found, town: Row) -> tuple[float, float] | None:
    """Return latitude and longitude of what lies beside a town, as far as the words tell; None where they do not."""
    if town.latitude is None or town.longitude is None:
        return None
    if one.apart is None or one.toward is None or one.apart > REACH:
        return (town.latitude, town.longitude) if (one.apart or 0.0) <= VICINITY else None
    north, east = one.apart * math.cos(math.radians(one.toward)), one.apart * math.sin(math.radians(one.toward))
    latitude = town.latitude + north / _DEGREE
    wide = math.cos(math.radians(latitude))
    if abs(latitude) > 85:
        return None
    return round(latitude, 4), round((town.longitude + east / (_DEGREE * wide) + 180) % 360 - 180, 4)
