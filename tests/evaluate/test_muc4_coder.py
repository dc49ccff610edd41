"""A report becomes MUC-4 templates mention by mention: incidents told apart, each with its own people and things."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.evaluate.coder import coded, shipped
from sayso.evaluate.coder.mentions import CONTENT, KINDS, fill_of, sight_of
from sayso.evaluate.coder.scorer import PARTS
from sayso.evaluate.muc4 import templates_of
from sayso.evaluate.muc4_format import Template, parse
from sayso.extract.incidents.snap import snapped
from sayso.model.article import Capture
from sayso.pipeline import Explained, explain_capture

TWO_TOWNS = """   LIMA, 12 MAR 92 (WIRE) -- [TEXT] THE POLICE REPORTED THAT TWO MEN ON A MOTORCYCLE SHOT AND KILLED
PROVINCIAL JUDGE ERNESTO QUILCA IN AREQUIPA ON 10 MARCH. THE JUDGE WAS LEAVING HIS HOME WHEN THE GUNMEN OPENED FIRE
WITH SUBMACHINE GUNS.

   ON 11 MARCH, A POWERFUL BOMB EXPLODED IN FRONT OF THE OFFICES OF THE ANDEAN BANK IN PUNO. THE EXPLOSION DESTROYED
THE BANK'S OFFICES AND SLIGHTLY INJURED A NIGHT WATCHMAN. THE RED DAWN COLUMN CLAIMED RESPONSIBILITY FOR THE BOMB.
"""
CALM = """   SANTIAGO, 12 MAR 92 (WIRE) -- [TEXT] THE MINISTER OF FINANCE SAID TODAY THAT EXPORTS OF COPPER GREW BY FOUR
PERCENT IN FEBRUARY. THE CENTRAL BANK WILL PUBLISH THE FIGURES FOR THE FIRST QUARTER IN APRIL.
"""


def read(body: str) -> Explained:
    return explain_capture(Capture(name="a", id="a", content=body, media_type="text", sha256="0"))


def found(body: str) -> list[Template]:
    return parse(templates_of("INV-MUC4-0001", body))["INV-MUC4-0001"]


def fills(template: Template, slot: int) -> str:
    return " | ".join(value for fill in template.slots.get(slot, ()) for value in fill.values)


@pytest.fixture(scope="module")
def towns() -> list[Template]:
    return found(TWO_TOWNS)


def test_two_incidents_are_two_templates_each_with_its_own_people_and_things(towns: list[Template]) -> None:
    by_type = {fills(t, 4): t for t in towns}
    assert set(by_type) == {"attack", "bombing"}
    attack, bombing = by_type["attack"], by_type["bombing"]
    assert fills(attack, 18) == "ernesto quilca"
    assert "judge" in fills(attack, 19) and "quilca" not in fills(bombing, 18)
    assert "offices" in fills(bombing, 12) and "offices" not in fills(attack, 12)
    assert "arequipa" in fills(attack, 3) and "puno" in fills(bombing, 3)
    assert (fills(attack, 2), fills(bombing, 2)) == ("10 mar 92", "11 mar 92")


def test_set_list_values_refer_to_the_fills_they_are_about(towns: list[Template]) -> None:
    attack, bombing = sorted(towns, key=lambda t: fills(t, 4))
    death = [f for f in attack.slots[23] if f.values == ("death",)]
    assert [f.refers for f in death] == [("ernesto quilca",)]
    described = [f for f in attack.slots[19] if any("judge" in v for v in f.values)]
    assert described[0].refers == ("ernesto quilca",)
    assert "red dawn column" in fills(bombing, 10)


def test_a_report_without_violence_has_no_template() -> None:
    assert found(CALM) == []
    assert found("") == []


def test_every_mention_has_a_chance_for_each_kind() -> None:
    reading, analysis, seen = read(TWO_TOWNS)
    assert seen is not None
    sight = sight_of(reading, analysis, seen, date(1992, 3, 12))
    assert sight.mentions and all(m.chances.shape == (len(KINDS),) for m in sight.mentions)
    assert any(m.role in CONTENT and m.words == "ERNESTO QUILCA" for m in sight.mentions)
    assert len(coded(reading, analysis, seen, None)) >= 1  # no dateline: nothing to count days from


def test_all_scorers_ship() -> None:
    assert set(shipped()) == set(PARTS)


@pytest.mark.parametrize(
    ("text", "fill"),
    [
        ("the 25-year-old mayor", "MAYOR"),
        ("at least 11 members of a family", "MEMBERS OF A FAMILY"),
        ("a pickup truck of the", "PICKUP TRUCK"),
        ("", ""),
    ],
)
def test_fills_have_no_quantifier_before_and_no_small_word_behind(text: str, fill: str) -> None:
    assert fill_of(text) == fill


def test_what_the_model_sees_as_one_is_parted_at_commas() -> None:
    body = "Gunmen burned the town hall, two buses and the office of the post in Halmar on Monday."
    _, analysis, seen = read(body)
    assert seen is not None
    start, end = body.index("the town hall"), body.index(" of the post")
    words = [s.text for s in snapped(analysis, seen, "target", start, end)]
    assert words[0] == "town hall" and not any("," in w for w in words)
