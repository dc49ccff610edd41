"""Words that stand inside quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.model.analysis import Quotation
from sayso.model.article import Block

_PAIRED = re.compile(r"“([^“”]*)(?:”|$)|«([^«»]*)(?:»|$)|„([^„“”]*)(?:[“”]|$)")
_STRAIGHT = re.compile(r"\"|``|''")


def quotations(text: str, blocks: Iterable[Block]) -> tuple[Quotation, ...]:
    """Return the quotations of each block, in text order; one left open runs to the end of its block."""
    found: list[Quotation] = []
    for block in blocks:
        words = text[block.start : block.end]
        for match in _PAIRED.finditer(words):
            group = next(g for g in (1, 2, 3) if match.group(g) is not None)
            found.append(Quotation(block.start + match.start(group), block.start + match.end(group)))
        marks = list(_STRAIGHT.finditer(words))
        for opening, closing in zip(marks[::2], [*marks[1::2], None], strict=False):
            end = closing.start() if closing else len(words)
            found.append(Quotation(block.start + opening.end(), block.start + end))
    return tuple(sorted(q for q in found if q.end > q.start))
