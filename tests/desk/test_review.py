"""Reviews: what comes first, what goes into the record, who is blind to whom, and what is done where people differ."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sayso.desk.corrections import Correction, correct
from sayso.desk.review import decide, give, progress, undo
from sayso.desk.review_conflicts import conflicts, judged
from sayso.desk.review_item import Item, item_at
from sayso.desk.review_queue import QueueFilter, next_of
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.model.claim import Quantity
from sayso.store.changes import ChangeFilter, changes, verify
from sayso.store.store import Store, open_store
from sayso.store.tables import claim
from tests.invented import reading

ONA, BEN, CEL = (Who(name=name, role="reviewer") for name in ("Ona", "Ben", "Cel"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "sayso.db"), write=True) as made:
        made.add(reading(), "f")
        yield made


def shown(store: Store, who: Who, **filter: Any) -> Item | None:
    found = next_of(store, who.name, QueueFilter(**filter))
    if found is None:
        return None
    with store.reading() as connection:
        return item_at(connection, found.key, found.ref.claim)


def first(store: Store, who: Who = ONA, **filter: Any) -> Item:
    item = shown(store, who, **filter)
    assert item is not None
    return item


def say(store: Store, who: Who, item: Item, verdict: str, **fields: str) -> Any:
    return give(store, who, (item.key, item.ref.claim), verdict, fields=fields).verdict


def killed(store: Store) -> list[str]:
    stored = store.article("karvel-1")
    assert stored is not None
    found = [c.value for i in stored.reading.incidents if i.id == "i1" for c in i.of("killed")]
    return [f"{v.low}" for v in found if isinstance(v, Quantity)]


def test_what_is_doubtful_and_weighs_most_comes_first_and_nothing_comes_twice(store: Store) -> None:
    with store.writing() as connection:  # all are as sure: what names a person goes before what counts the dead
        connection.execute(claim.update().values(priority=claim.c.priority))
    one = first(store)
    assert one.claim.slot == "perpetrator"
    met = []
    while (item := shown(store, ONA)) is not None:
        met.append(item.ref)
        say(store, ONA, item, "accepted")
    assert len(met) == len(set(met)) > 10
    assert progress(store, ONA, datetime.now(UTC).date()) == {"accepted": len(met)}
    assert first(store, BEN).ref == met[0], "others have queues of their own"


def test_the_queue_has_what_its_filter_asks_for(store: Store) -> None:
    assert first(store, slot="killed").claim.slot == "killed"
    assert first(store, kind=first(store, slot="killed").kind).kind == first(store, slot="killed").kind
    assert shown(store, ONA, second=True) is None
    item = first(store, slot="killed")
    assert first(store, incident=item.key).key == item.key
    say(store, BEN, item, "accepted")
    assert first(store, second=True).ref == item.ref
    say(store, ONA, item, "skipped")
    assert shown(store, ONA, second=True) is None and first(store, skipped=True).ref == item.ref


def test_an_item_has_the_words_in_their_sentences_and_on_whose_word_it_is(store: Store) -> None:
    item = first(store, slot="killed")
    (passage, *_) = item.passages
    marked = [piece.words for piece in passage.pieces if piece.marked]
    assert marked and marked[0] == item.claim.evidence[0].text
    assert len("".join(piece.words for piece in passage.pieces)) > len(marked[0])
    assert item.according_to


def test_the_first_correction_goes_into_the_record_and_undo_takes_it_back(store: Store) -> None:
    before = killed(store)
    item = first(store, slot="killed")
    made = say(store, ONA, item, "corrected", value="7")
    assert made.correction is not None and "7" in killed(store)
    taken = undo(store, ONA)
    assert taken is not None and taken.verdict.revoked
    assert killed(store) == before
    assert first(store, slot="killed").ref == item.ref
    assert undo(store, ONA) is None
    with store.reading() as connection:
        log = [c.action for c in changes(connection, ChangeFilter())]
        assert verify(connection).broken is None
    assert {"reviewed: corrected", "corrected", "took back", "took back the review: corrected"} <= set(log)


def test_a_second_reviewer_sees_the_programs_value_though_the_first_has_corrected_it(store: Store) -> None:
    item = first(store, slot="killed")
    say(store, ONA, item, "corrected", value="7")
    assert first(store, BEN, slot="killed") == item
    say(store, BEN, first(store, BEN, slot="killed"), "rejected")
    assert "7" in killed(store), "what the first said stands"


def test_who_differ_are_a_conflict_until_somebody_decides(store: Store) -> None:
    item = first(store, slot="killed")
    say(store, ONA, item, "corrected", value="7")
    with store.reading() as connection:
        assert conflicts(connection) == []
    second = say(store, BEN, item, "corrected", value="8")
    with store.reading() as connection:
        (one,) = conflicts(connection)
    assert [v.reviewer for v in one.verdicts] == ["Ona", "Ben"] and one.decided is None
    decide(store, CEL, (item.key, item.ref.claim), second.number)
    assert "8" in killed(store) and "7" not in killed(store)
    with store.reading() as connection:
        (one,) = conflicts(connection)
    assert one.decided is not None and one.decided.reviewer == "Cel"
    assert first(store, CEL, slot="killed").ref != item.ref, "who decided is blind no more"


def test_where_the_first_takes_theirs_back_the_second_verdict_counts(store: Store) -> None:
    item = first(store, slot="killed")
    say(store, ONA, item, "corrected", value="7")
    say(store, BEN, item, "corrected", value="8")
    undo(store, ONA)
    assert "8" in killed(store) and "7" not in killed(store)


def test_who_accepted_first_is_not_overruled_by_the_next(store: Store) -> None:
    before, item = killed(store), first(store, slot="killed")
    say(store, ONA, item, "accepted")
    say(store, BEN, item, "rejected")
    assert killed(store) == before
    with store.reading() as connection:
        assert len(conflicts(connection)) == 1


def test_a_value_corrected_by_other_ways_keeps_that_and_the_verdict_beside_it(store: Store) -> None:
    item = first(store, slot="killed")
    asked = Correction(incident=item.key, action="reject", author="Ben", reason="no", seen=10**6, slot="killed",
                       claim=item.claim.id)  # fmt: skip
    correct(store, asked)
    made = say(store, ONA, item, "corrected", value="7")
    assert made.correction is None and "7" not in killed(store)


def test_verdicts_that_cannot_be_are_refused_and_change_nothing(store: Store) -> None:
    item = first(store, slot="killed")
    before = killed(store)
    for verdict, fields in (("maybe", {}), ("corrected", {"value": "many"}), ("corrected", dict(item.fields))):
        with pytest.raises(InputError):
            give(store, ONA, (item.key, item.ref.claim), verdict, fields=fields)
    say(store, ONA, item, "accepted")
    with pytest.raises(InputError, match="already"):
        say(store, ONA, item, "rejected")
    say(store, ONA, item, "accepted")  # pressed twice
    with pytest.raises(InputError):
        give(store, ONA, ("none", 0), "accepted")
    with pytest.raises(InputError):
        give(store, Who(name="Rea", role="reader"), (item.key, item.ref.claim), "accepted")
    assert killed(store) == before and progress(store, ONA, datetime.now(UTC).date()) == {"accepted": 1}


def test_verdicts_are_counted_by_the_value_that_they_hold_right(store: Store) -> None:
    item = first(store, slot="killed")
    say(store, ONA, item, "corrected", value="7")
    say(store, BEN, item, "accepted")
    with store.reading() as connection:
        found = {one.reviewer: one for one in judged(connection)}
    assert found["Ben"].value == found["Ben"].own != found["Ona"].value
    assert found["Ona"].unit == found["Ben"].unit and found["Ona"].slot == "killed"
