"""`sayso when` and `sayso where`: how a value was reached."""

from __future__ import annotations

import json

import pytest

from sayso.cli.main import run


def test_when_tells_what_a_time_hangs_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["when", "It came two days after the May 2 raid.", "--published", "2019-05-07"]) == 0
    out = capsys.readouterr().out
    assert "day of writing  2019-05-07" in out
    assert "2019-05-04" in out
    assert "ACLED time_precision 1, UCDP date_prec 1" in out


def test_when_writes_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["when", "in May 2018", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(one["words"], one["edtf"], one["date_prec"]) for one in found] == [("May 2018", "2018-05", 4)]


def test_where_tells_what_speaks_for_each_reading(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["where", "A bomb went off in Santa Ana, near San Salvador."]) == 0
    out = capsys.readouterr().out
    assert "they put it near San Salvador" in out
    assert "→ Santa Ana, El Salvador" in out
    assert "in a country spoken of" in out


def test_where_shares_add_up_and_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["where", "The raid was in Paris, Texas.", "--format", "json"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    shares = [reading["share"] for reading in first["readings"]]
    assert shares == sorted(shares, reverse=True)
    assert first["place"]["admin"] == "Texas"


@pytest.mark.parametrize("command", ["when", "where"])
def test_nothing_named_is_said_to_be_so(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "he was not there"]) == 0
    assert "is named in it" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["when", "where"])
def test_no_words_are_an_error_with_a_next_step(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "  "]) == 1
    assert "give words" in capsys.readouterr().err
