"""A saved web page: one article a file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from sayso.errors import InputError
from sayso.model.article import Capture
from sayso.read.encoding import decode
from sayso.read.source import ReadFailure, Source

_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p|h1)\b", re.I | re.S
)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w:.-]{1,40})|<\?xml[^>]{0,100}?encoding=["']([\w.-]+)""", re.I
)
_HIDDEN = re.compile(
    r"<!--.*?-->|<(script|style|head|noscript|template)\b.*?</\1\s*>|<[^>]*>|&[#\w]{1,32};", re.I | re.S
)


def looks_like(head: bytes) -> bool:
    """Say whether the bytes begin as a page does."""
    return bool(_START.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()))


def captures_in(source: Source, declared: str | None = None) -> Iterator[Capture | ReadFailure]:
    """Yield the page; `declared` is the encoding that its site gave.

    Raises InputError where it is empty, too long, no text, or has no words outside its tags.
    """
    data = source.whole()
    if declared is None and (own := _CHARSET.search(data[:4096])):
        declared = (own[1] or own[2]).decode("ascii")
    content, notes = decode(data, declared)
    if not has_words(content):
        raise InputError(
            "is a page without text",
            value=source.name,
            next_step="Save the page again once it has loaded in a browser: its text may come from a script",
        )
    yield Capture(
        name=source.name, content=content, media_type="html", sha256=hashlib.sha256(data).hexdigest(), notes=notes
    )


def has_words(page: str) -> bool:
    """Say whether a page has letters or digits outside its tags, scripts and styles."""
    return bool(re.search(r"\w", _HIDDEN.sub(" ", page)))
