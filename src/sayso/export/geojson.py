"""GeoJSON (RFC 7946) for maps: one feature an incident, at the most precise place that is claimed.

A point is no area: `precision` and `where_prec` tell how near it is, and a region stands at its middle. Without
coordinates the geometry is null. Loses what `summary` says, and the other places that are claimed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from sayso.export.incident_shapes import IncidentRecord, Record
from sayso.export.record import record_of
from sayso.export.summary import incident_row
from sayso.model.reading import Reading


def write(readings: Iterable[Reading], out: TextIO) -> int:
    """Write one collection, a feature a line, and return the number of incidents."""
    out.write('{"type": "FeatureCollection", "features": [')
    count = 0
    for reading in readings:
        record = record_of(reading)
        for incident in record.incidents:
            out.write(",\n" if count else "\n")
            out.write(json.dumps(feature(record, incident), ensure_ascii=False))
            count += 1
    out.write("\n]}\n")
    return count


def feature(record: Record, incident: IncidentRecord) -> dict[str, Any]:
    """Return one incident as a feature; its properties are the columns of CSV, without what is empty."""
    row = incident_row(record, incident)
    point = incident.where.coordinates if incident.where else None
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": {"type": "Point", "coordinates": [point[1], point[0]]} if point else None,
        "properties": {
            column: value
            for column, value in row.items()
            if value is not None and column not in ("latitude", "longitude")
        },
    }
