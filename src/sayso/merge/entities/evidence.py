"""What speaks for or against two articles naming one person or organization: each comparison a small function.

A function returns findings: the feature's name (a row of `weights.yaml`), how strongly it is met, and words for it.
Features that are not met are left out, so that what neither article tells counts for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sayso.merge.entities.naming import folded, is_bare, is_national, is_shared, likeness, read, telling
from sayso.merge.entities.sketch import Called, Sketch, home
from sayso.merge.incidents.evidence import Finding
from sayso.merge.incidents.words import in_common, rarity, words_of
from sayso.merge.names import Kind

TOLD = 7.0
"""How rare the words of a full name are, in all, at which it neither helps nor harms: as a common name's."""
BARE = 3.5
"""How rare one word has to be to tell anything alone."""
SLACK = 1
"""Years by which ages of one person differ in reports: birthdays, ages told loosely."""

MANY = 10
"""Words of names around at which it tells in full that two articles share none."""

SHORT = 3
"""Letters below which an acronym may be that of very many names."""

Findings = Iterator[Finding]


class Match(NamedTuple):
    """The two names that are likest: log-odds that they name the same, taken alone, and the names."""

    odds: float
    left: Called
    right: Called


def match(left: Sketch, right: Sketch, kind: Kind) -> Match:
    """Return the names of two entities that are likest; full ones before those of one word."""
    pairs = (Match(likeness(x.name, y.name, kind), x, y) for x in left.called for y in right.called)
    return max(pairs, key=lambda m: (m.odds - _doubt(m, kind), m.left.name, m.right.name))


def _doubt(found: Match, kind: Kind) -> float:
    return 1.5 if is_bare(found.left.name, kind) or is_bare(found.right.name, kind) else 0.0


def naming(left: Sketch, right: Sketch) -> Findings:
    """Compare the names: how like, how rare, and whether one word is all there is."""
    if left.kind != right.kind:
        yield from _across(left, right)
        return
    kind, best = left.kind, match(left, right, left.kind)
    both = f"{best.left.name}" if best.left.name == best.right.name else f"{best.left.name} and {best.right.name}"
    if best.odds < 0:
        yield Finding("other name", 1 + min(-best.odds, 5.0), both)
        return
    yield Finding("same name", min(best.odds, 3.0), both)
    yield from (_worth_bare if _doubt(best, kind) else _worth_full)(best, kind, both)
    if kind == "person":
        yield from _namesakes(left, right)
    if best.left.alias or best.right.alias:
        yield Finding("stated alias", 1.0, f"{both}, a stated alias")
        clash = min(likeness(left.name, right.name, kind), 0.0)
        if clash and not (is_bare(left.name, kind) or is_bare(right.name, kind)):
            yield Finding("other full name", min(-clash, 6.0), f"{left.name} and {right.name}")


def _namesakes(left: Sketch, right: Sketch) -> Findings:
    """Doubt a bare surname that two people of the other article bear, or whose bearer its own article tells apart."""
    for one, other in ((left, right), (right, left)):
        if is_bare(other.name, "person"):
            continue
        least = max(likeness(one.name, other.name, "person"), 0.0)
        if any(likeness(name, other.name, "person") > least for name in one.namesakes):
            yield Finding("told apart", 1.0, f"{other.name} is another than {one.name} in one article")
        elif is_bare(one.name, "person") and any(likeness(one.name, n, "person") > 0 for n in other.namesakes):
            yield Finding("namesake", 1.0, f"{one.name}: {other.name} or {other.namesakes[0]}")


def _across(left: Sketch, right: Sketch) -> Findings:
    """Hold a person and an organization apart, but for what one article only takes for the other: the name is one."""
    same = {folded(c.name) for c in left.called} & {folded(c.name) for c in right.called}
    long = [name for name in same if " " in name]
    if long:
        yield Finding("same name", 3.0, long[0])
        yield Finding("other kind", 1.0, "a person and an organization")
    else:
        yield Finding("other name", 6.0, "a person and an organization")


def _worth_full(best: Match, kind: Kind, both: str) -> Findings:
    told = telling(best.left.name, best.right.name, kind) - TOLD
    if kind == "organization" and is_shared(best.left.name) and is_shared(best.right.name):
        return
    if told < 0:
        yield Finding("common name", -told / 4, f"{both}: many bear it")
    else:
        yield Finding("rare name", min(told, 8.0) / 4, f"{both}: few bear it")


def _worth_bare(best: Match, kind: Kind, both: str) -> Findings:
    told = telling(best.left.name, best.right.name, kind)
    short = min(len(folded(x.name).replace(" ", "")) for x in (best.left, best.right)) < SHORT
    same = folded(best.left.name) == folded(best.right.name)
    yield Finding("one word", 3.0 if short and not same else 1.0, f"only {both}")
    if told > BARE:
        yield Finding("rare word", min((told - BARE) / 2, 1.0), f"{both}: few bear it")


def age(left: Sketch, right: Sketch) -> Findings:
    """Compare the years of birth, or ages where the articles have no day."""
    if left.born and right.born:
        gap = max(left.born[0] - right.born[1], right.born[0] - left.born[1]) - SLACK
        words = f"born {_years(left.born)} and {_years(right.born)}"
    elif left.age is not None and right.age is not None:
        gap = abs(left.age - right.age) - SLACK
        words = f"aged {left.age} and {right.age}"
    else:
        return
    if gap <= 0:
        yield Finding("same age", 1.0, words)
    else:
        yield Finding("other age", min(math.log1p(gap), 3.0), words)


def _years(born: tuple[int, int]) -> str:
    return f"{born[0]}" if born[0] == born[1] else f"{born[0]} or {born[1]}"


def person(left: Sketch, right: Sketch) -> Findings:
    """Compare gender, nationality, generation, kin and death."""
    if left.gender and right.gender and left.gender != right.gender:
        yield Finding("other gender", 1.0, f"{left.gender} and {right.gender}")
    if left.nationalities and right.nationalities:
        same = bool(left.nationalities & right.nationalities)
        words = f"of {_few(left.nationalities)} and {_few(right.nationalities)}"
        yield Finding("same nation" if same else "other nation", 1.0, words)
    born = {read(s.name, "person").generation for s in (left, right)} - {""}
    if left.kind == right.kind == "person" and len(born) == 2:
        yield Finding("other generation", 1.0, " and ".join(sorted(born)))
    if left.kind == "person" and (_is_kin(left, right) or _is_kin(right, left)):
        yield Finding("kin", 1.0, "the one is told to be of the other's family")
    for one, other in ((left, right), (right, left)):
        if one.dead and not other.dead and "speaker" in other.parts and _is_before(one, other):
            yield Finding("dead", 1.0, f"dead by {one.published}, speaks by {other.published}")


def _is_before(one: Sketch, other: Sketch) -> bool:
    return bool(one.published and other.published and (other.published - one.published).days > 2)


def _is_kin(one: Sketch, other: Sketch) -> bool:
    return any(folded(name) == folded(other.name) for name in one.kin)


def _few(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)[:3])


def standing(left: Sketch, right: Sketch) -> Findings:
    """Compare roles, groups, and the parts taken in incidents."""
    if left.roles and right.roles:
        mine, theirs = _role_words(left), _role_words(right)
        if same := mine & theirs:
            yield Finding(
                "same role", 0.5 + min(sum(map(rarity, same)), 6.0) / 4, f"both {', '.join(sorted(same)[:3])}"
            )
        else:
            yield Finding("other role", 1.0, f"{_few(left.roles)}; {_few(right.roles)}")
    if left.groups and right.groups:
        odds = max(likeness(x, y, "organization") for x in left.groups for y in right.groups)
        words = f"of {left.groups[0]} and {right.groups[0]}"
        yield Finding("same group" if odds > 0 else "other group", min(abs(odds), 2.0), words)
    for one, other in ((left, right), (right, left)):
        if one.parts & SUSPECT and not other.parts & SUSPECT and ("victim" in other.parts or other.roles - one.roles):
            yield Finding("suspect here only", 1.0, f"{_few(one.parts)}; {_few(other.parts | other.roles)}")
    if shared := left.parts & right.parts:
        yield Finding("same part", 1.0, f"both {_few(shared)}")


SUSPECT = frozenset({"perpetrator", "arrested"})


def _role_words(sketch: Sketch) -> set[str]:
    return {w for role in sketch.roles for w in words_of(role) if rarity(w)}


def country(left: Sketch, right: Sketch) -> Findings:
    """Compare countries: those in the name of a body, else of its incidents, else of the articles."""
    best, kind = match(left, right, left.kind), left.kind
    shared = kind == "organization" == right.kind and is_shared(best.left.name) and is_shared(best.right.name)
    mine, theirs = (home(left), home(right)) if shared else (_lands(left), _lands(right))
    prefix = "body of " if shared else ""
    if shared and not (is_national(best.left.name) or is_national(best.right.name)):
        yield Finding("local body", 1.0, "a country has many of that name")
    sure = 1.0 if shared or all(s.own or s.countries for s in (left, right)) else 0.5
    if mine and theirs:
        same = mine & theirs
        words = f"in {_few(same)}" if same else f"in {_few(mine)} and {_few(theirs)}"
        yield Finding(f"{prefix}same country" if same else f"{prefix}other country", sure, words)
    elif shared:
        yield Finding("body of no country", 1.0, "every country has such a body")


def _lands(sketch: Sketch) -> frozenset[str]:
    return sketch.own or sketch.countries or frozenset(sketch.setting)


def around(left: Sketch, right: Sketch) -> Findings:
    """Compare who and what else the articles name, and how far apart they appeared."""
    if left.around and right.around:
        cosine = in_common(left.around, right.around)
        yield Finding("names around", math.sqrt(cosine), f"{cosine:.0%} of the names around in common")
        if cosine < 0.05:
            told = min(len(left.around.ids), len(right.around.ids), MANY) / MANY
            yield Finding("few around", told * (1 - cosine / 0.05), "hardly any other name in common")
    if left.published and right.published:
        gap = abs((left.published - right.published).days)
        if gap <= 7:
            yield Finding("reports near", 1.0, f"told within {gap} days" if gap else "told on the same day")
        elif gap > 90:
            yield Finding("reports apart", math.log(gap / 90), f"told {gap} days apart")


def article(left: Sketch, right: Sketch) -> Findings:
    """Hold apart what one article tells of as two, but for what it states to be one."""
    stated = any(c.alias and c.name == y.name for x, y in ((left, right), (right, left)) for c in x.called)
    if left.article == right.article and not stated:
        yield Finding("one article", 1.0, "told of as two in one article")


COMPARISONS: tuple[Callable[[Sketch, Sketch], Findings], ...] = (
    naming, age, person, standing, country, around, article,
)  # fmt: skip
"""All comparisons, in the order in which reasons of equal weight are given."""


def findings(left: Sketch, right: Sketch) -> list[Finding]:
    """Return all findings about two sketches; the same whichever comes first."""
    left, right = sorted((left, right), key=lambda s: (s.article, s.key, s.kind, [(c.name, c.alias) for c in s.called]))
    return [finding for compare in COMPARISONS for finding in compare(left, right)]
