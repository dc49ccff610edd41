"""Proposes weights for the comparison of incidents, and says how good they are on topics held out.

    python -m training.clusters.fit READINGS [DATA]

Pairs are those of the most prominent incidents of ECB+ articles (`ecbplus.py`) and of MUC-4 reports (`muc4.py`). A
logistic regression is drawn towards what a coder would expect (PRIOR), each weight held to its sign: what few pairs
show stays near it. Folds hold out a topic of ECB+, or a fifth of the MUC-4 pairs. The proposal is printed; what is put
into weights.yaml is rounded, and checked by linking. READINGS is a folder where readings are kept between runs.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from sayso.merge.incidents import sketches_of
from sayso.merge.incidents.compare import weights
from sayso.merge.incidents.evidence import findings
from sayso.merge.incidents.sketch import Sketch
from sayso.model.article import Capture
from training.clusters import ecbplus, muc4
from training.clusters.readings import kept

# fmt: off
PRIOR: dict[str, float] = {
    "same day": 1.5, "next day": 0.3, "days may be one": 0.5, "days apart": -0.8, "after the report": -4,
    "reports near": 0.7, "reports apart": -0.4, "same place": 1.0, "near": 0.5, "same area": 0.1, "far": -0.8,
    "other country": -3, "same kind": 0.4, "other kind": -0.8, "other stage": -0.5, "same victim": 2,
    "other victim": -0.8, "same suspect": 1.5, "other suspect": -0.5, "same group": 0.4, "other group": -0.4,
    "same dead": 0.5, "other dead": -0.8, "same wounded": 0.4, "other wounded": -0.4, "same abducted": 0.5,
    "other abducted": -0.5, "same arrested": 0.4, "other arrested": -0.4, "same target": 0.5, "other target": -0.3,
    "same people": 0.3, "other people": -0.2, "same weapon": 0.3, "other weapon": -0.5, "words": 5, "few words": -2,
    "names": 4, "few names": -1.5,
}
# fmt: on
AGAINST = ("other", "few", "far", "days apart", "reports apart", "after", "one article")
"""How the names of features begin that can only speak against."""
PULL = 8.0
"""How strongly weights are drawn to PRIOR, in pairs."""
ACROSS = 0.05
"""What a pair of two topics counts for: there are twenty times as many as within topics, and they are easy."""
REPORTS = (4.0, 0.3)
"""What a pair of MUC-4 counts for that is one, and one that is not."""
FOLDS = 5
Floats = NDArray[np.float64]


class Judged(NamedTuple):
    """A pair with how strongly each feature is met, whether it is one, what it counts for, and its folds."""

    features: dict[str, float]
    one: bool
    counts: float
    folds: frozenset[str]


def features(left: Sketch, right: Sketch) -> dict[str, float]:
    """Return how strongly each feature is met by two sketches."""
    found: dict[str, float] = defaultdict(float)
    for finding in findings(left, right):
        found[finding.feature] += finding.amount
    return dict(found)


def judged(keep: Path, data: Path) -> Iterator[Judged]:
    """Yield all pairs."""
    rows = {row.id: row for row in ecbplus.rows(data / "ecbplus")}
    readings = kept(keep / "readings.pkl", map(_capture, rows.values()))
    first = {}
    for id in sorted(rows.keys() & readings.keys()):
        if readings[id].incidents:
            first[id] = max(sketches_of(readings[id]), key=lambda s: s.prominence)
    for x, y in combinations(first, 2):
        topics = frozenset({rows[x].topic, rows[y].topic})
        one = rows[x].incident == rows[y].incident
        yield Judged(features(first[x], first[y]), one, 1.0 if len(topics) == 1 else ACROSS, topics)
    reports = kept(keep / "muc.pkl", muc4.captures(data / "muc4"))
    for found, one, counts in zip(muc4.pairs(data / "muc4", reports), (True, False), REPORTS, strict=True):
        for left, right in found:
            fold = f"muc4 {crc32(left.article.encode()) % FOLDS}"
            yield Judged(features(left, right), one, counts, frozenset({fold}))


def _capture(row: ecbplus.Row) -> Capture:
    return Capture(
        name=row.id, id=row.id, content=row.text, media_type="text", sha256=row.id, title=row.title,
        published=row.published,
    )  # fmt: skip


class Pairs:
    """All pairs as arrays: `values` by pair and feature."""

    def __init__(self, pairs: list[Judged]) -> None:
        self.names = sorted({name for pair in pairs for name in pair.features})
        self.values = np.array([[pair.features.get(name, 0.0) for name in self.names] for pair in pairs])
        self.truth = np.array([pair.one for pair in pairs], dtype=float)
        self.counts = np.array([pair.counts for pair in pairs])
        self.folds = [pair.folds for pair in pairs]
        self.prior = np.array([PRIOR.get(name, 0.0) for name in self.names])

    def fit(self, chosen: NDArray[np.bool_]) -> Floats:
        """Return the weights, and the bias last, that fit the chosen pairs best."""
        values = np.hstack([self.values[chosen], np.ones((int(chosen.sum()), 1))])
        truth, counts = self.truth[chosen], self.counts[chosen]
        bounds = [(None, 0.0) if name.startswith(AGAINST) else (0.0, None) for name in self.names]

        def loss(weights: Floats) -> tuple[float, Floats]:
            total = values @ weights
            away = weights[:-1] - self.prior
            value = (counts * (np.logaddexp(0, total) - truth * total)).sum() + PULL * away @ away
            off = values.T @ (counts * (1 / (1 + np.exp(-total)) - truth))
            return float(value), off + np.append(2 * PULL * away, 0.0)

        start = np.zeros(values.shape[1])
        found = minimize(loss, start, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B")
        return np.asarray(found.x)

    def odds(self, weights: Floats) -> Floats:
        """Return the log-odds of all pairs."""
        return np.asarray(self.values @ weights[:-1] + weights[-1])


def report(pairs: Pairs) -> None:
    """Print how well the weights of the other folds tell the pairs of each fold, and those that ship."""
    table = weights()
    shipped = pairs.odds(np.array([*(table.get(name, 0.0) for name in pairs.names), table["prior"]]))
    within = np.array([len(folds) == 1 for folds in pairs.folds])
    out = np.zeros(len(pairs.truth))
    print(f"{'fold':10} {'pairs':>6} {'one':>5}   P and R at log-odds 0, held out; as shipped")
    for fold in sorted({name for folds in pairs.folds for name in folds}):
        there = np.array([fold in folds for folds in pairs.folds])
        out[there] = pairs.odds(pairs.fit(~there))[there]
        part = there & within
        scores = "; ".join(_scores(odds[part], pairs.truth[part]) for odds in (out, shipped))
        print(f"{fold:10} {part.sum():6} {pairs.truth[part].sum():5.0f}   {scores}")
    print(
        f"{'within':24}   {_scores(out[within], pairs.truth[within])}; {_scores(shipped[within], pairs.truth[within])}"
    )


def _scores(odds: Floats, truth: Floats) -> str:
    found = odds > 0
    right = float((truth * found).sum())
    return f"{100 * right / max(1, found.sum()):5.1f} {100 * right / max(1.0, truth.sum()):5.1f}"


def main(keep: Path, data: Path) -> None:
    """Print figures, and the weights that are proposed beside those that ship."""
    pairs = Pairs(list(judged(keep, data)))
    report(pairs)
    proposed = pairs.fit(np.ones(len(pairs.truth), bool))
    for name, weight in zip([*pairs.names, "prior"], proposed, strict=True):
        print(f"{name:18} {weight:6.2f}   ships {weights().get(name, 0.0):6.2f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "../shared/data"))
