"""`sayso explain`: every value with its words, its speakers, its rules and its heads; and what was left aside."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from sayso.cli.demo import samples
from sayso.cli.main import run
from sayso.model.analysis import Analysis
from sayso.model.article import Capture
from sayso.model.claim import Label
from sayso.model.evidence import Evidence
from sayso.model.incident import EventMention, Incident
from sayso.model.reading import Reading
from tests.invented import ARTICLE, TEXT, reading, span

pipeline = pytest.importorskip("sayso.pipeline", reason="the pipeline is not whole", exc_type=ImportError)
DEPOT = EventMention(
    trigger=span("went off"),
    kind="bombing",
    parts=(("weapon", span("bomb")), ("target", span("depot", after="Quay Street"))),
)
COLLECTOR = EventMention(trigger=span("killed"), kind="killed", parts=(("victim", span("collector")),))
REPORT = """Gunmen attacked the post office in the village of Dolna Reka on Monday, killing three clerks.

Mayor Odo Marn said that the Reed Brotherhood was behind the attack.

In March 2016 a bomb killed two soldiers in the same village."""


@cache
def analysed() -> Analysis:
    from sayso.annotate.grammar import analyse

    return analyse(ARTICLE)


@cache
def told() -> Reading:
    """The invented report, with the words that tell of its incidents."""
    given = reading()
    bombing, threat, recalled = given.incidents
    return replace(
        given, incidents=(replace(bombing, mentions=(DEPOT,)), threat, replace(recalled, mentions=(COLLECTOR,)))
    )


def seen(a: Analysis) -> Evidence:
    """What a model would see that takes "parcel bomb" for a weapon, and each sentence for a bombing."""
    starts = np.array([t.start for t in a.tokens], np.int32)
    ends = np.array([t.end for t in a.tokens], np.int32)
    roles = np.zeros((len(starts), 2, 3), np.float32)
    roles[:, :, 0] = 1.0
    bomb = span("parcel bomb")
    inside = (starts >= bomb.start) & (ends <= bomb.end)
    roles[inside, 0] = (0.125, 0.375, 0.5)
    kinds = np.tile(np.array([0.02, 0.9], np.float32), (len(a.sentences), 1))
    none = np.zeros((len(starts), 1), np.float32)
    return Evidence(
        role_names=("weapon", "victim"), kind_names=("attack", "bombing"), starts=starts, ends=ends, roles=roles,
        kinds=kinds, states=none, means=none[:1], sentence_of=np.zeros(len(starts), np.int32), heads={},
    )  # fmt: skip


@pytest.fixture
def explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Reads every capture as the invented report; `model` says whether with a model, `published` what was handed on."""
    given: dict[str, Any] = {"model": False, "file": str(tmp_path / "karvel.txt")}
    Path(given["file"]).write_text(TEXT, encoding="utf-8")

    def explain_capture(capture: Capture, published: date | None = None) -> Any:
        given["published"] = published
        if "breaks" in capture.content:
            raise RuntimeError("a stage broke")
        article = replace(ARTICLE, name=capture.name, offsets=replace(ARTICLE.offsets, lengths=(len(TEXT),)))
        a = analysed()
        return pipeline.Explained(replace(told(), article=article), a, seen(a) if given["model"] else None)

    monkeypatch.setattr(pipeline, "explain_capture", explain_capture)
    monkeypatch.setenv("COLUMNS", "120")
    yield given


def text_of(arguments: list[str], capfd: pytest.CaptureFixture[str], *, code: int = 0) -> str:
    assert run(["explain", *arguments]) == code
    return capfd.readouterr().out


def one_line(text: str) -> str:
    return " ".join(text.split())


def json_of(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> dict[str, Any]:
    (only,) = json.loads(text_of([*arguments, "--json"], capfd))
    assert only["version"] == "sayso-explain/1"
    return dict(only)


def ground(explanation: dict[str, Any], claim: str) -> dict[str, Any]:
    (found,) = [g for i in explanation["incidents"] for g in i["grounds"] if g["claim"]["id"] == claim]
    return dict(found)


def test_a_value_stands_with_its_confidence_its_maker_and_its_words_marked(
    explained: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    text = text_of([explained["file"]], capfd)
    assert "1.00 rules/1" in text
    start = TEXT.index("Quay Street tram depot")
    assert "[Quay Street tram depot]" in one_line(text)
    assert f"({start}-{start + 22}: target of “went off” by grammar)" in one_line(text)


def test_who_is_reported_stands_under_who_reports_with_the_cue_words(
    explained: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    lines = [line.strip() for line in text_of([explained["file"], "--slot", "perpetrator"], capfd).splitlines()]
    inner = lines.index("└ Bresk Otalin (accused) confesses “confessed”")
    assert lines[inner - 1] == "Ilva Dorn, for the Ministry of Order (authority) says “said”, 2019-06-08"


def test_standing_and_stance_are_told_once(explained: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    text = text_of([explained["file"], "--slot", "perpetrator"], capfd)
    assert "Bresk Otalin, person - denied " in text
    assert "Bresk Otalin, person - said to have confessed " in text


def test_json_holds_every_claim_and_every_offset_is_right(
    explained: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    explanation = json_of([explained["file"]], capfd)
    assert [i["number"] for i in explanation["incidents"]] == [1, 2, 3]
    claims = [g["claim"]["id"] for i in explanation["incidents"] for g in i["grounds"]]
    assert sorted(claims) == sorted(c.id for i in told().incidents for c in i.claims)
    for incident in explanation["incidents"]:
        for g in incident["grounds"]:
            evidence = {(e["start"], e["end"]) for e in g["claim"]["evidence"]}
            for passage in g["passages"]:
                assert TEXT[passage["start"] : passage["end"]] == passage["text"]
                assert {tuple(mark) for mark in passage["marks"]} == evidence
                assert passage["line"] == TEXT.count("\n", 0, passage["marks"][0][0]) + 1


def test_heads_are_told_where_there_is_a_model_and_only_there(
    explained: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    without = json_of([explained["file"]], capfd)
    assert not without["learned"] and all(g["heads"] is None for i in without["incidents"] for g in i["grounds"])
    assert "by the rules alone" in text_of([explained["file"]], capfd)
    explained["model"] = True
    with_model = json_of([explained["file"]], capfd)
    weapon = next(g for g in with_model["incidents"][0]["grounds"] if g["claim"]["slot"] == "weapon")
    assert with_model["learned"] and weapon["heads"] == {"weapon": 0.875}
    assert with_model["incidents"][0]["told"][0]["heads"] == {"bombing": 0.9}
    assert next(g for g in with_model["incidents"][0]["grounds"] if g["claim"]["slot"] == "killed")["heads"] is None
    text = text_of([explained["file"]], capfd)
    assert "heads: weapon 0.88" in text and "heads: bombing 0.90" in text


def test_of_several_days_the_one_shown_is_told_apart(
    explained: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    text = text_of([explained["file"], "--slot", "when", "--incident", "1"], capfd)
    assert one_line(text).count("(not shown)") == 1
    explanation = json_of([explained["file"], "--slot", "when"], capfd)
    assert [g["shown"] for g in explanation["incidents"][0]["grounds"]] == [False, True]


def test_what_is_left_aside_says_why(explained: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    text = text_of([explained["file"]], capfd)
    aside = one_line(text[text.index("Left aside") :])
    assert "3 assassination, accomplished, 2016-03" in aside
    assert "dated 2016-03, more than 60 days before the report (2019-06-09)" in aside
    whole = text_of([explained["file"], "--incident", "3"], capfd)
    assert "3  ASSASSINATION" in whole and "“killed” killed: victim “collector”" in whole


def test_what_the_text_does_not_tell_is_told(explained: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    explanation = json_of([explained["file"]], capfd)
    assert explanation["incidents"][1]["not_known"][:2] == ["when", "where"]
    assert "motive" not in explanation["incidents"][0]["not_known"]
    assert "not known     when, where" in text_of([explained["file"]], capfd)


def test_narrowing_shows_only_what_was_asked_for(explained: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    explanation = json_of([explained["file"], "-i", "1", "-s", "killed", "-s", "wounded"], capfd)
    (only,) = explanation["incidents"]
    assert {g["claim"]["slot"] for g in only["grounds"]} == {"killed", "wounded"}
    text = text_of([explained["file"], "-i", "1", "-s", "killed"], capfd)
    assert "told by" not in text and "Left aside" not in text


def test_wrong_use_is_told_with_what_is_allowed(explained: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", explained["file"], "--slot", "colour"]) == 2
    assert "perpetrator" in one_line(capfd.readouterr().err)
    assert run(["explain", explained["file"], "--incident", "0"]) == 2
    assert run(["explain", explained["file"], "--incident", "9"]) == 1
    out, err = capfd.readouterr()
    assert "there is no incident 9: it has 1 to 3" in err and not out


def test_bad_input_is_reported_as_by_read_and_the_others_go_on(
    explained: dict[str, Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("this one breaks", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    assert run(["explain", str(tmp_path), "--format", "jsonl", "--published", "2019-06-09"]) == 1
    out, err = capfd.readouterr()
    assert [Path(json.loads(line)["article"]["name"]).name for line in out.splitlines()] == ["karvel.txt"]
    assert "a.txt: could not be read (RuntimeError: a stage broke)" in err and "b.txt" in err
    assert explained["published"] == date(2019, 6, 9)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_or_ends_in_blanks(width: int) -> None:
    from sayso.cli.explanation import explain
    from sayso.cli.render.explain import render

    a = analysed()
    out = Console(width=width, file=io.StringIO(), highlight=False, emoji=False, markup=False)
    render(explain(pipeline.Explained(told(), a, seen(a)), TEXT), out)
    assert isinstance(out.file, io.StringIO)
    for line in out.file.getvalue().splitlines():
        assert len(line) <= width + 1, line  # the candle is two cells wide, one character long
        assert line == line.rstrip()


def test_words_that_steer_a_terminal_are_not_printed() -> None:
    from sayso.cli.explanation import explain
    from sayso.cli.render.explain import render

    text = "A bomb\x1b[31m exploded.\x07"
    article = replace(ARTICLE, text=text, blocks=(), dateline=None, title="\x1b[2J")
    claim = replace(told().incidents[0].claims[0], value=Label(value="bombing"), chain=(), evidence=(span_in(text),))
    incident = Incident(id="i1", kind="bombing", stage="accomplished", background=False, claims=(claim,))
    empty = Analysis(text=text, source_text=text, tokens=(), sentences=(), names=(), quotations=())
    out = Console(width=80, file=io.StringIO(), highlight=False, emoji=False, markup=False)
    given = pipeline.Explained(Reading(article=article, incidents=(incident,)), empty, None)
    render(explain(given, text), out)
    assert isinstance(out.file, io.StringIO)
    assert "\x1b" not in out.file.getvalue() and "\x07" not in out.file.getvalue()


def span_in(text: str) -> Any:
    from sayso.model.span import Span

    return Span(start=0, end=len(text), text=text)


def test_the_real_pipeline_gives_grounds_for_every_claim_and_reads_as_read_does(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(REPORT, encoding="utf-8")
    explanation = json_of([str(file), "--published", "2019-06-05"], capfd)
    assert run(["read", str(file), "--published", "2019-06-05", "--format", "json"]) == 0
    (record,) = json.loads(capfd.readouterr().out)
    read = [claim for incident in record["incidents"] for claim in incident["claims"]]
    found = [g["claim"] for i in explanation["incidents"] for g in i["grounds"]]
    assert found and sorted(found, key=lambda c: c["id"]) == sorted(read, key=lambda c: c["id"])
    assert all(g["passages"] for i in explanation["incidents"] for g in i["grounds"])
    first, last = explanation["incidents"][0], explanation["incidents"][-1]
    assert first["aside"] is None and first["told"][0]["line"] == 1
    assert last["aside"] == "dated 2016-03, more than 60 days before the report (2019-06-05)"


def test_what_only_recalls_in_a_clause_says_about_whom() -> None:
    from sayso.cli.aside import recalled_by

    a = analysed()
    assert recalled_by(a, a.token_at(TEXT.index("went off"))) is None
    assert recalled_by(a, a.token_at(TEXT.index("left the parcel"))) == "man"


def test_every_sample_can_be_explained(capfd: pytest.CaptureFixture[str]) -> None:
    """Rows with capitals, threats without event words, and reports without any incident among them."""
    out = text_of([str(samples() / "wire.jsonl"), str(samples() / "no-incident")], capfd)
    assert "no incident found" in out and "that made no incident" in out
