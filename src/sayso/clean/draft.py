"""An article on its way: what a page or a text gave, before it is put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sayso.clean.traced import Paragraph, Traced

LONGEST_TEXT = 130_000
"""Characters of one article that are read: 20,000 to 22,000 words, four times the longest newspaper report. A text of
one incident told over and over costs most: its words for events are compared with each other."""


@dataclass(kw_only=True)
class Draft:
    """What was found in one input. `paragraphs` are captions and body in reading order, without the title.

    `title` has no origins where the page gives it only outside its text.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    title: Traced | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published: date | None = None
    notes: list[str] = field(default_factory=list)
