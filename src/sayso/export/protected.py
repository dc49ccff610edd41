"""Who in a reading is not to be named in exports.

Told too wide rather than too narrow: somebody of eighteen by year of birth alone may be seventeen still.
"""

from __future__ import annotations

import re
from typing import Final

from sayso.languages import words
from sayso.model.claim import Victim
from sayso.model.entity import Entity
from sayso.model.reading import Reading
from sayso.model.statement import Statement

MAJORITY: Final = 18
"""Years of age from which nobody is a child (UN Convention on the Rights of the Child, article 1)."""
INTIMATE: Final = frozenset({"sexual_violence"})
"""The kinds of incident whose victims are not named."""
_AGE = re.compile(r"\b(\d{1,3})(?:[- ](?:year|month|week|day)s?[- ]old)?\b")
_YOUNGER = re.compile(r"\b\d{1,3}[- ](?:month|week|day)s?[- ]old\b")
_OLD = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b")
_WORD = re.compile(r"[\w-]+")
_DESCRIBING = ("role", "description", "status")


def protected_names(reading: Reading) -> list[tuple[str, ...]]:
    """Return the names of everyone who is a minor, a victim of sexual violence or a witness, a tuple a person."""
    hidden = {entity.id for entity in reading.entities if _is_minor(entity, reading) or _is_witness(entity)}
    loose: list[str] = []
    for incident in reading.incidents:
        for victim in (claim.value for claim in incident.claims if isinstance(claim.value, Victim)):
            if incident.kind in INTIMATE or _is_young(victim):
                hidden |= {victim.entity} if victim.entity else set()
                loose += [victim.name] if victim.name else []
    intimate = any(incident.kind in INTIMATE for incident in reading.incidents)
    for statement in reading.statements:
        if statement.speaker_kind == "witness" or (intimate and statement.speaker_kind == "victim"):
            hidden |= {statement.speaker_id} if statement.speaker_id else set()
            loose += _name_of(statement, reading)
    people = [_names(entity) for entity in reading.entities if entity.id in hidden]
    known = {name for names in people for name in names}
    return [names for names in people if names] + [(name,) for name in dict.fromkeys(loose) if name not in known]


def _names(entity: Entity) -> tuple[str, ...]:
    """Return all names of a person; none where the text only describes them ("the boy")."""
    spelled = [m.span.text for m in entity.mentions if m.form in ("name", "alias")]
    if entity.kind != "person" or not spelled:
        return ()
    return tuple(dict.fromkeys([*entity.names, *spelled]))


def _name_of(statement: Statement, reading: Reading) -> list[str]:
    """Return a witness's name where it is no entity's: two words or more that begin with a capital."""
    if statement.speaker is None or statement.speaker_id or reading.article.capitals:
        return []
    parts = statement.speaker.split()
    return [statement.speaker] if len(parts) > 1 and all(part[0].isupper() for part in parts) else []


def _is_witness(entity: Entity) -> bool:
    wanted = set(words("withheld")["witnesses"])
    return any(wanted & _words(fact.value) for fact in entity.facts if fact.name in _DESCRIBING)


def _is_minor(entity: Entity, reading: Reading) -> bool:
    for fact in entity.facts:
        if fact.name == "age" and _under_age(fact.value):
            return True
        if fact.name == "birth_year" and _born_late(fact.value, reading):
            return True
        if fact.name in _DESCRIBING and _describes_minor(fact.value):
            return True
    return False


def _is_young(victim: Victim) -> bool:
    return victim.kind == "child" or _describes_minor(victim.description or "")


def _under_age(value: str) -> bool:
    match = _AGE.search(value)
    return bool(_YOUNGER.search(value)) or (match is not None and int(match[1]) < MAJORITY)


def _born_late(value: str, reading: Reading) -> bool:
    """Say whether someone born in that year can have been a minor when it was published, or else when it happened."""
    found = re.search(r"\d{4}", value)
    days = [reading.article.published, *(time.when.latest for time in reading.times if time.when)]
    then = next((day for day in days if day), None)
    return bool(found and then and then.year - int(found[0]) <= MAJORITY)


def _describes_minor(description: str) -> bool:
    ages = _OLD.findall(description)
    if ages:
        return any(int(age) < MAJORITY for age in ages)
    return bool(_YOUNGER.search(description)) or bool(set(words("withheld")["minors"]) & _words(description))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
