"""What speaks for or against two reports telling of one incident: each comparison a small function.

A function returns findings: the feature's name (a row of `weights.yaml`), how strongly it is met, and words for it.
Features that are not met are left out, so that what neither report tells counts for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sayso.merge.cluster import pair
from sayso.merge.incidents.known_names import likeness
from sayso.merge.incidents.sketch import REPORT, Party, Sketch, Spot
from sayso.merge.incidents.words import in_common, rarity
from sayso.merge.names import Kind
from sayso.schema.kinds import kindred

EARTH = 6371.0
"""Mean radius in km (IUGG)."""
SLACK = timedelta(days=1)
"""Reports of one event may differ by a day: time zones, nights, a day told loosely."""
NEWS = 4
"""Days after an event within which most first reports appear."""


class Finding(NamedTuple):
    """One comparison: a feature, how strongly it is met, and what was found, in words."""

    feature: str
    amount: float
    words: str


Findings = Iterator[Finding]


def time(left: Sketch, right: Sketch) -> Findings:
    """Compare the days claimed, and where one has none, the days of the reports."""
    if left.days and right.days:
        yield from _days(left.days, right.days)
        return
    for one, other in ((left, right), (right, left)):
        if one.days and other.published and one.days[0] - other.published > SLACK:
            yield Finding("after the report", 1.0, f"{one.days[0]} is after the other report ({other.published})")
            return
    at = [s.days[1] if s.days else s.published for s in (left, right)]
    if not (at[0] and at[1]):
        yield Finding("no day", 1.0, "of one there is no day at all")
    else:
        gap = abs((at[0] - at[1]).days)
        if gap <= NEWS:
            yield Finding("reports near", 1.0, f"told within {gap} days" if gap else "told on the same day")
        else:
            yield Finding("reports apart", math.log(gap / NEWS), f"told {gap} days apart")


def _days(x: tuple[date, date], y: tuple[date, date]) -> Findings:
    width = max((x[1] - x[0]).days, (y[1] - y[0]).days)
    gap = max((x[0] - y[1]).days, (y[0] - x[1]).days)
    if gap <= 0 and width == 0:
        yield Finding("same day", 1.0, f"both on {x[0]}")
    elif gap <= 0:
        yield Finding("days may be one", 1 / (1 + math.log1p(width)), f"{_span(x)} and {_span(y)} may be one")
    elif gap == 1:
        yield Finding("next day", 1.0, f"{_span(x)} and {_span(y)}, a day apart")
    else:
        yield Finding("days apart", math.log(gap), f"{gap} days apart: {_span(x)}, {_span(y)}")


def _span(days: tuple[date, date]) -> str:
    return f"{days[0]}" if days[0] == days[1] else f"{days[0]} to {days[1]}"


def place(left: Sketch, right: Sketch) -> Findings:
    """Compare the places: the same, near for what they are, far, or in other countries."""
    if not (left.spots and right.spots):
        return
    ids = {s.id: s for s in left.spots}
    shared = min((s for s in right.spots if s.id in ids), key=lambda s: s.radius, default=None)
    if shared and shared.radius <= 50:
        yield Finding("same place", 1.0, f"both at {shared.name}")
        return
    countries = {s.country for s in left.spots if s.country}, {s.country for s in right.spots if s.country}
    if all(countries) and not (countries[0] & countries[1]):
        yield Finding("other country", 1.0, f"{'/'.join(sorted(countries[0]))} and {'/'.join(sorted(countries[1]))}")
        return
    near = min(_distances(left.spots, right.spots), key=lambda one: one[:2], default=None)
    if near is not None and near[0] > 0:
        far, km, x, y = near
        yield Finding("far", math.log1p(far / 25), f"{x.name} and {y.name}, {km:.0f} km apart")
    elif near is not None and max(near[2].radius, near[3].radius) <= 50:
        yield Finding("near", 1.0, f"{near[2].name} and {near[3].name}, {near[1]:.0f} km apart")
    elif shared or countries[0] & countries[1]:
        name = shared.name if shared else "/".join(sorted(countries[0] & countries[1]))
        yield Finding("same area", 1.0, f"both in {name}")


def _distances(x: tuple[Spot, ...], y: tuple[Spot, ...]) -> Iterator[tuple[float, float, Spot, Spot]]:
    for p in x:
        for q in y:
            if (
                p.latitude is not None
                and q.latitude is not None
                and p.longitude is not None
                and q.longitude is not None
            ):
                km = distance(p.latitude, p.longitude, q.latitude, q.longitude)
                reach = p.radius + q.radius + 20
                yield max(0.0, km - reach), km, p, q


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in km (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(h)))


def kind(left: Sketch, right: Sketch) -> Findings:
    """Compare the kinds and stages; a report in which no incident was read has none."""
    if REPORT in (left.kind, right.kind):
        yield Finding("no incident", 1.0, "in one no incident was read")
        return
    if left.kind == right.kind:
        yield Finding("same kind", 1.0, f"both {_kind(left.kind)}")
    elif kindred(left.kind, right.kind):
        yield Finding("kindred kind", 1.0, f"{_kind(left.kind)} and {_kind(right.kind)}")
    else:
        yield Finding("other kind", 1.0, f"{_kind(left.kind)} and {_kind(right.kind)}")
    if left.stage != right.stage:
        yield Finding("other stage", 1.0, f"{left.stage} and {right.stage}")


def _kind(name: str) -> str:
    return name.replace("_", " ")


def parties(left: Sketch, right: Sketch) -> Findings:
    """Compare who is named, as victim and as perpetrator."""
    for roles, person, same, other in PARTIES:
        mine, theirs = _of(left, roles, person), _of(right, roles, person)
        if not (mine and theirs):
            continue
        kind: Kind = "person" if person else "organization"
        alike = sorted(((likeness(*pair(p.name, q.name), kind), p.name) for p in mine for q in theirs), reverse=True)
        likely = [score for score, _ in alike if score >= 0.4]
        if likely:
            yield Finding(same, min(sum(likely), 3.0) ** 0.5, f"{roles[0]} {alike[0][1]}")
        else:
            yield Finding(other, 1.0 - alike[0][0], f"{roles[0]}s {mine[0].name}; {theirs[0].name}")


PARTIES = (
    (("victim",), True, "same victim", "other victim"),
    (("perpetrator", "arrested"), True, "same suspect", "other suspect"),
    (("perpetrator",), False, "same group", "other group"),
)
"""Roles that are compared with each other, of persons or not, and the features for what is found."""


def _of(sketch: Sketch, roles: tuple[str, ...], person: bool) -> list[Party]:
    return [p for p in sketch.parties if p.role in roles and p.person == person]


def tolls(left: Sketch, right: Sketch) -> Findings:
    """Compare the numbers of the dead, wounded, abducted and arrested; tolls grow, so a later one may be higher."""
    mine, theirs = {s: (a, b) for s, a, b in left.counts}, {s: (a, b) for s, a, b in right.counts}
    for slot in mine.keys() & theirs.keys():
        (a, b), (c, d) = mine[slot], theirs[slot]
        top, least = max(a, c), min(b if b is not None else 10**9, d if d is not None else 10**9)
        label = "dead" if slot == "killed" else slot
        if top <= least and top > 0:
            yield Finding(f"same {label}", math.log1p(min(top, 50)), f"{top} {label} in both")
        elif top > least:
            apart = math.log((top + 1) / (least + 1))
            yield Finding(f"other {label}", apart, f"{least} and {top} {label}")


def things(left: Sketch, right: Sketch) -> Findings:
    """Compare what was attacked, who by description, and with what."""
    for feature, x, y in (("target", left.targets, right.targets), ("people", left.people, right.people)):
        if x and y:
            if shared := x & y:
                tell = sorted(shared, key=lambda w: (-rarity(w), w))
                yield Finding(f"same {feature}", min(sum(map(rarity, shared)), 12) / 4, f"both {', '.join(tell[:3])}")
            else:
                yield Finding(f"other {feature}", 1.0, f"{_few(x)}; {_few(y)}")
    if left.weapons and right.weapons:
        if shared := left.weapons & right.weapons:
            yield Finding("same weapon", 1.0, f"both with {', '.join(sorted(shared))}")
        else:
            yield Finding("other weapon", 1.0, f"{_few(left.weapons)}; {_few(right.weapons)}")


def _few(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)[:3])


def wording(left: Sketch, right: Sketch) -> Findings:
    """Compare the words of the reports, the rare ones the more."""
    if left.words and right.words:
        cosine = in_common(left.words, right.words)
        yield Finding("words", cosine, f"{cosine:.0%} of the telling words in common")
        if cosine < 0.1:
            yield Finding("few words", 1 - cosine / 0.1, "hardly any telling word in common")
    if left.names and right.names:
        cosine = in_common(left.names, right.names)
        yield Finding("names", cosine, f"{cosine:.0%} of the names and numbers in common")
        if cosine < 0.1:
            yield Finding("few names", 1 - cosine / 0.1, "hardly any name in common")


def article(left: Sketch, right: Sketch) -> Findings:
    """Hold apart what one article tells of as two."""
    yield Finding("one article", 1.0, "told of as two in one article")


def claimed_days(left: Sketch, right: Sketch) -> Findings:
    """Compare the days claimed alone: the day of the report says nothing within one article."""
    if left.days and right.days:
        yield from _days(left.days, right.days)


Comparisons = tuple[Callable[[Sketch, Sketch], Findings], ...]
BETWEEN: Comparisons = (time, place, kind, parties, tolls, things, wording)
WITHIN: Comparisons = (claimed_days, place, kind, parties, tolls, things, article)
"""What is compared between two articles, and within one, whose words and day tell nothing; in the order of reasons of
equal weight."""


def findings(left: Sketch, right: Sketch) -> list[Finding]:
    """Return all findings about two sketches."""
    comparisons = WITHIN if left.article == right.article else BETWEEN
    return [finding for compare in comparisons for finding in compare(left, right)]
