"""Sketches of all incidents of a reading, with how they stand to the one that the article is most about."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from sayso.merge.incidents.evidence import claimed_days, place, tolls
from sayso.merge.incidents.sketch import RESPONSES, Sketch, prominence, sketch_of, throughout
from sayso.model.reading import Reading

ELSEWHEN = math.log(7)
"""Days (their logarithm) from which a deed is another than the first one; less may be a day read wrongly."""


def sketches_of(reading: Reading, keys: Mapping[str, str] | None = None) -> list[Sketch]:
    """Return a sketch of each incident of a reading; `keys` are the incidents' keys by id (None: the ids)."""
    if not reading.incidents:
        return []
    ranks = {i.id: prominence(i, reading) for i in reading.incidents}
    first = max(reading.incidents, key=lambda i: ranks[i.id])
    found = {}
    for incident in reading.incidents:
        key = (keys or {}).get(incident.id, incident.id)
        sketch = sketch_of(incident, reading, key, throughout(incident, first))
        found[incident.id] = replace(sketch, prominence=ranks[incident.id])
    return [
        sketch if id == first.id else replace(sketch, beside=not _is_apart(sketch, found[first.id]))
        for id, sketch in found.items()
    ]


def _is_apart(sketch: Sketch, first: Sketch) -> bool:
    """Say whether an incident is news of its own: a deed of another place or day than the first one, or a second.

    What is told of the same place and days, or of none, is as like as not a part of the first one; so is a deed of the
    same named people, which may have been read as two, with a day of its own for each.
    """
    if not sketch.main or sketch.kind in RESPONSES:
        return False
    mine, other = ({p.name for p in s.parties if p.person} for s in (sketch, first))
    if mine & other:
        return False
    if _is_second(sketch, first):
        return True
    found = {f.feature: f.amount for compared in (claimed_days, place) for f in compared(sketch, first)}
    return "far" in found or "other country" in found or found.get("days apart", 0.0) >= ELSEWHEN


def _is_second(sketch: Sketch, first: Sketch) -> bool:
    """Say whether two deeds of a kind hit different things and each took its own toll: the second bomb of a day."""
    if sketch.kind != first.kind or not (sketch.targets and first.targets) or sketch.targets & first.targets:
        return False
    return any(f.feature.startswith("other") for f in tolls(sketch, first))
