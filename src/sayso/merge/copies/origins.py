"""Which of a group of copies the others were made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

K = TypeVar("K", int, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Generic[K]):
    """What is known of one article of a group.

    `agency` is the news agency that it credits, `outlet` who published it, `length` that of its `Signature`, in
    five-word runs. None where not known.
    """

    id: K
    published: date | None = None
    agency: str | None = None
    outlet: str | None = None
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin(Generic[K]):
    """The article that a group goes back to, with the reason in words."""

    id: K
    reason: str


def origin(members: Iterable[Member[K]]) -> Origin[K]:
    """Return the origin of a group of copies: the agency's own, else the earliest, the longest, the first by id.

    The order of the members makes no difference. Raises ValueError where there are none.
    """
    group = list(members)
    if not group:
        raise ValueError("a group of copies has at least one member")
    agency = _agency(group)
    best = min(group, key=lambda m: rank(m, agency))
    if len(group) == 1:
        return Origin(id=best.id, reason="the only one")
    if _own(best, agency):
        return Origin(id=best.id, reason=f"published by {best.outlet}, the agency that the copies credit")
    return Origin(id=best.id, reason=_reason(best, [m for m in group if m.id != best.id]))


def rank(member: Member[K], agency: str | None) -> tuple[bool, date, int, K]:
    """Return what the likeliest origin has the least of; `agency` is whom the group credits."""
    return not _own(member, agency), member.published or date.max, -member.length, member.id


def _agency(group: list[Member[K]]) -> str | None:
    """Return the agency that most members credit, in small letters; of several the first in the alphabet."""
    credits = Counter(m.agency.casefold().strip() for m in group if m.agency and m.agency.strip())
    return min(credits, key=lambda name: (-credits[name], name)) if credits else None


def _own(member: Member[K], agency: str | None) -> bool:
    return agency is not None and member.outlet is not None and member.outlet.casefold().strip() == agency


def _reason(best: Member[K], others: list[Member[K]]) -> str:
    day = best.published
    if day and all(m.published is None or m.published > day for m in others):
        return f"published first, on {day.isoformat()}"
    rivals = [m for m in others if m.published == day]
    when = f"of those published on {day.isoformat()}" if day else "no day of publication is known, and of all"
    if all(m.length < best.length for m in rivals):
        return f"{when} the longest, {best.length} five-word runs"
    return f"{when} the longest that comes first by its id"
