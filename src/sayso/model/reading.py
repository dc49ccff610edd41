"""All that was read from one article."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model.article import Article
from sayso.model.entity import Entity
from sayso.model.incident import Incident
from sayso.model.place import PlaceMention
from sayso.model.statement import Statement
from sayso.model.when import TimeMention


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One article and what was read from it; ids are unique within the article."""

    article: Article
    entities: tuple[Entity, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    statements: tuple[Statement, ...] = ()
    incidents: tuple[Incident, ...] = ()

    def entity(self, id: str | None) -> Entity | None:
        """Return the entity of that id; None for None or an unknown id."""
        return next((e for e in self.entities if e.id == id), None) if id else None

    def statement(self, id: str | None) -> Statement | None:
        """Return the statement of that id; None for None or an unknown id."""
        return next((s for s in self.statements if s.id == id), None) if id else None
