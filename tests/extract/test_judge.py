"""What the model may add to a record, and what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.encode.heads import shipped
from sayso.extract.incidents.judge import _by_rules_elsewhere, _settle
from sayso.extract.incidents.ledger import Ledger
from sayso.model.claim import Actor, Victim, Weapon
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.pipeline import read_capture
from sayso.read import captures
from tests.extract.reading import read

TWO_ATTACKS = (
    "Militants with rifles stormed a police post in Tarhal late on Thursday, killing five officers, the "
    "governor said.\n\nWitnesses said the attackers arrived in two pickup trucks.\n\nLast month a car bomb outside a "
    "court in Zinjat killed 14 people. No one has claimed that attack."
)


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    """Return the samples, read."""
    if not shipped():
        pytest.skip("no weights are shipped")
    folder = Path(__file__).parents[2] / "samples"
    return [read_capture(c) for c in captures([str(folder)]) if not isinstance(c, Exception)]  # type: ignore[arg-type]


def test_no_name_is_a_doer_as_fact_on_the_models_word(readings: list[Reading]) -> None:
    added = [
        c for r in readings for i in r.incidents for c in i.of("perpetrator")
        if c.maker.startswith("model") and isinstance(c.value, Actor)
    ]  # fmt: skip
    named = {e.id for r in readings for e in r.entities if any(m.form == "name" for m in e.mentions)}
    assert added
    assert not [c for c in added if c.value.entity in named and c.standing == "reported_as_fact" and not c.chain]  # type: ignore[union-attr]


def test_confidences_are_probabilities_and_differ(readings: list[Reading]) -> None:
    found = [c.confidence for r in readings for i in r.incidents for c in i.claims]
    assert all(0.0 <= p <= 1.0 for p in found)
    assert len(set(found)) > 50


def test_the_doers_of_one_attack_are_not_laid_at_the_next() -> None:
    bombing = [i for i in read(TWO_ATTACKS).incidents if i.kind == "bombing"]
    assert bombing
    assert not [c.value for i in bombing for c in i.of("perpetrator")]


def test_the_dead_are_no_victims_of_the_arrest() -> None:
    text = (
        "A man opened fire in a laundromat in Oakhollow on Saturday, killing three people, police said.\n\nPolice "
        "identified the dead as Marvin Tate, 41; his wife, Denise Tate, 39; and Rosa Quintana, 67.\n\nOfficers "
        "arrested Tyler Bostick early Sunday at a motel."
    )
    [arrest] = [i for i in read(text).incidents if i.kind == "arrest"]
    assert [c.value.name for c in arrest.of("victim") if isinstance(c.value, Victim)] == ["Tyler Bostick"]


def _span(start: int, text: str) -> Span:
    return Span(start=start, end=start + len(text), text=text)


def _place(name: str) -> Place:
    return Place(
        names=(name,), type="city", country=None, admin=None, latitude=None, longitude=None, gazetteer_id=None,
        precision=3, where_prec=6, confidence=0.3,
    )  # fmt: skip


def test_the_models_place_stands_only_where_the_rules_have_none_or_a_doubtful_one() -> None:
    for rule, left in ((0.3, ["Oru"]), (0.07, ["Oru", "Liva"]), (0.01, ["Liva"])):
        ledger = Ledger()
        ledger.add("where", _place("Oru"), _span(0, "Oru"), confidence=rule)
        ledger.add("where", _place("Liva"), _span(9, "Liva"), confidence=0.6, maker="model/1")
        _settle(ledger)
        assert [c.value.names[0] for c in ledger.claims("") if isinstance(c.value, Place)] == left


def test_nobody_whom_the_rules_accuse_becomes_a_victim() -> None:
    ledger = Ledger()
    ledger.add("perpetrator", Actor(name="Ivo Maro", kind="person", entity="e1"), _span(0, "Ivo Maro"), confidence=0.4)
    victim = Victim(name="Ivo Maro", description=None, kind="civilian", entity="e1")
    ledger.add("victim", victim, _span(20, "Maro"), confidence=0.9, maker="model/1")
    _settle(ledger)
    assert [c.slot for c in ledger.claims("")] == ["perpetrator"]


def test_a_weapon_that_the_rules_gave_to_one_attack_goes_to_no_other() -> None:
    first, second = Ledger(), Ledger()
    first.add("weapon", Weapon(name="roadside bomb", kind="bomb"), _span(10, "roadside bomb"))
    second.add("weapon", Weapon(name="bomb", kind="bomb"), _span(19, "bomb"), maker="model/1")
    _by_rules_elsewhere([(None, "bombing", "accomplished", x) for x in (first, second)])  # type: ignore[misc]
    assert first.has("weapon")
    assert not second.has("weapon")
