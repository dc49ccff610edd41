"""Names of a spaCy model's entity recognizer, decided as spaCy does and ten times faster.

The recognizer is greedy: word by word it opens, continues or closes a name, or passes on (Lample et al. 2016). What it
decides outside of a name depends on the word alone, so all words are decided at once; only within names one after the
other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sayso.annotate.vectors import Floats, WordVectors

if TYPE_CHECKING:
    from spacy.tokens import Doc

Flags = NDArray[np.bool_]
AHEAD = 4
"""Words of an open name that are decided at once."""


class NameFinder:
    """A spaCy `ner` component as a function from texts to the names in them."""

    def __init__(self, component: Any) -> None:
        model = component.model
        tok2vec, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        linear = next(layer for layer in tok2vec.layers if layer.name == "linear")
        self.vectors = WordVectors(tok2vec.layers[0])
        self.linear, self.linear_bias = np.ascontiguousarray(linear.get_param("W").T), linear.get_param("b")
        features, width, pieces, inputs = lower.get_param("W").shape
        # [3 features, 2 pieces, 64]: the word, the first word of the open name, the last word before.
        self.lower = lower.get_param("W").transpose(3, 0, 2, 1).reshape(inputs, features * pieces * width)
        self.lower = np.ascontiguousarray(self.lower)
        self.shape = (-1, features, pieces, width)
        self.bias = np.ascontiguousarray(lower.get_param("b").T)
        self.none = np.ascontiguousarray(lower.get_param("pad")[0].transpose(0, 2, 1))
        self.upper, self.upper_bias = upper.get_param("W"), upper.get_param("b")
        moves = [component.moves.get_class_name(n) for n in range(component.moves.n_moves)]
        self.moves: list[tuple[str, str]] = [(move[0], move[2:]) for move in moves]
        kinds = np.array([move for move, _ in self.moves])
        self.opening, self.single = np.flatnonzero(kinds == "B"), np.flatnonzero(kinds == "U")
        self.never = np.array([move in "IL" or (move == "U" and not label) for move, label in self.moves])
        places = {move: n for n, move in enumerate(self.moves)}
        self.inner = {
            n: (places["I", label], places["L", label]) for n, (move, label) in enumerate(self.moves) if move == "B"
        }

    def __call__(self, docs: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
        """Return the names of each text: tokens `[first, last)` and the label. The texts must be parsed."""
        states = np.concatenate(self.vectors(docs)) @ self.linear + self.linear_bias
        features = (states @ self.lower).reshape(self.shape)
        blank = np.concatenate([doc.to_array("IS_SPACE") for doc in docs]).astype(bool)
        begins = np.concatenate([doc.to_array("SENT_START") for doc in docs]) == 1
        ends = np.append(begins[1:], True)  # no name goes on behind the last word of a sentence or text
        ends[np.cumsum([len(doc) for doc in docs]) - 1] = True
        best = self._outside(features[:, 0], blank, ends)
        found: list[list[tuple[int, int, str]]] = []
        at = 0
        for doc in docs:
            names = self._names(features, best, ends, at, at + len(doc))
            found.append([(first - at, last - at, label) for first, last, label in names])
            at += len(doc)
        return found

    def _outside(self, features: Floats, blank: Flags, ends: Flags) -> list[int]:
        """Return the best move for each word where no name is open."""
        scores = self._scores(features + self.none[1] + self.none[2])
        scores[:, self.never] = -np.inf
        scores[np.ix_(blank | ends, self.opening)] = -np.inf
        scores[np.ix_(blank, self.single)] = -np.inf
        best: list[int] = scores.argmax(axis=1).tolist()
        return best

    def _scores(self, sums: Floats) -> Floats:
        scores: Floats = self._hidden(sums) @ self.upper.T + self.upper_bias
        return scores

    def _hidden(self, sums: Floats) -> Floats:
        sums = sums + self.bias
        return np.maximum(sums[:, 0], sums[:, 1])

    def _names(
        self, features: Floats, best: list[int], ends: Flags, at: int, end: int
    ) -> Iterator[tuple[int, int, str]]:
        while at < end:
            move, label = self.moves[best[at]]
            last = at + 1
            if move == "B":
                last = self._closed(features, self.inner[best[at]], ends, at)
            if move != "O":
                yield at, last, label
            at = last

    def _closed(self, features: Floats, moves: tuple[int, int], ends: Flags, first: int) -> int:
        """Return the end of the name that opens at `first`: it is closed where closing scores above going on."""
        rows = list(moves)
        at = first + 1
        while True:
            own = slice(at, at + AHEAD)
            sums = features[own, 0] + features[first, 1] + features[at - 1 : at - 1 + len(features[own]), 2]
            scores = self._hidden(sums) @ self.upper[rows].T + self.upper_bias[rows]
            closes: list[bool] = (ends[own] | (scores[:, 1] > scores[:, 0])).tolist()
            if True in closes:
                return at + closes.index(True) + 1
            at += AHEAD
