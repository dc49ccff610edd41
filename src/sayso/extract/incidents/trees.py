"""Boosted trees as arrays: a probability from a row of numbers, without the library that grew them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """A forest whose leaves add up to log-odds, and a table that makes them calibrated probabilities.

    `feature` [n] is the column that a node asks for, -1 at a leaf; a row goes `left` where its value is at most
    `threshold`, else `right`; `value` [n] is a leaf's share; `roots` [trees]. `knots` [k], `levels` [k]: probabilities
    are read off this line by the sum of the leaves (isotonic regression on reports that the forest was not grown on).
    """

    names: tuple[str, ...]
    feature: npt.NDArray[np.int16]
    threshold: Floats
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: Floats
    roots: npt.NDArray[np.int32]
    baseline: float
    knots: Floats
    levels: Floats

    def odds(self, rows: Floats) -> Floats:
        """Return the log-odds of each row [n, columns named by `names`], as the leaves add up."""
        every = np.arange(len(rows))[:, None]
        at = np.repeat(self.roots[None], len(rows), axis=0)  # [rows, trees]: all trees are gone down together
        while (inner := self.feature[at] >= 0).any():
            goes_left = rows[every, np.maximum(self.feature[at], 0)] <= self.threshold[at]
            at = np.where(inner, np.where(goes_left, self.left[at], self.right[at]), at)
        leaves = np.concatenate([np.full((len(rows), 1), self.baseline, np.float32), self.value[at]], axis=1)
        found: Floats = np.add.accumulate(leaves, axis=1)[:, -1]  # one by one: the order of a sum moves its last digit
        return found

    def probabilities(self, rows: Floats) -> Floats:
        """Return a probability for each row [n, columns named by `names`]."""
        found: Floats = np.interp(self.odds(rows), self.knots, self.levels).astype(np.float32)
        return found


def trees_of(name: str, arrays: Mapping[str, Any]) -> Trees:
    """Return the forest kept under `name/` in an opened file of arrays."""
    part = {key.removeprefix(f"{name}/"): arrays[key] for key in arrays if key.startswith(f"{name}/")}
    return Trees(names=tuple(map(str, part.pop("names"))), baseline=float(part.pop("baseline")), **part)
