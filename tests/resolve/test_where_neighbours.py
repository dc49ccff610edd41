"""Places by the words right beside them: lists, bearings, the head of a sentence. Invented texts, real places."""

from __future__ import annotations

import pytest

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.model.article import Capture
from sayso.model.place import PlaceMention
from sayso.resolve.where import places, places_at


def read(text: str) -> dict[str, PlaceMention]:
    """Return the places of a text by their words (the last mention of each)."""
    article = article_of(Capture(name="test", content=text, media_type="text", sha256="0" * 64))
    return {mention.span.text: mention for mention in places(article, analyse(article))}


def test_the_capital_of_a_sentences_first_word_begins_no_name() -> None:
    found = read("In Zamboanga City, two grenades exploded outside a cinema.")
    assert found["Zamboanga City"].place.country == "PH"
    assert found["Zamboanga City"].place.gazetteer_id is not None


def test_countries_in_a_list_hold_none_of_each_other() -> None:
    found = read("Envoys of Mexico, China, Japan and Brazil met.")
    assert {m.place.type for m in found.values()} == {"country"}


def test_states_in_a_list_hold_none_of_each_other() -> None:
    found = read("Shots were fired in Georgia, Oklahoma, Pennsylvania and Washington.")
    assert {(m.place.type, m.place.country) for m in found.values()} == {("region", "US")}


def test_two_names_are_no_list() -> None:
    assert read("A man was shot in Paris, Texas.")["Paris"].place.admin == "Texas"


@pytest.mark.parametrize("words", ["15 km from the town of", "two miles from the village of", "outside the city of"])
def test_close_to_the_town_of_a_name_is_not_in_it(words: str) -> None:
    assert read(f"Men raided a farm about {words} Koro, in Mali.")["Koro"].place.precision == 2


def test_in_the_town_of_a_name_is_in_it() -> None:
    assert read("Men raided a farm in the town of Koro, in Mali.")["Koro"].place.precision == 1


def test_a_distance_told_twice_is_one_bearing() -> None:
    found = read("He blew himself up in Taji, 20 km (12 miles) north of Baghdad.")
    assert found["Taji"].place.latitude == pytest.approx(33.52, abs=0.05)
    assert found["Baghdad"].use == "modifier"


def test_a_municipality_has_the_town_of_its_name() -> None:
    found = read(
        "A farmer was abducted from his orchard in the Kareli municipality of Georgia, the police in Tbilisi said."
    )
    assert found["Kareli"].place.country == "GE"


def test_a_street_is_in_one_town_wherever_it_is_named() -> None:
    text = (
        "Orsk Road bombing\n\nDUBLIN - A bomb on Orsk Road in Newry, Northern Ireland, killed six in 1994. "
        "Dublin was shocked. The survivors of the blast on Orsk Road met on Monday."
    )
    article = article_of(Capture(name="test", content=text, media_type="text", sha256="0" * 64))
    streets = [m.place for m in places(article, analyse(article)) if m.span.text == "Orsk Road"]
    assert {p.country for p in streets} == {"GB"}


@pytest.mark.parametrize("words", ["Rift Valley", "Kvelm Bay", "American South"])
def test_a_common_word_of_a_given_name_is_no_place_by_itself(words: str) -> None:
    text = f"Nurses went to the {words} last week."
    article = article_of(Capture(name="test", content=text, media_type="text", sha256="0" * 64))
    start = text.index(words)
    (found,) = places_at(article, analyse(article), [(start, start + len(words))])
    assert found.place.gazetteer_id is None
