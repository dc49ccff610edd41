"""Tells prose from the short lines around it, by form alone: length, ending, place and repetition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import combining, normalize

from sayso.clean.furniture import (
    caption_marks,
    credit_start,
    describes_picture,
    is_credited,
    is_furniture,
    is_notice,
    is_standing,
    masthead,
    starts_caption,
)
from sayso.clean.traced import Paragraph, Traced

LONGEST_CAPTION = 60
"""Words; a longer paragraph that ends in a credit is prose with a source."""
_TITLE_WORDS = (3, 35)
_TEASER_WORDS = (6, 25)
_NO_KEY = re.compile(r"[\W_]+")
_COUNTER = re.compile(r"(?:\[\d+/\d+\]|\d+ of \d+\b|\d+/\d+\b)?\s*")
_CLOSED = re.compile(r"[.!?…:;][\"”'’)\]]*$|[\"”]$")


def key_of(text: str) -> str:
    """Return what two printings of one paragraph have in common: its letters and digits, without case and accents."""
    if not text.isascii():
        text = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return _NO_KEY.sub("", text.casefold())


def word_count(text: str) -> int:
    """Return the number of words between white space."""
    return len(text.split())


def is_closed(text: str) -> bool:
    """Say whether a paragraph ends as a sentence does."""
    return bool(_CLOSED.search(text.rstrip()[-12:]))


def is_prose(text: str) -> bool:
    """Say whether a paragraph is made of sentences: eight words or more with an end, or very long."""
    return (word_count(text) >= 8 and is_closed(text)) or len(text) > 300


def is_title_like(text: str) -> bool:
    """Say whether a line can be a headline: some words, no full stop, no furniture."""
    low, high = _TITLE_WORDS
    ended = text.rstrip().endswith((".", ":", ";", ",")) and not text.rstrip().endswith("...")
    return low <= word_count(text) <= high and not ended and not is_furniture(text)


def is_headline_sentence(text: str) -> bool:
    """Say whether a first line with a full stop is a headline all the same: very short, or with capitals throughout."""
    words = text.split()
    if not (2 <= len(words) <= 22) or re.search(r"[a-z]{2}[.!?]\s", text) or is_furniture(text):
        return False
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(words) < 8 or sum(word[0].isupper() for word in long) >= 0.7 * len(long)


def as_caption(text: Traced) -> Paragraph | None:
    """Return a caption without its credit; None where nothing but a credit is left."""
    text = without_mark(text)
    words = text.cut(_COUNTER.match(text.text).end(), credit_start(text.text))  # type: ignore[union-attr]
    return Paragraph(text=words, role="caption") if word_count(words.text) >= 3 else None


def is_caption(text: str) -> bool:
    """Say whether a paragraph of plain text shows itself a caption: by its first words or by a credit at its end."""
    return word_count(text) <= LONGEST_CAPTION and (starts_caption(text) or is_credited(text) or _marked(text))


def _marked(text: str) -> bool:
    return any(start == 0 for start, _ in caption_marks(text))


def without_mark(text: Traced) -> Traced:
    """Return a paragraph without the mark that a page puts before a caption."""
    marks = caption_marks(text.text)
    return text.cut(marks[0][1]) if marks and marks[0][0] == 0 else text


def parted_at_marks(text: Traced) -> list[Traced]:
    """Return the pieces of a paragraph into which captions were copied, without the marks before them.

    Where one ends and the report goes on cannot be told, so that the pieces are prose. A paragraph with a mark only in
    front is left as it is: it is a caption.
    """
    marks = caption_marks(text.text)
    if not any(start for start, _ in marks):
        return [text]
    edges = [0, *(edge for mark in marks for edge in mark), len(text)]
    return [text.cut(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]


_SITE = re.compile(r"\s+[|«»‹›]+\s+")
_TAIL = re.compile(r"\s+[-–—:·•]\s+")
_ADDRESS = re.compile(r"\w\.(?:com|org|net|tv|info|news|co\.\w\w|com\.\w\w)\b", re.I)


def headline_of(text: Traced) -> Traced:
    """Return a headline without the name of the site behind it ("... | Varda Courier", "... - KVRD - Varda News")."""
    bar = _SITE.search(text.text)
    if bar and word_count(text.text[: bar.start()]) >= _TITLE_WORDS[0]:
        text = text.cut(0, bar.start())
    named = False
    while tails := list(_TAIL.finditer(text.text)):
        head, tail = text.text[: tails[-1].start()], text.text[tails[-1].end() :]
        site = masthead(tail) is not None or _ADDRESS.search(tail) or (named and tail.isupper() and len(tail) <= 6)
        if not site or word_count(head) < _TITLE_WORDS[0]:
            break
        text, named = text.cut(0, tails[-1].start()), True
    return text


def is_caption_in_head(text: str) -> bool:
    """Say whether a paragraph between headline and report is a caption: there its wording may show it, too."""
    return is_caption(text) or (word_count(text) <= LONGEST_CAPTION and describes_picture(text))


_YEAR = re.compile(r"(?:1[6-9]|20)\d\d:?")
"""A year on a line of its own: one of several heads a part of a chronology."""


def without_furniture(paragraphs: Sequence[Traced]) -> list[Traced]:
    """Return the paragraphs of a report without furniture, repeats, links to other reports, and what trails it."""
    years = sum(bool(_YEAR.fullmatch(p.text)) for p in paragraphs) > 1
    plain = [is_furniture(p.text) and not (years and _YEAR.fullmatch(p.text)) for p in paragraphs]
    prose = [p.text for p, out in zip(paragraphs, plain, strict=True) if not out]
    closed = [text for text in prose if is_closed(text)]
    punctuated = len(closed) >= 3 and sum(map(len, closed)) >= 0.7 * sum(map(len, prose))
    end = _end(paragraphs, plain, punctuated)
    keys = [key_of(p.text) for p in paragraphs[:end]]
    whole = "|".join(key for key, out in zip(keys, plain, strict=False) if not out)
    seen: set[str] = set()
    kept = []
    for i, key in enumerate(keys):
        repeated = key in seen or (_is_pulled(paragraphs[i].text) and whole.count(key) > 1)
        if not (plain[i] or repeated or (punctuated and _is_teaser(paragraphs, plain, i, end))):
            seen.add(key)
            kept.append(paragraphs[i])
    return kept


def _is_pulled(text: str) -> bool:
    """Say whether a paragraph can be a pull quote: one short quotation, which then stands in another paragraph, too."""
    return len(text) <= 300 and text[0] in "\"“‘'«" and word_count(text) >= 3


def _end(paragraphs: Sequence[Traced], plain: Sequence[bool], punctuated: bool) -> int:
    """Return where the report ends: after it come furniture, notices, lines without an end, and words on the outlet.

    Where nothing else shows that a page was copied with all around it, a short last line may be a signature.
    """
    end = len(paragraphs)
    copied = any(plain)
    while end > 1:
        text = paragraphs[end - 1].text
        beside = any(plain[i] for i in (end - 2, end) if 0 <= i < len(plain))
        signed = text.startswith("[") or (not copied and (word_count(text) < _TEASER_WORDS[0] or text.isupper()))
        line = punctuated and not is_closed(text) and word_count(text) <= _TEASER_WORDS[1] and not signed
        if not (plain[end - 1] or line or is_notice(text) or (beside and is_standing(text))):
            break
        end -= 1
    return end


def _is_teaser(paragraphs: Sequence[Traced], plain: Sequence[bool], i: int, end: int) -> bool:
    """Say whether a line amid punctuated prose is the headline of another report.

    It stands under a line of furniture ("Read also:"), or is long for a cross-head, and neither the paragraph before
    nor the one after runs on over it.
    """
    text = paragraphs[i].text
    low, high = _TEASER_WORDS
    if not (0 < i < end - 1 and word_count(text) <= high) or is_closed(text) or text[0].islower():
        return False
    before, after = paragraphs[i - 1].text, paragraphs[i + 1].text
    if plain[i - 1] and before.rstrip().endswith(":"):
        return True
    ended = plain[i - 1] or (is_closed(before) and not before.rstrip().endswith(":"))
    return ended and word_count(text) >= low and text[0].isupper() and not after[0].islower()
