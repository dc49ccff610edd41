"""Fit the head for SATP's four columns on the shipped encoder: python -m training.extractor.snippets FOLDER --data DIR.

FOLDER holds the exported encoder and `heads.npz`, in which `satp/weight` and `satp/bias` are replaced. Logistic
regression on the mean and the largest value of the int8 states of each row of `train`, as they are at run time; how
much it is held back is chosen by five folds of `train`. `dev` is only measured, and only with --dev.
"""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from sayso.encode.encoder import Encoder
from sayso.encode.heads import FILE
from sayso.evaluate.satp import KINDS, columns_of, pooled, rows

FOLDS, STRENGTHS = 5, (0.0001, 0.0003, 0.001, 0.003, 0.01)
Pair = tuple[np.ndarray, np.ndarray]


def read(folder: Path, path: Path, limit: int | None = None) -> Pair:
    """Return the pooled states [N, 2 x width] and the columns [N, 4] of the rows of a file, each text once."""
    reader, texts = Encoder(folder), {text: columns for _, text, columns in islice(rows(path), limit)}
    return np.stack([pooled(reader, text) for text in texts]), np.array(list(texts.values()))


def fitted(x: np.ndarray, y: np.ndarray, strength: float) -> Pair:
    """Return weight and bias of one logistic regression a column, on values brought to mean 0 and variance 1."""
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-6
    parts = [LogisticRegression(C=strength, max_iter=1000).fit((x - mean) / scale, column) for column in y.T]
    weight = np.concatenate([part.coef_ for part in parts]) / scale
    bias = np.concatenate([part.intercept_ for part in parts]) - weight @ mean
    return weight.astype(np.float32), bias.astype(np.float32)


def f1(x: np.ndarray, y: np.ndarray, head: Pair) -> float:
    """Return F1 over all columns, as the benchmark counts it."""
    found = np.array([columns_of(row, *head) for row in x])
    return float(2 * (found & y).sum() / (found.sum() + y.sum()))


def crossed(x: np.ndarray, y: np.ndarray, strength: float) -> float:
    """Return the mean F1 over the folds."""
    fold = np.random.default_rng(0).permutation(len(x)) % FOLDS
    each = [f1(x[fold == k], y[fold == k], fitted(x[fold != k], y[fold != k], strength)) for k in range(FOLDS)]
    return float(np.mean(each))


def main() -> None:
    """Choose, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, help="only so many rows, to try the chain out")
    parser.add_argument("--dev", action="store_true", help="measure on dev too")
    args = parser.parse_args()
    source = args.data / "relevance/satp_relevant"
    x, y = read(args.folder, source / "train.tsv", args.limit and 10 * args.limit)
    tried = {strength: crossed(x, y, strength) for strength in STRENGTHS}
    best = max(tried, key=lambda strength: (tried[strength], -strength))
    print(", ".join(f"C {strength}: {value:.4f}" for strength, value in tried.items()), f"-> {best}", flush=True)
    head = fitted(x, y, best)
    with np.load(args.folder / FILE, allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    arrays["satp/weight"], arrays["satp/bias"], arrays["satp/names"] = *head, np.array(KINDS)
    np.savez_compressed(args.folder / FILE, **arrays)
    if args.dev:
        print(f"dev: {f1(*read(args.folder, source / 'dev.tsv'), head):.4f}")


if __name__ == "__main__":
    main()
