"""What the learned extractor sees in an article: roles by word piece, kinds by sentence, and what belongs together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Layers that go on from the middle of the encoder, for one article of N word pieces.

    `offsets` [N, 2] are start and end of each piece in `Article.text`. `go_on` takes vectors [N, width] that are added
    to the middle states and returns the branch's own states [N, width].
    """

    offsets: Ints
    go_on: Callable[[Floats], Floats]


class Seen(NamedTuple):
    """Words that the model takes for a role: offsets `[start, end)` of `Article.text`, and how sure it is (0-1)."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The heads' view of one article.

    `starts`, `ends` [N] are the offsets of the word pieces in text order; `roles` [N, R, 3] the probabilities of
    outside, begins, inside for each of `role_names`; `kinds` [S, K] the probability that a sentence tells of an
    incident of each of `kind_names`; `links` [N, L] and `sentence_links` [S, L] are the parts of vectors that are
    close where two spans belong to one incident. Not slotted: indexes are computed once, when first asked for.
    """

    role_names: tuple[str, ...]
    kind_names: tuple[str, ...]
    starts: Ints
    ends: Ints
    roles: Floats
    kinds: Floats
    states: Floats
    means: Floats
    sentence_of: Ints
    heads: dict[str, tuple[Floats, Floats]]

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {name: n for n, name in enumerate(self.role_names)}

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        return self.starts.tolist(), self.ends.tolist()

    @cached_property
    def _inside(self) -> list[list[float]]:
        """By role, how sure the model is that each piece is inside of one."""
        inside: list[list[float]] = (1.0 - self.roles[:, :, 0]).T.tolist()
        return inside

    def pieces(self, start: int, end: int) -> slice:
        """Return the pieces that lie in or across offsets `[start, end)`."""
        starts, ends = self._bounds
        return slice(bisect_right(ends, start), bisect_left(starts, end))

    def probability(self, role: str, start: int, end: int) -> float:
        """Return how sure the model is that words of `[start, end)` fill a role: the surest of their pieces."""
        return max(self._inside[self._columns[role]][self.pieces(start, end)], default=0.0)

    def edges(self, role: str, start: int, end: int) -> tuple[float, float, float, float]:
        """Return how well a role's borders are those of `[start, end)`.

        How sure the model is that it begins there, and of the least sure piece inside; and how sure it is that the
        pieces just before and just behind are inside of it too.
        """
        inside, pieces = self._inside[self._columns[role]], self.pieces(start, end)
        if pieces.stop <= pieces.start:
            return 0.0, 0.0, 0.0, 0.0
        begins = float(self.roles[pieces.start, self._columns[role], 1])
        before = inside[pieces.start - 1] if pieces.start else 0.0
        after = inside[pieces.stop] if pieces.stop < len(inside) else 0.0
        return begins, min(inside[pieces]), before, after

    def spans(self, role: str, least: float) -> list[Seen]:
        """Return the words taken for a role: runs of pieces that are inside with at least `least`, whole words."""
        column = self._columns[role]
        inside = self._inside[column]
        if max(inside, default=0.0) < least:
            return []
        begins: list[float] = self.roles[:, column, 1].tolist()
        starts, ends = self._bounds
        found: list[Seen] = []
        first = -1
        for n in range(len(inside) + 1):
            on = n < len(inside) and inside[n] >= least
            if not on and first < 0:
                continue
            glued = 0 < n < len(inside) and starts[n] == ends[n - 1]
            fresh = on and begins[n] > max(0.5 * inside[n], least) and not glued
            crossed = on and first >= 0 and self.sentence_of[n] != self.sentence_of[first]
            if first >= 0 and (not on or fresh or crossed) and not (glued and not crossed):
                found.append(Seen(starts[first], ends[n - 1], max(inside[first:n])))
                first = -1
            if on and first < 0:
                first = n
        return found

    def _pooled(self, start: int, end: int) -> Floats:
        inside = self.pieces(start, end)
        if inside.stop <= inside.start:
            return np.zeros(2 * self.states.shape[1], np.float32)
        s = int(self.sentence_of[inside.start])
        pooled: Floats = np.concatenate([self.states[inside].mean(0), self.means[s]])
        return pooled

    def attribute(self, head: str, start: int, end: int) -> Floats:
        """Return the probabilities of an attribute's values for the words `[start, end)`."""
        weight, bias = self.heads[head]
        logits = weight @ self._pooled(start, end) + bias
        odds = np.exp(logits - logits.max())
        shares: Floats = odds / odds.sum()
        return shares

    def link(self, start: int, end: int) -> Floats:
        """Return the unit vector [L] that tells which incident the words belong to; close vectors, one incident."""
        weight, bias = self.heads["link"]
        vector = weight @ self._pooled(start, end) + bias
        unit: Floats = vector / max(float(np.linalg.norm(vector)), 1e-6)
        return unit

    def sentence_link(self, sentence: int) -> Floats:
        """Return the unit vector [L] of a sentence, to be compared with those of words."""
        weight, bias = self.heads["link"]
        vector = weight @ np.concatenate([self.means[sentence], self.means[sentence]]) + bias
        unit: Floats = vector / max(float(np.linalg.norm(vector)), 1e-6)
        return unit

    def together(self, x: Floats, y: Floats) -> float:
        """Return the probability that two link vectors are of one incident."""
        scale, shift = self.heads["link_scale"][0]
        return float(1 / (1 + np.exp(-(scale * float(x @ y) + shift))))
