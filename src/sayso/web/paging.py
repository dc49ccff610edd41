"""Long lists a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a list: its rows, its number (1 is the first), how many pages and how many rows there are."""

    rows: Sequence[T]
    at: int
    pages: int
    total: int

    def of(self, rows: Sequence[U]) -> Page[U]:
        """Return the same page with other rows."""
        return Page(rows=rows, at=self.at, pages=self.pages, total=self.total)


def paged(rows: Sequence[T], at: int, size: int) -> Page[T]:
    """Return page number `at` of rows, the nearest there is where there is no such page."""
    pages = max(1, -(-len(rows) // size))
    at = min(max(1, at), pages)
    return Page(rows=rows[(at - 1) * size : at * size], at=at, pages=pages, total=len(rows))
