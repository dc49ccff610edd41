"""`sayso same`, `different`, `undo`, `why`, `link`, `disagreements`; `show` and `list` of linked reports."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.main import run
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.store.store import open_store
from tests.link.made import add, ambush, incident, key, linked, new_store, raid, report

BLASTS = {
    "b0": "A parcel bomb went off at the Quay Street tram depot in Karvel. The watchman Ilva Dornik died.",
    "b1": "Ilva Dornik, watchman of the tram depot on Quay Street in Karvel, was killed by a bomb in a parcel.",
    "b2": "Three were killed, Ilva Dornik among them, when a parcel blew up the tram depot on Quay Street, Karvel.",
}


def told(id: str, killed: int, day: int) -> Reading:
    text = BLASTS[id]
    words = Span(start=0, end=len(text), text=text)
    made = incident(
        day=date(2019, 6, 6), place="Karvel", killed=killed, victim="Ilva Dornik", group="Reed Brothers", words=words
    )
    published = date(2019, 6, day)
    return report(id, text, made, people=["Ilva Dornik"], published=published, outlet=f"Paper {id}")


MADE = [told("b0", 1, 7), told("b1", 1, 8), told("b2", 3, 9), ambush("a0", outlet="Paper a0"), raid("r0")]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linked")
    linked(folder, MADE).close()
    return folder / "a.db"


@pytest.fixture
def db(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.delenv("SAYSO_USER", raising=False)
    return str(shutil.copy(whole, tmp_path / "sayso.db"))


@pytest.fixture
def ids(db: str) -> dict[str, str]:
    with open_store(db) as store:
        return {reading.article.id: key(store, reading.article.id) for reading in MADE}


def test_same_and_different_tell_what_they_decided_and_by_whom(sayso: Any, ids: dict[str, str]) -> None:
    out = sayso("same", "incident", ids["b0"], ids["r0"], "--by", "mo", "--reason", "one night")
    left, right = sorted([ids["b0"], ids["r0"]])
    number = re.search(r"\(judgement (\d+), by mo\)", out)
    assert number and out.startswith(f"decided: incident {left} is the same as {right}")
    shown = sayso("why", "incident", ids["r0"], ids["b0"])
    assert "held to be one" in shown and f"  {number[1]}  20" in shown and "same, by mo: one night" in shown
    out = sayso("different", "incident", ids["b0"][:9], ids["b1"].upper(), "--by", " ab ")
    assert "is different from" in out and "by ab)" in out


def test_the_author_is_the_variable_of_the_user_or_else_the_login(
    sayso: Any, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAYSO_USER", "desk")
    assert "by desk)" in sayso("same", "incident", ids["b0"], ids["r0"])
    monkeypatch.setattr("getpass.getuser", lambda: "login")
    monkeypatch.delenv("SAYSO_USER")
    assert "by login)" in sayso("same", "incident", ids["b0"], ids["a0"])
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid")))
    assert "by unknown)" in sayso("same", "incident", ids["a0"], ids["b1"], "--by", " ")


def test_undo_takes_a_decision_back_once(sayso: Any, ids: dict[str, str]) -> None:
    out = sayso("same", "incident", ids["b0"], ids["r0"], "--by", "mo")
    number = out.partition("judgement ")[2].partition(",")[0]
    assert sayso("undo", number, "--by", "ab").startswith("taken back: incident")
    error = sayso("undo", number, code=1)
    assert "taken back on" in error and "by ab" in error and number in error and "sayso same" in error
    assert "[taken back" in sayso("why", "incident", ids["b0"], ids["r0"])


def test_what_contradicts_is_refused_with_the_way_out(sayso: Any, ids: dict[str, str]) -> None:
    sayso("same", "incident", ids["b0"], ids["r0"], "--by", "mo")
    sayso("same", "incident", ids["r0"], ids["a0"], "--by", "mo")
    error = sayso("different", "incident", ids["a0"], ids["b0"], code=1)
    assert "contradicts what has been decided" in error and error.count("judgement") == 2
    assert "`sayso undo NUMBER`" in error and ids["r0"] in error


@pytest.mark.parametrize("command", ["same", "different", "why"])
def test_ids_that_are_none_are_named_with_the_next_step(sayso: Any, ids: dict[str, str], command: str) -> None:
    for bad in ("nosuchid", "", "b0", "%"):
        error = sayso(command, "incident", ids["b0"], bad, code=1)
        assert "no such incident has been linked" in error and "`sayso list` prints ids" in error
        assert bad in error
    assert "no such entity" in sayso(command, "entity", ids["b0"], ids["b1"], code=1)
    assert sayso(command, "nonsense", ids["b0"], ids["b1"], code=2)
    if command != "why":
        assert "Give two different ids" in sayso(command, "incident", ids["b0"], ids["b0"], code=1)


@pytest.mark.parametrize("number", ["0", "99999", "99999999999999999999"])
def test_a_judgement_that_is_none_is_named(sayso: Any, number: str) -> None:
    error = sayso("undo", number, code=1)
    assert number in error and "no such judgement" in error and "sayso why" in error
    assert sayso("undo", "x", code=2)


def test_a_rules_judgement_is_overruled_and_how_is_told(sayso: Any, ids: dict[str, str]) -> None:
    shown = json.loads(sayso("why", "incident", ids["b0"], ids["b1"], "--format", "json"))[0]
    number = str(shown["judgements"][0]["number"])
    error = sayso("undo", number, code=1)
    command = error.partition("`sayso different")[2].partition("`")[0].split()
    assert command[:3] == ["incident", *sorted([ids["b0"], ids["b1"]])]
    assert "different" in sayso("different", *command[:3])


def test_why_tells_the_reasons_and_the_judgements(sayso: Any, ids: dict[str, str]) -> None:
    shown = sayso("why", "incident", ids["b0"], ids["b1"])
    assert "held to be one" in shown and "These two alone: " in shown and "% likely one" in shown
    assert "same day: both on 2019-06-06" in shown and "by same-incident/" in shown
    apart = sayso("why", "incident", ids["b0"], ids["r0"])
    assert "held apart" in apart and "No judgement: they were no candidates, or too unlike." in apart
    assert "one and the same id" in sayso("why", "incident", ids["b0"], ids["b0"])


def test_why_is_told_to_machines(sayso: Any, ids: dict[str, str]) -> None:
    (found,) = json.loads(sayso("why", "incident", ids["b0"], ids["b1"], "--format", "json"))
    assert found == json.loads(sayso("why", "incident", ids["b1"], ids["b0"], "--format", "jsonl"))
    assert found["together"] is True and 0.5 < found["score"] <= 1
    assert found["chain"] == [found["left"], found["right"]] == sorted([ids["b0"], ids["b1"]])
    assert {"feature", "weight", "words"} == set(found["reasons"][0])
    assert found["judgements"][0]["verdict"] == "same" and found["judgements"][0]["revoked"] is None


def test_link_links_what_waits_and_with_all_everything(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with new_store(tmp_path) as store:
        for reading in MADE:
            add(store, reading)
    path = str(tmp_path / "sayso.db")
    for arguments, words in (
        ([], "5 articles linked; "),
        ([], "0 articles linked; 0 pairs"),
        (["--all"], "5 articles"),
    ):
        assert run(["link", "--db", path, *arguments]) == 0
        assert capfd.readouterr().out.startswith(words)


@pytest.mark.parametrize(
    "command", [["link"], ["same", "incident", "a", "b"], ["different", "entity", "a", "b"], ["undo", "1"]]
)
def test_no_database_is_made_where_none_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], command: list[str]
) -> None:
    path = tmp_path / "none.db"
    for place in (str(path), f"sqlite:///{path}"):
        assert run([command[0], "--db", place, *command[1:]]) == 1
        error = capfd.readouterr().err
        assert "there is no such database" in error and "`sayso ingest" in error
    assert not path.exists()


def test_disagreements_tell_each_side_with_its_sources(sayso: Any, ids: dict[str, str]) -> None:
    shown = sayso("disagreements")
    assert "killed: " in shown and "Paper b2" in shown and "(3 reports)" in shown
    assert shown.splitlines()[-1] == "1 incident on which sources differ"
    (found,) = json.loads(sayso("disagreements", "--format", "json"))
    assert sorted(found["incidents"]) == sorted(ids[id] for id in ("b0", "b1", "b2"))
    assert [one["slot"] for one in found["disagreements"]] == ["killed"]
    assert json.loads(sayso("disagreements", ids["b0"], "--slot", "killed", "--format", "jsonl")) == found


def test_disagreements_of_what_sources_agree_on_are_none(sayso: Any, ids: dict[str, str]) -> None:
    for arguments in ([ids["r0"]], ["--slot", "where"]):
        assert sayso("disagreements", *arguments) == "no incident on which sources differ\n"
        assert json.loads(sayso("disagreements", *arguments, "--format", "json")) == []


def test_an_incident_that_is_asked_for_twice_is_shown_once(sayso: Any, ids: dict[str, str]) -> None:
    shown = sayso("disagreements", ids["b0"], ids["b1"], ids["b0"][:9])
    assert shown.splitlines()[-1] == "1 incident on which sources differ"


def test_disagreements_refuse_what_they_do_not_know(sayso: Any) -> None:
    assert "nosuchid" in (error := sayso("disagreements", "nosuchid", code=1)) and "`sayso list`" in error
    error = sayso("disagreements", "--slot", "kiled", code=2)
    assert "kiled" in error and "killed" in error
    error = sayso("disagreements", "--policy", "loudest", code=1)
    assert "loudest" in error and "most independent" in error


def test_the_example_in_a_help_stands_on_lines_of_its_own(sayso: Any, capfd: pytest.CaptureFixture[str]) -> None:
    for command in ("same", "different", "undo", "why", "link", "disagreements", "show", "list"):
        assert run([command, "--help"]) == 0
        lines = capfd.readouterr().out.splitlines()
        assert any(line.startswith(f"    sayso {command}") for line in lines), command


def test_show_puts_all_accounts_together_and_with_alone_one(sayso: Any, ids: dict[str, str]) -> None:
    shown = sayso("show", ids["b1"])
    assert all(ids[id] in shown for id in ("b0", "b1", "b2")) and "Paper b2" in shown
    alone = sayso("show", ids["b1"], "--alone")
    assert f"incident {ids['b1']} of article b1" in alone and "Paper b2" not in alone
    assert f"incident {ids['r0']} of article r0" in sayso("show", ids["r0"])


def test_show_gives_machines_one_record_of_all_accounts(sayso: Any, ids: dict[str, str]) -> None:
    (found,) = json.loads(sayso("show", ids["b1"], "--format", "json"))
    assert found["version"].startswith("sayso-reconciled/") and len(found["reports"]) == 3
    (alone,) = json.loads(sayso("show", ids["b1"], "--alone", "--format", "json"))
    assert alone["incidents"][0]["id"] == ids["b1"]
    (early,) = json.loads(sayso("show", ids["b1"], "--as-of", "2019-06-07", "--format", "json"))
    assert len(early["reports"]) == 1
    assert "nothing had been said" in sayso("show", ids["b1"], "--as-of", "2018")
    assert json.loads(sayso("show", ids["b1"], "--as-of", "2018", "--format", "json")) == []


def test_show_refuses_a_policy_that_is_none(sayso: Any, ids: dict[str, str]) -> None:
    assert "loudest" in sayso("show", ids["b1"], "--policy", "loudest", code=1)


def test_a_split_and_a_merge_show_in_what_show_and_list_print(sayso: Any, ids: dict[str, str]) -> None:
    assert sayso("list").splitlines()[-1] == "3 incidents"
    sayso("same", "incident", ids["a0"], ids["r0"])
    assert sayso("list").splitlines()[-1] == "2 incidents"
    sayso("different", "incident", ids["b0"], ids["b1"])
    sayso("different", "incident", ids["b0"], ids["b2"])
    assert sayso("list").splitlines()[-1] == "3 incidents"
    assert f"incident {ids['b0']} of article b0" in sayso("show", ids["b0"])


def test_list_has_a_line_for_an_incident_and_with_each_one_for_a_report(sayso: Any, ids: dict[str, str]) -> None:
    lines = sayso("list").splitlines()
    assert sum("(3 reports)" in line for line in lines) == 1 and lines[-1] == "3 incidents"
    every = sayso("list", "--each").splitlines()
    assert every[-1] == "5 incidents" and not any("reports)" in line for line in every)
    assert sayso("list", "--limit", "1").splitlines()[-1] == "1 of 3 incidents; --limit 0 shows all"
    rows = [json.loads(line) for line in sayso("list", "--format", "jsonl").splitlines()]
    assert {row["incident"] for row in rows} == set(ids.values())
    assert len(sayso("list", "--format", "csv").splitlines()) == 6


def test_a_database_that_waits_to_be_linked_is_shown_report_by_report(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with new_store(tmp_path) as store:
        for reading in MADE:
            add(store, reading)
        one = key(store, "b0")
    path = str(tmp_path / "sayso.db")
    assert run(["list", "--db", path]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "5 incidents"
    assert run(["show", one, "--db", path]) == 0
    assert run(["why", "incident", one, one, "--db", path]) == 1
    assert "`sayso link` links what waits" in capfd.readouterr().err


def test_reasons_and_names_cannot_steer_a_terminal(sayso: Any, ids: dict[str, str]) -> None:
    out = sayso("same", "incident", ids["b0"], ids["r0"], "--by", "m\x1b[31mo", "--reason", "a\x1b]0;b\x07\nc")
    shown = sayso("why", "incident", ids["b0"], ids["r0"])
    assert not {"\x1b", "\x07"} & set(out + shown)
    assert run(["why", "incident", "\x1b[31m", "\ud800"]) != 0


def test_bytes_that_are_no_text_are_written_out(sayso: Any, ids: dict[str, str]) -> None:
    out = sayso("same", "incident", ids["b0"], ids["r0"], "--by", "m\udcff", "--reason", "\udcfe")
    assert "by m\\udcff)" in out and "\\udcfe" in sayso("why", "incident", ids["b0"], ids["r0"])
    number = out.partition("judgement ")[2].partition(",")[0]
    assert "taken back" in sayso("undo", number, "--by", "\udcff")
    assert "no such incident" in sayso("why", "incident", "\udcff", ids["b0"], code=1)
    assert "no such incident" in sayso("disagreements", "\udcff", code=1)
