"""Who came out unharmed, who of a group was hurt, and what the model may not say of either."""

from __future__ import annotations

import pytest

from sayso.model.claim import Victim
from sayso.model.incident import Incident
from tests.extract.reading import main, read, values

CONVOY = (
    "Gunmen attacked the convoy of the mayor of Tarvo, Ilan Besk, on Tuesday night, killing three of his bodyguards, "
    "police said. {} Soldiers arrested four men in the village of Oruda."
)


def effects(incident: Incident) -> dict[str, str | None]:
    found = [c.value for c in incident.of("victim")]
    return {v.name or v.description or "": v.effect for v in found if isinstance(v, Victim)}


@pytest.mark.parametrize(
    "told",
    [
        "Besk escaped unhurt.",
        "Besk survived.",
        "Besk survived the attack.",
        "Besk was not injured.",
        "Besk was unharmed.",
    ],
)
def test_who_came_to_no_harm_is_a_victim_unharmed(told: str) -> None:
    attack = main(CONVOY.format(told))[0]
    assert effects(attack)["Ilan Besk"] == "unharmed"


def test_of_a_part_the_whole_says_who_they_are() -> None:
    attack = main(CONVOY.format(""))[0]
    hurt = [who for who, effect in effects(attack).items() if effect == "killed"]
    assert len(hurt) == 1 and "bodyguards" in hurt[0]
    assert values(attack, "killed") == ["3-3"]


def test_a_part_of_what_is_no_people_kills_nobody() -> None:
    (arson,) = main(
        "Rebels burned the market of Oruda on Monday. Three of the trucks were lost and two traders were killed."
    )
    assert values(arson, "killed") == ["2-2"]


def test_who_survives_an_illness_or_nothing_told_before_is_nobody_s_victim() -> None:
    assert not read(
        "The minister survived a vote of no confidence on Monday. He was unharmed by the scandal."
    ).incidents


def test_an_arrest_is_as_sure_as_its_words_and_has_nobody_else_s_victims() -> None:
    arrest = main(CONVOY.format("Two wounded officers were taken to a hospital."), "arrest")[0]
    assert [c.value.description for c in arrest.of("victim") if isinstance(c.value, Victim)] == ["four men"]
    assert not arrest.of("target")
    assert all(c.confidence > 0.5 for c in (*arrest.of("victim"), *arrest.of("arrested")))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Gunmen opened fire on a checkpoint in Oruda on Monday and threw hand grenades, killing two officers.",
            "armed_attack",
        ),
        ("Attackers hurled a grenade into a bar in Oruda on Monday, killing two people.", "bombing"),
        ("Attackers machine-gunned a bus in Oruda on Monday.", "armed_attack"),
        ("The bus was machine-gunned by rebels in Oruda on Monday.", "armed_attack"),
    ],
)
def test_grenades_of_those_who_shoot_make_no_bombing(text: str, kind: str) -> None:
    assert [i.kind for i in main(text)] == [kind]
