"""Who is who within one article."""

from __future__ import annotations

from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.entity import Entity


def entities(article: Article, analysis: Analysis) -> tuple[Entity, ...]:
    """Return the entities of the article, in order of first mention (stub)."""
    return ()
