"""Lists by day or by place: what the line above an entry says of when and where, for the events told in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.extract.incidents.roles import Told, clock_only
from sayso.model.analysis import Analysis
from sayso.model.article import Article, Block
from sayso.model.edtf import bounds
from sayso.model.place import PlaceMention
from sayso.model.when import TimeMention, When

LEAST = 2
"""Lines of nothing but a day or a place that make a list."""
OWN = 2.0
"""How surely a time or place must belong to an event for the line above it to say nothing; see `roles.Told`."""
LONGEST = 80
"""Characters of the longest line that heads an entry."""
_WORDS = re.compile(r"[^\W\d_]")
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the last lines above an entry give: the year, the day and the place, as far as they do."""

    year: TimeMention | None = None
    day: TimeMention | None = None
    place: PlaceMention | None = None


def headed(
    article: Article, a: Analysis, told: Sequence[Told], when: Sequence[TimeMention], where: Sequence[PlaceMention]
) -> list[Told]:
    """Return the events with the day and the place of the line above them, where their own words give none."""
    heads = _heads(article, when, where)
    return [_under(t, heads[a.sentences[t.event.sentence].block]) for t in told] if heads else list(told)


def _under(t: Told, head: Head) -> Told:
    """Return an event as one of an entry."""
    times, places = t.times, t.places
    time = _day_of(head)
    if time is not None and not any(score >= OWN and not clock_only(own) for own, score in times):
        times = (*times, (time, OWN))
    if head.place is not None and not any(score >= OWN and own.use == "locative" for own, score in places):
        places = (*places, (head.place, OWN))
    return replace(t, times=times, places=places)


def _day_of(head: Head) -> TimeMention | None:
    """Return the time that heads an entry: its day, in the year that stands above it, else that year."""
    if head.day is None or head.year is None or head.day.when is None:
        return head.day or head.year
    edtf = re.sub(r"\b(?:\d{4}|XXXX)(?=-)", head.year.span.text, head.day.when.edtf)
    if head.day.when.basis == "explicit" and "X" not in head.day.when.edtf:
        return head.day
    try:
        earliest, latest = bounds(edtf)
    except ValueError:  # 29 February of another year
        return head.day
    return replace(head.day, when=When(edtf=edtf, earliest=earliest, latest=latest, basis="explicit"))


def _heads(article: Article, when: Sequence[TimeMention], where: Sequence[PlaceMention]) -> list[Head]:
    """Return what heads each block; empty where the article is no list."""
    found: list[Head] = []
    head, lines = Head(), 0
    for block in article.blocks:
        line = _line(article, block, when, where) if block.role == "body" else None
        if line is not None:
            lines += 1
            head = _next(head, line)
        found.append(head)
    return found if lines >= LEAST else []


def _next(head: Head, line: Head) -> Head:
    """Return what heads the blocks after a line: a year ends the day before it, a day keeps the year."""
    if line.place and not (line.day or line.year):
        return replace(head, place=line.place)
    if line.year:
        return line
    return Head(year=head.year, day=line.day, place=line.place)


def _line(article: Article, block: Block, when: Sequence[TimeMention], where: Sequence[PlaceMention]) -> Head | None:
    """Return what a block gives that is nothing but a day, a year or a place; None for any other block."""
    if block.end - block.start > LONGEST:
        return None
    times = [
        t for t in when if block.start <= t.span.start and t.span.end <= block.end and t.when and not clock_only(t)
    ]
    places = [p for p in where if block.start <= p.span.start and p.span.end <= block.end]
    spans = [*(t.span for t in times), *(p.span for p in places)]
    rest = "".join(
        " " if any(span.start <= i < span.end for span in spans) else article.text[i]
        for i in range(block.start, block.end)
    )
    if not (times or places) or _WORDS.search(rest):
        return None
    place = replace(places[0], use="locative") if places else None
    if times and _YEAR.fullmatch(times[0].span.text):
        return Head(year=times[0], place=place)
    return Head(day=times[0] if times else None, place=place)
