"""What was captured, and the article that was read out of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sayso.model.span import Span

MediaType = Literal["text", "html"]
BlockRole = Literal["title", "body", "caption"]
PublishedBy = Literal["given", "metadata", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One input as it was met: its text, not cleaned, and what came with it.

    `content` is decoded text (HTML source for `html`). `name` is what messages call the input (a path,
    `path:line` for a row of JSONL, `<stdin>`). `sha256` is of the raw bytes. `id`, `title`, `url`, `outlet`,
    `language` and `published` are what the row or the user gave; None where nothing was given. `notes` are remarks
    on how it was read (an encoding that was not the declared one).
    """

    name: str
    content: str
    media_type: MediaType
    sha256: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    published: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph `[start, end)` of `Article.text`, by the part it plays."""

    start: int
    end: int
    role: BlockRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The place and day that a report opens with, as in `ASTANA, 9 November (Agency) --`.

    `end` is the offset at which the report itself begins. `place` and `day` are the words; None where absent.
    `year_given` etc. are left to whoever resolves `day`.
    """

    place: Span | None
    day: Span | None
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetMap:
    """Leads from offsets of `Article.text` back to offsets of `Capture.content`.

    Parallel tuples: from `starts[k]` on, offset `o` of the text stands at `origins[k] + (o - starts[k])` of the
    content, for at most `lengths[k]` characters; characters between pieces (paragraph breaks) have no origin.
    """

    starts: tuple[int, ...]
    origins: tuple[int, ...]
    lengths: tuple[int, ...]

    def origin(self, offset: int) -> int | None:
        """Return where the character at `offset` stands in the input; None where it was put in by cleaning."""
        k = bisect_right(self.starts, offset) - 1
        if k < 0 or offset - self.starts[k] >= self.lengths[k]:
            return None
        return self.origins[k] + offset - self.starts[k]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One captured publication: clean text in blocks, and who published it when.

    `text` holds the title (if any), then body paragraphs and captions in reading order, two line breaks between
    blocks. `published` is None where neither the user nor the page gives it. `capitals` says that the text came in
    capitals only. `notes` are remarks for people (what was mended or left out).
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    offsets: OffsetMap
    name: str
    sha256: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    dateline: Dateline | None = None
    published: date | None = None
    published_by: PublishedBy = "unknown"
    language: str | None = None
    capitals: bool = False
    notes: tuple[str, ...] = field(default=())

    def role_at(self, offset: int) -> BlockRole:
        """Return the role of the block that holds `offset` (`body` between blocks)."""
        for block in self.blocks:
            if block.start <= offset < block.end:
                return block.role
        return "body"
