"""What the page of an article shows: one part of its text, marked, with all that stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any, NamedTuple

from markupsafe import Markup

from sayso.desk import articles
from sayso.desk.furniture import Left, left_out
from sayso.desk.withdrawal import Withdrawn, withdrawn
from sayso.export.sourcing import Sourcing
from sayso.model.incident import Incident
from sayso.store.rebuild import Stored
from sayso.store.store import Store
from sayso.web.pages.article.behind import Behind, Mark, Saying, Told, behind, value_words
from sayso.web.pages.article.html import html_of
from sayso.web.pages.article.pieces import Stretch, paragraphs, part_of, parts, stretches

_AT = re.compile(r"(\d{1,10})-(\d{1,10})", re.ASCII)
CLAIMS = 300
"""So many claims are listed under one part of the text."""


class Asked(NamedTuple):
    """What of an article is asked for: the words `START-END`, a part (1 is the first), what one speaker says."""

    at: str = ""
    part: int | None = None
    speaker: str = ""


class Shown(NamedTuple):
    """A paragraph as HTML, with the statements that begin in it, and what the input had behind it and was left out."""

    start: int
    role: str
    html: Markup
    sayings: list[Saying]
    left: list[str]


class Line(NamedTuple):
    """An incident that the article tells of, in words."""

    key: str
    kind: str
    stage: str
    background: bool
    when: str
    where: str
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One part of an article. `at` are the words asked for, None where none are; `wrong` says why they are not there.

    `rest` counts claims that are not listed, `spread` the parts of the page. `left` is what the input
    had before the text; None where the input is not to be had any more.
    """

    stored: Stored
    outlet: str
    versions: list[articles.Version]
    copy_of: str | None
    gone: Withdrawn | None
    at: tuple[int, int] | None
    wrong: str
    part: int
    spread: int
    paragraphs: list[Shown]
    claims: list[tuple[Line, list[Told]]]
    rest: int
    incidents: list[Line]
    speakers: list[str]
    speaker: str
    roles: frozenset[str]
    left: list[str] | None


def view_of(store: Store, stored: Stored, asked: Asked) -> View:
    """Return what is shown of an article."""
    article = stored.reading.article
    every = parts(stretches(article))
    at, wrong = words_asked(asked.at, article.text)
    n = _which(every, asked, at)
    told = behind(stored, articles.entity_keys(store, stored))
    speaker = asked.speaker if asked.speaker in told.speakers else ""
    some = every[n]
    marks = _within(told.marks, some, speaker)
    if at and not any(s.start < at[1] and at[0] < s.end for s in some):
        at, wrong = None, "only blanks stand there"
    lines = {stored.keys[one.id]: _line(stored, one) for one in stored.reading.incidents}
    listed, left = _listed(told, marks), left_out(article)
    return View(
        stored=stored,
        outlet=Sourcing(stored.reading).outlet,
        versions=articles.versions(store, article.id),
        copy_of=articles.copy_of(store, article.id),
        gone=None if stored.current else withdrawn(store, article.id),
        at=at,
        wrong=wrong,
        part=n + 1,
        spread=len(every),
        paragraphs=_with_left(_shown(article.text, some, marks, at, told, speaker), some, left or []),
        claims=_by_incident(listed[:CLAIMS], lines),
        rest=max(0, len(listed) - CLAIMS),
        incidents=list(lines.values()),
        speakers=told.speakers,
        speaker=speaker,
        roles=frozenset(mark.role for mark in marks),
        left=None if left is None else [one.words for one in left if one.after == 0 and n == 0],
    )


def words_asked(given: str, text: str) -> tuple[tuple[int, int] | None, str]:
    """Return the words that `START-END` asks for, None where none are, and why not; empty where nothing is wrong."""
    if not given:
        return None, ""
    match = _AT.fullmatch(given)
    start, end = (int(match[1]), int(match[2])) if match else (0, 0)
    if not start < end:
        return None, "an address of words is their first and last place, such as 120-134"
    if end > len(text):
        return None, f"the text has {len(text):,} characters only"
    return (start, end), ""


def _which(every: list[Any], asked: Asked, at: tuple[int, int] | None) -> int:
    if at:
        return part_of(every, at[0])
    return min(max(1, asked.part or 1), len(every)) - 1


def _within(marks: list[Mark], some: Any, speaker: str) -> list[Mark]:
    if not some:
        return []
    start, end = some[0].start, some[-1].end
    near = [mark for mark in marks if mark.start < end and start < mark.end]
    return [mark for mark in near if speaker in mark.speakers] if speaker else near


def _shown(
    text: str, some: Any, marks: list[Mark], at: tuple[int, int] | None, told: Behind, speaker: str
) -> list[Shown]:
    """Return the paragraphs; a statement stands beside the one in which it begins."""
    beside: dict[Stretch, list[Saying]] = {}
    sayings = sorted((s for s in told.sayings if not speaker or s.speaker == speaker), key=lambda s: s.at)
    for saying in sayings:
        home = next((s for s in some if s.start <= saying.at < s.end), None) if saying.spans else None
        if home:
            beside.setdefault(home, []).append(saying)
    cut = paragraphs(text, some, marks, at)
    return [Shown(p.stretch.start, p.stretch.role, html_of(p), beside.get(p.stretch, []), []) for p in cut]


def _with_left(shown: list[Shown], some: Any, left: list[Left]) -> list[Shown]:
    """Return the paragraphs with what was left out behind each."""
    ends = [stretch.end for stretch in some]
    for one in left:
        k = bisect_left(ends, one.after)
        if one.after and k < len(shown) and some[k].start < one.after:
            shown[k].left.append(one.words)
    return shown


def _listed(told: Behind, marks: list[Mark]) -> list[Told]:
    """Return the claims of which words are marked, in their order."""
    numbers = {mark.behind for mark in marks}
    return [claim for claim in told.claims if claim.number in numbers]


def _by_incident(claims: list[Told], lines: dict[str, Line]) -> list[tuple[Line, list[Told]]]:
    found: dict[str, list[Told]] = {}
    for claim in claims:
        found.setdefault(claim.incident, []).append(claim)
    return [(lines[key], own) for key, own in found.items()]


def _line(stored: Stored, one: Incident) -> Line:
    said = {slot: [c for c in one.claims if c.slot == slot and c.stance == "asserts"] for slot in ("when", "where")}
    when, where = (value_words(own[0].value) if own else "" for own in said.values())
    return Line(stored.keys[one.id], one.kind, one.stage, one.background, when, where, len(one.claims))
