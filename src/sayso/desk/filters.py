"""What is asked of the list of incidents."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.errors import InputError

Order = Literal["date", "published", "kind", "place", "killed", "reports", "sources"]
ORDERS: tuple[Order, ...] = ("date", "published", "kind", "place", "killed", "reports", "sources")
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; where west is the greater, it reaches over the date line."""
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(\d{3})X|(\d{2})XX")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """Which incidents are wanted: those that meet every condition given; of several values of one, any.

    As `IncidentFilter`, but of an incident as all its reports tell it: one that any of them calls a bombing is one.
    Conditions on perpetrators (`actor`, `standings`) and on who says so (`speaker_kinds`) must meet in one claim.
    `period` is a year (`2019`), month (`2019-05`), day, decade (`201X`) or century (`20XX`). `bbox` finds what lies
    at a known point in it; of what only the country is known, nobody knows that it lies there.
    """

    kinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    place: str | None = None
    since: date | None = None
    until: date | None = None
    actor: str | None = None
    standings: tuple[str, ...] = ()
    speaker_kinds: tuple[str, ...] = ()
    text: str | None = None
    stages: tuple[str, ...] = ()
    background: bool | None = None
    disputed: bool | None = None
    outlets: tuple[str, ...] = ()
    reviewed: bool | None = None
    bbox: Box | None = None
    period: str | None = None

    def days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day wanted, None for no bound. Raises InputError for a period that is none."""
        first, last = period_days(self.period) if self.period else (None, None)
        firsts = [day for day in (self.since, first) if day]
        lasts = [day for day in (self.until, last) if day]
        return max(firsts, default=None), min(lasts, default=None)


def period_days(period: str) -> tuple[date, date]:
    """Return the first and the last day of a period. Raises InputError for what is none."""
    match = _PERIOD.fullmatch(period)
    try:
        if match is None:
            raise ValueError
        year, month, day, decade, century = match.groups()
        if year is None:
            start, size = (int(decade) * 10, 10) if decade else (int(century) * 100, 100)
            return date(max(start, 1), 1, 1), date(start + size - 1, 12, 31)
        if day:
            return (only := date(int(year), int(month), int(day))), only
        if month:
            last = calendar.monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), last)
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except ValueError as error:
        raise InputError(
            "is no period", value=period, next_step="Give a year (2019), a month (2019-05) or a day (2019-05-03)"
        ) from error
