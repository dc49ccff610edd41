"""The learned reader: which words are a cue, and which are the source and the content that belong to it.

The encoder's middle states go on through layers of their own, told at their entry what grammar and rules say of each
word (`features`). A linear head finds the head words of cues; for each, every word around it is weighed as the first
and the last of its cue, source and content: additive attention of both words with what is known of the pair, one
convolution over neighbours. Trained on PolNeAR (training/statements).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.errors import ConfigurationError
from sayso.extract.statements.attribution import Attribution, Stretch
from sayso.extract.statements.features import BEFORE, NAMED, Ints, Tokens, Words, distances
from sayso.model.analysis import Analysis
from sayso.model.evidence import Branch

Floats = NDArray[np.float32]
FILE = Path(__file__).with_name("reader.npz")
SURE = 0.45
"""How likely a word must be the head of a cue."""
_HEAD = 1
"""The class of a cue's head among those of the linear head: outside, head, another word of a cue."""
_FAR = -1e4
_NORM = 1e-5
TOGETHER, CHUNK = 8, 256
"""Cues, and words, that are worked on together: more take more memory and no less time."""


class Found(NamedTuple):
    """One attribution, as tokens; `source` None where the text has none, `sure` the probability of the cue."""

    cue: Tokens
    source: Tokens | None
    content: Tokens
    sure: float


@dataclass(frozen=True, kw_only=True)
class Sight:
    """An article as the reader sees it: one state [width] for each word."""

    words: Words
    states: Floats
    found: tuple[Found, ...]

    @cached_property
    def mean(self) -> Floats:
        """The mean state of all words [width]."""
        return np.asarray(self.states.mean(0), np.float32)

    def vector(self, *stretches: Sequence[Stretch]) -> Floats:
        """Return the mean states of the words of each of these, one after another; zeros for what has none."""
        parts = []
        for some in stretches:
            at = [i for stretch in some for i in range(*self.words.tokens(*stretch))]
            parts.append(self.states[at].mean(0) if at else np.zeros(self.states.shape[1], np.float32))
        return np.concatenate(parts)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """The heads' weights by name, and the rows of each named feature."""

    arrays: Mapping[str, Floats]
    known: Mapping[str, Mapping[str, int]]

    def see(self, analysis: Analysis, rules: Sequence[Attribution], branch: Branch) -> Sight:
        """Return how the reader sees an article, with its attributions in the order of their cues."""
        words = Words(analysis=analysis, rules=rules, known=self.known)
        if not words.heads or not len(branch.offsets):
            return Sight(words=words, states=np.zeros((len(words.heads), 1), np.float32), found=())
        states = self._states(words, branch)
        heads = _softmax(self._linear("cue", states))[:, _HEAD]
        weighed = np.concatenate([self._linear("tok", states), self._linear("tm", states)], 1)
        sure = np.flatnonzero(heads >= SURE)
        parts = [sure[at : at + TOGETHER] for at in range(0, len(sure), TOGETHER)]
        found = [one for part in parts for one in self._belonging(words, states, weighed, part, heads[part])]
        return Sight(words=words, states=states, found=_apart(found))

    def _states(self, words: Words, branch: Branch) -> Floats:
        """Return one state for each word: the mean of its pieces, told what is known of the word; zeros without any."""
        table, rows = self.arrays["emb"], words.features()
        told = np.concatenate([table[rows[at : at + CHUNK]].sum(1) for at in range(0, len(rows), CHUNK)])
        starts = np.array([t.start for t in words.analysis.tokens])
        owner = np.clip(np.searchsorted(starts, branch.offsets[:, 0], side="right") - 1, 0, None)
        vectors = branch.go_on(told[owner])
        states = np.zeros((len(starts), vectors.shape[1]), np.float32)
        present, first, counts = np.unique(owner, return_index=True, return_counts=True)  # pieces stand in text order
        states[present] = np.add.reduceat(vectors, first) / counts[:, None]
        return states

    def _belonging(self, words: Words, states: Floats, weighed: Floats, heads: Ints, sure: Floats) -> Iterator[Found]:
        """Yield the cues of some head words, with their sources and contents."""
        around = [words.around((head, head + 1)) for head in heads.tolist()]
        at, there, rows = (np.stack(column) for column in zip(*around, strict=True))
        own = np.concatenate([states[heads], states[heads]], 1)
        half = weighed.shape[1] // 2
        near = weighed[at]
        z = near[:, :, :half] + self._linear("ctx", own)[:, None] + near[:, :, half:] * self._linear("cm", own)[:, None]
        z += self._near
        for column in range(rows.shape[2]):
            z += self.arrays["pe"][rows[:, :, column]]
        z -= z.mean(-1, keepdims=True)
        z /= np.sqrt((z * z).mean(-1, keepdims=True) + _NORM)
        z = np.maximum(z * self.arrays["pn.weight"] + self.arrays["pn.bias"], 0) * there[:, :, None]
        z += np.maximum(self._linear("mix", self._smoothed(z)), 0)
        edges = np.where(there[:, :, None], self._linear("out", z), _FAR)
        none = self._linear("null", own).sum(1)
        for head, likely, scores, nobody in zip(heads.tolist(), sure.tolist(), edges, none.tolist(), strict=True):
            yield _found(head, likely, scores, nobody)

    @cached_property
    def _near(self) -> Floats:
        return np.asarray(self.arrays["dist"][distances()])

    def _smoothed(self, z: Floats) -> Floats:
        """Return each dimension's convolution over places with its own weights."""
        weight = self.arrays["conv.weight"][:, 0, :]
        half = weight.shape[1] // 2
        wide = np.pad(z, ((0, 0), (half, half), (0, 0)))
        parts = (wide[:, k : k + z.shape[1]] * weight[:, k] for k in range(weight.shape[1]))
        return np.asarray(sum(parts, self.arrays["conv.bias"]), np.float32)

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self.arrays[name + ".weight"].T + self.arrays[name + ".bias"])


@cache
def reader(path: Path = FILE) -> Reader:
    """Return the shipped reader. Raises ConfigurationError where its weights are missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            known = {name: {str(v): n for n, v in enumerate(arrays[f"known/{name}"], 1)} for name in NAMED}
            weights = {name: arrays[name].astype(np.float32) for name in arrays.files if not name.startswith("known/")}
    except (OSError, ValueError, KeyError) as error:
        raise ConfigurationError(
            f"the weights of the reader of statements are missing or damaged ({error})",
            value=path.name,
            next_step="install sayso anew, or make the weights with `make train`",
        ) from error
    return Reader(arrays=weights, known=known)


def _softmax(x: Floats) -> Floats:
    odds = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(odds / odds.sum(-1, keepdims=True), np.float32)


def _apart(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return what is found in the order of its cues; of cues that overlap, the surest."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: -f.sure):
        if all(one.cue[1] <= other.cue[0] or other.cue[1] <= one.cue[0] for other in kept):
            kept.append(one)
    return tuple(sorted(kept))


def _found(head: int, sure: float, edges: Floats, nobody: float) -> Found:
    """Return what scores for the places around a head word [places, edges] say; `nobody` scores no source."""
    places = np.arange(len(edges))
    source, score = _best(edges[:, 0], edges[:, 1])
    content, _ = _best(edges[:, 2], edges[:, 3])
    cue, _ = _best(np.where(places > BEFORE, _FAR, edges[:, 4]), np.where(places < BEFORE, _FAR, edges[:, 5]))
    cue, source, content = ((first + head - BEFORE, last + head - BEFORE) for first, last in (cue, source, content))
    return Found(cue, None if nobody > score else source, content, sure)


def _best(first: Floats, last: Floats) -> tuple[Tokens, float]:
    """Return the stretch with the highest sum of scores of its first and its last word, and that sum."""
    before = np.maximum.accumulate(first)
    at = np.maximum.accumulate(np.where(first >= before, np.arange(len(first)), 0))
    end = int((before + last).argmax())
    return (int(at[end]), end + 1), float(before[end] + last[end])
