"""Grow the coder's scorers on reports that the encoder has not seen, and measure the whole by MUC-4's own scorer.

`python -m training.coder.train --work DIR --data DIR --evidence FILE... --judge FOLDS --out coder.npz`
"""

from __future__ import annotations

import argparse
import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from sayso.evaluate.coder.clusters import Cluster, cluster_rows, grouped, pair_rows
from sayso.evaluate.coder.code import (
    CONSIDERED,
    attributes_to_weigh,
    describe,
    filled,
    pairs_to_describe,
    setting,
    template,
)
from sayso.evaluate.coder.fills import Fill, candidates, fill_rows
from sayso.evaluate.coder.mentions import CONTENT, KINDS, SLOT, Sight, mention_rows, sight_of
from sayso.evaluate.coder.scorer import Row, Scorer, squeezed
from sayso.evaluate.coder.settings import days_offered, places_offered, setting_rows
from sayso.evaluate.coder.values import SLOT as VALUE_SLOT
from sayso.evaluate.coder.values import description_row, value_rows
from sayso.evaluate.muc4 import measures
from sayso.evaluate.muc4 import score as table
from sayso.evaluate.muc4_format import Template, lists
from sayso.evaluate.muc4_score import date_credit, location_credit, string_credit
from sayso.evaluate.muc4_templates import render
from sayso.extract.incidents.confidence import curves_of
from sayso.extract.incidents.judge import JUDGE, PARTS
from sayso.extract.incidents.trees import Trees
from training.coder.gold import Known, align, chosen, matched, template_kinds, templates_of
from training.extractor.corpus import Report, load
from training.extractor.examples import fold_of
from training.extractor.predict import load_evidence
from training.judge.measure import key_blocks
from training.judge.train import SETTINGS, arrays_of, auc, trace
from training.judge.train import saved as forests

FOLDS = 5
STRENGTH = 0.02
"""Inverse of the ridge on the linear models."""
SHAPES: dict[str, dict[str, Any]] = {
    "mention": {"max_iter": 150, "max_leaf_nodes": 12, "max_features": 0.3},
    "pair": {"max_iter": 150, "max_leaf_nodes": 10, "max_features": 0.3},
    "cluster": {"max_iter": 100, "max_leaf_nodes": 8, "max_features": 0.3},
    "fill": {"max_iter": 160, "max_leaf_nodes": 12, "max_features": 0.3},
    "described": {"max_iter": 60, "max_leaf_nodes": 6},
    "value": {"max_iter": 150, "max_leaf_nodes": 10},
    "where": {"max_iter": 120, "max_leaf_nodes": 10, "max_features": 0.3},
    "when": {"max_iter": 120, "max_leaf_nodes": 10, "max_features": 0.3},
}


@dataclass
class Case:
    """One report on its way through the steps."""

    report: Report
    sight: Sight
    fold: int
    known: Known
    clusters: list[Cluster] = field(default_factory=list)
    templates: list[int] = field(default_factory=list)
    fills: dict[int, list[Fill]] = field(default_factory=dict)

    def considered(self) -> list[int]:
        """Return the clusters whose slots are worth filling."""
        return [n for n, c in enumerate(self.clusters) if c.chance >= CONSIDERED or self.templates[n] >= 0]

    def template(self, n: int) -> Template | None:
        """Return the template of cluster `n`; None for none."""
        return self.report.templates[self.templates[n]] if self.templates[n] >= 0 else None


@dataclass
class Asked:
    """Rows of one question with their answers: 1, 0, or -1 where the key does not tell."""

    rows: list[Row] = field(default_factory=list)
    gold: list[int] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)

    def add(self, row: Row, gold: int, fold: int) -> None:
        """Add one row."""
        self.rows.append(row)
        self.gold.append(gold)
        self.folds.append(fold)


def grow(name: str, asked: Asked) -> tuple[Scorer, list[Scorer]]:
    """Return the scorer of all rows whose answer is known, and those that leave out a fold each."""
    names = sorted(asked.rows[0])
    known = [n for n, y in enumerate(asked.gold) if y >= 0]
    x = np.array([[asked.rows[n][c] for c in names] for n in known], np.float32)
    y, g = np.array(asked.gold)[known], np.array(asked.folds)[known]
    odds = np.zeros((len(y), 2))
    parts = []
    for k in range(FOLDS):
        parts.append(_fit(name, x[g != k], y[g != k], names))
        if (g == k).any():
            trees, weights, bias = parts[-1]
            odds[g == k] = np.stack([trees.odds(x[g == k]), squeezed(x[g == k]) @ weights + bias], 1)
    line = LogisticRegression(C=1e3).fit(odds.mean(1)[:, None], y)
    slope, shift = float(line.coef_[0, 0]), float(line.intercept_[0])

    def made(part: tuple[Trees, np.ndarray, float]) -> Scorer:
        return Scorer(trees=part[0], weights=part[1], bias=part[2], slope=slope, shift=shift)

    areas = [auc(y, o) for o in (odds[:, 0], odds[:, 1], odds.mean(1))]
    print(
        f"{name}: {len(y)} rows, {y.sum()} right, AUC trees {areas[0]:.3f}, linear {areas[1]:.3f}, both {areas[2]:.3f}"
    )
    return made(_fit(name, x, y, names)), [made(p) for p in parts]


def _fit(name: str, x: np.ndarray, y: np.ndarray, names: Sequence[str]) -> tuple[Trees, np.ndarray, float]:
    model = HistGradientBoostingClassifier(**{**SETTINGS, **SHAPES[name]}).fit(x, y)
    z = squeezed(x)
    mean, scale = z.mean(0), z.std(0) + 1e-6
    linear = LogisticRegression(C=STRENGTH, max_iter=400).fit((z - mean) / scale, y)
    weights = linear.coef_[0] / scale
    return arrays_of(model, names, _Plain()), weights, float(linear.intercept_[0] - mean @ weights)


class _Plain:
    """Stands where the judge's forests have a table of probabilities: a scorer's odds have their own line."""

    X_thresholds_ = y_thresholds_ = np.zeros(1)


Grown = dict[str, tuple[Scorer, list[Scorer]]]


def mention_step(cases: Sequence[Case], grown: Grown) -> None:
    """Grow the scorer of mentions and give each its chances."""
    asked, rows_of = Asked(), []
    for case in cases:
        kinds, rows = template_kinds(case.report), mention_rows(case.sight)
        rows_of.append(rows)
        for n, told in enumerate(case.known):
            for k, kind in enumerate(KINDS):
                gold = -1 if told is None else int(any(kinds[t] == kind for t in told))
                asked.add(rows[n * len(KINDS) + k], gold, case.fold)
    grown["mention"] = grow("mention", asked)
    for case, rows in zip(cases, rows_of, strict=True):
        chances = grown["mention"][1][case.fold].probabilities(rows).reshape(-1, len(KINDS))
        for m, own in zip(case.sight.mentions, chances, strict=True):
            m.chances = own


def pair_step(cases: Sequence[Case], grown: Grown) -> None:
    """Grow the scorer of pairs on mentions that fill slots, one of them at least of a template of the kind."""
    asked = Asked()
    for case in cases:
        kinds = template_kinds(case.report)
        for k, kind in enumerate(KINDS):
            own = {t for t, x in enumerate(kinds) if x == kind}
            nodes = [
                (m, told & own)
                for m, told in zip(case.sight.mentions, case.known, strict=True)
                if m.role in CONTENT and told and m.chances[k] > 0.05
            ]
            rows = iter(pair_rows(case.sight, [m for m, _ in nodes], k))
            for i, (_, x) in enumerate(nodes):
                for _, y in nodes[i + 1 :]:
                    row = next(rows)
                    if x or y:
                        asked.add(row, int(bool(x & y)), case.fold)
    grown["pair"] = grow("pair", asked)


def cluster_step(cases: Sequence[Case], grown: Grown) -> None:
    """Bring the mentions together, and grow the scorer of what that makes."""
    asked = Asked()
    for case in cases:
        case.clusters = grouped(case.sight, grown["pair"][1][case.fold])
        case.templates = align(case.report, case.sight, case.clusters, case.known)
        for t, row in zip(case.templates, cluster_rows(case.sight, case.clusters), strict=True):
            asked.add(row, int(t >= 0), case.fold)
    grown["cluster"] = grow("cluster", asked)
    rows = iter(asked.rows)
    for case in cases:
        own = [next(rows) for _ in case.clusters]
        for c, p in zip(case.clusters, grown["cluster"][1][case.fold].probabilities(own), strict=True):
            c.chance = float(p)
    missing = sum(len(set(range(len(c.report.templates))) - set(c.templates)) for c in cases)
    print("templates without a cluster:", missing, "of", sum(len(c.report.templates) for c in cases), flush=True)


def fill_step(cases: Sequence[Case], grown: Grown) -> None:
    """Grow the scorer of fills and give each its chance."""
    asked = Asked()
    for case in cases:
        for n in case.considered():
            fills = candidates(case.sight, case.clusters[n])
            rows = fill_rows(case.sight, case.clusters, n, fills)
            t = case.template(n)
            rank = [row["chance here"] + 0.3 * row["in"] for row in rows]
            gold = chosen(t, fills, rank) if t else [-1] * len(fills)
            for row, y in zip(rows, gold, strict=True):
                asked.add(row, y, case.fold)
    grown["fill"] = grow("fill", asked)
    for case in cases:
        for n in case.considered():
            case.fills[n] = filled(case.sight, case.clusters, n, {"fill": grown["fill"][1][case.fold]})


def value_step(cases: Sequence[Case], grown: Grown) -> None:
    """Grow the scorers of descriptions and values."""
    asked = Asked()
    for case in cases:
        for n, fills in case.fills.items():
            t = case.template(n)
            for f, name, names in pairs_to_describe(fills):
                own, theirs = (matched(t, SLOT[x.role], x.words) if t else None for x in (f, name))
                gold = -1
                if t and own is not None and theirs is not None:
                    gold = int(any(v in t.slots[18][theirs].values for v in t.slots[19][own].refers))
                asked.add(description_row(case.sight, f, name, names), gold, case.fold)
    grown["described"] = grow("described", asked)
    asked = Asked()
    nobody: dict[str, Any] = {"value": _Nothing()}
    for case in cases:
        scorers = nobody | {"described": grown["described"][1][case.fold]}
        for n, fills in case.fills.items():
            t, c = case.template(n), case.clusters[n]
            describe(case.sight, c, fills, scorers)
            for f, head, also in attributes_to_weigh(fills):
                told: set[str] | None = None
                if t and matched(t, SLOT[f.role], f.words) is not None:
                    given = t.slots.get(VALUE_SLOT[head], ())
                    told = {
                        v for fill in given for r in fill.refers if string_credit((r,), (f.words.lower(),)) > 0
                        for v in fill.values
                    }  # fmt: skip
                for value, row in value_rows(case.sight, c, f, head, also):
                    asked.add(row, -1 if told is None else int(value in told), case.fold)
    grown["value"] = grow("value", asked)


class _Nothing:
    """A scorer that knows nothing."""

    def probabilities(self, rows: Sequence[Row]) -> np.ndarray:
        """Return zeros."""
        return np.zeros(len(rows))


def setting_step(cases: Sequence[Case], grown: Grown) -> None:
    """Grow the scorers of places and days."""
    for side, slot, credit in (("where", 3, location_credit), ("when", 2, date_credit)):
        asked = Asked()
        for case in cases:
            offered = places_offered(case.sight) if side == "where" else days_offered(case.sight)
            for n in case.considered():
                t = case.template(n)
                given = t.slots.get(slot, ()) if t else ()
                rows = setting_rows(case.sight, case.clusters[n], side, offered)  # type: ignore[arg-type]
                for fill, row in zip(offered, rows, strict=True):
                    gold = max(credit(v, fill.lower()) for v in given[0].values) if given else -1
                    asked.add(row, -1 if gold < 0 else int(gold == 1.0), case.fold)
        grown[side] = grow(side, asked)


def finish(cases: Sequence[Case], grown: Grown) -> dict[int, list[tuple[Cluster, list[Fill], tuple[str, str]]]]:
    """Return what each report's templates are made of, by scorers that did not see it."""
    out: dict[int, list[tuple[Cluster, list[Fill], tuple[str, str]]]] = {}
    for at, case in enumerate(cases):
        scorers = {name: folds[case.fold] for name, (_, folds) in grown.items()}
        out[at] = []
        for n, fills in case.fills.items():
            c = case.clusters[n]
            for f in fills:
                f.name, f.values = None, {}
            describe(case.sight, c, fills, scorers)
            out[at].append((c, fills, setting(case.sight, c, scorers)))
    return out


def scored(cases: Sequence[Case], made: dict[int, Any], blocks: dict[str, str], full: bool = False) -> dict[str, float]:
    """Return the task's measures at the thresholds of the adapter."""
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder) / "gold", Path(folder) / "out"
        gold.write_text("".join(blocks[c.report.id.upper()] for c in cases), encoding="latin-1")
        with out.open("w", encoding="latin-1", errors="replace") as file:
            for n, case in enumerate(cases):
                kept = [x for x in made[n] if x[0].chance >= lists()["coder"]["cluster"]]
                found = [t for c, fills, where in kept if (t := template(case.sight, c, fills, where))]
                file.write(render(case.report.id, found) + "\n")
        if full:
            print(table(gold, out), flush=True)
        return measures(gold, out)


def cases_of(work: Path, evidence: Sequence[Path], judge: Path) -> list[Case]:
    """Return the reports as read with what the other half's encoder sees and by forests that did not see them."""
    seen: dict[Any, Any] = {}
    for path in evidence:
        seen |= load_evidence(path)
    forests = [dict(zip(PARTS, f, strict=True)) for f in zip(*pickle.loads(judge.read_bytes()), strict=True)]
    with np.load(judge.with_suffix(".npz"), allow_pickle=False) as arrays:
        JUDGE.curves = curves_of(arrays)
    found = []
    for part in ("dev", "tst1"):
        for r in load(work / f"muc4-{part}.pkl"):
            if (r.set, r.id) not in seen:
                continue
            fold = fold_of("x" + r.id, FOLDS)
            JUDGE.forests = forests[fold]
            reading = replace(r.reading, incidents=trace(r, seen[r.set, r.id])["result"])
            sight = sight_of(reading, r.analysis, seen[r.set, r.id], r.row["day"])
            found.append(Case(r, sight, fold, templates_of(r, sight)))
    return found


STEPS = (mention_step, pair_step, cluster_step, fill_step, value_step, setting_step)


def main() -> None:
    """Grow, measure and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--evidence", type=Path, nargs="+", required=True)
    parser.add_argument("--judge", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    cases = cases_of(args.work, args.evidence, args.judge)
    grown: Grown = {}
    for step in STEPS:
        step(cases, grown)
    np.savez_compressed(args.out, **saved({name: whole for name, (whole, _) in grown.items()}))
    made, blocks = finish(cases, grown), key_blocks(args.data)
    for least in (0.27, 0.31, 0.35):
        lists()["coder"]["cluster"] = least
        m = scored(cases, made, blocks, full=least == 0.31)
        print(least, {k: round(m[k], 2) for k in ("f", "precision", "recall", "message: template")}, flush=True)


def saved(scorers: dict[str, Scorer]) -> dict[str, Any]:
    """Return scorers as the arrays of one file."""
    out = forests({f"{name}/trees": s.trees for name, s in scorers.items()})
    for name, s in scorers.items():
        out[f"{name}/weights"] = s.weights.astype(np.float64)
        out[f"{name}/numbers"] = np.array([s.bias, s.slope, s.shift])
    return out


if __name__ == "__main__":
    main()
