"""How many incidents there were when: by the finest unit of which few enough bars are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np

from sayso.desk.columns import NONE, Array, Snapshot
from sayso.desk.conditions import Mask

MOST = 120
"""Bars that a screen has room for."""
Unit = Literal["day", "month", "year", "decade", "century"]
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One unit of time: `period` asks for it, `first` and `last` are its days.

    `count` incidents were then for certain, as far as their reports go; `possible` ones can have been then or at
    another time. Both together are what a filter by `period` finds.
    """

    period: str
    first: date
    last: date
    count: int
    possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The bars, oldest first and without gaps; `undated` incidents have no known year. `unit` is what a bar spans."""

    unit: Unit
    bars: tuple[Bar, ...]
    undated: int


def timeline(snapshot: Snapshot, mask: Mask, since: date | None, until: date | None) -> Timeline:
    """Return when the masked rows were; only between two days, where these are given."""
    earliest, latest = snapshot["earliest"][mask], snapshot["latest"][mask]
    dated = (earliest != NONE) | (latest != NONE)
    undated = int((~dated).sum())
    earliest, latest = earliest[dated].astype(np.int64), latest[dated].astype(np.int64)
    known = np.concatenate([earliest[earliest != NONE], latest[latest != NONE]])
    if not len(known):
        return Timeline(unit="year", bars=(), undated=undated)
    low, high = int(known.min()), int(known.max())
    low = max(low, since.toordinal()) if since else low
    high = max(min(high, until.toordinal()) if until else high, low)
    unit, first, number = _unit(low, high)
    begin = np.where(earliest == NONE, -1, _UNITS[unit](earliest) - first).clip(-1, number)
    end = np.where(latest == NONE, number, _UNITS[unit](latest) - first).clip(-1, number)
    certain = np.bincount(begin[(begin == end) & (begin >= 0) & (begin < number)], minlength=number)
    wide = (begin != end) & (begin < number) & (end >= 0)
    change = np.bincount(begin[wide].clip(0), minlength=number + 1)
    change -= np.bincount(end[wide].clip(max=number - 1) + 1, minlength=number + 1)
    possible = np.cumsum(change)
    bars = (_bar(unit, first + k, int(certain[k]), int(possible[k])) for k in range(number))
    return Timeline(unit=unit, bars=tuple(bars), undated=undated)


def _unit(low: int, high: int) -> tuple[Unit, int, int]:
    """Return the finest unit of which few enough lie between two days, the first of them, and how many."""
    ends = np.array([low, high], np.int64)
    found: list[tuple[Unit, int, int]] = []
    for unit, numbers in _UNITS.items():
        first, last = map(int, numbers(ends))
        found.append((unit, first, last - first + 1))
    return next((one for one in found if one[2] <= MOST), found[-1])


def _of_dates(code: str) -> Callable[[Array], Array]:
    def numbers(days: Array) -> Array:
        found: Array = (days - _EPOCH).astype("datetime64[D]").astype(f"datetime64[{code}]").astype(np.int64)
        return found

    return numbers


def _of_years(years: int) -> Callable[[Array], Array]:
    def numbers(days: Array) -> Array:
        found: Any = (_of_dates("Y")(days) + 1970) // years
        return np.asarray(found)

    return numbers


_UNITS: dict[Unit, Callable[[Array], Array]] = {
    "day": lambda days: days,
    "month": _of_dates("M"),
    "year": _of_years(1),
    "decade": _of_years(10),
    "century": _of_years(100),
}
"""What number the unit has in which days (1 is the first of January of the year 1) lie, finest unit first."""


def _bar(unit: Unit, number: int, count: int, possible: int) -> Bar:
    if unit == "day":
        first = last = date.fromordinal(number)
        return Bar(period=first.isoformat(), first=first, last=last, count=count, possible=possible)
    if unit == "month":
        year, month = 1970 + number // 12, number % 12 + 1
        first, last = date(year, month, 1), _before(year + month // 12, month % 12 + 1)
        return Bar(period=f"{first:%Y-%m}".rjust(7, "0"), first=first, last=last, count=count, possible=possible)
    years = {"year": 1, "decade": 10, "century": 100}[unit]
    digits = {"year": f"{number:04}", "decade": f"{number:03}X", "century": f"{number:02}XX"}[unit]
    first = date(max(number * years, 1), 1, 1)
    return Bar(period=digits, first=first, last=_before((number + 1) * years, 1), count=count, possible=possible)


def _before(year: int, month: int) -> date:
    """Return the day before a month begins."""
    return date.max if year > date.max.year else date(year, month, 1) - timedelta(days=1)
