"""What was known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sayso.export.as_of import as_of
from sayso.export.record import record_of
from tests.invented import reading


def standings(day: date) -> list[tuple[str, str]]:
    """Return name and standing of every perpetrator of the bombing, as known on a day."""
    bombing = next((i for i in record_of(as_of(reading(), day)).incidents if i.kind == "bombing"), None)
    return [(p.name, h.standing) for p in bombing.perpetrators for h in p.history] if bombing else []


def test_a_claim_is_as_old_as_its_statement() -> None:
    assert standings(date(2019, 6, 5)) == []
    assert ("Ashen Lantern", "claimed") in standings(date(2019, 6, 6))
    assert all(standing == "claimed" for _, standing in standings(date(2019, 6, 7)))
    assert ("Ashen Lantern", "accused_by_authorities") in standings(date(2019, 6, 8))


def test_what_the_outlet_says_is_known_from_publication_on() -> None:
    before, after = (as_of(reading(), date(2019, 6, day)) for day in (8, 9))
    kinds = [{c.slot for i in r.incidents if i.kind == "bombing" for c in i.claims} for r in (before, after)]
    assert "weapon" not in kinds[0] and "kind" in kinds[1]
    assert after.incidents == reading().incidents and after.statements == reading().statements


def test_what_has_no_day_at_all_stays() -> None:
    undated = replace(reading(), article=replace(reading().article, published=None))
    kept = as_of(undated, date(1990, 1, 1))
    assert kept.incidents and all(s.said_on is None for s in kept.statements)


def test_a_statement_whose_reporter_spoke_later_stands_alone() -> None:
    kept = as_of(reading(), date(2019, 6, 7))
    ids = {s.id for s in kept.statements}
    assert "s3" not in ids and all(s.within in ids for s in kept.statements if s.within)
