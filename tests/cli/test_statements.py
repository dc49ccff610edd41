"""`sayso statements`, and what `list` and `show` tell of sources."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.store.store import open_store
from tests.invented import reading


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("statements") / "sayso.db")
    with open_store(path, write=True) as store:
        store.add(reading(), "f")
        other = replace(reading().article, id="other", outlet="The Ossel Post", agency=None, name="other.txt")
        store.add(replace(reading(), article=other), "f")
    return path


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], {"s0", "s1", "s2", "s3", "s4", "s5", "s6"}),
        (["--act", "denies"], {"s5"}),
        (["--speaker-kind", "armed-group", "--act", "threatens"], {"s0"}),
        (["--speaker", "ministry of order"], {"s2", "s3"}),
        (["--speaker", "fener-i kul"], {"s0", "s6"}),
        (["--target", "ashen lantern"], {"s2"}),
        (["--target", "three had died"], {"s2"}),
        (["--stance", "denies"], {"s5"}),
        (["--to", "2019-06-06"], {"s1", "s6"}),
        (["--from", "2019-06-09"], {"s0", "s4", "s5"}),
        (["--speaker", "nobody at all"], set()),
    ],
)
def test_statements_are_found_by_who_what_and_when(sayso: Any, options: list[str], ids: set[str]) -> None:
    rows = [json.loads(line) for line in sayso("statements", "--format", "jsonl", *options).splitlines()]
    assert {row["statement"] for row in rows if row["article"] == "karvel-1"} == ids


def test_people_see_who_does_what_and_where_it_was_read(sayso: Any) -> None:
    out = sayso("statements", "--article", "karvel-1")
    assert "claims responsibility" in out and "Ilva Dorn, for the Ministry of Order" in out
    assert out.splitlines()[-1] == "7 statements"
    assert sayso("statements", "--limit", "2").splitlines()[-1] == "the first 2; --limit 0 shows all"
    assert sayso("statements", "--act", "doubts") == "no statement found\n"


def test_csv_has_one_row_a_statement_with_its_words_and_offsets(sayso: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(sayso("statements", "--format", "csv", "--act", "denies"))))
    assert [row["content"] for row in rows] == ["he had been in Karvel"] * 2
    assert all(int(row["start"]) < int(row["end"]) for row in rows)


def test_a_condition_that_cannot_be_is_refused(sayso: Any) -> None:
    assert "'shouts' is not one of states," in " ".join(sayso("statements", "--act", "shouts", code=2).split())
    assert "has no year" in " ".join(sayso("statements", "--from", "XXXX-01-01", code=2).split())


def test_list_by_who_says_so_and_by_what_is_disputed(sayso: Any) -> None:
    rows = lambda *options: [json.loads(x)["kind"] for x in sayso("list", "--format", "jsonl", *options).splitlines()]  # noqa: E731
    assert set(rows("--according-to", "authority")) == {"bombing"}
    assert set(rows("--disputed")) == {"bombing"}
    assert "bombing" not in rows("--undisputed") and rows("--undisputed")


def test_show_counts_sources_and_not_articles(sayso: Any) -> None:
    keys = [json.loads(x)["incident"] for x in sayso("list", "--kind", "bombing", "--format", "jsonl").splitlines()]
    one, two = sayso("show", keys[0]), sayso("show", *keys)
    assert "1 article, " in one and "2 articles, " in two
    number = lambda out: int(out.split("independent source")[0].split()[-1])  # noqa: E731
    assert number(two) == number(one) + 1  # the other outlet; whom both quote counts once
    assert "Ministry of Order (authority)" in two


def test_show_gives_what_was_known_on_a_day(sayso: Any) -> None:
    key = json.loads(sayso("list", "--kind", "bombing", "--format", "jsonl").splitlines()[0])["incident"]
    early = sayso("show", key, "--as-of", "2019-06-06")
    assert "As known on 6 June 2019" in early and "claimed by itself" in early and "accused by" not in early
    assert "nothing had been said by then" in sayso("show", key, "--as-of", "2018")
    assert "accused by authorities" in sayso("show", key, "--as-of", "2019-06")
    assert "there is no month 13" in sayso("show", key, "--as-of", "2019-13", code=2)


def test_every_column_of_statements_is_told_in_the_documentation() -> None:
    from sayso.export.columns import STATEMENT

    text = (Path(__file__).parents[2] / "docs/store.md").read_text(encoding="utf-8")
    assert all(f"`{column}`" in text for column in STATEMENT)
