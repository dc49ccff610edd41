"""The machine record of one article, format `sayso/1`."""

from __future__ import annotations

from typing import Any

from sayso.export.incident_shapes import VERSION, Record
from sayso.export.incidents import incident_record
from sayso.export.shapes import (
    ArticleRecord,
    BlockRecord,
    DatelineRecord,
    EntityRecord,
    FactRecord,
    MentionRecord,
    Shape,
    StatementRecord,
)
from sayso.export.sourcing import Sourcing, when_record
from sayso.model.article import Article
from sayso.model.entity import Entity
from sayso.model.reading import Reading
from sayso.model.statement import Statement


def record(reading: Reading) -> dict[str, Any]:
    """Return the record as plain JSON types, keys in the order of `shapes`: same reading, same bytes."""
    plain: dict[str, Any] = _plain(record_of(reading))
    return plain


def record_of(reading: Reading) -> Record:
    """Return the record of a reading: each value with its sources and evidence, the claims behind beside it."""
    sourcing = Sourcing(reading)
    return Record(
        version=VERSION,
        article=_article(reading.article, sourcing),
        entities=[_entity(entity, sourcing) for entity in reading.entities],
        statements=[_statement(statement, sourcing) for statement in reading.statements],
        incidents=[incident_record(incident, sourcing) for incident in reading.incidents],
    )


def parse_record(plain: dict[str, Any]) -> Record:
    """Return the record that `record` wrote as plain types; raises ValueError where it is not of the format."""
    from pydantic import TypeAdapter

    return TypeAdapter(Record).validate_python(plain)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the record, made from its shapes and what is written under them."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(Record).json_schema(mode="serialization")
    _with_inherited_descriptions(schema["$defs"])
    _without_titles(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": VERSION, **schema}


def _with_inherited_descriptions(shapes: dict[str, Any]) -> None:
    """Describe the fields that a shape has from another: Pydantic looks only at what stands in the class itself."""
    from pydantic import TypeAdapter

    for shape in _shapes_below(Shape):
        described = TypeAdapter(shape).json_schema()["properties"] if shape.__subclasses__() else {}
        for heir in _shapes_below(shape):
            for name, field in described.items():
                properties = shapes.get(heir.__name__, {}).get("properties", {})
                if "description" in field and name in properties:
                    properties[name].setdefault("description", field["description"])


def _shapes_below(shape: type[Shape]) -> list[type[Shape]]:
    return [below for child in shape.__subclasses__() for below in (child, *_shapes_below(child))]


def _without_titles(node: Any) -> None:
    """Drop the titles that only repeat a key."""
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        for child in node.values():
            _without_titles(child)
    elif isinstance(node, list):
        for child in node:
            _without_titles(child)


def _plain(value: Any) -> Any:
    if isinstance(value, Shape):
        return {name: _plain(field) for name, field in vars(value).items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _article(article: Article, sourcing: Sourcing) -> ArticleRecord:
    line = article.dateline
    return ArticleRecord(
        id=article.id,
        title=article.title,
        outlet=article.outlet,
        agency=article.agency,
        authors=list(article.authors),
        dateline=DatelineRecord(place=sourcing.maybe(line.place), day=sourcing.maybe(line.day)) if line else None,
        published=article.published.isoformat() if article.published else None,
        published_by=article.published_by,
        language=article.language,
        url=article.url,
        name=article.name,
        sha256=article.sha256,
        capitals=article.capitals,
        notes=list(article.notes),
        blocks=[BlockRecord(start=block.start, end=block.end, role=block.role) for block in article.blocks],
        text=article.text,
    )


def _entity(entity: Entity, sourcing: Sourcing) -> EntityRecord:
    return EntityRecord(
        id=entity.id,
        kind=entity.kind,
        name=entity.name,
        names=list(entity.names),
        armed=entity.armed,
        number=entity.number,
        members=list(entity.members),
        facts=[
            FactRecord(name=fact.name, value=fact.value, other=fact.other, evidence=[sourcing.evidence(fact.evidence)])
            for fact in entity.facts
        ],
        mentions=[
            MentionRecord(
                start=mention.span.start,
                end=mention.span.end,
                text=mention.span.text,
                part=sourcing.part(mention.span.start),
                form=mention.form,
            )
            for mention in entity.mentions
        ],
    )


def _statement(statement: Statement, sourcing: Sourcing) -> StatementRecord:
    return StatementRecord(
        id=statement.id,
        speaker=statement.speaker,
        speaker_id=statement.speaker_id,
        speaker_kind=statement.speaker_kind,
        on_behalf_of=statement.on_behalf_of,
        according_to=sourcing.according_to(sourcing.chain_of(statement)),
        act=statement.act,
        stance=statement.stance,
        certainty=statement.certainty,
        direct=statement.direct,
        said_on=when_record(statement.said_on),
        within=statement.within,
        part=statement.where,
        source=sourcing.maybe(statement.source),
        cue=sourcing.maybe(statement.cue),
        content=sourcing.evidences(statement.content),
        said_at=sourcing.maybe(statement.said_at),
        channel=sourcing.maybe(statement.channel),
        confidence=statement.confidence,
    )
