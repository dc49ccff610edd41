"""The word lists that incidents are read by, turned into tables of lemmas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.schema.kinds import kinds

Strength = Literal["strong", "weak"]
GENERIC_NOUNS = frozenset(
    {
        "attack",
        "assault",
        "raid",
        "onslaught",
        "violence",
        "incident",
        "atrocity",
        "siege",
        "crime",
        "tragedy",
        "gunfire",
    }
)
"""Nouns that may name any violent event: they take the kind of the event they speak of."""
GENERIC_VERBS = frozenset({"fire", "attack", "storm", "raid", "assault"})
"""Verbs that may be part of any."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a word says of an event: its kind, and how surely."""

    kind: str
    strength: Strength


@cache
def noun_triggers() -> dict[str, Trigger]:
    """Return the nouns and compounds that name events, by lemma."""
    table: dict[str, Trigger] = {}
    for kind in kinds().values():
        triggers = kind.triggers["en"]
        table.update({noun: Trigger(kind.name, "weak") for noun in triggers.weak_nouns if noun not in table})
    for kind in kinds().values():
        table.update({noun: Trigger(kind.name, "strong") for noun in kind.triggers["en"].nouns})
    return table


@cache
def part_triggers() -> dict[str, tuple[str, bool]]:
    """Return the words for people that imply an event, with its kind, and whether they did it or suffered it."""
    table: dict[str, tuple[str, bool]] = {}
    for kind in kinds().values():
        table.update(dict.fromkeys(kind.triggers["en"].doers, (kind.name, True)))
        table.update(dict.fromkeys(kind.triggers["en"].sufferers, (kind.name, False)))
    return table


@cache
def verb_triggers() -> dict[str, Trigger]:
    """Return the verbs and verb phrases that tell of events, by lemma."""
    table: dict[str, Trigger] = {}
    for kind in kinds().values():
        triggers = kind.triggers["en"]
        table.update({verb: Trigger(kind.name, "weak") for verb in triggers.weak_verbs if verb not in table})
    for kind in kinds().values():
        table.update({verb: Trigger(kind.name, "strong") for verb in kind.triggers["en"].verbs})
    return table


@cache
def frame_triggers() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, by verb, the (kind, class of weapon) pairs that it makes an event with."""
    table: dict[str, list[tuple[str, str]]] = {}
    for kind in kinds().values():
        for frame in kind.triggers["en"].frames:
            for verb in frame.verbs:
                table.setdefault(verb, []).append((kind.name, frame.object))
    return {verb: tuple(pairs) for verb, pairs in table.items()}


@cache
def _by_word(name: str, section: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for kind, entries in words(name)[section].items():
        for word in entries:
            table.setdefault(str(word), kind)
    return table


@cache
def word_set(name: str, section: str) -> frozenset[str]:
    """Return one flat list of a word file as a set."""
    return frozenset(map(str, words(name)[section]))


def keys(a: Analysis, head: int) -> list[str]:
    """Return the lemmas to look a noun up by, longest first: with two, one and none of the words before it."""
    tokens = a.tokens
    found = []
    for back in (2, 1):
        if head - back >= 0 and all(
            tokens[j].head == head or tokens[j].dep in ("compound", "punct", "amod") for j in range(head - back, head)
        ):
            before = " ".join(t.text.lower() for t in tokens[head - back : head])
            found.append(f"{before} {tokens[head].lemma.lower()}")
            if " - " in f" {before} ":
                found.append(f"{before} {tokens[head].lemma.lower()}".replace(" - ", "-"))
    return [*found, tokens[head].lemma.lower()]


def weapon_kind(a: Analysis, head: int) -> str | None:
    """Return the kind of weapon that a noun names; None for no weapon."""
    table = _by_word("weapons", "kinds")
    return next((table[key] for key in keys(a, head) if key in table), None)


def weapon_class(kind: str) -> frozenset[str]:
    """Return the kinds of weapon that make up a class (explosive, ordnance, firearm)."""
    return frozenset(words("weapons")["classes"].get(kind, ()))


def made_by(weapon: str) -> str | None:
    """Return the kind of event that a kind of weapon makes of a plain attack; None where it tells nothing."""
    return next((kind for kind, weapons in words("weapons")["makes"].items() if weapon in weapons), None)


def target_kind(a: Analysis, head: int) -> str | None:
    """Return the kind of physical target that a noun names, narrowed by its modifiers; None for no target."""
    table = _by_word("targets", "heads")
    kind = next((table[key] for key in keys(a, head) if key in table), None)
    if kind in ("building", "business", "other"):
        modifiers = _by_word("targets", "modifiers")
        for c in a.children[head]:
            token = a.tokens[c]
            if token.dep in ("compound", "amod", "poss", "nmod"):
                narrower = modifiers.get(token.lemma.lower()) or modifiers.get(token.text.lower())
                if narrower:
                    return narrower
    return kind


def person_kind(a: Analysis, head: int) -> str | None:
    """Return what sort of victim a noun would be; None where it names no people."""
    table = _by_word("people", "victims")
    return next((table[key] for key in keys(a, head) if key in table), None)


def is_attacker(a: Analysis, head: int) -> bool:
    """Say whether a noun makes a perpetrator of whom it names."""
    table = word_set("people", "attackers")
    return any(key in table for key in keys(a, head))


def is_suspect(a: Analysis, head: int) -> bool:
    """Say whether a noun names people who are suspected or held."""
    return a.tokens[head].lemma.lower() in word_set("people", "suspects")


@cache
def harm_verbs() -> dict[str, str]:
    """Return what becomes of people by verb: killed, died, wounded, abducted, arrested."""
    return _by_word("losses", "verbs")


@cache
def toll_nouns() -> dict[str, str]:
    """Return the nouns that count people by what became of them: killed, wounded."""
    return _by_word("losses", "nouns")


@cache
def damage_verbs() -> dict[str, str]:
    """Return what becomes of things by verb: destroyed, damaged."""
    return _by_word("losses", "damage")
