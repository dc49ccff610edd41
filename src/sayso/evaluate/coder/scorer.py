"""One question, one scorer: boosted trees and a linear model, half the odds each, as a probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.extract.incidents.trees import Trees, trees_of

Row = dict[str, float]
Floats = npt.NDArray[np.float64]
FILE = Path(__file__).with_name("coder.npz")
PARTS = ("mention", "pair", "cluster", "fill", "described", "value", "where", "when")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """Trees, and weights over columns squeezed to `sign(x) log(1 + |x|)`; `slope`, `shift` make odds a probability."""

    trees: Trees
    weights: Floats
    bias: float
    slope: float
    shift: float

    def probabilities(self, rows: Sequence[Row]) -> Floats:
        """Return a probability for each row, columns taken by name."""
        if not rows:
            return np.zeros(0)
        x = np.array([[row[name] for name in self.trees.names] for row in rows], np.float32)
        odds = 0.5 * self.trees.odds(x) + 0.5 * (squeezed(x) @ self.weights + self.bias)
        found: Floats = 1.0 / (1.0 + np.exp(-(self.slope * odds + self.shift)))
        return found


def squeezed(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return columns on the scale that the linear model reads: large counts count little more than middling ones."""
    out: npt.NDArray[np.float32] = np.sign(x) * np.log1p(np.abs(x))
    return out


Scorers = Mapping[str, Scorer]


def scorers_of(arrays: Mapping[str, Any]) -> dict[str, Scorer]:
    """Return the scorers kept in an opened file of arrays."""
    found = {}
    for part in PARTS:
        if f"{part}/weights" in arrays:
            weights, numbers = arrays[f"{part}/weights"], arrays[f"{part}/numbers"]
            bias, slope, shift = map(float, numbers)
            trees = trees_of(f"{part}/trees", arrays)
            found[part] = Scorer(trees=trees, weights=weights, bias=bias, slope=slope, shift=shift)
    return found


@cache
def shipped() -> dict[str, Scorer]:
    """Return the scorers that ship; none where the file is not there."""
    if not FILE.exists():
        return {}
    with np.load(FILE, allow_pickle=False) as arrays:
        return scorers_of(arrays)
