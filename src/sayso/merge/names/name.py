"""What a name is once it has been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["person", "organization"]
"""Companies, armed groups, ministries, vessels and all that is no person are organizations."""
Role = Literal["name", "initial", "common", "generic", "place", "number", "particle", "title", "legal", "generation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of a name.

    `text` is in small Latin letters, `sound` how it sounds, `bones` its consonants. `role` is its class: a `common`
    name is one that many bear, a `generic` word one that many organizations share. `weight` is how much it tells (0-1).
    `groups` are the numbers of the lists of names used for one another that it stands in. `stem` is the word without an
    ending or opening that many names share; `listed` tells whether it is a given name that is known, and `gender`
    whose it is, where it is of one only.
    """

    text: str
    sound: str
    bones: str
    role: Role
    weight: float
    groups: frozenset[int]
    stem: str
    listed: bool
    gender: Literal["", "male", "female"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name, read once so that it can be compared with many.

    `text` is as it was given, cut at the length that is looked at. `core` are the words that tell who it is, in order,
    the family name last where a comma tells which it is (`comma`); `plain` is all of them in one, without blanks.
    `written` is every word as it stands, small ones and titles too, in one, and `words` their number.
    `small` are its particles with the place of each before a word of `core`. `numbers`, `legal` and `generation` are
    what else it holds; `leading` tells that a number opens it. `vowelless` and `signs` tell of its script. `known` are
    the numbers of the listed groups that have this name, `acronyms` the first letters of its words.
    """

    text: str
    kind: Kind
    core: tuple[Token, ...]
    plain: str
    written: str = ""
    words: int = 0
    small: tuple[tuple[str, int], ...] = ()
    titles: tuple[str, ...] = ()
    legal: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    leading: bool = False
    generation: str = ""
    comma: bool = False
    vowelless: bool = False
    signs: bool = False
    known: frozenset[int] = frozenset()
    acronyms: frozenset[str] = frozenset()
