"""Places: which words name one, how it is used, which place it is, and how precisely it is known.

The texts are invented; the places in them are real, since a gazetteer knows no others.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotate.grammar import analyse
from sayso.model.article import Article, Block, Dateline, OffsetMap
from sayso.model.place import PlaceMention
from sayso.model.span import span_of
from sayso.resolve.where import home_from, places, places_at
from tests import timing


def article(text: str, dateline: str | None = None, outlet: str | None = None) -> Article:
    line = None
    if dateline is not None:
        line = Dateline(place=span_of(text, 0, len(dateline)), day=None, end=len(dateline))
    return Article(
        id="a",
        text=text,
        blocks=(Block(start=0, end=len(text), role="body"),),
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name="a",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        dateline=line,
        outlet=outlet,
    )


def read(text: str, dateline: str | None = None, outlet: str | None = None) -> dict[str, PlaceMention]:
    """Return the places of a text by their words (the last mention of each)."""
    one = article(text, dateline, outlet)
    found = places(one, analyse(one))
    for mention in found:
        assert text[mention.span.start : mention.span.end] == mention.span.text
    return {mention.span.text: mention for mention in found}


def test_a_city_is_told_from_the_region_of_its_name() -> None:
    found = read("Two shops burned in the western city of Atyrau. Atyrau Oblast has other towns. It is in Kazakhstan.")
    assert found["Atyrau"].place.names == ("Atyrau", "Atyrau Oblast", "Kazakhstan")
    assert found["Atyrau"].place.country == "KZ"
    assert (found["Atyrau"].place.precision, found["Atyrau"].place.where_prec) == (1, 1)
    assert found["Atyrau Oblast"].place.type == "region"
    assert (found["Atyrau Oblast"].place.precision, found["Atyrau Oblast"].place.where_prec) == (3, 4)


@pytest.mark.parametrize(
    ("text", "words", "country", "admin"),
    [
        ("Police in Wilmington, Calif., found it.", "Wilmington", "US", "California"),
        ("He was arrested in Newark, N.J., on Monday.", "Newark", "US", "New Jersey"),
        ("A fire broke out in Portland, Maine.", "Portland", "US", "Maine"),
        ("A fire broke out in Portland, Oregon.", "Portland", "US", "Oregon"),
        ("Gunmen raided Chibok, Borno state, at night.", "Chibok", "NG", "Borno"),
        ("A mine went off in San Miguel Department, El Salvador.", "San Miguel Department", "SV", "San Miguel"),
        ("A clash was reported near Goma in North Kivu.", "Goma", "CD", "North Kivu"),
        ("He was killed in Ingushetia last year.", "Ingushetia", "RU", "Ingushetia"),
    ],
)
def test_what_the_text_says_of_a_place_decides_which_it_is(text: str, words: str, country: str, admin: str) -> None:
    place = read(text)[words].place
    assert (place.country, place.admin) == (country, admin)


def test_a_bare_name_takes_the_holder_named_elsewhere() -> None:
    found = read("The shop is in Alexandria, Va. A second shop in Alexandria was closed.")
    assert found["Alexandria"].place.admin == "Virginia"


def test_the_articles_country_decides_between_namesakes() -> None:
    english = "Thieves were seen in Birmingham and in Wolverhampton, and later in Coventry, England."
    american = "Thieves were seen in Birmingham and in Montgomery, and later in Huntsville, Alabama."
    assert read(english)["Birmingham"].place.country == "GB"
    assert read(american)["Birmingham"].place.country == "US"


def test_runners_up_are_kept_and_confidence_says_how_sure() -> None:
    mention = read("A lorry was stopped in Springfield.")["Springfield"]
    assert mention.others and mention.place.confidence < 0.8
    assert mention.place.confidence >= mention.others[0].confidence
    sure = read("A lorry was stopped in Springfield, Illinois.")["Springfield"]
    assert sure.place.confidence > 0.9


@pytest.mark.parametrize(
    ("text", "words", "use"),
    [
        ("A bomb exploded in Mosul.", "Mosul", "locative"),
        ("Mosul was hit by rockets.", "Mosul", "locative"),
        ("The army bombed Mosul.", "Mosul", "locative"),
        ("Washington said that it would not pay.", "Washington", "actor"),
        ("Moscow denied the report.", "Moscow", "actor"),
        ("Kazakh authorities blamed nobody.", "Kazakh", "modifier"),
        ("The Karaganda prosecutor spoke in Astana.", "Karaganda", "modifier"),
        ("Iraqi troops left the city of Basra.", "Iraqi", "modifier"),
        ("Two men were shot on Detroit's west side.", "Detroit", "locative"),
        ("He taught at the University of Minnesota.", "Minnesota", "modifier"),
    ],
)
def test_how_a_place_is_used(text: str, words: str, use: str) -> None:
    assert read(text)[words].use == use


def test_the_dateline_is_kept_as_such() -> None:
    found = read("NAIROBI -- Two men were held in Mombasa.", dateline="NAIROBI")
    assert found["NAIROBI"].use == "dateline"
    assert found["NAIROBI"].place.country == "KE"
    assert found["Mombasa"].use == "locative"


def test_a_demonym_gives_the_country_and_no_incident_place() -> None:
    found = read("Salvadoran soldiers fought Honduran soldiers along the Afghan-Pakistan border.")
    assert {words: m.place.country for words, m in found.items()} == {
        "Salvadoran": "SV", "Honduran": "HN", "Afghan": "AF", "Pakistan": "PK",
    }  # fmt: skip
    assert {found[w].use for w in ("Salvadoran", "Honduran", "Afghan")} == {"modifier"}


@pytest.mark.parametrize("words", ["40 km north of", "just outside", "near", "on the outskirts of"])
def test_close_to_a_town_is_not_in_it(words: str) -> None:
    place = read(f"A bus was stopped {words} Maiduguri, Nigeria.")["Maiduguri"].place
    assert (place.precision, place.where_prec) == (2, 2)


def test_a_landmark_lies_in_its_town() -> None:
    place = read("A car blew up at the Bab Tinar market in Mosul, Iraq.")["Bab Tinar market"].place
    assert place.names[:2] == ("Bab Tinar market", "Mosul")
    assert (place.type, place.country, place.gazetteer_id) == ("landmark", "IQ", None)
    assert place.latitude == pytest.approx(36.3, abs=0.2)


def test_an_embassy_is_not_in_the_country_that_it_is_of() -> None:
    assert read("A man shot at the U.S. Embassy in Nairobi.")["U.S. Embassy"].place.country == "KE"


def test_a_street_is_not_in_the_town_that_it_is_named_after() -> None:
    place = read("A man was shot on Memphis Street in Rockford, Illinois.")["Memphis Street"].place
    assert place.names[:2] == ("Memphis Street", "Rockford")


def place_of(text: str, words: str, dateline: str | None = None) -> tuple[str, str | None, bool, str]:
    """Return the own name of the place that words name, its country, whether the gazetteer has it, and its use."""
    mention = read(text, dateline)[words]
    return mention.place.names[0], mention.place.country, mention.place.gazetteer_id is not None, mention.use


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("A bomb went off in Port Varda on Tuesday. A court in Kharkiv, Ukraine, heard the case.", "Port Varda", "UA"),
        ("Guerrillas attacked a patrol in Totora Alta, in Ayacucho, Peru.", "Totora Alta", "PE"),
        ("Troops left the Pakistani town of Dasht, where police killed two.", "Dasht", "PK"),
        ("A mine went off in Dasht in Kech, Balochistan, Pakistan.", "Dasht", "PK"),
    ],
)
def test_a_part_of_a_name_or_a_far_namesake_is_not_taken_for_an_unlisted_place(
    text: str, words: str, country: str
) -> None:
    name, found, listed, use = place_of(text, words)
    assert (name, found, listed, use) == (words, country, False, "locative")


def test_where_nothing_tells_the_country_none_is_given() -> None:
    found = read("A court in Lesna on Friday sentenced a man for the attack in Port Varda.")
    assert {m.place.country for m in found.values()} == {None}


def test_a_dateline_is_matched_whole() -> None:
    found = read("PORT VARDA -- Two men were held on Monday.", dateline="PORT VARDA")
    assert list(found) == ["PORT VARDA"]
    assert (found["PORT VARDA"].use, found["PORT VARDA"].place.gazetteer_id) == ("dateline", None)


@pytest.mark.parametrize(
    "text",
    [
        "His Skoda was found at noon. Police in Gdansk, Poland, want the man who drove a Lincoln.",
        "The blast hit the southwest side of the stadium in Benghazi, Libya. Side streets were closed.",
        "Violence in the Valley is down, police in Srinagar, India, said. The Federal Police said so too.",
        "Tomas Reljich, of the Capital Bank, met Rowan Munda. Rowan was 40.",
    ],
)
def test_brands_persons_and_generic_words_are_no_places(text: str) -> None:
    assert set(read(text)) <= {"Gdansk", "Poland", "Benghazi", "Libya", "Srinagar", "India"}


@pytest.mark.parametrize("words", ["Mazar-i-Sharif", "Mazar-e-Sharif", "Kara-Suu"])
def test_names_with_hyphens_are_matched_whole(words: str) -> None:
    assert place_of(f"Gunmen attacked a hotel in {words}.", words)[2]


def test_the_adjective_of_a_country_binds_the_city_that_it_describes() -> None:
    assert place_of("A bomb went off in Khost, the Afghan city.", "Khost")[1] == "AF"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A market in the village of Tel Varda, southwest of Kirkuk, was bombed, Iraqi police said.", "Tel Varda"),
        ("Two died in Hawd al-Varda, some 30 kilometres to the south, police in Kirkuk, Iraq, said.", "Hawd al-Varda"),
        ("Men were held at Gidan Varda, police in Kirkuk, Iraq, said.", "Gidan Varda"),
        ("1. Tel Varda. On Saturday gunmen attacked a post near Kirkuk, Iraq.", "Tel Varda"),
        ("Gunmen raided the market of Tal Varda on Friday, a judge in Kirkuk, Iraq, said.", "Tal Varda"),
    ],
)
def test_an_unlisted_village_is_where_something_is(text: str, words: str) -> None:
    assert place_of(text, words) == (words, "IQ", False, "locative")


def test_the_town_that_tells_where_a_village_is_is_not_where_something_happened() -> None:
    found = read("Gunmen raided Tel Varda, a village just south of Kirkuk, Iraq.")
    village, town = found["Tel Varda"], found["Kirkuk"]
    assert (village.use, town.use) == ("locative", "modifier")
    assert (village.place.precision, village.place.where_prec) == (2, 2)
    assert village.place.latitude == town.place.latitude


@pytest.mark.parametrize("far", ["60 kilometres from", "90 kilometres west of"])
def test_a_village_far_from_the_town_that_is_named_has_no_point(far: str) -> None:
    place = read(f"Six were held in Kwarva, a village about {far} Kaduna, Nigeria.")["Kwarva"].place
    assert (place.country, place.latitude, place.where_prec) == ("NG", None, 6)


@pytest.mark.parametrize(
    ("where", "north", "east"),
    [("60 kilometres west of", 0.0, -0.55), ("30 km north-east of", 0.19, 0.19), ("10 miles south of", -0.145, 0.0)],
)
def test_a_distance_and_a_direction_give_a_point(where: str, north: float, east: float) -> None:
    found = read(f"Six were held in Kwarva, a village about {where} Kaduna, Nigeria.")
    village, town = found["Kwarva"].place, found["Kaduna"].place
    assert village.latitude is not None and village.longitude is not None
    assert town.latitude is not None and town.longitude is not None
    assert village.latitude - town.latitude == pytest.approx(north, abs=0.01)
    assert village.longitude - town.longitude == pytest.approx(east, abs=0.01)
    assert (village.precision, village.where_prec, village.country) == (2, 2, "NG")


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Two people were killed in Nice on Thursday, French police said.", "Nice", "FR"),
        ("A bombing in Of killed one person, the Turkish interior ministry said.", "Of", "TR"),
        ("A man was shot in Reading on Monday night, British police said.", "Reading", "GB"),
    ],
)
def test_a_name_like_a_word_is_one_after_a_preposition_of_place(text: str, words: str, country: str) -> None:
    assert place_of(text, words)[1:3] == (country, True)
    assert words not in read(text.title())


def test_many_namesakes_abroad_do_not_outweigh_the_articles_country() -> None:
    text = (
        "Armed men shot dead a mayor in San Jose, police in San Salvador, El Salvador, said. They fled to Usulutan. "
        "A U.S. adviser in San Miguel said that the Salvadoran army had lost Santa Ana. Another attack hit La Union."
    )
    assert read(text)["San Jose"].place.country == "SV"


def test_a_street_lies_in_the_town_that_its_sentence_names() -> None:
    text = "New York Style Pizza on Varda Avenue was robbed, police in Raleigh, North Carolina, said."
    assert read(text)["Varda Avenue"].place.names[1] == "Raleigh"


def test_a_place_that_no_gazetteer_knows_is_kept_without_coordinates() -> None:
    place = read("Gunmen killed two people in the village of Zhelvarda Dolna, Kharkiv region, Ukraine.")[
        "Zhelvarda Dolna"
    ].place
    assert (place.names[0], place.country) == ("Zhelvarda Dolna", "UA")
    assert (place.latitude, place.longitude, place.gazetteer_id) == (None, None, None)


def test_a_namesake_elsewhere_is_not_taken_for_a_place_that_the_gazetteer_lacks() -> None:
    """Cookeville is in Tennessee; whoever says "Texas" means another."""
    place = read("A barn burned in Chibok, Texas.")["Chibok"].place
    assert (place.country, place.admin, place.latitude) == ("US", "Texas", None)


def test_at_sea() -> None:
    place = read("A tanker was boarded in the Gulf of Aden.")["Gulf of Aden"].place
    assert (place.country, place.where_prec) == (None, 7)


def test_old_names_lead_to_the_place_of_today() -> None:
    assert read("Shots were fired in Guryev.")["Guryev"].place.names[0] == "Atyrau"


@pytest.mark.parametrize(
    "text",
    [
        "In May he went on reading. March was cold, and of the rest nothing is known.",
        "Paris Hilton met Jack London and Chelsea Clinton.",
        "He said no to the man from the bank. It was nice of him, and he was mobile again.",
        "Second Lieutenant Israel Moore spoke to Jordan Price.",
        "\u0000\u0000 \u202e !!! ... 1 2 3",
        "ҚАЗАҚСТАН مصر",
    ],
)
def test_words_and_people_that_are_called_like_places(text: str) -> None:
    assert [words for words, m in read(text).items() if m.use in ("locative", "dateline")] == []


def test_a_place_called_like_a_word_is_read_where_the_text_says_so() -> None:
    assert read("A train stopped in Nice, France.")["Nice"].place.country == "FR"
    assert read("A shop burned in Mobile, Ala., at noon.")["Mobile"].place.admin == "Alabama"


def test_the_outlets_address_speaks_for_its_country() -> None:
    text = "Thieves were seen in Richmond on Monday."
    assert read(text, outlet="uplandsherald.co.uk")["Richmond"].place.country == "GB"
    assert read(text)["Richmond"].place.country == "US"


def test_what_an_outlet_speaks_of_in_other_articles_decides_a_bare_name() -> None:
    others = [article("A barn burned in Berea, Kentucky, and one in Winchester, Kentucky."),
              article("Police in Lexington, Kentucky, and in Irvine, Kentucky, found nothing.")]  # fmt: skip
    home = home_from(places(a, analyse(a)) for a in others)
    one = article("Thieves were seen in Richmond on Monday.")
    (mention,) = places(one, analyse(one), home)
    assert mention.place.admin == "Kentucky"


def test_given_spans_are_all_resolved() -> None:
    one = article("Laconia man held. He is from Laconia, N.H., they said.")
    first, second = places_at(one, analyse(one), [(0, 7), (29, 36)])
    assert first.place.gazetteer_id == second.place.gazetteer_id
    assert places_at(one, analyse(one), [(5000, 5010)]) == ()


def test_the_same_article_is_read_the_same_way_twice() -> None:
    one = article("Thieves were seen in Springfield, in San Jose, and near Santa Ana.")
    analysis = analyse(one)
    assert places(one, analysis) == places(one, analysis)


def test_without_a_sentence_there_is_no_place() -> None:
    one = replace(article(""), blocks=())
    assert places(one, analyse(one)) == ()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(["Paris", ",", "in", "Texas", "of", "March", "the", "San", "St.", "-", "(", "'s", "Al"]))
)
def test_no_jumble_of_names_breaks_it(words: list[str]) -> None:
    one = article(" ".join(words))
    for mention in places(one, analyse(one)):
        assert 0 <= mention.place.confidence <= 1


def test_time_grows_with_length_only() -> None:
    """Eight times the text takes about eight times as long, not sixty-four, the grammar apart."""

    def seconds(copies: int) -> float:
        one = article("Thieves were seen in San Jose, in Santa Ana, and near Springfield, Victoria. " * copies)
        analysis = analyse(one)
        places(one, analysis)
        return timing.seconds(lambda: places(one, analysis))

    small, large = seconds(20), seconds(160)
    assert large < 24 * max(small, 0.01)
