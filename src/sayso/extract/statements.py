"""Who says what, in what act."""

from __future__ import annotations

from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.entity import Entity
from sayso.model.statement import Statement
from sayso.model.when import TimeMention


def statements(
    article: Article, analysis: Analysis, who: tuple[Entity, ...], when: tuple[TimeMention, ...]
) -> tuple[Statement, ...]:
    """Return the statements of the article, in text order (stub)."""
    return ()
