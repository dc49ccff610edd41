"""What is kept of an article's text to find and verify its copies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rensa import RMinHash  # type: ignore[import-untyped, unused-ignore]

from sayso.merge.copies.runs import Numbers, mixed, runs_of

SHORTEST = 16
"""Different runs (20 words) below which a text has an exact digest only."""

SKETCH = 256
"""Runs kept to verify a candidate: 4 bytes each, 1 KB in all. A text of up to 260 words is kept whole."""

WINDOW = 12
"""Runs of which the least is an anchor: one run in 6.5 is one (Schleimer, Wilkerson and Aiken, "Winnowing", 2003)."""

TRIPLE_BANDS = (16, 64)
"""Least and most triples of anchors kept as bands, and between them one in `TRIPLE_SHARE`: briefs meet long texts."""

TRIPLE_SHARE = 4

MINHASH_BANDS, MINHASH_ROWS, MINHASH_SEED = 16, 3, 7
"""Bands of so many least numbers each, under so many permutations (Leskovec et al., "Mining of Massive Datasets", 3.4):
they find what was edited all over, so that few triples are left."""

CROWD = 50
"""Articles of one band, the first ones, that are worth comparing with a new one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What two texts are compared by.

    `bands` are 64-bit signed numbers, the first of them of the exact text: a copy shares at least one with its origin.
    `hashes` are the least numbers of the text's runs of five words, ascending, 4 bytes each, little-endian. `length` is
    in different runs; below `SHORTEST` there are no hashes, and no bands but the first. `digest` is 16 bytes over all
    words, empty for a text without any.
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
        bands=(exact, *_triples(runs.values), *_minhashes(distinct)),
        hashes=(distinct[:SKETCH] >> np.uint64(32)).astype("<u4").tobytes(),
        length=len(distinct),
        digest=runs.digest,
    )


def _triples(values: Numbers) -> list[int]:
    """Return the least of the numbers of all three neighbouring anchors.

    A triple stands in a copy wherever the stretch from its first anchor to its last does, so that a cut text shares
    some with the whole; that the least are kept makes both keep the same ones. A phrase of under 20 words seldom has
    one.
    """
    window = min(WINDOW, len(values))
    spans = np.lib.stride_tricks.sliding_window_view(values, window)
    anchors = mixed(values[np.unique(np.arange(len(spans)) + spans.argmin(axis=1))])
    step = np.uint64(3)
    found = np.unique(mixed((anchors[:-2] * step + anchors[1:-1]) * step + anchors[2:]))
    least, most = TRIPLE_BANDS
    return _signed(found[: min(max(least, len(found) // TRIPLE_SHARE), most)])


def _minhashes(distinct: Numbers) -> list[int]:
    """Return one number for each few of the text's MinHash."""
    ends = np.array([0, len(distinct)], dtype=np.uint64)
    size = MINHASH_BANDS * MINHASH_ROWS
    least = RMinHash.digest_matrix_from_flat_token_hashes(distinct, ends, size, MINHASH_SEED).to_rows()[0]
    rows = np.array(least, dtype=np.uint64).reshape(MINHASH_BANDS, MINHASH_ROWS)
    total = np.arange(MINHASH_BANDS, dtype=np.uint64)
    for k in range(MINHASH_ROWS):
        total = mixed((total << np.uint64(32)) ^ (total >> np.uint64(32)) ^ rows[:, k])
    return _signed(total)


def _signed(values: Numbers) -> list[int]:
    return [int(value) for value in values.astype(np.int64)]
