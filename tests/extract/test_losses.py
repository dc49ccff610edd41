"""How many: numbers as the text bounds them, totals and parts, each side's dead, each speaker's toll."""

from __future__ import annotations

import pytest

from sayso.model.claim import Quantity, Slot
from sayso.model.incident import Incident
from tests.extract.reading import main, read

Expected = dict[str, str]


def counts(incident: Incident, slot: Slot) -> str:
    """Return the counts of a slot: `6`, `6+` where not bounded, `6-8`, `~100` where approximate."""
    return " ".join(sorted(_words(c.value) for c in incident.of(slot) if isinstance(c.value, Quantity)))


def _words(value: Quantity) -> str:
    end = "+" if value.high is None else "" if value.high == value.low else f"-{value.high}"
    return f"{'~' * value.approximate}{value.low}{end}"


CASES: list[tuple[str, str, Expected]] = [
    ("two tolls in one sentence", "Twin blasts ripped through a market in Mbar on Tuesday. A hospital source put the "
     "death toll at 31, while the state emergency agency said 19 people died and 47 were injured.",
     {"killed": "19 31", "wounded": "47"}),
    # --- bounds of one number -----------------------------------------------------------------------------------
    ("at least", "A car bomb exploded outside a mosque in Tel Qasir on Friday, killing at least 6 people.",
     {"killed": "6+"}),
    ("between", "Between six and eight villagers were killed when gunmen attacked Dol Karim on Sunday, police said.",
     {"killed": "6-8"}),
    ("to", "Raiders shot dead 12 to 15 herders in Mbar on Tuesday, a district chief said.", {"killed": "12-15"}),
    ("dash", "Gunmen opened fire on a bus in Osk on Monday and wounded 20-25 passengers.", {"wounded": "20-25"}),
    ("or", "Two or three guards died when a bomb went off at the gate of the depot in Karvel.", {"killed": "2-3"}),
    ("about", "A bomb ripped through a market in Gurba on Monday, wounding about 100 people.", {"wounded": "~100"}),
    ("or so", "A bomb ripped through a market in Gurba on Monday, wounding 100 or so shoppers.", {"wounded": "~100"}),
    ("some with number", "Gunmen stormed a college in Gurba on Monday and killed some 40 students.",
     {"killed": "~40"}),
    ("some without", "Gunmen stormed a college in Gurba on Monday and killed some students.", {"killed": "~2+"}),
    ("dozens", "A suicide bomber struck a funeral in Nahr on Monday. Dozens were killed and scores wounded.",
     {"killed": "~24+", "wounded": "~40+"}),
    ("more than", "More than 30 people were killed in a bomb attack on a mosque in Nahr on Friday.",
     {"killed": "31+"}),
    ("or more", "Militants killed 15 or more soldiers in an attack on a post near Nahr on Monday.", {"killed": "15+"}),
    ("up to", "Up to 20 people were wounded when a grenade exploded in a bar in Liva on Monday.",
     {"wounded": "1-20"}),
    ("fewer than", "Fewer than ten people were hurt when a bomb exploded in a bar in Liva on Monday.",
     {"wounded": "1-9"}),
    ("as many as", "As many as 50 people may have been killed when gunmen attacked the village of Oru on Sunday.",
     {"killed": "1-50"}),
    ("a dozen", "A bomb exploded at a bus stop in Liva on Monday, injuring a dozen commuters and killing one.",
     {"killed": "1", "wounded": "12"}),
    ("half a dozen", "A grenade exploded at a wedding in Liva on Monday and injured half a dozen guests.",
     {"wounded": "6"}),
    ("several", "Several policemen were injured when a bomb exploded under their truck in Liva.",
     {"wounded": "~3+"}),
    ("nobody", "A bomb exploded outside a bank in Liva on Monday night. Nobody was hurt.",
     {"killed": "", "wounded": "0"}),
    ("no casualties", "A bomb exploded outside a bank in Liva on Monday night. There were no casualties, police said.",
     {"killed": "0", "wounded": "0"}),
    ("no deaths, no injuries", "Gunmen fired on a patrol near Liva on Monday. No deaths or injuries were reported.",
     {"killed": "0", "wounded": "0"}),
    # --- the words of a toll ------------------------------------------------------------------------------------
    ("rose to", "A bomb exploded in a market in Gurba on Monday. The death toll rose to 14 on Tuesday, police said.",
     {"killed": "14"}),
    ("rose from to", "A bomb exploded in a market in Gurba on Monday. The death toll has risen from 9 to 14.",
     {"killed": "14"}),
    ("put the number", "A bomb exploded in a market in Gurba on Monday. A doctor put the number of dead at five.",
     {"killed": "5"}),
    ("put the toll", "Gunmen attacked a village near Mbar on Monday. Residents put the death toll at 11.",
     {"killed": "11"}),
    ("the number of wounded", "Gunmen attacked a bus near Mbar on Monday. The number of wounded stood at 17.",
     {"wounded": "17"}),
    ("bringing", "A bomb exploded in a market in Gurba on Monday. Two more people died in hospital on Tuesday, "
     "bringing the death toll to 14.", {"killed": "14"}),
    ("bare dead", "A bomb went off at a mosque in Gurba on Friday. Police counted 12 dead and 30 wounded.",
     {"killed": "12", "wounded": "30"}),
    ("left", "A bomb at a mosque in Gurba on Friday left five dead and 20 injured.", {"killed": "5", "wounded": "20"}),
    ("headline", "Gurba mosque bombing: 12 dead, 30 hurt\n\nA bomb exploded in a mosque in Gurba on Friday.",
     {"killed": "12", "wounded": "30"}),
    ("lost their lives", "A bomb exploded in a market in Gurba on Monday. Nine people lost their lives.",
     {"killed": "9"}),
    ("claimed the lives", "A bomb attack on a market in Gurba claimed the lives of nine people on Monday.",
     {"killed": "9"}),
    ("death of", "Gunmen attacked a convoy near Gurba on Monday, causing the deaths of four soldiers.",
     {"killed": "4"}),
    ("bodies", "Gunmen raided the village of Oru on Sunday night. The bodies of 16 villagers were found on Monday.",
     {"killed": "16"}),
    ("taken to hospital", "A bomb exploded in a bar in Liva on Monday. Seven people were taken to hospital.",
     {"wounded": "7"}),
    ("among the wounded", "A bomb exploded in a bar in Liva on Monday. Among the 14 wounded was a priest.",
     {"wounded": "14"}),
    ("table", "A car bomb exploded outside the court in Karvel on Monday.\n\nDead: 7\n\nInjured: 23",
     {"killed": "7", "wounded": "23"}),
    ("capitals", "A BOMB EXPLODED IN A MARKET IN GURBA ON MONDAY. THE ARMY PUT THE NUMBER OF DEAD AT FIVE AND SAID "
     "THAT AT LEAST 11 PEOPLE WERE WOUNDED.", {"killed": "5", "wounded": "11+"}),
    (
        "number of people",
        "Gunmen attacked a village on Monday. The number of people killed in the attack rose to 14.",
        {"killed": "14"},
    ),
    (
        "spoke of",
        "A bomb exploded in Gurba on Monday. Three people have died, the ministry said. The mayor spoke of two dead.",
        {"killed": "2 3"},
    ),
    (
        "put it at",
        "A jet bombed the village of Oru on Monday. Villagers gave the number of dead as 22. "
        "The ministry put it at 14.",
        {"killed": "14 22"},
    ),
    # --- totals and parts ---------------------------------------------------------------------------------------
    ("three of them", "Gunmen killed nine people, three of them children, in the village of Oru on Sunday.",
     {"killed": "9"}),
    ("including", "A bomb killed 12 people, including two policemen, at a market in Gurba on Monday.",
     {"killed": "12"}),
    ("among them", "A bomb killed 12 people, among them four women, at a market in Gurba on Monday.",
     {"killed": "12"}),
    ("later part", "A bomb killed 12 people at a market in Gurba on Monday. Four women were killed in the blast, "
     "a doctor said.", {"killed": "12"}),
    ("of the dead", "A bomb killed 12 people at a market in Gurba on Monday. Three of the dead were policemen.",
     {"killed": "12"}),
    ("whom died", "Gunmen opened fire in Oru on Sunday, wounding five traders, two of whom later died.",
     {"killed": "2", "wounded": "5"}),
    ("coordinated", "Two policemen and three civilians were killed when a bomb exploded in Gurba on Monday.",
     {"killed": "5"}),
    ("coordinated objects", "A bomb in Gurba on Monday killed a policeman, two soldiers and at least three civilians.",
     {"killed": "6+"}),
    ("total broken down", "A bomb in Gurba on Monday killed six people: a policeman, two soldiers and three civilians.",
     {"killed": "6"}),
    ("also", "Gunmen killed four soldiers at a post near Nahr on Monday. Two civilians were also killed.",
     {"killed": "6"}),
    ("others wounded", "A bomb killed three people and wounded 14 others in Gurba on Monday.",
     {"killed": "3", "wounded": "14"}),
    ("said again", "A bomb killed four soldiers near Nahr on Monday. The soldiers died when their truck hit it, the "
     "army said.", {"killed": "4"}),
    # --- the attackers' own -------------------------------------------------------------------------------------
    ("gunmen shot", "Gunmen attacked a police post near Nahr on Monday, killing four officers. Three of the gunmen "
     "were shot dead.", {"killed": "4", "attackers_killed": "3"}),
    ("soldiers and militants", "Four soldiers and seven militants were killed when fighters attacked a base near Nahr "
     "on Monday.", {"killed": "4", "attackers_killed": "7"}),
    ("members of a group", "Six soldiers and 15 members of the Red Column guerrilla movement died in fighting near "
     "Nahr on Monday, the army said.", {"killed": "6", "attackers_killed": "15"}),
    ("three other women", "A grenade attack in Nahr on Monday wounded ten civilians. Three other women were also "
     "wounded.",
     {"wounded": "10"}),
    ("both assailants", "Two gunmen attacked a church in Nahr on Sunday and killed a priest. Police killed both "
     "attackers.", {"killed": "1", "attackers_killed": "2"}),
    ("bomber", "A suicide bomber blew himself up outside a mosque in Gurba on Friday, killing nine worshippers.",
     {"killed": "9", "attackers_killed": "1"}),
    ("himself", "A gunman opened fire in a bar in Liva on Monday, killing two people before shooting himself dead.",
     {"killed": "2", "attackers_killed": "1"}),
    ("attackers wounded", "Gunmen attacked a convoy near Nahr on Monday and killed a driver. Two of the attackers were "
     "wounded when guards fired back.", {"killed": "1", "attackers_wounded": "2", "wounded": ""}),
    ("an air strike", "An air strike killed nine militants near Nahr on Monday.",
     {"killed": "9", "attackers_killed": ""}),
    # --- speakers -----------------------------------------------------------------------------------------------
    ("two tolls", "A bomb exploded in a market in Gurba on Monday. Police said that six people were killed. "
     "A doctor at "
     "the hospital put the number of dead at nine.", {"killed": "6 9"}),
    ("group's toll", "Fighters attacked a barracks near Nahr on Monday. The army said eight soldiers died. The "
     "Crescent Brigade said in a statement that it had killed 40 soldiers.", {"killed": "40 8"}),
    # --- several incidents --------------------------------------------------------------------------------------
    ("toll of two bombs", "Two bombs exploded in Gurba on Monday, killing 12 people. The first bomb went off outside a "
     "bank. The second bomb exploded near a hotel.", {"killed": "0-12"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_counts_are_read_as_the_text_bounds_them(text: str, expected: Expected) -> None:
    found = main(text)
    assert found, [i.kind for i in read(text).incidents]
    for incident in found:
        told = {slot: counts(incident, slot) for slot in ("killed", "wounded", "attackers_killed", "attackers_wounded")}  # type: ignore[arg-type]
        assert {slot: told[slot] for slot in expected} == expected, told


def test_a_toll_that_somebody_puts_at_a_number_is_on_their_say_so() -> None:
    text = "A bomb exploded in a market in Gurba on Monday. A police spokeswoman put the death toll at seven."
    [told] = [c for i in main(text) for c in i.of("killed") if isinstance(c.value, Quantity)]
    assert told.chain and told.value.low == 7
