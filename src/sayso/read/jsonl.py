"""JSONL: one article a line, as an object with `text` or `html` and, where known, what else is said of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sayso.errors import InputError
from sayso.model.article import Capture
from sayso.read.encoding import decode
from sayso.read.html import has_words
from sayso.read.source import LONGEST, ReadFailure, Source, refuse_binary

_WORDS = ("title", "url", "outlet", "language")


def looks_like(head: bytes) -> bool:
    """Say whether the first line is a JSON object, or the beginning of a long one."""
    first, found, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    return first.startswith(b'{"') or (first.startswith(b"{") and (not found or first.rstrip().endswith(b"}")))


def captures_in(source: Source) -> Iterator[Capture | ReadFailure]:
    """Yield a capture for each line, named `path:line`, and a failure for each line that is broken.

    Raises InputError where there is no line, where the source is no text, and where it is one JSON value over several
    lines.
    """
    refuse_binary(source.head, source.name)
    if source.head.split(b"\n", 1)[0].strip() in (b"{", b"["):
        raise InputError(
            "is JSON over several lines",
            value=source.name,
            next_step="Give JSONL: one object, with text or html, a line",
        )
    met = False
    for number, line in source.lines():
        met = True
        name = f"{source.name}:{number}"
        try:
            yield _capture(name, line)
        except InputError as error:
            yield ReadFailure(name=name, error=error)
    if not met:
        raise InputError("is empty", value=source.name, next_step="Check the file, or leave it out")


def _capture(name: str, line: bytes | None) -> Capture:
    if line is None:
        raise InputError(
            f"is longer than the {LONGEST // 1_000_000} MB that one article may have", value=name, next_step="Split it"
        )
    content, notes = decode(line.strip())
    try:
        row = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is no JSON ({error})", value=name, next_step="Mend or remove the line") from error
    if not isinstance(row, dict):
        raise InputError("is no JSON object", value=name, next_step='Give {"text": ...} or {"html": ...}')
    media_type = "text" if _string(row, "text", name) else "html"
    body = _string(row, media_type, name)
    if body is None or (media_type == "html" and not has_words(body)):
        raise InputError(
            f"has no words in text or html (its keys: {', '.join(map(repr, row)) or 'none'})"[:300],
            value=name,
            next_step='Give the article as "text" or "html"',
        )
    identifier = row.get("id")
    return Capture(
        name=name,
        content=body,
        media_type="text" if media_type == "text" else "html",
        sha256=hashlib.sha256(line.strip()).hexdigest(),
        id=str(identifier) if isinstance(identifier, int) else _string(row, "id", name),
        published=_day(_string(row, "published", name), name),
        notes=notes,
        **{key: _string(row, key, name) for key in _WORDS},
    )


def _string(row: dict[str, Any], key: str, name: str) -> str | None:
    """Return a text of the row; None where it is absent, null or blank. A lone surrogate becomes a question mark."""
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{key!r} is {str(value)[:40]!r}, no text", value=name, next_step=f"Give {key!r} in quotes")
    value = value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return value if value.strip() else None


def _day(value: str | None, name: str) -> date | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        raise InputError(
            f"'published' is {value[:40]!r}, and there is no such day",
            value=name,
            next_step="Give YYYY-MM-DD, or leave it out",
        ) from error
