"""`sayso list`, `show`, `search` and `export` on a small database."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.cli.main import load_command, run
from sayso.store.store import open_store
from tests.invented import reading


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("commands") / "sayso.db")
    with open_store(path, write=True) as store:
        store.add(reading(), "f")
        plain = replace(reading().article, id="calm", title="\x1b[31mCouncil\x07 meets", text=reading().article.text)
        store.add(replace(reading(), article=plain, incidents=()), "f")
    return path


def test_list_shows_each_incident_with_the_standing_of_everyone_accused(sayso: Any) -> None:
    lines = sayso("list").splitlines()
    assert lines[0].split() == ["id", "date", "kind", "place", "perpetrator", "losses", "reported", "by"]
    assert "2019-06-06" in lines[1] and "Karvel, XO" in lines[1] and "The Karvel Ledger, 2019-06-09" in lines[1]
    assert "Ashen Lantern (accused by authorities)" in sayso("list")
    assert lines[-1] == "3 incidents"


def test_list_gives_people_fifty_lines_and_machines_all(sayso: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.cli.list_.SHOWN", 2)
    assert sayso("list").splitlines()[-1] == "2 of 3 incidents; --limit 0 shows all"
    assert sayso("list", "--limit", "0").splitlines()[-1] == "3 incidents"
    assert len(sayso("list", "--format", "jsonl").splitlines()) == 3
    assert len(json.loads(sayso("list", "--format", "json", "--limit", "1"))) == 1


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        (["--kind", "bombing", "--kind", "threat"], ["bombing", "threat"]),
        (["--country", "xo"], ["bombing"]),
        (["--place", "karvel"], ["bombing"]),
        (["--from", "2019-06", "--to", "2019"], ["bombing"]),
        (["--since", "2016-03-31", "--until", "2016"], ["assassination"]),
        (["--actor", "fener-i kul", "--standing", "accused-by-authorities"], ["bombing"]),
        (["--speaker-kind", "armed_group"], ["bombing", "threat"]),
        (["--text", "candle depot", "--no-background"], ["bombing", "threat"]),
        (["--stage", "threatened"], ["threat"]),
        (["--background"], ["assassination"]),
        (["--sort", "kind"], ["assassination", "bombing", "threat"]),
        (["--sort", "kind", "--reverse"], ["threat", "bombing", "assassination"]),
    ],
)
def test_list_filters_and_sorts(sayso: Any, options: list[str], kinds: list[str]) -> None:
    rows = [json.loads(line) for line in sayso("list", "--format", "jsonl", *options).splitlines()]
    assert [row["kind"] for row in rows] == kinds


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--kind", "bombimg"], "'bombimg' is not one of armed_attack,"),
        (["--kind", "bombimg"], "Did you mean bombing?"),
        (["--standing", "guilty"], "reported_as_fact, claimed, suspected"),
        (["--speaker-kind", "police"], "authority, armed_group"),
        (["--stage", "done"], "accomplished, attempted, threatened"),
        (["--country", "Ostmark"], "such as KZ, or --place"),
        (["--from", "2019-13"], "there is no month 13"),
        (["--from", "yesterday"], "yesterday"),
        (["--to", "XXXX-10-31"], "has no year"),
        (["--sort", "size"], "published"),
        (["--limit", "-1"], "--limit"),
    ],
)
def test_a_condition_that_cannot_be_met_is_refused_with_those_that_can(
    sayso: Any, options: list[str], words: str
) -> None:
    assert words in " ".join(sayso("list", *options, code=2).split())


def test_nothing_found_is_no_failure(sayso: Any) -> None:
    assert sayso("list", "--kind", "arson") == "no incident found (the database holds 3 incidents in 2 articles)\n"
    assert sayso("list", "--kind", "arson", "--format", "json") == "[]\n"
    assert sayso("list", "--kind", "arson", "--format", "csv").startswith("incident,cluster,article,")
    assert sayso("search", "zeppelin") == "nothing found\n"


def test_show_gives_an_incident_by_its_key_with_the_words_and_only_its_statements(sayso: Any) -> None:
    key = json.loads(sayso("list", "--kind", "bombing", "--format", "json"))[0]["incident"]
    out = sayso("show", key[:6])
    assert out.startswith(f"incident {key} of article karvel-1\n")
    assert "BOMBING" in out and "THREAT" not in out
    assert '"the Ashen Lantern was behind the blast"' in out
    record = json.loads(sayso("show", key, "--format", "json"))[0]
    assert [incident["id"] for incident in record["incidents"]] == [key]
    chains = {id for claim in record["incidents"][0]["claims"] for id in claim["chain"]}
    assert {statement["id"] for statement in record["statements"]} == chains


def test_show_tells_all_of_what_is_only_recalled(sayso: Any) -> None:
    key = json.loads(sayso("list", "--background", "--format", "json"))[0]["incident"]
    out = sayso("show", key)
    assert "only recalls this incident" in out and "ASSASSINATION" in out and "gunmen" in out


def test_show_gives_an_article_with_all_its_incidents(sayso: Any) -> None:
    out = sayso("show", "karvel-1")
    assert out.startswith("article karvel-1\n") and "BOMBING" in out and "THREAT" in out
    assert len(json.loads(sayso("show", "karvel-1", "--format", "json"))[0]["incidents"]) == 3
    assert "no incident found" in sayso("show", "calm")


@pytest.mark.parametrize("id", ["nothere", "karvel-1@2", " ", "%"])
def test_an_id_that_is_not_there_is_named_with_where_to_look(sayso: Any, id: str) -> None:
    assert "no such incident or article" in sayso("show", id, code=1)


def test_search_shows_titles_incidents_and_the_words_around(sayso: Any) -> None:
    out = sayso("search", "tax", "collector")
    assert "Ministry Blames Ashen Lantern" in out and "3 incidents: " in out
    assert "gunmen killed a tax collector" in " ".join(out.split())
    hit = json.loads(sayso("search", "tax collector", "--format", "json"))[0]
    start, end = hit["matches"][0]
    assert hit["snippet"][start:end].lower() == "tax"


def test_what_a_title_holds_cannot_take_over_the_terminal(sayso: Any) -> None:
    out = sayso("search", "candle")
    assert "Council" in out and "\x1b" not in out and "\x07" not in out


@pytest.mark.parametrize("words", ['"', "AND OR", "NEAR(", "title:", "-", "*", "'; DROP TABLE article; --"])
def test_search_takes_any_words(sayso: Any, words: str) -> None:
    sayso("search", "--", words)


def test_exports_are_the_same_bytes_each_time_in_a_file_and_on_standard_output(sayso: Any, tmp_path: Path) -> None:
    for format in ("jsonl", "csv", "geojson"):
        printed = sayso("export", "--to", format)
        for _ in range(2):
            sayso("export", "--to", format, "-o", str(tmp_path / "out"))
            assert (tmp_path / "out").read_bytes().decode() == printed
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_export_takes_the_filters_of_list(sayso: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(sayso("export", "--to", "csv", "--kind", "threat", "--until", "2030"))))
    assert rows == []
    rows = list(csv.DictReader(io.StringIO(sayso("export", "--to", "csv", "--kind", "bombing", "--since", "2019"))))
    assert [row["kind"] for row in rows] == ["bombing"]
    record = json.loads(sayso("export", "--to", "jsonl", "--kind", "threat"))
    assert [incident["kind"] for incident in record["incidents"]] == ["threat"]


def test_export_says_what_it_needs(sayso: Any) -> None:
    assert "--to" in sayso("export", code=2)
    assert "only csv has rows" in sayso("export", "--to", "jsonl", "--rows", "claims", code=2)


def test_an_export_that_fails_leaves_the_older_file(
    sayso: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.csv"
    out.write_text("older")
    assert "cannot be written" in sayso("export", "--to", "csv", "-o", str(tmp_path / "none" / "x.csv"), code=1)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sayso.export.csv.write_incidents", full)
    assert "No space left" in sayso("export", "--to", "csv", "-o", str(out), code=1)
    assert out.read_text() == "older" and [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("command", [["list"], ["show", "x"], ["search", "x"], ["export", "--to", "csv"]])
def test_every_command_names_a_database_that_is_not_there(
    command: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--db", str(tmp_path / "none.db")]) == 1
    assert "there is no such database. Make one with `sayso ingest PATHS`." in capfd.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_database_can_be_named_by_the_environment(db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_DB", db)
    monkeypatch.chdir(tmp_path)
    assert run(["list"]) == 0


@pytest.mark.parametrize("name", ["ingest", "list", "show", "search", "export"])
def test_help_has_an_example_and_loads_no_database(name: str) -> None:
    assert f"sayso {name} " in (load_command(name).help or "")
    code = (
        f"import sys; from sayso.cli.main import run; run([{name!r}, '--help']);"
        "print(sorted({'spacy', 'sqlalchemy', 'alembic', 'rich'} & sys.modules.keys()))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.endswith("[]\n")
