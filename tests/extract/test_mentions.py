"""Each incident says where the text tells of it, and who takes part there."""

from __future__ import annotations

from functools import cache

from sayso.model.article import Capture
from sayso.model.incident import Incident
from sayso.pipeline import read_capture


@cache
def read(text: str) -> tuple[Incident, ...]:
    capture = Capture(name="x", content=text, media_type="text", sha256="x")
    return read_capture(capture).incidents


def told(text: str) -> dict[str, str]:
    return {m.trigger.text: m.kind for incident in read(text) for m in incident.mentions}


def parts(text: str, trigger: str) -> set[tuple[str, str]]:
    (mention,) = (m for incident in read(text) for m in incident.mentions if m.trigger.text == trigger)
    return {(slot, span.text) for slot, span in mention.parts}


BOMB = (
    "A car bomb exploded in the town of Halmar on Friday, killing two policemen and wounding three soldiers. "
    "The attack was the third this year."
)


def test_the_deed_and_what_became_of_people_are_told_by_words_of_their_own() -> None:
    assert told(BOMB) == {"exploded": "bombing", "killing": "killed", "wounding": "wounded", "attack": "bombing"}


def test_those_who_take_part_are_those_of_the_words_grammar() -> None:
    assert ("weapon", "bomb") in parts(BOMB, "exploded")
    assert {p for p in parts(BOMB, "killing") if p[0] == "victim"} == {("victim", "policemen")}
    assert {p for p in parts(BOMB, "wounding") if p[0] == "victim"} == {("victim", "soldiers")}


def test_a_place_without_a_name_takes_part() -> None:
    assert ("where", "town") in parts(BOMB, "exploded")


def test_a_bomb_that_was_only_placed_is_no_explosion() -> None:
    text = "Two men planted a bomb at the gate of the Halmar mill. It exploded at noon and killed a guard."
    assert "planted" not in told(text)
    assert told(text)["killed"] == "killed"


def test_a_word_for_attackers_is_no_event_but_takes_part() -> None:
    text = "A suicide bomber blew himself up at a market in Halmar on Friday, killing six traders."
    assert "bomber" not in told(text)
    assert parts(text, "blew") >= {("perpetrator", "bomber")}
    assert not any(word == "himself" for _, word in parts(text, "blew"))


def test_an_attempt_kills_nobody() -> None:
    text = "Gunmen tried to assassinate the mayor of Halmar, Ana Tolev, on Friday, firing at her car."
    assert "killed" not in told(text).values()


def test_people_harmed_may_be_called_by_any_word() -> None:
    text = "A roadside bomb exploded near Halmar on Friday. Three military personnel were wounded."
    assert ("victim", "personnel") in parts(text, "wounded")


def test_the_attack_that_an_arrest_is_for_is_no_arrest() -> None:
    text = "Police arrested six men in Halmar on Friday. The attack on a bank there had killed two clerks."
    assert told(text).get("attack") != "arrest"
