"""What is done by saying something: claims, refusals, threats and doubts, and on whose behalf."""

from __future__ import annotations

import pytest

from sayso.model.statement import Statement
from tests.extract.reading import read


def first(text: str, cue: str = "") -> Statement:
    """Return the first statement whose cue holds some words."""
    return next(s for s in read(text).statements if s.cue is not None and cue in s.cue.text)


KILLED = "The Varda Front killed two policemen on Monday. "


def test_a_group_that_names_its_fighter_as_the_doer_claims_the_deed() -> None:
    text = "The Varda Front said that one of its fighters, identified as Abu Selim, carried out the attack. " + KILLED
    assert first(text).act == "claims_responsibility"


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        (KILLED + "A man who introduced himself as Karim Doshan, spokesman for the Varda Front, told a radio "
         "station that the group had planted the bomb.", "told"),
        ("A caller claiming to speak for the Varda Front said that the front was behind the blast.", "said"),
        ("A caller who identified himself as a member of the Varda Front said his group planted the bomb.", "said"),
    ],
)  # fmt: skip
def test_who_speaks_for_a_group_claims_for_it(text: str, cue: str) -> None:
    statement = first(text, cue)
    assert (statement.speaker_kind, statement.on_behalf_of) == ("armed_group", "Varda Front")
    assert statement.act == "claims_responsibility"


def test_a_voice_speaks_for_the_group_last_heard() -> None:
    text = KILLED + "The Varda Front demanded a ransom in a recording. “We will slaughter them,” the voice said."
    statement = first(text, "said")
    assert (statement.on_behalf_of, statement.act) == ("Varda Front", "threatens")


@pytest.mark.parametrize(
    "text",
    [
        "A man who identifies himself as a commander of the Varda Front appeared in a film.",
        "The group announced itself last May.",
        "The blast killed two guards, raising doubts about the truce.",
        "Jaren Holt, known by the alias “Copper”, fled.",
        "Hoodlums attack officials in Velm.",
    ],
)
def test_names_and_deeds_are_no_statements(text: str) -> None:
    assert not read(text).statements


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Orin Kalder pleaded guilty on Monday.", ["guilty"]),
        ("The movement denied involvement.", ["involvement"]),
        ("The Varda Front claimed responsibility.", []),
    ],
)
def test_something_is_said_but_by_a_bare_claim(text: str, content: list[str]) -> None:
    assert [span.text for span in first(text).content] == content


@pytest.mark.parametrize(
    ("text", "act", "stance"),
    [
        ("The front refused to accept responsibility for the attack.", "claims_responsibility", "denies"),
        ("The recording could not be verified.", "doubts", "doubts"),
        ("Officials could not confirm who had fired.", "doubts", "doubts"),
        ("No group has claimed responsibility for the bombing.", "claims_responsibility", "denies"),
        ("There has been no claim of responsibility for the attack.", "claims_responsibility", "denies"),
    ],
)
def test_what_is_refused_or_unproved_is_not_asserted(text: str, act: str, stance: str) -> None:
    (statement,) = read(text).statements
    assert (statement.act, statement.stance) == (act, stance)


@pytest.mark.parametrize(
    "text",
    [
        KILLED + "“Every uniform is a target,” the group said in a statement.",
        "“You are next,” read a note left at the school.",
        "“I will kill you all,” the suspect, Orin Kalder, wrote in a message.",
        "The Varda Front warned of more attacks if the prisoners were not freed.",
        KILLED + "The group warned that schools would burn.",
    ],
)
def test_menace_in_direct_speech_and_warnings_of_harm_are_threats(text: str) -> None:
    assert first(text).act == "threatens"


@pytest.mark.parametrize(
    "text",
    [
        KILLED + "The group called the attack a reprisal for the raid on Velm.",
        KILLED + "The group described the governor as a legitimate target.",
        KILLED + "A spokesman for the group said that the bomb was meant for the governor.",
        "Two groups issued competing claims for the bombing.",
        "A captive, Pieter Dahl, said: “They will kill me.”",
        "“They are our target,” said the mayor.",
    ],
)
def test_talk_of_harm_is_no_threat(text: str) -> None:
    assert first(text).act != "threatens"


def test_spokesmen_of_what_is_no_state_are_no_authority() -> None:
    text = "Red Cross spokesman Bo Marn said two trucks were lost. Police spokesman Cid Orr said one man was held."
    assert [s.speaker_kind for s in read(text).statements] == ["other", "authority"]


def test_the_lawyer_of_somebody_accused_is_no_authority_for_his_client_s_rank() -> None:
    text = "A lieutenant was arrested on Monday. The lieutenant's lawyer said the order had come from others."
    assert [s.speaker_kind for s in read(text).statements] == ["accused"]
