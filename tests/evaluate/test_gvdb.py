"""GVDB values are compared once normalised."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate import gvdb
from sayso.model.article import Capture
from sayso.model.claim import Actor, Claim, Slot, Value, Victim
from sayso.model.incident import Incident
from sayso.model.place import Place, PlaceType
from sayso.model.reading import Reading
from sayso.pipeline import read_capture


@pytest.mark.parametrize(
    ("key", "text", "normal"),
    [
        (gvdb.name_key, 'Larry "Boxx" Henderson', "larry henderson"),
        (gvdb.name_key, "Dr. Ana M. Ruíz-Peña Jr.", "ana ruiz-pena"),
        (gvdb.name_key, "Bolton", "bolton"),
        (gvdb.age_key, "five-year-old", "5"),
        (gvdb.age_key, " 21-year", "21"),
        (gvdb.age_key, "unknown", ""),
        (gvdb.clock_key, "just after 3 a.m.", "03:00"),
        (gvdb.clock_key, "12:30 PM", "12:30"),
        (gvdb.clock_key, "12:05 a.m.", "00:05"),
        (gvdb.clock_key, "6:30", "06:30?"),
        (gvdb.clock_key, "19:20", "19:20"),
        (gvdb.weapon_key, " .380 handgun ", "handgun"),
        (gvdb.weapon_key, "handguns", "handgun"),
        (gvdb.name_key, "Anton Ves\u00adel", "anton vesel"),
        (gvdb.place_key, "City of ROCKFORD, Ill.", "rockford"),
        (gvdb.place_key, "Woman shot at fair\nHALMAR", "halmar"),
        (gvdb.place_key, "the Lower Ward", "lower ward"),
        (gvdb.date_key, "2015-8-3", "2015-08-03"),
    ],
)
def test_keys(key: object, text: str, normal: str) -> None:
    assert key(text) == normal  # type: ignore[operator]


def gold(folder: Path) -> Path:
    person = {"name": {"value": "Jon P. Doe"}, "age": {"value": "31-year-old"}}
    record = {
        "circumstances": {"type-of-gun": {"value": "a pistol"}},
        "date-and-time": {
            "city": {"value": "HALMAR"}, "state": "OH - Ohio", "date": "2016-01-02", "clock-time": {"value": "7 p.m"},
        },
        "victim-section": [person],
        "shooter-section": [{"name": {"value": ""}, "age": {"value": ""}}],
    }  # fmt: skip
    path = folder / "gold.tsv"
    path.write_text(f"Article id\tFull text\tJson\n1\tA man was shot.\t{json.dumps(record)}\n", encoding="utf-8")
    return path


def test_values_are_counted_by_field(tmp_path: Path) -> None:
    found = tmp_path / "found.jsonl"
    record = {
        "row": 1, "victim name": ["Jon Doe", "Other Man"], "victim age": ["31"], "city": ["Halmar"],
        "date": ["XXXX-01-02"], "clock time": ["19:00"], "weapon": ["pistol"], "shooter name": ["Nobody Here"],
    }  # fmt: skip
    found.write_text(json.dumps(record) + "\n", encoding="utf-8")
    counts = gvdb.counts_of(gold(tmp_path), found)
    assert counts["victim name"] == (1, 1, 2)
    assert counts["shooter name"] == (0, 0, 1)
    assert {f: counts[f] for f in ("victim age", "city", "date", "clock time", "weapon")} == dict.fromkeys(
        ("victim age", "city", "date", "clock time", "weapon"), (1, 1, 1)
    )
    assert counts["state"] == (0, 1, 0)
    assert counts["weapon, labelled"] == (1, 1, 1)
    assert gvdb.measures(gold(tmp_path), found)["victim name"] == pytest.approx(66.67, abs=0.01)


def test_a_file_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.tsv"
    path.write_text("a\tb\n1\t2\n", encoding="utf-8")
    with pytest.raises(InputError, match="Full text"):
        gvdb.predict(path, tmp_path / "out")


def test_rows_without_json_are_read_and_not_scored(tmp_path: Path) -> None:
    full = gold(tmp_path).read_text(encoding="utf-8")
    path = tmp_path / "partly.tsv"
    path.write_text(full + '2\tA man said "no.\t\n3\t"Shots" fired\n4\n', encoding="utf-8")
    assert [r["Full text"] for r in gvdb.rows(path)] == ["A man was shot.", 'A man said "no.', '"Shots" fired', ""]
    gvdb.predict(path, tmp_path / "out")
    found = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    assert [r["row"] for r in found] == [1, 2, 3, 4]
    assert gvdb.counts_of(path, tmp_path / "out")["victim name"][1] == 1


def test_a_file_without_a_json_column_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "texts.tsv"
    path.write_bytes("\ufeffArticle id\tFull text\r\n1\tA man\rwas shot \udcff.\r\n".encode("utf-8", "surrogateescape"))
    assert [r["Full text"] for r in gvdb.rows(path)] == ["A man was shot \ufffd."]
    gvdb.predict(path, tmp_path / "out")
    assert gvdb.counts_of(path, tmp_path / "out")["city"] == (0, 0, 0)


def test_a_copy_with_quoted_columns_is_read_as_such(tmp_path: Path) -> None:
    plain, path = gold(tmp_path), tmp_path / "quoted.tsv"
    with plain.open(encoding="utf-8", newline="") as file:
        content = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(content)
    assert list(gvdb.rows(path)) == list(gvdb.rows(plain))


def test_json_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "wrong.tsv"
    path.write_text("Full text\tJson\nA man was shot.\t{oops\n", encoding="utf-8")
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="Json"):
        gvdb.counts_of(path, tmp_path / "out")


def test_the_title_that_runs_into_the_text_becomes_the_headline() -> None:
    title = "Two shot in Halmar | News - KXYZ"
    capture = gvdb.capture_of({"Full text": f"{title}HALMAR - Two men were shot.", "Article title": title}, "x")
    assert (capture.title, capture.content) == ("Two shot in Halmar", "HALMAR - Two men were shot.")
    capture = gvdb.capture_of({"Full text": "Two men were shot.", "Article title": "Other"}, "x")
    assert (capture.title, capture.content) == (None, "Two men were shot.")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://kxyz.example/2016/01/07/two-shot/", "2016-01-07"),
        ("http://kxyz.example/20160107-two-shot", "2016-01-07"),
        ("http://kxyz.example/2016/13/07/two-shot/", "None"),
        ("http://kxyz.example/story/2016/two-shot", "None"),
        ("", "None"),
    ],
)
def test_the_day_of_publication_is_taken_from_the_address(url: str, day: str) -> None:
    assert str(gvdb.capture_of({"Full text": "Two men were shot.", "Article url": url}, "x").published) == day


def claim(slot: Slot, value: Value, confidence: float, maker: str = "rules/1") -> Claim:
    return Claim(id="", slot=slot, value=value, evidence=(), confidence=confidence, maker=maker)


def town(name: str, type: PlaceType = "city") -> Place:
    return Place(
        names=(name, "Ostmark"), type=type, country=None, admin=None, latitude=None, longitude=None, gazetteer_id=None,
        precision=1, where_prec=1,
    )  # fmt: skip


def reading_of(text: str, *claims: Claim) -> Reading:
    read = read_capture(Capture(name="x", content=text, media_type="text", sha256="0" * 64))
    incident = Incident(id="i1", kind="armed_attack", stage="accomplished", background=False, claims=claims)
    return replace(read, incidents=(incident,))


def test_a_person_is_victim_or_shooter_as_the_surer_claim_says() -> None:
    victim = Victim(name="Ivo Maro", description=None, kind="civilian")
    reading = reading_of(
        "Police said Ivo Maro was shot.",
        claim("victim", victim, 0.9, "model/1"),
        claim("perpetrator", Actor(name="Ivo Maro", kind="person"), 0.6, "model/1"),
        claim("perpetrator", Actor(name="Anton Vesel", kind="person"), 0.2, "model/1"),
    )
    record = gvdb.record_of(reading)
    assert (record["victim name"], record["shooter name"]) == (["Ivo Maro"], [])


def test_a_lone_surname_takes_the_given_name_that_stands_elsewhere() -> None:
    victim = Victim(name="Halvorsen", description=None, kind="civilian")
    reading = reading_of(
        "Halvorsen was shot. Police named him as Peter Halvorsen.", claim("victim", victim, 0.9, "model/1")
    )
    assert gvdb.record_of(reading)["victim name"] == ["Peter Halvorsen"]


def test_the_city_is_the_place_that_the_reading_is_surest_of() -> None:
    quarter, big, county = town("Lower Ward"), town("Halmar"), town("Brae County", "area")
    reading = reading_of("Shots.", claim("where", quarter, 0.3), claim("where", big, 0.7), claim("where", county, 0.8))
    assert gvdb.record_of(reading)["city"] == ["Halmar"]
