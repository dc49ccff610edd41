"""An article on its way: what a page or a text gave, before it is put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sayso.clean.traced import Paragraph, Traced

LONGEST_TEXT = 100_000
"""Characters of one article that are read: about 17,000 words, three times the longest newspaper report. A text of
one incident told over and over, which costs most, is then read in about half a minute and 0.7 GB."""


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
