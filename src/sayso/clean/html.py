"""A web page into a draft: trafilatura tells which text is the report; captions, which it drops, are found here."""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Sequence

from sayso.clean.dates import day_line
from sayso.clean.draft import LONGEST_TEXT, Draft
from sayso.clean.furniture import is_furniture, is_small_line
from sayso.clean.metadata import take_metadata
from sayso.clean.opening import byline_of, without_marks
from sayso.clean.page import Page, Unit, scan
from sayso.clean.prose import as_caption, is_closed, key_of, without_furniture, word_count
from sayso.clean.traced import Paragraph, Traced, tidy, traced

_WORD = re.compile(r"\w+")
_RUN = 4
"""Words in a run: what two texts share is counted in runs of so many (as in `pages_score.py` and near-copy search)."""
_ABOVE, _BELOW = 10, 3
"""Units above the headline and below the body among which a picture of the report may stand."""
_SMALL = 15
"""Words of the longest small line (byline, day, kicker) around a report."""
_SHARED = 0.6
"""Share of a unit's runs that must stand in the report for the unit to be part of it."""


def draft_of_page(content: str, url: str | None) -> Draft:
    """Return the draft of a page."""
    page = scan(content)
    draft = Draft()
    take_metadata(page, draft, url)
    chosen = _chosen(content[: _end(page.units)])
    body = _units_of(page.units, chosen)
    if body:
        _take_units(page, body, draft)
    else:
        lines = [_located(line, content) for line in chosen]
        draft.paragraphs = [Paragraph(text=text, role="body") for text in without_furniture(lines)]
    return draft


def _end(units: Sequence[Unit]) -> int | None:
    """Return where the source passes twice the text that is read of an article; None where it does not.

    More is not looked at: a page so long is no report, and choosing its body would take minutes.
    """
    length = 0
    for unit in units:
        if length > 2 * LONGEST_TEXT:
            return unit.text.origins[0]
        length += len(unit.text)
    return None


def _chosen(content: str) -> list[str]:
    """Return the paragraphs that trafilatura takes for the report (no page is fetched: it is given the source)."""
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = extract(content, include_comments=False, include_tables=False)
    except Exception:  # a hostile page may break any parser: then nothing is chosen
        found = None
    return [line for line in (found or "").splitlines() if line.strip()]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    n = min(_RUN, len(words))
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)} if n else set()


def _units_of(units: Sequence[Unit], chosen: Sequence[str]) -> set[int]:
    """Return the numbers of the units that make up the chosen paragraphs.

    A unit that says the same as a paragraph is it: of several, the first after the one before it. What is left of the
    paragraphs is found by runs of words, in units that none has claimed. Empty where most of the text is in no unit (it
    then comes from the page's data).
    """
    by_key: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        by_key.setdefault(key_of(unit.text.text), []).append(i)
    taken: set[int] = set()
    same: set[int] = set()
    left: list[str] = []
    last = -1
    for line in chosen:
        candidates = by_key.get(key_of(line.lstrip("-– |")), [])
        if not candidates:
            left.append(line)
            continue
        after = bisect_right(candidates, last)
        last = candidates[after if after < len(candidates) else 0]
        taken.add(last)
        if candidates[0] not in same:
            same.update(candidates)
    runs = set().union(*(_runs(_words(line)) for line in left))
    for i, unit in enumerate(units) if runs else ():
        own = _runs(_words(unit.text.text))
        if (
            i not in same
            and own
            and (len(own) > 1 or word_count(unit.text.text) >= _RUN)
            and len(own & runs) >= _SHARED * len(own)
        ):
            taken.add(i)
    found = sum(len(units[i].text) for i in taken)
    return taken if found >= 0.5 * sum(map(len, chosen)) else set()


def _located(line: str, content: str) -> Traced:
    """Return a paragraph with its place in the source, where it stands there word for word."""
    at = content.find(line)
    return tidy(traced(content, at, at + len(line)) if at >= 0 else Traced(line))


def _take_units(page: Page, body: set[int], draft: Draft) -> None:
    """Take the body's units and the captions beside them into the draft, in the order of the page."""
    units = page.units
    captions = _captions(units, body)
    texts = {
        i: without_marks(units[i].text) for i in sorted(body) if i not in captions and not _is_small(units[i], draft)
    }
    kept = {id(text): text for text in without_furniture(list(texts.values()))}
    title = key_of(draft.title.text) if draft.title else ""
    seen = {title, *(key_of(text.text) for text in kept.values())}
    for i in sorted({*texts, *captions}):
        if i in texts and id(texts[i]) in kept:
            draft.paragraphs.append(Paragraph(text=texts[i], role="body"))
        elif i in captions:
            key = key_of(captions[i].text.text)
            if key not in seen:
                seen.add(key)
                draft.paragraphs.append(captions[i])


def _is_small(unit: Unit, draft: Draft) -> bool:
    """Say whether a unit is a small line around the report: a byline or a day, or what calls itself such a line."""
    text = unit.text.text
    if byline_of(text) is not None or day_line(text):
        return True
    if word_count(text) > _SMALL:
        return False
    rest = re.sub("|".join(map(re.escape, filter(None, map(key_of, draft.authors)))) or "$.", "", key_of(text))
    return (is_small_line(unit.label) and not (is_closed(text) and word_count(text) > 6)) or (
        len(rest) < 0.5 * len(key_of(text)) and bool(draft.authors)
    )


def _captions(units: Sequence[Unit], body: set[int]) -> dict[int, Paragraph]:
    """Return the captions from a little above the headline to the end of the body, by the unit that each begins with.

    Those inside links (teasers) and inside something that stands beside the report are left out.
    """
    prose = [i for i in sorted(body) if not units[i].figure]
    if not prose:
        return {}
    headline = next((i for i in range(prose[0], -1, -1) if units[i].heading == 1), prose[0])
    own = {0, *(units[i].aside for i in prose)}
    found: dict[int, Paragraph] = {}
    for i in range(max(0, headline - _ABOVE), min(len(units), prose[-1] + _BELOW)):
        unit = units[i]
        if not unit.figure or unit.aside not in own or unit.linked > 0.5 or unit.credit:
            continue
        caption = as_caption(unit.text)
        if caption and not is_furniture(caption.text.text):
            found[i] = caption
    return found
