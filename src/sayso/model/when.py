"""When something was: EDTF values and the words that give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.model.span import Span

Basis = Literal["explicit", "relative", "assumed_year"]
_WEEK, _MONTH = 7, 31


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time, as narrow as the text allows.

    `edtf` is ISO 8601-2 (`2011-10-31`, `2010-03`, `XXXX-10-31`, `2011-10-01/2011-10-31`). `earliest` and `latest` are
    the first and last day it can be, both None where the year is not known. `basis`: the text says it outright, says it
    relative to an anchor, or gives it without a year that the anchor supplied. `clock` is a time of day as the text
    has it, normalised to `HH:MM` where it is one.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    basis: Basis
    clock: str | None = None

    @property
    def time_precision(self) -> int | None:
        """ACLED's time_precision (codebook 2024): 1 the day, 2 within a week, 3 within a month or wider.

        None where the year is not known, or an end is open.
        """
        days = self._days
        return None if days is None else 1 if days == 1 else 2 if days <= _WEEK else 3

    @property
    def date_prec(self) -> int | None:
        """UCDP's date_prec (GED codebook 23.1): 1 the day, 2 within 2 to 6 days, 3 a week, 4 to a month, 5 wider.

        None where the year is not known, or an end is open.
        """
        days = self._days
        if days is None:
            return None
        return 1 if days == 1 else 2 if days < _WEEK else 3 if days == _WEEK else 4 if days <= _MONTH else 5

    @property
    def _days(self) -> int | None:
        """How many days it can be."""
        return None if self.earliest is None or self.latest is None else (self.latest - self.earliest).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """Words of the article that give a time. `type` is TIMEX3's (DATE, TIME, DURATION, SET).

    `when` is None for sets, for most durations ("in the past hours" has one) and for times that cannot be placed;
    `value` is the TIMEX3 value.
    `relative_to` is "event" where the time hangs on an event told before ("a week later"), else None. `counted_from` is
    the day (EDTF) of what "two days after" names; None where that is not known, or the time is not counted so.
    """

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    when: When | None
    relative_to: Literal["publication", "event"] | None = None
    counted_from: str | None = None
