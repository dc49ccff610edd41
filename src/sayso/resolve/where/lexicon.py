"""The words that tell a place, read once from the language's lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.languages import words
from sayso.resolve.gazetteer import Row, gazetteer, key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Word lists of `places.yaml` as sets.

    `demonyms` maps a lower-case adjective or noun to the place's name, `states` an abbreviation to a name and the
    country's code.
    `building` holds the nouns that end the name of something within a town; `parted` the nouns after a place's name
    for what lies in it ("the Varda airport"; `parted_country` those after a country's), `wholes` the nouns before "of"
    (`owners`: of people too), `generic` the words at the end of a longer name that say what it is, `bearing` those
    between a place and the town that it is near.
    """

    locative: frozenset[str]
    vicinity: frozenset[str]
    vicinity_nouns: frozenset[str]
    ways: frozenset[str]
    coast: frozenset[str]
    settlement: frozenset[str]
    called: frozenset[str]
    region: frozenset[str]
    second: frozenset[str]
    country: frozenset[str]
    neighbourhood: frozenset[str]
    street: frozenset[str]
    landmark: frozenset[str]
    acts: frozenset[str]
    strikes: frozenset[str]
    never: frozenset[str]
    wordlike: frozenset[str]
    strict: frozenset[str]
    brands: frozenset[str]
    bodies: frozenset[str]
    distance: frozenset[str]
    approach: frozenset[str]
    abstract: frozenset[str]
    aims: frozenset[str]
    held: frozenset[str]
    media: frozenset[str]
    people: frozenset[str]
    parts: frozenset[str]
    directions: frozenset[str]
    links: frozenset[str]
    between: frozenset[str]
    demonyms: dict[str, str]
    states: dict[str, tuple[str, str]]
    building: frozenset[str]
    parted: frozenset[str]
    parted_country: frozenset[str]
    wholes: frozenset[str]
    generic: frozenset[str]
    owners: frozenset[str]
    bearing: frozenset[str]
    compass: dict[str, float]


@cache
def lexicon() -> Lexicon:
    """Return the word lists of English."""
    lists = words("places")
    nations = words("nationalities")
    demonyms = {k: v for part in ("adjectives", "people") for k, v in nations[part].items() if v}
    demonyms |= words("demonyms")
    demonyms |= {f"{k}s": v for k, v in demonyms.items() if not k.endswith(("s", "ch", "sh", "ese", "."))}
    states = {
        short: (full, country)
        for country, entries in lists["states"].items()
        for full, shorts in entries.items()
        for short in shorts
    }
    sets = {name: frozenset(map(str, entries)) for name, entries in lists.items() if name not in ("states", "compass")}
    building = sets["neighbourhood"] | sets["street"] | sets["landmark"]
    parted = sets["settlement"] | sets["region"] | sets["neighbourhood"] | sets["parts"]
    wholes = parted | sets["vicinity_nouns"] | sets["country"] | building
    return Lexicon(
        **{name: entries for name, entries in sets.items() if name != "bearing"},
        demonyms=demonyms,
        compass={word: float(degrees) for word, degrees in lists["compass"].items()},
        states=states,
        building=building,
        parted=parted | building - {"embassy", "consulate"},
        parted_country=parted - {"border"},
        wholes=wholes,
        generic=parted | building | sets["people"] | sets["bodies"],
        owners=sets["people"] | wholes,
        bearing=sets["bearing"] | sets["approach"] | sets["distance"] | sets["vicinity_nouns"] | sets["settlement"],
    )


@cache
def state_rows(short: str) -> tuple[Row, ...]:
    """Return the state or province that an abbreviation stands for (`Calif.`), none where it is no abbreviation."""
    found = lexicon().states.get(short)
    if found is None:
        return ()
    full, country = found
    return tuple(r for r in gazetteer().named(full) if r.level == 1 and r.country == country)[:1]


@cache
def demonym_rows(word: str) -> tuple[Row, ...]:
    """Return the country or region of a demonym ("Kazakh", "Kazakhs"), none where it is none."""
    place = lexicon().demonyms.get(word.lower())
    if place is None or any(r.level == 0 for r in gazetteer().named(word)):
        return ()
    rows = [r for r in gazetteer().keyed(key_of(place)) if r.level < 2]
    rows.sort(key=lambda r: (r.level, -r.population))
    return tuple(rows[:1])
