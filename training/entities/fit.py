"""Says what the findings around a name should weigh: pairs of one bearer against strangers who are given one name.

    python -m training.entities.fit READINGS.pkl...

One bearer: the same full name of words so rare that two people hardly share it, in two articles, at most a few pairs a
name. Strangers: two people of different articles whose names differ, as if they were called the same. What is printed
are weights of what else is told of them (logistic regression drawn towards nothing, each with its sign), to set those
of weights.yaml by. What names weigh is set by hand: so few articles cannot teach how many people share a name.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from sayso.merge.entities.compare import weights
from sayso.merge.entities.evidence import findings
from sayso.merge.entities.naming import folded, is_bare, is_shared, telling
from sayso.merge.entities.sketch import Sketch
from sayso.merge.names import Kind
from training.entities.measure import sketched

NAMES = frozenset({"same name", "other name", "other full name", "rare name", "common name", "one word", "rare word",
                   "stated alias", "other kind", "namesake", "told apart", "one article",
                   "other generation"})  # fmt: skip
RARE = 9.5
EACH = 12
PULL = 2.0
Pairs = list[tuple[Sketch, Sketch]]


def same(sketches: Iterable[Sketch], kind: Kind) -> Pairs:
    """Return pairs of one bearer: the same rare full name."""
    by = defaultdict(list)
    for s in sketches:
        if (
            s.kind == kind
            and not is_bare(s.name, kind)
            and not is_shared(s.name)
            and telling(s.name, s.name, kind) >= RARE
        ):
            by[folded(s.name)].append(s)
    found: Pairs = []
    for group in by.values():
        pairs = [(x, y) for x, y in combinations(group, 2) if x.article != y.article]
        random.shuffle(pairs)
        found += pairs[:EACH]
    return found


def strangers(sketches: list[Sketch], kind: Kind, number: int) -> Pairs:
    """Return pairs of two people of different names and articles, both under one name."""
    of, found = [s for s in sketches if s.kind == kind and not is_shared(s.name)], Pairs()
    while len(found) < number:
        x, y = random.sample(of, 2)
        if x.article != y.article and telling(x.name, y.name, kind) == 0:
            found.append((replace(x, namesakes=()), replace(y, called=x.called, namesakes=())))
    return found


def fitted(positive: Pairs, negative: Pairs, signs: dict[str, float]) -> dict[str, float]:
    """Return the weights, and the intercept for as many of one bearer as strangers."""
    names = sorted(signs)
    rows = np.array([_row(x, y, names) for x, y in positive + negative])
    truth = np.array([1.0] * len(positive) + [0.0] * len(negative))
    share = np.where(truth == 1, 0.5 / len(positive), 0.5 / len(negative)) * 2000

    def loss(w: np.ndarray) -> float:
        z = rows @ w[1:] + w[0]
        return float((share * (np.logaddexp(0, z) - truth * z)).sum() + PULL * (w[1:] ** 2).sum())

    bounds = [(None, None)] + [(0.0, None) if signs[n] > 0 else (None, 0.0) for n in names]
    best = minimize(loss, np.zeros(len(names) + 1), bounds=bounds, method="L-BFGS-B").x
    return dict(zip(["intercept", *names], best, strict=True))


def _row(x: Sketch, y: Sketch, names: list[str]) -> list[float]:
    found: dict[str, float] = defaultdict(float)
    for f in findings(x, y):
        found[f.feature] += f.amount
    return [found[n] for n in names]


def main() -> None:
    """Print fitted weights beside those that ship."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("readings", type=Path, nargs="+")
    random.seed(0)
    sketches = [s for path in options.parse_args().readings for s in sketched(pickle.loads(path.read_bytes()))]
    kinds: tuple[Kind, ...] = ("person", "organization")
    for kind in kinds:
        signs = {n: w for n, w in weights()[kind].items() if n not in NAMES | {"prior"} and not n.startswith("body")}
        one, two = same(sketches, kind), strangers(sketches, kind, 4000)
        print(kind, len(one), "of one bearer,", len(two), "strangers")
        for name, weight in fitted(one, two, signs).items():
            print(f"  {name}: {weight:+.2f} (ships {weights()[kind].get(name, 0):+.2f})")


if __name__ == "__main__":
    main()
