"""Lanes: what was said over time, as marks on a line for each thing it was said of. The server draws them.

A drawing has only shares of its width (0 to 100), so that words in it keep their size at any width; `lanes.html` has
the macro that puts it on a page, beside which the same must stand as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

EDGE: Final = 3.0
"""Share of the width left free at each end, so that no mark is cut."""
NEAR: Final = 2.2
"""Marks nearer to each other than this share of the width are put on another line."""
MOST_LINES: Final = 4
"""Lines of marks in a lane; what does not fit shares the last."""
TICKS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something said on a day: how somebody stands by it, and in words who says what. Undated marks are left out.

    `until` is the last day on which it was said; None for once.
    """

    day: date | None
    standing: str
    words: str
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A line of marks, with what it is about; `href` leads to it where there is a page of it."""

    label: str
    marks: Sequence[Mark]
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMark:
    """A mark in its place: `x` and `to` as shares of the width, `line` counted from the top."""

    x: float
    to: float | None
    line: int
    standing: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLane:
    """A lane with its marks in their places, over so many lines; `undated` is how many marks have no day."""

    label: str
    href: str | None
    marks: list[DrawnMark]
    lines: int
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day on the axis: its share of the width, and its words."""

    x: float
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Lanes over one axis of time."""

    lanes: list[DrawnLane]
    ticks: list[Tick]


def draw(lanes: Iterable[Lane]) -> Drawing | None:
    """Return the lanes drawn over the time that their marks span; None where no mark has a day."""
    given = list(lanes)
    days = [day for lane in given for mark in lane.marks for day in (mark.day, mark.until) if day]
    if not days:
        return None
    scale = _Scale(min(days), max(days))
    return Drawing(lanes=[_drawn(lane, scale) for lane in given], ticks=scale.ticks())


class _Scale:
    """From days to shares of the width."""

    def __init__(self, first: date, last: date) -> None:
        self._first, self._days = first.toordinal(), max(1, last.toordinal() - first.toordinal())
        self._alone = first == last

    def x(self, day: date) -> float:
        if self._alone:
            return 50.0
        return round(EDGE + (100 - 2 * EDGE) * (day.toordinal() - self._first) / self._days, 2)

    def ticks(self) -> list[Tick]:
        count = 1 if self._alone else min(TICKS, self._days + 1)
        steps = [self._first + (self._days * k // max(1, count - 1)) for k in range(count)]
        days = [date.fromordinal(step) for step in dict.fromkeys(steps)]
        return [Tick(x=self.x(day), day=day) for day in days]


def _drawn(lane: Lane, scale: _Scale) -> DrawnLane:
    ends = [-100.0] * MOST_LINES
    marks: list[DrawnMark] = []
    for mark in sorted((m for m in lane.marks if m.day), key=lambda m: (m.day, m.standing, m.words)):
        assert mark.day
        x = scale.x(mark.day)
        to = scale.x(mark.until) if mark.until and mark.until > mark.day else None
        line = next((k for k, end in enumerate(ends) if x - end >= NEAR), MOST_LINES - 1)
        ends[line] = max(ends[line], x if to is None else to)
        marks.append(DrawnMark(x=x, to=to, line=line, standing=mark.standing, words=mark.words))
    lines = max((mark.line for mark in marks), default=0) + 1
    undated = sum(mark.day is None for mark in lane.marks)
    return DrawnLane(label=lane.label, href=lane.href, marks=marks, lines=lines, undated=undated)
