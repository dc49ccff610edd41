"""What holds of any reports of one incident, whatever they say."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.export.origins import Origin
from sayso.export.reconciled import POLICIES, Report, plain, reconcile
from sayso.export.reconciled.same import same_origins
from sayso.model.claim import Actor, Label, Quantity, Target, Text, Victim
from sayso.model.when import When
from tests.export.test_reconciled import group, many, may, on, place, report, said
from tests.export.test_reconciled_rendering import printed

SPEAKERS = ("", "Ministry of Order", "Ministry", "Lesna Hospital", "Ashen Lantern", "Maro", "Irena Maro", "Pavel Maro")
STANDINGS = ("claimed", "accused", "suspected", "denied", "confessed", "convicted", "acquitted", "reported_as_fact")
YEARLESS = When(edtf="XXXX-05-07", earliest=None, latest=None, basis="explicit")
PLACES = (
    place("Karvel", "Uplands", country="XO"), place("Uplands", country="XO", type="region"), place("Kharvel"),
    place("Lesna", id="x:1", at=(1, 1)), place("Ossk", id="x:2", at=(9, 9)),
)  # fmt: skip
DAY = st.integers(1, 9)
KARR, CLERK = st.sampled_from([None, "Josip Karr"]), st.sampled_from([None, "a clerk"])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["bombing", "kidnapping", "killing"]).map(lambda name: Label(value=name)),
    "when": st.just(YEARLESS) | st.builds(on, DAY) | st.builds(lambda a, b: on(min(a, b), max(a, b)), DAY, DAY),
    "where": st.sampled_from(PLACES),
    "killed": st.builds(many, DAY) | st.builds(Quantity, low=DAY, high=st.none()),
    "victim": st.builds(
        Victim, name=KARR, description=CLERK, kind=st.just("civilian"), effect=st.sampled_from([None, "killed"])
    ),
    "target": st.builds(Target, name=st.just("a pier"), kind=st.just("x"), effect=st.sampled_from([None, "damaged"])),
    "damage": st.just(Text(value="a roof")),
    "perpetrator": st.sampled_from([group("Ashen Lantern"), group("Lantern"), Actor(name="gunmen", kind="group")]),
}


@st.composite
def reports(draw: st.DrawFn) -> list[Report]:
    found = []
    for k in range(draw(st.integers(1, 5))):
        told = []
        for slot in draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=5)):
            more: dict[str, Any] = {"stance": draw(st.sampled_from(["asserts", "asserts", "denies", "doubts"]))}
            if slot == "perpetrator":
                more["standing"] = draw(st.sampled_from(STANDINGS))
            told.append(said(slot, draw(VALUES[slot]), draw(st.sampled_from(SPEAKERS)), **more))
        found.append(report(f"r{k}", draw(st.sampled_from("AB")), draw(st.sampled_from([None, may(3), may(9)])), *told))
    return found


@settings(max_examples=60, deadline=None)
@given(reports(), st.sampled_from(sorted(POLICIES)), st.randoms(use_true_random=False))
def test_no_order_changes_a_byte_and_no_claim_is_lost(told: list[Report], policy: Any, chance: random.Random) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    copies = {"r1": "r0", "r3": "r2"}
    record = reconcile(told, policy, copies=copies)
    assert json.dumps(plain(record)) == json.dumps(plain(reconcile(shuffled, policy, copies=copies)))
    holders = [holder for slot in record.slots.values() for value in slot.values for holder in value.held_by]
    holders += [one.holder for perpetrator in record.perpetrators for one in perpetrator.history]
    assert sorted((ref.article, ref.claim) for holder in holders for ref in holder.claims) == sorted(
        (reading.article.id, claim.id) for reading, incident in told for claim in incident.claims
    )
    for differing in record.disagreements:
        assert len({(side.value, side.stance) for side in differing.sides}) > 1
    assert max(map(len, printed(record, quotes=True).splitlines())) <= 80


@given(st.lists(st.tuples(st.sampled_from(SPEAKERS[1:]), st.sampled_from(["authority", "other"])), unique=True))
def test_who_is_counted_as_whom_does_not_hang_on_the_order(names: list[tuple[str, Any]]) -> None:
    origins = [Origin(*name) for name in names]
    assert same_origins(dict.fromkeys(origins, ("a",))) == same_origins(dict.fromkeys(reversed(origins), ("a",)))
