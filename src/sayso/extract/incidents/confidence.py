"""From what the forests say to the confidence of a claim: the chance that it is right, its incident included.

The forest of fills was grown on drafts that are incidents, so what it says holds only where the draft is one. A
logistic curve a slot (Platt 1999) puts the two together: base + own * log-odds of the claim + shared * log-odds of its
incident. The curves ship beside the forests; training/judge/calibrate.py fits them, and docs/calibration.md shows how
well they hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sayso.model.claim import Claim, Quantity

Curves = Mapping[str, tuple[float, float, float]]
"""Base, own and shared weight by slot; `counts` for numbers of people; an empty name for slots without their own."""
COUNTS = "counts"
COUNTED = ("killed", "wounded", "abducted", "arrested", "attackers_killed", "attackers_wounded")
"""Slots whose numbers of people share one curve; keys count the first three only."""
EDGE = 0.01
"""How near to 0 and 1 a probability is taken: the forests' own range."""
_PREFIX = "curves/"


def curves_of(arrays: Mapping[str, Any]) -> Curves:
    """Return the curves kept in an opened file of arrays; none where it has none."""
    kept = {key.removeprefix(_PREFIX): arrays[key] for key in arrays if key.startswith(_PREFIX)}
    return {slot: (float(base), float(own), float(shared)) for slot, (base, own, shared) in kept.items()}


def kept(curves: Curves) -> dict[str, Any]:
    """Return curves as the arrays of a file."""
    return {_PREFIX + slot: np.array(weights, np.float32) for slot, weights in curves.items()}


def curve_name(slot: str) -> str:
    """Return the name of the curve of a slot."""
    return COUNTS if slot in COUNTED else slot


def confidence(slot: str, own: float, chance: float, curves: Curves) -> float:
    """Return the chance that a claim is right, from what is thought of it (`own`) and of its incident (`chance`)."""
    base, weight, shared = curves.get(curve_name(slot), curves[""])
    return float(1 / (1 + np.exp(-(base + weight * log_odds(own) + shared * log_odds(chance)))))


def sure(claim: Claim, chance: float, curves: Curves, judged: frozenset[str]) -> Claim:
    """Return a claim with its confidence where its slot is among those `judged`, or it counts people; else as it is."""
    counts = claim.slot in COUNTED and isinstance(claim.value, Quantity)
    if not curves or not (claim.slot in judged or counts):
        return claim
    return replace(claim, confidence=round(confidence(claim.slot, claim.confidence, chance, curves), 3))


def log_odds(p: float) -> float:
    """Return the log-odds of a probability, the ends cut off."""
    p = min(max(p, EDGE), 1 - EDGE)
    return float(np.log(p / (1 - p)))
