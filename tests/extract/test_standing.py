"""Who did it, on whose say-so: standing follows from statements and is never raised."""

from __future__ import annotations

import pytest

from tests.extract.reading import main, read, values

STANDINGS = [
    ("The Harbour Front blew up a bank in Kano on Monday.", "Harbour Front", "reported_as_fact"),
    ("A bomb exploded at a bank in Kano. Police said the Harbour Front carried out the attack.", "Harbour Front",
     "accused_by_authorities"),
    ("A bomb exploded at a bank in Kano. The Harbour Front claimed responsibility for the blast.", "Harbour Front",
     "claimed"),
    ("A bomb exploded at a bank in Kano. A resident blamed the Harbour Front for the blast.", "Harbour Front",
     "accused"),
    ("A bomb exploded at a bank in Kano. The Harbour Front denied involvement in the bombing.", "Harbour Front",
     "denied"),
    ("Gunmen killed a judge in Kano. Anton Vesel was charged with the murder on Monday.", "Anton Vesel", "charged"),
    ("Gunmen killed a judge in Kano. Anton Vesel was convicted of the murder on Monday.", "Anton Vesel", "convicted"),
    ("Gunmen killed a judge in Kano. Anton Vesel was acquitted of the murder on Monday.", "Anton Vesel", "acquitted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "standing"), STANDINGS, ids=[s for _, _, s in STANDINGS])
def test_standing_follows_from_the_words_and_the_speaker(text: str, name: str, standing: str) -> None:
    found = [value for i in main(text) for value in values(i, "perpetrator")]
    assert any(name in value and value.endswith(f"[{standing}]") for value in found), found


def test_a_confession_that_only_a_spokesman_reports_is_an_accusation() -> None:
    text = (
        "A bomb exploded at a bank in Kano on Monday, killing a guard. Police arrested two men.\n\n"
        "Police spokesman Ivo Maro said that the two suspects had confessed to the bombing."
    )
    found = [value for i in main(text, "bombing") for value in values(i, "perpetrator")]
    assert found
    assert not any("[confessed]" in value for value in found)


def test_no_group_has_claimed_makes_no_perpetrator() -> None:
    [found] = main("A bomb exploded at a bank in Kano on Monday. No group has claimed responsibility for the attack.")
    assert values(found, "perpetrator") == []


def test_suspected_is_kept_as_suspected() -> None:
    text = "A bomb killed two soldiers near Kano on Monday. The Harbour Front is suspected of carrying out the attack."
    found = [value for i in main(text) for value in values(i, "perpetrator")]
    assert [v for v in found if "Harbour Front" in v] and all(v.endswith("[suspected]") for v in found)


def test_an_accusation_carries_the_chain_of_who_says_so() -> None:
    reading = read("A bomb exploded at a bank in Kano. Police said the Harbour Front carried out the attack.")
    claims = [c for i in reading.incidents for c in i.of("perpetrator")]
    assert claims
    speaker = reading.statement(claims[0].chain[-1])
    assert speaker is not None and speaker.speaker_kind == "authority"


def test_a_groups_threat_is_an_incident_at_stage_threatened() -> None:
    text = (
        "The Harbour Front, an armed group, said in a video posted online on Monday that it would kill more judges "
        "unless its members were freed."
    )
    threats = [i for i in read(text).incidents if i.kind == "threat"]
    assert [i.stage for i in threats] == ["threatened"]
    assert any("Harbour Front" in value for value in values(threats[0], "perpetrator"))
