"""Swap the names of one text for ones of another region and era, with a map of offsets from the old to the new."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from training.swap.cast import Cast, words_in
from training.swap.dates import Shift

CAPITALS = 0.8
"""Share of capitals among its letters from which a text counts as written in capitals."""


class Name(NamedTuple):
    """A name in a text: offsets `[start, end)`, its kind, and what it names.

    `kind` is person, group (armed), organization, country, nationality, region, city, area (any smaller place),
    broadcaster, or date (which need no marking). Names of one `key` get one replacement; empty, it is the words
    themselves. The key of a place is its path from the country's ISO code down: `CO`, `CO/Antioquia`,
    `CO/Antioquia/Medellín`, `CO//Medellín` where the region is not known. That of a nationality is the country's code.
    """

    start: int
    end: int
    kind: str
    key: str = ""


class Edit(NamedTuple):
    """Words `[start, end)` of the old text and what stands in their place."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Swapped:
    """A text with its names swapped; `edits` run in order and do not overlap, `cast` says what became of each name."""

    text: str
    edits: tuple[Edit, ...]
    cast: Cast
    shift: Shift
    _starts: list[int] = field(default_factory=list, repr=False)
    _moved: list[int] = field(default_factory=list, repr=False)

    def offset(self, at: int, *, end: bool = False) -> int:
        """Return where an offset of the old text lies in the new; inside swapped words, their start (or their end)."""
        if not self._starts and self.edits:
            moved = 0
            for edit in self.edits:
                self._starts.append(edit.start)
                self._moved.append(moved)
                moved += len(edit.new) - (edit.end - edit.start)
        i = bisect_right(self._starts, at - 1 if end else at) - 1
        if i < 0:
            return at
        edit, moved = self.edits[i], self._moved[i]
        if at >= edit.end:
            return at + moved + len(edit.new) - (edit.end - edit.start)
        if at == edit.start and not end:
            return at + moved
        return edit.start + moved + (len(edit.new) if end else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where `[start, end)` of the old text lies in the new; words swapped in part are taken whole."""
        return self.offset(start), self.offset(end, end=True)

    def apply(self, text: str) -> str:
        """Return other words of the same report, such as a key string, with the same names swapped."""
        return put(text, edits_of(text, (), self.cast, self.shift))


def swap(text: str, names: Sequence[Name], rng: random.Random, published: date | None = None,
         *, listed: bool = False, extra: Iterable[tuple[str, str, str]] = ()) -> Swapped:  # fmt: skip
    """Return a text with its names swapped; the same generator in the same state gives the same text.

    `published` is the day that dates without a year are near (else the text's own first full date). With `listed` only
    countries of the MUC-4 set list of nations stand in. `extra` are names known for sure from elsewhere:
    (words, kind, key); where there are places among them, they say which region is swapped away from.
    """
    spoken = [(text[n.start : n.end], n.kind, n.key) for n in names]
    known = list(extra)
    sure = [key.split("/")[0] for _, kind, key in known if kind in ("country", "region", "city", "area")]
    cast = Cast(rng, text, [*spoken, *known], listed=listed, sure=sure)
    reference = published or first_date(text) or date(2000, 1, 1)
    shift = Shift(7 * weeks(rng, reference), reference)
    edits = edits_of(text, names, cast, shift)
    return Swapped(put(text, edits), edits, cast, shift)


def first_date(text: str) -> date | None:
    """Return the middle of the first year that a text gives in full or as `31 AUG 89`; None where it gives none."""
    match = re.search(r"\b\d{1,2} [A-Z]{3} (\d\d)\b|\b((?:19|20)\d\d)\b", text)
    if not match:
        return None
    year = int(match[1]) if match[1] else int(match[2])
    return date(year if year > 99 else year + (1900 if year > 50 else 2000), 7, 1)


def weeks(rng: random.Random, reference: date) -> int:
    """Return by how many weeks to move dates: into another year of 1992 to 2023, five years away at least."""
    years = [y for y in range(1992, 2024) if abs(y - reference.year) >= 5]
    target = date(rng.choice(years), 1, 1).toordinal() + rng.randrange(365)
    return (target - reference.toordinal()) // 7


def edits_of(text: str, names: Sequence[Name], cast: Cast, shift: Shift) -> tuple[Edit, ...]:
    """Return what to change in a text: the names that are marked, then whatever else bears a known name, then dates."""
    capitals = in_capitals(text)
    found: list[Edit] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        if name.kind != "date" and (not found or name.start >= found[-1].end):
            old = text[name.start : name.end]
            new = cast.of(old, name.kind)
            if new is not None:
                found.append(Edit(name.start, name.end, _cased(new, old, capitals)))
    for match in cast.pattern.finditer(text):
        new = cast.found(match[0], text, match.end())
        if new is not None:
            found.append(Edit(match.start(), match.end(), _cased(new, match[0], capitals)))
    found += (Edit(*edit) for edit in shift.edits(text))
    return _articles(text, _apart(found))


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits in order, of those that overlap the one that was found first."""
    taken: list[Edit] = []
    covered: set[int] = set()
    for edit in edits:
        if not covered.isdisjoint(range(edit.start, edit.end)):
            continue
        covered.update(range(edit.start, edit.end))
        taken.append(edit)
    return sorted(taken)


def _articles(text: str, edits: list[Edit]) -> tuple[Edit, ...]:
    """Set "a" or "an" right before swapped words."""
    found: list[Edit] = []
    for edit in edits:
        match = re.search(r"(?<!\w)(an?)\s$", text[max(0, edit.start - 4) : edit.start], re.I)
        vowel = edit.new[:1].casefold() in "aeiou"
        if (
            match
            and vowel != (text[edit.start].casefold() in "aeiou")
            and (not found or found[-1].end < edit.start - 3)
        ):
            start = edit.start - len(match[0])
            right = "an" if vowel else "a"
            word = right.upper() if match[1].isupper() and text[edit.start : edit.end].isupper() else right
            found.append(
                Edit(
                    start,
                    start + len(match[1]),
                    word.capitalize() if match[1][0].isupper() and not word.isupper() else word,
                )
            )
        found.append(edit)
        if (
            re.match(r"'\s", text[edit.end : edit.end + 2])
            and text[edit.end - 1] in "sSzZxX"
            and edit.new[-1] not in "sSzZxX"
        ):
            found.append(Edit(edit.end + 1, edit.end + 1, "S" if edit.new.isupper() else "s"))
    return tuple(found)


def in_capitals(text: str) -> bool:
    """Say whether a text is written in capitals."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= CAPITALS * len(letters)


def _cased(new: str, old: str, capitals: bool) -> str:
    """Return a replacement in the case of what it replaces, on as many lines."""
    letters = [c for c in old if c.isalpha()]
    if capitals or (len(letters) > 1 and old.isupper() and len(words_in(old)) > 1):
        new = new.upper()
    if "\n" in old and "\n" not in new and " " in new:
        new = new.replace(" ", "\n", 1)
    return new


def put(text: str, edits: Sequence[Edit]) -> str:
    """Return a text with its edits made."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*parts, text[at:]])
