"""Weighs what the rules found against what the model sees: which drafts are incidents, which words fill which slot.

Each question has one row of numbers with named columns; boosted trees (`judge.npz`) make a calibrated probability of
it. They were grown on reports that the model had not seen (training/judge), so that its own certainty is not
overrated. Without evidence there is no judge, and the rules decide alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sayso.extract.incidents.fill import Setting
from sayso.extract.incidents.group import Draft, Grouper
from sayso.extract.incidents.pairs import pair_rows, regroup
from sayso.extract.incidents.roles import Told
from sayso.extract.incidents.rows import SLOT_ROLES, Weighed, fill_rows, incident_row, matrix
from sayso.extract.incidents.seen import Found, Made, add_seen
from sayso.extract.incidents.trees import Trees, trees_of
from sayso.model.evidence import Evidence

FILE = Path(__file__).with_name("judge.npz")
LEAST_INCIDENT, LEAST_FILL, LEAST_PAIR = 0.2, 0.2, 0.5
"""Probabilities from which drafts are kept, values are kept, and groups of words are joined."""


class Judge:
    """The forests and the thresholds; `trace`, where it is a dictionary, keeps the rows for training and reports."""

    def __init__(self) -> None:
        self.trace: dict[str, Any] | None = None
        self.least_incident = LEAST_INCIDENT
        self.least_fill = LEAST_FILL
        self.least_pair = LEAST_PAIR
        self.forests: dict[str, Trees] | None = None

    def forest(self, name: str) -> Trees | None:
        """Return a forest, read when first asked for; None where none is shipped."""
        if self.forests is None:
            self.forests = {}
            if FILE.exists():
                with np.load(FILE, allow_pickle=False) as arrays:
                    self.forests = {part: trees_of(part, arrays) for part in ("pair", "incident", "fill")}
        return self.forests.get(name)


JUDGE = Judge()


def joined(
    setting: Setting, grouper: Grouper, told: Sequence[Told], drafts: Sequence[Draft], evidence: Evidence
) -> list[Draft]:
    """Return the drafts as the pair forest groups them; the rules' own where there is none."""
    forest = JUDGE.forest("pair")
    if JUDGE.trace is None and forest is None:
        return list(drafts)
    pairs = pair_rows(setting, grouper, told, drafts, evidence)
    if JUDGE.trace is not None:
        JUDGE.trace["pairs"] = (told, pairs)
    if forest is None:
        return list(drafts)
    return regroup(told, pairs, lambda rows: forest.probabilities(matrix(rows, forest.names)), JUDGE.least_pair, drafts)


def admitted(
    setting: Setting, weighed: Sequence[Weighed], evidence: Evidence, enough: float
) -> tuple[list[Draft], list[float]]:
    """Return the drafts that are incidents, and the probability of each."""
    drafts = [w.draft for w in weighed]
    rows = [incident_row(setting, w, drafts, evidence) for w in weighed]
    if JUDGE.trace is not None:
        JUDGE.trace["incidents"] = [(w, row) for w, row in zip(weighed, rows, strict=True)]
    forest = JUDGE.forest("incident")
    if forest is None or not rows:
        return drafts, [0.5] * len(drafts)
    chances = [float(p) for p in forest.probabilities(matrix(rows, forest.names))]
    kept = [n for n, p in enumerate(chances) if p >= JUDGE.least_incident]
    return [drafts[n] for n in kept], [chances[n] for n in kept]


def consider(
    setting: Setting, made: Sequence[Made], chances: Sequence[float], evidence: Evidence, found: Found
) -> None:
    """Add what the model sees and the rules missed to the ledgers, and give every claim its probability."""
    add_seen(setting, made, evidence, found)
    drafts, kinds = [m[0] for m in made], [m[1] for m in made]
    claims = [[c for c in m[3].claims("") if c.slot in SLOT_ROLES] for m in made]
    rows = fill_rows(setting, drafts, kinds, claims, chances, evidence)
    if JUDGE.trace is not None:
        JUDGE.trace["fills"] = [
            (made[n][0], kinds[n], list(zip(claims[n], rows[n], strict=True))) for n in range(len(made))
        ]
    if JUDGE.forest("incident") is not None:
        for (_, _, _, ledger), chance in zip(made, chances, strict=True):
            ledger.judge("kind", chance)
    forest = JUDGE.forest("fill")
    flat = [row for own in rows for row in own]
    if forest is None or not flat:
        return
    sure = iter(forest.probabilities(matrix(flat, forest.names)))
    for (_, _, _, ledger), own in zip(made, claims, strict=True):
        ledger.weigh([float(next(sure)) for _ in own], frozenset(SLOT_ROLES), JUDGE.least_fill)
