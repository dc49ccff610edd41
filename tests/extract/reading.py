"""Reads a text of a test's own through the whole pipeline."""

from __future__ import annotations

from datetime import date
from functools import cache

from sayso.model.article import Capture
from sayso.model.claim import Actor, Quantity, Slot, Victim
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.when import When
from sayso.pipeline import read_capture

PUBLISHED = date(2019, 5, 7)


@cache
def read(text: str, published: date | None = PUBLISHED) -> Reading:
    """Return the reading of a plain text."""
    return read_capture(Capture(name="test", content=text, media_type="text", sha256="0" * 64), published)


def main(text: str, kind: str | None = None) -> list[Incident]:
    """Return the incidents that are not background, of one kind where asked."""
    return [i for i in read(text).incidents if not i.background and kind in (None, i.kind)]


def values(incident: Incident, slot: Slot) -> list[str]:
    """Return the values of a slot as short texts."""
    found = []
    for claim in incident.of(slot):
        value = claim.value
        if isinstance(value, Quantity):
            found.append(f"{value.low}-{value.high if value.high is not None else ''}")
        elif isinstance(value, Place):
            found.append(value.names[0])
        elif isinstance(value, When):
            found.append(value.edtf)
        elif isinstance(value, Victim):
            found.append(value.name or value.description or "")
        elif isinstance(value, Actor):
            found.append(f"{value.name} [{claim.standing}]")
        else:
            found.append(getattr(value, "name", None) or getattr(value, "value", ""))
    return found
