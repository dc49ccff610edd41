"""Names, aliases, kinds and facts of the people and organizations in one article."""

from __future__ import annotations

from functools import cache
from itertools import count
from pathlib import Path

import pytest

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.model.article import Capture
from sayso.model.entity import Entity
from sayso.resolve.who import entities

SEED = Path(__file__).parents[2] / "../shared/data/seed"
_NUMBERS = count()


@cache
def who(text: str) -> tuple[Entity, ...]:
    """Return the entities of a text."""
    article = article_of(Capture(name="t", content=text, media_type="text", sha256=f"{next(_NUMBERS):064d}"))
    found = entities(article, analyse(article))
    for entity in found:
        for mention in entity.mentions:
            assert article.text[mention.span.start : mention.span.end] == mention.span.text
        for fact in entity.facts:
            assert article.text[fact.evidence.start : fact.evidence.end] == fact.evidence.text
    return found


def named(found: tuple[Entity, ...], name: str) -> Entity:
    """Return the one entity that bears a name."""
    bearers = [entity for entity in found if name in entity.names]
    assert len(bearers) == 1, (name, [entity.names for entity in found])
    return bearers[0]


def values(entity: Entity, fact: str) -> list[str]:
    """Return the values of all facts of one name."""
    return [f.value for f in entity.facts if f.name == fact]


def test_shortened_name_is_the_same_person() -> None:
    found = who("Irena Maro spoke on Monday in Port Varda. Maro said that the ferry had sunk.")
    assert named(found, "Maro") is named(found, "Irena Maro")
    assert named(found, "Maro").kind == "person"
    assert named(found, "Maro").name == "Irena Maro"


def test_title_gives_role_and_office() -> None:
    found = who("The Interior Ministry said four men were held. Interior Ministry spokeswoman Irena Maro said no more.")
    maro = named(found, "Irena Maro")
    assert "spokeswoman" in values(maro, "role")
    ministry = named(found, "Interior Ministry")
    assert ministry.kind == "government_body"
    assert any(f.other == ministry.id for f in maro.facts if f.name == "member_of")


def test_title_of_an_office_names_the_office() -> None:
    found = who(
        "The Ostmark Prosecutor-General's Office says that two men are held. Prosecutor-General spokesman "
        "Tolek Dravan gave no names."
    )
    office = next(e for e in found if e.kind == "government_body")
    assert any(f.other == office.id for f in named(found, "Tolek Dravan").facts)


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        ("Police arrested Tomas Reljic (aka Old Otter) in Varda.", "Tomas Reljic", "Old Otter"),
        ("The cleric, Osman Tural, also known as Abu Zarim, fled.", "Osman Tural", "Abu Zarim"),
        ('Police say Milan "Hammer" Dobrev shot two men.', "Milan Dobrev", "Hammer"),
        ("The Varda Liberation Front (VLF) said so. The VLF is small.", "Varda Liberation Front", "VLF"),
        ("Rebels of the VLF [Varda Liberation Front] said so.", "Varda Liberation Front", "VLF"),
        (
            "The group Jund al-Bahr (Soldiers of the Sea) said so. Jund Al-Bahr is small.",
            "Jund al-Bahr",
            "Soldiers of the Sea",
        ),
        ('Jaish al-Nahr ("Army of the River") claimed the blast.', "Jaish al-Nahr", "Army of the River"),
        ("The National Farmers Party, NFP, was against it. The NFP lost.", "National Farmers Party", "NFP"),
    ],
)
def test_aliases_join(text: str, name: str, alias: str) -> None:
    found = who(text)
    entity = next(e for e in found if alias in e.names)
    assert any(name.split()[-1] in n for n in entity.names), entity.names


def test_spelling_variants_are_one_organization() -> None:
    found = who("Jund al-Bahr claimed the blast. Police blame Jund Al-Bahr. Jund al Bahr is small.")
    assert len([e for e in found if e.kind == "organization"]) == 1


def test_first_name_of_an_acronym_is_the_full_one() -> None:
    found = who("The VLF [Varda Liberation Front] attacked. The VLF fled.")
    assert named(found, "VLF").name == "Varda Liberation Front"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A terrorist group called Zarun Dawn attacked the pier.", "Zarun Dawn"),
        ("Fighters of Ansar al-Nahr attacked the pier.", "Ansar al-Nahr"),
        ("Police blamed Red Heron, a militant group based in the hills.", "Red Heron"),
        ("Members of the Orsk cartel were held on Sunday.", "Orsk cartel"),
        ("The Ostmark People's Liberation Army claimed responsibility for it.", "Ostmark People's Liberation Army"),
    ],
)
def test_armed_groups_are_armed_organizations(text: str, name: str) -> None:
    entity = named(who(text), name)
    assert entity.kind == "organization"
    assert entity.armed


def test_army_of_a_state_is_a_government_body() -> None:
    assert named(who("The Peruvian Army attacked the camp on Monday."), "Peruvian Army").kind == "government_body"


def test_nation_before_a_name_is_no_part_of_it() -> None:
    found = who("The camp was run by Kenyans Baraka Odu, Simo Lenga, and Tabu Marwa.")
    assert values(named(found, "Baraka Odu"), "nationality") == ["Kenya"]


def test_places_are_nobody() -> None:
    found = who("A bomb went off in Nairobi on Monday, near Lake Turkana in northern Kenya.")
    assert [e.name for e in found if e.kind == "person"] == []


def test_ages_and_years_of_birth() -> None:
    found = who(
        "Jana Orlik, 34, was shot in Varda. The others are Petr Vasek (born in 1986), Ota Benda (b. 1990) and "
        "17-year-old Zdenek Mach."
    )
    assert values(named(found, "Jana Orlik"), "age") == ["34"]
    assert values(named(found, "Petr Vasek"), "birth_year") == ["1986"]
    assert values(named(found, "Ota Benda"), "birth_year") == ["1990"]
    assert values(named(found, "Zdenek Mach"), "age") == ["17"]


def test_founders_point_to_what_they_founded() -> None:
    found = who("Ansar al-Nahr was founded by Baraka Odu, Simo Lenga, and Tabu Marwa in 2004.")
    group = named(found, "Ansar al-Nahr")
    for name in ("Baraka Odu", "Simo Lenga", "Tabu Marwa"):
        assert [f.other for f in named(found, name).facts if f.name == "founder_of"] == [group.id]


def test_death_and_custody() -> None:
    found = who("Petr Vasek died in one of the blasts. Ota Benda is in custody. Jana Orlik was not arrested.")
    assert values(named(found, "Petr Vasek"), "status") == ["dead"]
    assert values(named(found, "Ota Benda"), "status") == ["in custody"]
    assert values(named(found, "Jana Orlik"), "status") == []


def test_all_listed_names_share_what_is_said() -> None:
    found = who("Petr Vasek, Ota Benda and Karel Vlk were killed in Varda on Sunday.")
    assert all(values(named(found, n), "status") == ["dead"] for n in ("Petr Vasek", "Ota Benda", "Karel Vlk"))


def test_headline_takes_only_names_that_the_report_has() -> None:
    found = who(
        "Ministry Blames Harbour Front For Ferry Blasts\n\nThe Harbour Front denied it on Monday, Irena Maro said."
    )
    assert len(named(found, "Harbour Front").mentions) >= 1
    assert all("Blames" not in name for e in found for name in e.names)


def test_ids_follow_first_mention() -> None:
    found = who("Irena Maro met Petr Vasek. Ota Benda met Irena Maro.")
    assert [e.id for e in found] == [f"e{n}" for n in range(1, len(found) + 1)]
    firsts = [min(m.span.start for m in e.mentions) for e in found]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n ",
        "((((" * 500,
        "A " * 3000,
        '"' * 999,
        "de de de " * 500,
        "X [Y" * 500,
        "\u202eabc \u0000 \ufffd",
        "a.k.a. " * 300,
    ],
)
def test_hostile_text_gives_no_error(text: str) -> None:
    who(text)


def test_seed_report() -> None:
    """The report that sayso starts from; nothing here is known to the rules by name."""
    if not SEED.is_dir():
        pytest.skip("needs ../shared/data/seed")
    found = who(next(SEED.glob("*.txt")).read_text(encoding="utf-8"))
    speaker = named(found, "Nurdaulet Suindikov")
    assert "Suindikov" in speaker.names
    assert "spokesman" in values(speaker, "role")
    group = named(found, "Jund Al-Khilafah")
    assert (group.kind, group.armed) == ("organization", True)
    assert "Soldiers of the Caliphate" in group.names
    four = next(e for e in found if e.kind == "group" and e.number == 4)
    members = [e for e in found if e.id in four.members]
    assert [values(m, "birth_year") for m in members] == [["1986"], ["1988"], ["1983"], ["1988"]]
    assert all(any(f.other == group.id for f in m.facts if f.name == "member_of") for m in members)
    assert [values(m, "status") for m in members] == [["in custody"]] * 3 + [["dead"]]
    three = next(e for e in found if e.kind == "group" and e.number == 3)
    assert three.members == four.members[:3]
    assert "Said Buryatsky" in named(found, "Aleksandr Tikhomirov").names
    assert sum(any(f.name == "founder_of" and f.other == group.id for f in e.facts) for e in found) == 3
