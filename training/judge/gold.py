"""Which candidate incident is which template, and which of its claims are right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sayso.evaluate.gvdb import name_key, place_key, weapon_key
from sayso.evaluate.muc4_format import Template
from sayso.model.claim import Actor, Claim, Target, Victim, Weapon
from sayso.model.place import Place
from sayso.model.when import When
from training.extractor.labels import KINDS, interval, kind_of, muc_kind, place_names

SLOTS = {"victim": (18, 19), "perpetrator": (9, 10), "weapon": (6,), "target": (12,)}
WEIGHTS = {"victim": 2.0, "target": 2.0, "perpetrator": 1.0, "weapon": 0.5, "where": 0.5, "when": 0.5}
STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "to",
        "and",
        "or",
        "with",
        "his",
        "her",
        "their",
        "its",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "more",
        "several",
        "some",
        "many",
        "all",
        "any",
        "other",
        "another",
        "mr",
        "mrs",
        "dr",
    ]
)


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"[a-z0-9]+", text.lower()) if w not in STOP and not w.isdigit()]


def same(found: str, gold: str) -> bool:
    """Say whether two strings name the same: the one's words are the other's, or most of them with the last."""
    f, g = _words(found), _words(gold)
    if not f or not g:
        return False
    if set(f) <= set(g) or set(g) <= set(f):
        return f[-1] == g[-1] or set(f) == set(g) or g[-1] in f or f[-1] in g
    return f[-1] == g[-1] and len(set(f) & set(g)) * 2 >= min(len(f), len(g))


def names_of(claim: Claim) -> list[str]:
    """Return the words that a claim gives."""
    value = claim.value
    found = [s.text for s in claim.evidence] if claim.slot in ("victim", "target", "weapon") else []
    if isinstance(value, Victim):
        return [n for n in (value.name, value.description) if n] or found
    if isinstance(value, Actor | Target | Weapon):
        return [value.name]
    return found


def right(claim: Claim, template: Template) -> bool:
    """Say whether the template has the claim's value."""
    value = claim.value
    if isinstance(value, Place):
        chains = [v for fill in template.slots.get(3, ()) for v in fill.values]
        gold = {re.sub(r"\W+", " ", n).strip() for chain in chains for n in place_names(chain)}
        if not gold:
            return value.type == "country"
        mine = re.sub(r"\W+", " ", _plain(value.names[0])).strip()
        return any(mine == g or (mine in g and len(mine) > 4) or (g in mine and len(g) > 4) for g in gold)
    if isinstance(value, When):
        days = [d for fill in template.slots.get(2, ()) for v in fill.values if (d := interval(v))]
        return bool(
            value.earliest and value.latest and any(f <= value.earliest and value.latest <= last for f, last in days)
        )
    gold_words = [v for slot in SLOTS.get(claim.slot, ()) for fill in template.slots.get(slot, ()) for v in fill.values]
    return any(same(n, g) for n in names_of(claim) for g in gold_words)


def _plain(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def score(kind: str, claims: Sequence[Claim], sentences: set[int], template: Template, evidence: set[int]) -> float:
    """Return how well a candidate fits a template."""
    gold = kind_of(v for fill in template.slots.get(4, ()) for v in fill.values)
    mine = muc_kind(kind)
    total = 0.0
    if gold is not None and mine == KINDS[gold]:
        total += 1.0
    elif gold is not None and {mine, KINDS[gold]} <= {"attack", "bombing", "arson"}:
        total += 0.3
    else:
        return 0.0
    met: set[tuple[str, Any]] = set()
    for claim in claims:
        if claim.slot in WEIGHTS and right(claim, template):
            key = (claim.slot, str(claim.value))
            if key not in met:
                met.add(key)
                total += WEIGHTS[claim.slot] * (1.0 if claim.maker.startswith("rules") else 0.5)
    total += 1.0 * bool(sentences & evidence)
    return total


def right_gvdb(claim: Claim, record: dict[str, list[str]]) -> bool | None:
    """Say whether a GVDB record has the claim's value; None where the record cannot tell."""
    value = claim.value
    if isinstance(value, Victim | Actor):
        field = "victim name" if isinstance(value, Victim) else "shooter name"
        other = "shooter name" if isinstance(value, Victim) else "victim name"
        if value.name is None or value.name[:1].islower() or len(value.name.split()) > 5:
            return None
        key = name_key(value.name)
        gold = {name_key(n) for n in record[field]}
        if key in gold or (key and any(key == g.split()[-1] for g in gold if g)):
            return True
        known = key in {name_key(n) for n in record[other]}
        aged = bool(record["victim age"])
        return False if known or aged or record[field] or isinstance(value, Actor) else None
    if isinstance(value, Place) and record["city"]:
        return place_key(value.names[0]) in {place_key(c) for c in record["city"]}
    if isinstance(value, Weapon) and record["weapon"]:
        return weapon_key(value.name) in {weapon_key(w) for w in record["weapon"]}
    return None


def chosen(claims: Sequence[Claim], chances: Sequence[float], template: Template) -> list[bool]:
    """Say of each claim whether it is the one to tell its value by: right, and none likelier says the same.

    Claims about one person stand together: a name and a description of them are told side by side.
    """
    people = {refer: f"name {n}" for n, fill in enumerate(template.slots.get(18, ())) for refer in fill.values}
    gold: list[tuple[str, str, Sequence[str]]] = []
    for slot, numbers in SLOTS.items():
        for number in numbers:
            for n, fill in enumerate(template.slots.get(number, ())):
                own = f"name {n}" if number == 18 else f"{number} {n}"
                told = next((people[r] for r in fill.refers if r in people), own) if number == 19 else own
                gold.append((slot, told, fill.values))
    unit = [_unit(c) for c in claims]
    means = [
        {told for slot, told, values in gold if slot == c.slot and any(same(n, g) for n in names_of(c) for g in values)}
        for c in claims
    ]
    best: dict[tuple[str, str], str] = {}
    for n in sorted(range(len(claims)), key=lambda k: -chances[k]):
        for told in means[n]:
            best.setdefault((claims[n].slot, told), unit[n])
    return [
        any(best[c.slot, told] == u for told in m) if c.slot in SLOTS else right(c, template)
        for c, u, m in zip(claims, unit, means, strict=True)
    ]


def _unit(claim: Claim) -> str:
    value = claim.value
    if isinstance(value, Victim):
        return value.entity or value.name or value.description or ""
    return value.name if isinstance(value, Actor | Target | Weapon) else str(value)
