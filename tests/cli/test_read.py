"""`sayso read`: what goes to which stream, in which format, with which exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sayso.cli.demo import samples
from sayso.cli.main import run
from sayso.export.record import json_schema
from sayso.model.article import Capture
from sayso.model.reading import Reading
from tests.invented import reading

pipeline = pytest.importorskip("sayso.pipeline", reason="the pipeline is not whole", exc_type=ImportError)


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[Path]:
    """A folder of three reports, the second of them empty."""
    for name, text in (
        ("a.txt", "Nothing happened in Nether Ossel."),
        ("b.txt", ""),
        ("c.txt", "All quiet in Karvel."),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    yield tmp_path


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, date | None]]:
    """Reads every capture as the invented report; the names and days that were handed over."""
    calls: list[tuple[str, date | None]] = []

    def read_capture(capture: Capture, published: date | None = None) -> Reading:
        calls.append((capture.name, published))
        if "breaks" in capture.content:
            raise RuntimeError("a stage broke")
        given = reading()
        return replace(given, article=replace(given.article, name=capture.name))

    monkeypatch.setattr(pipeline, "read_capture", read_capture)
    return calls


def output(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run(["read", *arguments])
    out, err = capfd.readouterr()
    return code, out, err


def test_json_is_a_list_even_of_one(reports: Path, told: Any, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = output([str(reports / "a.txt"), "--format", "json"], capfd)
    (only,) = json.loads(out)
    jsonschema.validate(only, json_schema())
    assert code == 0


def test_one_that_fails_is_reported_and_the_others_go_on(
    reports: Path, told: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = output([str(reports), "--format", "jsonl"], capfd)
    assert [Path(json.loads(line)["article"]["name"]).name for line in out.splitlines()] == ["a.txt", "c.txt"]
    assert err.count("\n") == 1 and "b.txt" in err and "is empty" in err
    assert code == 1


def test_a_stage_that_breaks_ends_one_article_and_not_the_run(
    reports: Path, told: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    (reports / "b.txt").write_text("this one breaks", encoding="utf-8")
    code, out, err = output([str(reports), "--format", "jsonl"], capfd)
    assert len(out.splitlines()) == 2
    assert "b.txt: could not be read (RuntimeError: a stage broke)" in err
    assert code == 1


def test_where_nothing_could_be_read_json_is_an_empty_list(
    reports: Path, told: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, err = output([str(reports / "missing.txt"), "--format", "json"], capfd)
    assert (code, out) == (1, "[]\n")
    assert "missing.txt" in err


def test_the_day_given_is_handed_on(reports: Path, told: Any, capfd: pytest.CaptureFixture[str]) -> None:
    output([str(reports / "a.txt"), "--published", "2019-06-09"], capfd)
    assert [day for _, day in told] == [date(2019, 6, 9)]


def test_several_articles_get_a_closing_line(reports: Path, told: Any, capfd: pytest.CaptureFixture[str]) -> None:
    (reports / "b.txt").unlink()
    code, out, _ = output([str(reports)], capfd)
    assert out.splitlines()[-1] == "2 articles, 6 incidents"
    assert code == 0


def test_a_report_without_incident_is_no_failure(reports: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The real pipeline, to the end."""
    code, out, err = output([str(reports / "a.txt"), "--published", "2019-06-09"], capfd)
    assert (code, err) == (0, "")
    assert "no incident found" in out


def test_what_the_samples_give_fits_the_schema_and_every_quote_stands_at_its_offsets(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The real pipeline over every sample: text, pages, rows, capitals."""
    code, out, err = output([str(samples()), "--format", "jsonl"], capfd)
    assert (code, err) == (0, "")
    validator = jsonschema.Draft202012Validator(json_schema())
    records = [json.loads(line) for line in out.splitlines()]
    assert len(records) >= 20
    for record in records:
        validator.validate(record)
        text = record["article"]["text"]
        for words in quotes_in({**record, "article": record["article"]["dateline"]}):
            assert text[words["start"] : words["end"]] == words["text"]


def quotes_in(node: Any) -> Iterator[dict[str, Any]]:
    """Yield all evidence in a part of a record."""
    if isinstance(node, dict) and {"start", "end", "text", "part"} <= node.keys():
        yield node
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from quotes_in(child)
