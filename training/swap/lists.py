"""The lists that names are swapped by: regions, countries, people's names, groups, titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from sayso.annotate.case import case_model
from sayso.languages import words
from sayso.resolve.gazetteer import gazetteer


class Country(NamedTuple):
    """A country that can stand in for another: `nation` is its name in the MUC-4 set list, None where not there."""

    code: str
    name: str
    adjective: str
    people: str
    nation: str | None


class Area(NamedTuple):
    """A part of the world by name and adjective."""

    noun: str
    adjective: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region of the world; one that names are only swapped away from has no names of people."""

    id: str
    areas: tuple[Area, ...]
    codes: tuple[str, ...]
    countries: tuple[Country, ...] = ()
    male: tuple[str, ...] = ()
    female: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()


def _load(name: str) -> Any:
    return yaml.safe_load((Path(__file__).with_name(name)).read_text(encoding="utf-8"))


@cache
def regions() -> Mapping[str, Region]:
    """Return the regions by id, those that are only sources last."""
    data = _load("regions.yaml")
    found: dict[str, Region] = {}
    for id, entry in data["regions"].items():
        found[id] = Region(
            id=id,
            areas=tuple(Area(*a) for a in entry["areas"]),
            codes=tuple(entry["countries"]),
            countries=tuple(Country(code, *row) for code, row in entry["countries"].items()),
            male=tuple(entry["male"]),
            female=tuple(entry["female"]),
            surnames=tuple(entry["surnames"]),
        )
    for id, entry in data["sources"].items():
        found[id] = Region(id=id, areas=tuple(Area(*a) for a in entry["areas"]), codes=tuple(entry["countries"]))
    return found


@cache
def groups() -> Mapping[str, Any]:
    """Return the lists of groups, acronyms and broadcasters."""
    loaded: dict[str, Any] = _load("groups.yaml")
    return loaded


@cache
def known_groups() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return the groups of the world as (names, words for members)."""
    own = [(tuple(g["names"]), tuple(g["members"])) for g in groups()["known"]]
    listed = {name.casefold() for names, _ in own for name in names}
    unsure = {name.casefold() for name in words("armed")["unsure"]}
    more = [
        tuple(n for n in names if n.casefold() not in unsure and not n.casefold().endswith(("cartel", "mafia")))
        for names in words("armed")["groups"]
        if not any(n.casefold() in listed for n in names)
    ]
    return (*own, *((names, ()) for names in more if names))


@cache
def region_of() -> Mapping[str, str]:
    """Return the region's id of each country code."""
    return {code: region.id for region in regions().values() for code in region.codes}


@cache
def country_words() -> Mapping[str, tuple[str, str]]:
    """Return what folded words say of countries: (code, `noun`, `adjective` or `people`)."""
    found: dict[str, tuple[str, str]] = {}
    by_name: dict[str, str] = {}
    for code in region_of():
        row = gazetteer().country(code)
        if row is not None:
            found[row.name.casefold()] = (code, "noun")
            by_name[row.name.casefold()] = code
    for region in regions().values():
        for country in region.countries:
            found[country.name.casefold()] = (country.code, "noun")
            by_name[country.name.casefold()] = country.code
    adjectives = dict(words("nationalities")["adjectives"])
    for adjective, name in adjectives.items():
        if (code_ := by_name.get(name.casefold())) is not None:
            found[adjective] = (code_, "adjective")
            if not adjective.endswith(("s", "ese", "ch", "sh")):
                found[adjective + "s"] = (code_, "people")
    for noun, name in dict(words("nationalities")["people"]).items():
        if (code_ := by_name.get(str(name).casefold())) is not None:
            found.setdefault(str(noun).casefold(), (code_, "people"))
    for adjective, code in _load("regions.yaml")["adjectives"].items():
        if code:
            found[adjective] = (code, "adjective")
            found[adjective + "s"] = (code, "people")
    found |= {"u.s.": ("US", "both"), "usa": ("US", "noun"), "united states": ("US", "noun")}
    return found


@cache
def titles() -> frozenset[str]:
    """Return the words before names that are no part of them, in small letters."""
    lists = words("titles")
    return frozenset(
        word for key in ("male", "female", "any", "ranks") for title in lists[key] for word in str(title).split()
    )


@cache
def given_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the given names of men and of women, in small letters."""
    lists = words("forenames")
    return frozenset(map(str, lists["male"])), frozenset(map(str, lists["female"]))


@cache
def is_common(word: str) -> bool:
    """Say whether a word is mostly written small, so that it is a name only where a name is known to stand."""
    low = word.casefold()
    male, female = given_names()
    if low in male or low in female:
        return False
    known = case_model().known(low)
    return known == "n" or (known.isdigit() and int(known) <= 6)


def is_english(word: str) -> bool:
    """Say whether a word stands in an English word list: it would make a poor name of a place."""
    return is_common(word) or case_model().known(word.casefold()) in ("e", "b")
