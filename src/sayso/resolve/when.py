"""When is when."""

from __future__ import annotations

from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.when import TimeMention


def times(article: Article, analysis: Analysis) -> tuple[TimeMention, ...]:
    """Return the times that the article names, in text order (stub)."""
    return ()
