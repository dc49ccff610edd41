"""Articles that are no plain reports: lists by day, reviews, matches, obituaries, history, other tongues, bad scans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from sayso.model.incident import Incident
from tests.extract.reading import read, values


@pytest.fixture(autouse=True)
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Read by rules: what is held here must hold whatever the learned extractor weighs."""
    monkeypatch.setattr("sayso.pipeline.shipped", lambda: False)
    read.cache_clear()
    yield
    read.cache_clear()


def dated(text: str, published: date) -> dict[str, Incident]:
    """Return the incidents of a text by the first time that is told of each ("" for none)."""
    return {(values(i, "when") or [""])[0]: i for i in read(text, published).incidents}


CHRONOLOGY = """Timeline: attacks in Ostrel Province

A suicide bomber killed 22 people at a mosque in Belgran on Friday. Some of the attacks in the province this year:

Jan 11 - Gunmen shoot dead five polio workers in the village of Haskel.

Feb 3 - A car bomb outside the police headquarters kills 14 people.

April 27 - A roadside bomb hits an army convoy, killing six soldiers and wounding nine.

July 8-9 - At least 30 people are killed in clashes between the army and the Front.
"""


def test_each_entry_of_a_chronology_is_an_incident_of_its_own_day() -> None:
    found = dated(CHRONOLOGY, date(2014, 11, 30))
    assert values(found["2014-01-11"], "killed") == ["5-5"]
    assert values(found["2014-02-03"], "killed") == ["14-14"]
    assert values(found["2014-04-27"], "killed") == ["6-6"]
    assert values(found["2014-04-27"], "wounded") == ["9-9"]
    assert [v for d, i in found.items() if d.startswith("2014-07-08") for v in values(i, "killed")] == ["30-"]
    assert [i.kind for i in found.values() if not i.background] == ["bombing"]


def test_a_year_above_the_days_is_theirs() -> None:
    text = """Major attacks in Maristan

The following are major attacks in the country:

2005
July 7 - Three bombs explode on buses in the capital, killing 19.

2008
September 20 - A truck bomb destroys a hotel. 54 people die.

2009
March 2 - Gunmen kill three guards at a bank.
"""
    found = dated(text, date(2011, 12, 1))
    assert {"2005-07-07", "2008-09-20", "2009-03-02"} <= found.keys()
    assert all(i.background for i in found.values())


def test_a_lone_day_before_a_dash_is_no_list() -> None:
    """One paragraph that opens so is prose, and stays whole."""
    text = "Bomb kills two\n\nMay 3 - the day of the vote - a bomb killed two men in Karvel, police said."
    assert "May 3 - the day" in read(text).article.text


REVIEW = """Review: "The Sunken Bell" by Karin Aske

Karin Aske's ninth novel opens with a bang: a bomb goes off in a village church, killing the organist and two
choirboys.

Within a week three more people have been stabbed to death, and a bishop has been kidnapped. The prose is brisk, and the
twist on page 380 works.

The Sunken Bell is published by Fold & Hare.
"""


def test_a_review_of_a_made_up_story_tells_of_no_incident() -> None:
    assert read(REVIEW).incidents == ()


def test_a_writer_who_is_murdered_is_news_although_books_are_spoken_of() -> None:
    text = """Crime novelist shot dead

The crime writer Odo Marn was shot dead outside his home in Karvel on Monday, police said. Two gunmen fled, witnesses
said.

His first novel was a bestseller, and the sequel is being filmed. "He was charged with life," said a spokesman for his
publisher. The protagonist of his last book is a detective.
"""
    assert [(i.kind, i.background) for i in read(text).incidents] == [("armed_attack", False)]


def test_a_match_is_no_violence_whatever_its_words() -> None:
    text = """Lions ambush Sharks to keep title hopes alive

The Carrow Lions ambushed the Delmar Sharks 34-12 in front of 40,000 supporters on Sunday, which has blown the title
race wide open.

A hat-trick killed the game before half-time. The Sharks, shot to pieces in midfield, were held hostage by their own
mistakes; the fly-half fired wide three times from the penalty box.

"It was a massacre," said coach Rob Vane of the visitors' defence. "We were beaten up on that pitch."
"""
    assert [i for i in read(text).incidents if i.kind != "arrest"] == []


def test_who_died_in_bed_is_no_victim_and_the_wars_of_his_youth_are_background() -> None:
    text = """Sir Alan Petherick, who survived a bomb and grew roses, dies at 94

Sir Alan Petherick, who has died in his sleep aged 94, was one of the last officers to have fought at the battle of
Monte Grande in 1944, where he lost an eye to a grenade.

In 1956, rebels blew up his car, and his driver was killed. He retired in 1971.
"""
    incidents = read(text, date(2016, 2, 2)).incidents
    assert all(i.background for i in incidents)
    assert not any("Petherick" in v for i in incidents for v in values(i, "victim"))


@pytest.mark.parametrize(
    ("words", "killed"),
    [
        ("died of pneumonia", False),
        ("died peacefully at home", False),
        ("died of his wounds", True),
        ("died in the attack", True),
    ],
)
def test_an_illness_kills_nobody_and_wounds_do(words: str, killed: bool) -> None:
    text = f"Gunmen attacked the post office in Karvel on Monday, police said. The clerk Odo Marn {words}."
    assert any(values(i, "killed") for i in read(text).incidents) == killed


def test_a_page_of_history_dates_its_deeds_in_their_own_years_and_none_is_of_today() -> None:
    text = """The forgotten massacre of Blackfork Creek

On the morning of 14 August 1923, two hundred striking miners had camped by Blackfork Creek. By nightfall, 38 of them
were dead.

Company guards shot a miner in June. In July, somebody dynamited the company store.

On 14 August, deputies opened fire on the camp with two machine guns. The sheriff was acquitted in 1924. He was himself
killed by a bomb in 1931.

A plaque was put up at the creek in 1998. Today the site is a county park.
"""
    incidents = read(text, date(2016, 8, 1)).incidents
    assert incidents and all(i.background for i in incidents)
    assert not any(v.startswith(("2015", "2016")) for i in incidents for v in values(i, "when"))


def test_an_old_deed_before_a_court_is_news() -> None:
    text = """Man convicted of 2003 bombing

A court in Karvel on Monday convicted Odo Marn of the bombing of a cafe in June 2003, in which four people were killed.
"""
    assert any(i.kind == "bombing" and not i.background for i in read(text, date(2019, 5, 7)).incidents)


def test_a_thing_considered_did_not_happen() -> None:
    text = "Would you consider bombing their camps, General? He suggested kidnapping two ministers."
    assert read(text).incidents == ()


@pytest.mark.parametrize(
    "text",
    [
        "The oil firm went to court in Karvel on Monday as it fights for its survival.",
        "The producer Odo Marn died on Friday after a long battle with skin cancer.",
        'The singer praised the officers. "I could have been shot or badly injured," he said.',
        "He sold the stock before the 11 September attacks, the court heard.",
    ],
)
def test_manners_of_speaking_and_what_might_have_been_tell_of_no_incident(text: str) -> None:
    assert read(text).incidents == ()


@pytest.mark.parametrize(
    "text",
    [
        "Tarsk : sept morts dans un attentat\n\nAu moins sept personnes ont été tuées lundi dans l'explosion d'une "
        "bombe à la gare de Tarsk, a annoncé la police. Un suspect a été arrêté mardi, selon le porte-parole.",
        "Siete muertos en Tarsk\n\nAl menos siete personas murieron este lunes al estallar una bomba en la estación de "
        "Tarsk, informó la policía. Ningún grupo ha reivindicado el ataque, que dejó cuarenta heridos.",
        "По меньшей мере семь человек погибли и более сорока ранены при взрыве бомбы, сообщила полиция.",
        "قتل سبعة أشخاص على الأقل وأصيب أكثر من أربعين آخرين يوم الاثنين في انفجار قنبلة، حسبما أعلنت الشرطة.",
    ],
)
def test_another_language_is_named_and_nothing_is_read(text: str) -> None:
    reading = read(text)
    assert (reading.incidents, reading.statements, reading.entities) == ((), (), ())
    assert any("not in English" in note for note in reading.article.notes)


def test_an_english_report_with_a_long_foreign_quotation_is_read() -> None:
    text = """TARSK, June 12 (Northwire) - Seven people were killed on Monday when a bomb exploded at the station,
police said.

In a statement the Frente Popular said: "Reivindicamos la acción contra la estación central. Nuestro comando
colocó el artefacto a las doce del mediodía. Lamentamos la muerte de los civiles."
"""
    assert [i.kind for i in read(text, date(2017, 6, 13)).incidents] == ["bombing"]


SCAN = """THE HARBOUR GAZETTE, TUESDAY, MARCH 9, 1954                                    3

BOMB WRECKS CUSTOMS
HOUSE; TWO DEAD

A tirne bomb exp1oded in the Cus-
toms House at Port Ellis late on Mon-
day night, ki1ling two watchmen and
injuring a third, po1ice said.

The injured rnan, Peter Noone,

THE HARBOUR GAZETTE, TUESDAY, MARCH 9, 1954                                    4

was taken to St. Luke's Hospita1 with
burns. He is expected to recover.
"""


def test_a_scanned_page_is_put_together_and_read() -> None:
    reading = read(SCAN, None)
    assert "A time bomb exploded in the Customs House" in reading.article.text
    assert "The injured man, Peter Noone, was taken" in reading.article.text
    assert (reading.article.published, reading.article.outlet) == (date(1954, 3, 9), "THE HARBOUR GAZETTE")
    (bombing,) = reading.incidents
    assert (values(bombing, "killed"), values(bombing, "when")) == (["2-2"], ["1954-03-08"])


def test_what_is_mended_still_leads_back_to_the_page() -> None:
    article = read(SCAN, None).article
    at = article.offsets.origin(article.text.index("exploded"))
    assert at is not None and SCAN[at:].startswith("exp1oded")
    after = article.offsets.origin(article.text.index("was taken"))
    assert after is not None and SCAN[after:].startswith("was taken")


def test_lines_without_full_stops_are_sentences_of_their_own() -> None:
    text = """Bomb kills five in Dalmar market
five people died when a bomb went off in the main market of Dalmar on Monday morning
police chief Oren Vasse said the bomb was hidden in a sack of onions
on Saturday gunmen shot dead a customs officer in the same town
"""
    found = dated(text, date(2016, 8, 2))
    assert (values(found["2016-08-01"], "killed"), values(found["2016-07-30"], "killed")) == (["5-5"], ["1-1"])


def test_one_sentence_is_enough() -> None:
    (bombing,) = read("A bomb killed three people in Lorvik on Tuesday.").incidents
    assert (bombing.kind, values(bombing, "killed")) == ("bombing", ["3-3"])
    assert read("No one was hurt.").incidents == ()
