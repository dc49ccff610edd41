"""A claim's value as JSON, and the parts of it that have columns of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

from sayso.errors import StoreError
from sayso.model.claim import Actor, Label, Quantity, Target, Text, Value, Victim, Weapon
from sayso.model.place import Place
from sayso.model.when import When
from sayso.store.fold import fold

TYPES: dict[str, type[Value]] = {
    "label": Label,
    "when": When,
    "place": Place,
    "actor": Actor,
    "target": Target,
    "victim": Victim,
    "weapon": Weapon,
    "quantity": Quantity,
    "text": Text,
}
_NAMES: dict[type[Any], str] = {made: name for name, made in TYPES.items()}
LARGEST = 2**63 - 1
"""The largest whole number that a column holds (SQLite and PostgreSQL: 64 bits, signed)."""


def type_of(value: Value) -> str:
    """Return the name under which values of that type are kept."""
    return _NAMES[type(value)]


def plain(value: Value) -> dict[str, Any]:
    """Return a value as plain JSON types."""
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(part: Any) -> Any:
    if isinstance(part, date):
        return part.isoformat()
    return list(part) if isinstance(part, tuple) else part


def value_of(type: str, plain: dict[str, Any]) -> Value:
    """Return the value that `plain` was made of. Raises StoreError for a type that is not known."""
    if type not in TYPES:
        raise StoreError(
            f"no such type of value: there are {', '.join(TYPES)}",
            value=type,
            next_step="restore a copy of the database",
        )
    return TYPES[type](**{key: _VALUES.get((type, key), _same)(part) for key, part in plain.items()})


def _same(part: Any) -> Any:
    return part


def _day(part: Any) -> Any:
    return date.fromisoformat(part) if part else None


_VALUES: dict[tuple[str, str], Callable[[Any], Any]] = {
    ("when", "earliest"): _day,
    ("when", "latest"): _day,
    ("place", "names"): tuple,
}


def columns(value: Value) -> dict[str, Any]:
    """Return the derived columns of a claim; those that the value has nothing for are None.

    A place's key holds all its names, so that a town is found by its country's name too.
    """
    found: dict[str, Any] = dict.fromkeys(COLUMNS)
    match value:
        case When():
            found |= {"edtf": value.edtf, "earliest": value.earliest, "latest": value.latest}
        case Place():
            found |= {column: getattr(value, column) for column in _PLACE}
            found |= {"name": value.names[0] if value.names else None, "key": "|".join(map(fold, value.names))}
        case Quantity():
            found |= {"low": _bounded(value.low), "high": _bounded(value.high)}
        case Label() | Text():
            found |= {"name": value.value}
        case Actor() | Weapon():
            found |= {"name": value.name, "value_kind": value.kind, "entity": getattr(value, "entity", None)}
        case Target():
            found |= {"name": value.name, "value_kind": value.kind, "effect": value.effect}
        case Victim():
            found |= {"name": value.name or value.description, "value_kind": value.kind, "effect": value.effect}
            found |= {"entity": value.entity}
    found["number"] = _bounded(getattr(value, "number", None))
    if found["key"] is None and found["name"] is not None:
        found["key"] = fold(found["name"])
    return found


_PLACE = ("country", "admin", "latitude", "longitude", "precision", "where_prec", "gazetteer_id")
COLUMNS = (
    *("name", "key", "value_kind", "entity", "number", "effect", "low", "high", "edtf", "earliest", "latest"),
    *_PLACE,
)


def _bounded(number: int | None) -> int | None:
    return None if number is None else max(-LARGEST, min(number, LARGEST))
