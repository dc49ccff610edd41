"""A place as a person gives it: by the gazetteer's name or id, or by its own name and where it lies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from sayso.errors import InputError
from sayso.model.place import Place
from sayso.resolve.gazetteer import Row, gazetteer, key_of
from sayso.resolve.where import place_of

SHOWN = 6
"""Places of one name that are told where it is not clear which is meant."""
WHERE_PREC = {1: 1, 2: 2, 3: 4}
"""UCDP's code for each of ACLED's: exact, near, first-level region."""


def place_from(given: Mapping[str, str]) -> Place:
    """Return the place that `value` names.

    `value` is an id of the gazetteer (`geonames:NNN`) or a name, narrower before wider ("Quay Street, Karvel"); with
    `latitude` and `longitude` (WGS 84 degrees) the point is taken instead, `country` (ISO 3166-1 alpha-2) and
    `precision` (ACLED's, 1 to 3) with it. With a `country` alone the name need not be listed. Raises InputError for a
    name that is not known or means several places: it is never guessed which.
    """
    name, country = given["value"], given.get("country")
    if country is not None and gazetteer().country(country) is None:
        raise InputError("no such country", value=country, next_step="Give its two letters of ISO 3166-1, such as KZ")
    if "latitude" in given or "longitude" in given:
        point = _degrees(given, "latitude", 90), _degrees(given, "longitude", 180)
        return _own(name, country, point, int(given.get("precision", "1")))
    if ":" in name:
        row = gazetteer().identified(name)
        if row is None:
            raise InputError("no such id in the gazetteer", value=name, next_step="Give the place's name")
        return _sure(row)
    rows = _meant(name, country)
    if len(rows) == 1:
        return _sure(rows[0])
    if not rows and country is not None:
        return _own(name, country, None, int(given.get("precision", "3")))
    if not rows:
        raise InputError(
            "the gazetteer has no such place", value=name, next_step="Give its latitude and longitude, or its country"
        )
    told = "; ".join(f"{', '.join(place_of(row).names)} ({row.id})" for row in rows[:SHOWN])
    more = f"; and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    raise InputError(
        f"several places are called so: {told}{more}",
        value=name,
        next_step="Give the id, or the region and country after a comma",
    )


def _meant(name: str, country: str | None) -> list[Row]:
    """Return the places of a name that lie in what is named after it: a country before all of its name,
    a town before a region of its country that is called as it is.

    Those whose own name it is go before those that are called so too.
    """
    first, *wider = [part.strip() for part in name.split(",") if part.strip()] or [""]
    rows = [row for row in gazetteer().named(first) if country in (None, row.country)]
    rows = [row for row in rows if _lies_in(row, {key_of(part) for part in wider})]
    rows = [row for row in rows if key_of(row.name) == key_of(first)] or rows
    towns = {row.country for row in rows if row.level == 3}
    rows = [row for row in rows if row.level in (0, 3) or row.country not in towns]
    return [row for row in rows if row.level == 0] or rows


def _sure(row: Row) -> Place:
    return replace(place_of(row), confidence=1.0)


def _lies_in(row: Row, wider: set[str]) -> bool:
    return wider <= {key_of(name) for name in place_of(row).names[1:]}


def _degrees(given: Mapping[str, str], field: str, most: int) -> float:
    said = given.get(field, "")
    try:
        number = float(said.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        number = math.nan
    if not abs(number) <= most:
        raise InputError(
            f"the {field} of a place is in degrees, from -{most} to {most}",
            value=said or "nothing",
            next_step="Give both, such as 47.1167 and 51.8833",
        )
    return number


def _own(name: str, country: str | None, point: tuple[float, float] | None, precision: int) -> Place:
    """Return a place that stands in no gazetteer."""
    row = gazetteer().country(country)
    parts = [part.strip() for part in name.split(",") if part.strip()]
    names = tuple(dict.fromkeys((*parts, *([row.name] if row else []))))
    return Place(
        names=names,
        type="landmark" if precision == 1 else "area",
        country=country,
        admin=None,
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
        gazetteer_id=None,
        precision=precision,
        where_prec=WHERE_PREC[precision] if point else 6,
    )
