"""What the learned reader of attributions is told of each word: grammar, quotation marks, and what the rules found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sayso.extract.statements.attribution import Attribution, Stretch
from sayso.extract.statements.find import innermost
from sayso.model.analysis import Analysis

Ints = NDArray[np.int64]
Tokens = tuple[int, int]
"""Tokens `[first, last)`."""

TABLES = {
    "pos": 20, "tag": 64, "dep": 64, "shape": 6, "quote": 3, "head dep": 64, "head pos": 20, "head at": 12,
    "cue": 3, "source": 3, "content": 3, "inner cue": 3, "inner source": 3, "inner content": 3, "frame": 64, "block": 8,
}  # fmt: skip
"""The features of a word, in the order of their tables, and the rows of each table. `inner`: in what another says."""
PAIRS = {"sentences": 8, "relation": 143, "source": 5, "content": 5, "cue": 2, "ruled": 2, "quotes": 9}
"""The features of a word as seen from a cue."""
BEFORE, AFTER = 100, 120
"""Words before and after the first of a cue among which its source and content are looked for."""
NAMED = ("pos", "tag", "dep", "frame")
"""Features whose values are words; the reader's weights list them."""

_STEPS = (1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 17, 23, 31, 47, 71, 111, 1000)
_CHILD, _SIBLING = 3, 73
"""Where, among relations, the labels begin by which a word hangs on the cue, or on what the cue hangs on."""


def distances() -> Ints:
    """Return the row for the distance of each place around a cue, [BEFORE + 1 + AFTER]."""
    offsets = np.arange(-BEFORE, AFTER + 1)
    return np.asarray(17 + np.sign(offsets) * (np.searchsorted(_STEPS, np.abs(offsets)) + 1) * (offsets != 0), np.int64)


def _shape(text: str) -> int:
    if not any(c.isalnum() for c in text):
        return 4
    if text.isdigit():
        return 3
    if text.islower():
        return 0
    if text.isupper():
        return 2 if len(text) > 1 else 1
    return 1 if text[0].isupper() else 5


def _way(steps: int) -> int:
    """Return how far a word's head stands, and on which side."""
    if not steps:
        return 0
    far = abs(steps)
    size = far if far < 3 else 3 if far < 5 else 4 if far < 10 else 5
    return size if steps > 0 else size + 5


@dataclass(frozen=True, kw_only=True)
class Words:
    """One article as the reader sees it. `known` gives the row of each value of the features in NAMED."""

    analysis: Analysis
    rules: Sequence[Attribution]
    known: Mapping[str, Mapping[str, int]]

    @cached_property
    def heads(self) -> list[int]:
        """The head of each token."""
        return [t.head for t in self.analysis.tokens]

    @cached_property
    def sentence(self) -> Ints:
        """The sentence of each token."""
        found = np.zeros(len(self.heads), np.int64)
        for k, (first, last, _) in enumerate(self.analysis.sentences):
            found[first:last] = k
        return found

    @cached_property
    def quote(self) -> Ints:
        """For each token: 0 outside quotation marks, 1 the first inside, 2 inside."""
        found = np.zeros(len(self.heads), np.int64)
        for start, end in self.analysis.quotations:
            _mark(found, self.tokens(start, end))
        return found

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        tokens = self.analysis.tokens
        return [t.start for t in tokens], [t.end for t in tokens]

    @cached_property
    def _dep(self) -> list[int]:
        known = self.known["dep"]
        return [known.get(t.dep, 0) for t in self.analysis.tokens]

    @cached_property
    def found(self) -> list[tuple[Tokens, Tokens | None, Tokens | None]]:
        """Cue, source and content (its hull) of each attribution by the rules, as tokens."""
        return [
            (self.tokens(*a.cue), self.tokens(*a.source) if a.source else None, self._hull(a.contents))
            for a in self.rules
        ]

    def _hull(self, parts: Sequence[Stretch]) -> Tokens | None:
        return self.tokens(parts[0][0], max(end for _, end in parts)) if parts else None

    def tokens(self, start: int, end: int) -> Tokens:
        """Return the tokens that overlap offsets `[start, end)`."""
        starts, ends = self._edges
        return bisect_right(ends, start), bisect_right(starts, end - 1)

    def stretch(self, tokens: Tokens) -> Stretch:
        """Return the offsets of tokens."""
        starts, ends = self._edges
        return starts[tokens[0]], ends[tokens[1] - 1]

    def features(self) -> Ints:
        """Return the rows of each word's features in the one table that holds all of TABLES, [T, features]."""
        tokens = self.analysis.tokens
        pos = [self.known["pos"].get(t.pos, 0) for t in tokens]
        columns: dict[str, Sequence[int] | Ints] = {
            "pos": pos,
            "tag": [self.known["tag"].get(t.tag, 0) for t in tokens],
            "dep": self._dep,
            "shape": [_shape(t.text) for t in tokens],
            "quote": self.quote,
            "head dep": [self._dep[t.head] for t in tokens],
            "head pos": [pos[t.head] for t in tokens],
            "head at": [_way(t.head - t.i) for t in tokens],
            "block": self._blocks(),
            **self._ruled(),
        }
        table = np.array([columns[name] for name in TABLES], np.int64).reshape(len(TABLES), len(tokens)).T
        return np.asarray(table + np.cumsum([0, *list(TABLES.values())[:-1]]), np.int64)

    def _blocks(self) -> Ints:
        """Return whether a word stands in the first, second or third block, and whether it opens its sentence."""
        found = np.zeros(len(self.heads), np.int64)
        sentences = self.analysis.sentences
        for first, last, block in sentences:
            found[first:last] = min(block - sentences[0].block, 3)
            if first < last:
                found[first] += 4
        return found

    def _ruled(self) -> dict[str, Ints]:
        """Return which words the rules take for what: 0 not, 1 begins, 2 inside; and in which construction."""
        parts = ("cue", "source", "content", "inner cue", "inner source", "inner content", "frame")
        found = {name: np.zeros(len(self.heads), np.int64) for name in parts}
        for a, outer in zip(self.rules, innermost(self.rules), strict=True):
            depth = "" if outer is None else "inner "
            cue = self.tokens(*a.cue)
            _mark(found[depth + "cue"], cue)
            found["frame"][slice(*cue)] = self.known["frame"].get(a.frame, 0)
            for name, stretches in (("source", [a.source] if a.source else []), ("content", a.contents)):
                for start, end in stretches:
                    _mark(found[depth + name], self.tokens(start, end))
        return found

    def head_of(self, tokens: Tokens) -> int:
        """Return the highest of some tokens: the first that hangs on none of them."""
        for i in range(*tokens):
            if self.heads[i] == i or not tokens[0] <= self.heads[i] < tokens[1]:
                return i
        return tokens[0]

    def around(self, cue: Tokens) -> tuple[Ints, NDArray[np.bool_], Ints]:
        """Return what stands around a cue: W tokens, which of them are there, and their features, [W, PAIRS].

        A token that is not there is token 0.
        """
        wide = np.arange(cue[0] - BEFORE, cue[0] + AFTER + 1)
        there = (wide >= 0) & (wide < len(self.heads))
        at = np.where(there, wide, 0)
        source, content, ruled = self._of_the_rules(cue, wide)
        columns = (
            np.clip(self.sentence[at] - self.sentence[cue[0]], -3, 4) + 3,
            self._relations(cue),
            source,
            content,
            (wide >= cue[0]) & (wide < cue[1]),
            np.full(len(wide), ruled),
            self.quote[at] * 3 + self.quote[cue[0]],
        )
        table = np.stack([np.asarray(column, np.int64) for column in columns], 1)
        return at, there, table + np.cumsum([0, *list(PAIRS.values())[:-1]])

    def _of_the_rules(self, cue: Tokens, wide: Ints) -> tuple[Ints, Ints, int]:
        """Return the source and content that the rules give this cue: 1 inside, +1 the first word, +2 the last."""
        marks = [np.zeros(len(wide), np.int64), np.zeros(len(wide), np.int64)]
        for other, source, content in self.found:
            if other[0] < cue[1] and cue[0] < other[1]:
                for mark, tokens in zip(marks, (source, content), strict=True):
                    if tokens:
                        inside = ((wide >= tokens[0]) & (wide < tokens[1])).astype(np.int64)
                        mark += inside * (1 + (wide == tokens[0]) + 2 * (wide == tokens[1] - 1))
                return marks[0], marks[1], 1
        return marks[0], marks[1], 0

    def _relations(self, cue: Tokens) -> Ints:
        """Return how each word of the cue's sentence hangs together with it.

        0 otherwise, 1 the cue's head, 2 a word that the head hangs on, else the label of the branch that the word is
        in.
        """
        heads, head = self.heads, self.head_of(cue)
        found = np.zeros(BEFORE + 1 + AFTER, np.int64)
        above = set()
        at = head
        while heads[at] != at:
            at = heads[at]
            above.add(at)
        beside = heads[head] if heads[head] != head else -1
        known: dict[int, int] = {}

        def relation(i: int) -> int:
            path: list[int] = []
            while i not in known:
                up = heads[i]
                if i == head or i in above:
                    known[i] = 1 if i == head else 2
                elif up == head:
                    known[i] = _CHILD + self._dep[i]
                elif up == beside:
                    known[i] = _SIBLING + self._dep[i]
                elif up == i:
                    known[i] = 0
                else:
                    path.append(i)
                    i = up
            inherited = 0 if known[i] < _CHILD else known[i]
            known.update(dict.fromkeys(path, inherited))
            return inherited if path else known[i]

        first, last = np.searchsorted(self.sentence, [self.sentence[head], self.sentence[head] + 1])
        for i in range(max(int(first), cue[0] - BEFORE), min(int(last), cue[0] + AFTER + 1)):
            found[i - cue[0] + BEFORE] = relation(i)
        return found


def _mark(column: Ints, tokens: Tokens) -> None:
    column[slice(*tokens)] = 2
    if tokens[0] < tokens[1]:
        column[tokens[0]] = 1
