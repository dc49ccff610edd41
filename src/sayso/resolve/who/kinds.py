"""What kind of thing a name names, as far as its own words tell."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from sayso.resolve.who.lexicon import Lexicon

Kind = Literal["person", "organization", "government_body", "place", "other"]
Votes = Counter[Kind]
ORDER: tuple[Kind, ...] = ("person", "organization", "government_body", "place", "other")
AMBIGUOUS = frozenset({"tigers", "hawks", "commandos", "brigades", "warriors"})
"""Words that by themselves name a club as often as an armed group."""


def kind_by_words(words: list[str], lexicon: Lexicon) -> tuple[Kind, bool] | None:
    """Return kind and whether it is armed as far as the words of the name tell; None where they do not."""
    low = [w.lower() for w in words]
    joined = " ".join(low)
    cut = next((i for i, w in enumerate(low) if w in {"of", "for", "against"} and i), len(low))
    site = low[-1] in lexicon.place_words and low[0] not in lexicon.armed_first and 1 < len(low) == cut
    if joined in lexicon.places or (site and not lexicon.faith_land(*low[:2])):
        return "place", False
    if len(low) == 1:
        return _kind_of_word(words[0], lexicon)
    if "on" in low[1:]:
        return "organization", False
    if lexicon.faith_land(*low[:2]):
        return "organization", True
    if joined in lexicon.government:
        return "government_body", False
    if low[0] in lexicon.armed_first or (cut < len(low) and low[cut - 1] in lexicon.armed_of):
        return ("government_body", False) if _of_state(low, lexicon) else ("organization", True)
    heads = (low[cut - 1], low[-1])
    if any(word in lexicon.armed_last for word in heads):
        return "organization", True
    two = " ".join(low[max(0, cut - 2) : cut])
    modifiers = set(low) - ({"armed"} if "armed forces" in joined else set())
    fights = bool(lexicon.armed_modifiers & modifiers)
    if low[cut - 1] in lexicon.government and lexicon.state_modifiers & modifiers:
        return "government_body", False
    if fights and lexicon.armed_maybe.intersection((*heads, low[0])):
        return "organization", True
    if two in lexicon.government:
        return "government_body", False
    for word in heads:
        if word in lexicon.government:
            return "government_body", False
        if word in lexicon.organization or word in lexicon.armed_maybe:
            return "organization", False
    return None


def _kind_of_word(word: str, lexicon: Lexicon) -> tuple[Kind, bool] | None:
    """Return the kind of a name of one word: "Interpol", "FBI", "Mujahideen"."""
    low = word.lower()
    if low in lexicon.armed_last and low not in AMBIGUOUS:
        return "organization", True
    if low in lexicon.government and (word.isupper() or low not in lexicon.bodies):
        return "government_body", False
    return None


def _of_state(low: list[str], lexicon: Lexicon) -> bool:
    """Say whether an "Army of X" is a state's: X is a country."""
    after = " ".join(w for w in low[low.index("of") + 1 :] if w != "the") if "of" in low else ""
    return after in lexicon.places


def decide(votes: Votes) -> Kind | None:
    """Return the kind with most votes; a tie goes to the one that harms least to keep."""
    best = votes.most_common()
    if not best or best[0][1] <= 0:
        return None
    top = best[0][1]
    return next(kind for kind in ORDER if votes[kind] == top)
