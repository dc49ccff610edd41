"""What a page says of itself: title, outlet, authors, day of publication, language, address."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from sayso.clean.dates import day_of
from sayso.clean.draft import Draft
from sayso.clean.furniture import agency_named, masthead
from sayso.clean.opening import byline_of, names_of
from sayso.clean.page import Page
from sayso.clean.prose import key_of
from sayso.clean.traced import Traced, tidy

_REPORT = re.compile(r"(article|report|posting|analysis|review)$", re.I)
_SEPARATOR = re.compile(r"\s+[|–—•·»:\-]+\s+|\s*\|\s*")
_DAY_KEYS = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "article.published",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publishdate",
    "publish-date", "publication_date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_AUTHOR_KEYS = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator")
_DEEPEST = 6


def take_metadata(page: Page, draft: Draft, url: str | None) -> None:
    """Put what the page says of itself into the draft. Nothing is guessed: what the page does not say stays None."""
    report = next(_reports(page.data), {})
    draft.url = page.canonical or _first(page, "og:url")
    draft.outlet = _outlet(page, report, url or draft.url)
    draft.language = _text(report.get("inLanguage")) or page.language or _first(page, "og:locale")
    draft.published = _published(page, report)
    draft.title = _title(page, report, draft.outlet)
    if draft.title and (not draft.outlet or "." in draft.outlet):
        draft.outlet = _outlet_in(page.title, draft.title.text) or draft.outlet
    draft.authors, draft.agency = _authors(page, report, draft.outlet)


def _reports(sources: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's JSON-LD that are articles, in their order."""
    for source in sources:
        try:
            data = json.loads(re.sub(r"[\x00-\x1f]+", " ", source.strip().strip(";")))
        except (ValueError, RecursionError):
            continue
        for thing in _things(data, 0):
            kinds = thing.get("@type")
            if any(_REPORT.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield thing


def _things(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _things(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth + 1)


def _first(page: Page, key: str) -> str | None:
    return next((value for value in page.meta.get(key, ()) if value), None)


def _text(value: Any) -> str | None:
    """Return a text of JSON-LD, or the name of the thing that stands for it; None for anything else."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("alternateName")
    if not isinstance(value, str):
        return None
    return tidy(Traced(html.unescape(value))).text or None


def _published(page: Page, report: dict[str, Any]) -> date | None:
    """Return the day of publication from JSON-LD, else from meta, else from a time tag that says it is that, or the
    page's only one."""
    given = [_text(report.get("datePublished"))] + [value for key in _DAY_KEYS for value in page.meta.get(key, ())]
    labelled = [at for at, label in page.times if re.search(r"publi|posted|pubdate|date", label, re.I)]
    days = {at[:10] for at, _ in page.times}
    for value in (*given, *labelled[:1], *([at for at, _ in page.times[:1]] if len(days) == 1 else [])):
        day = day_of(value) if value else None
        if day:
            return day
    return None


def _outlet(page: Page, report: dict[str, Any], url: str | None) -> str | None:
    named = _first(page, "og:site_name") or _text(report.get("publisher")) or _first(page, "application-name")
    if named:
        return tidy(Traced(named)).text
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _outlet_in(page_title: str, headline: str) -> str | None:
    """Return the name of the outlet that stands before or after the headline in a page's title."""
    before, found, after = tidy(Traced(page_title)).text.partition(headline)
    return (masthead(before) or masthead(after)) if found else None


def _title(page: Page, report: dict[str, Any], outlet: str | None) -> Traced | None:
    """Return the headline: the page's heading where the page's own data agree with it or say nothing, else the data."""
    said = [_text(report.get("headline")), *(_first(page, key) for key in ("og:title", "twitter:title"))]
    names = [_without_outlet(name, outlet, page.title) for name in (*said, page.title) if name]
    top = sorted((unit for unit in page.units if unit.heading == 1), key=lambda unit: bool(unit.aside))
    headings = [unit.text for unit in top if len(unit.text.text) > 8]
    for heading in headings:
        if not names or any(_alike(heading.text, name) for name in names):
            return heading
    if not names:
        return None
    same = next((u.text for u in page.units if key_of(u.text.text) == key_of(names[0])), None)
    return same or tidy(Traced(names[0]))


def _without_outlet(title: str, outlet: str | None, page_title: str) -> str:
    """Return a title without the name of the outlet or section that pages put behind it (or, rarely, before it)."""
    title = tidy(Traced(html.unescape(title))).text
    parts = _SEPARATOR.split(title)
    own = key_of(outlet or "")
    while len(parts) > 1 and own and key_of(parts[-1]) and (key_of(parts[-1]) in own or own in key_of(parts[-1])):
        parts.pop()
        title = title[: title.rindex(parts[-1]) + len(parts[-1])]
    bars = re.split(r"\s+\|\s+", title)
    return bars[0] if len(bars) > 1 and len(bars[0].split()) >= 3 else title


def _alike(a: str, b: str) -> bool:
    """Say whether two headlines share more than half of the words of the shorter one."""
    first, second = set(re.findall(r"\w+", a.lower())), set(re.findall(r"\w+", b.lower()))
    return bool(first and second) and len(first & second) > 0.5 * min(len(first), len(second))


def _authors(page: Page, report: dict[str, Any], outlet: str | None) -> tuple[tuple[str, ...], str | None]:
    """Return the authors, and the agency where one is named among them."""
    listed = report.get("author")
    people = listed if isinstance(listed, list) else [listed]
    given = [name for person in people if (name := _text(person))]
    given = given or [v for key in _AUTHOR_KEYS for v in page.meta.get(key, ()) if "://" not in v and "@" not in v][:1]
    lines = sorted((unit for unit in page.units if byline_of(unit.text.text)), key=lambda unit: bool(unit.aside))
    given = given or [unit.text.text for unit in lines[:1]]
    agency = next((found for name in given if (found := agency_named(name))), None)
    names = [name for value in given for name in names_of(value) if not agency_named(name)]
    return tuple(name for name in dict.fromkeys(names) if key_of(name) != key_of(outlet or "")), agency
