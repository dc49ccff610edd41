"""Days of publication, as pages and rows write them; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
"""A month in English, in full or shortened."""
_NAMED = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<month>{MONTH}),?\s+(?P<year>(?:19|20)\d\d)"
    rf"|(?P<month2>{MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d)",
    re.I,
)
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_NUMERIC = re.compile(r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>(?:19|20)\d\d)")
_LABELS = r"(?:first |originally )?(?:published|posted|created|issued|date|publication date)(?: on| at)?\s?:?\s+"
_UPDATED = r"(?:last )?(?:updated|modified)(?: on| at)?\s?:?\s+"
_LABEL = rf"(?:(?P<label>{_LABELS})|(?P<updated>{_UPDATED}))?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = (
    r"(?:,?\s*(?:at |@\s?|[-–|]\s?|last updated at )?"
    r"\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?\s?(?:\(?[A-Z]{2,4}\)?)?)?"
)
_CLOCK_FIRST = r"(?:\d{1,2}[:.]\d\d\s?(?:[ap]\.?m\.?)?\s?(?:\(?[A-Z]{2,4}\)?)?,?\s+)?"
_DAY_LINE = re.compile(
    rf"{_LABEL}{_CLOCK_FIRST}{_WEEKDAY}(?P<day>{_ISO.pattern}|[\w.]+,? [\w.]+,? (?:19|20)\d\d"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d){_CLOCK}",
    re.I,
)


def day_of(value: str) -> date | None:
    """Return the day that an ISO 8601 time, an HTTP date or a day with its month in words gives, as it is written
    there (not moved to another time zone); None where it gives none, or one that does not exist."""
    value = value.strip()[:80]
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        pass
    try:
        if iso := _ISO.match(value):
            return date.fromisoformat(iso.group())
        if named := _NAMED.search(value):
            month = (named["month"] or named["month2"])[:3].lower()
            year, day = int(named["year"] or named["year2"]), int(named["day"] or named["day2"])
            return date(year, _MONTHS.index(month) + 1, day)
        if numeric := _NUMERIC.fullmatch(value):
            return _day_of_numbers(*(int(numeric[part]) for part in ("first", "second", "year")))
    except ValueError:
        return None
    return None


def _day_of_numbers(first: int, second: int, year: int) -> date | None:
    """Return the day of 31/10/2011 or 10/31/2011; None where day and month cannot be told apart."""
    if first <= 12 and second <= 12 and first != second:
        return None
    return date(year, min(first, second), max(first, second))


def is_labelled(text: str) -> bool:
    """Say whether a line calls its day that of publication ("Published: 3 May 2019")."""
    found = _DAY_LINE.fullmatch(text.strip(" |·•-–—")) if len(text) <= 80 else None
    return bool(found and found["label"])


def updated_line(text: str) -> date | None:
    """Return the day of a line that gives that of the last change alone ("Updated 3 May 2019"); None for others."""
    found = _DAY_LINE.fullmatch(text.strip(" |·•-–—")) if len(text) <= 80 else None
    return day_of(found["day"]) if found and found["updated"] else None


def day_line(text: str) -> date | None:
    """Return the day of a line that says nothing else ("Published: 3 May 2019 14:05 GMT"); None for any other line."""
    found = _DAY_LINE.fullmatch(text.strip(" |·•-–—")) if len(text) <= 80 else None
    return day_of(found["day"]) if found and not found["updated"] else None
