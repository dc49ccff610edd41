"""EDTF: reading dates as ISO 8601-2 writes them, and the days between which they lie.

Levels 0 and 1 of the Extended Date/Time Format (Library of Congress, 2019; ISO 8601-2:2019, annex A), and beyond them
dates whose year alone is not known (`XXXX-10-31`). Nothing here reads English.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from sayso.errors import InputError

Bounds = tuple[date | None, date | None]

_POINT = re.compile(
    r"(?P<year>Y-?\d{5,9}|-?(?:\d{4}|\d{3}X|\d{2}XX|XXXX))"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?P<zone>Z|[+-]\d\d(?::\d\d)?)?)?)?)?"
    r"[?~%]?",
    re.ASCII,
)
_SEASONS = {21: ((3, 1), (6, 21)), 22: ((6, 1), (9, 23)), 23: ((9, 1), (12, 22)), 24: ((12, 1), (3, 21))}
"""First and last day of spring, summer, autumn, winter: the union of the meteorological and the astronomical season of
the northern hemisphere. A winter runs into the next year, but people also name it after that year: see `_season`."""


def _wrong(value: str, why: str) -> InputError:
    return InputError(
        f"not an EDTF date: {why}",
        value=value,
        next_step="write it as 2011-10-31, 2011-10, 2011 or 2011-10-01/2011-10-31",
    )


def _season(year: int, code: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    first, last = _SEASONS[code]
    return ((year, 1, 1), (year + 1, *last)) if code == 24 else ((year, *first), (year, *last))


def _day(year: int, month: int, day: int) -> date | None:
    """Return that day; None where `datetime` has no such year (before 1, after 9999)."""
    return date(year, month, day) if 1 <= year <= 9999 else None


def _years(text: str) -> tuple[int, int] | None:
    """Return the first and last year that the year part can be; None where it is not known."""
    if "XXXX" in text:
        return None
    digits = text.lstrip("Y-")
    sign = -1 if "-" in text else 1
    both = sign * int(digits.replace("X", "0")), sign * int(digits.replace("X", "9"))
    return min(both), max(both)


def _point(text: str, whole: str) -> Bounds:
    """Return the first and last day of one date, checking that it exists."""
    match = _POINT.fullmatch(text)
    if match is None:
        raise _wrong(whole, f"{text!r} is no date")
    years, month, day = _years(match["year"]), match["month"], match["day"]
    if match["hour"] and not (int(match["hour"]) < 24 and int(match["minute"]) < 60 and int(match["second"]) < 60):
        raise _wrong(whole, "there is no such time of day")
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise _wrong(whole, "a day needs its month")
        return (_day(years[0], 1, 1), _day(years[1], 12, 31)) if years else (None, None)
    number = int(month)
    if number in _SEASONS and day is None:
        return (_day(*_season(years[0], number)[0]), _day(*_season(years[1], number)[1])) if years else (None, None)
    if not 1 <= number <= 12:
        raise _wrong(whole, f"there is no month {month}")
    exact = years is not None and years[0] == years[1] and 1 <= years[0] <= 9999
    longest = monthrange(years[0] if exact and years else 2000, number)[1]
    if day not in (None, "XX") and not 1 <= int(day) <= longest:
        raise _wrong(whole, f"that month has {longest} days")
    if years is None:
        return None, None
    if day in (None, "XX"):
        last = monthrange(years[1], number)[1] if 1 <= years[1] <= 9999 else 28
        return _day(years[0], number, 1), _day(years[1], number, last)
    if not exact and (number, int(day)) == (2, 29):
        return _day(years[0], 2, 28), _day(years[1], 3, 1)
    return _day(years[0], number, int(day)), _day(years[1], number, int(day))


def bounds(edtf: str) -> Bounds:
    """Return the first and the last day that an EDTF value can be.

    None stands for an open or unknown end, for both where the year is not known, and for years that `datetime.date`
    cannot hold. Raises InputError for what is no EDTF of level 0 or 1 (nor `XXXX-MM-DD`), and for impossible days.
    """
    head, slash, tail = edtf.partition("/")
    if not slash:
        return _point(edtf, edtf)
    low = None if head in ("", "..") else _point(head, edtf)[0]
    high = None if tail in ("", "..") else _point(tail, edtf)[1]
    if low is not None and high is not None and low > high:
        raise _wrong(edtf, "it ends before it begins")
    return low, high


def validate(edtf: str) -> str:
    """Return the value itself where it is EDTF; raises InputError like `bounds` where it is not."""
    bounds(edtf)
    return edtf


def is_interval(edtf: str) -> bool:
    """Say whether the value has two ends (`2011-10-01/2011-10-31`, `../2011-10-31`)."""
    return "/" in edtf
