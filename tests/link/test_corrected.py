"""What people corrected in an older version of an article stands in the newer one, where it can."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sayso.link.corrected import LEFT
from sayso.link.linker import link
from sayso.model.claim import Claim, Quantity, Text
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.store import corrections
from sayso.store.changes import ChangeFilter, changes, verify
from sayso.store.corrections import Recorded, Wanted
from sayso.store.filters import IncidentFilter
from sayso.store.store import Store, open_store
from tests.invented import TEXT, reading, span


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "sayso.db"), write=True) as made:
        made.add(reading(), "first")
        yield made


def newer(step: int = 1) -> Reading:
    """The report with a line more at its end, so that all words stand where they stood."""
    text = TEXT + f"\n\nThis report was changed {step} times."
    return replace(reading(), article=replace(reading().article, text=text))


def make(
    store: Store, action: Any, slot: str = "", claim: str = "", value: Any = None, words: Span | None = None
) -> None:
    stored = store.article("karvel-1")
    assert stored is not None
    with store.writing() as connection:
        of = corrections.held(connection, stored.keys["i1"])
        assert of is not None
        claims = corrections.claims_of(connection, of)
        old = next((p for p, c in claims.items() if c.id == claim), None)
        new = None
        if value is not None:
            base = claims[old] if old is not None else Claim(id="", slot=slot, value=value, evidence=())  # type: ignore[arg-type]
            new = replace(base, value=value, evidence=(words,) if words else base.evidence)
        corrections.make(connection, of, Wanted(action, slot, "Ona", "read again"), old, new)


def recorded(store: Store, version: int) -> list[Recorded]:
    stored = store.article("karvel-1", version)
    assert stored is not None
    with store.reading() as connection:
        return list(corrections.recorded(connection, articles=[stored.number]))


def claims(store: Store) -> dict[str, Claim]:
    stored = store.article("karvel-1")
    assert stored is not None
    return {claim.id: claim for claim in stored.reading.incidents[0].claims}


def test_corrections_go_over_to_the_newer_version_once(store: Store) -> None:
    make(store, "reject", "weapon", "i1.c13")
    make(store, "replace", "killed", "i1.c15", Quantity(low=4, high=4))
    make(store, "replace", "killed", "i1.r2", Quantity(low=5, high=5))
    make(store, "add", "motive", "", Text(value="the river tax"), span("river tax"))
    for step in (1, 2):
        store.add(newer(step), f"newer {step}")
        link(store)
        link(store, again=True)
    over = recorded(store, 3)
    assert [(one.action, one.author) for one in over] == [
        ("reject", "Ona"), ("replace", "Ona"), ("replace", "Ona"), ("add", "Ona"),
    ]  # fmt: skip
    assert over[0].reason == f"carried over from correction {recorded(store, 2)[0].number}: read again"
    found = claims(store)
    mine = [claim for claim in found.values() if claim.maker == "reviewer/Ona"]
    assert [getattr(claim.value, "low", None) for claim in mine] == [5, None]
    assert [claim.chain for claim in mine] == [("s1",), ()] and mine[1].evidence == (span("river tax"),)
    assert not {"i1.c13", "i1.c15"} & found.keys()
    with store.reading() as connection:
        assert verify(connection).broken is None


def test_a_rejected_incident_stays_rejected(store: Store) -> None:
    link(store)
    make(store, "reject incident")
    link(store)
    store.add(newer(), "newer")
    link(store)
    assert store.count(IncidentFilter()) == 2


def test_what_the_newer_version_does_not_say_is_left_and_told_once(store: Store) -> None:
    make(store, "reject", "weapon", "i1.c13")
    fresh = newer()
    first = fresh.incidents[0]
    without = replace(first, claims=tuple(c for c in first.claims if c.slot != "weapon"))
    store.add(replace(fresh, incidents=(without, *fresh.incidents[1:])), "newer")
    link(store)
    link(store, again=True)
    assert recorded(store, 2) == []
    with store.reading() as connection:
        (left,) = changes(connection, ChangeFilter(action=LEFT))
    assert left.after == {"correction": 1}


def test_what_was_taken_back_is_not_carried_over(store: Store) -> None:
    make(store, "reject", "weapon", "i1.c13")
    with store.writing() as connection:
        corrections.revoke(connection, 1, "Ona")
    store.add(newer(), "newer")
    link(store)
    assert recorded(store, 2) == []
