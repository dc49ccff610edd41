"""Who is said to say what: three stretches of text, before anything is known of the speaker."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.statements.lexicon import Sense

Stretch = tuple[int, int]
"""Offsets `[start, end)` of `Article.text`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Source, cue and content, linked, as offsets of `Article.text`.

    `head` is the token that carries the cue, `source_head` the source's head token; None where the text has none.
    `lemma` is the cue's word and `frame` the construction it stands in.
    """

    head: int
    cue: Stretch
    source: Stretch | None
    source_head: int | None
    contents: tuple[Stretch, ...]
    lemma: str
    frame: str
    sense: Sense
    direct: bool = False

    def holds(self, offset: int) -> bool:
        """Say whether `offset` lies in what is said."""
        return any(start <= offset < end for start, end in self.contents)
