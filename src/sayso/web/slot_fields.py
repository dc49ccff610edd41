"""The fields in which a person gives a value of a slot, as forms show them."""

from __future__ import annotations

from typing import Final, NamedTuple

from sayso.desk.values import SLOT_FIELDS, choices
from sayso.model.claim import Slot

COUNTS: Final = frozenset(
    ("killed", "wounded", "abducted", "arrested", "attackers_killed", "attackers_wounded", "shots")
)
"""The slots whose values are counts: of these the one line is asked for, which says all."""
_COUNT = "3, 2-3, 11+ or ~100"
_HINTS: Final = {
    "when.value": "2011-10-31, 2011-10, 2011 or 2011-10-01/2011-10-31",
    "when.clock": "HH:MM",
    "where.value": "a name, narrower before wider: Quay Street, Karvel",
    "where.latitude": "degrees, such as 47.1167",
    "where.longitude": "degrees, such as 51.8833",
    "where.country": "two letters, such as KZ",
    "where.precision": "1 the place itself, 2 near it, 3 a region",
}
_LABELS: Final = {"when.value": "day", "where.value": "place", "perpetrator.value": "name", "victim.value": "name"}


class Field(NamedTuple):
    """One field: its name in the form, its label, what it can be (empty: free), how it is written, whether needed."""

    name: str
    label: str
    choices: tuple[str, ...]
    hint: str
    needed: bool


def fields_for(slot: Slot, prefix: str = "") -> list[Field]:
    """Return the fields of a slot's value; their names begin with `prefix`, or with the slot's own name."""
    own = ("value",) if slot in COUNTS else SLOT_FIELDS[slot]
    return [_field(slot, name, prefix or slot) for name in own]


def _field(slot: Slot, name: str, prefix: str) -> Field:
    key = f"{slot}.{name}"
    label = _LABELS.get(key) or (slot.replace("_", " ") if name == "value" else name)
    hint = _COUNT if slot in COUNTS else _HINTS.get(key, "")
    needed = name in ("value", "kind") and key != "perpetrator.kind"
    return Field(f"{prefix}.{name}", label, choices(slot, name), hint, needed)
