"""Stands in for the pipeline where a test is about the store: reads in no time, and the same on every machine."""

from __future__ import annotations

import os
import signal
from datetime import date

from sayso.desk.reading import Outcome, read_one
from sayso.model.article import Article, Block, Capture, OffsetMap
from sayso.model.claim import Claim, Label
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from sayso.model.span import Span


def read_capture(capture: Capture, published: date | None = None) -> Reading:
    """Return a reading with a bombing wherever the text says `bomb`; fails where it says `unreadable`."""
    text = capture.content
    if "unreadable" in text:
        raise ValueError("this is unreadable")
    day = capture.published or published
    article = Article(
        id=capture.id or capture.sha256[:16],
        text=text,
        blocks=(Block(start=0, end=len(text), role="body"),),
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name=capture.name,
        sha256=capture.sha256,
        title=capture.title,
        outlet=capture.outlet,
        published=day,
        published_by="given" if day else "unknown",
    )
    return Reading(article=article, incidents=tuple(_bombings(text)))


def _bombings(text: str) -> list[Incident]:
    found: list[Incident] = []
    start = text.find("bomb")
    while start >= 0:
        span = Span(start=start, end=start + 4, text="bomb")
        claim = Claim(id=f"c{len(found)}", slot="kind", value=Label(value="bombing"), evidence=(span,))
        incident = Incident(
            id=f"i{len(found)}", kind="bombing", stage="accomplished", background=False, claims=(claim,)
        )
        found.append(incident)
        start = text.find("bomb", start + 1)
    return found


def read_outcome(capture: Capture, published: date | None) -> Outcome:
    """Stand in for `sayso.desk.reading.read_one` in processes of their own; one that meets `killer` is killed."""
    import sayso.pipeline

    if "killer" in capture.content:
        os.kill(os.getpid(), signal.SIGKILL)
    sayso.pipeline.read_capture = read_capture
    return read_one(capture, published)
