"""Places years, decades and centuries before Christ; ISO 8601 counts 1 BC as the year 0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sayso.resolve.when.moment import Moment, edtf
from sayso.resolve.when.settled import Settled, explicit, integer


def ancient_year(fields: Mapping[str, Any]) -> Settled | None:
    """Read "480 BC", "AD 79" and "499-493 BC"; None for a year 0, and for years that run the wrong way."""
    number, before = integer(fields["ancient"]), str(fields["era"]).startswith("b")
    if not number:
        return None
    first = Moment("year", 1 - number if before else number)
    if "last" not in fields:
        return explicit(first)
    last = integer(fields["last"])
    if not 0 < last < number:
        return None
    final = Moment("year", 1 - last)
    return Settled("DATE", f"BC{number:04d}/BC{last:04d}", first, interval=f"{edtf(first)}/{edtf(final)}")


def ancient_decade(digits: str) -> Settled | None:
    """Read the decade before Christ that its first year names ("the 470s BC": 479 to 470)."""
    year = int(digits)
    return _stretch(f"BC{year // 10:03d}", year + 9, year) if year else None


def ancient_century(number: int) -> Settled:
    """Read a century before Christ by its number ("the eighth century BC": 800 to 701)."""
    return _stretch(f"BC{number - 1:02d}", number * 100, number * 100 - 99)


def _stretch(value: str, first: int, last: int) -> Settled:
    """Return the years from `first` to `last` before Christ."""
    return Settled("DATE", value, None, f"{edtf(Moment('year', 1 - first))}/{edtf(Moment('year', 1 - last))}")
