"""Plain text, from wire copy to a page pasted with all that stood around it, into a draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from sayso.clean.dates import MONTH, day_line, day_of, is_labelled, updated_line
from sayso.clean.draft import Draft
from sayso.clean.furniture import is_furniture, masthead
from sayso.clean.opening import byline_of, is_outlet_like, names_of, opening_of, without_marks
from sayso.clean.prose import (
    as_caption,
    headline_of,
    is_caption,
    is_caption_in_head,
    is_closed,
    is_headline_sentence,
    is_prose,
    is_title_like,
    key_of,
    parted_at_marks,
    without_furniture,
    without_mark,
    word_count,
)
from sayso.clean.scan import is_noisy, mended, reread, without_running_heads
from sayso.clean.traced import Paragraph, Traced, tidy, traced

_LINE = re.compile(r"[^\r\n\v\f\u2028\u2029]+|\r\n|[\r\n\v\f\u2028\u2029]")
_WIDEST = 120
"""Columns over which a line is no wrapped one (typewriters and teleprinters had 69 to 80, e-mail 72)."""
_SLACK = 12
"""Columns by which the lines of one wrapped paragraph differ, a long word at the edge aside."""
_TITLE_WORDS = 4
_RUNNING = 40
"""Characters of the shortest line that can run on into the next one amid a sentence."""
_NARROW = 24
"""Columns of the narrowest wrapped text: a newspaper's column has 25 to 40."""
_PARTED = re.compile(r"[a-z]-\s*$")
_CELLS = re.compile(r"\S(?: {3,}|\t+)(?=\S)")
"""What parts the cells of a table's row."""
_PARTS = re.compile(r"\s+[|·•]\s+")
_NAME = re.compile(r"[^\W\d_a-z][\w'’.-]+(?: (?:[a-z]{2,3} )?[^\W\d_a-z][\w'’.-]*){1,3}")
_PRINTED_IN = re.compile(
    rf"Published in (?P<outlet>(?:The )?[A-Z][\w'’&. -]{{2,40}}),? (?:on )?(?P<day>{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? "
    rf"(?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)? {MONTH},? (?:19|20)\d\d)\.?",
    re.I,
)
"""The line under a report that says in which paper and when it was printed."""

_PAPER_DAY = re.compile(
    r"(?P<outlet>(?:The )?[A-Z][\w'’&.-]*(?: (?:of |and |& )?[A-Z][\w'’&.-]*){1,4}),? +(?:[|–—-] +)?(?P<day>[^|]{6,60})"
)
"""A paper and its day on a line of their own: "Maralin Post, 14 March 2021"."""

_HEAD = 15
"""Paragraphs among which the dateline is looked for."""


def draft_of_text(content: str) -> Draft:
    """Return the draft of a plain text."""
    draft = Draft()
    noisy = is_noisy(content)
    content, head = without_running_heads(content)
    if head:
        draft.published = day_of(head)
        draft.outlet = _printed_by(head)
    raws = [mended(raw) for raw in _paragraphs(content)]
    paragraphs = [p for raw in raws if (p := without_marks(tidy(reread(raw) if noisy else raw))).text]
    paragraphs = [piece for p in paragraphs for piece in parted_at_marks(p) if piece.text]
    first = _first(paragraphs)
    _take_head(paragraphs[:first], draft)
    body = _credits_taken(paragraphs[first:], draft, 2)
    for text in without_furniture(body):
        caption = as_caption(text) if is_caption(text.text) else None
        if caption:
            draft.paragraphs.append(caption)
        elif not is_caption(text.text):
            draft.paragraphs.append(Paragraph(text=without_mark(text), role="body"))
    return draft


def _printed_by(head: str) -> str | None:
    """Return the name of the paper in a running head: its first part that is no number, in capitals or a masthead."""
    parts = [part for part in re.split(r",|\s{2,}", head) if not re.fullmatch(r"(?:page )?\d+", part.strip(), re.I)]
    first = parts[0].strip() if parts else ""
    return masthead(first) or (first if first.isupper() and 2 <= word_count(first) <= 6 else None)


def _paragraphs(content: str) -> list[Traced]:
    """Return the paragraphs: lines between blank ones, put together where they are wrapped."""
    groups: list[list[tuple[int, int]]] = [[]]
    for line in _LINE.finditer(content):
        if line.group()[0] in "\r\n\v\f\u2028\u2029":
            if line.start() and content[line.start() - 1] in "\r\n" and groups[-1]:
                groups.append([])
        elif line.group().strip():
            alone = len(line.group()) <= 80 and _is_credit(line.group())
            groups += [[line.span()], []] if alone else []
            groups[-1] += [] if alone else [line.span()]
        elif groups[-1]:
            groups.append([])
    width = _width(content, groups)
    stops = any(is_closed(content[start:end]) for group in groups for start, end in group)
    return [
        traced(content, lines[0][0], lines[-1][1]) for group in groups for lines in _split(content, group, width, stops)
    ]


def _is_credit(line: str) -> bool:
    """Say whether a line is no part of the headline above it: a day, or "By" and a name."""
    return day_line(line) is not None or (line.strip().startswith("By ") and byline_of(line.strip()) is not None)


def _width(content: str, groups: Sequence[Sequence[tuple[int, int]]]) -> int:
    """Return the column at which the text is wrapped; 0 where its lines are not.

    In wrapped text the first word of a line would not have fitted on the line before, and most lines stop amid a
    sentence.
    """
    pairs = [(a, b) for group in groups for a, b in pairwise(group)]
    lengths = [end - start for (start, end), _ in pairs if end - start <= _WIDEST]
    if not lengths or len(lengths) < 0.8 * len(pairs):
        return 0
    width = sorted(lengths)[int(0.95 * (len(lengths) - 1)) if len(lengths) > 20 else -1]
    full = sum(_is_full(content, a, b, width) for a, b in pairs)
    amid = sum(not is_closed(content[start:end]) for (start, end), _ in pairs)
    if width < 40:  # verses, lists and tables are narrow, too: only words that run over their lines show a column
        parted = sum(bool(_PARTED.search(content[start:end])) for (start, end), _ in pairs)
        return width if width >= _NARROW and parted >= 3 and full >= 0.6 * len(pairs) else 0
    return width if full >= 0.6 * len(pairs) and amid >= 0.5 * len(pairs) else 0


def _is_full(content: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    word = content[following[0] : following[1]].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(word) > width - _SLACK


def _split(content: str, group: Sequence[tuple[int, int]], width: int, stops: bool) -> list[list[tuple[int, int]]]:
    """Return the paragraphs of lines that no blank line parts.

    A line goes on where the text is wrapped and it is full, where it stops amid a sentence and the next begins small
    (which tells nothing in a text without `stops`), or amid a word; an indented line begins a paragraph.
    """
    parts: list[list[tuple[int, int]]] = []
    for span in group:
        text = content[span[0] : span[1]]
        if parts:
            last = parts[-1][-1]
            before = content[last[0] : last[1]]
            wrapped = bool(width) and (_is_full(content, last, span, width) or not is_closed(before))
            indented = _indent(text) > _indent(before) + 1
            small = text.lstrip()[0].islower()
            running = stops and len(before) >= _RUNNING and not is_closed(before) and small
            parted = small and bool(_PARTED.search(before))
            row = len(_CELLS.findall(text)) > 1 or len(_CELLS.findall(before)) > 1
            if not row and ((wrapped and not indented) or running or parted):
                parts[-1].append(span)
                continue
        parts.append([span])
    return parts


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _first(paragraphs: Sequence[Traced]) -> int:
    """Return the number of the paragraph that the report begins with: the one with a dateline near the top, else the
    first prose that is neither a caption nor furniture; 0, or 1 after a headline, where no paragraph is prose."""
    repeated = {key for key, n in Counter(key_of(p.text) for p in paragraphs[:_HEAD]).items() if n > 1}
    prose = None
    met = 0
    for i, paragraph in enumerate(paragraphs[:_HEAD]):
        text = paragraph.text
        if opening_of(text) and not is_caption(text):
            return i
        if (
            is_prose(text)
            and not is_furniture(text)
            and not (i == 0 and text.endswith((".", ";")) and is_headline_sentence(text) and len(paragraphs) > 1)
        ):
            met += 1
            captioned = i > 0 and (key_of(text) in repeated or is_caption_in_head(text))
            if prose is None and not captioned and not byline_of(text):
                prose = i
        if met == 4:
            break
    if prose is not None:
        return prose
    for i, paragraph in enumerate(paragraphs):
        if is_prose(paragraph.text) and not is_furniture(paragraph.text):
            return i
    return 1 if len(paragraphs) > 1 and _can_be_title(paragraphs[0].text) else 0


def _take_head(head: Sequence[Traced], draft: Draft) -> None:
    """Take from the paragraphs before the report its headline, and from those after that, byline, day and captions.

    Prose that shows no sign of a caption is the report's own summary; a short line is navigation.
    """
    counts = Counter(key_of(p.text) for p in head)
    title = _title(head, draft)
    if title is not None:
        draft.title = headline_of(head[title])
    seen = {key_of(draft.title.text), key_of(head[title].text)} if draft.title and title is not None else set()
    for paragraph in _credits_taken(head[title + 1 :] if title is not None else head, draft):
        text, key = paragraph.text, key_of(paragraph.text)
        if key in seen or is_furniture(text):
            continue
        seen.add(key)
        if (counts[key] > 1 and word_count(text) > 3) or is_caption_in_head(text):
            caption = as_caption(paragraph)
            draft.paragraphs += [caption] if caption else []
        elif is_prose(text) or (is_closed(text) and word_count(text) > 3 and title is not None):
            draft.paragraphs.append(Paragraph(text=paragraph, role="body"))


def _title(head: Sequence[Traced], draft: Draft) -> int | None:
    """Return the number of the headline: the first line that can be one, of four words or more where there is such.

    The name of the outlet on the first line is none where another line can be, nor is the motto under it.
    """
    lines = [i for i, p in enumerate(head) if _can_be_title(p.text)]
    long = [i for i in lines if word_count(head[i].text) >= _TITLE_WORDS]
    name = masthead(head[0].text) if head and not draft.outlet else None
    if name and [i for i in lines if i > 0]:
        draft.outlet = name
        lines, long = [i for i in lines if i > 0], [i for i in long if i > 0]
        if len(long) > 1 and long[0] == 1 and head[1].follows(head[0]):
            long.pop(0)
    elif head and head[0].text.rstrip().endswith((".", ";")) and is_headline_sentence(head[0].text):
        return 0
    return next(iter(long or lines), None)


def _can_be_title(text: str, least: int = 1) -> bool:
    return (
        word_count(text) >= least
        and is_title_like(text)
        and not (byline_of(text) or day_line(text) or is_caption(text))
    )


def _credits_taken(paragraphs: Sequence[Traced], draft: Draft, top: int = _HEAD) -> list[Traced]:
    """Return the paragraphs without lines that give the authors, the paper that printed it or, among the first `top` or
    where they say so, the day of publication; these go into the draft."""
    kept, updated = [], None
    for i, paragraph in enumerate(paragraphs):
        text = paragraph.text
        authors = byline_of(text)
        day = day_line(text) if i < top or is_labelled(text) else None
        printed = _PRINTED_IN.fullmatch(text) or (i < top and _paper_of(text)) if len(text) <= 100 else None
        if authors is not None:
            draft.authors = draft.authors or authors
            parts = _PARTS.split(text)[1:]  # "By Jane Doe | Updated 3 May 2019"
            draft.published = draft.published or next(filter(None, map(day_line, parts)), None)
            updated = updated or next(filter(None, map(updated_line, parts)), None)
        elif day:
            draft.published = draft.published or day
        elif i < top and (changed := updated_line(text)):
            updated = updated or changed
        elif printed:
            draft.outlet = draft.outlet or printed["outlet"]
            draft.published = draft.published or day_of(printed["day"])
        elif not (i < top and _take_parts(text, draft)):
            kept.append(paragraph)
    draft.published = draft.published or updated
    return kept


def _paper_of(text: str) -> re.Match[str] | None:
    """Return the paper and the day of a line that says no more; None for other lines."""
    found = _PAPER_DAY.fullmatch(text)
    return found if found and is_outlet_like(found["outlet"]) and day_line(found["day"]) else None


def _take_parts(text: str, draft: Draft) -> bool:
    """Take the day and the author from a line of short parts that a bar or a dot divides, and say whether it is one
    ("Jane Doe | Published 3 May 2019 | Updated a day ago")."""
    parts = _PARTS.split(text) if len(text) <= 160 else []
    days = [part for part in parts if day_line(part)]
    if len(parts) < 2 or not days:
        return False
    draft.published = draft.published or day_line(days[0])
    if is_labelled(days[0]) and not draft.authors and _NAME.fullmatch(parts[0]):
        draft.authors = names_of(parts[0])
    return True
