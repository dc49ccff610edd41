"""The text of an article cut up for showing: parts of a length that a browser takes, paragraphs, and marked pieces.

All offsets are Unicode code points of the article's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from sayso.model.article import Article, BlockRole
from sayso.web.graphic import passages
from sayso.web.pages.article.behind import Mark
from sayso.web.pages.article.roles import ROLES

BLOCKS, CHARACTERS = 200, 30_000
"""So many paragraphs, and so many characters, stand in one part of a page."""
PARAGRAPH = 10_000
"""Characters from which one paragraph is shown as several."""
BEHIND = 20
"""So many of what stands behind one piece are named on it."""
_RANK = {role: n for n, role in enumerate(ROLES)}


class Stretch(NamedTuple):
    """A paragraph `[start, end)`, or a piece of one that is very long."""

    start: int
    end: int
    role: BlockRole


class Piece(NamedTuple):
    """Words `[start, end)` that play the same roles: `behind` are the numbers of what stands behind them.

    `at` is "first" for the first piece of the words that were asked for, "more" for their other pieces, else empty.
    """

    start: int
    end: int
    roles: tuple[str, ...]
    behind: tuple[int, ...]
    at: str
    text: Markup


class Run(NamedTuple):
    """Pieces in a row that are all graphic wording, or none of them."""

    graphic: bool
    pieces: list[Piece]


class Paragraph(NamedTuple):
    """A stretch with its pieces."""

    stretch: Stretch
    runs: list[Run]


def exact(text: str) -> Markup:
    """Return a text as HTML of which a browser makes the very same characters, one for one."""
    return escape(text.replace("\0", "\ufffd")).replace("\r", Markup("&#13;"))


def stretches(article: Article) -> list[Stretch]:
    """Return the paragraphs in text order, all of the text that is not blank: what is in no block counts as body."""
    found: list[Stretch] = []
    text, at = article.text, 0
    for block in sorted(article.blocks, key=attrgetter("start", "end")):
        if at < block.start and not text[at : block.start].isspace():
            found += _cut(text, at, block.start, "body")
        found += _cut(text, max(at, block.start), block.end, block.role)
        at = max(at, block.end)
    return found + _cut(text, at, len(text), "body")


def _cut(text: str, start: int, end: int, role: BlockRole) -> list[Stretch]:
    """Return `[start, end)` in stretches that are not too long, ended behind a blank where there is one."""
    found = []
    while start < end:
        stop = min(end, start + PARAGRAPH)
        if stop < end:
            blank = max(text.rfind(" ", start + 1, stop), text.rfind("\n", start + 1, stop))
            stop = blank + 1 if blank > start else stop
        if not text[start:stop].isspace():
            found.append(Stretch(start, stop, role))
        start = stop
    return found


def parts(every: Sequence[Stretch]) -> list[Sequence[Stretch]]:
    """Return the stretches in the parts of the page; at least one part, which may be empty."""
    found: list[Sequence[Stretch]] = []
    first = 0
    for n, stretch in enumerate(every):
        if n > first and (n - first >= BLOCKS or stretch.end - every[first].start > CHARACTERS):
            found.append(every[first:n])
            first = n
    return [*found, every[first:]] if every[first:] or not found else found


def part_of(every: Sequence[Sequence[Stretch]], offset: int) -> int:
    """Return which part (0 is the first) holds an offset, or the one before it where none does."""
    starts = [some[0].start for some in every if some]
    return max(0, bisect_right(starts, offset) - 1)


def paragraphs(
    text: str, some: Iterable[Stretch], marks: Sequence[Mark], at: tuple[int, int] | None
) -> list[Paragraph]:
    """Return stretches cut into pieces at every border of a mark and of the words `at`. `marks` are in text order."""
    found = []
    pending = at is not None
    for stretch in some:
        own = [mark for mark in marks if mark.start < stretch.end and stretch.start < mark.end]
        graphic = [(stretch.start + a, stretch.start + b) for a, b in passages(text[stretch.start : stretch.end])]
        pieces = _pieces(text, stretch, own, at, graphic)
        for n, (_, piece) in enumerate(pieces):
            if piece.at and pending:
                pieces[n] = (pieces[n][0], piece._replace(at="first"))
                pending = False
        found.append(Paragraph(stretch, _runs(pieces)))
    return found


def _pieces(
    text: str, stretch: Stretch, marks: Sequence[Mark], at: tuple[int, int] | None, graphic: Sequence[tuple[int, int]]
) -> list[tuple[bool, Piece]]:
    spans: list[tuple[int, int, Any]] = [(mark.start, mark.end, mark) for mark in marks]
    spans += [(start, end, "graphic") for start, end in graphic]
    spans += [(*at, "at")] if at else []
    begins: dict[int, list[Any]] = {}
    ends: dict[int, list[Any]] = {}
    for start, end, what in spans:
        start, end = max(start, stretch.start), min(end, stretch.end)
        if start < end:
            begins.setdefault(start, []).append(what)
            ends.setdefault(end, []).append(what)
    borders = sorted({stretch.start, stretch.end, *begins, *ends})
    on: Counter[Any] = Counter()
    found = []
    for start, end in pairwise(borders):
        on.subtract(ends.get(start, ()))
        on.update(begins.get(start, ()))
        on += Counter()  # what is over is dropped
        over = [what for what in on if isinstance(what, Mark)]
        roles = sorted({mark.role for mark in over}, key=_RANK.__getitem__)
        numbers = sorted({mark.behind for mark in over})[:BEHIND]
        piece = Piece(start, end, tuple(roles), tuple(numbers), "more" if "at" in on else "", exact(text[start:end]))
        found.append(("graphic" in on, piece))
    return found


def _runs(pieces: Iterable[tuple[bool, Piece]]) -> list[Run]:
    found: list[Run] = []
    for graphic, piece in pieces:
        if not found or found[-1].graphic != graphic:
            found.append(Run(graphic, []))
        found[-1].pieces.append(piece)
    return found
