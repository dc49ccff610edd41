"""SATP: which kinds of act a short report on an insurgency tells of, by four columns of 0 and 1.

Input is a tab-separated file without a head line, a text and its four columns in each row; predictions are rows of the
number (from 1) and the four columns. The kinds are read off the encoder's states by a linear head of its own
(`satp/weight` [4, 2 x width] and `satp/bias` [4] beside the other heads, made by training/extractor/snippets.py): the
mean and the largest value of the states of the text, log-odds over 0, and at least one kind, for every row of the set
tells of an act.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sayso.encode.encoder import WEIGHTS, Encoder
from sayso.encode.heads import Floats, heads
from sayso.errors import InputError

KINDS = ("armed assault", "bombing", "kidnapping", "other")
"""What the columns tell of; the set itself does not name them. Other: arson, raids on buildings, single killings."""
Columns = tuple[int, ...]


def rows(path: Path) -> Iterator[tuple[int, str, Columns]]:
    """Yield number (from 1), text and columns of each row. Raises InputError for a row without four columns."""
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), 1):
        if not line.strip():
            continue
        text, *columns = line.rstrip("\r").rsplit("\t", len(KINDS))
        if len(columns) != len(KINDS) or not {c.strip() for c in columns} <= {"0", "1"}:
            raise InputError(
                "this row lacks its four columns of 0 and 1",
                value=f"{path}:{number}",
                next_step="give rows of a text, and a tab and 0 or 1 for each of " + ", ".join(KINDS),
            )
        yield number, text, tuple(int(c) for c in columns)


def pooled(reader: Encoder, text: str) -> Floats:
    """Return the mean and the largest value of the states of a text, [2 x width]; zeros where it has no word."""
    vectors = reader.encode(text, [(0, len(text))]).vectors
    if not len(vectors):
        return np.zeros(2 * vectors.shape[1], np.float32)
    return np.concatenate([vectors.mean(axis=0), vectors.max(axis=0)])


def columns_of(vector: Floats, weight: Floats, bias: Floats) -> Columns:
    """Return the columns of a text from its pooled states."""
    odds = weight @ vector + bias
    return tuple(int(z > 0 or n == int(odds.argmax())) for n, z in enumerate(odds))


def predict(input: Path, out: Path, folder: Path = WEIGHTS) -> None:
    """Read every row of `input` and write its number and columns to `out`."""
    reader, arrays = Encoder(folder), heads(folder)
    with out.open("w", encoding="utf-8") as file:
        for number, text, _ in rows(input):
            found = columns_of(pooled(reader, text), arrays["satp/weight"], arrays["satp/bias"])
            file.write("\t".join(map(str, (number, *found))) + "\n")


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return F1 in per cent over all columns ("micro f") and of each. Raises InputError where the rows differ."""
    wanted = {number: columns for number, _, columns in rows(gold)}
    lines = [line.split("\t") for line in predictions.read_text(encoding="utf-8").splitlines() if line]
    found = {int(number): tuple(map(int, columns)) for number, *columns in lines}
    if found.keys() != wanted.keys():
        raise InputError(
            "the predictions are not of these rows", value=str(predictions), next_step="predict the file given as gold"
        )
    table = np.array([[wanted[n], found[n]] for n in sorted(wanted)], int).reshape(-1, 2, len(KINDS))
    both, sums = (table[:, 0] & table[:, 1]).sum(axis=0), table.sum(axis=(0, 1))
    each = {f"{kind} f": _f1(int(b), int(s)) for kind, b, s in zip(KINDS, both, sums, strict=True)}
    return {"micro f": _f1(int(both.sum()), int(sums.sum())), **each}


def score(gold: Path, predictions: Path) -> str:
    """Return the measures for people."""
    return "\n".join(f"{name:20} {value:6.2f}" for name, value in measures(gold, predictions).items())


def _f1(both: int, sums: int) -> float:
    """Return F1 in per cent, of what both have and the sum of what each has."""
    return 200 * both / sums if sums else 0.0
