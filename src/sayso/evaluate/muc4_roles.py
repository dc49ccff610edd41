"""The slots of a MUC-4 template that tell with what, by whom, to what and to whom it was done.

Source: MUC-4 template documentation, version 7, part 1, sections 7.7 to 7.25, and the examples of part 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.evaluate.muc4_fills import asserted, fill_words, nation_fill, number_fill, plain
from sayso.evaluate.muc4_format import lists
from sayso.languages import words
from sayso.model.claim import Actor, Quantity, Target, Victim, Weapon
from sayso.model.incident import Incident
from sayso.model.reading import Reading

Fills = dict[int, list[str]]
"""The fills of one template by slot number."""


@dataclass(slots=True)
class Draft:
    """One template on its way: what identifies the incident, and its fills."""

    type: str
    stage: str
    date: str | None
    location: str
    fills: Fills = field(default_factory=dict)

    def add(self, slot: int, fill: str) -> None:
        """Add a fill that is not there yet."""
        if fill not in self.fills.setdefault(slot, []):
            self.fills[slot].append(fill)

    def takes(self, other: Draft) -> bool:
        """Say whether the guide would put the other incident into the same template."""
        if (self.type, self.stage) != (other.type, other.stage):
            return False
        if self.date and other.date and self.date != other.date:
            return False
        if not (self.location.startswith(other.location) or other.location.startswith(self.location)):
            return False
        mine, its = (set(d.fills.get(9, ())) | set(d.fills.get(10, ())) for d in (self, other))
        return not mine or not its or bool(mine & its)

    def take(self, other: Draft) -> None:
        """Put the other incident's fills into this template."""
        self.date = self.date or other.date
        self.location = max(self.location, other.location, key=len)
        for slot, fills in other.fills.items():
            for fill in fills:
                self.add(slot, fill)


def _one_band(names: list[str]) -> list[str]:
    """Return perpetrators with one word for a band of attackers: "guerrillas" and "terrorists" are the same people."""
    attackers = set(words("people")["attackers"])
    bands = [n for n in names if n.split()[-1].lower() in attackers or n.split()[-1].lower().rstrip("s") in attackers]
    return [n for n in _distinct(names) if n not in bands or n == max(bands, key=lambda b: len(b.split()))]


def _distinct(names: Iterable[str]) -> list[str]:
    """Return names without those whose words, the same last one among them, all stand in another: "car", "blue car"."""
    found = list(dict.fromkeys(names))
    words_of = {name: name.split() for name in found}
    return [
        n for n in found
        if not any(
            m != n and words_of[m][-1] == words_of[n][-1] and set(words_of[n]) < set(words_of[m]) for m in found
        )
    ]  # fmt: skip


def fill_roles(draft: Draft, reading: Reading, incident: Incident) -> None:
    """Fill the slots of instrument, perpetrators and targets that the incident's type has."""
    if draft.type not in ("ARSON", "KIDNAPPING"):
        _weapons(draft, incident)
    _perpetrators(draft, reading, incident)
    if draft.type != "KIDNAPPING":
        _targets(draft, incident)
    _victims(draft, incident)


def _weapons(draft: Draft, incident: Incident) -> None:
    kinds_of: dict[str, str] = lists()["weapons"]
    for claim in asserted(incident.of("weapon")):
        if isinstance(claim.value, Weapon):
            name = fill_words(claim.value.name)
            if name:
                draft.add(6, f'"{name}"')
                if claim.value.kind in kinds_of:
                    draft.add(7, f'{kinds_of[claim.value.kind]}: "{name}"')
    if 6 not in draft.fills:
        told = " ".join(s.text for c in incident.of("kind") for s in c.evidence).lower()
        if incident.kind == "bombing":
            draft.add(7, ("BOMB" if "bomb" in told else "EXPLOSIVE") + ': "-"')
        elif re.search(r"\b(shoot|shot|gun|fire[ds]?\b)", told):
            draft.add(7, 'GUN: "-"')
        elif re.search(r"machine-?gun", told):
            draft.add(7, 'MACHINE GUN: "-"')


def _perpetrators(draft: Draft, reading: Reading, incident: Incident) -> None:
    order: list[str] = lists()["precedence"]
    standings: dict[str, set[str]] = {}
    state = False
    suffered = {plain(v.name or v.description or "") for v in _people(incident)}
    known: dict[str, str] = {}
    for claim in incident.of("perpetrator"):
        actor = claim.value
        if not isinstance(actor, Actor) or (claim.stance == "denies" and claim.standing != "denied"):
            continue
        name = fill_words(actor.name)
        state |= _names_state(actor)
        if actor.entity:
            name = known.setdefault(actor.entity, name)
        if not name or name in suffered:
            continue
        standing = claim.standing or "reported_as_fact"
        if _is_organization(actor, name):
            standings.setdefault(name, set()).add(standing)
            continue
        if standing not in ("denied", "acquitted"):
            draft.add(9, f'"{name}"')
        for organization in _organizations(reading):
            if re.search(rf"\b{re.escape(organization)}\b", name) and organization != name:
                standings.setdefault(organization, set()).add(standing)
    if 9 in draft.fills:
        draft.fills[9] = [f'"{n}"' for n in _one_band([f.strip('"') for f in draft.fills[9]])]
    for name, found in standings.items():
        draft.add(10, f'"{name}"')
        draft.add(11, f'{lists()["standing"][min(found, key=order.index)]}: "{name}"')
    draft.add(8, "STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT")


def _organizations(reading: Reading) -> list[str]:
    return [plain(name) for e in reading.entities if e.kind == "organization" for name in e.names]


def _is_organization(actor: Actor, name: str) -> bool:
    """Say whether the task puts a perpetrator into the organization slot: by kind, or by the noun ("gangs", "army")."""
    if actor.kind in ("organization", "government_body"):
        return True
    return actor.kind != "person" and name.split()[-1].lower() in lists()["organization_words"]


def _names_state(actor: Actor) -> bool:
    lowered = f" {actor.name.lower()} "
    if any(f" {word} " in lowered for word in lists()["rebel_words"]):
        return False
    return actor.kind == "government_body" or any(f" {word} " in lowered for word in lists()["state_words"])


def _targets(draft: Draft, incident: Incident) -> None:
    told = [(c.value, fill_words(c.value.name)) for c in asserted(incident.of("target")) if isinstance(c.value, Target)]
    distinct = _distinct(name for _, name in told if name)
    for target, name in told:
        if name not in distinct:
            continue
        draft.add(12, f'"{name}"')
        draft.add(13, f'{target_type(target, name)}: "{name}"')
        draft.add(14, f'{number_fill(target.number, name)}: "{name}"')
        effect = lists()["target_effects"].get(target.effect)
        if effect:
            draft.add(16, f'{effect}: "{name}"')
        elif draft.type in ("ARSON", "BOMBING") and draft.stage == "ACCOMPLISHED":
            draft.add(16, f'SOME DAMAGE: "{name}"')


def target_type(target: Target, name: str) -> str:
    """Return the set list's type of a target: by the words of its name where they tell it more narrowly."""
    tokens = set(name.lower().split())
    for type_, nouns in lists()["target_words"].items():
        if target.kind in ("building", "business", "other", "political_office") and tokens & set(nouns):
            return str(type_)
    return str(lists()["targets"].get(target.kind, "OTHER"))


def _people(incident: Incident) -> list[Victim]:
    """Return those to whom it was done; not "no one", and not bare numbers."""
    people = [c.value for c in asserted(incident.of("victim")) if isinstance(c.value, Victim)]
    return [v for v in people if v.number != 0 and not re.match(r"(no|not|none|nobody)\b", v.description or "", re.I)]


def _victims(draft: Draft, incident: Incident) -> None:
    for group in _same_people(_people(incident)):
        victim = group[0]
        name = plain(next((v.name for v in group if v.name and v.number == 1), ""))
        told = (fill_words(v.description or ("" if name else v.name) or "") for v in group)
        described = next((d for d in told if d and not set(d.split()) <= set(name.split())), "")
        refer = name or described
        if not refer or refer.lower() in lists()["leading"] or re.fullmatch(r"[\d,.~-]+", refer):
            continue
        if name:
            draft.add(18, f'"{name}"')
        if described:
            draft.add(19, f'"{described}": "{name}"' if name else f'"{described}"')
        draft.add(20, f'{lists()["victims"].get(victim.kind, "CIVILIAN")}: "{refer}"')
        number = next((v.number for v in group if v.number is not None), None)
        draft.add(21, f'{1 if name else number_fill(number, described)}: "{refer}"')
        nation = nation_fill(victim.description or "", draft.location)
        if nation:
            draft.add(22, f'{nation}: "{refer}"')
        effect = next((e for e in lists()["victim_effects"] if any(v.effect == e for v in group)), None)
        if effect:
            draft.add(23, f'{lists()["victim_effects"][effect]}: "{refer}"')
    if 23 not in draft.fills and (unhurt := _unhurt(incident)):
        draft.add(23, f'{unhurt}: "-"')


def _same_people(people: list[Victim]) -> list[list[Victim]]:
    """Return the victims in groups that are one person or set of people, those with a name first."""
    groups: dict[str, list[Victim]] = {}
    for victim in people:
        key = victim.entity or plain(victim.name or "") or fill_words(victim.description or "")
        groups.setdefault(key, []).append(victim)
    return [sorted(group, key=lambda v: v.name is None) for group in groups.values()]


def _unhurt(incident: Incident) -> str | None:
    """Return the effect that "no casualties" stands for; None where somebody was hurt or nothing is said."""
    told = {s: [c.value for c in incident.of(s) if isinstance(c.value, Quantity)] for s in ("killed", "wounded")}
    none = {slot for slot, values in told.items() if values and all(v.high == 0 for v in values)}
    if any(values and slot not in none for slot, values in told.items()):
        return None
    return {2: "NO INJURY OR DEATH", 0: None}.get(len(none), "NO DEATH" if "killed" in none else "NO INJURY")
