"""Places that stand in for others: towns and regions of a country, out of the gazetteer that sayso ships."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from typing import NamedTuple

from sayso.resolve.gazetteer import PATH, gazetteer
from training.swap.lists import is_english

MOST = 400
"""Towns of a country that are chosen from, the largest first; the smallest of a country come besides."""
_KIND = re.compile(r"\s+(Province|Region|District|Governorate|Oblast|State|County|Department|Voivodeship|Division)$")
_FIT = re.compile(r"[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,})?$")


class Town(NamedTuple):
    """A town: its name, the regions that hold it by number, and whether it is its country's capital."""

    name: str
    regions: frozenset[int]
    capital: bool


class Atlas(NamedTuple):
    """What a country has to offer: regions as (number, name), its large towns and its small ones."""

    regions: tuple[tuple[int, str], ...]
    large: tuple[Town, ...]
    small: tuple[Town, ...]


@cache
def atlas(code: str) -> Atlas:
    """Return the regions and towns of a country; all empty where the gazetteer does not have it."""
    db = sqlite3.connect(f"{PATH.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    rows = db.execute(
        "SELECT n, name, level, parent, capital FROM place WHERE country = ? AND level > 0 ORDER BY population DESC, n",
        (code,),
    ).fetchall()
    db.close()
    above = {n: parent for n, _, _, parent, _ in rows}
    areas = [(n, _KIND.sub("", name)) for n, name, level, _, _ in rows if level == 1]
    towns = []
    for n, name, level, _, capital in rows:
        if level == 3 and (capital or fits(name)):
            held: set[int] = set()
            at = above.get(n)
            while at is not None and len(held) < 5:
                held.add(at)
                at = above.get(at)
            towns.append(Town(name, frozenset(held), bool(capital)))
    own = [t for t in towns[:MOST] if (found := gazetteer().named(t.name)) and found[0].country == code]
    return Atlas(tuple(a for a in areas if fits(a[1])), tuple(own), tuple(towns[len(towns) // 3 :][: 4 * MOST]))


def fits(name: str) -> bool:
    """Say whether a name can be put into English copy: plain letters, one or two words, none of them common."""
    return bool(_FIT.match(name)) and not any(is_english(word) for word in name.split())
