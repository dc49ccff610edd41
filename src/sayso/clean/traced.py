"""Text that knows where each of its characters stands in the input."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.model.article import Block, BlockRole, OffsetMap

NOWHERE = -1
"""The origin of a character that cleaning put in."""
GAP = "\n\n"
"""What stands between two blocks."""

# Marks that show nothing and are dropped: soft hyphen, zero-width space, marks of direction, word joiner, byte order
# mark. Joiners of Persian and Indic letters (U+200C, U+200D) stay.
_UNSEEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_SPACE = r"\s\x00-\x1f\x7f-\x9f"
_WORD = re.compile(rf"[^{_SPACE}{_UNSEEN}]+")
_UNTIDY = re.compile(rf"[{_SPACE}]{{2}}|[{_UNSEEN}]|[^\S ]|[\x00-\x1f\x7f-\x9f]")
_BREAK = re.compile(rf"[{_SPACE}]")


class Traced:
    """A text and, for each of its characters, the offset in the input (`NOWHERE` where it has none)."""

    __slots__ = ("origins", "text")

    def __init__(self, text: str, origins: Sequence[int] | None = None) -> None:
        self.text = text
        if origins is None:
            self.origins = array("q", [NOWHERE]) * len(text)
        else:
            self.origins = origins if isinstance(origins, array) else array("q", origins)

    def __len__(self) -> int:
        return len(self.text)

    def cut(self, start: int, end: int | None = None) -> Traced:
        """Return characters `[start, end)`, without white space at the edges."""
        piece = self.text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        return Traced(piece.strip(), self.origins[left : left + len(piece.strip())])

    def follows(self, other: Traced) -> bool:
        """Say whether the text stands on the line after the other one's in the input."""
        return bool(self.text and other.text) and 0 < self.origins[0] - other.origins[-1] <= 3

    def without(self, start: int, end: int) -> Traced:
        """Return the text with `[start, end)` left out."""
        origins = self.origins[:start] + array("q", [NOWHERE]) + self.origins[end:]
        return tidy(Traced(self.text[:start] + " " + self.text[end:], origins))


def traced(content: str, start: int, end: int) -> Traced:
    """Return characters `[start, end)` of the input as they stand there."""
    return Traced(content[start:end], array("q", range(start, end)))


def tidy(raw: Traced) -> Traced:
    """Return the text with each run of white space and control characters as one space, and unseen marks dropped."""
    if not _UNTIDY.search(raw.text):
        return raw.cut(0)
    text: list[str] = []
    origins = array("q")
    end = 0
    for word in _WORD.finditer(raw.text):
        gap = _BREAK.search(raw.text, end, word.start()) if text else None
        if gap:
            text.append(" ")
            origins.append(raw.origins[gap.start()])
        text.append(word.group())
        origins.extend(raw.origins[word.start() : word.end()])
        end = word.end()
    return Traced("".join(text), origins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of the article to be, and the part it plays."""

    text: Traced
    role: BlockRole


def compose(paragraphs: Iterable[Paragraph]) -> tuple[str, tuple[Block, ...], OffsetMap]:
    """Return the text of the paragraphs joined by `GAP`, their blocks, and the map back to the input."""
    text: list[str] = []
    blocks: list[Block] = []
    starts: list[int] = []
    origins: list[int] = []
    lengths: list[int] = []
    at = 0
    for paragraph in paragraphs:
        if text:
            text.append(GAP)
            at += len(GAP)
        words = paragraph.text
        text.append(words.text)
        blocks.append(Block(start=at, end=at + len(words), role=paragraph.role))
        for start, end in _runs(words.origins):
            starts.append(at + start)
            origins.append(words.origins[start])
            lengths.append(end - start)
        at += len(words)
    offsets = OffsetMap(starts=tuple(starts), origins=tuple(origins), lengths=tuple(lengths))
    return "".join(text), tuple(blocks), offsets


def _runs(origins: array[int]) -> list[tuple[int, int]]:
    """Return the stretches `[start, end)` whose origins follow on one another."""
    runs: list[tuple[int, int]] = []
    start = 0
    for i in range(1, len(origins) + 1):
        if i == len(origins) or origins[i] != origins[i - 1] + 1 or origins[i - 1] == NOWHERE:
            if origins[start] != NOWHERE:
                runs.append((start, i))
            start = i
    return runs
