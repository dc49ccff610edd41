"""Vectors to evidence: the linear heads that read roles, kinds of incident and attributes off the encoder's states."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.encode.encoder import WEIGHTS, Encoder, States, encoder
from sayso.errors import ConfigurationError
from sayso.model.analysis import Analysis
from sayso.model.evidence import Evidence

Floats = NDArray[np.float32]
FILE = "heads.npz"
"""The heads' weights, beside the encoder's: `roles/weight` [3R, D], `kinds/weight` [K, 2D], ... and their names."""
KEPT = ("link", "link_scale", "stage", "victim_type", "victim_effect", "target_type", "target_effect", "weapon_type",
        "confidence", "category")  # fmt: skip


@cache
def heads(folder: Path = WEIGHTS) -> dict[str, Floats]:
    """Return the arrays of the heads. Raises ConfigurationError where the file is missing or damaged."""
    path = folder / FILE
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"the heads of the extractor are missing or damaged ({error})",
            value=str(path),
            next_step="install sayso anew, or make the weights with `make train`",
        ) from error


def shipped(folder: Path = WEIGHTS) -> bool:
    """Say whether the extractor's weights are there at all; without them the rules read alone."""
    return (folder / FILE).exists() and (folder / "encoder.json").exists()


def bounds_of(analysis: Analysis) -> list[tuple[int, int]]:
    """Return the offsets of the sentences."""
    tokens = analysis.tokens
    return [(tokens[s.first].start, tokens[s.last - 1].end) for s in analysis.sentences if s.last > s.first]


def see(analysis: Analysis, reader: Encoder | None = None) -> Evidence:
    """Return what the learned extractor sees in an article."""
    return evidence_of(encoded(analysis, reader), len(bounds_of(analysis)), heads())


def encoded(analysis: Analysis, reader: Encoder | None = None) -> States:
    """Return the encoder's reading of an article."""
    return (reader or encoder()).encode(analysis.source_text, bounds_of(analysis))


def evidence_of(states: States, sentences: int, weights: dict[str, Floats]) -> Evidence:
    """Return what the heads read off the states of a text of so many sentences."""
    vectors = states.vectors
    logits = vectors @ weights["roles/weight"].T + weights["roles/bias"]
    roles = _shares(logits.reshape(len(vectors), len(weights["roles/names"]), 3))
    means, peaks = _pooled(vectors, states.sentence, sentences)
    kinds = np.concatenate([means, peaks], axis=1) @ weights["kinds/weight"].T + weights["kinds/bias"]
    kinds = 1 / (1 + np.exp(-kinds))
    kinds[np.bincount(states.sentence, minlength=sentences)[:sentences] == 0] = 0.0
    return Evidence(
        role_names=tuple(map(str, weights["roles/names"])),
        kind_names=tuple(map(str, weights["kinds/names"])),
        starts=states.offsets[:, 0],
        ends=states.offsets[:, 1],
        roles=roles,
        kinds=kinds.astype(np.float32),
        states=vectors,
        means=means,
        sentence_of=states.sentence,
        heads={name: (weights[f"{name}/weight"], weights[f"{name}/bias"]) for name in KEPT},
    )


def _shares(logits: Floats) -> Floats:
    odds = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = (odds / odds.sum(axis=-1, keepdims=True)).astype(np.float32)
    return shares


def _pooled(vectors: Floats, sentence: Sequence[int] | NDArray[np.int32], sentences: int) -> tuple[Floats, Floats]:
    """Return the mean and the largest value of the states of each sentence, [S, D] both; zeros without pieces."""
    means = np.zeros((sentences, vectors.shape[1]), np.float32)
    peaks = np.zeros_like(means)
    if len(vectors):
        marks = np.flatnonzero(np.diff(np.asarray(sentence), prepend=-1))
        which = np.asarray(sentence)[marks]
        counts = np.diff(np.append(marks, len(vectors)))[:, None]
        means[which] = np.add.reduceat(vectors, marks, axis=0) / counts
        peaks[which] = np.maximum.reduceat(vectors, marks, axis=0)
    return means, peaks
