"""`sayso dossier`: who is meant by a name or a key, and all that is said of him."""

from __future__ import annotations

import json
import time
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from sayso.cli.main import run
from sayso.errors import InputError
from sayso.export import dossier_shapes
from sayso.export.dossier_shapes import Candidate, Dossier
from sayso.link.linker import link
from sayso.link.people import LONGEST, checked, search
from sayso.model.entity import Entity, Fact
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.store.store import open_store
from tests import invented

SECOND = date(2019, 7, 1)
SHARED = {"HolderRecord", "SlotRecord", "Words", "PartyRecord", "ReconciledPerpetrator", "WhenRecord"}
"""Shapes that other pages document."""


def other_report(id: str = "karvel-2", day: date = SECOND, **renamed: str) -> Reading:
    """The invented report as another outlet has it, later; people called otherwise where `renamed` says so, by id."""
    told = invented.reading()
    article = replace(told.article, id=id, outlet="Nether Times", agency=None, published=day, name=f"{id}.txt")
    entities = tuple(_renamed(entity, renamed.get(entity.id)) for entity in told.entities)
    return replace(told, article=article, entities=entities)


def _renamed(entity: Entity, name: str | None) -> Entity:
    return replace(entity, name=name, names=(name,)) if name else entity


def namesake() -> Reading:
    """Another report, of another Otalin: old, a ropemaker, and nowhere near."""
    told = invented.reading()
    text = told.article.text
    at = text.index("Bresk Otalin")
    he = replace(
        told.entities[3], name="Jarn Otalin", names=("Jarn Otalin",),
        facts=(
            Fact(name="age", value="80", evidence=Span(start=at, end=at + 5, text="Bresk")),
            Fact(name="role", value="ropemaker", evidence=Span(start=at, end=at + 5, text="Bresk")),
        ),
    )  # fmt: skip
    article = replace(told.article, id="ropes", outlet="Brimhold Sheet", agency=None, name="ropes.txt")
    police = replace(told.entities[2], name="Police", names=("Police",))
    return Reading(article=article, entities=(he, police))


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("dossier") / "sayso.db")
    with open_store(path, write=True) as store:
        for number, reading in enumerate((invented.reading(), other_report(), namesake())):
            store.add(reading, f"f{number}")
        link(store)
    return path


def dossiers(sayso: Any, *arguments: str) -> list[dict[str, Any]]:
    return list(json.loads(sayso("dossier", *arguments, "--format", "json")))


def test_all_articles_stand_together_under_a_head(sayso: Any) -> None:
    told = sayso("dossier", "bresk otalin")
    first = told.splitlines()
    assert first[0].startswith("Bresk Otalin   person   ") and first[1].startswith("2 articles (1 copy), ")
    assert "alleged, by Ministry of Order; denied by Mira Salk" in told
    assert "The Karvel Ledger" in told and "Nether Times" in told


def test_nobody_is_shown_as_having_done_it_without_who_says_so(sayso: Any) -> None:
    (found,) = dossiers(sayso, "bresk otalin")
    for incident in found["incidents"]:
        for standing in incident["perpetrator"]["history"]:
            assert standing["holder"]["source"] and standing["holder"]["evidence"]
    assert "guilty" not in sayso("dossier", "bresk otalin").lower()


@pytest.mark.parametrize("name", ["Ashen Lantern", "fener-i kul", "FENER-İ KÜL", "ashen", "  ashen   lantern "])
def test_a_name_is_found_by_its_words_whatever_case_and_accents(sayso: Any, name: str) -> None:
    assert sayso("dossier", name).splitlines()[0].startswith("Ashen Lantern   organization")


@pytest.mark.parametrize("name", ["Бреск Оталин", "Bresk Otaleen", "Bresk Ottalin", "Otalin, Bresk"])
def test_a_name_is_found_in_another_spelling_or_script(sayso: Any, name: str) -> None:
    assert sayso("dossier", name).splitlines()[0].startswith("Bresk Otalin   person")


def test_a_key_and_its_beginning_are_found(sayso: Any) -> None:
    (found,) = dossiers(sayso, "bresk otalin")
    keys = {key for article in found["articles"] for key in article["keys"]}
    assert found["key"] in keys and len(keys) == 2
    for key in (*keys, found["key"][:7], found["key"].upper()):
        assert dossiers(sayso, key) == [found]


def test_a_confession_that_another_tells_of_is_on_the_word_of_that_one(sayso: Any) -> None:
    rows = [line for line in sayso("dossier", "bresk otalin").splitlines() if "said to have confessed" in line]
    assert len(rows) == 1 and "Ministry of Order" in rows[0]  # for which Ilva Dorn speaks
    assert "confesses" not in sayso("dossier", "bresk otalin")
    assert "is said to confess" in sayso("dossier", "bresk otalin")


def test_several_of_a_name_are_listed_with_what_tells_them_apart(sayso: Any, capfd: Any, db: str) -> None:
    assert run(["dossier", "otalin", "--db", db]) == 1
    out, err = capfd.readouterr()
    assert "Jarn Otalin" in out and "ropemaker" in out and "Bresk Otalin" in out and "b. 198" in out
    assert err.count("\n") == 1 and "2 different people and groups may be meant" in err and "--all" in err
    assert run(["dossier", "otalin", "--db", db, "--format", "jsonl"]) == 1
    listed = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(one["name"], one["articles"]) for one in listed] == [("Bresk Otalin", 2), ("Jarn Otalin", 1)]
    assert list(listed[0]) == [field.name for field in fields(Candidate)]
    for one in listed:
        assert dossiers(sayso, one["candidate"])[0]["name"] == one["name"]


def test_all_shows_one_after_the_other(sayso: Any) -> None:
    assert [one["name"] for one in dossiers(sayso, "otalin", "--all")] == ["Bresk Otalin", "Jarn Otalin"]
    assert sayso("dossier", "otalin", "--all").count("Articles, and the key") == 2


def test_a_person_decides_who_is_one_and_the_dossier_follows(tmp_path: Path, capfd: Any) -> None:
    path = str(tmp_path / "own.db")
    with open_store(path, write=True) as store:
        store.add(invented.reading(), "f")
        store.add(namesake(), "g")
        link(store)
    assert run(["dossier", "otalin", "--db", path, "--format", "jsonl"]) == 1
    keys = [json.loads(line)["candidate"] for line in capfd.readouterr().out.splitlines()]
    assert run(["same", "entity", *keys, "--db", path, "--by", "me"]) == 0
    capfd.readouterr()
    assert run(["dossier", "otalin", "--db", path, "--format", "json"]) == 0
    (found,) = json.loads(capfd.readouterr().out)
    assert {name["name"] for name in found["names"]} == {"Bresk Otalin", "Jarn Otalin"}
    assert run(["different", "entity", *keys, "--db", path, "--by", "me"]) == 0 or run(["undo", "1", "--db", path]) == 0


def test_what_was_said_later_is_left_out(sayso: Any) -> None:
    told = sayso("dossier", "bresk otalin", "--as-of", "2019-06-08")
    assert "As known on 8 June 2019" in told and "denied by" not in told and "alleged, by" in told
    assert "Of this nothing had been said by then." in sayso("dossier", "bresk otalin", "--as-of", "2010")
    assert dossiers(sayso, "bresk otalin", "--as-of", "2010") == []
    assert run(["dossier", "x", "--db", "x", "--as-of", "never"]) == 2


def test_machines_get_the_documented_keys_and_the_same_bytes(sayso: Any) -> None:
    told = sayso("dossier", "ashen lantern", "--format", "json")
    assert told == sayso("dossier", "ashen lantern", "--format", "json")
    (found,) = json.loads(told)
    jsonschema.validate(found, TypeAdapter(Dossier).json_schema(mode="serialization"))
    assert list(found) == [field.name for field in fields(Dossier)]


@pytest.mark.parametrize("shape", [Dossier, Candidate])
def test_every_key_is_documented_in_the_words_of_the_program(shape: type) -> None:
    page = (Path(__file__).parents[2] / "docs" / "dossier.md").read_text(encoding="utf-8")
    schema = TypeAdapter(shape).json_schema(mode="serialization")
    own = {name: one for name, one in schema.get("$defs", {}).items() if hasattr(dossier_shapes, name)}
    for one in (schema, *(one for name, one in own.items() if name not in SHARED)):
        for key, told in one["properties"].items():
            assert any(line.startswith(f"| `{key}` |") and told["description"] in line for line in page.splitlines())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "(empty): a name of at least two letters"),
        ("  \t\n", "(empty): a name of at least two letters"),
        ("x", "x: a name of at least two letters"),
        ("--", ""),
        ("\x00\x1b\x07", "a name of at least two letters"),
        ("o" * 10_000, "is too long for a name"),
        ("Xyzzy Plugh", "Xyzzy Plugh: no such person or group"),
        ("nobody\x1b[31mhere\x9b", "no such person or group"),
        ("%", "a name of at least two letters"),
        ("_%", "a name of at least two letters"),
        ("\ud800\ud800", ""),
        ("police", "police: describes many or is what many are called (1 article)"),
    ],
)
def test_bad_input_is_one_line_without_control_characters(db: str, capfd: Any, name: str, told: str) -> None:
    assert run(["dossier", "--db", db, "--", name]) == 1
    out, err = capfd.readouterr()
    assert not out and told in err and err.count("\n") == 1 and len(err) < 300
    assert not any(ord(character) < 32 for character in err.rstrip("\n"))


def test_where_nobody_is_found_the_nearest_names_are_told(db: str, capfd: Any) -> None:
    assert run(["dossier", "Ashen Lanterns of Ossel", "--db", db]) in (0, 1)
    capfd.readouterr()
    assert run(["dossier", "Brest Othello", "--db", db]) == 1
    assert "Bresk Otalin" in capfd.readouterr().err


def test_a_database_that_is_not_linked_says_what_to_do(tmp_path: Path, capfd: Any) -> None:
    path = str(tmp_path / "own.db")
    with open_store(path, write=True) as store:
        store.add(invented.reading(), "f")
    assert run(["dossier", "bresk otalin", "--db", path]) == 1
    assert "Run `sayso link` first" in capfd.readouterr().err
    with open_store(path, write=True) as store:
        link(store)
        store.add(other_report(), "g")
    assert run(["dossier", "bresk otalin", "--db", path]) == 0
    assert "1 article not linked yet and in no dossier" in capfd.readouterr().err


def test_an_empty_database_has_nobody(tmp_path: Path, capfd: Any) -> None:
    path = str(tmp_path / "own.db")
    open_store(path, write=True).close()
    assert run(["dossier", "bresk otalin", "--db", path]) == 1
    assert "no such person or group" in capfd.readouterr().err


@given(st.text(max_size=3 * LONGEST))
@settings(deadline=None, max_examples=150)
def test_any_text_is_a_name_that_is_looked_for_or_an_error_that_can_be_acted_on(db: str, name: str) -> None:
    try:
        words = checked(name)
    except InputError:
        return
    assert words.strip() and len(name.strip()) <= LONGEST
    with open_store(db) as store:
        found = search(store, name)
    assert len(found.found) <= found.total


def test_thousands_of_mentions_are_printed_within_seconds_on_a_page_or_two(tmp_path: Path, capfd: Any) -> None:
    path = str(tmp_path / "own.db")
    told = invented.reading()
    he = told.entities[3]
    many = replace(he, mentions=he.mentions * 50, facts=he.facts)
    with open_store(path, write=True) as store:
        for k in range(100):
            day = date(2019, 6, 9) + timedelta(days=k)
            reading = other_report(f"r{k}", day)
            entities = tuple(many if one.id == he.id else one for one in reading.entities)
            incidents: tuple[Incident, ...] = reading.incidents[:1]
            store.add(replace(reading, entities=entities, incidents=incidents), f"f{k}")
        link(store)
    started = time.monotonic()
    assert run(["dossier", "bresk otalin", "--db", path]) == 0
    assert time.monotonic() - started < 20
    lines = capfd.readouterr().out.splitlines()
    assert lines[1].startswith("100 articles") and len(lines) < 150
