"""How somebody stands in several articles, and by whom: for lists, where no whole dossier is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from sayso.export.words import STANDINGS
from sayso.store.links import batches
from sayso.store.tables import article, claim, claim_chain, statement

AT_ONCE = 200
NAMED = 3
"""Sources that are named; of more it is said how many they are."""
ITSELF = "itself"
_ACCUSES = frozenset({"claimed", "suspected", "accused", "accused_by_authorities", "possible"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alleged:
    """One standing, and who gives it: at most three sources by name, and how many more there are."""

    standing: str
    by: tuple[str, ...]
    more: int

    @property
    def words(self) -> str:
        """Who gives it, in words."""
        return by_words(self.standing, ", ".join(self.by)) + (f" and {self.more} more" if self.more else "")


def by_words(standing: str, source: str) -> str:
    """Return on whose word somebody stands so: `by` those who accuse, else `according to` who tells it."""
    return f"by {source}" if standing in _ACCUSES or source == ITSELF else f"according to {source}"


Entity = tuple[int, str]
"""An entity by the number of its article and its id there."""


def alleged(connection: Connection, entities: Collection[Entity]) -> tuple[Alleged, ...]:
    """Return every standing that claims give to these entities, which are one, the weightiest last.

    Whoever is quoted last in a claim's chain gives it; where nobody is quoted, the outlet.
    """
    return alleged_each(connection, [entities])[0]


def alleged_each(connection: Connection, every: Sequence[Collection[Entity]]) -> list[tuple[Alleged, ...]]:
    """Return the standings of several at once, each of so many entities, in their order."""
    of: dict[Entity, list[int]] = {}
    for k, entities in enumerate(every):
        for one in entities:
            of.setdefault(one, []).append(k)
    found: list[dict[str, dict[str, None]]] = [{} for _ in every]
    for row, speaker in _claims(connection, of):
        standing = "denied" if row.stance == "denies" else row.standing or "possible"
        for k in of[row.article, row.entity]:
            found[k].setdefault(standing, {})[speaker] = None
    return [_ordered(standings) for standings in found]


def _ordered(found: Mapping[str, Mapping[str, None]]) -> tuple[Alleged, ...]:
    order = list(STANDINGS)
    return tuple(
        Alleged(standing=name, by=tuple(by)[:NAMED], more=max(0, len(by) - NAMED))
        for name, by in sorted(found.items(), key=lambda one: order.index(one[0]) if one[0] in order else -1)
    )


def _claims(connection: Connection, entities: Collection[Entity]) -> Iterator[tuple[Any, str]]:
    """Yield the claims that these did something, each with who says so."""
    for some in batches(sorted({number for number, _ in entities}), AT_ONCE):
        blames = (claim.c.article.in_(some), claim.c.slot == "perpetrator", claim.c.retired.is_(None))
        columns = (claim.c.article, claim.c.incident, claim.c.position, claim.c.entity, claim.c.standing)
        joined = claim.join(article, article.c.number == claim.c.article)
        query = select(*columns, claim.c.stance, article.c.outlet, article.c.agency, article.c.name)
        rows = connection.execute(query.select_from(joined).where(*blames)).all()
        speakers = _speakers(connection, some) if rows else {}
        for row in rows:
            if (row.article, row.entity) in entities:
                said = speakers.get((row.article, row.incident, row.position))
                outlet = row.outlet or row.agency or row.name
                yield row, _named(said, row.entity) if said else outlet


def _named(said: Any, entity: str) -> str:
    if said.speaker_id == entity:
        return ITSELF
    return str(said.speaker or said.on_behalf_of or f"an unnamed source ({said.speaker_kind.replace('_', ' ')})")


def _speakers(connection: Connection, articles: Collection[int]) -> dict[tuple[int, str, int], Any]:
    """Return the innermost statement of each claim that blames somebody, by the claim."""
    carried = (claim.c.article == claim_chain.c.article) & (claim.c.incident == claim_chain.c.incident)
    joined = claim_chain.join(claim, carried & (claim.c.position == claim_chain.c.claim)).join(
        statement, (statement.c.article == claim_chain.c.article) & (statement.c.id == claim_chain.c.statement)
    )
    said = (statement.c.speaker, statement.c.speaker_id, statement.c.speaker_kind, statement.c.on_behalf_of)
    query = select(claim_chain.c.article, claim_chain.c.incident, claim_chain.c.claim, *said).select_from(joined)
    query = query.where(claim_chain.c.article.in_(articles), claim.c.slot == "perpetrator")
    return {
        (row.article, row.incident, row.claim): row
        for row in connection.execute(query.order_by(claim_chain.c.position))
    }
