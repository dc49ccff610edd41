"""How the numbers that enter one matrix product are made into bytes, chosen from what calibration saw there.

A few dimensions of a BERT's states are ten times as large as the rest; one scale for all leaves these with few steps.
So each dimension is divided by a number of its own before, and the row of the matrix multiplied by it (SmoothQuant,
Xiao et al. 2023). Which divisors do least harm is tried out for each product.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from training.encoder.body import Array

LEVELS = 63
"""Largest weight in steps. Seven bits: processors without VNNI add two products in 16 bits, which eight overflow."""
STRENGTHS = (0.4, 0.5, 0.6, 0.7, 0.8)
"""How much of the difficulty goes from the states to the weights."""
CEILINGS = (0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
"""Share of the largest dimension above which a dimension is pressed down, all others being left as they are."""
ROWS = 1500
"""States on which divisors are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`byte = round(x / divisor / scale) + zero`; `divisor` is one number for each dimension."""

    divisor: Array
    scale: float
    zero: int


@dataclass(slots=True)
class Seen:
    """What calibration saw at one product: the least and greatest of each dimension, and some of the states."""

    low: Array
    high: Array
    rows: list[Array] = field(default_factory=list)

    def see(self, x: Array, every: int) -> None:
        """Take in states [T, in], keeping one of `every`."""
        self.low, self.high = np.minimum(self.low, x.min(0)), np.maximum(self.high, x.max(0))
        self.rows.append(x[::every].copy())


def quantised_weight(weight: Array) -> tuple[NDArray[np.int8], Array]:
    """Return a matrix [in, out] as whole numbers of at most LEVELS, and the scale of each column."""
    scale = np.maximum(np.abs(weight).max(0), 1e-9) / LEVELS
    return np.round(weight / scale).astype(np.int8), scale.astype(np.float32)


def best_site(seen: Seen, weight: Array) -> tuple[Site, float]:
    """Return the site with the least error of the product, and that error as a share of the product's square."""
    rows = np.concatenate(seen.rows)
    rows = rows[:: max(1, len(rows) // ROWS)]
    exact = rows @ weight
    found: list[tuple[float, int, Site]] = []
    for n, divisor in enumerate(_divisors(seen, weight)):
        site = _site(divisor, seen)
        small, scale = quantised_weight(weight * divisor[:, None])
        steps = np.clip(np.round(rows / divisor / site.scale) + site.zero, 0, 255) - site.zero
        error = (steps.astype(np.float32) @ small.astype(np.float32)) * (site.scale * scale) - exact
        found.append((float((error**2).sum() / (exact**2).sum()), n, site))
    error_share, _, site = min(found, key=lambda tried: tried[:2])
    return site, error_share


def _site(divisor: Array, seen: Seen) -> Site:
    low, high = min(0.0, float((seen.low / divisor).min())), max(1e-6, float((seen.high / divisor).max()))
    scale = (high - low) / 255
    return Site(divisor=divisor, scale=scale, zero=round(-low / scale))


def _divisors(seen: Seen, weight: Array) -> Iterator[Array]:
    """Yield what to try: nothing, the balances of SmoothQuant, and ceilings for the largest dimensions."""
    size = np.maximum(np.maximum(-seen.low, seen.high), 1e-3)
    use = np.maximum(np.abs(weight).max(1), 1e-5)
    for divisor in (
        np.ones_like(size),
        *(size**strength / use ** (1 - strength) for strength in STRENGTHS),
        *(np.maximum(1, size / (ceiling * size.max())) for ceiling in CEILINGS),
    ):
        yield (divisor / np.exp(np.log(divisor).mean())).astype(np.float32)
