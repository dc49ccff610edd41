"""A line of days as per cent of a drawing's width, so that a drawing is as wide as its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

LEFT, RIGHT = 3.0, 97.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The first and the last day that are drawn; None where no day is known."""

    first: date | None
    last: date | None

    def at(self, day: str | None) -> float:
        """Return where a day stands, in per cent; at the left for none, and where there is but one day."""
        if day is None or self.first is None or self.last is None or self.first == self.last:
            return LEFT
        share = (date.fromisoformat(day) - self.first).days / (self.last - self.first).days
        return round(LEFT + min(1.0, max(0.0, share)) * (RIGHT - LEFT), 2)

    def ends(self) -> list[str]:
        """Return the days to be written under the drawing, from left to right."""
        days = [day.isoformat() for day in (self.first, self.last) if day]
        return list(dict.fromkeys(days))


def scale_of(days: Iterable[str | None]) -> Scale:
    """Return the scale that holds these days."""
    known = sorted(date.fromisoformat(day) for day in days if day)
    return Scale(first=known[0] if known else None, last=known[-1] if known else None)
