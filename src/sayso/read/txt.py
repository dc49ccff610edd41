"""Plain text: one article a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sayso.model.article import Capture
from sayso.read.encoding import decode
from sayso.read.source import ReadFailure, Source


def looks_like(head: bytes) -> bool:
    """Say yes: what is nothing else is text."""
    return True


def captures_in(source: Source, declared: str | None = None) -> Iterator[Capture | ReadFailure]:
    """Yield the one article of the source; `declared` is the encoding that its site gave.

    Raises InputError where it is empty, too long or no text.
    """
    data = source.whole()
    content, notes = decode(data, declared)
    yield Capture(
        name=source.name, content=content, media_type="text", sha256=hashlib.sha256(data).hexdigest(), notes=notes
    )
