"""From a capture to the article in it."""

from __future__ import annotations

import re
from datetime import date

from sayso.clean.draft import LONGEST_TEXT, Draft
from sayso.clean.entries import with_labels_apart
from sayso.clean.furniture import is_english
from sayso.clean.opening import known_agency, opening_of, service_credited
from sayso.clean.prose import headline_of, key_of
from sayso.clean.text import draft_of_text
from sayso.clean.traced import Paragraph, Traced, compose, tidy
from sayso.model.article import Article, Block, Capture, Dateline, PublishedBy

_CAPITALS = 0.97
"""Share of letters in capitals from which a text counts as being in capitals only (wire copy has stray small ones)."""
_LAST_LATIN = "\u024f"
"""The last letter of Latin Extended-B; those of other scripts stand behind it."""
_LABEL = re.compile(r"[A-Z][A-Z .'-]{2,40}:\s")
"""A speaker's name at the head of a paragraph of a transcript."""


def article_of(capture: Capture, published: date | None = None) -> Article:
    """Return the article of a capture.

    `published` is the day that the user gives for pages that give none. An input without text gives an article without
    body and a note that says so; nothing is raised.
    """
    draft = _draft_of(capture)
    title = _title(capture, draft)
    paragraphs = [p for p in draft.paragraphs if not title or key_of(p.text.text) != key_of(title.text)]
    paragraphs = with_labels_apart(paragraphs)
    if title:
        paragraphs.insert(0, Paragraph(text=title, role="title"))
    text, blocks, offsets = compose(paragraphs)
    dateline, source = _dateline(text, blocks)
    day, published_by = _published(capture, draft, published)
    body = " ".join(text[b.start : b.end] for b in blocks if b.role == "body")
    language = _language(capture, draft, _in_english(body))
    draft.notes += _remarks(capture, body, language)
    return Article(
        id=capture.id or capture.sha256[:16],
        text=text,
        blocks=blocks,
        offsets=offsets,
        name=capture.name,
        sha256=capture.sha256,
        title=title.text if title else None,
        url=capture.url or draft.url,
        outlet=capture.outlet or draft.outlet,
        agency=known_agency(source) if source else draft.agency or service_credited(body),
        authors=draft.authors,
        dateline=dateline,
        published=day,
        published_by=published_by,
        language=language,
        capitals=_in_capitals(body),
        notes=(*capture.notes, *draft.notes),
    )


def _draft_of(capture: Capture) -> Draft:
    if capture.media_type == "html":
        from sayso.clean.html import draft_of_page

        draft = draft_of_page(capture.content, capture.url)
        _cut(draft)
        return draft
    content = capture.content
    if len(content) <= LONGEST_TEXT:
        return draft_of_text(content)
    draft = draft_of_text(content[: _last_gap(content, LONGEST_TEXT)])
    draft.notes.append(_cut_note(len(content)))
    return draft


def _last_gap(text: str, most: int) -> int:
    """Return where the last line or word before `most` ends; `most` where half of it has no gap."""
    end = max(text.rfind("\n", most // 2, most), text.rfind(" ", most // 2, most))
    return end if end > 0 else most


def _cut(draft: Draft) -> None:
    """Leave out the paragraphs after the first `LONGEST_TEXT` characters, and say so."""
    room = LONGEST_TEXT
    for i, paragraph in enumerate(draft.paragraphs):
        text = paragraph.text
        if len(text) > room:
            draft.notes.append(_cut_note(sum(len(p.text) for p in draft.paragraphs)))
            head = text.cut(0, _last_gap(text.text, room))
            draft.paragraphs[i:] = [Paragraph(text=head, role=paragraph.role)] if head.text else []
            return
        room -= len(text)


def _cut_note(length: int) -> str:
    return f"only the first {LONGEST_TEXT:,} of at least {length:,} characters were read; split it if it holds several"


def _title(capture: Capture, draft: Draft) -> Traced | None:
    """Return the title: what the row gives, else the page's; in the page's own words where both say the same."""
    if not capture.title:
        return draft.title
    given = headline_of(tidy(Traced(capture.title)))
    if draft.title and key_of(draft.title.text) == key_of(given.text):
        return draft.title
    return given if given.text else draft.title


def _dateline(text: str, blocks: tuple[Block, ...]) -> tuple[Dateline | None, str | None]:
    """Return the dateline of the first body paragraph that has one, of the first three, and the agency it names."""
    body = [block for block in blocks if block.role == "body"]
    labels = sum(bool(_LABEL.match(text, block.start, block.end)) for block in body)
    for i, block in enumerate(body[:3]):
        opening = opening_of(text[block.start : block.end])
        if opening and not (opening.label and labels > 1):
            dateline = opening.at(text, block.start)
            if dateline.end >= block.end and i + 1 < len(body):
                dateline = Dateline(place=dateline.place, day=dateline.day, end=body[i + 1].start)
            return dateline, opening.source
    return None, None


def _published(capture: Capture, draft: Draft, given: date | None) -> tuple[date | None, PublishedBy]:
    """Return the day of publication and who gives it: the row, else the page, else the user."""
    if capture.published:
        return capture.published, "given"
    if draft.published:
        return draft.published, "metadata"
    return given, "given" if given else "unknown"


def _remarks(capture: Capture, body: str, language: str | None) -> list[str]:
    """Return what people should know of how the input was taken."""
    nuls = capture.content.count("\0")
    remarks = [f"{nuls:,} NUL characters in it are read as blanks: it may be damaged"] if nuls else []
    if not body:
        remarks.append("no report was found in it")
    if body and language not in (None, "en"):
        remarks.append("it is not in English, the only language that is read: translate it first")
    return remarks


def _language(capture: Capture, draft: Draft, english: bool | None) -> str | None:
    """Return `en` where the words are English, else the language declared, as its ISO 639 code.

    `und` for words in another language that is not declared; None for too few words, and nothing declared. The words go
    before the declaration: many pages declare the language of their menus.
    """
    given = (capture.language or draft.language or "").strip().lower().replace("_", "-")
    declared = re.match(r"[a-z]{2,3}\b", given)
    if english:
        return "en"
    if declared and not (english is False and declared.group() == "en"):
        return declared.group()
    return None if english is None else "und"


def _in_english(body: str) -> bool | None:
    """Say whether the body is in English: by its words, or by its letters where these are few; None for no telling."""
    letters = [c for c in body[:3000] if c.isalpha()]
    if sum(c > _LAST_LATIN for c in letters) > 0.5 * len(letters):
        return False
    return is_english(body[:3000].split())


def _in_capitals(body: str) -> bool:
    sample = body[:5000]
    upper, lower = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return upper >= 20 and upper >= _CAPITALS * (upper + lower)
