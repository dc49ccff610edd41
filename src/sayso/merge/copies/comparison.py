"""How sure it is that two articles are copies, and why."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import yaml

from sayso.merge.copies.signatures import SKETCH, Signature
from sayso.model.judgement import Comparison, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts share: `containment` of the shorter in the longer (0-1), and how many runs stand in both."""

    containment: float
    runs: float


def compare(left: Signature, right: Signature) -> Comparison:
    """Return the probability that two texts are copies of one another, with reasons."""
    reasons = _reasons(left, right)
    score = 1 / (1 + math.exp(-sum(reason.weight for reason in reasons)))
    return Comparison(score=score, reasons=tuple(sorted(reasons, key=lambda r: (-abs(r.weight), r.feature))))


def overlap(left: Signature, right: Signature) -> Overlap:
    """Estimate what two texts share from the least numbers of both.

    Below the greatest number that both keep, each keeps all that it has: there the share is counted (Beyer et al.,
    "On synopses for distinct-value estimation", 2007). Exact where both texts have at most `SKETCH` runs.
    """
    short, long = sorted((left, right), key=lambda s: (s.length, s.hashes))
    few, many = (np.frombuffer(s.hashes, dtype="<u4") for s in (short, long))
    limit = min((int(h[-1]) for h, s in ((few, short), (many, long)) if s.length > SKETCH), default=2**32)
    few = few[few <= limit]
    if not len(few):
        return Overlap(containment=0.0, runs=0.0)
    share = float(np.isin(few, many[many <= limit], assume_unique=True).mean())
    return Overlap(containment=share, runs=share * short.length)


def _reasons(left: Signature, right: Signature) -> list[Reason]:
    weights = _weights()
    if not left.digest or not right.digest:
        return [Reason(feature="empty", weight=weights["empty"], words="a text without words is nobody's copy")]
    if left.digest == right.digest:
        exact = "exact" if left.hashes else "exact_short"
        return [Reason(feature=exact, weight=weights[exact], words="the two texts have the same words")]
    if not left.hashes or not right.hashes:
        words = "the texts differ, and one is too short to be told for a copy unless it is exact"
        return [Reason(feature="short", weight=weights["short"], words=words)]
    found = overlap(left, right)
    share = f"{100 * found.containment:.0f} in 100 five-word runs of the shorter text stand in the longer"
    reasons = [
        Reason(
            feature="containment",
            weight=weights["bias"] + weights["containment"] * found.containment,
            words=share,
        )
    ]
    lacking = weights["runs"] * math.log(max(found.runs, 1.0) / weights["enough"])
    if lacking < 0:
        few = f"only about {found.runs:.0f} five-word runs stand in both: a quotation or a standing phrase has as many"
        reasons.append(Reason(feature="runs", weight=lacking, words=few))
    return reasons


@cache
def _weights() -> dict[str, float]:
    text = (resources.files(__name__.rpartition(".")[0]) / "weights.yaml").read_text(encoding="utf-8")
    weights: dict[str, float] = yaml.safe_load(text)
    return weights
