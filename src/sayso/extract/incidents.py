"""What happened."""

from __future__ import annotations

from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.entity import Entity
from sayso.model.incident import Incident
from sayso.model.place import PlaceMention
from sayso.model.statement import Statement
from sayso.model.when import TimeMention


def incidents(
    article: Article,
    analysis: Analysis,
    who: tuple[Entity, ...],
    when: tuple[TimeMention, ...],
    where: tuple[PlaceMention, ...],
    said: tuple[Statement, ...],
) -> tuple[Incident, ...]:
    """Return the incidents of the article, in text order (stub)."""
    return ()
