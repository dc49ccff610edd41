"""How a count grew, source by source: steps and bars to be drawn, and the table beside them. Nothing is averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from string import ascii_uppercase

from sayso.export.incident_shapes import QuantityValue
from sayso.export.reconciled import ReconciledRecord
from sayso.export.reconciled.held_shapes import HolderRecord, Words
from sayso.export.reconciled.shapes import TollRecord
from sayso.export.words import span_of_counts
from sayso.web.pages.incident.quoted import Quote, Quoter
from sayso.web.pages.incident.scale import Scale, scale_of
from sayso.web.pages.incident.told import COUNTS, LABELS

HEIGHT, TOP, BOTTOM = 168, 16, 12
"""Pixels of a drawing, and of its empty edges."""
ASIDE, MIDDLE = 13, 50.0
"""Pixels between points of one place; points right of the middle, in per cent, are moved to the left."""
COUNTED = 40
"""Counts of one slot that are told at once."""
LOOKS = 6
"""Kinds of lines that are told apart; a letter tells the sources apart too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line of the drawing: x in per cent, y in pixels."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One count in the drawing and in the table; `aside` is how many pixels it is moved to be seen beside another."""

    letter: str
    source: str
    kind: str
    day: str | None
    words: str
    stance: str
    change: str
    x: float
    y: float
    top: float
    aside: int
    unbounded: bool
    look: str
    quote: Quote | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The counts of one slot; `drawn` is false where one day or one count makes no drawing worth while."""

    slot: str
    label: str
    points: tuple[Point, ...]
    lines: tuple[Line, ...]
    ticks: tuple[tuple[int, float], ...]
    days: tuple[str, ...]
    drawn: bool
    hidden: int = 0


def charts(record: ReconciledRecord, quoter: Quoter, *, full: bool = False) -> list[Chart]:
    """Return a chart for each kind of count that was given more than once; of many, the latest, unless `full`."""
    found = []
    for slot in COUNTS:
        tolls = [toll for toll in record.tolls if toll.slot == slot]
        if len(tolls) > 1:
            kept = tolls if full else tolls[-COUNTED:]
            chart = _chart(slot, kept, _evidence(record, slot), quoter)
            found.append(replace(chart, hidden=len(tolls) - len(kept)))
    return found


Evidence = dict[tuple[object, ...], list[Words]]


def _evidence(record: ReconciledRecord, slot: str) -> Evidence:
    """Return the words behind each count, by the count, its source and whether he stands by it."""
    found: Evidence = {}
    of = record.slots.get(slot)  # type: ignore[call-overload]
    for held in of.values if of else ():
        if isinstance(held.value, QuantityValue):
            for one in held.held_by:
                found[held.value.low, held.value.high, _source(one), one.stance] = one.evidence
    return found


def _source(one: HolderRecord) -> str:
    return one.source


def _chart(slot: str, tolls: Sequence[TollRecord], evidence: Evidence, quoter: Quoter) -> Chart:
    scale = scale_of(toll.day for toll in tolls)
    top = max(max(toll.low, toll.high or 0) for toll in tolls) or 1
    letters = {source: k for k, source in enumerate(dict.fromkeys(toll.source for toll in tolls))}
    points = _beside([_point(toll, letters[toll.source], scale, top, evidence, quoter) for toll in tolls])
    days = {toll.day for toll in tolls if toll.day}
    return Chart(
        slot=slot,
        label=LABELS[slot],  # type: ignore[index]
        points=tuple(points),
        lines=tuple(line for source in letters for line in _steps([p for p in points if p.source == source])),
        ticks=tuple((n, _y(n, top)) for n in sorted({0, top // 2, top})),
        days=tuple(scale.ends()),
        drawn=len(days) > 1,
    )


def _beside(points: Sequence[Point]) -> list[Point]:
    """Return the points, those of one place moved to stand beside each other."""
    met: Counter[tuple[float, float]] = Counter()
    moved = []
    for point in points:
        place = point.x, point.y
        step = ASIDE if point.x < MIDDLE else -ASIDE
        moved.append(replace(point, aside=step * met[place]))
        met[place] += 1
    return moved


def _y(number: int, top: int) -> float:
    return round(HEIGHT - BOTTOM - number / top * (HEIGHT - TOP - BOTTOM), 1)


def _point(toll: TollRecord, number: int, scale: Scale, top: int, evidence: Evidence, quoter: Quoter) -> Point:
    quotes = quoter.quotes(evidence.get((toll.low, toll.high, toll.source, toll.stance), ()))
    high = toll.low if toll.high is None else toll.high
    return Point(
        letter=ascii_uppercase[number] if number < len(ascii_uppercase) else str(number + 1),
        source=toll.source,
        kind=toll.source_kind,
        day=toll.day,
        words=("about " if toll.approximate else "") + span_of_counts(toll.low, toll.high),
        stance=toll.stance,
        change=toll.change,
        x=scale.at(toll.day),
        y=_y(toll.low, top),
        top=_y(high, top),
        aside=0,
        unbounded=toll.high is None,
        look=f"line{number % LOOKS}",
        quote=next((q for q in quotes if q.article in toll.articles), quotes[0] if quotes else None),
        articles=tuple(toll.articles),
    )


def _steps(points: Sequence[Point]) -> list[Line]:
    """Return the steps of one source's counts: each holds until its next one."""
    held = [point for point in points if point.stance == "asserts" and point.day]
    held.sort(key=lambda point: point.day or "")
    lines: list[Line] = []
    for before, after in pairwise(held):
        lines.append(Line(x1=before.x, y1=before.y, x2=after.x, y2=before.y, look=before.look))
        lines.append(Line(x1=after.x, y1=before.y, x2=after.x, y2=after.y, look=before.look))
    return lines
