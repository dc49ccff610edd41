"""A share of a few things, told with what it can be of many: two of three is not 67 %."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sayso.desk.agreement import wilson

FEW: Final = 5
"""Of fewer than so many no share is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole, both counted."""

    part: int
    whole: int

    @property
    def enough(self) -> bool:
        """Say whether there are enough to tell a share."""
        return self.whole >= FEW

    @property
    def low(self) -> float:
        """The lower end of Wilson's 95 % interval, 0 to 1."""
        return wilson(self.part, self.whole).low or 0.0

    @property
    def high(self) -> float:
        """The upper end of it."""
        found = wilson(self.part, self.whole).high
        return 1.0 if found is None else found

    @property
    def words(self) -> str:
        """The share in words: `12 of 20: 39 to 78 in 100`; `too few to tell (2 of 3)`."""
        if not self.enough:
            return f"too few to tell ({self.part} of {self.whole})"
        low, high = round(100 * self.low), round(100 * self.high)
        return (
            f"{self.part:,} of {self.whole:,}: {low} to {high} in 100"
            if low != high
            else f"{self.part:,} of {self.whole:,}: {low} in 100"
        )
