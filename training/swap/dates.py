"""Dates moved by a whole number of weeks, so that weekdays and "three days ago" go on being right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
_NUMBER = {m[:3].casefold(): i for i, m in enumerate(MONTHS, 1)} | {"sept": 9}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_TAIL = r"(?:ST|ND|RD|TH)?"
_JOIN = r"\s*(?:-|,|/|\band\b|\bto\b|\bor\b)\s*"
_FORMS = re.compile(
    rf"""(?<![\w.,$])(?:
      (?P<days>\d{{1,2}}{_TAIL}(?:{_JOIN}\d{{1,2}}{_TAIL})*)\s+(?:of\s+)?(?P<m1>{_MONTH})\b(?:,?\s+(?P<y1>(?:19|20)\d\d|[0-9]\d(?=\s*(?:\(|--|$|:|\)|-|/))))?(?!\w)
    | (?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}}){_TAIL}(?![\d:])(?:,?\s+(?P<y2>(?:19|20)\d\d))?(?!\w)
    | (?P<m3>{_MONTH}),?\s+(?:of\s+)?(?P<y3>(?:19|20)\d\d)(?!\w)
    | (?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\w)
    | (?P<m4>{_MONTH})(?![\w.])
    | (?P<y5>(?:19|20)\d\d)(?![\w]|[,.:]\d|\s*(?:km|kg|meters|hours|gmt|men|soldiers|people|tons)\b)
    )""",
    re.I | re.X,
)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|last|next|this|early|late|mid|until|till|by|during|for|from|between|and|every)[\s-]+$", re.I
)
_UNSURE = frozenset(["may", "march", "mar", "dec", "sep", "jan", "oct", "nov"])


def _month(word: str) -> int:
    return _NUMBER[word.strip(".").casefold()[:3]]


def _named(number: int, like: str, *, short: bool = False) -> str:
    """Return the name of a month, as short (three letters, if `short`) and in such case as `like`."""
    name = MONTHS[number - 1]
    if short or (len(like.strip(".")) <= 4 and like.casefold() not in ("may", "june", "july")):
        name = name[:3] + ("." if like.endswith(".") and name != "May" else "")
    return name.upper() if like.isupper() else name


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    year = int(text)
    return year if year > 99 else year + (1900 if year >= 50 else 2000)


def _like(year: int, old: str) -> str:
    return str(year) if len(old) == 4 else f"{year % 100:02d}"


def nearest(day: int, month: int, reference: date) -> date | None:
    """Return the day of that name that is nearest before the reference, or at most two months after it."""
    for year in (reference.year + 1, reference.year, reference.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= reference + timedelta(days=62):
            return found
    return None


class Shift:
    """Moves every date of a text by `days`, a multiple of 7; dates without a year are near the day `reference`."""

    def __init__(self, days: int, reference: date) -> None:
        self.by = timedelta(days=days)
        self.reference = reference

    def day(self, day: date) -> date:
        """Return the moved day."""
        return day + self.by

    def edits(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, new words) for each date of the text that can be moved."""
        for match in _FORMS.finditer(text):
            try:
                new = self._moved(match, text)
            except (ValueError, OverflowError):
                continue
            if new is not None and new != match[0]:
                yield match.start(), match.end(), new

    def _moved(self, match: re.Match[str], text: str) -> str | None:
        if match["iso"]:
            return self.day(date.fromisoformat(match["iso"])).isoformat()
        if match["days"]:
            return self._days(match)
        if match["m2"]:
            day = self._day(int(match["d2"]), match["m2"], match["y2"])
            if day is None:
                return None
            return _put(match, {"m2": _named(day.month, match["m2"]), "d2": str(day.day), "y2": str(day.year)})
        if match["m3"]:
            middle = self.day(date(int(match["y3"]), _month(match["m3"]), 15))
            return _put(match, {"m3": _named(middle.month, match["m3"]), "y3": str(middle.year)})
        if match["m4"]:
            if not match[0][0].isupper() or match[0].casefold() in _UNSURE:
                before = text[max(0, match.start() - 12) : match.start()]
                if not match[0][0].isupper() or not _BEFORE_MONTH.search(before) or len(match[0]) < 3:
                    return None
            near = nearest(15, _month(match["m4"]), self.reference)
            return _named(self.day(near).month, match["m4"]) if near else None
        year = int(match["y5"])
        return str(self.day(date(year, 7, 1)).year) if year >= 1900 else None

    def _day(self, day: int, month: str, year: str | None) -> date | None:
        if (full := _year(year)) is not None:
            return self.day(date(full, _month(month), day))
        near = nearest(day, _month(month), self.reference)
        return self.day(near) if near else None

    def _days(self, match: re.Match[str]) -> str | None:
        numbers = [int(n) for n in re.findall(r"\d+", match["days"])]
        moved = [self._day(n, match["m1"], match["y1"]) for n in numbers]
        days = [d for d in moved if d is not None]
        if len(days) < len(numbers):
            return None
        month, year = match["m1"], match["y1"]
        if len({d.month for d in days}) > 1:
            put = iter(f"{d.day} {_named(d.month, month)}" for d in days[:-1])
            head = re.sub(r"\d+(?:ST|ND|RD|TH)?", lambda m: next(put, str(days[-1].day)), match["days"], flags=re.I)
        else:
            whole = iter(days)
            head = re.sub(r"\d+(?:ST|ND|RD|TH)?", lambda m: _number(next(whole).day, m[0]), match["days"], flags=re.I)
        name = _named(days[-1].month, month, short=bool(year) and len(year) == 2)
        return _put(match, {"days": head, "m1": name, "y1": _like(days[-1].year, year) if year else ""})


def _number(day: int, like: str) -> str:
    if like.isdigit():
        return f"{day:02d}" if like.startswith("0") else str(day)
    tail = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{tail.upper() if like.isupper() else tail}"


def _put(match: re.Match[str], parts: dict[str, str]) -> str:
    """Return the matched words with some of their groups put anew."""
    text, offset = match[0], match.start()
    for name, new in sorted(parts.items(), key=lambda p: -match.start(p[0])):
        if match[name] is not None:
            text = text[: match.start(name) - offset] + new + text[match.end(name) - offset :]
    return text
