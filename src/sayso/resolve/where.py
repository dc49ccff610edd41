"""Where is where."""

from __future__ import annotations

from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.place import PlaceMention


def places(article: Article, analysis: Analysis) -> tuple[PlaceMention, ...]:
    """Return the places that the article names, in text order (stub)."""
    return ()
