"""Hides, before an export, the names of those whom a name can harm: minors, victims of sexual violence, witnesses.

Names are replaced by `[withheld]` wherever they stand: in the article's text, so that every quote still stands at its
offsets (in the text that is exported), in titles, speakers, values and web addresses. Each word of a hidden name is
hidden too where it stands alone with a capital letter; others of that name are hidden with it, for a surname left
standing gives a child away. Names of places in the gazetteer stay.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import accumulate
from typing import Any, Final, TypeVar

from sayso.export.protected import protected_names
from sayso.model.article import Block, Dateline, OffsetMap
from sayso.model.claim import Label
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.span import Span

MARK: Final = "[withheld]"
_SHORTEST = 3
"""Shorter words of a name (`de`, `al`, initials) say nothing by themselves, and stand everywhere."""
_WORDS = frozenset(
    {
        *("name", "names", "title", "outlet", "agency", "authors", "notes"),
        *("value", "description", "speaker", "on_behalf_of"),
    }
)
"""The fields that hold words of the article; the others hold ids, offsets and names out of closed lists."""
_ADDRESSES = frozenset({"url"})
_INSIDE = ("", " ", "-")
"""What may stand between the words of one name."""
_T = TypeVar("_T")


def withhold(reading: Reading) -> tuple[Reading, int]:
    """Return the reading without the names that are to be hidden, and how many people they belong to."""
    people = protected_names(reading)
    if not people:
        return reading, 0
    names = sorted({name for names in people for name in names}, key=lambda name: (-len(name), name))
    return _Withheld(reading, names).reading(), len(people)


def hiding(reading: Reading) -> Callable[[str], str] | None:
    """Return what takes the names that are to be hidden out of other words on this reading; None without such names."""
    people = protected_names(reading)
    names = sorted({name for names in people for name in names}, key=lambda name: (-len(name), name))
    return _Withheld(reading, names).replaced if people else None


@dataclass(frozen=True, slots=True)
class _Cuts:
    """Where names stood in the text: parallel, `before[k]` characters were gained by the cuts up to `k`."""

    starts: list[int]
    ends: list[int]
    gained: list[int]

    def start(self, offset: int) -> int:
        """Return where a span that began at `offset` now begins; within a name, at the mark."""
        k = bisect_right(self.starts, offset) - 1
        if k >= 0 and offset < self.ends[k]:
            return self.starts[k] + self.gained[k]
        return offset + self.gained[k + 1]

    def end(self, offset: int) -> int:
        """Return where a span that ended at `offset` now ends; within a name, after the mark."""
        k = bisect_right(self.starts, offset - 1) - 1
        if k >= 0 and offset < self.ends[k]:
            offset = self.ends[k]
        return offset + self.gained[k + 1]


class _Withheld:
    """A reading in which names are replaced."""

    def __init__(self, reading: Reading, names: list[str]) -> None:
        self._reading = reading
        self._names = _pattern(names)
        parts = sorted({p for name in names for p in _words(name) if len(p) >= _SHORTEST and p[0].isupper()})
        self._parts = re.compile(_alternatives(sorted({*parts, *(p.upper() for p in parts)}))) if parts else None
        self._anywhere = _pattern([*names, *parts])
        text = reading.article.text
        found = _merged(text, [*self._names.finditer(text), *(self._parts.finditer(text) if self._parts else ())])
        gains = [len(MARK) - (end - start) for start, end in found]
        self._cuts = _Cuts([s for s, _ in found], [e for _, e in found], [0, *accumulate(gains)])
        pieces, at = [], 0
        for start, end in found:
            pieces += [text[at:start], MARK]
            at = end
        self._text = "".join([*pieces, text[at:]])

    def reading(self) -> Reading:
        """Return the reading; where its text came from in the input is not told any more."""
        made = self._mapped(self._reading, "")
        article = replace(made.article, text=self._text, offsets=OffsetMap(starts=(), origins=(), lengths=()))
        return replace(made, article=replace(article, name=self._anywhere.sub(MARK, self._reading.article.name)))

    def _mapped(self, value: _T, field: str) -> _T:
        """Return any part of a reading with names replaced and offsets moved."""
        made: Any = value
        if isinstance(value, str):
            if field in _WORDS:
                made = self.replaced(value)
            elif field in _ADDRESSES:
                made = self._anywhere.sub(MARK, value)
        elif isinstance(value, tuple):
            made = tuple(self._mapped(item, field) for item in value)
        elif isinstance(value, Span):
            start, end = self._cuts.start(value.start), self._cuts.end(value.end)
            made = Span(start=start, end=max(start, end), text=self._text[start : max(start, end)])
        elif isinstance(value, Block):
            made = Block(start=self._cuts.start(value.start), end=self._cuts.end(value.end), role=value.role)
        elif is_dataclass(value) and not isinstance(value, Place | Label | OffsetMap):
            made = replace(made, **{f.name: self._mapped(getattr(value, f.name), f.name) for f in fields(value)})
            if isinstance(made, Dateline):
                made = replace(made, end=self._cuts.start(made.end))
        return made  # type: ignore[no-any-return]

    def replaced(self, words: str) -> str:
        """Return words with names replaced."""
        words = self._names.sub(MARK, words)
        words = self._parts.sub(MARK, words) if self._parts else words
        return words.replace(f"{MARK} {MARK}", MARK).replace(f"{MARK}-{MARK}", MARK)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name)


def _pattern(names: list[str]) -> re.Pattern[str]:
    """Return what finds any of these names, in any case, whatever stands between their words."""
    return re.compile(_alternatives(names), re.IGNORECASE)


def _alternatives(names: list[str]) -> str:
    ordered = sorted({r"[\W_]+".join(map(re.escape, _words(name))) for name in names if _words(name)}, key=_longest)
    return rf"(?<![^\W_])(?:{'|'.join(ordered)})(?![^\W_])" if ordered else r"(?!)"


def _longest(pattern: str) -> tuple[int, str]:
    return -len(pattern), pattern


def _merged(text: str, found: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Return the stretches that are cut, in order: those that overlap, and the words of one name, as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(match.span() for match in found):
        if merged and text[merged[-1][1] : start] in _INSIDE:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
