"""The only place where the stages are put in order."""

from __future__ import annotations

from datetime import date

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.extract.incidents import incidents
from sayso.extract.statements import statements
from sayso.model.article import Article, Capture
from sayso.model.reading import Reading
from sayso.resolve.when import times
from sayso.resolve.where import places
from sayso.resolve.who import entities


def read_capture(capture: Capture, published: date | None = None) -> Reading:
    """Read one input to the end: `published` stands in where neither the row nor the page gives a day."""
    return read_article(article_of(capture, published))


def read_article(article: Article) -> Reading:
    """Read one clean article.

    Grammar first; then who, when and where are named; then who says what; then what happened, on whose say-so.
    """
    analysis = analyse(article)
    who = entities(article, analysis)
    when = times(article, analysis)
    where = places(article, analysis)
    said = statements(article, analysis, who, when)
    return Reading(
        article=article,
        entities=who,
        times=when,
        places=where,
        statements=said,
        incidents=incidents(article, analysis, who, when, where, said),
    )
