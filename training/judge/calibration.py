"""How sure a reading is of its claims against how often they are right, and the curves that bring the two together.

A claim's confidence is the chance that the key of the report has that value for the incident told: the value must be
right, and the incident be one. The judge weighs the two apart (the fill forest saw only drafts that are incidents), so
they are put together here: by slot, a logistic curve over the log-odds of both, fitted on readings by forests that had
not seen the report, and shipped with them as three numbers a slot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sayso.evaluate.gvdb import gold_record
from sayso.extract.incidents.confidence import COUNTED, Curves, confidence, curve_name, log_odds
from sayso.extract.incidents.rows import SLOTS
from sayso.model.claim import Label, Quantity
from sayso.model.incident import Incident
from training.extractor.corpus import Report
from training.extractor.examples import fold_of
from training.extractor.labels import KINDS, kind_of, muc_kind, muc_labels
from training.judge.counts import right_count
from training.judge.gold import right, right_gvdb, score

ENOUGH = 1.5
"""How well an incident must fit a template to be it (as when the forests are grown)."""
FOUGHT = frozenset({"attack", "bombing", "arson"})
"""Kinds that tell one act by different words: MUC-4's coders put a grenade under either of the first two."""
COUNTS = ("killed", "wounded", "abducted")
WEIGHED = ("kind", "stage", *SLOTS)
"""Slots that have a curve of their own; the judge weighs all of them but the stage."""

PULL = 10.0
"""How strongly a slot's weights are drawn to those of all slots, in claims of even odds."""
FEW = 100
"""Checked claims that a slot needs for a curve of its own."""
FOLDS, BINS = 5, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One claim of a reading, and whether the key has it. `chance` is the incident's own, as the judge saw it."""

    set: str
    report: str
    slot: str
    confidence: float
    chance: float
    right: bool
    maker: str = ""


def checked(report: Report, happened: Iterable[Incident]) -> list[Checked]:
    """Return the claims of a reading that the key of its report can tell right from wrong."""
    return list(_by_templates(report, happened) if report.set.startswith("muc4") else _by_record(report, happened))


def _by_templates(report: Report, happened: Iterable[Incident]) -> Iterable[Checked]:
    a, told = report.analysis, _told(report)
    for incident in happened:
        if not muc_kind(incident.kind):
            continue
        sentences = {a.sentence_of(a.token_at(m.trigger.start)) for m in incident.mentions}
        claims = [c for c in incident.claims if c.slot in SLOTS]
        fits = [score(incident.kind, claims, sentences, t, told.get(n, set())) for n, t in enumerate(report.templates)]
        best = int(np.argmax(fits)) if fits else -1
        template = report.templates[best] if fits and fits[best] >= ENOUGH else None
        chance = _chance(incident)
        for claim in incident.claims:
            if claim.slot == "kind":
                gold = template and kind_of(v for fill in template.slots.get(4, ()) for v in fill.values)
                mine = muc_kind(incident.kind)
                hit = gold is not None and (mine == KINDS[gold] or {mine, KINDS[gold]} <= FOUGHT)
            elif claim.slot == "stage" and isinstance(claim.value, Label):
                told_stage = template and {v for fill in template.slots.get(5, ()) for v in fill.values}
                hit = bool(told_stage) and claim.value.value in (told_stage or ())
            elif claim.slot in SLOTS:
                hit = template is not None and right(claim, template)
            elif claim.slot in COUNTS and isinstance(claim.value, Quantity) and claim.stance == "asserts":
                known = right_count(claim.slot, claim.value, template) if template else False
                if known is None:
                    continue
                hit = known
            else:
                continue
            yield Checked(set="muc4", report=report.id, slot=claim.slot, confidence=claim.confidence, chance=chance,
                          right=hit, maker=claim.maker)  # fmt: skip


def _by_record(report: Report, happened: Iterable[Incident]) -> Iterable[Checked]:
    """A row of GVDB tells of one shooting: a claim of any incident is right where the row has its value."""
    record = gold_record(json.dumps(report.row["json"]))
    for incident in happened:
        if incident.background:
            continue
        for claim in incident.claims:
            hit = right_gvdb(claim, record) if claim.slot in SLOTS else None
            if hit is not None:
                yield Checked(set="gvdb", report=report.id, slot=claim.slot, confidence=claim.confidence,
                              chance=_chance(incident), right=hit, maker=claim.maker)  # fmt: skip


def _told(report: Report) -> dict[int, set[int]]:
    told: dict[int, set[int]] = {}
    for s, kinds in muc_labels(report).evidence.items():
        for templates in kinds.values():
            for t in templates:
                told.setdefault(t, set()).add(s)
    return told


def curves(found: Sequence[Checked]) -> dict[str, tuple[float, float, float]]:
    """Return the curve of each slot, and under an empty name that of all weighed claims together.

    The weights of a slot are drawn towards those of all: few claims move them little.
    """
    all_weighed = [c for c in found if c.slot in WEIGHED]
    whole = _fitted(all_weighed, np.zeros(3), one=False)
    made = {"": whole}
    for name in dict.fromkeys(curve_name(slot) for slot in (*WEIGHED, *COUNTED)):
        own = [c for c in found if curve_name(c.slot) == name]
        if len(own) >= FEW and len({c.right for c in own}) == 2:
            made[name] = _fitted(own, whole, one=name == "kind")
    return {name: (float(w[0]), float(w[1]), float(w[2])) for name, w in made.items()}


def calibrated(found: Sequence[Checked], drawn: Curves) -> list[Checked]:
    """Return the claims with the confidence that the curves give them."""
    return [replace(c, confidence=confidence(c.slot, c.confidence, c.chance, drawn)) for c in found]


def crossed(found: Sequence[Checked]) -> list[Checked]:
    """Return the claims with the confidence of curves that did not see their report."""
    out: list[Checked] = []
    for k in range(FOLDS):
        inside = [fold_of("c" + c.report, FOLDS) == k for c in found]
        drawn = curves([c for c, mine in zip(found, inside, strict=True) if not mine])
        out += calibrated([c for c, mine in zip(found, inside, strict=True) if mine], drawn)
    return out


def _fitted(found: Sequence[Checked], prior: np.ndarray, one: bool) -> np.ndarray:
    """Return the logistic curve of least loss, its two weights drawn a little towards the prior's (Newton's method).

    `one`: only the claim's own log-odds count, as its incident's are the same.
    """
    x = np.array([[1.0, log_odds(c.confidence), 0.0 if one else log_odds(c.chance)] for c in found])
    y = np.array([c.right for c in found], float)
    to = np.array([0.0, prior[1], 0.0 if one else prior[2]])
    w, pull = to.copy(), np.diag([1e-6, PULL, PULL])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + pull, x.T @ (p - y) + pull @ (w - to))
    return w


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Claims of like confidence: how many, their mean confidence, and the share that is right."""

    count: int
    confidence: float
    right: float


def bins(found: Sequence[Checked]) -> list[Bin]:
    """Return the claims in bins of equal width; empty bins are left out."""
    p, y = _numbers(found)
    at = _bin(p, mass=False)
    groups = [at == k for k in range(BINS) if (at == k).any()]
    return [Bin(count=int(g.sum()), confidence=float(p[g].mean()), right=float(y[g].mean())) for g in groups]


def calibration_error(found: Sequence[Checked], mass: bool = False) -> float:
    """Return the expected calibration error (Naeini et al. 2015): the bins' mean gap, weighted by their claims.

    The bins are of equal width or, with `mass`, of equal numbers.
    """
    p, y = _numbers(found)
    return float(_error(p, y[None], _bin(p, mass))[0])


def expected_error(found: Sequence[Checked], rounds: int = 200) -> float:
    """Return the error that as many claims show where every confidence is exactly right: the mean of random draws."""
    p, _ = _numbers(found)
    draws = np.random.default_rng(0).random((rounds, len(p))) < p
    return float(_error(p, draws.astype(float), _bin(p, mass=False)).mean())


def _numbers(found: Sequence[Checked]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([c.confidence for c in found]), np.array([c.right for c in found], float)


def _bin(p: np.ndarray, mass: bool) -> np.ndarray:
    """Return the bin of each confidence."""
    if not mass:
        return np.minimum((p * BINS).astype(int), BINS - 1)
    at = np.empty(len(p), int)
    at[np.argsort(p, kind="stable")] = np.arange(len(p)) * BINS // max(1, len(p))
    return at


def _error(p: np.ndarray, hits: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Return the error of each row of `hits` [rounds, claims]."""
    member = (at[:, None] == np.arange(BINS)).astype(float)
    return np.abs((p - hits) @ member).sum(axis=1) / max(1, len(p))


def _chance(incident: Incident) -> float:
    return max((c.confidence for c in incident.of("kind")), default=0.5)
