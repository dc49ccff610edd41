"""Corrections: what they change, what stands beside it, and that all of it comes back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.desk.corrections import Correction, Done, correct, history, undo_correction
from sayso.desk.errors import NotFoundError, StaleError
from sayso.errors import InputError
from sayso.export.record import record
from sayso.link.linker import link
from sayso.model.claim import Actor, Label, Quantity, Text
from sayso.model.incident import Incident
from sayso.store.changes import ChangeFilter, changes, newest, verify
from sayso.store.corrections import RejectedError
from sayso.store.filters import IncidentFilter
from sayso.store.store import Store, open_store
from tests.invented import TEXT, reading


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "sayso.db"), write=True) as made:
        made.add(reading(), "f")
        yield made


def key(store: Store, id: str = "i1") -> str:
    stored = store.article("karvel-1")
    assert stored is not None
    return stored.keys[id]


def seen(store: Store, of: str) -> int:
    with store.reading() as connection:
        return newest(connection, "incident", of)


def do(store: Store, action: Any, id: str = "i1", **more: Any) -> Done:
    of = key(store, id)
    given: dict[str, Any] = {"author": "Ona", "reason": "read again", "seen": seen(store, of)} | more
    return correct(store, Correction(incident=of, action=action, **given))


def incident(store: Store, id: str = "i1") -> Incident:
    stored = store.article("karvel-1")
    assert stored is not None
    return next(i for i in stored.reading.incidents if i.id == id)


def found(store: Store, **filter: Any) -> set[str]:
    return {row.key for row in store.find(IncidentFilter(**filter))}


def test_a_standing_is_corrected_and_the_old_one_is_found_no_more(store: Store) -> None:
    of = key(store)
    value = Actor(name="Ashen Lantern", kind="organization")
    done = do(store, "replace", slot="perpetrator", claim="i1.c8", value=value, standing="suspected")
    claims = {c.id: c for c in incident(store).claims}
    assert done.claim == "i1.r1" and "i1.c8" not in claims
    new, old = claims["i1.r1"], next(c for c in reading().incidents[0].claims if c.id == "i1.c8")
    assert new == replace(old, id="i1.r1", maker="reviewer/Ona", standing="suspected", confidence=1.0)
    assert (found(store, standings=("suspected",)), of in found(store, standings=("claimed",))) == ({of}, False)
    assert found(store, actor="Fener-i Kül", standings=("suspected",)) == {of}  # it stands for the entity
    (past,) = history(store, of)
    assert (past.old, past.new) == ("Ashen Lantern (claimed)", "Ashen Lantern (suspected)")
    assert (past.correction.author, past.correction.reason, past.correction.revoked) == ("Ona", "read again", None)


def test_what_is_made_of_it_holds_the_correction(store: Store) -> None:
    do(store, "replace", slot="killed", claim="i1.c15", value=Quantity(low=4, high=4))
    stored = store.article("karvel-1")
    assert stored is not None
    (one, *_) = record(stored.keyed())["incidents"]
    assert (one["killed"]["low"], one["killed"]["high"]) == (2, 4)
    assert [c["maker"] for c in one["claims"] if c["id"] == "i1.r1"] == ["reviewer/Ona"]


def test_own_columns_follow_and_come_back(store: Store) -> None:
    of, row = key(store), "SELECT kind, earliest, country, place FROM incident WHERE id = 'i1'"

    def columns() -> Any:
        with store.reading() as connection:
            return tuple(connection.exec_driver_sql(row).one())

    before = columns()
    number = do(store, "replace", slot="kind", claim="i1.c1", value=Label(value="arson")).number
    for id in ("i1.c4", "i1.c6"):
        do(store, "reject", slot="when" if id == "i1.c4" else "where", claim=id)
    assert columns() == ("arson", "2019-06-01", "XO", "Ostmark")
    assert (found(store, kinds=("arson",)), found(store, place="Karvel")) == ({of}, set())
    for n in (3, 2, number):
        undo_correction(store, n, author="Ben")
    assert columns() == before and incident(store) == reading().incidents[0]


def test_a_kind_that_nobody_else_gives_is_not_taken_back(store: Store) -> None:
    added = do(store, "add", slot="kind", value=Label(value="arson"), evidence=((0, 5),)).number
    do(store, "reject", slot="kind", claim="i1.c1")
    with pytest.raises(InputError, match="every incident has a kind"):
        undo_correction(store, added, author="Ben")
    undo_correction(store, added + 1, author="Ben")
    undo_correction(store, added, author="Ben")
    assert incident(store) == reading().incidents[0]


def test_a_value_is_added_with_its_words_and_its_chain(store: Store) -> None:
    start = TEXT.index("river tax")
    value, spans = Text(value="the river tax"), ((start, start + 9),)
    done = do(store, "add", slot="motive", value=value, evidence=spans, chain=("s6",), certainty="possible")
    new = next(c for c in incident(store).claims if c.id == done.claim)
    assert (new.value, new.evidence[0].text, new.chain, new.certainty) == (value, "river tax", ("s6",), "possible")
    undo_correction(store, done.number, author="Ona", reason="said of another")
    assert incident(store) == reading().incidents[0]
    with store.reading() as connection:
        log = [(c.action, c.author, c.reason) for c in changes(connection, ChangeFilter(subject="incident"))]
        assert log == [("took back", "Ona", "said of another"), ("added", "Ona", "read again")]
        assert verify(connection).broken is None


def test_two_who_change_one_value_see_each_other(store: Store) -> None:
    of = key(store)
    looked = seen(store, of)
    do(store, "reject", slot="weapon", claim="i1.c13")
    with pytest.raises(StaleError, match="Ona has changed") as stale:
        do(store, "reject", slot="motive", claim="i1.c18", author="Ben", seen=looked)
    (change,) = stale.value.changes
    assert change.before["words"] == "parcel bomb" and len(history(store, of)) == 1
    do(store, "reject", slot="motive", claim="i1.c18", author="Ben", seen=change.number)


def test_a_rejected_incident_is_nowhere_and_comes_back(store: Store) -> None:
    link(store)
    of, others = key(store), found(store)
    number = do(store, "reject incident", reason="a drill").number
    assert found(store) == others - {of} and store.counts().incidents == 2
    with pytest.raises(RejectedError, match=r"rejected by Ona on \d{4}-\d\d-\d\d: a drill"):
        store.incident(of)
    stored = store.article("karvel-1")
    assert stored is not None and of not in stored.keys.values()
    assert link(store).articles == 1  # its article is linked again without it
    with pytest.raises(InputError, match="a drill"):
        correct(store, Correction(incident=of, action="reject incident", author="Ben", reason="x", seen=9))
    undo_correction(store, number, author="Ben")
    assert link(store).articles == 1 and found(store) == others and incident(store) == reading().incidents[0]


def test_a_correction_that_another_builds_on_stays(store: Store) -> None:
    first = do(store, "replace", slot="killed", claim="i1.c15", value=Quantity(low=4, high=4))
    second = do(store, "replace", slot="killed", claim=first.claim, value=Quantity(low=5, high=5), author="Ben")
    with pytest.raises(InputError, match="correction 2, by Ben, builds on it"):
        undo_correction(store, first.number, author="Ona")
    undo_correction(store, second.number, author="Ona")
    undo_correction(store, first.number, author="Ona")
    assert incident(store) == reading().incidents[0]
    with pytest.raises(InputError, match="taken back on"):
        undo_correction(store, first.number, author="Ona")
    with pytest.raises(NotFoundError):
        undo_correction(store, 2**70, author="Ona")


@pytest.mark.parametrize(
    ("action", "more", "words"),
    [
        ("reject", {"slot": "motive", "claim": "i1.c18", "reason": " "}, "needs a reason"),
        ("reject", {"slot": "motive", "claim": "i1.c99"}, "no such claim"),
        ("reject", {"slot": "motive", "claim": "i1.c1"}, "a claim of the kind"),
        ("reject", {"slot": "kind", "claim": "i1.c1"}, "every incident has a kind"),
        ("replace", {"slot": "kind", "claim": "i1.c1", "value": Quantity(low=1, high=1)}, "is a label"),
        ("replace", {"slot": "kind", "claim": "i1.c1", "value": Label(value="bombing")}, "says so already"),
        ("replace", {"slot": "kind", "claim": "i1.c1"}, "a value and its slot"),
        ("add", {"slot": "motive", "value": Text(value="x")}, "words that carry it"),
        ("add", {"slot": "motive", "value": Text(value="x"), "evidence": ((5, 5),)}, "no words"),
        ("add", {"slot": "motive", "value": Text(value="x"), "evidence": ((0, 10**6),)}, "no words"),
        ("add", {"slot": "motive", "value": Text(value="x"), "evidence": ((0, 5),), "chain": ("s99",)}, "statement"),
        ("add", {"slot": "motive", "value": Text(value="x"), "evidence": ((0, 5),), "standing": "denied"}, "standing"),
        ("add", {"slot": "perpetrator", "value": Actor(name="x", kind="group"), "evidence": ((0, 5),)}, "standing"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    store: Store, action: Any, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        do(store, action, **more)
    assert incident(store) == reading().incidents[0] and history(store, key(store)) == []


def test_an_incident_that_is_none_or_old_is_refused(store: Store) -> None:
    old = key(store)
    with pytest.raises(NotFoundError):
        correct(store, Correction(incident="nonesuch", action="reject incident", author="a", reason="b", seen=0))
    store.add(replace(reading(), incidents=()), "g")
    with pytest.raises(InputError, match="newer version"):
        correct(store, Correction(incident=old, action="reject incident", author="a", reason="b", seen=0))
