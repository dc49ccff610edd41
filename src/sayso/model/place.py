"""Where something was: gazetteer places and the words that name them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.model.span import Span

PlaceType = Literal["country", "region", "city", "neighbourhood", "landmark", "area"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in the world, as far as it is known.

    `names` runs from the narrowest to the widest (`("Atyrau", "Atyrau Oblast", "Kazakhstan")`). `country` is ISO 3166-1
    alpha-2, `latitude` and `longitude` are WGS 84 degrees; None where not known. `gazetteer_id` says which row of the
    gazetteer it is (`geonames:NNN`, `iso3166-2:KZ-ATY`, `iso3166-1:KZ`, `own:...`). `precision` is ACLED's
    geo_precision, 1 (the town itself) to 3 (a region or more); `where_prec` is UCDP's, 1 (exact) to 7 (at sea or in the
    air), 6 for a country only.
    """

    names: tuple[str, ...]
    type: PlaceType
    country: str | None
    admin: str | None
    latitude: float | None
    longitude: float | None
    gazetteer_id: str | None
    precision: int
    where_prec: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """Words of the article that name a place in use as a place.

    `place` is the best reading, `others` the runners-up. `within` says how it is used: `locative` (something is or
    happens there), `dateline`, `modifier` ("Kazakh authorities", "the Atyrau prosecutor"), or `actor` ("Washington
    said"): only the first can be an incident's place without other ground.
    """

    span: Span
    place: Place
    use: Literal["locative", "dateline", "modifier", "actor"]
    others: tuple[Place, ...] = ()
