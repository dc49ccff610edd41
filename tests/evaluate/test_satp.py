"""Kinds of short reports by four columns."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from sayso.encode.encoder import Encoder
from sayso.errors import InputError
from sayso.evaluate import satp

TINY = Path(__file__).parents[1] / "encode/tiny"
ROWS = "Gunmen shot two traders in Old Varda.\t1\t0\t0\t0\nA mine went off near Tessin bridge.\t0\t1\t0\t1\n"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """Return the tests' encoder with a random head."""
    folder = tmp_path / "weights"
    shutil.copytree(TINY, folder)
    width = len(satp.pooled(Encoder(folder), "a bomb"))
    rng = np.random.default_rng(0)
    np.savez(folder / "heads.npz", **{"satp/weight": rng.normal(size=(4, width)), "satp/bias": np.zeros(4)})
    return folder


def test_each_row_gets_its_number_and_at_least_one_kind(tmp_path: Path, weights: Path) -> None:
    source, out = tmp_path / "rows.tsv", tmp_path / "out"
    source.write_text(ROWS + "\t0\t0\t0\t1\n", encoding="utf-8")
    satp.predict(source, out, weights)
    found = [line.split("\t") for line in out.read_text().splitlines()]
    assert [number for number, *_ in found] == ["1", "2", "3"]
    assert all(len(columns) == 4 and "1" in columns for _, *columns in found)


def test_the_likeliest_kind_is_given_even_where_none_is_likely() -> None:
    assert satp.columns_of(np.ones(2, np.float32), -np.eye(4, 2, dtype=np.float32), np.array([0, 0, -1, -2])) == (
        1, 0, 0, 0)  # fmt: skip
    assert satp.columns_of(np.zeros(2, np.float32), np.zeros((4, 2), np.float32), np.array([1, -1, 2, -3.0])) == (
        1, 0, 1, 0)  # fmt: skip


def test_f1_counts_all_columns_together(tmp_path: Path) -> None:
    gold, found = tmp_path / "gold", tmp_path / "found"
    gold.write_text(ROWS, encoding="utf-8")
    found.write_text("1\t1\t0\t0\t0\n2\t1\t1\t0\t0\n", encoding="utf-8")
    measures = satp.measures(gold, found)
    assert measures["micro f"] == pytest.approx(200 * 2 / 6)
    assert (measures["bombing f"], measures["kidnapping f"], measures["other f"]) == (100.0, 0.0, 0.0)
    found.write_text("1\t1\t0\t0\t0\n", encoding="utf-8")
    with pytest.raises(InputError, match="these rows"):
        satp.measures(gold, found)


@pytest.mark.parametrize("row", ["a text", "a text\t0\t1\t1", "a text\t0\t1\t2\t0"])
def test_a_row_without_four_columns_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text(ROWS + row, encoding="utf-8")
    with pytest.raises(InputError, match=":3"):
        list(satp.rows(path))
