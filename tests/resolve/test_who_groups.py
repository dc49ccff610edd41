"""Armed groups and people told apart, whole names, and who stands for whom."""

from __future__ import annotations

import pytest

from tests.resolve.test_who import named, values, who


def holder(text: str, words: str) -> str | None:
    """Return the name of the entity that some words of a text refer to."""
    return next((e.name for e in who(text) if any(m.span.text == words for m in e.mentions)), None)


@pytest.mark.parametrize("name", ["Al-Sarabiyoun", "Karsani", "Lashkar-i-Saif"])
def test_who_claims_a_deed_without_title_or_given_name_is_a_group(name: str) -> None:
    group = named(who(f"{name} claimed responsibility for the blast in Velm."), name)
    assert (group.kind, group.armed) == ("organization", True)


def test_who_claims_a_deed_and_has_an_age_is_a_person() -> None:
    assert named(who("Orin Kalder, 34, claimed responsibility for the blast."), "Orin Kalder").kind == "person"


def test_groups_that_the_press_knows_are_one_under_all_their_names() -> None:
    found = who(
        "Daesh fighters fled. ISIS said so, and the Islamic State group has a branch there. Al-Qaeda in the Islamic "
        "Maghreb (AQIM) denied it."
    )
    assert named(found, "ISIS") is named(found, "Daesh") is named(found, "Islamic State")
    assert named(found, "AQIM") is named(found, "Al-Qaeda in the Islamic Maghreb")
    assert named(found, "ISIS").armed and named(found, "AQIM").armed


def test_an_acronym_with_other_meanings_is_a_group_only_beside_its_full_name() -> None:
    armed = {e.name for e in who("The ADF said two died in Velm.") if e.armed}
    assert not armed
    found = who("The Allied Democratic Forces attacked Velm. The ADF said so.")
    assert named(found, "ADF") is named(found, "Allied Democratic Forces") and named(found, "ADF").armed


@pytest.mark.parametrize(
    ("name", "kind", "armed"),
    [
        ("Joint Command of the Armed Forces", "government_body", False),
        ("Armed Forces of Varda", "government_body", False),
        ("Security Service of Ukraine", "government_body", False),
        ("Revolutionary Armed Forces of Varda", "organization", True),
        ("National Front of Varda", "organization", False),
        ("Velm Observer", "organization", False),
    ],
)
def test_the_words_of_a_name_tell_the_state_from_those_who_fight_it(name: str, kind: str, armed: bool) -> None:
    entity = named(who(f"The {name} said on Monday that three had died."), name)
    assert (entity.kind, entity.armed) == (kind, armed)


def test_a_name_that_opens_a_sentence_keeps_its_first_word() -> None:
    assert named(who("National Front of Varda members met. They left."), "National Front of Varda")


def test_a_body_without_its_of_phrase_is_the_same() -> None:
    found = who("The Joint Command of the Armed Forces said so. The Joint Command denied the rest.")
    assert named(found, "Joint Command") is named(found, "Joint Command of the Armed Forces")


@pytest.mark.parametrize(
    "text",
    [
        "A front killed him. Velm Solano's brother said Velm Solano was at home.",
        "Police want Jaren Holt, known by the alias “Copper”. Jaren Holt fled.",
        "The column is headed by Jaren Holt. Troops want Jaren Holt.",
    ],
)
def test_kin_alias_and_command_make_a_person(text: str) -> None:
    kinds = {e.kind for e in who(text) if {"Velm Solano", "Jaren Holt"} & set(e.names)}
    assert kinds == {"person"}


def test_a_title_between_two_names_of_a_person_is_one_of_them() -> None:
    assert named(who("Police named the suspect as Abdinoor Sheikh Hassan."), "Abdinoor Sheikh Hassan").kind == "person"


def test_ranks_belong_to_the_title() -> None:
    found = who("Senior Supt Ramo Dass said so. The police chief, Col. Tarn Ives, denied it.")
    assert values(named(found, "Ramo Dass"), "role") == ["senior supt"]
    assert "col" in values(named(found, "Tarn Ives"), "role")


def test_an_alias_begins_with_its_name() -> None:
    found = who("Troops want Zeno Palomar (a.k.a. “Comrade Rolo”), who is 40. Rashid Omar, a.k.a. “The Fox”, fled.")
    assert "Comrade Rolo" in named(found, "Zeno Palomar").names
    assert "The Fox" in named(found, "Rashid Omar").names


def test_a_surname_that_two_people_bear_is_neither_of_them() -> None:
    found = who("Two cousins, Timur Belov and Anton Belov, were arrested. Belov confessed on Monday.")
    assert all("Belov" not in e.names for e in found if e.name in {"Timur Belov", "Anton Belov"})


@pytest.mark.parametrize(
    ("text", "words", "whom"),
    [
        ("Militants stopped the officials near Velm and took them away.", "them", "the officials"),
        ("A suspect approached a teacher, Mira Solano, and shot her. He fled.", "her", "Mira Solano"),
        ("A suspect approached a teacher, Mira Solano, and shot her. He fled.", "He", "A suspect"),
        (
            "The Varda Front killed a guard. Its spokesman, Ilan Reth, rang. They said it was war.",
            "They",
            "Varda Front",
        ),
    ],
)
def test_objects_are_not_their_own_subjects_and_spokesmen_stand_for_groups(text: str, words: str, whom: str) -> None:
    assert holder(text, words) == whom


def test_an_organization_that_kills_or_has_fighters_is_armed() -> None:
    assert named(who("The Varda Front killed two policemen on Monday."), "Varda Front").armed
    assert named(who("Ashen Lantern fighters burned a school."), "Ashen Lantern").armed


def test_those_who_do_harm_to_a_name_are_not_its_members() -> None:
    found = who("Kidnappers of Velm Line passengers demanded money.")
    assert not [f for e in found for f in e.facts if f.name == "member_of"]


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        ("A gunman shot a guard. Police identified the gunman as Orin Kalder, 31.", "the gunman", "Orin Kalder"),
        ("The victim was identified as Mira Solano, a teacher.", "The victim", "Mira Solano"),
        ("The suspect, named as Daro Vexley, was held.", "The suspect", "Daro Vexley"),
        ("A man who introduced himself as Karim Doshan rang.", "A man", "Karim Doshan"),
    ],
)
def test_a_name_that_is_given_later_is_that_of_the_noun(text: str, noun: str, name: str) -> None:
    assert holder(text, noun) == name
    assert (
        len([e for e in who(text) if e.kind == "person" and {noun.lower(), name} & {n.lower() for n in e.names}]) <= 1
    )


@pytest.mark.parametrize(
    ("text", "noun", "names"),
    [
        (
            "Police identified the adults as Marlon Antun, 24, of Velm and Kevin Rosa, 22, of Orsk.",
            "the adults",
            {"Marlon Antun", "Kevin Rosa"},
        ),
        (
            "The charity identified the hostages as Norwegian nurse Ingrid Sol, and engineer Mark Dufen.",
            "the hostages",
            {"Ingrid Sol", "Mark Dufen"},
        ),
    ],
)
def test_those_identified_as_a_group_are_its_members(text: str, noun: str, names: set[str]) -> None:
    found = who(text)
    group = next(e for e in found if e.name == noun)
    assert {e.name for e in found if e.id in group.members} == names


def test_brothers_share_a_surname() -> None:
    found = who("Two brothers, Saad and Walid al-Jarri, were arrested on Monday.")
    assert {"Saad al-Jarri", "Walid al-Jarri"} <= {e.name for e in found}
