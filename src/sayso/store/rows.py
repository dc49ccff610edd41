"""A reading taken apart into rows, one function a table or two."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from sayso.model.article import Article
from sayso.model.claim import Claim
from sayso.model.entity import Entity
from sayso.model.incident import Incident
from sayso.model.place import Place, PlaceMention
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.model.statement import Statement
from sayso.model.when import TimeMention, When
from sayso.store import tables
from sayso.store.fold import fold
from sayso.store.values import columns, plain, type_of

Row = dict[str, Any]
Rows = dict[Table, list[Row]]
KEY_LENGTH = 10
"""Characters of an incident's key, 5 bits each: among 10 million incidents two share one with a chance of 1 in 20."""


def key_of(article_id: str, version: int, incident_id: str, length: int = KEY_LENGTH) -> str:
    """Return the key by which people call an incident: it depends on nothing but the three, so that it is stable."""
    digest = hashlib.sha256("\0".join((article_id, str(version), incident_id)).encode()).digest()
    return b32encode(digest).decode("ascii").lower()[:length]


def article_row(article: Article) -> Row:
    """Return the article's own row, but for what the database knows better (its number, version, when it came)."""
    line = article.dateline
    return {
        **{column: getattr(article, column) for column in ARTICLE_COLUMNS},
        "authors": list(article.authors),
        "notes": list(article.notes),
        "offsets": [list(article.offsets.starts), list(article.offsets.origins), list(article.offsets.lengths)],
        **_span(line.place if line else None, "dateline_place_"),
        **_span(line.day if line else None, "dateline_day_"),
        "dateline_end": line.end if line else None,
    }


ARTICLE_COLUMNS = (
    *("id", "text", "name", "sha256", "title", "url", "outlet", "agency", "published", "published_by", "language"),
    "capitals",
)


def rows_of(reading: Reading, article: int, version: int) -> Rows:
    """Return the rows of a reading by table, parents before children; `article` is the number of its article's row."""
    found: Rows = {table: [] for table in tables.parts()}
    for table, row in _rows(reading, version):
        row["article"] = article
        found[table].append(row)
    return {table: rows for table, rows in found.items() if rows}


def _rows(reading: Reading, version: int) -> Iterator[tuple[Table, Row]]:
    for position, block in enumerate(reading.article.blocks):
        yield tables.block, {"position": position, "start": block.start, "end": block.end, "role": block.role}
    for position, entity in enumerate(reading.entities):
        yield from _entity(entity, position)
    for position, time in enumerate(reading.times):
        yield tables.time_mention, _time(time, position)
    for position, place in enumerate(reading.places):
        yield from _place_mention(place, position)
    for position, statement in enumerate(reading.statements):
        yield from _statement(statement, position)
    for position, incident in enumerate(reading.incidents):
        key = key_of(reading.article.id, version, incident.id)
        yield tables.incident, {"position": position, "key": key, **incident_row(incident)}
        for number, claim in enumerate(incident.claims):
            yield from claim_rows(claim, incident.id, number)


def _span(span: Span | None, prefix: str = "") -> Row:
    return {f"{prefix}start": span.start if span else None, f"{prefix}end": span.end if span else None}


def _when(when: When | None, prefix: str = "") -> Row:
    return {f"{prefix}{part}": getattr(when, part, None) for part in WHEN_COLUMNS}


WHEN_COLUMNS = ("edtf", "earliest", "latest", "basis", "clock")


def _entity(entity: Entity, position: int) -> Iterator[tuple[Table, Row]]:
    parts = {column: getattr(entity, column) for column in ENTITY_COLUMNS}
    yield tables.entity, {"position": position, **parts}
    for k, member in enumerate(entity.members):
        yield tables.entity_member, {"entity": entity.id, "position": k, "member": member}
    for k, name in enumerate(entity.names):
        yield tables.name, {"entity": entity.id, "position": k, "name": name, "key": fold(name)}
    for k, mention in enumerate(entity.mentions):
        row = {"entity": entity.id, "position": k, "head": mention.head, "form": mention.form}
        yield tables.mention, row | _span(mention.span)
    for k, fact in enumerate(entity.facts):
        row = {"entity": entity.id, "position": k, "name": fact.name, "value": fact.value, "other": fact.other}
        yield tables.fact, row | _span(fact.evidence)


ENTITY_COLUMNS = ("id", "kind", "name", "armed", "number")


def _time(time: TimeMention, position: int) -> Row:
    parts = {"type": time.type, "value": time.value}
    counted = {"relative_to": time.relative_to, "counted_from": time.counted_from}
    return {"position": position, **_span(time.span), **parts, **counted, **_when(time.when)}


def _place_mention(mention: PlaceMention, position: int) -> Iterator[tuple[Table, Row]]:
    yield tables.place_mention, {"position": position, "use": mention.use, **_span(mention.span)}
    for rank, place in enumerate((mention.place, *mention.others)):
        row = {"mention": position, "rank": rank, "names": list(place.names)}
        yield tables.place_reading, row | {column: getattr(place, column) for column in PLACE_COLUMNS}


PLACE_COLUMNS = (
    *("type", "country", "admin", "latitude", "longitude", "gazetteer_id", "precision", "where_prec"),
    "confidence",
)


def _statement(statement: Statement, position: int) -> Iterator[tuple[Table, Row]]:
    yield (
        tables.statement,
        {
            "position": position,
            **{column: getattr(statement, column) for column in STATEMENT_COLUMNS},
            **{
                key: part
                for name in STATEMENT_SPANS
                for key, part in _span(getattr(statement, name), name + "_").items()
            },
            **_when(statement.said_on, "said_"),
        },
    )
    for k, span in enumerate(statement.content):
        yield tables.statement_content, {"statement": statement.id, "position": k, **_span(span)}


STATEMENT_SPANS = ("source", "cue", "said_at", "channel")
STATEMENT_COLUMNS = (
    *("id", "speaker", "speaker_id", "speaker_kind", "on_behalf_of", "act", "stance", "certainty", "within", "where"),
    *("direct", "confidence"),
)


def incident_row(incident: Incident) -> Row:
    """Return an incident's row: its time and place are the most precise ones asserted, the first of equals."""
    when = min((c for c in _asserted(incident, When) if c.earliest or c.latest), key=_days, default=None)
    where = min(_asserted(incident, Place), key=lambda p: (p.precision, p.where_prec), default=None)
    return {
        **{column: getattr(incident, column) for column in INCIDENT_COLUMNS},
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "country": where.country if where else None,
        "place": where.names[0] if where and where.names else None,
    }


INCIDENT_COLUMNS = ("id", "kind", "stage", "background")


def _asserted(incident: Incident, type: type[Any]) -> list[Any]:
    slot = "when" if type is When else "where"
    return [c.value for c in incident.claims if c.slot == slot and c.stance == "asserts" and isinstance(c.value, type)]


def _days(when: When) -> float:
    return (when.latest - when.earliest).days if when.earliest and when.latest else float("inf")


def claim_rows(claim: Claim, incident: str, position: int) -> Iterator[tuple[Table, Row]]:
    """Yield a claim's row and those that hang on it, all but the number of their article."""
    own = {"incident": incident, "position": position, "type": type_of(claim.value), "value": plain(claim.value)}
    parts = {column: getattr(claim, column) for column in CLAIM_COLUMNS}
    weight = WEIGHTS.get(claim.slot)
    parts["priority"] = (SURE - claim.confidence) * weight if weight else None
    yield tables.claim, {**own, **parts, **columns(claim.value)}
    of = {"incident": incident, "claim": position}
    for k, span in enumerate(claim.evidence):
        yield tables.evidence, {**of, "position": k, **_span(span)}
    for k, statement in enumerate(claim.chain):
        yield tables.claim_chain, {**of, "position": k, "statement": statement}


WEIGHTS: dict[str, float] = {
    "perpetrator": 5, "killed": 4, "kind": 3, "where": 3, "when": 3, "victim": 2, "wounded": 2, "abducted": 2,
    "arrested": 2, "target": 1, "weapon": 1, "stage": 1, "motive": 1, "damage": 0.5,
}  # fmt: skip
"""How much a wrong value of each slot does: a name wrongly accused does most. What is not here asks for no look."""
SURE = 1.05
"""What a claim's confidence is taken from to say how doubtful it is: of claims that are sure, the weightier first."""
CLAIM_COLUMNS = ("id", "slot", "stance", "certainty", "standing", "confidence", "maker")
