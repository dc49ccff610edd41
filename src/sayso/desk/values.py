"""A value of a claim from the plain fields of a form, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, get_args

from sayso.desk.places import place_from
from sayso.errors import InputError
from sayso.model import edtf
from sayso.model.claim import Actor, ActorKind, Effect, Label, Quantity, Slot, Standing, Target, Text, Value, Victim
from sayso.model.claim import Weapon as WeaponValue
from sayso.model.entity import Entity
from sayso.model.incident import Stage
from sayso.model.place import Place
from sayso.model.when import When
from sayso.schema.kinds import kinds
from sayso.store.corrections import known as known
from sayso.store.fold import sound

Fields = Mapping[str, str]
MOST = 10**9
"""No count of people or things is larger."""
LONGEST = 2_000
"""Characters of one field."""
SLOT_FIELDS: dict[Slot, tuple[str, ...]] = {
    "kind": ("value",),
    "stage": ("value",),
    "when": ("value", "clock"),
    "where": ("value", "latitude", "longitude", "country", "precision"),
    "weapon": ("value", "kind"),
    "perpetrator": ("value", "kind"),
    "target": ("value", "kind", "number", "effect"),
    "victim": ("value", "description", "kind", "number", "effect"),
    **dict.fromkeys(
        ("killed", "wounded", "abducted", "arrested", "attackers_killed", "attackers_wounded", "shots"),
        ("value", "low", "high", "approximate"),
    ),
    "damage": ("value",),
    "motive": ("value",),
    "circumstance": ("value",),
}
"""The fields that a value of each slot is made of. `value` alone is enough, but for what has a kind."""
_COUNT = re.compile(r"(?P<about>~|about )?\s*(?P<low>\d{1,12})\s*(?:(?P<more>\+)|(?:-|to)\s*(?P<high>\d{1,12}))?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@cache
def choices(slot: Slot, field: str) -> tuple[str, ...]:
    """Return what a field of a slot can be, in the order to offer it; empty where it is free."""
    from sayso.extract.incidents.attributes import HEADS
    from sayso.languages import words

    def all_of(head: str, listed: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({*listed, *filter(None, HEADS[head].values()), "other"}))

    match slot, field:
        case "kind", "value":
            return tuple(kinds())
        case "stage", "value":
            return get_args(Stage)
        case "perpetrator", "kind":
            return get_args(ActorKind)
        case "weapon", "kind":
            return all_of("weapon_type", words("weapons")["kinds"])
        case "target", "kind":
            return all_of("target_type", words("targets")["heads"])
        case "victim", "kind":
            return all_of("victim_type", words("people")["victims"])
        case "target", "effect":
            return "destroyed", "damaged", "none"
        case "victim", "effect":
            return get_args(Effect)
        case "where", "precision":
            return "1", "2", "3"
    return ()


STANDINGS: tuple[Standing, ...] = get_args(Standing)
"""How a perpetrator can stand."""


def value_from(slot: Slot, fields: Fields, entities: Iterable[Entity] = ()) -> Value:
    """Return the value that a form gives for a slot; fields that are missing or blank are not given.

    `entities` are the article's: who bears the name of one is that one. Raises InputError that names the field, what
    it was and what it can be.
    """
    if slot not in SLOT_FIELDS:
        raise InputError(
            f"there is no such slot: there are {', '.join(SLOT_FIELDS)}", value=slot, next_step="Choose one of these"
        )
    given = {name: sound(fields[name]).strip() for name in SLOT_FIELDS[slot] if fields.get(name, "").strip()}
    for name, said in given.items():
        if len(said) > LONGEST:
            raise _wrong(slot, name, said[:40] + " ...", f"at most {LONGEST} characters")
        allowed = choices(slot, name)
        if allowed and said not in allowed:
            raise _wrong(slot, name, said, f"one of {', '.join(allowed)}")
    return known(_MAKERS.get(slot, _quantity)(slot, given), entities)


def _wrong(slot: str, field: str, said: str, allowed: str) -> InputError:
    return InputError(f"the {field} of a {slot} is {allowed}", value=said or "nothing", next_step="Nothing was changed")


def _needed(slot: str, given: Fields, field: str = "value") -> str:
    if field not in given:
        raise _wrong(slot, field, "", f"one of {_few(slot, field)}" if choices(slot, field) else "needed")
    return given[field]


def _few(slot: Any, field: str) -> str:
    return ", ".join(choices(slot, field))


def _label(slot: str, given: Fields) -> Value:
    return Label(value=_needed(slot, given))


def _text(slot: str, given: Fields) -> Value:
    return Text(value=" ".join(_needed(slot, given).split()))


def _when(slot: str, given: Fields) -> Value:
    said, clock = _needed(slot, given), given.get("clock")
    earliest, latest = edtf.bounds(said)
    if clock is not None and not _CLOCK.fullmatch(clock):
        raise _wrong(slot, "clock", clock, "HH:MM")
    return When(edtf=said, earliest=earliest, latest=latest, basis="explicit", clock=clock)


def _where(slot: str, given: Fields) -> Value:
    _needed(slot, given)
    return place_from(given)


def _actor(slot: str, given: Fields) -> Value:
    kind: Any = given.get("kind", "unknown")
    return Actor(name=_needed(slot, given), kind=kind)


def _weapon(slot: str, given: Fields) -> Value:
    return WeaponValue(name=_needed(slot, given), kind=_needed(slot, given, "kind"))


def _target(slot: str, given: Fields) -> Value:
    return Target(
        name=_needed(slot, given),
        kind=_needed(slot, given, "kind"),
        number=_whole(slot, "number", given),
        effect=given.get("effect"),
    )


def _victim(slot: str, given: Fields) -> Value:
    name, description = given.get("value"), given.get("description")
    if not name and not description:
        raise _wrong(slot, "value", "", "a name, or else a description is needed")
    effect: Any = given.get("effect")
    number, kind = _whole(slot, "number", given), _needed(slot, given, "kind")
    return Victim(name=name, description=description, kind=kind, effect=effect, number=number)


def _whole(slot: str, field: str, given: Fields) -> int | None:
    said = given.get(field)
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and len(said) <= 12 and int(said) <= MOST):
        raise _wrong(slot, field, said, f"a whole number from 0 to {MOST}")
    return int(said)


def _quantity(slot: str, given: Fields) -> Value:
    """Return a count: of `low` and `high`, or of `value` as it is written in exports (`3`, `2-3`, `11+`, `~100`)."""
    if "low" in given:
        low, high = _whole(slot, "low", given), _whole(slot, "high", given)
        about = "approximate" in given
    else:
        said = _needed(slot, given)
        match = _COUNT.fullmatch(said)
        if match is None:
            raise _wrong(slot, "value", said, "written as 3, 2-3, 11+ or ~100")
        low, about = int(match["low"]), bool(match["about"])
        high = None if match["more"] else int(match["high"]) if match["high"] else low
    assert low is not None
    if max(low, high or 0) > MOST:
        raise _wrong(slot, "value", str(max(low, high or 0)), f"at most {MOST}")
    if high is not None and high < low:
        raise _wrong(slot, "high", str(high), f"at least the low of {low}")
    return Quantity(low=low, high=high, approximate=about)


_MAKERS: dict[str, Callable[[str, Fields], Value]] = {
    **dict.fromkeys(("kind", "stage"), _label),
    **dict.fromkeys(("damage", "motive", "circumstance"), _text),
    "when": _when,
    "where": _where,
    "weapon": _weapon,
    "perpetrator": _actor,
    "target": _target,
    "victim": _victim,
}


def fields_of(value: Value) -> dict[str, str]:
    """Return the fields of a form that give a value, for whoever changes a part of it."""
    match value:
        case Label() | Text():
            found: dict[str, Any] = {"value": value.value}
        case When():
            found = {"value": value.edtf, "clock": value.clock}
        case Place():
            own = {name: getattr(value, name) for name in ("latitude", "longitude", "country", "precision")}
            found = {"value": value.gazetteer_id or ", ".join(value.names), **({} if value.gazetteer_id else own)}
        case Quantity():
            found = {"low": value.low, "high": value.high, "approximate": "yes" if value.approximate else None}
        case Victim():
            found = {"value": value.name} | {n: getattr(value, n) for n in ("description", "kind", "number", "effect")}
        case _:
            names = ("kind", "number", "effect")
            found = {"value": value.name} | {name: getattr(value, name, None) for name in names}
    return {name: str(part) for name, part in found.items() if part is not None}
