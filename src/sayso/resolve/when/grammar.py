"""Finds the expressions of time in a text, as fields that are not placed on the calendar yet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from sayso.resolve.when.lexicon import BLANK, BREAK, Lexicon, Tokens, dates

_FIELD = re.compile(r"<(\w+):([\w|]+)>")
_ATOM = re.compile(r"<\w+:[\w|]+>|[A-Za-z_]+|[(),./|?]")


@dataclass(slots=True)
class Expression:
    """Tokens `[first, last)` that express a time: what kind of expression, and what its fields say."""

    first: int
    last: int
    kind: str
    fields: dict[str, Any] = field(default_factory=dict)


class _Pattern(NamedTuple):
    kind: str
    regex: re.Pattern[str]
    classes: dict[str, tuple[str, ...]]


class Grammar:
    """The compiled patterns of one language."""

    def __init__(self, language: str) -> None:
        table = dates(language)
        sources = [(kind, _expand(text, table["macros"])) for row in table["patterns"] for kind, text in row.items()]
        literals = frozenset(w for _, text in sources for w in re.findall(r"\b[a-z]+\b(?!:)|[,./]", text))
        self.lexicon = Lexicon(table["words"], literals | {"."})
        self.patterns = [self._compile(kind, text) for kind, text in sources]
        core = "".join({letter for name in table["core"] for letter in self.lexicon.letters_of(name)})
        self._known = re.compile(f"[^{BLANK}{BREAK}]+")
        self._core = re.compile(f"[{core}]")

    def _letters(self, names: str) -> str:
        letters = "".join(self.lexicon.letters_of(name) for name in names.split("|"))
        return f"[{letters}]" if letters else "(?!)"

    def _compile(self, kind: str, source: str) -> _Pattern:
        parts: list[str] = []
        classes: dict[str, tuple[str, ...]] = {}
        for atom in _ATOM.findall(source):
            named = _FIELD.fullmatch(atom)
            if named:
                group = f"{named[1]}__{len(classes)}"
                classes[group] = tuple(named[2].split("|"))
                parts.append(f"(?P<{group}>{self._letters(named[2])})")
            elif atom == "(":
                parts.append("(?:")
            elif atom in ")|?":
                parts.append(atom)
            else:
                parts.append(self._letters(atom))
        return _Pattern(kind, re.compile("".join(parts)), classes)

    def _matches(self, letters: str) -> Iterator[tuple[int, int, int, re.Match[str], int]]:
        """Yield `(first, -length, pattern, match, shift)` for every pattern wherever it matches."""
        joined, places, origins, at = [], [], [], 0
        for island in self._known.finditer(letters):
            if self._core.search(island.group()) is None:
                continue
            joined.append(island.group())
            places.append(at)
            origins.append(island.start() - at)
            at += len(island.group()) + 1
        text = BLANK.join(joined)
        for order, pattern in enumerate(self.patterns):
            for match in pattern.regex.finditer(text):
                shift = origins[bisect_right(places, match.start()) - 1]
                yield match.start() + shift, match.start() - match.end(), order, match, shift

    def candidates(self, tokens: Tokens) -> list[Expression]:
        """Return all readings, leftmost first, the longer before the shorter, then the earlier pattern."""
        found = sorted(self._matches(tokens.letters), key=lambda row: row[:3])
        return [self._expression(tokens, self.patterns[order], match, shift) for _, _, order, match, shift in found]

    def _expression(self, tokens: Tokens, pattern: _Pattern, match: re.Match[str], shift: int) -> Expression:
        fields: dict[str, Any] = {}
        for name, classes in pattern.classes.items():
            at = match.start(name)
            if at >= 0:
                word = tokens.texts[at + shift]
                value = self.lexicon.value(word, classes)
                fields[name.partition("__")[0]] = word if value is None else value
        return Expression(match.start() + shift, match.end() + shift, pattern.kind, fields)


def _expand(text: str, macros: dict[str, str]) -> str:
    """Put each macro in place of its name in braces; macros may hold macros."""
    while "{" in text:
        text = re.sub(r"\{(\w+)\}", lambda m: macros[m[1]], text)
    return text


@cache
def grammar(language: str = "en") -> Grammar:
    """Return the compiled grammar of a language (built once, in about 0.1 s)."""
    return Grammar(language)
