"""Parts of speech and lemmas of a spaCy model's rules, found as spaCy does and ten times faster.

spaCy tries every rule at every word of every text. What the rules say of a word depends on the word, its tag and its
dependency (and, for a few of them, on the word beside it), so it is worked out once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MEMORY = 100_000
"""Words that are kept in mind."""
Test = dict[str, Any]


class Word(NamedTuple):
    """What is known of a word in its place."""

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str


class Rule(NamedTuple):
    """One rule of the model: tests of words that stand side by side, and what it sets at which of them."""

    tests: Sequence[Test]
    at: int
    sets: dict[str, str]


class Words:
    """A spaCy `attribute_ruler` and `lemmatizer` as a function from texts to their words."""

    def __init__(self, ruler: Any, lemmatizer: Any) -> None:
        self.lemmatizer = lemmatizer
        self.rules = [Rule(tests, p["index"], p["attrs"]) for p in ruler.patterns for tests in p["patterns"]]
        beside = [n for n, rule in enumerate(self.rules) if len(rule.tests) > 1]
        self.beside = _by_word((self.rules[n].tests[-1], n) for n in beside)
        alone = [n for n, rule in enumerate(self.rules) if len(rule.tests) == 1]
        self.any_word = [n for n in alone if "LOWER" not in self.rules[n].tests[0]]
        self.for_word = _by_word((self.rules[n].tests[0], n) for n in alone if n not in self.any_word)
        self.held: dict[tuple[str, str, bool], list[int]] = {}
        self.known: dict[tuple[int, int, int, tuple[int, ...]], Word] = {}
        self.ends: dict[int, list[int]] = {}

    def __call__(self, doc: Doc) -> list[Word]:
        """Return the words of a text, which must be tagged and parsed; nothing is changed in it but parts of speech."""
        if len(self.known) > MEMORY:
            self.known.clear()
            self.ends.clear()
        keys: list[list[int]] = doc.to_array(["ORTH", "TAG", "DEP"]).tolist()
        more = self._beside(doc, keys)
        found = []
        for i, (orth, tag, dep) in enumerate(keys):
            key = orth, tag, dep, more.get(i, ())
            word = self.known.get(key)
            if word is None:
                word = self.known[key] = self._word(doc[i], key[3])
            found.append(word)
        return found

    def _beside(self, doc: Doc, keys: list[list[int]]) -> dict[int, tuple[int, ...]]:
        """Return which rules of several words hold at which word; they end in a word that few rules look for."""
        found: dict[int, tuple[int, ...]] = {}
        for i, (orth, _, _) in enumerate(keys):
            ends = self.ends.get(orth)
            if ends is None:
                ends = self.ends[orth] = _named(self.beside, doc[i].lower_)
            for n in ends:
                tests = self.rules[n].tests
                first = i + 1 - len(tests)
                if first >= 0 and all(_holds(test, doc[first + k]) for k, test in enumerate(tests)):
                    at = first + self.rules[n].at
                    found[at] = (*found.get(at, ()), n)
        return found

    def _word(self, token: Any, more: Sequence[int]) -> Word:
        """Apply the rules to one word: where several set the same, the last one counts."""
        place = token.tag_, token.dep_, token.is_space
        if place not in self.held:
            self.held[place] = [n for n in self.any_word if _holds(self.rules[n].tests[0], token)]
        own = [n for n in _named(self.for_word, token.lower_) if _holds(self.rules[n].tests[0], token)]
        sets: dict[str, str] = {}
        for n in sorted([*self.held[place], *own, *more]):
            sets.update(self.rules[n].sets)
        lemma = sets.get("LEMMA", "")
        token.pos_ = pos = sets.get("POS", "")
        token.set_morph(sets.get("MORPH", ""))
        if not lemma:
            lemma = self.lemmatizer.lemmatize(token)[0] if pos else token.text.lower()
        return Word(token.text, lemma, pos, token.tag_, token.dep_)


def _by_word(tests: Iterable[tuple[Test, int]]) -> dict[str, list[int]]:
    """Return the numbers of rules by the words that they are for; those with a pattern stand under no word."""
    found: dict[str, list[int]] = {}
    for test, n in tests:
        wanted = test["LOWER"]
        for word in wanted.get("IN", ("",)) if isinstance(wanted, dict) else (wanted,):
            found.setdefault(word, []).append(n)
    return found


def _named(table: dict[str, list[int]], word: str) -> list[int]:
    """Return the rules that may hold at a word."""
    return [*table.get(word, ()), *table.get("", ())]


def _holds(test: Test, token: Token) -> bool:
    return all(_passes(wanted, READ[name](token)) for name, wanted in test.items())


READ: dict[str, Any] = {
    "TAG": lambda token: token.tag_,
    "LOWER": lambda token: token.lower_,
    "DEP": lambda token: token.dep_,
    "IS_SPACE": lambda token: token.is_space,
}
"""What a rule may look at; the shipped model's rules look at nothing else (a test holds that)."""


def _passes(wanted: Any, value: Any) -> bool:
    """Say whether a value passes one test: to be equal, to be (or not to be) one of several, to match a pattern."""
    if not isinstance(wanted, dict):
        return bool(value == wanted)
    return all(
        (how == "IN" and value in what)
        or (how == "NOT_IN" and value not in what)
        or (how == "REGEX" and re.search(what, value) is not None)
        for how, what in wanted.items()
    )
