"""Whether the times and places of events keep them apart, or let them be one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sayso.extract.incidents.roles import Told, clock_only
from sayso.model.place import Place


def related(p: Place, q: Place) -> bool:
    """Say whether two places may be the same or one within the other."""
    if p.country and q.country and p.country != q.country:
        return False
    if p.type == "country" or q.type == "country":
        return True
    if p.gazetteer_id and p.gazetteer_id == q.gazetteer_id:
        return True
    if p.names[0] in q.names or q.names[0] in p.names:
        return True
    fine = ("neighbourhood", "landmark")
    if p.type in fine or q.type in fine:
        return not (p.type in fine and q.type in fine)
    if "region" in (p.type, q.type):
        return p.admin is not None and p.admin == q.admin
    return False


def days_of(told: Iterable[Told], least: float, widest: int = 100) -> list[tuple[date, date]]:
    """Return the intervals of the times of events, those too wide to tell events apart ("this year") left out."""
    return [
        (t.when.earliest, t.when.latest)
        for one in told
        for t, score in one.times
        if score >= least
        and not clock_only(t)
        and t.when
        and t.when.earliest
        and t.when.latest
        and (t.when.latest - t.when.earliest).days <= widest
    ]


def clash_in_time(x: Sequence[Told], y: Sequence[Told]) -> bool:
    """Say whether both are dated, and to different days.

    A week or a month says less than the day that is told beside it: "on Sunday, the third killing this month".
    """
    mine, other = _narrowest(days_of(x, 2.0)), _narrowest(days_of(y, 2.0))
    return bool(mine and other) and not any(a[0] <= b[1] and b[0] <= a[1] for a in mine for b in other)


def _narrowest(days: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return the single days, or nights, among intervals; all of them where there is none."""
    return [d for d in days if (d[1] - d[0]).days <= 1] or days


def meet_in_time(x: Sequence[Told], y: Sequence[Told]) -> bool:
    """Say whether both are dated, and may be of one day."""
    return any(a[0] <= b[1] and b[0] <= a[1] for a in days_of(x, 2.0) for b in days_of(y, 2.0))


def clash_in_place(x: Sequence[Told], y: Sequence[Told]) -> bool:
    """Say whether both have places of which none may be the same or hold one of the other.

    A town that is told of beside both, if only as near ("near Oulan, in the north"), keeps none apart.
    """
    mine, other = _towns(x), _towns(y)
    if not (mine and other) or any(related(p, q) for p in mine for q in other):
        return False
    return not _names(x) & _names(y)


def _names(told: Sequence[Told]) -> set[str]:
    return {p.place.names[0] for t in told for p, score in t.places if score >= 1 and p.place.type != "country"}


def _towns(told: Sequence[Told]) -> list[Place]:
    """Return where events were, places that they were only near left out."""
    return [
        p.place
        for t in told
        for p, score in t.places
        if score >= 2 and p.use == "locative" and (p.place.type != "city" or p.place.precision == 1)
    ]
