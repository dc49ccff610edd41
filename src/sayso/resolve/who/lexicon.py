"""The word lists by which people and organizations are known, as sets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sayso.languages import words
from sayso.model.analysis import Token

Gender = Literal["male", "female"]
PERSON_TAGS = frozenset(
    {"official", "soldier", "fighter", "suspect", "leader", "member", "victim", "civilian", "worker", "kin"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All lists of one language, lower case. Phrases are tuples of words where their order is needed."""

    titles: dict[tuple[str, ...], Gender | None]
    longest_title: int
    roles: dict[str, str]
    plurals: dict[str, str]
    role_gender: dict[str, Gender]
    hearers: frozenset[str]
    forenames: dict[str, Gender | None]
    nations: dict[str, str]
    others: frozenset[str]
    places: frozenset[str]
    place_words: frozenset[str]
    armed_first: frozenset[str]
    armed_of: frozenset[str]
    faith_lands: frozenset[str]
    armed_last: frozenset[str]
    armed_maybe: frozenset[str]
    armed_modifiers: frozenset[str]
    armed_adjectives: frozenset[str]
    creeds: frozenset[str]
    government: frozenset[str]
    organization: frozenset[str]
    organization_nouns: dict[str, str]
    bodies: frozenset[str]
    belonging: frozenset[str]
    never: frozenset[str]
    maybe: frozenset[str]
    openers: frozenset[str]
    particles: frozenset[str]
    connectors: frozenset[str]
    suffixes: frozenset[str]
    borne: frozenset[str]
    ranks: frozenset[str]
    newspapers: frozenset[str]
    state_modifiers: frozenset[str]
    aliases: tuple[str, ...]

    def role(self, token: Token) -> str | None:
        """Return the singular of a noun for people ("gunmen" -> "gunman"); None for any other word."""
        word = token.text.lower()
        if word in self.roles:
            return word
        if word in self.plurals:
            return self.plurals[word]
        for singular in (token.lemma.lower(), word[:-1] if word.endswith("s") else word, _singular(word)):
            if singular in self.roles:
                return singular
        return None

    def nation(self, word: str) -> str | None:
        """Return the country of an adjective or noun of nation ("Kazakhs"); "" for a people without one; else None."""
        low = word.lower()
        found = self.nations.get(low)
        if found is None and low.endswith("s"):
            found = self.nations.get(low[:-1])
        return "" if found is None and low in self.others else found

    def faith_land(self, first: str, second: str) -> bool:
        """Say whether two words, lower case, open the name of a group that calls itself a land of its faith."""
        return first == "islamic" and second in self.faith_lands

    def is_title(self, parts: tuple[str, ...]) -> bool:
        """Say whether these words, lower case, are one title."""
        return parts in self.titles


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith("es") else word


@cache
def lexicon() -> Lexicon:
    """Return the English lists, read once."""
    titles, roles, groups, nations, names, given, sites = (
        words(n) for n in ("titles", "roles", "groups", "nationalities", "namewords", "forenames", "places")
    )
    table = _titles(titles)
    nouns = {noun: kind for kind, list_ in groups["nouns"].items() for noun in list_}
    gender: dict[str, Gender] = {r: g for g in ("male", "female") for r in roles[g]}
    return Lexicon(
        titles=table,
        longest_title=max(map(len, table)),
        roles={role: kind for kind in sorted(PERSON_TAGS) for role in roles[kind]},
        plurals=roles["plurals"],
        role_gender=gender,
        hearers=frozenset(roles["hearers"]),
        forenames=_forenames(given),
        nations={**nations["adjectives"], **nations["people"]},
        others=frozenset(nations["others"]),
        places=frozenset(nations["states"]) | frozenset(nations["regions"]),
        place_words=_place_words(sites, groups),
        armed_first=frozenset(groups["armed_first"]),
        armed_of=frozenset(groups["armed_of"]),
        faith_lands=frozenset(groups["faith_lands"]),
        armed_last=frozenset(groups["armed_last"]),
        armed_maybe=frozenset(groups["armed_maybe"]),
        armed_modifiers=frozenset(groups["armed_modifiers"]),
        armed_adjectives=frozenset(groups["armed_adjectives"]),
        creeds=frozenset(groups["creeds"]),
        government=frozenset(groups["government"]),
        organization=frozenset(groups["organization"]),
        organization_nouns=nouns,
        bodies=frozenset(groups["bodies"]),
        belonging=frozenset(groups["belonging"]),
        never=frozenset(names["never"]),
        maybe=frozenset(names["maybe"]),
        openers=frozenset(names["openers"]),
        particles=frozenset(names["particles"]),
        connectors=frozenset(names["connectors"]),
        suffixes=frozenset(names["suffixes"]),
        borne=frozenset(titles["borne"]),
        ranks=frozenset(titles["ranks"]),
        newspapers=frozenset(groups["newspapers"]),
        state_modifiers=frozenset(groups["state_modifiers"]),
        aliases=tuple(names["aliases"]),
    )


def _place_words(sites: dict[str, list[str]], groups: dict[str, list[str]]) -> frozenset[str]:
    """Return the nouns that the names of places and buildings end in, less those that also name organizations."""
    found = {w for kind in ("settlement", "region", "neighbourhood", "street", "landmark") for w in sites[kind]}
    return frozenset(
        found - set(groups["organization"]) - set(groups["government"]) - {"st", "way", "pass", "field", "cape"}
    )


def _titles(lists: dict[str, list[str]]) -> dict[tuple[str, ...], Gender | None]:
    """Index titles by their words; a hyphen is a word of its own, as the tokeniser has it."""
    table: dict[tuple[str, ...], Gender | None] = {}
    for gender, names in (("any", lists["any"]), ("male", lists["male"]), ("female", lists["female"])):
        for name in names:
            known: Any = gender if gender != "any" else None
            for form in {name, name.replace("-", " - ")}:
                table[tuple(form.split())] = known
    return table


def _forenames(lists: dict[str, list[str]]) -> dict[str, Gender | None]:
    """Index given names; one that both men and women bear tells nothing of gender."""
    male, female, either = set(lists["male"]), set(lists["female"]), set(lists["either"])
    unsure = either | (male & female)
    table: dict[str, Gender | None] = dict.fromkeys(sorted(unsure))
    table |= dict.fromkeys(sorted(male - unsure), "male")
    return table | dict.fromkeys(sorted(female - unsure), "female")
