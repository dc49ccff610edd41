"""When something was: EDTF values and the words that give them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.model.span import Span

Basis = Literal["explicit", "relative", "assumed_year"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """Words of the article that give a time. `type` is TIMEX3's (DATE, TIME, DURATION, SET).

    `when` is None for sets, for most durations ("in the past hours" has one) and for times that cannot be placed;
    `value` is the TIMEX3 value.
    `relative_to` is "event" where the time hangs on an event told before ("a week later"), else None.
    """

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    when: When | None
    relative_to: Literal["publication", "event"] | None = None
