"""Who stands in for whom: one replacement for each name of a report, coherent over its short forms and its places."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from sayso.resolve.gazetteer import key_of
from training.swap.gazetteer import Atlas, atlas
from training.swap.lists import (
    Country,
    Region,
    country_words,
    given_names,
    groups,
    is_common,
    is_english,
    known_groups,
    region_of,
    regions,
    titles,
)

PARTICLES = frozenset(
    [
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "y",
        "da",
        "dos",
        "do",
        "van",
        "von",
        "der",
        "al",
        "bin",
        "ibn",
        "abu",
        "di",
        "e",
    ]
)
SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_ACRONYM = re.compile(r"[A-Z]{2,7}$")
_NOUN_NEXT = re.compile(r"\s+(?!(?:and|is|was|has|had|in|to|on|will|would|or|for|by|with)\b)\w", re.I)
GENERIC = frozenset(
    ["front", "army", "movement", "forces", "force", "party", "union", "command", "brigade", "brigades", "organization",
     "commando", "commandos", "alliance", "league", "frente", "movimiento", "ejercito", "partido", "cartel", "gang",
     "squad"]
)  # fmt: skip


def words_in(text: str) -> list[str]:
    """Return the words of a name."""
    return _WORD.findall(text)


def folded(text: str) -> str:
    """Return the words of a name in small letters, one blank between them: what it is looked up by."""
    return " ".join(text.replace("’", "'").casefold().split())


def identity_of(name: str) -> str:
    """Return what a place is known by: its name without accents and case."""
    return key_of(name)


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of all phrases as whole words, the longest first, in any case and over line ends."""
    ordered = sorted(set(phrases), key=lambda p: (-len(p), p))
    body = "|".join(re.escape(p).replace(r"\ ", r"\s+").replace("'", "['’]") for p in ordered)
    return re.compile(rf"(?<![^\W_])(?:{body or '(?!)'})(?![^\W_])", re.I)


class Pool:
    """Names to give away, each once, in random order; `None` when there are no more."""

    def __init__(self, rng: random.Random, names: Iterable[str], avoid: set[str]) -> None:
        self._names = list(dict.fromkeys(names))
        rng.shuffle(self._names)
        self._avoid = avoid

    def take(self) -> str | None:
        """Return a name that no other has and that the text does not hold."""
        while self._names:
            name = self._names.pop()
            if folded(name) not in self._avoid:
                self._avoid.add(folded(name))
                return name
        return None


class Cast:
    """The replacements of one report."""

    def __init__(
        self, rng: random.Random, text: str, names: Sequence[tuple[str, str, str]], *, listed: bool, sure: Sequence[str]
    ) -> None:
        self._rng = rng
        self._phrases: dict[str, str] = {}
        self._tokens: dict[str, str] = {}
        self._places: dict[tuple[str, str], str] = {}
        self._groups: dict[str, str] = {}
        self.capitals = text.isupper()
        met = Counter(code for code, _ in _countries_in(text))
        met.update(key.split("/")[0] for _, kind, key in names if kind in _PLACES and key)
        self._avoid = {folded(word) for words in (text, *(n[0] for n in names)) for word in words_in(words)}
        self.home = self._home(Counter(sure) or met)
        self.region = self._target(met, listed)
        self.countries = self._pair(met, listed)
        self._given = Pool(rng, self.region.male, self._avoid), Pool(rng, self.region.female, self._avoid)
        self._surnames = Pool(rng, self.region.surnames, self._avoid)
        self._pools: dict[tuple[str, str], Pool] = {}
        self._villages = Pool(rng, (), self._avoid)
        self._fill(names)

    def _home(self, met: Counter[str]) -> Region | None:
        """Return the region that most of the countries belong to; None where there is none."""
        weight: Counter[str] = Counter()
        for code, count in met.items():
            if (id := region_of().get(code)) is not None:
                weight[id] += count
        return regions()[min(weight, key=lambda r: (-weight[r], r))] if weight else None

    def _target(self, met: Counter[str], listed: bool) -> Region:
        fit = [r for r in regions().values() if r is not self.home and _offered(r, met, listed)]
        return self._rng.choice(fit)

    def _pair(self, met: Counter[str], listed: bool) -> dict[str, Country]:
        """Pair each country of the report's region with one of the other region; more come from other regions."""
        if self.home is None:
            return {}
        near = _offered(self.region, met, listed)
        far = [c for r in regions().values() if r not in (self.home, self.region) for c in _offered(r, met, listed)]
        self._rng.shuffle(near)
        self._rng.shuffle(far)
        codes = sorted(self.home.codes, key=lambda c: (-met[c], c))
        offer = [*near, *far]
        return {code: offer[i % len(offer)] for i, code in enumerate(codes)}

    def _fill(self, names: Sequence[tuple[str, str, str]]) -> None:
        """Give every name its replacement: places first, widest before narrowest, then groups, then people."""
        for words, code_kind in country_words().items():
            code, kind = code_kind
            if code in self.countries and kind != "both":
                country = self.countries[code]
                self._phrases[words] = {"noun": country.name, "people": country.people}.get(kind, country.adjective)
                if kind == "noun":
                    self._phrases[f"the {words}"] = country.name
        if self.home is not None:
            offer = self.region.areas
            for i, area in enumerate(self.home.areas):
                noun, adjective = offer[i % len(offer)]
                self._phrases[folded(area.adjective)] = adjective
                self._phrases[folded(area.noun)] = noun
        for words, kind, key in sorted(names, key=lambda n: (_ORDER.get(n[1], 9), -len(n[0]), n[0])):
            if words.strip():
                self._add(words, kind, key)

    def _add(self, words: str, kind: str, key: str) -> None:
        if kind in _PLACES:
            self._place(words, kind, key)
        elif kind == "person":
            self._person(words)
        elif kind == "group":
            self._group(words, key)
        elif kind == "organization":
            self._initials(words)
        elif kind == "broadcaster":
            self._broadcaster(words)

    # Places

    def _place(self, words: str, kind: str, key: str) -> None:
        """Give a place another; words for what it is ("department", "farm") stay, and are no part of the name."""
        path = key.split("/")
        country = self.countries.get(path[0])
        parts = words.split()
        while (
            len(parts) > 1
            and folded(parts[-1]) != "city"
            and (is_common(parts[-1]) or folded(parts[-1]) in groups()["place_words"])
        ):
            parts = parts[:-1]
        words = " ".join(parts)
        if country is None or folded(words) in country_words() or kind in ("country", "nationality"):
            return
        if kind == "area" and (self._holds(words) or any(p.endswith("'") for p in parts) or all(map(is_common, parts))):
            return
        own = path[-1] if len(path) > 1 and path[-1] else words
        region = path[1] if len(path) > 2 else ""
        identity = (path[0] + kind[0], identity_of(own))
        if identity not in self._places:
            self._places[identity] = self._new_place(country, kind, path[0], region, words)
        self._phrases[folded(words)] = self._places[identity]

    def _new_place(self, country: Country, kind: str, old: str, region: str, words: str) -> str:
        offer = atlas(country.code)
        if kind == "region":
            return self._pool(country, "region", (name for _, name in offer.regions)).take() or self._village(country)
        if kind == "city" and _is_capital(old, words):
            capital = next((t.name for t in offer.large if t.capital), None)
            if capital is not None:
                return capital
        if kind == "city":
            inside = self._within(offer, old, region)
            pool = self._pool(
                country, f"city{inside}", (t.name for t in offer.large[:120] if inside in t.regions or not inside)
            )
            found = pool.take() or self._pool(country, "city0", (t.name for t in offer.large)).take()
            return found or self._village(country)
        return self._village(country)

    def _within(self, offer: Atlas, old: str, region: str) -> int:
        """Return the number of the region that stands in for the one that holds a town; 0 where there is none."""
        new = self._places.get((old + "r", identity_of(region)))
        return next((n for n, name in offer.regions if name == new), 0) if new else 0

    def _pool(self, country: Country, what: str, names: Iterable[str]) -> Pool:
        key = (country.code, what)
        if key not in self._pools:
            self._pools[key] = Pool(self._rng, names, self._avoid)
        return self._pools[key]

    def _village(self, country: Country) -> str:
        small = self._pool(country, "small", (t.name for t in atlas(country.code).small))
        return small.take() or f"New {self._surname()}"

    # People

    def _person(self, words: str) -> None:
        """Give each word of a person's name its own replacement, so that any shorter form of it follows."""
        parts = words_in(words)
        male, female = given_names()
        while len(parts) > 1 and parts[0].casefold() in titles():
            parts = parts[1:]
        while len(parts) > 2 and parts[0].casefold() not in male | female and self._no_given_name(parts[0]):
            parts = parts[1:]
        at = 0
        position = 0
        while at < len(parts):
            first = at
            while at < len(parts) - 1 and parts[at].casefold() in PARTICLES and position:
                at += 1
            word, low = " ".join(parts[first : at + 1]), parts[at].casefold()
            at += 1
            if low in SUFFIXES or len(low.strip(".")) < 2 or low in PARTICLES or low in country_words():
                continue
            given = (position == 0 and len(parts) > 1) or (position == 1 and len(parts) > 2 and low in male | female)
            position += 1
            for form in {folded(word), low}:
                if form not in self._tokens:
                    self._tokens[form] = self._tokens.get(low) or (self._new_given(low) if given else self._surname())

    def _no_given_name(self, word: str) -> bool:
        return is_english(word) or folded(word) in self._phrases

    def _new_given(self, low: str) -> str:
        female = low in given_names()[1] and low not in given_names()[0]
        return self._given[female].take() or self._surname()

    def _surname(self) -> str:
        found = self._surnames.take() or self._villages.take()
        if found is None:
            towns = [t.name for c in self.region.countries for t in atlas(c.code).small if " " not in t.name]
            self._villages = Pool(self._rng, towns, self._avoid)
            found = self._villages.take()
        return found or "".join(self._rng.choice("bdkmnrst") + self._rng.choice("aeiou") for _ in range(3)).capitalize()

    # Groups and other organizations

    def _group(self, words: str, key: str) -> None:
        """Give a group's name a form of the group that stands in for it: initials, full name, or members."""
        known = _known(words)
        if known is None and self._holds(words):
            return
        ids = [*([f"#{known}"] if known is not None else []), *(folded(w) for w in (key, words) if w)]
        met = next((self._groups[i] for i in ids if i in self._groups), None)
        if met is not None:
            self._groups |= dict.fromkeys(ids, met)
            self._phrases.setdefault(folded(words), self._form(met, words))
            return
        names, members = known_groups()[known] if known is not None else ((words,), ())
        initials = any(len(n) > 2 and _ACRONYM.match(n.replace("-", "")) for n in (*names, words)) or any(
            w.casefold() in GENERIC for w in names[0].split()
        )
        group = self._new_group(initials)
        self._groups |= dict.fromkeys(ids, group)
        for name in (*names, words):
            self._phrases.setdefault(folded(name), self._form(group, name))
        for member in members:
            people = group.split("|")[2]
            self._phrases.setdefault(
                folded(member), people if folded(member).endswith("s") else people.removesuffix("s")
            )

    def _holds(self, words: str) -> bool:
        """Say whether a name holds one that is swapped by itself ("Bogota Cartel"), which is enough then."""
        parts = folded(words).split()
        return any(
            " ".join(parts[i:j]) in self._phrases for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)
        )

    def _new_group(self, initials: bool) -> str:
        taken = set(self._groups.values())
        offer = (
            ["|".join(g) for g in groups()["groups"]] if initials else [f"{n}|{n}|{m}" for n, m in groups()["named"]]
        )
        fresh = [g for g in offer if g not in taken and folded(g.split("|")[0]) not in self._avoid] or offer
        return self._rng.choice(fresh)

    @staticmethod
    def _form(group: str, like: str) -> str:
        short, full, _ = group.split("|")
        initials = like.isupper() and len(like) <= 6 and " " not in like and not is_english(like)
        return short if initials else full

    def _initials(self, words: str) -> None:
        """Give the initials of an organization other ones, letter by letter; well-known ones stay."""
        if not _ACRONYM.match(words) or words in groups()["stay"] or folded(words) in self._phrases:
            return
        if self.capitals and (len(words) > 5 or is_common(words)):
            return
        vowels, rest = "AEIOU", "BCDFGHKLMNPRSTVZ"
        self._phrases[folded(words)] = "".join(self._rng.choice(vowels if c in vowels else rest) for c in words)

    def _broadcaster(self, words: str) -> None:
        if folded(words) in {folded(a) for a in groups()["agencies"]} or any(
            part in groups()["agencies"] for part in re.split(r"[\s-]+", words.upper())
        ):
            return
        country = next(iter(self.countries.values()), self.region.countries[0])
        town = next((t.name for t in atlas(country.code).large if t.capital), self._surname())
        pattern = str(self._rng.choice(groups()["broadcasters"]))
        self._phrases[folded(words)] = pattern.format(city=town, country=country.name, surname=self._surname())

    # What is asked

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds every name that has a replacement, the longest first."""
        alone = [t for t in self._tokens if not is_common(t)]
        both = ["the u.s.", "u.s."] if "US" in self.countries else []
        known = [*self._phrases, *alone, *(n for n in _known_names() if n not in self._phrases), *both]
        return any_of(known)

    @cached_property
    def _any_word(self) -> re.Pattern[str]:
        return any_of([*self._phrases, *self._tokens])

    def found(self, words: str, text: str, end: int) -> str | None:
        """Return what stands in for words that the pattern found; None where they are no name here."""
        key = folded(words)
        first = words[4:] if key.startswith("the ") else words
        if not first[0].isupper() and not first[0].isdigit():
            return None
        if first.casefold() == "u.s.":
            return self._american(words, text[end : end + 20])
        if key not in self._phrases and key not in self._tokens and (known := _known(words)) is not None:
            names, _ = known_groups()[known]
            if not words.isupper() and key in {folded(n) for n in names if n.isupper()}:
                return None
            self._group(names[0], "")
        return self._phrases.get(key) or self._tokens.get(key)

    def _american(self, words: str, after: str) -> str | None:
        """Return what stands in for "U.S.", by what comes after it: an adjective before a noun, else a name."""
        country = self.countries.get("US")
        if country is None:
            return None
        return words[:-4] + country.adjective if _NOUN_NEXT.match(after) else country.name

    def of(self, words: str, kind: str) -> str | None:
        """Return what stands in for a name that is marked in the text; None where it is left to what its words are."""
        return self._renamed(words) if kind == "person" else self._phrases.get(folded(words))

    def _renamed(self, words: str) -> str | None:
        """Return a person's name with each of its words replaced, titles and blanks kept."""
        if folded(words) in self._phrases:
            return self._phrases[folded(words)]
        both = self._phrases | self._tokens
        new = self._any_word.sub(lambda m: both[folded(m[0])], words)
        return new if new != words else None


_PLACES = frozenset(["country", "region", "city", "area", "nationality"])
_ORDER = {"region": 0, "city": 1, "area": 2, "group": 3, "organization": 4, "person": 5, "broadcaster": 6}


def _offered(region: Region, met: Counter[str], listed: bool) -> list[Country]:
    """Return the countries of a region that the report does not tell of; those of the set list only, if asked."""
    return [c for c in region.countries if c.code not in met and (not listed or c.nation == c.name.upper())]


@cache
def _country_pattern() -> re.Pattern[str]:
    return any_of(country_words())


def _countries_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the code of each country that a text names or whose adjective it has, and which of both it was."""
    for match in _country_pattern().finditer(text):
        if match[0][0].isupper():
            yield country_words()[folded(match[0])]


def _is_capital(code: str, words: str) -> bool:
    return any(t.capital and identity_of(t.name) == identity_of(words) for t in atlas(code).large)


@cache
def _known_table() -> dict[str, int]:
    return {
        folded(name): n
        for n, (names, members) in reversed(list(enumerate(known_groups())))
        for name in (*names, *members)
    }


@cache
def _known_names() -> tuple[str, ...]:
    return tuple(n for n in _known_table() if len(n) > 2)


def _known(words: str) -> int | None:
    return _known_table().get(folded(words))
