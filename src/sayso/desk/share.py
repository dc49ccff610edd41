"""A share of a few, with what it can be of many: in words, since two of three is not 67 %."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

Z: Final = 1.959964
"""The normal deviate of an interval that holds in 95 of 100 cases."""
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
        """The lower end of the interval (Wilson 1927), 0 to 1; 0 of nothing."""
        return max(0.0, self._middle - self._half) if self.whole else 0.0

    @property
    def high(self) -> float:
        """The upper end of the interval, 0 to 1; 1 of nothing."""
        return min(1.0, self._middle + self._half) if self.whole else 1.0

    @property
    def _middle(self) -> float:
        return (self.part / self.whole + Z * Z / (2 * self.whole)) / (1 + Z * Z / self.whole)

    @property
    def _half(self) -> float:
        share = self.part / self.whole
        spread = share * (1 - share) / self.whole + Z * Z / (4 * self.whole * self.whole)
        return Z * sqrt(spread) / (1 + Z * Z / self.whole)

    @property
    def words(self) -> str:
        """The share in words: `12 of 20, so 39 to 78 in 100`; `too few to tell (2 of 3)`."""
        if not self.enough:
            return f"too few to tell ({self.part} of {self.whole})"
        return f"{self.part:,} of {self.whole:,}, so {self._hundredths}"

    @property
    def _hundredths(self) -> str:
        low, high = round(100 * self.low), round(100 * self.high)
        return f"{low} to {high} in 100" if low != high else f"{low} in 100"
