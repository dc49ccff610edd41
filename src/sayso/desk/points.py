"""Incidents on a map: near ones in one cell, and how far each may be from where it is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from sayso.desk.columns import NONE, Array, Snapshot
from sayso.desk.conditions import COUNTRY_ONLY, Mask, in_box, placed
from sayso.desk.filters import Box

CELL = 60
"""Pixels on a side of a cell, at the zoom asked for: marks that are nearer would lie over each other."""
TILE = 256
"""Pixels of the whole world at zoom 0 (web mercator, as OpenStreetMap has it)."""
MOST = 2_500
"""Cells in one answer, under a megabyte of JSON; where there are more, they are made larger."""
FURTHEST = 85.05112878
"""Degrees of latitude where web mercator ends."""
ZOOMS = range(20)
RADIUS = {1: 2.0, 2: 25.0, 3: 50.0, 4: 150.0, 5: 200.0, 7: 100.0}
"""By `where_prec` (UCDP), how many km from its point an incident may have been, about: the map draws that area."""
_TITLE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Incidents near each other: how many, the mean of their points, and the box around them.

    `radius` is how many km from their points they may have been, the least precise of them. One that is alone has its
    `key`, `kind` and `title` too.
    """

    count: int
    latitude: float
    longitude: float
    bounds: Box
    radius: float
    key: str | None = None
    kind: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """The cells, those of most incidents first, and what has no point.

    `countries` counts by code what is known to have been in a country and no closer; `unplaced` is all else without a
    point. Both are of the whole selection, not only of the box.
    """

    zoom: int
    cells: tuple[Cell, ...]
    countries: dict[str, int] = field(default_factory=dict)
    unplaced: int = 0


def points(snapshot: Snapshot, mask: Mask, box: Box | None, zoom: int) -> Points:
    """Return the masked rows as cells; of those at a known point, the ones in the box.

    `zoom` of the answer is the one that the cells are made for: less than asked where there would be too many.
    """
    known = mask & placed(snapshot)
    inside = np.flatnonzero(known & in_box(snapshot, box) if box else known)
    zoom = min(max(int(zoom), ZOOMS[0]), ZOOMS[-1])
    cells, owner = _cells(snapshot, inside, zoom)
    while len(cells) > MOST and zoom > ZOOMS[0]:
        zoom -= 1
        cells, owner = _cells(snapshot, inside, zoom)
    rest = mask & ~known
    country = snapshot["country"]
    in_country = rest & (country != NONE) & ((snapshot["where_prec"] == COUNTRY_ONLY) | np.isnan(snapshot["latitude"]))
    counts = np.bincount(country[in_country])
    words = snapshot.pools["country"].words
    return Points(
        zoom=zoom,
        cells=_drawn(snapshot, inside, owner, len(cells)),
        countries={words[k]: int(counts[k]) for k in np.flatnonzero(counts)},
        unplaced=int((rest & ~in_country).sum()),
    )


def _cells(snapshot: Snapshot, rows: Array, zoom: int) -> tuple[Array, Array]:
    """Return the cells that hold rows, and the cell of each row."""
    across = math.ceil(TILE * 2**zoom / CELL) + 1
    latitude = np.radians(snapshot["latitude"][rows].clip(-FURTHEST, FURTHEST))
    x = (snapshot["longitude"][rows] + 180) / 360
    y = 0.5 - np.log(np.tan(math.pi / 4 + latitude / 2)) / (2 * math.pi)
    column, row = ((part.clip(0, 1) * TILE * 2**zoom / CELL).astype(np.int64) for part in (x, y))
    cells, owner = np.unique(row * across + column, return_inverse=True)
    return cells, owner


def _drawn(snapshot: Snapshot, rows: Array, owner: Array, number: int) -> tuple[Cell, ...]:
    """Return the cells, of most incidents first."""
    if not number:
        return ()
    order = np.argsort(owner, kind="stable")
    rows, owner = rows[order], owner[order]
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    counts = np.diff(np.r_[starts, len(owner)])
    latitude, longitude = snapshot["latitude"][rows], snapshot["longitude"][rows]
    reach = np.array([RADIUS.get(k, RADIUS[5]) for k in range(8)])[snapshot["where_prec"][rows].clip(0, 7)]
    mean = [np.add.reduceat(part, starts) / counts for part in (latitude, longitude)]
    low = [np.minimum.reduceat(part, starts) for part in (longitude, latitude)]
    high = [np.maximum.reduceat(part, starts) for part in (longitude, latitude)]
    radius = np.maximum.reduceat(reach, starts)
    numbers = np.stack([*mean, *low, *high], axis=1).round(5).tolist()
    return tuple(
        Cell(
            count=int(counts[k]),
            latitude=numbers[k][0],
            longitude=numbers[k][1],
            bounds=(numbers[k][2], numbers[k][3], numbers[k][4], numbers[k][5]),
            radius=float(radius[k]),
            **(_alone(snapshot, int(rows[starts[k]])) if counts[k] == 1 else {}),
        )
        for k in np.argsort(-counts, kind="stable")
    )


def _alone(snapshot: Snapshot, row: int) -> dict[str, str | None]:
    title = snapshot["title"][row]
    kind = snapshot.pools["kind"].words[snapshot["kind"][row]]
    return {"key": snapshot["key"][row], "kind": kind, "title": title[:_TITLE] if title else None}
