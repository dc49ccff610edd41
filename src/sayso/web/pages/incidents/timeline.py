"""The timeline as bars: each a day, a month, a year or more, with the query that asks for it."""

from __future__ import annotations

from calendar import month_name
from dataclasses import dataclass

from sayso.desk.asked import Asked
from sayso.desk.timeline import Bar as Counted
from sayso.desk.timeline import Timeline as Counts
from sayso.web.shown import day_words, many

LABELS = 4
"""Words below the bars, at most."""
SMALLEST = 4.0
"""Percent of the height that a bar has at least, so that one incident beside thousands is seen."""
FEWEST = 12
"""For how many bars there is room at least, so that one alone is not a wall."""
TIMES = ("period", "since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its period (EDTF), what it tells in words, its heights in percent, and the query that asks for it.

    `height` is of what was then for certain; `above` is what may have been then, and is drawn over it.
    """

    period: str
    words: str
    told: str
    count: int
    height: float
    above: float
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The bars in their order, what they stand for, the words below them, and how many incidents have no date.

    The drawing begins at `start` and is `width` wide, in bars: a few stand in the middle. `doubtful` says that some can
    have been in one of several.
    """

    bars: list[Bar]
    unit: str
    axis: list[str]
    undated: int
    doubtful: bool
    start: float
    width: int


def timeline_of(asked: Asked, counts: Counts) -> Timeline:
    """Return the timeline of what was counted."""
    most = max((bar.count + bar.possible for bar in counts.bars), default=1) or 1
    bars = [_bar(asked, bar, most) for bar in counts.bars]
    return Timeline(
        bars=bars,
        unit=counts.unit,
        axis=_axis([bar.words for bar in bars]),
        undated=counts.undated,
        doubtful=any(bar.above for bar in bars),
        start=min(0, (len(bars) - FEWEST) / 2),
        width=max(len(bars), FEWEST),
    )


def _bar(asked: Asked, bar: Counted, most: int) -> Bar:
    words = period_words(bar.period)
    told = [many(bar.count, "incident")] if bar.count else []
    told += [f"{bar.possible:,} that may have been then"] if bar.possible else []
    return Bar(
        period=bar.period,
        words=words,
        told=f"{words}: {', '.join(told) or 'none'}",
        count=bar.count + bar.possible,
        height=_height(bar.count, most),
        above=_height(bar.possible, most),
        query=_asking(asked, bar.period),
        chosen=asked.values("period") == (bar.period,),
    )


def _height(count: int, most: int) -> float:
    return round(SMALLEST + (100 - 2 * SMALLEST) * count / most, 1) if count else 0.0


def _asking(asked: Asked, period: str) -> str:
    """Return the query for a period alone; for all times again where that is what is shown."""
    if asked.values("period") == (period,):
        return asked.query(without=TIMES)
    return asked.query(("period", period), without=TIMES)


def period_words(period: str) -> str:
    """Return a year, month, day, decade or century as people write it: `May 2019`, `2010s`."""
    if period.endswith("X"):
        return f"{period.rstrip('X')}{'0' * period.count('X')}s"
    if len(period) == 7 and period[:4].isdigit() and period[5:].isdigit():
        return f"{month_name[int(period[5:])]} {int(period[:4])}"
    return day_words(period) if len(period) == 10 else period


def _axis(words: list[str]) -> list[str]:
    """Return the first words, the last, and some between them."""
    if len(words) <= LABELS:
        return words
    return [words[round(k * (len(words) - 1) / (LABELS - 1))] for k in range(LABELS)]
