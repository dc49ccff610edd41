"""Which incidents a filter finds, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.model.claim import Claim
from sayso.model.reading import Reading
from sayso.model.when import When
from sayso.store.filters import IncidentFilter
from sayso.store.store import Store, open_store
from tests.invented import reading


def later() -> Reading:
    """The same report under another id, its bombing in 1999 and nowhere, of a title that says other words."""
    first = reading()
    when = When(edtf="1999", earliest=date(1999, 1, 1), latest=date(1999, 12, 31), basis="explicit")
    claims: list[Claim] = []
    for claim in first.incidents[0].claims:
        if claim.slot == "when":
            claims.append(replace(claim, value=when))
        elif claim.slot != "where":
            claims.append(claim)
    incident = replace(first.incidents[0], claims=tuple(claims))
    article = replace(first.article, id="a-second", title="Zeppelin", published=date(2020, 1, 1))
    return replace(first, article=article, incidents=(incident,))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("query") / "sayso.db"), write=True) as opened:
        opened.add(reading(), "f")
        opened.add(later(), "f")
        yield opened


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, "bombing threat recalled second"),
        ({"kinds": ("threat", "assassination")}, "threat recalled"),
        ({"kinds": ("arson",)}, ""),
        ({"stages": ("threatened",)}, "threat"),
        ({"background": True}, "recalled"),
        ({"background": False}, "bombing threat second"),
        ({"countries": ("XO",)}, "bombing"),
        ({"countries": ("KZ",)}, ""),
        ({"place": "OSTMARK"}, "bombing"),
        ({"place": "kárvel"}, "bombing"),
        ({"place": "karv"}, ""),
        ({"place": "%"}, ""),
        ({"place": "karvel uplands"}, ""),
        ({"since": date(2019, 6, 6)}, "bombing"),
        ({"since": date(2019, 6, 7)}, ""),
        ({"until": date(1999, 1, 1)}, "second"),
        ({"since": date(1999, 12, 31), "until": date(2016, 3, 1)}, "recalled second"),
        ({"actor": "ashen lantern"}, "bombing threat second"),
        ({"actor": "Fener-i Kül"}, "bombing threat second"),
        ({"actor": "Ashen"}, "bombing threat second"),
        ({"actor": "Karvel"}, ""),
        ({"actor": "???"}, ""),
        ({"standings": ("denied",)}, "bombing second"),
        ({"standings": ("denied", "reported_as_fact")}, "bombing recalled second"),
        ({"actor": "ashen lantern", "standings": ("denied",)}, ""),
        ({"actor": "otalin", "standings": ("confessed",), "speaker_kinds": ("authority",)}, "bombing second"),
        ({"actor": "otalin", "standings": ("denied",), "speaker_kinds": ("authority",)}, ""),
        ({"speaker_kinds": ("media",)}, "bombing recalled second"),
        ({"speaker_kinds": ("expert",)}, ""),
        ({"text": "zeppelin"}, "second"),
        ({"text": '"candle depot" OR NOT ('}, ""),
        ({"text": "*"}, ""),
        ({"kinds": ("bombing",), "countries": ("XO",), "text": "depots"}, "bombing"),
    ],
)
def test_a_filter_finds_what_meets_all_its_conditions(store: Store, conditions: dict[str, Any], expected: str) -> None:
    asked = IncidentFilter(**conditions)
    assert set(_named(store, asked)) == set(expected.split())
    assert store.count(asked) == len(expected.split())


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("date", "bombing recalled second threat"),
        ("published", "second bombing threat recalled"),
        ("kind", "recalled bombing second threat"),
        ("place", "bombing recalled second threat"),
        ("article", "second bombing threat recalled"),
    ],
)
def test_the_order_puts_the_newest_first_and_the_unknown_last(store: Store, sort: Any, expected: str) -> None:
    assert _named(store, IncidentFilter(), sort) == expected.split()
    assert _named(store, IncidentFilter(), sort, limit=2) == expected.split()[:2]


def test_the_reverse_leaves_the_unknown_last(store: Store) -> None:
    assert _named(store, IncidentFilter(), "date", reverse=True) == ["second", "recalled", "bombing", "threat"]


def _named(store: Store, asked: IncidentFilter, sort: Any = "date", **how: Any) -> list[str]:
    names = {"i1": "bombing", "i2": "threat", "i3": "recalled"}
    found = []
    for row in store.find(asked, sort, **how):
        stored = next(store.readings([row.article]))
        local = next(id for id, key in stored.keys.items() if key == row.key)
        found.append("second" if stored.reading.article.id == "a-second" else names[local])
    return found


def test_an_incident_is_found_by_the_beginning_of_its_key(store: Store) -> None:

    row = store.find(IncidentFilter(kinds=("threat",)))[0]
    for key in (row.key, row.key[:5], row.key.upper()):
        found = store.incident(key)
        assert found is not None and found[1] == row.key and found[0].number == row.article
    assert store.incident("%") is None
    with pytest.raises(InputError, match="several incidents begin so"):
        store.incident("")
