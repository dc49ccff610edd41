"""How the MUC-4 task writes a date, a place, a number and a name: short, in capitals, and no finer than its rules ask.

Source: MUC-4 template documentation, version 7, part 1, sections 7.3 (date), 7.4 (location) and 7.15 to 7.23.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from sayso.evaluate.muc4_format import lists
from sayso.languages import words
from sayso.model.claim import Claim
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.when import When

RECENT = timedelta(days=62)
"""Older incidents are history to the task: the guide says two months."""
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
_NEAR = 40
"""Characters after a place's name within which the area that it lies in is named with it."""
_CLOCK = re.compile(r"(at |about |around )*[\d:.]+ ?(hours|hrs|gmt|a\.?m\.?|p\.?m\.?)?", re.I)


def asserted(claims: Iterable[Claim]) -> list[Claim]:
    """Return the claims that nobody only denies."""
    return [claim for claim in claims if claim.stance != "denies"]


def day_fill(day: date) -> str:
    """Return a day as the task writes it."""
    return f"{day:%d %b %y}".upper()


def bound(header: date | None) -> str:
    """Return "on or before" the header's day; empty where it has none."""
    return f"- {day_fill(header)}" if header else ""


def date_fill(claims: tuple[Claim, ...], header: date | None, body: int = 0) -> str | None:
    """Return the date as the task writes it, a day or an interval; None where only the header's day bounds it.

    A weekday counts as not calculable; so do a time of day alone and a date of the dateline, which ends at offset
    `body` of the text.
    """
    known = [(c.value, c.evidence) for c in asserted(claims) if isinstance(c.value, When) and c.value.earliest]
    known = [(w, e) for w, e in known if any(s.start >= body and not _CLOCK.fullmatch(s.text) for s in e) or not e]
    if not known:
        return None
    when, evidence = min(known, key=lambda k: (k[0].latest or date.max) - (k[0].earliest or date.min))
    first, last = when.earliest, when.latest
    if first is None or last is None or (when.basis == "relative" and any(_WEEKDAY.search(s.text) for s in evidence)):
        return None
    if header:
        last = max(first, min(last, header))
    if first == last:
        return day_fill(first)
    return f"{day_fill(first)} - {day_fill(last)}" if last - first <= RECENT else None


def location_fill(reading: Reading, claims: tuple[Claim, ...]) -> str:
    """Return the chain from the country down; of the areas between, those that the report names with the place."""
    located = [(c.value, c.evidence) for c in asserted(claims) if isinstance(c.value, Place) and _listed(c.value)]
    place, evidence = min(located, key=lambda k: k[0].precision, default=(None, ()))
    country = place.country if place and place.country else _usual_country(reading)
    chain = [_country(country, reading)] if country else []
    if place and place.type != "country":
        text = unaccented(" ".join(reading.article.text[s.start : s.end + _NEAR] for s in evidence))
        narrowest, *wider = place.names[:-1] if place.country and len(place.names) > 1 else place.names
        chain += [f"{short} (DEPARTMENT)" for name in reversed(wider) if (short := _short_place(name)) in text]
        chain.append(f"{unaccented(narrowest)} ({lists()['places'][place.type]})")
    return ": ".join(dict.fromkeys(chain))


def _listed(place: Place) -> bool:
    """Say whether the set list of places can hold it: of buildings it has airports, schools, jails and farms only."""
    last = {word.lower() for word in place.names[0].split()} if place.names else set()
    return place.type != "landmark" or bool(last & set(lists()["landmarks"]))


def unaccented(text: str) -> str:
    """Return a text in capitals without accents, as the wire has it."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).upper()


def _short_place(name: str) -> str:
    generic = lists()["place_words"]
    return unaccented(" ".join(w for w in name.split() if w.lower() not in generic))


def _usual_country(reading: Reading) -> str | None:
    """Return the country that the report's places lie in most; the task never leaves the place empty."""
    met = Counter(m.place.country for m in reading.places if m.place.country in lists()["interest"])
    return met.most_common(1)[0][0] if met else None


def _country(code: str, reading: Reading) -> str:
    named: dict[str, str] = lists()["countries"]
    if code in named:
        return named[code]
    place = next((m.place for m in reading.places if m.place.country == code), None)
    return unaccented(place.names[-1]) if place else code


def number_fill(number: int | None, name: str) -> str:
    """Return how many; without a number, a plural noun says PLURAL."""
    if number is not None:
        return str(number)
    head = name.split(" OF ")[0].split()[-1].lower()
    plural = head in lists()["plurals"] or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
    return "PLURAL" if plural else "1"


def nation_fill(description: str, location: str) -> str | None:
    """Return the country that an adjective of nation names, unless the incident took place there."""
    adjectives: dict[str, str] = words("nationalities")["adjectives"]
    for word in re.findall(r"[A-Za-z.]+", description):
        nation = "United States" if word.upper() in ("U.S.", "US") else adjectives.get(word.lower())
        if nation and not location.startswith(nation.upper()):
            return nation.upper()
    return None


def plain(text: str) -> str:
    """Return words as fills have them: capitals, single blanks, no quotation marks or brackets."""
    text = re.sub(r"[\[\]()]", " ", re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", text))
    return " ".join(unaccented(text).replace('"', " ").split()).strip(" ,.;:'-")


def fill_words(text: str) -> str:
    """Return a noun phrase cut to what a key holds: no quantifier before it, no clause or place after it."""
    lead = {*lists()["quantifiers"], *lists()["leading"]}
    tokens = plain(text).split()
    while len(tokens) > 1 and (tokens[0].lower() in lead or re.fullmatch(r"[\d,.~-]+|\d+-YEAR-OLD", tokens[0])):
        tokens = tokens[1:]
    for at, token in enumerate(tokens):
        if at and (token.lower() in lists()["ending"] or tokens[at - 1].endswith((",", ";"))):
            tokens = tokens[:at]
            break
    while tokens and tokens[-1].lower().strip(" ,.;:'-") in {*lists()["trailing"], ""}:
        tokens = tokens[:-1]
    return " ".join(tokens).strip(" ,.;:'-")
