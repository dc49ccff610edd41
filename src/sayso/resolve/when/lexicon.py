"""The words of time, each turned to a letter, so that the grammar can run over letters.

Every token of a text gets one letter that stands for the set of classes it belongs to ("second" is a UNIT and an
ORDINAL); a token that no pattern speaks of gets `BLANK`. An expression is then a short regular expression over letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.languages import words

BLANK = "\ue000"
BREAK = "\ue001"
_FIRST = 0xE002

_TOKEN = re.compile(
    r"""
    (?P<word>[^\W\d_]{3,}+(?![\d_]))
  | (?P<BREAK>\n[^\S\n]*\n\s*)
  | (?P<ISO>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\w-]))
  | (?P<SLASH>\d{1,2}(?P<sep>[/.])\d{1,2}(?P=sep)\d{4}(?![\w/-]))
  | (?P<CLOCK>\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![\d:]))
  | (?P<DOTTIME>\d{1,2}\.[0-5]\d(?=\s?[AaPp]\.?[Mm]\b))
  | (?P<DECADE>['’]?\d{0,2}\d0['’]?s\b)
  | (?P<ORDNUM>\d{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)\b)
  | (?P<QN>[Qq][1-4]\b)
  | (?P<money>[$£€¥#+]\s?\d[\d.,-]{0,20})
  | (?P<DECIMAL>\d{1,3}\.\d{1,2}(?![\d.,%]\d|%|\d))
  | (?P<GROUPED>\d{1,3}(?:,\d{3})+(?![\d%]|[.,]\d))
  | (?P<other>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?%?|\d+(?:\.\d+)+%?|\d+(?:-\d+){2,}|\d+%|\d{5,})
  | (?P<INT>\d{1,4})
  | (?P<AMPM>[AaPp]\.\s?[Mm]\b\.?|[AaPp][Mm]\b)
  | (?P<BC>B\.C\.(?:E\.)?|B\.C\b|BC\b|b\.c\.(?:e\.)?)
  | (?P<AD>A\.D\.|AD\b)
  | (?P<APOS_S>['’][sS]\b)
  | (?P<OCLOCK>[Oo]['’]\s?[Cc]lock)
  | (?P<alnum>[^\W\d_]+\d\w*)
  | (?P<short>[^\W\d_]+)
  | (?P<punct>[^\w\s])
    """,
    re.VERBOSE,
)
_NUMERIC = {"ISO", "SLASH", "CLOCK", "DOTTIME", "DECADE", "ORDNUM", "QN", "AMPM", "BC", "AD", "APOS_S", "OCLOCK"}
_NUMERIC |= {"DECIMAL", "GROUPED"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into tokens: their offsets, their words in small letters, and one letter for each."""

    starts: list[int]
    ends: list[int]
    texts: list[str]
    letters: str


def _integer_classes(text: str) -> frozenset[str]:
    """Say what a run of one to four digits can be: a day, an hour, a year, a time of the 24-hour clock."""
    number, found = int(text), {"INT"}
    if len(text) <= 2:
        found |= {"DAYNUM"} if 1 <= number <= 31 else set()
        found |= {"HOURNUM"} if number <= 24 else set()
        found |= {"TWO"} if len(text) == 2 else set()
    if len(text) == 4:
        found |= {"YEAR"} if 1000 <= number <= 2100 else set()
        found |= {"HHMM"} if number <= 2400 and number % 100 < 60 else set()
    return frozenset(found)


class Lexicon:
    """The classes of one language's time words, and the letters that stand for sets of them.

    `literals` are the small words that patterns name outright.
    """

    def __init__(self, classes: Mapping[str, Mapping[str, Any]], literals: frozenset[str]) -> None:
        self.classes = classes
        self._letters: dict[frozenset[str], str] = {frozenset(): BLANK}
        by_word: dict[str, set[str]] = {literal: {literal} for literal in literals}
        for name, members in classes.items():
            for word in members:
                by_word.setdefault(str(word), set()).add(name)
        self._by_word = {word: self._letter(frozenset(names)) for word, names in by_word.items()}
        self._by_kind = {kind: self._letter(frozenset({kind})) for kind in sorted(_NUMERIC)}
        self._by_int = {text: self._letter(_integer_classes(text)) for n in range(10_000) for text in _spellings(n)}

    def _letter(self, names: frozenset[str]) -> str:
        return self._letters.setdefault(names, chr(_FIRST + len(self._letters)))

    def letters_of(self, name: str) -> str:
        """Return all letters whose set holds the class or literal `name` (may be none)."""
        return "".join(letter for names, letter in self._letters.items() if name in names)

    def value(self, word: str, classes: tuple[str, ...]) -> Any:
        """Return what `word` means in the first of `classes` that has it; None where none has."""
        for name in classes:
            members = self.classes.get(name)
            if members is not None and word in members:
                return members[word]
        return None

    def tokens(self, text: str) -> Tokens:
        """Cut a text into tokens, each with the letter of its classes. Linear in the text."""
        starts: list[int] = []
        ends: list[int] = []
        texts: list[str] = []
        letters: list[str] = []
        by_word, by_kind, by_int = self._by_word, self._by_kind, self._by_int
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup
            word = match.group()
            if kind == "word" or kind == "punct" or kind == "short":
                word = word.lower()
                letter = by_word.get(word, BLANK)
            elif kind == "INT":
                letter = by_int.get(word, BLANK)
            elif kind == "BREAK":
                letter = BREAK
            else:
                letter = by_kind.get(kind or "", BLANK)
                word = word.lower()
            starts.append(match.start())
            ends.append(match.end())
            texts.append(word)
            letters.append(letter)
        return Tokens(starts, ends, texts, "".join(letters))


def _spellings(number: int) -> tuple[str, ...]:
    """Return the ways of writing a number with up to four digits: 7, 07, 007, 0007."""
    return tuple(sorted({str(number).zfill(width) for width in (1, 2, 3, 4)}))


@cache
def dates(language: str = "en") -> Mapping[str, Any]:
    """Return the language's table of time words and patterns."""
    table: Mapping[str, Any] = words("dates", language)
    return table
