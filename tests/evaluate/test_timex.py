"""Time expressions go out in the scorer's own format."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.timex import measures, predict, read_tml, score

SHARED = Path(__file__).parents[2] / "../shared"
TEXT = "A bomb went off on October 31.\n\nFrom 3 to 7 May the town was shelled, and in 2009-2010 too."


def rows(tmp_path: Path, *lines: dict[str, object]) -> list[dict[str, object]]:
    """Return what is predicted for some rows of input."""
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    predict(source, out)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_each_end_of_an_interval_is_an_expression(tmp_path: Path) -> None:
    """TIMEX3 has no intervals; offsets are those of the text given."""
    found = rows(tmp_path, {"doc": "d", "dct": "2011-11-09", "text": TEXT})
    assert [(TEXT[int(str(r["start"])) : int(str(r["end"]))], r["value"]) for r in found] == [
        ("October 31", "2011-10-31"),
        ("3", "2011-05-03"),
        ("7 May", "2011-05-07"),
        ("2009", "2009"),
        ("2010", "2010"),
    ]


def test_a_text_without_a_creation_date_gets_no_year(tmp_path: Path) -> None:
    assert [r["value"] for r in rows(tmp_path, {"doc": "d", "dct": None, "text": TEXT[:31]})] == ["XXXX-10-31"]


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"doc": "d"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"in\.jsonl:1"):
        predict(source, tmp_path / "out.jsonl")


TML = """<TimeML><DCT><TIMEX3 functionInDocument="CREATION_TIME" value="2011-11-09">9 November</TIMEX3></DCT>
<TEXT>A bomb &amp; a fuse were found on <TIMEX3 type="DATE" value="2011-10-31">October 31</TIMEX3>, and more
in <TIMEX3 value="2010">2010</TIMEX3> and <TIMEX3 value="P1D">a day</TIMEX3> later.</TEXT></TimeML>"""


def test_measures_count_each_prediction_once(tmp_path: Path) -> None:
    """Of three expressions one is met, one overlapped with another value, one missed; a prediction is idle."""
    gold, out = tmp_path / "gold", tmp_path / "out.jsonl"
    gold.mkdir()
    (gold / "d.tml").write_text(TML, encoding="utf-8")
    text, dct, spans = read_tml(gold / "d.tml")
    assert dct == "2011-11-09" and [text[a:b] for a, b, _ in spans] == ["October 31", "2010", "a day"]
    first, second, _ = spans
    lines = [(first[0] - 3, first[1], "2011-10-31"), first, (second[0], second[1] + 1, "2009")]
    out.write_text("".join(json.dumps({"doc": "d", "start": a, "end": b, "value": v}) + "\n" for a, b, v in lines))
    found = measures(gold, out)
    assert [found["strict P"], found["relaxed R"], found["value F"]] == pytest.approx([100 / 3, 200 / 3, 100 / 3])
    assert score(gold, out).splitlines()[0] == "strict   P  33.3 R  33.3 F  33.3"


def test_a_gold_without_timeml_and_a_broken_prediction_are_named(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text('{"doc": "d"}\n')
    with pytest.raises(InputError, match="no TimeML file"):
        measures(tmp_path, tmp_path / "out.jsonl")
    (tmp_path / "d.tml").write_text(TML)
    with pytest.raises(InputError, match=r"out\.jsonl:1"):
        measures(tmp_path, tmp_path / "out.jsonl")


def test_a_short_history_keeps_its_floor_and_agrees_with_the_scorer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One WikiWars file of the half that is developed on: value F1 does not fall below 75."""
    data = SHARED / "data/timex/wikiwars/trainingset/tml"
    if not data.is_dir():
        pytest.skip("the WikiWars files are not at hand (../shared/data/timex)")
    sys.path.insert(0, str(SHARED / "tools"))
    import timex_score

    gold, out = tmp_path / "gold", tmp_path / "out.jsonl"
    gold.mkdir()
    name = "16_SpanishCivilWar.tml"
    (gold / name).write_bytes((data / name).read_bytes())
    predict(gold, out)
    assert measures(gold, out)["value F"] >= 75
    timex_score.main([str(gold), str(out)])
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        line.split() for line in score(gold, out).splitlines()
    ]
