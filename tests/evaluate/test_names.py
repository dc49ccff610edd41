"""Pairs of names in CSV: read, compared, written and scored."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.names import measures, predict, score

PAIRS = """schema,name1,name2,is_match,note
Person,Tomas Reljic,"RELJIC, Tomáš",true,one
Person,Tomas Reljic,Irena Maro,false,
Company,Vardaneft JSC,OAO Vardaneft,true,"two
lines"
Vessel,Ostmark Pride,Harbour Queen,false,
"""


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS, encoding="utf-8")
    return path


def test_each_row_is_kept_and_gets_a_score_a_verdict_and_a_reason(pairs: Path) -> None:
    out = pairs.with_name("out.csv")
    predict(pairs, out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["schema", "name1", "name2", "is_match", "note", "score", "match", "reason"]
    assert [row["match"] for row in rows] == ["true", "false", "true", "false"]
    assert rows[0]["name2"] == "RELJIC, Tomáš" and rows[2]["note"] == "two\nlines"
    assert all(0 <= float(row["score"]) <= 1 and row["reason"] for row in rows)


def test_predicting_twice_gives_the_same_columns(pairs: Path) -> None:
    once, twice = pairs.with_name("once.csv"), pairs.with_name("twice.csv")
    predict(pairs, once)
    predict(once, twice)
    assert once.read_bytes() == twice.read_bytes()


def test_measures_are_of_all_and_of_each_kind(pairs: Path) -> None:
    out = pairs.with_name("out.csv")
    predict(pairs, out)
    out.write_text(out.read_text(encoding="utf-8").replace(",true,shared", ",TRUE,shared"), encoding="utf-8")
    found = measures(pairs, out)
    assert (found["F"], found["person F"], found["organization F"]) == (100, 100, 100)
    assert score(pairs, out).startswith("all           P 100.0 R 100.0 F 100.0")


def test_measures_count_what_is_wrong(pairs: Path) -> None:
    out = pairs.with_name("out.csv")
    predict(pairs, out)
    wrong = pairs.with_name("gold.csv")
    wrong.write_text(PAIRS.replace("true", "false", 1), encoding="utf-8")
    found = measures(wrong, out)
    assert (found["P"], found["R"]) == (50, 100)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"schema,name1\nPerson,Ann\n", "has no column name2"),
        (b"schema,name1,name2\nPerson,\xff,Ann\n", "not UTF-8"),
        (b"schema,name1,name2\nPerson,Ann,Bob,Carl\n", "more fields"),
        (b'schema,name1,name2\nPerson,"Ann" x,Bob\n', "is no CSV"),
    ],
)
def test_what_is_no_such_table_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        predict(path, tmp_path / "out.csv")


def test_a_table_without_rows_and_short_rows_are_read(tmp_path: Path) -> None:
    path, out = tmp_path / "pairs.csv", tmp_path / "out.csv"
    path.write_text("\ufeffschema,name1,name2\n", encoding="utf-8")
    predict(path, out)
    assert out.read_text(encoding="utf-8") == "schema,name1,name2,score,match,reason\n"
    path.write_text("schema,name1,name2\nPerson,Ann\n", encoding="utf-8")
    predict(path, out)
    assert out.read_text(encoding="utf-8").splitlines()[1] == "Person,Ann,,0.0000,false,a name without a letter"


def test_predictions_of_other_pairs_are_refused(pairs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    predict(pairs, out)
    pairs.write_text(PAIRS.replace("Irena", "Ivana"), encoding="utf-8")
    with pytest.raises(InputError, match="other pairs"):
        measures(pairs, out)
