"""Long texts are read through windows of whole sentences, each with what it needs to be understood in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.encode.pieces import Pieces

PIECES = 448
"""Pieces that a window holds, its two marks counted; the encoder knows 512 positions."""
LEAD = 60
"""Pieces of the text's first sentence that stand in front of every later window: it says who, where and when."""
CONTEXT = 2
"""Sentences before a window's own that stand in front of them, as far as a third of the window goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What the encoder reads at once, T pieces.

    `ids` [T] are rows of the vocabulary. `source` [T] says which of the text's pieces each one is, -1 for the marks at
    both ends. The window's own pieces are `[first, last)` of the text; they stand at `at` and behind, and what is
    before them is context that belongs to an earlier window.
    """

    ids: NDArray[np.int64]
    source: NDArray[np.int64]
    at: int
    first: int
    last: int


def windows(pieces: Pieces) -> Iterator[Window]:
    """Yield the windows of a text: every piece is the own piece of exactly one. No pieces, no windows."""
    parts = pieces.parts
    at = 0
    while at < len(parts):
        front = _front(parts, at)
        room = PIECES - 2 - sum(last - first for first, last in front)
        end = at
        while end < len(parts) and parts[end][1] - parts[end][0] <= room:
            room -= parts[end][1] - parts[end][0]
            end += 1
        own = (parts[at][0], parts[end - 1][1])
        if own[0] < own[1]:
            yield _window(pieces, front, own)
        at = end


def _front(parts: tuple[tuple[int, int], ...], at: int) -> list[tuple[int, int]]:
    """Return the stretches of context in front of part number `at`: the lead, then the sentences just before."""
    if not at:
        return []
    lead = (parts[0][0], min(parts[0][1], parts[0][0] + LEAD))
    front = [lead, *parts[max(1, at - CONTEXT) : at]]
    while len(front) > 1 and sum(last - first for first, last in front) > PIECES // 3:
        front.pop(1)
    return front


def _window(pieces: Pieces, front: list[tuple[int, int]], own: tuple[int, int]) -> Window:
    source = np.concatenate([[-1], *(np.arange(first, last) for first, last in [*front, own]), [-1]]).astype(np.int64)
    ids = np.where(source < 0, pieces.marks[1], pieces.ids[source])
    ids[0] = pieces.marks[0]
    at = 1 + sum(last - first for first, last in front)
    return Window(ids=ids, source=source, at=at, first=own[0], last=own[1])
