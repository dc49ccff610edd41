"""Fit and measure the confidence of claims: python -m training.judge.calibrate --work DIR --evidence ... --judge FILE

Reads the reports of the evidence again, each by forests that did not see it (FILE.folds of training.judge.train), and
compares every claim with the key, and prints the expected calibration error by slot, under curves that did not see the
report. With `--npz FILE` puts the curves of all reports into the judge's file; with `--docs FOLDER` writes
calibration.md and calibration.svg there.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sayso.extract.incidents.confidence import kept
from training.extractor.corpus import load
from training.extractor.examples import fold_of
from training.extractor.predict import load_evidence
from training.judge.calibration import Checked, checked, crossed, curves
from training.judge.diagram import Row, page, svg, table
from training.judge.train import FOLDS, JUDGE, PARTS, trace

SETS = ("muc4-dev", "muc4-tst1", "gvdb")


def claims(work: Path, evidence: Sequence[Path], judge: Path, every: int = 1) -> list[Checked]:
    """Return the checked claims of every `every`th report of the evidence, read by forests that did not see it."""
    seen: dict[Any, Any] = {}
    for path in evidence:
        seen |= load_evidence(path)
    with judge.open("rb") as file:
        parts = pickle.load(file)
    forests = [dict(zip(PARTS, each, strict=True)) for each in zip(*parts, strict=True)]
    JUDGE.curves = {}
    found: list[Checked] = []
    for name in SETS:
        path = work / f"{name}.pkl"
        for report in [r for r in (load(path) if path.exists() else []) if (r.set, r.id) in seen][::every]:
            JUDGE.forests = forests[fold_of("x" + report.id, FOLDS)]
            found += checked(report, trace(report, seen[report.set, report.id])["result"])
        print(name, len(found), "claims", flush=True)
    return found


def main() -> None:
    """Compare, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--evidence", type=Path, nargs="+", required=True)
    parser.add_argument("--judge", type=Path, required=True)
    parser.add_argument("--npz", type=Path)
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only every Nth report")
    parser.add_argument("--keep", type=Path, help="take the checked claims from this file, or keep them there")
    args = parser.parse_args()
    if args.keep and args.keep.exists():
        found = pickle.loads(args.keep.read_bytes())
    else:
        found = claims(args.work, args.evidence, args.judge, args.every)
        if args.keep:
            args.keep.write_bytes(pickle.dumps(found))
    after, drawn = crossed(found), curves(found)
    rows: dict[str, list[Row]] = {}
    for name in ("", "muc4", "gvdb"):
        rows[name] = table([c for c in after if name in ("", c.set)], [c for c in found if name in ("", c.set)])
        print(name or "both", *("\n  " + row.line() for row in rows[name]), flush=True)
    for slot, weights in drawn.items():
        print(f"  {slot or 'all':12}", *(f"{w:6.2f}" for w in weights))
    if args.npz:
        with np.load(args.npz, allow_pickle=False) as arrays:
            others = {name: arrays[name] for name in arrays.files if not name.startswith("curves/")}
        np.savez_compressed(args.npz, **others, **kept(drawn))
    if args.docs:
        (args.docs / "calibration.svg").write_text(svg(after), encoding="utf-8")
        (args.docs / "calibration.md").write_text(page(rows, len({c.report for c in found})), encoding="utf-8")


if __name__ == "__main__":
    main()
