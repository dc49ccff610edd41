"""LGL, GeoVirus and their like: which words name places, and where those are.

Input is JSON lines as `geo_score.py --texts` prints them ({"doc", "text", "published", "outlet", "spans"}); a
prediction is {"doc", "start", "end", "lat", "lon"}. Gold is JSON lines of the same shape as predictions. Measures:
finding (spans overlap), resolution of those found (within 161 km, after Leidner 2008), and both as F1.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.evaluate.lines import objects
from sayso.model.article import Article, Block, Capture, OffsetMap
from sayso.model.place import PlaceMention
from sayso.resolve.gazetteer import gazetteer
from sayso.resolve.where import places, places_at
from sayso.resolve.where.between import BETWEEN
from sayso.resolve.where.lexicon import demonym_rows

NEAR = 161.0
"""Kilometres (100 miles) within which a place counts as the right one."""

Spot = tuple[int, int, float | None, float | None]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return objects(path, "doc", "give geo_score.py --texts's lines")


def article_from(row: dict[str, Any]) -> Article:
    """Return the article of one line of input: its text as it stands, one block a paragraph, no dateline mended."""
    text = str(row.get("text") or "")
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    capture = Capture(
        name=f"doc {row['doc']}", content=text, media_type="text", sha256=hashlib.sha256(text.encode()).hexdigest(),
        outlet=row.get("outlet"), published=published,
    )  # fmt: skip
    article = article_of(capture)
    if article.text == text:
        return article
    whole = OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),))
    return replace(
        article, text=text, offsets=whole, dateline=None, blocks=(Block(start=0, end=len(text), role="body"),)
    )


def predict(input: Path, out: Path, given_spans: bool = False) -> None:
    """Read every line of `input` and write the places found (or those at the given spans) to `out`.

    Adjectives of a country ("Kazakh"), streets, buildings and what lies between two towns are left out: they name no
    place of a gazetteer.
    """
    with out.open("w", encoding="utf-8") as file:
        for row in _lines(input):
            article = article_from(row)
            analysis = analyse(article)
            if given_spans:
                found = places_at(article, analysis, [(s, e) for s, e in row.get("spans", [])])
            else:
                found = places(article, analysis)
            for mention in found if given_spans else filter(_toponym, found):
                file.write(json.dumps(_line(row["doc"], mention)) + "\n")


def _toponym(mention: PlaceMention) -> bool:
    name = not mention.place.names[0].startswith(BETWEEN)
    return name and not demonym_rows(mention.span.text) and mention.place.type not in ("landmark", "neighbourhood")


def _line(doc: Any, mention: PlaceMention) -> dict[str, Any]:
    place, span = mention.place, mention.span
    return {"doc": doc, "start": span.start, "end": span.end, "lat": place.latitude, "lon": place.longitude}


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two points in degrees, in kilometres (mean Earth radius 6,371 km)."""
    p, q = math.radians(a[0]), math.radians(b[0])
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * 6371 * math.asin(min(1, math.sqrt(h)))


@cache
def _towns() -> tuple[NDArray[np.float64], tuple[str, ...]]:
    rows = gazetteer().towns()
    return _units(np.array([row[:2] for row in rows])), tuple(row[2] for row in rows)


def _units(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return points on the unit sphere for rows of latitude and longitude."""
    lat, lon = np.radians(degrees.T)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


@lru_cache(maxsize=65536)
def country_at(lat: float, lon: float) -> str:
    """Return the country (ISO 3166-1 alpha-2) of the town nearest to a point."""
    towns, countries = _towns()
    return countries[int(np.argmax(towns @ _units(np.array([[lat, lon]]))[0]))]


def _spots(path: Path) -> dict[Any, list[Spot]]:
    found: dict[Any, list[Spot]] = defaultdict(list)
    for row in _lines(path):
        found[row["doc"]].append((row["start"], row["end"], row.get("lat"), row.get("lon")))
    return found


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return finding P, R, F; of found places with a point how many lie within 161 km, in the same country; both as F.

    A country is that of the nearest town to a point: where a whole country is named, its point is but a convention.
    """
    predicted, wanted = _spots(predictions), _spots(gold)
    found, placed, alike, errors = 0, 0, 0, []
    for doc, spots in wanted.items():
        left = list(predicted.get(doc, []))
        for start, end, lat, lon in spots:
            hit = next((p for p in left if p[0] < end and start < p[1]), None)
            if hit is None:
                continue
            left.remove(hit)
            found += 1
            placed += lat is not None and lon is not None
            if lat is not None and lon is not None and hit[2] is not None and hit[3] is not None:
                errors.append(km((lat, lon), (hit[2], hit[3])))
                alike += country_at(lat, lon) == country_at(hit[2], hit[3])
    right = sum(e <= NEAR for e in errors)
    n_gold, n_found = sum(map(len, wanted.values())), sum(map(len, predicted.values()))
    return {
        "finding P": 100 * found / max(n_found, 1),
        "finding R": 100 * found / max(n_gold, 1),
        "finding F": 200 * found / max(n_gold + n_found, 1),
        "within 161 km": 100 * right / max(placed, 1),
        "same country": 100 * alike / max(placed, 1),
        "median km": median(errors) if errors else math.nan,
        "both F": 200 * right / max(n_gold + n_found, 1),
    }


def score(gold: Path, predictions: Path) -> str:
    """Return the measures as a table for people."""
    return "\n".join(f"{name:14} {value:7.2f}" for name, value in measures(gold, predictions).items())
