"""From a capture to the article in it."""

from __future__ import annotations

import re
from datetime import date

from sayso.model.article import Article, Block, Capture, OffsetMap


def article_of(capture: Capture, published: date | None = None) -> Article:
    """Return the article of a capture (stub: plain text, one block a paragraph)."""
    text = capture.content
    blocks = tuple(
        Block(start=m.start(), end=m.end(), role="body") for m in re.finditer(r"\S.*?(?=\n\s*\n|\Z)", text, re.S)
    )
    return Article(
        id=capture.id or capture.sha256[:16],
        text=text,
        blocks=blocks,
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name=capture.name,
        sha256=capture.sha256,
        published=capture.published or published,
        published_by="given" if capture.published or published else "unknown",
    )
