"""What is kept of an article's text to find and verify its copies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sayso.merge.copies.runs import Numbers, mixed, runs_of

SHORTEST = 16
"""Different runs (20 words) below which a text has an exact digest only."""

SKETCH = 256
"""Runs kept to verify a candidate: 4 bytes each, 1 KB in all. A text of up to 260 words is kept whole."""

WINDOW = 12
"""Runs of which the least is an anchor: one run in 6.5 is one (Schleimer, Wilkerson and Aiken, "Winnowing", 2003)."""

BANDS = 32
"""Most bands of neighbouring anchors."""

CROWD = 50
"""Articles of one band, the first ones, that are worth comparing with a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What two texts are compared by.

    `bands` are 64-bit signed numbers: a copy shares at least one with its origin. `hashes` are the least numbers of the
    text's runs of five words, ascending, 4 bytes each, little-endian. `length` is in different runs; below `SHORTEST`
    there are no hashes, and the one band is of the exact text. `digest` is 16 bytes over all words, empty for a text
    without any.
    """

    bands: tuple[int, ...]
    hashes: bytes
    length: int
    digest: bytes


def signature(text: str) -> Signature:
    """Return the signature of a text, the same on every machine; any text has one."""
    runs = runs_of(text)
    if not runs.words:
        return Signature(bands=(), hashes=b"", length=0, digest=b"")
    exact = int.from_bytes(runs.digest[:8], "little", signed=True)
    distinct = np.unique(runs.values)
    if len(distinct) < SHORTEST:
        return Signature(bands=(exact,), hashes=b"", length=len(distinct), digest=runs.digest)
    return Signature(
        bands=(exact, *_bands(runs.values)),
        hashes=(distinct[:SKETCH] >> np.uint64(32)).astype("<u4").tobytes(),
        length=len(distinct),
        digest=runs.digest,
    )


def _bands(values: Numbers) -> list[int]:
    """Return the least of the numbers of all pairs of neighbouring anchors.

    A pair stands in a copy wherever the stretch between its two anchors does, so that a cut text shares pairs with the
    whole; and that the least are kept makes both keep the same ones.
    """
    window = min(WINDOW, len(values))
    spans = np.lib.stride_tricks.sliding_window_view(values, window)
    places = np.unique(np.arange(len(spans)) + spans.argmin(axis=1))
    anchors = mixed(values[places])
    pairs = np.unique(mixed(anchors[:-1] * np.uint64(3) + anchors[1:])) if len(anchors) > 1 else anchors
    return [int(pair) for pair in pairs[:BANDS].astype(np.int64)]
