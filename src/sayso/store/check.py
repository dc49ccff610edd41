"""What must hold of a reading before it is kept: a fault in it is told by name, not as a failed constraint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from sayso.errors import StoreError
from sayso.model.claim import Actor, Victim
from sayso.model.entity import Fact
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.store.values import LARGEST


class UnstorableError(StoreError):
    """This one article cannot be kept; others can."""


def check(reading: Reading) -> None:
    """Raise UnstorableError where words do not stand at their offsets, an id is met twice, or one leads nowhere."""
    text = reading.article.text
    for span in _spans(reading):
        if text[span.start : span.end] != span.text:
            raise _fault(reading, f"the words {span.text[:60]!r} do not stand at [{span.start}, {span.end})")
    for entity in reading.entities:
        if entity.number is not None and abs(entity.number) > LARGEST:
            raise _fault(reading, f"the number {entity.number} is larger than a database holds")
    _check_ids(reading)


def _spans(value: Any) -> Iterator[Span]:
    """Yield every span in `value`, however deep."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _spans(getattr(value, field.name))


def _check_ids(reading: Reading) -> None:
    entities = _ids(reading, "entity", (entity.id for entity in reading.entities))
    statements = _ids(reading, "statement", (statement.id for statement in reading.statements))
    _ids(reading, "incident", (incident.id for incident in reading.incidents))
    claims = [claim for incident in reading.incidents for claim in incident.claims]
    _lead(reading, "entity", entities, (statement.speaker_id for statement in reading.statements))
    _lead(reading, "entity", entities, (member for entity in reading.entities for member in entity.members))
    _lead(reading, "entity", entities, (fact.other for fact in _facts(reading)))
    _lead(reading, "entity", entities, (c.value.entity for c in claims if isinstance(c.value, Actor | Victim)))
    _lead(reading, "statement", statements, (statement.within for statement in reading.statements))
    _lead(reading, "statement", statements, (id for claim in claims for id in claim.chain))


def _facts(reading: Reading) -> Iterator[Fact]:
    return (fact for entity in reading.entities for fact in entity.facts)


def _ids(reading: Reading, what: str, ids: Iterable[str]) -> set[str]:
    met: set[str] = set()
    for id in ids:
        if id in met:
            raise _fault(reading, f"two {what} records have the id {id!r}")
        met.add(id)
    return met


def _lead(reading: Reading, what: str, known: set[str], ids: Iterable[str | None]) -> None:
    for id in ids:
        if id is not None and id not in known:
            raise _fault(reading, f"something refers to the {what} {id!r}, which was not read")


def _fault(reading: Reading, what: str) -> UnstorableError:
    return UnstorableError(
        f"cannot be stored: {what}", value=reading.article.name, next_step="This is a fault of sayso: please report it"
    )
