"""The words of two names set against one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from sayso.merge.names.likeness import Likeness, Script, heard, likeness
from sayso.merge.names.name import Name, Token

Alias = Literal["", "known", "acronym", "written"]

_LEAST = 0.5
"""Words less alike than this are other words."""
_LEAST_JOINED = 0.87
"""Words written in one and apart are the same from this likeness on."""
_MOST_JOINED = 3
_MOST_ADDED = 2
_LONG_WRITTEN = 10
_ONE_LETTER = 0.93
_SHORTEST_JOINED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Words of one name and the words of the other that stand for them: places in `core`, and how alike they are."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    like: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Which words of two names stand for one another (by place on the left), and the places of those left over.

    Where `alias` is set, one name stands for the other as a whole, and no words are compared: both are listed names of
    one group, one is the first letters of the other, or they are written alike but for blanks or one letter.
    """

    pairs: tuple[Pair, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    alias: Alias = ""


def align(left: Name, right: Name) -> Alignment:
    """Set the words of two names against one another: equal ones first, then those written in one, then by likeness."""
    if alias := _alias(left, right):
        return Alignment(pairs=(), left=(), right=(), alias=alias)
    if left.words != right.words and (left.written == right.written or _one_letter(left, right)):
        return _wholes(left, right)
    free_left, free_right = dict(enumerate(left.core)), dict(enumerate(right.core))
    pairs = _equal(free_left, free_right)
    if free_left and free_right:
        script = _script(left, right)
        pairs += _joined(free_left, free_right, script)
        pairs += [Pair(left=p.right, right=p.left, like=p.like) for p in _joined(free_right, free_left, script)]
        pairs += _likest(free_left, free_right, script)
    if bool(free_left) != bool(free_right) and _one_letter(left, right):
        return _wholes(left, right)
    pairs.sort(key=lambda pair: pair.left)
    return Alignment(pairs=tuple(pairs), left=tuple(free_left), right=tuple(free_right))


def _wholes(left: Name, right: Name) -> Alignment:
    """Set all words against all: the names are written alike but for blanks, or but for one letter."""
    value = 1.0 if left.written == right.written else _ONE_LETTER
    pair = Pair(left=tuple(range(len(left.core))), right=tuple(range(len(right.core))), like=Likeness(value, "joined"))
    return Alignment(pairs=(pair,), left=(), right=(), alias="written")


def _one_letter(left: Name, right: Name) -> bool:
    """Return whether two long names without digits differ, blanks aside, by one letter."""
    if abs(len(left.written) - len(right.written)) > 1 or not (left.written + right.written).isalpha():
        return False
    longest = max(len(left.written), len(right.written))
    return longest >= _LONG_WRITTEN and OSA.distance(left.written, right.written) == 1


def _alias(left: Name, right: Name) -> Alias:
    if left.known and left.known & right.known and left.plain != right.plain:
        return "known"
    short, long = (left, right) if len(left.core) < len(right.core) else (right, left)
    return "acronym" if len(short.core) == 1 and len(long.core) > 1 and short.plain in long.acronyms else ""


def _script(left: Name, right: Name) -> Script:
    if left.signs and right.signs:
        return "signs"
    return "bones" if left.vowelless != right.vowelless else "letters"


def _equal(left: dict[int, Token], right: dict[int, Token]) -> list[Pair]:
    pairs = []
    for i, token in tuple(left.items()):
        for j, other in right.items():
            if token.text == other.text:
                pairs.append(Pair(left=(i,), right=(j,), like=Likeness(1.0, "same")))
                del left[i], right[j]
                break
    return pairs


def _joined(whole: dict[int, Token], parts: dict[int, Token], script: Script) -> list[Pair]:
    """Find words of `whole` that are written apart in `parts`, and take both out."""
    if len(parts) < 2:
        return []
    pairs = []
    for i, token in tuple(whole.items()):
        if len(token.text) >= _SHORTEST_JOINED and (found := _apart(token.text, parts, script)):
            places, value = found
            for place in places:
                del parts[place]
            del whole[i]
            pairs.append(Pair(left=(i,), right=places, like=Likeness(value, "joined")))
    return pairs


def _apart(word: str, parts: dict[int, Token], script: Script) -> tuple[tuple[int, ...], float] | None:
    """Return the neighbouring places whose words together are likest to a word, and how like; None where none is."""
    best: tuple[tuple[int, ...], float] | None = None
    for start in parts:
        text = parts[start].text
        for end in range(start + 1, start + _MOST_JOINED):
            if end not in parts:
                break
            text += parts[end].text
            if script != "bones" and abs(len(text) - len(word)) > _MOST_ADDED:
                continue
            value = heard(word, text, script)
            if value >= _LEAST_JOINED and (best is None or value > best[1]):
                best = tuple(range(start, end + 1)), value
    return best


def _likest(left: dict[int, Token], right: dict[int, Token], script: Script) -> list[Pair]:
    """Pair what is likest, then what is likest of the rest, while words are alike at all; take both out."""
    found = []
    for i, token in left.items():
        for j, other in right.items():
            like = likeness(token, other, script)
            if like.value >= _LEAST:
                found.append((-like.value, abs(i - j), i, j, like))
    found.sort()
    pairs = []
    for _, _, i, j, like in found:
        if i in left and j in right:
            pairs.append(Pair(left=(i,), right=(j,), like=like))
            del left[i], right[j]
    return pairs
