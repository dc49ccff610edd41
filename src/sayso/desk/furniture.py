"""What cleaning left out of an input, where the very input is still in its place: menus, teasers, credits, as text."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sayso.model.article import Article, Capture
from sayso.read.inputs import captures

LARGEST = 2_000_000
"""Bytes of an input up to which it is looked at again."""
SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".txt", ".text"))
"""Files that hold one article each."""
MOST, LONGEST = 200, 400
"""So many pieces left out are shown, and so many characters of each."""
_SILENT = ("script", "style", "head", "noscript", "template")
_SMALL = str.maketrans({chr(n): chr(n + 32) for n in range(ord("A"), ord("Z") + 1)})
"""Small letters of plain ASCII: other letters may become two, and offsets would not hold."""
_TAG = re.compile(r"<(?:[!?]|/?([a-zA-Z][a-zA-Z0-9]{0,20}))")


class Left(NamedTuple):
    """Words that were left out, and behind which character of the article's text they stood (0: before all)."""

    after: int
    words: str


def left_out(article: Article) -> list[Left] | None:
    """Return what was left out, in text order; None where the input is not there any more, or is another now."""
    capture = _again(article)
    if capture is None:
        return None
    found = []
    for after, raw in _gaps(article, capture.content):
        words = " ".join((words_in(raw) if capture.media_type == "html" else raw).split())
        if re.search(r"\w", words):
            found.append(Left(after, words if len(words) <= LONGEST else f"{words[:LONGEST]} …"))
    return found[:MOST]


def _again(article: Article) -> Capture | None:
    path = Path(article.name)
    try:
        if path.suffix.lower() not in SUFFIXES or not path.is_file() or path.stat().st_size > LARGEST:
            return None
        one = next(captures([str(path)]), None)
    except (OSError, ValueError):
        return None
    return one if isinstance(one, Capture) and one.sha256 == article.sha256 else None


def _gaps(article: Article, content: str) -> Iterator[tuple[int, str]]:
    """Yield the stretches of the input between those that the text was made of, each behind which character."""
    pieces = sorted(zip(article.offsets.origins, article.offsets.lengths, article.offsets.starts, strict=True))
    blocks = sorted(block.start for block in article.blocks)
    at, after = 0, 0
    for origin, length, start in pieces:
        own = bisect_right(blocks, start) == bisect_right(blocks, max(0, after - 1))
        if origin > at and not (own and after and "<" not in content[at:origin]):
            yield after, content[at:origin]
        at, after = max(at, origin + length), max(after, start + length)
    yield after, content[at:]


def words_in(page: str) -> str:
    """Return a stretch of HTML as text: without tags, comments and what is not shown. It takes one pass, whatever."""
    if ">" in page and page.find(">") < (page.find("<") if "<" in page else len(page)):
        page = page[page.find(">") + 1 :]  # the stretch begins within a tag
    small, found, at = page.translate(_SMALL), [], 0
    while (match := _TAG.search(page, at)) is not None:
        found.append(page[at : match.start()])
        at = _behind(small, match.start(), (match[1] or "").lower())
    return html.unescape(" ".join([*found, page[at:]]))


def _behind(small: str, start: int, name: str) -> int:
    """Return where what begins with a tag ends: the tag, a comment, or all of what is not shown."""
    if not name:
        return _after(small, "-->" if small.startswith("<!--", start) else ">", start)
    if name in _SILENT and small[start + 1] != "/":
        close = small.find(f"</{name}", start)
        return len(small) if close < 0 else _after(small, ">", close)
    return _after(small, ">", start)


def _after(text: str, sign: str, start: int) -> int:
    found = text.find(sign, start)
    return len(text) if found < 0 else found + len(sign)
