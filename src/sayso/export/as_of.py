"""What was known on a day: the claims that had been made by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sayso.export.sourcing import Sourcing
from sayso.model.reading import Reading


def as_of(reading: Reading, day: date) -> Reading:
    """Return the reading with only what had been said by the end of `day`.

    A claim is as old as its statement; where the text does not date it, and for what the outlet itself says, as its
    publication. What has no day at all stays. An incident of which nothing had been said is left out, and so are the
    statements that came later.
    """
    sourcing = Sourcing(reading)
    published = reading.article.published

    def said_by_then(when: date | None) -> bool:
        when = when or published
        return when is None or when <= day

    incidents = []
    for incident in reading.incidents:
        claims = tuple(c for c in incident.claims if said_by_then(sourcing.day_of(c)))
        if claims:
            incidents.append(replace(incident, claims=claims))
    statements = tuple(s for s in reading.statements if said_by_then(s.said_on.earliest if s.said_on else None))
    kept = {s.id for s in statements}
    return replace(
        reading,
        incidents=tuple(incidents),
        statements=tuple(replace(s, within=s.within if s.within in kept else None) for s in statements),
    )
