"""Whom noun phrases and pronouns refer to within one article."""

from __future__ import annotations

from functools import cache

import pytest

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.model.article import Capture
from sayso.model.entity import Entity
from sayso.resolve.who import entities

FOUR = (
    "Officials say that four alleged members of Ansar al-Nahr planted the bombs. The men are Petr Vasek (born in "
    "1986), Ota Benda (born in 1988), Karel Vlk, and Jan Holub. Holub died in the blast. The other three are currently "
    "in custody. The three detained suspects have confessed. The four young men met in May."
)


@cache
def who(text: str) -> tuple[Entity, ...]:
    """Return the entities of a text."""
    article = article_of(Capture(name="t", content=text, media_type="text", sha256="0" * 64))
    return entities(article, analyse(article))


def words(entity: Entity) -> list[str]:
    """Return the words of all mentions."""
    return [m.span.text for m in entity.mentions]


def bearer(text: str, phrase: str) -> Entity | None:
    """Return whom a phrase refers to; None where nobody was found."""
    return next((e for e in who(text) if phrase in words(e)), None)


def test_four_and_their_members() -> None:
    four = next(e for e in who(FOUR) if e.number == 4)
    assert len(four.members) == 4
    assert {"four alleged members", "The men", "The four young men"} <= set(words(four))


def test_the_other_three_are_the_rest() -> None:
    found = who(FOUR)
    four, three = (next(e for e in found if e.kind == "group" and e.number == n) for n in (4, 3))
    assert three.members == four.members[:3]
    assert "The three detained suspects" in words(three)


def test_what_is_said_of_the_group_is_said_of_each() -> None:
    found = who(FOUR)
    status = {e.name: [f.value for f in e.facts if f.name == "status"] for e in found if e.kind == "person"}
    assert status == {
        "Petr Vasek": ["in custody"],
        "Ota Benda": ["in custody"],
        "Karel Vlk": ["in custody"],
        "Jan Holub": ["dead"],
    }
    organ = next(e for e in found if e.kind == "organization")
    assert all(any(f.other == organ.id for f in e.facts) for e in found if e.kind == "person")


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Irena Maro spoke to reporters in Varda. She said that nobody was hurt.", "She", "Irena Maro"),
        ("Minister Petr Vasek met Jana Orlik. He left early.", "He", "Petr Vasek"),
        ("The Harbour Front attacked the pier. The group later denied it.", "The group", "Harbour Front"),
        ("Ansar al-Nahr was unknown until it appeared in a video.", "it", "Ansar al-Nahr"),
        ("Police spokesman Ota Benda confirmed it. The spokesman gave no names.", "The spokesman", "Ota Benda"),
        ("A gunman shot two policemen on Monday. The gunman fled on foot.", "The gunman", "A gunman"),
        ("Petr Vasek was charged with murder on Monday. The suspect is 23.", "The suspect", "Petr Vasek"),
        ("Jana Orlik was shot in Varda. The victim died in hospital.", "The victim", "Jana Orlik"),
        ("Petr Vasek, 23, was in the house. The 23-year-old fled.", "The 23-year-old", "Petr Vasek"),
        ("The neighbor, Jana Orlik, called the police.", "The neighbor", "Jana Orlik"),
        (
            "Petr Vasek and Ota Benda were held on Monday. The two men deny it.",
            "The two men",
            "Petr Vasek and Ota Benda",
        ),
        ("The Varda Police arrived at noon. Police found two guns.", "Police", "Varda Police"),
    ],
)
def test_reference(text: str, phrase: str, name: str) -> None:
    found = bearer(text, phrase)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It was unclear who had fired. It rained in Varda.", "It"),
        ("The Harbour Front claimed credit for the blasts. Maro spoke after they took place.", "they"),
    ],
)
def test_unsure_is_left_alone(text: str, phrase: str) -> None:
    assert bearer(text, phrase) is None


def test_unnamed_people_who_take_part_are_entities() -> None:
    found = who("A gunman killed two policemen and a 5-year-old girl in Varda.")
    assert {(e.kind, e.name, e.number) for e in found} == {
        ("person", "A gunman", None),
        ("group", "two policemen", 2),
        ("person", "a 5-year-old girl", None),
    }


def test_bodies_of_two_nations_are_two() -> None:
    found = who("Kenyan police said so. Somali police denied it. Kenyan police insisted.")
    assert [e.name for e in found if e.kind == "government_body"] == ["Kenyan police", "Somali police"]


def test_his_wife_is_one_person() -> None:
    found = who("Petr Vasek shot his wife on Monday. His wife survived.")
    wife = next(e for e in found if "his wife" in words(e))
    assert "His wife" in words(wife)
    assert [f.value for f in wife.facts if f.name == "kin_of"] == ["Petr Vasek"]
