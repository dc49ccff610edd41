"""The hospital, the court and the inquiry are not where and when it happened; invented reports."""

from __future__ import annotations

import pytest

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.extract.incidents.aftermath import afterwards
from sayso.model.article import Capture
from sayso.model.incident import Incident
from tests.extract.reading import main, read, values

VIGIL = """Death toll in Mubwira church attack rises to 14, governor says

KAMPALA, March 14 (Lakeshore Wire) - The number of people killed when gunmen stormed a church in eastern Democratic \
Republic of Congo rose to 14 on Thursday after two of the wounded died in hospital in Bunia, the governor said.

The attackers struck the church in Mubwira, a village in Djugu territory in Ituri province, during a prayer vigil late \
on Monday, residents said.
"""
FRONTIER = """Two soldiers killed near breakaway region

TBILISI, 7 June - Georgia said on Tuesday that two of its soldiers had been shot dead in an ambush near the village of \
Khorvali. A third soldier, wounded in the leg, was taken to a hospital in Gori.
"""
INQUIRY = """Inquiry opens into Orsk Road bombing

DUBLIN - A public inquiry into the bombing of a pub on the Orsk Road in Newry, Northern Ireland, in which six people \
died, opened in Belfast on Monday, more than 20 years after the attack.

The bomb, left in a holdall, exploded without warning on the night of 18 June 1994, hours after a football match.
"""


def towns(incidents: list[Incident]) -> set[str]:
    return {town for i in incidents for town in values(i, "where")}


def test_the_wounded_who_died_in_a_hospital_elsewhere_move_nothing() -> None:
    found = main(VIGIL, "armed_attack")
    assert "Mubwira" in towns(found)
    assert "Bunia" not in towns(found)


def test_where_the_wounded_were_taken_is_not_where_it_happened() -> None:
    assert towns(main(FRONTIER, "armed_attack")) == {"Khorvali"}


def test_a_hospital_that_is_attacked_is_where_it_happened() -> None:
    found = main("A bomb went off at a hospital in Gori, Georgia, on Sunday, killing two nurses.", "bombing")
    assert "Gori" in towns(found)


def test_the_day_and_the_town_of_an_inquiry_are_not_those_of_the_bombing() -> None:
    found = [i for i in read(INQUIRY).incidents if i.kind == "bombing"]
    assert {"1994-06-18"} == {day for i in found for day in values(i, "when")}
    assert "Newry" in towns(found)
    assert "Belfast" not in towns(found)


@pytest.mark.parametrize(
    ("text", "deed", "word", "after"),
    [
        ("An inquiry into the killing of six in May has blamed a patrol.", "killing", "May", False),
        ("The inquiry into the killing of six opened in Belfast.", "killing", "Belfast", True),
        ("Four went on trial in Vienna on Friday over a stabbing.", "stabbing", "Vienna", True),
        ("Gunmen killed a nurse in a hospital in Gori.", "killed", "Gori", False),
        ("Two of those shot were taken to a clinic in Gori.", "shot", "Gori", True),
    ],
)
def test_what_the_law_and_the_hospital_have_for_themselves(text: str, deed: str, word: str, after: bool) -> None:
    a = analyse(article_of(Capture(name="test", content=text, media_type="text", sha256="0" * 64)))
    at, event = (a.token_at(text.index(w)) for w in (word, deed))
    assert afterwards(a, at, frozenset({event})) == after
