"""What the comparison of two names finds: small functions, each of which gives one value and says it in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from sayso.merge.names.align import Alignment
from sayso.merge.names.lists import word_set
from sayso.merge.names.name import Kind, Name, Token

GOOD = 0.8
"""From this likeness on two words are taken for one with a slip of the pen."""


_INITIALS = 3


class Finding(NamedTuple):
    """One thing that was found: how much of it (0-1 mostly), and what it is in English."""

    value: float
    words: str


Finder = Callable[[Name, Name, Alignment], Finding | None]


def _said(tokens: tuple[Token, ...], places: tuple[int, ...]) -> str:
    return " ".join(tokens[place].text for place in places)


def agreement(left: Name, right: Name, found: Alignment) -> Finding | None:
    """What share of the shorter name, by weight, has its like in the other."""
    met = sum(pair.like.value * min(_weight(left, pair.left), _weight(right, pair.right)) for pair in found.pairs)
    whole = min(_weight(left, tuple(range(len(left.core)))), _weight(right, tuple(range(len(right.core)))))
    return Finding(min(1.0, met / whole), f"{met / whole:.0%} of the shorter name is in the other") if met else None


def _weight(name: Name, places: tuple[int, ...]) -> float:
    return sum(name.core[place].weight for place in places)


def evidence(left: Name, right: Name, found: Alignment) -> Finding | None:
    """How much the words that agree tell: two rare ones tell enough."""
    told = sum(_weight(left, pair.left) for pair in found.pairs if pair.like.value >= GOOD)
    if not told:
        return None
    shared = ", ".join(_said(left.core, pair.left) for pair in found.pairs if pair.like.value >= GOOD)
    return Finding(min(told, 2.0) / 2, f"shared: {shared}")


def another(left: Name, right: Name, found: Alignment) -> Finding | None:
    """Each name has words where the other has different ones."""
    swapped = min(len(found.left), len(found.right))
    if not swapped:
        return None
    words = f"{_said(left.core, found.left)} against {_said(right.core, found.right)}"
    return Finding(min(swapped, 2) / 2 + 0.5, words)


def missing(left: Name, right: Name, found: Alignment) -> Finding | None:
    """One name has more words than the other."""
    more, name = max(((found.left, left), (found.right, right)), key=lambda side: len(side[0]))
    extra = len(more) - min(len(found.left), len(found.right))
    return Finding(min(extra, 3) / 3, f"only one has {_said(name.core, more)}") if extra else None


def extra(left: Name, right: Name, found: Alignment) -> Finding | None:
    """One organization's name has words more: it may be a branch or a daughter."""
    longer = missing(left, right, found)
    return Finding(1.0 if longer.value < 0.5 else 1.3, longer.words) if longer else None


def strain(left: Name, right: Name, found: Alignment) -> Finding | None:
    """How far the words that are set against each other are apart, in all."""
    apart = [(1 - pair.like.value, pair) for pair in found.pairs if pair.like.value < 1]
    if not apart:
        return None
    words = ", ".join(f"{_said(left.core, p.left)}/{_said(right.core, p.right)} ({p.like.way})" for _, p in apart)
    return Finding(min(1.0, sum(d for d, _ in apart)), words)


def far(left: Name, right: Name, found: Alignment) -> Finding | None:
    """How far, beyond a slip of the pen, the two words are apart that are least alike."""
    worst = min(found.pairs, key=lambda pair: pair.like.value, default=None)
    if worst is None or worst.like.value >= GOOD:
        return None
    words = f"{_said(left.core, worst.left)} is not {_said(right.core, worst.right)}"
    return Finding((GOOD - worst.like.value) / (GOOD - 0.5), words)


def slips(left: Name, right: Name, found: Alignment) -> Finding | None:
    """More than two letters differ in the words that are set against each other."""
    apart = [pair for pair in found.pairs if pair.like.way == "near"]
    changed = sum(
        _changed(left.core[p.left[0]], right.core[p.right[0]], left.vowelless != right.vowelless) for p in apart
    )
    return Finding(min(changed - 2, 2) / 2, f"{changed:g} letters or sounds differ") if changed > 2 else None


def _changed(left: Token, right: Token, bones: bool) -> float:
    """Return how much is to be changed to make one word the other: the mean of letters and sounds, or consonants."""
    if bones:
        return OSA.distance(left.bones, right.bones)
    return (OSA.distance(left.text, right.text) + OSA.distance(left.sound, right.sound)) / 2


def initials(left: Name, right: Name, found: Alignment) -> Finding | None:
    """Words of three letters or fewer differ: they are initials mostly, in which each letter counts."""
    for pair in found.pairs:
        here, there = _said(left.core, pair.left), _said(right.core, pair.right)
        if pair.like.way == "near" and min(len(here), len(there)) <= _INITIALS:
            return Finding(1.0, f"{here.upper()} is not {there.upper()}")
    return None


def whole(left: Name, right: Name, found: Alignment) -> Finding | None:
    """How alike the two names are in letters as wholes, whatever their order."""
    if found.alias == "written":
        return Finding(1.0, "written alike but for blanks or one letter")
    if found.alias:
        return None
    if left.vowelless != right.vowelless:
        return Finding(0.9, "in scripts that show different letters")
    value = fuzz.token_sort_ratio(_text(left), _text(right)) / 100
    return Finding(value, f"letters alike by {value:.0%}")


def _text(name: Name) -> str:
    return " ".join(token.text for token in name.core)


def order(left: Name, right: Name, found: Alignment) -> Finding | None:
    """The words stand in another order, and no comma says why."""
    if left.comma != right.comma:
        return None
    places = [pair.right for pair in found.pairs]
    if places == sorted(places):
        return None
    given = len(left.core) == len(right.core) == 2 and not left.small and all(token.listed for token in left.core)
    return Finding(1.0 if given else 0.3, "the words stand in another order")


def filial(left: Name, right: Name, found: Alignment) -> Finding | None:
    """Father and son have changed places: X son of Y against Y son of X."""
    if not left.small or not right.small:
        return None
    here, there = _descents(left), _descents(right)
    turned = [(son, father) for son, father in here - there if (father, son) in there - here]
    if not turned:
        return None
    son, father = min(turned)
    return Finding(1.0, f"{son}, son of {father}, against the reverse")


def _descents(name: Name) -> set[tuple[str, str]]:
    """Return who is the son (or daughter) of whom by the words between."""
    filials = word_set("particles", "filial")
    at = [place for particle, place in name.small if particle in filials and 0 < place < len(name.core)]
    return {(name.core[place - 1].text, name.core[place].text) for place in at}


def honour(left: Name, right: Name, found: Alignment) -> Finding | None:
    """One is called the father (or mother) of whom the other is called like: Abu Omar against Omar."""
    for name, other, at in ((left, right, 0), (right, left, 1)):
        if found.alias or not name.small or name.small[0][1] or name.small[0][0] not in word_set("particles", "honour"):
            continue
        for pair in found.pairs:
            places = (pair.left, pair.right)
            if 0 in places[at] and not any(p in word_set("particles", "honour") for p, _ in other.small):
                return Finding(1.0, f"{name.small[0][0]} {name.core[0].text} is not {name.core[0].text}")
    return None


def lone(left: Name, right: Name, found: Alignment) -> Finding | None:
    """One is a single word, which many may bear, and the other has more."""
    short, long = sorted((left, right), key=lambda name: len(name.core))
    if found.alias or len(short.core) != 1 or len(long.core) == 1:
        return None
    return Finding(1.0, f"{short.plain} may be another of that name")


def generation(left: Name, right: Name, found: Alignment) -> Finding | None:
    """One is the younger, the other the elder."""
    if left.generation and right.generation and left.generation != right.generation:
        return Finding(1.0, f"{left.generation} against {right.generation}")
    return None


def numbers(left: Name, right: Name, found: Alignment) -> Finding | None:
    """The numbers in the names differ."""
    if found.alias or left.numbers == right.numbers or not (left.numbers and right.numbers):
        return None
    return Finding(1.0, f"number {' '.join(left.numbers)} against {' '.join(right.numbers)}")


def unit(left: Name, right: Name, found: Alignment) -> Finding | None:
    """The numbers differ of what is told apart by them: they open the name, or count battalions or movements."""
    differ = numbers(left, right, found)
    counted = left.leading or not word_set("legal", "counted").isdisjoint(token.text for token in left.core)
    return Finding(1.0, f"{differ.words}, which tells them apart") if differ and counted else None


def number(left: Name, right: Name, found: Alignment) -> Finding | None:
    """One name has a number, the other none."""
    if found.alias or bool(left.numbers) == bool(right.numbers):
        return None
    return Finding(1.0, f"only one has the number {' '.join(left.numbers or right.numbers)}")


def legal(left: Name, right: Name, found: Alignment) -> Finding | None:
    """The forms of company differ."""
    if found.alias or not left.legal or not right.legal or left.legal & right.legal:
        return None
    return Finding(1.0, f"{'/'.join(sorted(left.legal))} against {'/'.join(sorted(right.legal))}")


def acronym(left: Name, right: Name, found: Alignment) -> Finding | None:
    """One is the first letters of the other."""
    if found.alias != "acronym":
        return None
    return Finding(1.0, f"{min(left.plain, right.plain, key=len).upper()} is the first letters of the other")


def known(left: Name, right: Name, found: Alignment) -> Finding | None:
    """Both are listed names of one armed group."""
    return Finding(1.0, "listed as names of one group") if found.alias == "known" else None


FINDERS: dict[Kind, dict[str, Finder]] = {
    "person": {
        "agreement": agreement,
        "evidence": evidence,
        "another": another,
        "missing": missing,
        "strain": strain,
        "far": far,
        "slips": slips,
        "whole": whole,
        "order": order,
        "filial": filial,
        "honour": honour,
        "lone": lone,
        "generation": generation,
    },
    "organization": {
        "agreement": agreement,
        "evidence": evidence,
        "another": another,
        "extra": extra,
        "strain": strain,
        "far": far,
        "slips": slips,
        "initials": initials,
        "whole": whole,
        "numbers": numbers,
        "unit": unit,
        "number": number,
        "legal": legal,
        "acronym": acronym,
        "known": known,
    },
}
"""The findings that are weighed for each kind of name; their weights stand in data/weights.yaml."""
