"""A report in which no incident was read, as a sketch: it may still tell of one that others tell of.

Fires that may be arson, robberies, charges after many years: what kind of deed it was does not stand in every report
of it. Such a sketch has no kind and no claims, only where the report is about, its names and its words. It is compared
with what was linked, and never linked itself: it says nothing about an incident.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from sayso.merge.cluster import BOUND, LEAST
from sayso.merge.incidents.compare import log_odds
from sayso.merge.incidents.sketch import REPORT, Sketch, Spot, spot_of
from sayso.merge.incidents.words import Words, weigh, words_of
from sayso.model.reading import Reading

SIGNS = Path(__file__).with_name("signs.txt")
LEAD = 500
"""Characters at a report's head in which the places stand that it is about."""
MOST = 4


@cache
def signs() -> frozenset[str]:
    """Return the words of which a report must have one."""
    lines = SIGNS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def report_of(reading: Reading) -> Sketch | None:
    """Return a sketch of a report in which no incident was read; None where no word at its head speaks of violence."""
    article = reading.article
    head = f"{article.title or ''} {article.text[:LEAD]}"
    if signs().isdisjoint(words_of(head)):
        return None
    parts = [(article.text, 1.0)]
    if article.title and article.title not in article.text:
        parts.append((article.title, 1.0))
    return Sketch(
        key=f"report {article.id}", article=article.id, source=article.agency or article.outlet,
        published=article.published, kind=REPORT, stage="", main=False, beside=True, prominence=-10.0, days=None,
        spots=_spots(reading), parties=(), people=frozenset(), targets=frozenset(), weapons=frozenset(), counts=(),
        words=weigh(parts), names=_names(reading),
    )  # fmt: skip


def told_by(report: Sketch, clusters: Mapping[str, Sequence[Sketch]]) -> str | None:
    """Return the cluster that a report is likeliest to tell of, by the average over its members; None for none."""
    found = [(sum(_odds(report, s) for s in own) / len(own), key) for key, own in clusters.items() if own]
    odds, key = min(((-odds, key) for odds, key in found), default=(0.0, ""))
    return key if -odds >= LEAST else None


def _odds(report: Sketch, other: Sketch) -> float:
    return max(-BOUND, min(BOUND, log_odds(report, other)))


def _spots(reading: Reading) -> tuple[Spot, ...]:
    """Return the places that the head of a report names, the narrowest first."""
    found: dict[str, Spot] = {}
    for mention in reading.places:
        if mention.span.start < LEAD and mention.use in ("locative", "dateline") and mention.place.names:
            spot = spot_of(mention.place, 1.0)
            found.setdefault(spot.id, spot)
    return tuple(sorted(found.values(), key=lambda s: (s.radius, s.id))[:MOST])


def _names(reading: Reading) -> Words:
    spans = [m.span for e in reading.entities for m in e.mentions if m.form in ("name", "alias")]
    spans += [p.span for p in reading.places]
    return weigh((s.text, 1.0) for s in spans) if spans else Words(array("I"), array("H"))
