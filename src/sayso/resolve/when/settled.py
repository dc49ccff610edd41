"""What every kind of expression is settled as, and the numbers that its words give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.model.when import Basis
from sayso.resolve.when.grammar import Expression
from sayso.resolve.when.moment import Moment, timex

Type = Literal["DATE", "TIME", "DURATION", "SET"]

YEARS = {"decade": 10, "century": 100}
CLOCK_UNITS = frozenset({"second", "minute", "hour"})
_LETTERS = {"second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "weekend": "W",
            "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settled:
    """An expression with its place: `moment` or `interval` (EDTF) is None where it cannot be placed."""

    type: Type
    value: str
    moment: Moment | None = None
    interval: str | None = None
    basis: Basis = "explicit"
    relative_to: Literal["publication", "event"] | None = None
    clock: str | None = None
    counted_from: Moment | None = None


def integer(text: object) -> int:
    """Return the number that digits give, with or without "th"."""
    return int(str(text).rstrip("stndrh"))


def count_of(expression: Expression) -> float | None:
    """Return how many units an expression counts; None for "few" and "several"."""
    fields = expression.fields
    plus = float(fields.get("plus", 0))
    if "number" not in fields:
        return 1 + plus if "one" in fields else plus or None
    if "." in str(fields["number"]):
        return float(fields["number"])
    first, second = integer(str(fields["number"]).replace(",", "")), int(fields.get("number2", 0))
    if second >= 100:
        return first * second
    return (first + second if first >= 20 and first % 10 == 0 and second < 10 else second or first) + plus


def duration_value(count: float | None, unit: str) -> str:
    """Return the TIMEX3 value of a length of time: P3D, PT36H, PXY."""
    if count is not None and unit == "fortnight":
        count *= 2
    if count is not None and count % 1 and unit in YEARS:
        unit, count = "year", count * YEARS[unit]
    number = "X" if count is None else f"{count:.10g}"
    return f"P{'T' if unit in CLOCK_UNITS else ''}{number}{_LETTERS[unit]}"


def from_anchor(moment: Moment | None, unknown: str = "XXXX-XX-XX") -> Settled:
    """Return a time told from the day of writing; its value is `unknown` where it cannot be placed."""
    value = timex(moment) if moment else unknown
    return Settled("DATE", value, moment, basis="relative", relative_to="publication")


def from_event(moment: Moment | None, unknown: str = "XXXX-XX-XX") -> Settled:
    """Return a time told from an event; its value is `unknown` where it cannot be placed."""
    value = timex(moment) if moment else unknown
    return Settled("DATE", value, moment, basis="relative", relative_to="event")


def explicit(moment: Moment) -> Settled:
    """Return a time that the words give outright."""
    return Settled("DATE", timex(moment), moment)
