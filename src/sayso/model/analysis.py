"""An article's sentences, tokens, names and quotations, free of the library that found them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sayso.model.span import Span, span_of


class Token(NamedTuple):
    """One token; a tuple because an article has thousands of them.

    `i` and `head` index `Analysis.tokens` (a root is its own head). `start`, `end` are offsets of `Article.text`.
    `text` and `lemma` are in restored case where the article came in capitals. `pos` and `dep` are Universal POS and
    ClearNLP/spaCy English dependency labels, `tag` Penn Treebank.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


class Sentence(NamedTuple):
    """Tokens `[first, last)` of one sentence, in block number `block` of the article."""

    first: int
    last: int
    block: int


class Name(NamedTuple):
    """A named entity as the tagger saw it: tokens `[first, last)`, and an OntoNotes label (PERSON, ORG, GPE ...)."""

    first: int
    last: int
    label: str


class Quotation(NamedTuple):
    """Words inside quotation marks: offsets `[start, end)` of `Article.text`, the marks left out."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The grammar of one article.

    `text` is `Article.text` in restored case: character for character the same length. Not slotted, so that the
    indexes below are computed once, when first asked for.
    """

    text: str
    source_text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]
    quotations: tuple[Quotation, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The indexes of each token's syntactic children, in text order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                found[token.head].append(token.i)
        return tuple(map(tuple, found))

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.first for sentence in self.sentences]

    def governed(self, i: int) -> int | None:
        """Return the head of what a preposition or conjunction governs: "killed" of "after a bomb killed six"."""
        token = self.tokens[i]
        if token.dep == "mark":
            return token.head
        return next((c for c in self.children[i] if self.tokens[c].dep in ("pobj", "pcomp")), None)

    def token_at(self, offset: int) -> int:
        """Return the index of the last token that starts at or before `offset` (0 before the first)."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def tokens_in(self, start: int, end: int) -> range:
        """Return the indexes of the tokens that lie within offsets `[start, end)`."""
        first = bisect_right(self._starts, start - 1)
        last = first
        while last < len(self.tokens) and self.tokens[last].end <= end:
            last += 1
        return range(first, last)

    def sentence_of(self, i: int) -> int:
        """Return the index of the sentence that token `i` stands in."""
        return max(0, bisect_right(self._sentence_starts, i) - 1)

    def subtree(self, i: int) -> tuple[int, ...]:
        """Return token `i` and all that hangs on it, in text order."""
        found, stack = [], [i]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.children[at])
        return tuple(sorted(found))

    def span(self, first: int, last: int) -> Span:
        """Return the span of tokens `[first, last)`, in the article's own words and case."""
        return span_of(self.source_text, self.tokens[first].start, self.tokens[last - 1].end)

    def span_at(self, start: int, end: int) -> Span:
        """Return the span of offsets `[start, end)`, in the article's own words and case."""
        return span_of(self.source_text, start, end)
