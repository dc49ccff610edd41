"""What kind of source makes a statement, weighed by a learned judge beside the rules.

A linear head reads the states of source, cue, content and of all mentions of the speaker, the mean
state of the article, and what the rules answer. Grown on statements labelled by hand (training/statements).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from sayso.errors import ConfigurationError
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance

Floats = NDArray[np.float32]
FILE = Path(__file__).with_name("manner.npz")
ANSWERS: dict[str, tuple[str, ...]] = {
    "kind": get_args(SpeakerKind),
    "act": get_args(Act),
    "stance": get_args(Stance),
    "certainty": get_args(Certainty),
}
"""What the rules answer, and what they may."""
SHARED = 0.5
"""What share of a speaker's kind is told by his other statements in the article."""


class Answers(NamedTuple):
    """What the rules answer for one statement, and how its source and words stand in the text."""

    kind: str
    act: str
    stance: str
    certainty: str
    flags: tuple[bool, ...]


FLAGS = ("source", "pronoun", "entity", "named", "behalf", "direct", "within", "first person")


def row_of(vector: Floats, given: Answers) -> Floats:
    """Return what the head reads: the states, the rules' answers one by one, and the flags."""
    ruled = [float(value == answer) for answer, name in zip(given[:4], ANSWERS, strict=True) for value in ANSWERS[name]]
    return np.concatenate([vector, np.array([*ruled, *map(float, given.flags)], np.float32)])


@dataclass(frozen=True, kw_only=True)
class Manner:
    """The head: a matrix `kind` [kinds, columns] and a bias, on columns less `mean`, over `scale`."""

    arrays: Mapping[str, Floats]

    def shares(self, rows: Floats) -> Floats:
        """Return the probability of each kind of source, [statements, kinds]."""
        x = (rows - self.arrays["mean"]) / self.arrays["scale"]
        return _softmax(np.asarray(x @ self.arrays["kind"].T + self.arrays["kind/bias"], np.float32))


def kinds(shares: Floats, speakers: Sequence[str | None]) -> list[tuple[SpeakerKind, float]]:
    """Return the likeliest kind of each source and its share, for one who speaks several times by all that he says."""
    logs = np.log(shares + 1e-6)
    together: dict[str, list[int]] = {}
    for n, speaker in enumerate(speakers):
        if speaker is not None:
            together.setdefault(speaker, []).append(n)
    mixed = logs.copy()
    for rows in together.values():
        mixed[rows] = (1 - SHARED) * logs[rows] + SHARED * logs[rows].mean(0)
    likely = _softmax(np.asarray(mixed, np.float32))
    return [(get_args(SpeakerKind)[int(k)], float(share[k])) for share, k in zip(likely, likely.argmax(1), strict=True)]


@cache
def manner(path: Path = FILE) -> Manner | None:
    """Return the shipped judge; None where they are not there. Raises ConfigurationError where they are damaged."""
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            found = {name: arrays[name].astype(np.float32) for name in arrays.files}
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"the weights that tell kinds of sources are damaged ({error})",
            value=path.name,
            next_step="install sayso anew, or make the weights with `make train`",
        ) from error
    return Manner(arrays=found)


def _softmax(x: Floats) -> Floats:
    odds = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(odds / odds.sum(-1, keepdims=True), np.float32)
