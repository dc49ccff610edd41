"""Lanes: every mark stands within the drawing, at its day, and none hides another."""

from __future__ import annotations

from datetime import date

from sayso.web.lanes import Lane, Mark, draw


def mark(day: date | None, until: date | None = None) -> Mark:
    return Mark(day=day, until=until, standing="accused", words="accused, by somebody")


def test_marks_stand_by_their_days_and_near_ones_below_each_other() -> None:
    first, near, last = date(2019, 1, 1), date(2019, 1, 2), date(2020, 1, 1)
    drawing = draw([Lane(label="a", marks=[mark(last), mark(first), mark(near), mark(None)])])
    assert drawing
    (lane,) = drawing.lanes
    assert [(m.x, m.line) for m in lane.marks] == [(3.0, 0), (3.26, 1), (97.0, 0)]
    assert (lane.lines, lane.undated) == (2, 1)
    assert [drawing.ticks[0].day, drawing.ticks[-1].day] == [first, last]


def test_what_was_said_for_long_has_a_span() -> None:
    drawing = draw([Lane(label="a", marks=[mark(date(2019, 1, 1), date(2019, 12, 31))])])
    assert drawing and (drawing.lanes[0].marks[0].x, drawing.lanes[0].marks[0].to) == (3.0, 97.0)


def test_one_day_stands_in_the_middle_and_no_day_draws_nothing() -> None:
    drawing = draw([Lane(label="a", marks=[mark(date(2019, 1, 1))])])
    assert drawing and drawing.lanes[0].marks[0].x == 50.0 and len(drawing.ticks) == 1
    assert draw([Lane(label="a", marks=[mark(None)])]) is None
    assert draw([]) is None
