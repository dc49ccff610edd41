"""Readings put together again from their rows, many at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Table, bindparam, select

from sayso.model.article import Article, Block, Dateline, OffsetMap
from sayso.model.claim import Claim
from sayso.model.entity import Entity, Fact, Mention
from sayso.model.incident import Incident
from sayso.model.place import Place, PlaceMention
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.model.when import TimeMention, When
from sayso.store import rows, tables
from sayso.store.values import value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A reading as it was kept: its version (1 is the first), whether it is the newest, and its incidents' keys.

    `clusters` are those of its incidents that were linked with others, by key.
    """

    reading: Reading
    number: int
    version: int
    current: bool
    keys: Mapping[str, str]
    clusters: Mapping[str, str] = field(default_factory=dict)

    def keyed(self, only: Iterable[str] | None = None) -> Reading:
        """Return the reading with its incidents called by their keys; with `only`, those keys alone."""
        wanted = set(self.keys.values() if only is None else only)
        named = [(self.keys[incident.id], incident) for incident in self.reading.incidents]
        incidents = [replace(incident, id=key, cluster=self.clusters.get(key, key)) for key, incident in named]
        return replace(self.reading, incidents=tuple(incident for incident in incidents if incident.id in wanted))


def rebuild(
    connection: Connection, numbers: Iterable[int], *, retired: bool = False, short: bool = False
) -> dict[int, Stored]:
    """Return what is kept under these article numbers, in one query a table.

    Claims and incidents that a correction took out are left out, unless `retired` is given. With `short`, so are the
    places where entities, times and places are mentioned, which no record of an incident tells.
    """
    wanted = sorted(set(numbers))
    children = [table for table in _CHILDREN if not (short and table in _MENTIONED)]
    grouped = dict.fromkeys(_MENTIONED, _NONE) | {t: _grouped(connection, t, wanted, retired) for t in children}
    query = select(tables.article).where(tables.article.c.number.in_(wanted))
    clusters = _clusters(connection, [row["key"] for rows in grouped[tables.incident].values() for row in rows])
    return {row["number"]: _Article(row, grouped).stored(clusters) for row in connection.execute(query).mappings()}


def _clusters(connection: Connection, keys: list[str]) -> dict[str, str]:
    """Return the clusters of these incidents, by key."""
    member = tables.cluster_member.c
    query = select(member.key, member.cluster).where(member.subject == "incident", member.key.in_(keys))
    return {row.key: row.cluster for row in connection.execute(query)}


_CHILDREN = tables.parts()
_OWNERS = {
    **dict.fromkeys((tables.entity_member, tables.name, tables.mention, tables.fact), ("entity",)),
    tables.place_reading: ("mention",),
    tables.statement_content: ("statement",),
    tables.claim: ("incident",),
    **dict.fromkeys((tables.evidence, tables.claim_chain), ("incident", "claim")),
}
"""By what, beside the article, the rows of a table are asked for."""
_MENTIONED = (tables.mention, tables.time_mention, tables.place_mention, tables.place_reading)
_Groups = dict[tuple[Any, ...], list[RowMapping]]
_NONE: _Groups = {}


def _grouped(connection: Connection, table: Table, wanted: list[int], retired: bool) -> _Groups:
    owners = ("article", *_OWNERS.get(table, ()))
    found: _Groups = defaultdict(list)
    for row in connection.execute(_asking(table, retired), {"wanted": wanted}).mappings():
        found[tuple(row[owner] for owner in owners)].append(row)
    return found


@cache
def _asking(table: Table, retired: bool) -> Select[Any]:
    """Return the query for the rows of some articles: made once, since SQLAlchemy takes longer over it than SQLite."""
    order = table.c.rank if "rank" in table.c else table.c.position
    query = select(table).where(table.c.article.in_(bindparam("wanted", expanding=True))).order_by(order)
    return query.where(table.c.retired.is_(None)) if "retired" in table.c and not retired else query


class _Article:
    """The rows of one article, and what is made of them."""

    def __init__(self, row: RowMapping, grouped: dict[Table, _Groups]) -> None:
        self._row, self._grouped, self._text = row, grouped, row["text"]

    def stored(self, clusters: Mapping[str, str]) -> Stored:
        row = self._row
        incidents = self._of(tables.incident)
        reading = Reading(
            article=self._article(),
            entities=self._all(tables.entity, self._entity),
            times=self._all(tables.time_mention, self._time),
            places=self._all(tables.place_mention, self._place_mention),
            statements=self._all(tables.statement, self._statement),
            incidents=self._all(tables.incident, self._incident),
        )
        keys = {incident["id"]: incident["key"] for incident in incidents}
        return Stored(
            reading=reading,
            number=row["number"],
            version=row["version"],
            current=row["current"],
            keys=keys,
            clusters={key: clusters[key] for key in keys.values() if key in clusters},
        )

    def _of(self, table: Table, *owner: Any) -> list[RowMapping]:
        return self._grouped[table].get((self._row["number"], *owner), [])

    def _all(self, table: Table, made: Callable[[RowMapping], Any], *owner: Any) -> tuple[Any, ...]:
        return tuple(made(row) for row in self._of(table, *owner))

    def _span(self, row: RowMapping, prefix: str = "") -> Span:
        start, end = row[f"{prefix}start"], row[f"{prefix}end"]
        return Span(start=start, end=end, text=self._text[start:end])

    def _maybe(self, row: RowMapping, prefix: str) -> Span | None:
        return None if row[f"{prefix}start"] is None else self._span(row, prefix)

    def _article(self) -> Article:
        row = self._row
        starts, origins, lengths = map(tuple, row["offsets"])
        line = row["dateline_end"] is not None
        return Article(
            **{column: row[column] for column in rows.ARTICLE_COLUMNS},
            blocks=self._all(tables.block, lambda b: Block(start=b["start"], end=b["end"], role=b["role"])),
            offsets=OffsetMap(starts=starts, origins=origins, lengths=lengths),
            authors=tuple(row["authors"]),
            notes=tuple(row["notes"]),
            dateline=Dateline(
                place=self._maybe(row, "dateline_place_"),
                day=self._maybe(row, "dateline_day_"),
                end=row["dateline_end"],
            )
            if line
            else None,
        )

    def _entity(self, row: RowMapping) -> Entity:
        id = row["id"]
        return Entity(
            **{column: row[column] for column in rows.ENTITY_COLUMNS},
            names=tuple(name["name"] for name in self._of(tables.name, id)),
            mentions=self._all(tables.mention, self._mention, id),
            facts=self._all(tables.fact, self._fact, id),
            members=tuple(member["member"] for member in self._of(tables.entity_member, id)),
        )

    def _mention(self, row: RowMapping) -> Mention:
        return Mention(span=self._span(row), head=row["head"], form=row["form"])

    def _fact(self, row: RowMapping) -> Fact:
        return Fact(name=row["name"], value=row["value"], evidence=self._span(row), other=row["other"])

    def _time(self, row: RowMapping) -> TimeMention:
        return TimeMention(
            span=self._span(row),
            when=_when(row),
            **{column: row[column] for column in ("type", "value", "relative_to", "counted_from")},
        )

    def _place_mention(self, row: RowMapping) -> PlaceMention:
        first, *others = self._all(tables.place_reading, _place, row["position"])
        return PlaceMention(span=self._span(row), place=first, use=row["use"], others=tuple(others))

    def _statement(self, row: RowMapping) -> Statement:
        parts: dict[str, Any] = {name: self._maybe(row, name + "_") for name in rows.STATEMENT_SPANS}
        return Statement(
            **{column: row[column] for column in rows.STATEMENT_COLUMNS},
            **parts,
            content=self._all(tables.statement_content, self._span, row["id"]),
            said_on=_when(row, "said_"),
        )

    def _incident(self, row: RowMapping) -> Incident:
        claims = self._all(tables.claim, self._claim, row["id"])
        return Incident(**{column: row[column] for column in rows.INCIDENT_COLUMNS}, claims=claims)

    def _claim(self, row: RowMapping) -> Claim:
        owner = row["incident"], row["position"]
        return Claim(
            **{column: row[column] for column in rows.CLAIM_COLUMNS},
            value=value_of(row["type"], row["value"]),
            evidence=self._all(tables.evidence, self._span, *owner),
            chain=tuple(link["statement"] for link in self._of(tables.claim_chain, *owner)),
        )


def _when(row: RowMapping, prefix: str = "") -> When | None:
    if row[f"{prefix}edtf"] is None:
        return None
    return When(**{part: row[f"{prefix}{part}"] for part in rows.WHEN_COLUMNS})


def _place(row: RowMapping) -> Place:
    return Place(**{column: row[column] for column in rows.PLACE_COLUMNS}, names=tuple(row["names"]))
