"""Stretches of the calendar as people name them: a day, a week, a month, a season, with TIMEX3 and EDTF spellings."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
"""TIMEX3's seasons and their EDTF codes."""
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Moment:
    """One unit of the calendar.

    `year` is None where it is not known, and counts 1 BC as 0 (ISO 8601). `month` and `day` are set down to `grain`;
    for a week or weekend they are its first day. `part` is the season (`SU`), quarter or half (`Q3`, `H1`).
    """

    grain: Grain
    year: int | None
    month: int | None = None
    day: int | None = None
    part: str | None = None

    @property
    def start(self) -> date | None:
        """The first day; None where the year is not known or `datetime` has no such day."""
        if self.year is None or not 1 <= self.year <= 9999:
            return None
        if self.grain == "season":
            return date(self.year, {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[self.part or "WI"], 1)
        return date(self.year, self.month or 1, self.day or 1)


def of_day(day: date) -> Moment:
    """Return that day as a moment."""
    return Moment("day", day.year, day.month, day.day)


def exists(year: int | None, month: int, day: int) -> bool:
    """Say whether the calendar has that day (29 February does where the year is not known)."""
    known = year if year is not None and 1 <= year <= 9999 else 2000
    return 1 <= month <= 12 and 1 <= day <= monthrange(known, month)[1]


def _add_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _year_in_range(year: int) -> bool:
    return -9998 <= year <= 9998


def unit_of(day: date, unit: str) -> Moment | None:
    """Return the unit (`week`, `month`, `year` ...) that holds a day; None for units finer than a day."""
    if unit == "day":
        return of_day(day)
    if unit in ("week", "weekend", "fortnight"):
        first = _add_days(day, -day.weekday() + (5 if unit == "weekend" else 0))
        grain: Grain = "weekend" if unit == "weekend" else "week"
        return Moment(grain, first.year, first.month, first.day) if first else None
    if unit == "month":
        return Moment("month", day.year, day.month)
    if unit == "quarter":
        quarter = (day.month - 1) // 3
        return Moment("quarter", day.year, quarter * 3 + 1, part=f"Q{quarter + 1}")
    if unit == "year":
        return Moment("year", day.year)
    if unit == "decade":
        return Moment("decade", day.year // 10 * 10)
    if unit == "century":
        return Moment("century", day.year // 100 * 100)
    return None


def shift(moment: Moment, count: int, unit: str) -> Moment | None:
    """Return the unit that lies `count` units after the one that holds `moment`; None where that cannot be told.

    Months and years can be counted from a month or a year; days and weeks only from a day or a week.
    """
    if unit == "fortnight":
        count, unit = count * 2, "week"
    if abs(count) > 200_000 or moment.year is None:
        return None
    if unit in ("day", "week", "weekend"):
        start = moment.start if moment.grain in ("day", "week", "weekend") else None
        if start is None or (unit == "day" and moment.grain != "day"):
            return None
        moved = _add_days(start, count * (1 if unit == "day" else 7))
        return unit_of(moved, unit) if moved else None
    if unit not in _MONTHS:
        return None
    if moment.month is None and _MONTHS[unit] < 12:
        return None
    months = moment.year * 12 + (moment.month or 1) - 1 + count * _MONTHS[unit]
    year, month = months // 12, months % 12 + 1
    if not _year_in_range(year):
        return None
    if 1 <= year <= 9998:
        return unit_of(date(year, month, 1), unit)
    return Moment("year", year) if _MONTHS[unit] >= 12 else Moment("month", year, month)


def weekday_near(anchor: date, weekday: int, *, after: bool, strict: bool) -> Moment | None:
    """Return the nearest day with that ISO weekday on or before (`after`: on or after) the anchor.

    `strict` leaves out the anchor's own day.
    """
    away = (weekday - anchor.isoweekday()) % 7 if after else (anchor.isoweekday() - weekday) % 7
    if strict and away == 0:
        away = 7
    found = _add_days(anchor, away if after else -away)
    return of_day(found) if found else None


def ends(moment: Moment) -> tuple[date, date] | None:
    """Return the first and last day of a moment; None where the year is not known."""
    first = moment.start
    if first is None:
        return None
    if moment.grain == "day":
        return first, first
    if moment.grain in ("week", "weekend"):
        last = _add_days(first, 6 if moment.grain == "week" else 1)
        return (first, last) if last else None
    months = 3 if moment.grain == "season" else _MONTHS[moment.grain]
    index = first.year * 12 + first.month - 1 + months
    if index // 12 > 9999:
        return None
    return first, date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


def edtf(moment: Moment) -> str:
    """Return the moment's EDTF value; weeks, quarters and halves, which EDTF level 1 lacks, as intervals."""
    year = "XXXX" if moment.year is None else f"{'-' if moment.year < 0 else ''}{abs(moment.year):04d}"
    if moment.grain == "season":
        return f"{year}-{SEASONS[moment.part or 'WI']}" if moment.year is not None else "XXXX"
    if moment.grain in ("week", "weekend", "quarter", "half"):
        both = ends(moment)
        if both is None:
            return year
        if moment.grain in ("quarter", "half"):
            return f"{both[0]:%Y-%m}/{both[1]:%Y-%m}" if both[0].year > 999 else year
        return f"{both[0].isoformat()}/{both[1].isoformat()}"
    if moment.grain == "decade":
        return f"{year[:-1]}X" if moment.year and moment.year > 0 else "XXXX"
    if moment.grain == "century":
        return f"{year[:-2]}XX" if moment.year and moment.year > 0 else "XXXX"
    month = f"-{moment.month:02d}" if moment.month else ""
    return year + month + (f"-{moment.day:02d}" if moment.day else "")


def timex(moment: Moment) -> str:
    """Return the moment's TIMEX3 value (`2011-W44`, `2011-SU`, `198`, `BC0480`)."""
    before = moment.year is not None and moment.year <= 0
    year = "XXXX" if moment.year is None else f"BC{1 - moment.year:04d}" if before else f"{moment.year:04d}"
    if moment.grain in ("week", "weekend"):
        start = moment.start
        if start is None:
            return "XXXX-WXX"
        iso = start.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if moment.grain == "weekend" else "")
    if moment.grain in ("season", "quarter", "half"):
        return f"{year}-{moment.part}"
    if moment.grain == "decade":
        return year[:-1]
    if moment.grain == "century":
        return year[:-2]
    month = f"-{moment.month:02d}" if moment.month else ""
    return year + month + (f"-{moment.day:02d}" if moment.day else "")


def with_year(moment: Moment, year: int | None) -> Moment | None:
    """Return the moment in another year; None where that year has no such day."""
    if moment.month and moment.day and not exists(year, moment.month, moment.day):
        return None
    return replace(moment, year=year)
