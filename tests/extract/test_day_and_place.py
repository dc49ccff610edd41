"""Which day and which place are the incident's: three invented reports, read wrong at first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sayso.model.incident import Incident
from sayso.model.place import Place
from tests.extract.reading import read, values

REPORTS = Path(__file__).with_name("reports")
FERRY, MINE, COURT = ((REPORTS / f"{name}.txt").read_text(encoding="utf-8") for name in ("ferry", "mine", "court"))


def incident(text: str, kind: str, words: str) -> Incident:
    found = [i for i in read(text, None).incidents if i.kind == kind and not i.background]
    return next(i for i in found if any(words in span.text for c in i.claims for span in c.evidence))


def test_the_day_of_the_dateline_dates_no_incident() -> None:
    days = [day for i in read(FERRY, None).incidents for day in values(i, "when")]
    assert "2019-06-08" in days
    assert "2019-06-10" not in days


def test_what_is_still_to_come_is_no_day_that_a_clock_time_hangs_on() -> None:
    clock = next(t for t in read(FERRY, None).times if t.span.text == "11.30 pm")
    assert clock.when is not None
    assert clock.when.latest is not None
    assert clock.when.latest <= date(2019, 6, 11)


def test_an_inquiry_to_be_finished_by_july_is_finished_this_year() -> None:
    july = next(t for t in read(FERRY, None).times if "July" in t.span.text)
    assert july.value == "2019-07"


def test_a_town_is_the_same_wherever_the_report_names_it() -> None:
    places = [p.place for p in read(FERRY, None).places if p.span.text.lower() == "yenagoa"]
    assert len({p.gazetteer_id for p in places}) == 1
    assert places[0].latitude is not None


def test_who_shot_is_not_whom_a_bomb_wounded_the_sentence_before() -> None:
    attack = incident(FERRY, "armed_attack", "opened fire")
    assert {value.split(" [")[0] for value in values(attack, "perpetrator")} == {"Gunmen"}


def test_a_number_in_a_headline_is_a_number() -> None:
    killed = [c.value for i in read(FERRY, None).incidents for c in i.of("killed")]
    assert {getattr(value, "low", None) for value in killed} == {11}


def test_a_paper_and_its_day_on_one_line_are_no_headline_and_no_text() -> None:
    article = read(FERRY, None).article
    assert (article.outlet, article.published) == ("Delta Evening Herald", date(2019, 6, 11))


def test_a_day_under_a_headline_is_the_day_of_publication() -> None:
    article = read(MINE, None).article
    assert article.title == "Blast at Lashio checkpoint kills three soldiers"
    assert article.published == date(2021, 1, 15)
    blast = incident(MINE, "bombing", "army truck")
    assert values(blast, "when") == ["2020-12-31"]  # New Year's Eve, seen from January
    assert any(isinstance(c.value, Place) and c.value.country == "MM" for c in blast.of("where"))


def test_a_byline_under_a_headline_is_no_part_of_it() -> None:
    article = read(COURT, None).article
    assert article.title == "Three On Trial In Harkov Over Depot Fire"
    assert article.authors == ("Lena Orsk",)


def test_the_front_is_the_only_front_that_was_named() -> None:
    fronts = [e for e in read(COURT, None).entities if any("Front" in name for name in e.names)]
    assert [e.name for e in fronts] == ["Dawn Front"]


def test_easter_and_last_summer_have_their_days() -> None:
    days = {t.span.text: t.when.edtf for t in read(COURT, None).times if t.when}
    assert days["Easter"] == "../2022-04-17"
    assert days["last summer"] == "2021-22"


def test_who_is_on_trial_for_a_fire_that_killed_is_no_doer_as_fact_and_who_was_not_hired_none() -> None:
    arson = incident(COURT, "arson", "burning")
    assert {c.standing for c in arson.of("perpetrator")} == {"accused_by_authorities"}
    assert not any("arsonists" in value for value in values(arson, "perpetrator"))
