"""The only place where the stages are put in order."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.encode.encoder import encoder
from sayso.encode.heads import bounds_of, encoded, evidence_of, heads, shipped
from sayso.extract.incidents import incidents
from sayso.extract.incidents.events import find_events
from sayso.extract.statements import statements
from sayso.model.analysis import Analysis
from sayso.model.article import Article, Capture
from sayso.model.evidence import Evidence
from sayso.model.reading import Reading
from sayso.resolve.when import times
from sayso.resolve.where import places
from sayso.resolve.who import entities


def read_capture(capture: Capture, published: date | None = None) -> Reading:
    """Read one input to the end: `published` stands in where neither the row nor the page gives a day."""
    return read_article(article_of(capture, published))


def read_article(article: Article) -> Reading:
    """Read one clean article."""
    return explain_article(article).reading


class Explained(NamedTuple):
    """A reading with what it was read from: the grammar, and what the learned extractor saw (None: not shipped)."""

    reading: Reading
    analysis: Analysis
    seen: Evidence | None


def explain_capture(capture: Capture, published: date | None = None) -> Explained:
    """Read one input as `read_capture` does, and keep what it was read from."""
    return explain_article(article_of(capture, published))


def explain_article(article: Article) -> Explained:
    """Read one clean article and keep what it was read from.

    Grammar first; then who, when and where are named; then who says what; then what happened, on whose say-so,
    by the rules and, where any word tells of an event, by what the learned extractor sees. An article in another
    language than English is not read: words that look like English ones would tell of incidents that it does not.
    """
    if article.language not in (None, "en"):
        nothing = Analysis(
            text=article.text, source_text=article.text, tokens=(), sentences=(), names=(), quotations=()
        )
        return Explained(Reading(article=article), nothing, None)
    analysis = analyse(article)
    who = entities(article, analysis)
    when = times(article, analysis)
    where = places(article, analysis)
    states = encoded(analysis) if shipped() else None
    said = statements(article, analysis, who, when, encoder().branch(states) if states else None)
    seen = evidence_of(states, len(bounds_of(analysis)), heads()) if states and find_events(analysis) else None
    reading = Reading(
        article=article,
        entities=who,
        times=when,
        places=where,
        statements=said,
        incidents=incidents(article, analysis, who, when, where, said, seen),
    )
    return Explained(reading, analysis, seen)
