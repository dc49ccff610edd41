"""The days of feasts: fixed ones, weekdays of a month, and those that Easter, the Hebrew and the Islamic calendar move.

The arithmetic is that of Reingold and Dershowitz, Calendrical Calculations (2018), whose day numbers are those of
`date.toordinal`, and for Easter that of Meeus, Astronomical Algorithms (1991).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

APPROXIMATE = timedelta(days=1)
"""How far the moon that people see, or the sun of another longitude, can move a feast from its reckoned day."""
_FIRST, _LAST = 1583, 9990
_RULE = re.compile(r"([a-z]*)([-+]?\d+)(?:-(\d+))?(?:-(-?\d+))?~?")


def feasts(rule: str, year: int) -> tuple[date, ...]:
    """Return the days of a feast in a year: one, none outside 1583 to 9990, at times two or none if the moon moves it.

    `12-25` is fixed; `11-4-4` is the fourth Thursday of November, `05-1--1` the last Monday of May (ISO weekdays);
    `easter-2`, `orthodox+0` and `tishri+9` count from a day that moves, `islamic10-1` is a month and day.
    """
    told = _RULE.fullmatch(rule)
    if told is None or not _FIRST <= year <= _LAST:
        return ()
    name, first, second, which = told[1], int(told[2]), int(told[3] or 1), told[4]
    if name == "islamic":
        return tuple(_islamic(year, first, second))
    if name:
        return (_MOVABLE[name](year) + timedelta(days=first),)
    if which is not None:
        return (_weekday_of(year, first, second, int(which)),)
    return (date(year, first, second),) if second <= monthrange(year, first)[1] else ()


def is_approximate(rule: str) -> bool:
    """Say whether a feast can lie a day before or after the one that is reckoned."""
    return rule.startswith("islamic") or rule.endswith("~")


def _weekday_of(year: int, month: int, weekday: int, which: int) -> date:
    if which < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (which - 1))


def _easter(year: int) -> date:
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date:
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)  # from the Julian calendar


def _tishri(year: int) -> date:
    """Return the Hebrew new year that begins in a year."""
    hebrew = year + 3761
    before, this, after = (_elapsed(hebrew + k) for k in (-1, 0, 1))
    late = 2 if after - this == 356 else 1 if this - before == 382 else 0
    return date.fromordinal(this + late - 1373427)


def _elapsed(hebrew: int) -> int:
    months = (235 * hebrew - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def _islamic(year: int, month: int, day: int) -> Iterator[date]:
    """Yield the days of a year that have that month and day in the tabular Islamic calendar."""
    near = (year - 622) * 33 // 32
    for islamic in range(near - 1, near + 3):
        number = day + 29 * (month - 1) + month // 2 + 354 * (islamic - 1) + (3 + 11 * islamic) // 30 + 227014
        found = date.fromordinal(number)
        if found.year == year:
            yield found


_MOVABLE: dict[str, Callable[[int], date]] = {"easter": _easter, "orthodox": _orthodox_easter, "tishri": _tishri}
