"""How each source of an incident stands to the others: what it holds, what others confirm, what others dispute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sayso.export.reconciled import ReconciledRecord
from sayso.export.reconciled.held_shapes import HolderRecord

_AGAINST = ("denied", "acquitted")


@dataclass(slots=True, kw_only=True)
class _Value:
    """One value: who asserts it, who denies or doubts it, and the values that can be right beside it."""

    id: str
    held: set[str] = field(default_factory=set)
    opposed: set[str] = field(default_factory=set)
    beside: list[str] = field(default_factory=list)


def source_rows(record: ReconciledRecord) -> list[dict[str, Any]]:
    """Return a row for each independent source: values held, those confirmed by another, those disputed by another.

    Confirmed is what another source asserts too, the same or something compatible; disputed what another denies or
    doubts, or what stands against another's word in a disagreement. A value can be both. A perpetrator is a value of
    whoever blames it.
    """
    values = {value.id: value for value in (*_of_slots(record), *_of_perpetrators(record))}
    against = _against(record, values)
    rows: dict[str, dict[str, Any]] = {}
    for party in record.sources:
        row = rows.setdefault(
            party.name, {"source": party.name, "kind": party.kind, "held": 0, "confirmed": 0, "disputed": 0}
        )
        for value in values.values():
            if party.id not in value.held:
                continue
            row["held"] += 1
            too = value.held.union(*(values[id].held for id in value.beside if id in values))
            row["confirmed"] += bool(too - {party.id})
            row["disputed"] += bool((value.opposed | against.get(value.id, set())) - {party.id})
    return list(rows.values())


def _of_slots(record: ReconciledRecord) -> Iterator[_Value]:
    for slot in record.slots.values():
        for value in slot.values:
            found = _Value(id=value.id, beside=value.compatible_with)
            for holder in value.held_by:
                _side(found, holder, holder.stance != "asserts").add(holder.source_id)
            yield found


def _of_perpetrators(record: ReconciledRecord) -> Iterator[_Value]:
    for one in record.perpetrators:
        found = _Value(id=one.id)
        for held in one.history:
            opposes = held.standing in _AGAINST or held.holder.stance != "asserts"
            _side(found, held.holder, opposes).add(held.holder.source_id)
        yield found


def _side(value: _Value, holder: HolderRecord, opposes: bool) -> set[str]:
    return value.opposed if opposes else value.held


def _against(record: ReconciledRecord, values: dict[str, _Value]) -> dict[str, set[str]]:
    """Return for each value who holds what stands against it in a disagreement."""
    found: dict[str, set[str]] = {}
    for one in record.disagreements:
        sides = {side.value for side in one.sides if side.value in values and side.stance == "asserts"}
        for id in sides:
            if id:
                others = (values[other].held for other in sides if other and other != id)
                found.setdefault(id, set()).update(*others)
    return found
