"""The day that a user gives as a publication date."""

from __future__ import annotations

import re
from datetime import date

from sayso.errors import InputError
from sayso.resolve.when.lexicon import dates

_NEXT = "write it as YYYY-MM-DD, for example 2011-11-09"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d\d.{0,24})?", re.ASCII)
_PLAIN = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_WEEKDAY = r"(?:[A-Za-z]{3,9}\.?,?\s+)?"
_TIME = r"(?:,?\s+(?:at\s+)?\d{1,2}:\d\d.{0,24})?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?([A-Za-z]{{3,9}})\.?,?[\s-]+(\d{{4}}){_TIME}", re.ASCII
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}([A-Za-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.ASCII
)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InputError(f"there is no such day ({error})", value=text, next_step=_NEXT) from error


def published_date(text: str) -> date:
    """Return the day that a text gives: `2011-11-09`, `9 November 2011`, `Nov. 9, 2011`, `Wed, 09 Nov 2011 12:00 GMT`.

    A time of day is read over. Numeric forms are taken only where day and month cannot be confused. Raises InputError
    for a day that does not exist, an ambiguous one, and anything that is not one whole day.
    """
    text = text.strip()
    iso = _ISO.fullmatch(text) or _PLAIN.fullmatch(text)
    if iso:
        return _day(text, int(iso[1]), int(iso[2]), int(iso[3]))
    numeric = _NUMERIC.fullmatch(text)
    if numeric:
        first, second, year = (int(part) for part in numeric.groups())
        if first <= 12 and second <= 12 and first != second:
            raise InputError("day and month cannot be told apart", value=text, next_step=_NEXT)
        return _day(text, year, min(first, second), max(first, second))
    months = dates()["words"]["MONTH"] | dates()["words"]["MABBR"]
    for pattern, (day, month, year) in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3))):
        match = pattern.fullmatch(text)
        number = months.get(match[month].lower()) if match else None
        if match and number:
            return _day(text, int(match[year]), number, int(match[day]))
    raise InputError("not a whole day", value=text[:80], next_step=_NEXT)
