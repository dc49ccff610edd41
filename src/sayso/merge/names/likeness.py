"""How alike two words of names are."""

from __future__ import annotations

from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from sayso.merge.names.fold import bones, sound
from sayso.merge.names.name import Token

Way = Literal["same", "variant", "initial", "sound", "near", "joined", "other"]
Script = Literal["letters", "bones", "signs"]
"""All letters; consonants alone where one name comes from a script without vowels; whole signs where both have them."""


class Likeness(NamedTuple):
    """How alike two words are (0-1), and in which way."""

    value: float
    way: Way


_SAME = Likeness(1.0, "same")
_VARIANT = Likeness(0.95, "variant")
_INITIAL = Likeness(0.85, "initial")
_OTHER = Likeness(0.0, "other")
_LISTED = frozenset({"place", "generic"})
_BY_SOUND = 0.93


def likeness(left: Token, right: Token, script: Script = "letters") -> Likeness:
    """Return how alike two words are; `script` tells what can be compared of both."""
    if left.text == right.text:
        return _SAME
    if script == "signs":
        return _OTHER
    if left.groups and left.groups & right.groups:
        return _VARIANT
    if left.role == "initial" or right.role == "initial":
        return _INITIAL if left.text[0] == right.text[0] else _OTHER
    if script == "bones":
        return _without_vowels(left, right)
    if left.sound == right.sound:
        return Likeness(_BY_SOUND, "sound")
    if _known_apart(left, right):
        return _OTHER
    value = spelled(left.text, right.text)
    value = max(value, (value + spelled(left.sound, right.sound)) / 2)
    if left.bones == right.bones and len(left.bones) > 1:
        value = max(value, (value + _BY_SOUND) / 2)
    if left.stem is not left.text and right.stem is not right.text and _cut_alike(left, right):
        value = min(value, spelled(left.stem, right.stem))
    return Likeness(value, "near")


def _known_apart(left: Token, right: Token) -> bool:
    """Return whether both words are known, and known for different ones: two given names, two countries."""
    if left.gender and right.gender and left.gender != right.gender:
        return True
    known = (left.listed and right.listed) or (left.role in _LISTED and right.role in _LISTED)
    return known and OSA.distance(left.text, right.text) > 1


def spelled(left: str, right: str) -> float:
    """Return how alike two words are in letters: 1 less the share of the longer one's letters that are changed."""
    return OSA.normalized_similarity(left, right)


def heard(left: str, right: str, script: Script) -> float:
    """Return how alike two words are in letters, or in sound (in consonants) where that is the same."""
    same = bones(left) == bones(right) if script == "bones" else sound(left) == sound(right)
    return max(spelled(left, right), _BY_SOUND if same else 0.0)


def _cut_alike(left: Token, right: Token) -> bool:
    """Return whether the endings (or openings) that were taken off are the same."""
    taken, other = len(left.text) - len(left.stem), len(right.text) - len(right.stem)
    return taken == other and (left.text[-taken:] == right.text[-taken:] or left.text[:taken] == right.text[:taken])


def _without_vowels(left: Token, right: Token) -> Likeness:
    if left.bones == right.bones:
        return Likeness(_BY_SOUND if len(left.bones) > 1 else 0.7, "sound")
    return Likeness(spelled(left.bones, right.bones), "near")
