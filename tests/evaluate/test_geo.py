"""Places go out in the scorer's own format, and are measured as it measures them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.geo import measures, predict, score

SHARED = Path(__file__).parents[2] / "../shared"
TEXT = "Kenyan police in Nairobi, Kenya, held two men at the Uplands Gate market. Both are from Laconia, N.H."


def rows(tmp_path: Path, given_spans: bool, *lines: dict[str, object]) -> list[dict[str, object]]:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    predict(source, out, given_spans=given_spans)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_names_of_places_go_out_and_adjectives_and_buildings_do_not(tmp_path: Path) -> None:
    found = rows(tmp_path, False, {"doc": 7, "text": TEXT, "published": None, "outlet": None, "spans": []})
    assert [TEXT[int(str(r["start"])) : int(str(r["end"]))] for r in found] == ["Nairobi", "Kenya", "Laconia", "N.H."]
    assert {r["doc"] for r in found} == {7}


def test_given_spans_are_answered_one_by_one(tmp_path: Path) -> None:
    found = rows(tmp_path, True, {"doc": 7, "text": TEXT, "published": "2019-05-03", "spans": [[0, 6], [17, 24]]})
    assert [(r["start"], r["end"]) for r in found] == [(0, 6), (17, 24)]
    assert found[1]["lat"] == pytest.approx(-1.3, abs=0.1)


def test_a_line_that_is_no_row_is_an_error_with_its_number(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"doc": 1, "text": ""}\n[]\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"in\.jsonl:2"):
        predict(source, tmp_path / "out.jsonl")


def test_measures_are_those_of_the_scorer(tmp_path: Path) -> None:
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    row = {"doc": 0, "start": 0, "end": 5, "lat": 10.0, "lon": 10.0}
    lines = [row, row | {"start": 10, "end": 15}, row | {"start": 20, "end": 25, "lat": None, "lon": None}]
    gold.write_text("".join(json.dumps(r) + "\n" for r in lines), encoding="utf-8")
    lines = [row | {"lat": 10.5}, row | {"start": 12, "end": 13, "lat": 30.0}, row | {"start": 40, "end": 44}]
    found.write_text("".join(json.dumps(r) + "\n" for r in lines), encoding="utf-8")
    got = measures(gold, found)
    assert got["finding F"] == pytest.approx(200 * 2 / 6)
    assert got["within 161 km"] == pytest.approx(50)
    assert got["both F"] == pytest.approx(200 * 1 / 6)
    assert "both F" in score(gold, found)


def test_most_places_of_real_articles_are_found_and_placed(tmp_path: Path) -> None:
    """GeoVirus, the first even articles (the floors proper stand in bench/)."""
    if not (SHARED / "tools/geo_score.py").exists():
        pytest.skip("../shared is not here")
    sys.path.insert(0, str(SHARED / "tools"))
    import geo_score  # type: ignore[import-not-found]

    source, gold, out = (tmp_path / n for n in ("in.jsonl", "gold.jsonl", "out.jsonl"))
    with source.open("w") as texts, gold.open("w") as answers:
        for doc, text, published, outlet, spots in geo_score.read(str(SHARED / "data/geo/GeoVirus.xml")):
            if doc % 2 == 0 and doc < 60:
                texts.write(json.dumps({"doc": doc, "text": text, "published": published, "outlet": outlet}) + "\n")
                for start, end, lat, lon in spots:
                    answers.write(json.dumps({"doc": doc, "start": start, "end": end, "lat": lat, "lon": lon}) + "\n")
    predict(source, out)
    got = measures(gold, out)
    assert got["finding F"] > 85
    assert got["both F"] > 70
