"""What the model's heads say of the people, things and weapons of a claim, where the words alone leave it open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from sayso.model.claim import Claim, Effect, Target, Victim, Weapon
from sayso.model.evidence import Evidence, Floats
from sayso.model.span import Span

HEADS: dict[str, dict[str, str | None]] = {
    "victim_type": {
        "civilian": "civilian",
        "diplomat": "diplomat",
        "government official": "government_official",
        "former government official": "former_official",
        "former active military": "former_military",
        "legal or judicial": "legal",
        "political figure": "political_figure",
        "law enforcement": "law_enforcement",
        "security guard": "security_guard",
        "active military": "active_military",
        "other": None,
    },
    "victim_effect": {
        "death": "killed",
        "injury": "wounded",
        "no injury or death": "unharmed",
        "no injury": "unharmed",
        "no death": None,
        "regained freedom": None,
        "escaped": "escaped",
        "resigned": None,
        "propaganda": None,
    },
    "target_type": {
        "church": "place_of_worship",
        "civilian residence": "home",
        "commercial": "business",
        "communications": "communications",
        "diplomat office or residence": "diplomatic",
        "energy": "energy",
        "financial": "bank",
        "government office or residence": "government_office",
        "law enforcement facility": "law_enforcement_facility",
        "organization office": "organization_office",
        "political figure office or residence": "political_office",
        "school": "school",
        "transport vehicle": "vehicle",
        "transport facility": "transport_facility",
        "transportation route": "transport_route",
        "water": "water",
        "other": None,
    },
    "target_effect": {
        "destroyed": "destroyed",
        "some damage": "damaged",
        "no damage": "none",
        "mine": None,
        "recovered": None,
        "threatened": None,
    },
    "weapon_type": {
        "gun": "gun",
        "machine gun": "machine_gun",
        "mortar": "mortar",
        "handgun": "handgun",
        "rifle": "rifle",
        "explosive": "explosive",
        "bomb": "bomb",
        "vehicle bomb": "vehicle_bomb",
        "dynamite": "dynamite",
        "mine": "mine",
        "aerial bomb": "aerial_bomb",
        "grenade": "grenade",
        "molotov cocktail": "molotov",
        "projectile": None,
        "missile": "missile",
        "rocket": "rocket",
        "cutting device": "knife",
        "fire": "fire",
        "stone": "stone",
        "torture": "torture",
        "other": None,
    },
}
"""The set lists of the heads, in the order of their outputs, and the schema's word for each; None for none."""
DEFAULTS = frozenset({"other", "building", "business", "home", "civilian"})
"""Kinds that the words get where no list knows them better."""
SURE, LIKELY, STATED = 0.85, 0.4, 0.7
"""How sure a head must be to overrule a list, to choose a kind where the list has only a default, and to say what
became of somebody. What became of a thing is left to the words: no head may say that it was damaged."""


def refined(claim: Claim, evidence: Evidence) -> Claim:
    """Return a claim with the kind and effect of its people, target or weapon as words and model together tell them."""
    value = claim.value
    if isinstance(value, Victim):
        effect = value.effect or effect_seen(claim.evidence, evidence)
        kind = _kind("victim_type", value.kind, claim, evidence)
        return replace(claim, value=replace(value, kind=kind, effect=effect))
    if isinstance(value, Target):
        return replace(claim, value=replace(value, kind=_kind("target_type", value.kind, claim, evidence)))
    if isinstance(value, Weapon):
        return replace(claim, value=replace(value, kind=_kind("weapon_type", value.kind, claim, evidence)))
    return claim


def _kind(head: str, told: str, claim: Claim, evidence: Evidence) -> str:
    """Return the head's value where it is sure, or likely and the words gave only a default; else what was told."""
    return _seen(head, claim.evidence, evidence, LIKELY if told in DEFAULTS else SURE) or told


def effect_seen(spans: Sequence[Span], evidence: Evidence) -> Effect | None:
    """Return what the model is sure became of the people whom the words name; None where it is not."""
    return cast("Effect | None", _seen("victim_effect", spans, evidence, STATED))


def _seen(head: str, spans: Sequence[Span], evidence: Evidence, least: float) -> str | None:
    """Return the schema's word for the head's likeliest value, where it is at least so likely."""
    shares: Floats = np.mean([evidence.attribute(head, s.start, s.end) for s in spans], 0)
    best = list(HEADS[head].values())[int(shares.argmax())]
    return best if shares.max() >= least else None
