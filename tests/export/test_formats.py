"""JSONL, CSV and GeoJSON: what they hold, in the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import ConfigurationError
from sayso.export import columns
from sayso.export.record import record, record_of
from sayso.export.registry import EXPORTS, writer
from sayso.export.summary import claim_row, incident_row
from sayso.model.claim import Actor, Claim, Label, Text
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from tests.invented import reading, span

DOCS = Path(__file__).parents[2] / "docs/store.md"


def written(name: str, *readings: Reading) -> tuple[str, int]:
    out = io.StringIO(newline="")
    count = writer(name)(readings, out)
    return out.getvalue(), count


def rows(name: str, *readings: Reading) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(name, *readings)[0], newline="")))


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_is_there_writes_the_same_bytes_twice_and_takes_nothing(name: str) -> None:
    text, count = written(name, reading())
    assert (text, count) == written(name, reading()) and count == 3
    assert written(name)[1] == 0
    assert written(name, replace(reading(), incidents=()))[1] == 0


def test_a_format_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigurationError, match=r"xlsx: no such format. There are jsonl, csv"):
        writer("xlsx")


def test_jsonl_is_the_record_of_each_article_a_line() -> None:
    text, _ = written("jsonl", reading(), reading())
    assert [json.loads(line) for line in text.splitlines()] == [record(reading())] * 2


def test_csv_has_a_row_an_incident_with_who_says_what() -> None:
    first, second, third = rows("csv", reading())
    assert list(first) == list(columns.INCIDENT)
    assert first["date"] == "2019-06-06" and first["place"] == "Karvel | Uplands | Ostmark"
    assert (first["latitude"], first["longitude"], first["where_prec"]) == ("41.5", "22.25", "1")
    assert "accused by authorities" in first["perpetrators"] and "Bresk Otalin (" in first["perpetrators"]
    assert (first["killed_low"], first["killed_high"]) == ("2", "3")
    assert first["killed_claims"].startswith("2-3 (The Karvel Ledger) | 2 (")
    assert (first["wounded_low"], first["wounded_high"]) == ("11", "")
    assert first["disputed"] == "true" and second["disputed"] == "false"
    assert (second["place"], second["latitude"]) == ("", "")
    assert third["background"] == "true"


def test_csv_of_claims_has_a_row_a_claim_with_its_words() -> None:
    found = rows("csv/claims", reading())
    assert len(found) == sum(len(incident.claims) for incident in reading().incidents)
    assert list(found[0]) == list(columns.CLAIM)
    for row in found:
        start, end = int(row["start"]), int(row["end"])
        assert row["words"] == " ".join(reading().article.text[start:end].split())
    confessed = next(row for row in found if row["standing"] == "confessed")
    assert (confessed["value"], confessed["speaker_kind"], confessed["chain"]) == ("Bresk Otalin", "accused", "s3 s4")


def test_rows_have_the_columns_that_are_told_of() -> None:
    whole = record_of(reading())
    for incident in whole.incidents:
        assert list(incident_row(whole, incident)) == list(columns.INCIDENT)
        for claim in incident.claims:
            assert list(claim_row(whole, incident, claim)) == list(columns.CLAIM)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r\n=1", "−=1"])
def test_no_cell_is_a_formula(start: str) -> None:
    article = replace(reading().article, title=start, outlet=start, url=start)
    claims = (
        Claim(id="c", slot="kind", value=Label(value="bombing"), evidence=(span("a parcel bomb went off"),)),
        Claim(id="d", slot="perpetrator", value=Actor(name=start, kind="unknown"), evidence=()),
        Claim(id="e", slot="damage", value=Text(value=start), evidence=()),
    )
    incident = Incident(id=start, kind="bombing", stage="accomplished", background=False, claims=claims)
    hostile = replace(reading(), article=article, incidents=(incident,))
    for name in ("csv", "csv/claims"):
        for row in rows(name, hostile):
            assert not [cell for cell in row.values() if re.match(r"\s*[=+\-@＝＋－＠]", cell)]


def test_numbers_that_are_below_zero_stay_numbers() -> None:
    place = reading().incidents[0].of("where")[1]
    south = replace(place, value=replace(place.value, latitude=-3.5, longitude=-0.25))  # type: ignore[type-var]
    incident = replace(reading().incidents[0], claims=(south,))
    row = rows("csv", replace(reading(), incidents=(incident,)))[0]
    assert (row["latitude"], row["longitude"]) == ("-3.5", "-0.25")


def test_cells_may_hold_line_breaks_quotes_and_commas() -> None:
    article = replace(reading().article, title='A "bomb",\nthey said\0')
    assert rows("csv", replace(reading(), article=article))[0]["title"] == 'A "bomb",\nthey said'


def test_geojson_has_a_point_where_a_place_is_known_and_null_where_not() -> None:
    collection = json.loads(written("geojson", reading())[0])
    assert collection["type"] == "FeatureCollection"
    first, second, _ = collection["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [22.25, 41.5]}
    assert first["properties"]["where_prec"] == 1 and first["properties"]["kind"] == "bombing"
    assert second["geometry"] is None and second["id"] == "i2"
    assert json.loads(written("geojson")[0])["features"] == []


def test_the_guide_tells_of_every_column() -> None:
    told = DOCS.read_text(encoding="utf-8")
    for table in (columns.INCIDENT, columns.CLAIM):
        for column, words in table.items():
            assert f"| `{column}` | {words} |" in told
