"""Who is said to have done it over several reports: everyone stays, with how he stands on whose word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sayso.export.reconciled import ReconciledRecord, Report, reconcile
from sayso.export.reconciled.perpetrators import WEAKEST_FIRST
from sayso.model.claim import Actor, Text
from tests.export.test_reconciled import Told, group, may, of, on, report, said, sides

LANTERN, LEAGUE = group("Ashen Lantern"), group("River League")


def blame(actor: Actor, by: str = "", standing: str = "accused", **more: Any) -> Told:
    return said("perpetrator", actor, by, standing=standing, **more)


CLAIMED = report("claim", "Lesna Post", may(2), blame(LANTERN, "Ashen Lantern", "claimed", said_on=on(1)))
ACCUSED = report("army", "Karvel Ledger", may(3), blame(LEAGUE, "Ostmark Army", "accused_by_authorities"))
DENIED = report("denial", "Nether Times", may(4), blame(LEAGUE, "River League", "denied", stance="denies"))


def standings(record: ReconciledRecord) -> dict[str, tuple[str, str]]:
    return {one.name: (one.standing, one.words) for one in record.perpetrators}


def test_one_group_claims_and_another_is_accused_and_denies() -> None:
    record = of(CLAIMED, ACCUSED, DENIED)
    assert standings(record) == {
        "Ashen Lantern": ("claimed", "by its own claim"),
        "River League": ("accused_by_authorities", "alleged, by Ostmark Army; denied by River League"),
    }
    different, disputed = sides(record, "perpetrator")
    assert different == {"Ashen Lantern": ["Ashen Lantern"], "River League": ["Ostmark Army"]}
    assert disputed == {"River League": ["Ostmark Army"], "not River League": ["River League"]}


def test_a_group_that_takes_its_claim_back_stands_as_one_that_denies() -> None:
    back = report("d", "Varda Voice", may(9), blame(LANTERN, "Ashen Lantern", "denied", stance="denies"))
    (one,) = of(CLAIMED, back).perpetrators
    assert (one.standing, one.words, one.disputed) == ("denied", "denied by Ashen Lantern", True)


def test_what_a_source_takes_back_is_no_side_of_its_own_any_more() -> None:
    back = report("d", "Varda Voice", may(9), blame(LANTERN, "Ashen Lantern", "denied", stance="denies"))
    assert not of(CLAIMED, back, ACCUSED).disagreements, "nobody else blames it, and it blames itself no more"
    accused = report("e", "Nether Times", may(3), blame(LANTERN, "Police"))
    assert sides(of(CLAIMED, back, accused), "perpetrator") == [
        {"Ashen Lantern": ["Police"], "not Ashen Lantern": ["Ashen Lantern"]}
    ]


def test_one_who_blames_both_differs_from_nobody() -> None:
    both = report("d", "Varda Voice", may(3), blame(LANTERN, "Police"), blame(LEAGUE, "Police"))
    assert not sides(of(CLAIMED, both), "perpetrator")


def test_a_short_name_within_another_is_not_shown_to_be_another_group_s() -> None:
    short = report("d", "Varda Voice", may(3), blame(group("Lantern"), "Police"))
    assert not sides(of(CLAIMED, short), "perpetrator")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_one_day_s_standings_the_weaker_is_shown(order: tuple[int, int]) -> None:
    two = [blame(LEAGUE, "Police", "suspected"), blame(LEAGUE, "", "reported_as_fact")]
    (one,) = of(*(report(f"r{k}", f"Outlet {k}", may(3), two[k]) for k in order)).perpetrators
    assert (one.standing, one.words) == ("suspected", "alleged, by Police")


def test_no_standing_is_shown_that_nobody_gives_and_a_confession_told_by_others_is_an_accusation() -> None:
    told = report("d", "Varda Voice", may(5), blame(LEAGUE, "Ministry of Order", "confessed"))
    (one,) = of(told).perpetrators
    assert one.standing == "accused_by_authorities"
    assert one.history[0].standing == "confessed"
    for standing in WEAKEST_FIRST:
        (given,) = of(report("e", "E", may(1), blame(LEAGUE, "Police", standing))).perpetrators
        assert given.standing == ("accused" if standing == "confessed" else standing)


def test_a_confession_that_another_tells_of_is_not_on_the_own_word_of_whoever_confessed() -> None:
    """A ministry says (s1) that the accused has confessed (s0, within s1)."""
    reading, incident = report(
        "d",
        "Varda Voice",
        may(5),
        blame(LEAGUE, "River League", "confessed"),
        said("motive", Text(value="x"), "Ministry of Order"),
    )
    own, ministry = reading.statements
    told = (replace(own, within=ministry.id), ministry)
    claims = (replace(incident.claims[0], chain=(ministry.id, own.id)),)
    one = replace(incident, claims=claims)
    for chain, by_itself in ((told, False), (reading.statements, True)):
        given = one if not by_itself else replace(one, claims=(replace(claims[0], chain=(own.id,)),))
        (perpetrator,) = reconcile([(replace(reading, statements=chain, incidents=(given,)), given)]).perpetrators
        assert [held.by_itself for held in perpetrator.history] == [by_itself]


def test_nobody_accuses_himself() -> None:
    (one,) = of(report("d", "Varda Voice", may(5), blame(LEAGUE, "River League", "suspected"))).perpetrators
    assert [held.holder.source for held in one.history] == ["Varda Voice"]


def test_a_verdict_stays_until_another_verdict() -> None:
    def verdict(day: int, standing: str) -> Report:
        return report(f"v{day}", "Court News", may(day), blame(LEAGUE, "Court of Karvel", standing))

    later = report("z", "Old Habits", may(30), blame(LEAGUE, "Ostmark Army", "accused_by_authorities"))
    acquitted = of(ACCUSED, verdict(10, "acquitted"), later)
    assert standings(acquitted) == {"River League": ("acquitted", "acquitted, according to Court of Karvel")}
    assert sides(acquitted, "perpetrator") == [
        {"River League": ["Ostmark Army"], "River League acquitted": ["Court of Karvel"]}
    ]
    overturned = of(verdict(5, "convicted"), verdict(20, "acquitted"), later)
    assert overturned.perpetrators[0].standing == "acquitted"


def test_names_resolved_over_articles_join_what_other_words_keep_apart() -> None:
    alias = report("d", "Varda Voice", may(3), blame(group("Fener-i Kul"), "Police"))
    assert len(of(CLAIMED, alias).perpetrators) == 2
    record = reconcile([CLAIMED, alias], names=lambda article, entity: "lantern" if article in ("claim", "d") else None)
    (one,) = record.perpetrators
    assert one.cluster == "lantern" and one.names == ["Ashen Lantern", "Fener-i Kul"]
    assert {ref.article for ref in one.entities} == {"claim", "d"}
    assert one.words == "by its own claim; alleged, by Police"


def test_two_clusters_of_one_name_stay_apart() -> None:
    same = report("d", "Varda Voice", may(3), blame(LANTERN, "Police"))
    record = reconcile([CLAIMED, same], names=lambda article, entity: article)
    assert [one.name for one in record.perpetrators] == ["Ashen Lantern", "Ashen Lantern"]


def test_unnamed_perpetrators_are_joined_by_their_very_words_only() -> None:
    gunmen = [Actor(name=name, kind="group") for name in ("Gunmen", "the gunmen", "masked men")]
    record = of(*(report(f"r{k}", f"Outlet {k}", may(1), blame(one)) for k, one in enumerate(gunmen)))
    assert [(one.name, one.independent) for one in record.perpetrators] == [("the gunmen", 2), ("masked men", 1)]
    assert not record.disagreements
