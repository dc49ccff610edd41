"""Which place lies in which: by the gazetteer, and by the words between two names."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from sayso.model.analysis import Token
from sayso.resolve.gazetteer import Row, gazetteer
from sayso.resolve.where.lexicon import Lexicon
from sayso.resolve.where.walk import Found

_APPOSED = ([",", "a"], [",", "an"], [",", "the"])

_LIST, _LINKS = frozenset({",", ";", "and", "or", "the", "&"}), 3
"""What stands between the names of a list, and how many of it."""
LARGE = 100_000
"""People: a town from this size on may stand in a list of states."""
AREA = 4.0
"""Degrees from the centre of an area without borders (Darfur) within which a place of its country lies in it."""


@lru_cache(maxsize=100_000)
def above(row: Row) -> tuple[int, ...]:
    """Return the numbers of the places that hold `row`, itself first."""
    gaz = gazetteer()
    country = gaz.country(row.country) if row.level else None
    return (row.n, *(r.n for r in gaz.within(row)), *([country.n] if country else []))


def lies_in(row: Row, holder: Found) -> bool:
    """Say whether a place lies in some reading of `holder`: by its regions, or near the centre of an area."""
    if holder.reach is None:
        holder.reach = (
            frozenset(r.n for r in holder.rows),
            tuple(r for r in holder.rows if r.id.startswith("own:") and r.level == 1),
        )
    numbers, areas = holder.reach
    return not numbers.isdisjoint(above(row)[1:]) or any(_close(row, area) for area in areas)


def _close(row: Row, area: Row) -> bool:
    if row.level < 2 or row.country != area.country or row.latitude is None or row.longitude is None:
        return False
    if area.latitude is None or area.longitude is None:
        return False
    return abs(row.latitude - area.latitude) < AREA and abs(row.longitude - area.longitude) < AREA


def fits(one: Found, holder: Found) -> bool:
    """Say whether some reading of a name lies in some reading of its holder."""
    return any(lies_in(row, holder) for row in one.rows)


def link(found: list[Found], tokens: tuple[Token, ...], lex: Lexicon) -> None:
    """Set `holder` where the words between two neighbours say that one lies in the other.

    "Chibok, Borno state", "a market in Mosul", "Kazakhstan's city of Atyrau". Where a state, region or country is named
    outright and none of a small place's readings lies in it, the place is one that the gazetteer lacks.
    """
    fine = lex.between | lex.settlement | lex.region
    outer = [one for k, one in enumerate(found) if k == 0 or found[k - 1].last <= one.first]
    listed = _listed(outer, tokens)
    for one, two in pairwise(outer):
        if one.first in listed and two.first in listed:
            continue
        gap = [t.text.lower() for t in tokens[one.last : two.first]]
        if two.form == "demonym" and gap in _APPOSED and _is_town(tokens[two.last : two.last + 2], lex):
            one.holder = two
            continue
        if len(gap) > 4 or not all(word in fine for word in gap):
            continue
        if (gap and (gap[0] in ("'s", "’s") or (one.form == "demonym" and gap != ["-"]))) or (
            one.form == "demonym" and not gap
        ):
            two.holder = two.holder or one
        elif gap and two.form != "demonym" and gap[0] in (",", "(", "in", "of"):
            one.holder = two
    for one, two in pairwise(found):
        if two.first < one.last and one.holder is None and tokens[one.last - 1].text.lower() in lex.parted:
            one.holder = two
    holders = {id(one.holder) for one in found if one.holder is not None}
    for one in reversed(found):
        if id(one) in holders and one.kind is None:
            continue
        if one.holder is not None and one.rows and one.form == "name" and _lacking(one, one.holder, tokens):
            one.rows = ()


def _listed(outer: list[Found], tokens: tuple[Token, ...]) -> set[int]:
    """Return where the names of a list of three or more countries, or states of one country, stand.

    None of them holds the one before it: "China, Japan and Brazil", "Oklahoma, Pennsylvania and Ohio"; where two of the
    names are those of states alone, all are states.
    """
    found: set[int] = set()
    run: list[Found] = []
    shared: set[str] = set()
    for one in outer:
        gap = [t.text.lower() for t in tokens[run[-1].last : one.first]] if run else []
        own = _wide(one)
        if run and gap and len(gap) <= _LINKS and set(gap) <= _LIST and shared & own:
            run, shared = [*run, one], shared & own
        else:
            run, shared = [one], own
        if len(run) > 2:
            found.update(f.first for f in run)
            if "*" not in shared and sum(not _city(f) for f in run) > 1:
                for f in run:
                    f.kind = "region"
    return found


def _city(one: Found) -> bool:
    """Say whether a name is a large town's as well: New York, Washington."""
    return any(row.level == 3 and row.population > LARGE for row in one.rows)


def _wide(one: Found) -> set[str]:
    """Return what a name may be by its own name: a country ("*"), or a state of the country of this code."""
    if one.form != "name" or one.kind is not None:
        return set()
    return {"*" if row.level == 0 else row.country or "" for row in one.rows if row.level < 2 and row.rank == 0}


def _is_town(after: tuple[Token, ...], lex: Lexicon) -> bool:
    """Say whether a noun for a town is among the tokens after an adjective ("the Afghan border city")."""
    return not lex.settlement.isdisjoint(t.text for t in after)


def _lacking(one: Found, holder: Found, tokens: tuple[Token, ...]) -> bool:
    """Say whether a place named with its state or region is none of those that the gazetteer has of this name."""
    listed = any(t.text.lower() in ("and", "or", "&") for t in tokens[holder.last : holder.last + 2])
    region = bool(holder.rows) and holder.rows[0].level == 1 and holder.rows[0].rank == 0 and not listed
    comma = one.last < len(tokens) and tokens[one.last].text == "," and holder.first == one.last + 1
    told = holder.form == "state" or holder.kind in ("region", "second") or (region and comma)
    if not told or not holder.rows or any(r.id.startswith("own:") for r in holder.rows):
        return False
    return one.rows[0].level > 1 and max(r.population for r in one.rows) < 300_000 and not fits(one, holder)
