"""Learns data/weights.yaml from pairs of names that people have judged, and says how good it is on pairs held out.

    python -m training.names.fit PAIRS.csv          measure by cross-validation only
    python -m training.names.fit PAIRS.csv --write  and write the table

PAIRS.csv has the columns `schema`, `name1`, `name2`, `is_match`. Pairs that share a name on either side, and pairs that
share one with those, are in one fold. Each weight may have one sign only (SIGNS) and is drawn to what is set by hand in
PRIOR, or to nothing: what few pairs show stays near it.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from sayso.evaluate.names import Row, kind_of, rows_of
from sayso.merge.names import Kind, name_of
from sayso.merge.names.align import align
from sayso.merge.names.findings import FINDERS

FOR = frozenset({"agreement", "evidence", "whole", "acronym", "known"})
"""Findings that speak for one name; all others speak against."""
PRIOR: dict[str, float] = {
    "known": 6.0, "acronym": 3.5, "filial": -4.0, "generation": -4.0, "initials": -1.0, "place": -0.5, "numbers": -0.3,
    "unit": -6.0,
    "honour": -4.0,
    "lone": -1.0,
}  # fmt: skip
PULL = 0.002
FOLDS = 10
SEEDS = 5
TABLE = Path(__file__).parents[2] / "src/sayso/merge/names/data/weights.yaml"
Floats = NDArray[np.float64]


def found_of(row: Row) -> list[float]:
    """Return the values of a pair's findings, in the order of FINDERS."""
    kind = kind_of(row["schema"])
    left, right = sorted((name_of(row["name1"], kind), name_of(row["name2"], kind)), key=lambda name: name.text)
    alignment = align(left, right)
    findings = (find(left, right, alignment) for find in FINDERS[kind].values())
    return [finding.value if finding else 0.0 for finding in findings]


def fitted(values: Floats, truth: Floats, features: list[str]) -> Floats:
    """Return the bias and the weights that fit best."""
    prior = np.array([PRIOR.get(name, 0.0) for name in features])
    bounds = [(None, None), *((0.0, None) if name in FOR else (None, 0.0) for name in features)]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total = weights[0] + values @ weights[1:]
        off = (1 / (1 + np.exp(-total)) - truth) / len(truth)
        away = weights[1:] - prior
        value = np.mean(np.logaddexp(0, total) - truth * total) + PULL / 2 * away @ away
        return float(value), np.concatenate([[off.sum()], values.T @ off + PULL * away])

    start = np.concatenate([[0.0], prior])
    return np.asarray(minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x)


def groups_of(rows: list[Row]) -> list[str]:
    """Return for each pair the name of its group: pairs that share a name, case aside, directly or by others."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for row in rows:
        parent[root(row["name1"].casefold())] = root(row["name2"].casefold())
    return [root(row["name1"].casefold()) for row in rows]


def f1(guessed: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    """Return F1 in per cent."""
    return 200 * float((guessed & truth).sum()) / max(1.0, float(guessed.sum() + truth.sum()))


class Pairs:
    """Judged pairs with their findings."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.values = [np.array(found_of(row)) for row in rows]
        self.truth = np.array([row["is_match"] == "true" for row in rows])
        self.kinds = np.array([kind_of(row["schema"]) for row in rows])
        self.groups = groups_of(rows)

    def fit(self, kind: Kind, where: NDArray[np.bool_]) -> Floats:
        """Return the weights for a kind, from the pairs `where` is true of."""
        chosen = np.flatnonzero(where & (self.kinds == kind))
        values = np.stack([self.values[i] for i in chosen])
        return fitted(values, self.truth[chosen].astype(float), list(FINDERS[kind]))

    def held_out(self, seed: int) -> tuple[NDArray[np.bool_], NDArray[np.int_]]:
        """Return what is guessed of each pair by weights from the other folds, and each pair's fold."""
        groups = sorted(set(self.groups))
        random.Random(seed).shuffle(groups)
        number = {group: i % FOLDS for i, group in enumerate(groups)}
        folds = np.array([number[group] for group in self.groups])
        guessed = np.zeros(len(self.rows), bool)
        for fold in range(FOLDS):
            for kind in FINDERS:
                weights = self.fit(kind, folds != fold)
                for i in np.flatnonzero((folds == fold) & (self.kinds == kind)):
                    guessed[i] = weights[0] + self.values[i] @ weights[1:] > 0
        return guessed, folds


def report(pairs: Pairs) -> None:
    """Print F1 on pairs held out, by fold, by schema and by case group."""
    totals = []
    for seed in range(SEEDS):
        guessed, folds = pairs.held_out(seed)
        totals.append(f1(guessed, pairs.truth))
        each = [f1(guessed[folds == fold], pairs.truth[folds == fold]) for fold in range(FOLDS)]
        print(f"seed {seed}: F1 {totals[-1]:.1f}   folds {' '.join(f'{value:.0f}' for value in each)}")
        if seed == 0:
            for column in ("schema", "case_group"):
                of = np.array([row.get(column, "") for row in pairs.rows])
                for value in sorted(set(of)):
                    part = of == value
                    print(f"    {column} {value}: F1 {f1(guessed[part], pairs.truth[part]):.1f} of {part.sum()}")
    print(f"mean F1 {np.mean(totals):.1f}")


def table_of(pairs: Pairs) -> str:
    """Return the table of weights as YAML, each with what it weighs."""
    lines = [
        "# What each finding of a comparison of names weighs, in log-odds, times its value (0-1 mostly); `bias` is",
        "# what is there before anything is found. Written by training/names/fit.py: a logistic regression over judged",
        "# pairs, each weight with one sign and drawn to what is set by hand there. The findings stand in",
        "# src/sayso/merge/names/findings.py.",
    ]
    for kind, finders in FINDERS.items():
        weights = pairs.fit(kind, np.ones(len(pairs.rows), bool))
        lines += [f"{kind}:", f"  bias: {weights[0]:.2f}"]
        for (feature, find), weight in zip(finders.items(), weights[1:], strict=True):
            said = (find.__doc__ or "").splitlines()[0].rstrip(".")
            lines.append(f"  {feature}: {weight + 0.0:.2f}  # {said[0].lower()}{said[1:]}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and write the table where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    pairs = Pairs(rows_of(options.pairs))
    report(pairs)
    if options.write:
        TABLE.write_text(table_of(pairs), encoding="utf-8")


if __name__ == "__main__":
    main()
