"""Whether a key has a number of people: MUC-4's counts of each human target, added up by what became of them."""

from __future__ import annotations

import re

from sayso.evaluate.muc4_format import Fill, Template
from sayso.model.claim import Quantity

EFFECTS = {"killed": "DEATH", "wounded": "INJURY", "abducted": ""}
NAME, DESCRIPTION, NUMBER, EFFECT, TOTAL = 18, 19, 21, 23, 24


def right_count(slot: str, found: Quantity, template: Template) -> bool | None:
    """Say whether the template has the number; None where it does not tell one.

    A part of the toll ("two policemen" of five dead) is right where the key counts a target of that number; a range is
    right where it holds the key's number.
    """
    parts = _parts(slot, template)
    if not parts or any(n is None for n in parts):
        return None
    told = {sum(n for n in parts if n is not None), *(n for n in parts if n is not None)}
    high = found.high if found.high is not None else max(found.low, *told)
    return any(found.low <= n <= high for n in told) if found.high != found.low else found.low in told


def _parts(slot: str, template: Template) -> list[int | None]:
    """Return how many each human target counts that met with this; None for one that is not counted."""
    effect, numbers = EFFECTS[slot], {r: f for f in template.slots.get(NUMBER, ()) for r in f.refers}
    if effect:
        met = [r for f in template.slots.get(EFFECT, ()) if effect in " ".join(f.values).upper() for r in f.refers[:1]]
    elif any("KIDNAPPING" in v.upper() for f in template.slots.get(4, ()) for v in f.values):
        met = [r for f in template.slots.get(NUMBER, ()) for r in f.refers[:1]]
    else:
        met = []
    return [_number(numbers.get(r)) for r in met]


def _number(fill: Fill | None) -> int | None:
    match = re.fullmatch(r"~?(\d+)", fill.values[0].strip()) if fill and fill.values else None
    return int(match[1]) if match else None
