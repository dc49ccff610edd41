"""Grow the judge's forests from reports that the model has not seen, and measure the whole by MUC-4's own scorer."""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression

from sayso.evaluate.gvdb import gold_record
from sayso.evaluate.muc4_format import lists
from sayso.extract.incidents import incidents
from sayso.extract.incidents.judge import JUDGE, PARTS
from sayso.extract.incidents.rows import matrix, sentences_of
from sayso.extract.incidents.trees import Trees
from training.extractor.corpus import Report, load
from training.extractor.examples import fold_of
from training.extractor.labels import muc_labels
from training.extractor.predict import load_evidence
from training.judge.atoms import owners
from training.judge.gold import chosen, right, right_gvdb, score
from training.judge.measure import gvdb_score, key_blocks, muc_score

ENOUGH = 1.5


def trace(report: Report, evidence: Any) -> dict[str, Any]:
    """Return the rows of a report as the pipeline makes them."""
    JUDGE.trace = {}
    r = report.reading
    JUDGE.trace["result"] = incidents(r.article, report.analysis, r.entities, r.times, r.places, r.statements, evidence)
    found, JUDGE.trace = JUDGE.trace, None
    return found


def align(report: Report, found: dict[str, Any]) -> list[int]:
    """Return the template of each candidate, -1 for none."""
    labels = muc_labels(report)
    told: dict[int, set[int]] = {}
    for s, kinds in labels.evidence.items():
        for ts in kinds.values():
            for t in ts:
                told.setdefault(t, set()).add(s)
    out = []
    for draft, kind, claims in found.get("fills", []):
        each = [
            score(kind, [c for c, _ in claims], set(sentences_of(draft)), t, told.get(n, set()))
            for n, t in enumerate(report.templates)
        ]
        best = int(np.argmax(each)) if each else -1
        out.append(best if each and each[best] >= ENOUGH else -1)
    return out


SETTINGS: dict[str, Any] = {
    "learning_rate": 0.06,
    "min_samples_leaf": 20,
    "l2_regularization": 5.0,
    "random_state": 0,
    "early_stopping": False,
}
SHAPES: dict[str, dict[str, Any]] = {
    "pair": {"max_iter": 120, "max_leaf_nodes": 10, "max_features": 0.2},
    "incident": {"max_iter": 90, "max_leaf_nodes": 8},
    "fill": {"max_iter": 150, "max_leaf_nodes": 12},
    "again": {"max_iter": 120, "max_leaf_nodes": 10},
}
FOLDS = 5
Rows = list[dict[str, float]]


def grow(name: str, rows: Rows, gold: list[int], groups: list[int]) -> tuple[Trees, list[Trees], np.ndarray]:
    """Return the forest of all rows, those that leave out a group each, and the probabilities that these give."""
    names = sorted(rows[0])
    x, y, g = matrix(rows, names), np.array(gold), np.array(groups)
    odds, models = np.zeros(len(y)), []
    for k in range(FOLDS):
        models.append(HistGradientBoostingClassifier(**SETTINGS, **SHAPES[name]).fit(x[g != k], y[g != k]))
        if (g == k).any():
            odds[g == k] = models[-1].decision_function(x[g == k])
    iso = IsotonicRegression(out_of_bounds="clip", y_min=0.01, y_max=0.99).fit(odds, y)
    whole = HistGradientBoostingClassifier(**SETTINGS, **SHAPES[name]).fit(x, y)
    print(f"{name}: {len(y)} rows, {y.sum()} right, AUC {auc(y, odds):.3f}", flush=True)
    return arrays_of(whole, names, iso), [arrays_of(m, names, iso) for m in models], iso.predict(odds)


def arrays_of(model: Any, names: Sequence[str], iso: Any) -> Trees:
    """Return a fitted classifier as arrays."""
    parts: dict[str, list[Any]] = {k: [] for k in ("feature", "threshold", "left", "right", "value")}
    roots, base = [], 0
    for (grown,) in model._predictors:
        nodes = grown.nodes
        roots.append(base)
        leaf = nodes["is_leaf"].astype(bool)
        parts["feature"].append(np.where(leaf, -1, nodes["feature_idx"]).astype(np.int16))
        parts["threshold"].append(nodes["num_threshold"].astype(np.float32))
        parts["left"].append((nodes["left"] + base).astype(np.int32))
        parts["right"].append((nodes["right"] + base).astype(np.int32))
        parts["value"].append(np.where(leaf, nodes["value"], 0).astype(np.float32))
        base += len(nodes)
    joined = {k: np.concatenate(v) for k, v in parts.items()}
    return Trees(
        names=tuple(names),
        roots=np.array(roots, np.int32),
        baseline=float(np.ravel(model._baseline_prediction)[0]),
        knots=iso.X_thresholds_.astype(np.float32),
        levels=iso.y_thresholds_.astype(np.float32),
        **joined,
    )


def saved(forests: dict[str, Trees]) -> dict[str, Any]:
    """Return forests as the arrays of one file."""
    fields = ("names", "feature", "threshold", "left", "right", "value", "roots", "baseline", "knots", "levels")
    return {f"{name}/{f}": np.array(getattr(forest, f)) for name, forest in forests.items() for f in fields}


def auc(y: np.ndarray, p: np.ndarray) -> float:
    """Return the area under the curve."""
    order = np.argsort(p)
    rank = np.empty(len(p))
    rank[order] = np.arange(1, len(p) + 1)
    n = y.sum()
    return float((rank[y == 1].sum() - n * (n + 1) / 2) / max(n * (len(y) - n), 1))


def pair_gold(report: Report, found: dict[str, Any]) -> list[tuple[dict[str, float], int]]:
    """Return the rows of the pairs whose templates are known, and whether they share one."""
    if "pairs" not in found:
        return []
    setting, told, pairs = found["pairs"]
    own = owners(report, setting, told, muc_labels(report))
    return [
        (row, int(bool(x & y)))
        for i, j, row in pairs
        if (x := own[i]) is not None and (y := own[j]) is not None and (x or y)
    ]


def main() -> None:
    """Grow and save the forests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--evidence", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    seen: dict[Any, Any] = {}
    for path in args.evidence:
        seen |= load_evidence(path)
    reports = [r for part in ("dev", "tst1") for r in load(args.work / f"muc4-{part}.pkl") if (r.set, r.id) in seen]
    shootings = [r for r in load(args.work / "gvdb.pkl") if (r.set, r.id) in seen]
    group = {r.id: fold_of("x" + r.id, FOLDS) for r in reports + shootings}
    blocks = key_blocks(args.data)
    print(len(reports), "reports", sum(len(r.templates) for r in reports), "templates", flush=True)

    def traced(forests: list[dict[str, Trees]], which: list[Report] = reports) -> list[tuple[Report, dict[str, Any]]]:
        out = []
        for r in which:
            JUDGE.forests = forests[group[r.id]]
            out.append((r, trace(r, seen[r.set, r.id])))
        return out

    JUDGE.least_incident, JUDGE.least_fill = 0.0, 0.0
    by_rules = muc_score(reports, {r.id: replace(r.reading, incidents=_by_rules(r)) for r in reports}, blocks)
    if shootings:
        print("rules", gvdb_score(shootings, {r.id: replace(r.reading, incidents=_by_rules(r)) for r in shootings}))
    print("rules", {k: round(by_rules[k], 2) for k in ("f", "precision", "recall", "message: template")}, flush=True)
    first = traced([{}] * FOLDS)
    rows = [(row, y, group[r.id]) for r, found in first for row, y in pair_gold(r, found)]
    pair, pairs, _ = grow("pair", *map(list, zip(*rows, strict=True)))
    second = traced([{"pair": p} for p in pairs])
    incident_rows, fill_rows_, missed = [], [], 0
    for r, found in second:
        which = align(r, found)
        missed += len(set(range(len(r.templates))) - set(which))
        for (_, row), t in zip(found.get("incidents", []), which, strict=True):
            incident_rows.append((row, int(t >= 0), group[r.id]))
        for t, (_, _, claims) in zip(which, found.get("fills", []), strict=True):
            if t >= 0:
                fill_rows_ += [(row, int(right(c, r.templates[t])), group[r.id]) for c, row in claims]
    print("templates without a candidate:", missed, flush=True)
    for r, found in traced([{"pair": p} for p in pairs], shootings):
        record = gold_record(json.dumps(r.row["json"]))
        for (w, row), (_, _, claims) in zip(found.get("incidents", []), found.get("fills", []), strict=True):
            known = [(row_, y, c.slot) for c, row_ in claims if (y := right_gvdb(c, record)) is not None]
            people = any(y for _, y, slot in known if slot in ("victim", "perpetrator"))
            if people or w.leads:
                incident_rows.append((row, 1, group[r.id]))
                fill_rows_ += [(row_, int(y), group[r.id]) for row_, y, _ in known]
    incident, incidents_, _ = grow("incident", *map(list, zip(*incident_rows, strict=True)))
    fill, fills, q = grow("fill", *map(list, zip(*fill_rows_, strict=True)))
    third = traced([{"pair": p, "fill": f} for p, f in zip(pairs, fills, strict=True)])
    again_rows_: list[tuple[dict[str, float], int, int]] = []
    for r, found in third:
        which = align(r, found)
        for t, (_, _, claims), (chances, more) in zip(which, found.get("fills", []), _again(found), strict=True):
            if t >= 0:
                good = chosen([c for c, _ in claims], chances, r.templates[t])
                again_rows_ += [(row, int(g), group[r.id]) for row, g in zip(more, good, strict=True)]
    for r, found in traced([{"pair": p, "fill": f} for p, f in zip(pairs, fills, strict=True)], shootings):
        record = gold_record(json.dumps(r.row["json"]))
        for (_, _, claims), (_, more) in zip(found.get("fills", []), _again(found), strict=True):
            known = [(row, right_gvdb(c, record)) for (c, _), row in zip(claims, more, strict=True)]
            if any(y and row["slot victim"] + row["slot perpetrator"] for row, y in known):
                again_rows_ += [(row, int(y), group[r.id]) for row, y in known if y is not None]
    again, agains, _ = grow("again", *map(list, zip(*again_rows_, strict=True)))
    y = np.array([x[1] for x in fill_rows_])
    for slot in sorted(k for k in fill_rows_[0][0] if k.startswith("slot ")):
        on = np.array([x[0][slot] > 0 for x in fill_rows_])
        sure = on & (q > 0.5)
        print(
            f"  {slot:18} {on.sum():6} {y[on].sum():5} AUC {auc(y[on], q[on]):.3f}"
            f"  at 0.5: P {y[sure].mean():.2f} R {y[sure].sum() / y[on].sum():.2f}"
        )
    np.savez_compressed(args.out, **saved({"pair": pair, "incident": incident, "fill": fill, "again": again}))
    with args.out.with_suffix(".folds").open("wb") as file:
        pickle.dump((pairs, incidents_, fills, agains), file)
    tune(
        reports,
        [dict(zip(PARTS, f, strict=True)) for f in zip(pairs, incidents_, fills, agains, strict=True)],
        group,
        seen,
        blocks,
        shootings,
    )


def _again(found: dict[str, Any]) -> list[Any]:
    return found.get("again") or [([], [])] * len(found.get("fills", []))


def _by_rules(r: Report) -> Any:
    x = r.reading
    return incidents(x.article, r.analysis, x.entities, x.times, x.places, x.statements)


def tune(
    reports: list[Report],
    forests: list[dict[str, Trees]],
    group: dict[str, int],
    seen: dict[Any, Any],
    blocks: dict[str, str],
    shootings: list[Report],
) -> None:
    """Print the score by thresholds, each report judged by forests that did not see it."""
    JUDGE.least_incident, JUDGE.least_fill = 0.1, 0.1
    for least in (0.5,):
        JUDGE.least_pair = least
        readings = {}
        for r in reports:
            JUDGE.forests = forests[group[r.id]]
            readings[r.id] = replace(r.reading, incidents=trace(r, seen[r.set, r.id])["result"])
        for chance in (0.45, 0.55):
            for fill in (0.45, 0.55):
                lists()["least"] |= {"kind": chance} | dict.fromkeys(
                    ("victim", "target", "perpetrator", "weapon"), fill
                )
                m = muc_score(reports, readings, blocks)
                print(
                    least,
                    chance,
                    fill,
                    {k: round(m[k], 2) for k in ("f", "precision", "recall", "message: template")},
                    flush=True,
                )
        if least != 0.5:
            continue
        readings = {}
        for r in shootings:
            JUDGE.forests = forests[group[r.id]]
            readings[r.id] = replace(r.reading, incidents=trace(r, seen[r.set, r.id])["result"])
        if shootings:
            for fill in (0.1, 0.3, 0.5):
                cut = {
                    k: replace(
                        v,
                        incidents=tuple(
                            replace(i, claims=tuple(c for c in i.claims if c.confidence >= fill)) for i in v.incidents
                        ),
                    )
                    for k, v in readings.items()
                }
                print("gvdb", least, fill, {k: round(v, 1) for k, v in gvdb_score(shootings, cut).items()}, flush=True)


if __name__ == "__main__":
    main()
