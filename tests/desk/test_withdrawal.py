"""An article that is taken out counts nowhere and is not lost; brought back, all is as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from sayso.desk.overview import refresh
from sayso.desk.withdrawal import bring_back, withdraw, withdrawn
from sayso.errors import InputError
from sayso.link.linker import link
from sayso.store.filters import IncidentFilter
from sayso.store.links import Links
from sayso.store.store import Store, open_store
from sayso.store.tables import overview
from tests.link.made import BLAST, incident, report


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    day = date(2019, 5, 3)
    with open_store(str(tmp_path / "sayso.db"), write=True) as made:
        for id in ("one", "two"):
            one = incident(day=day, place="Karvel", killed=1, victim="Ilva Dornik")
            made.add(report(id, BLAST, one, published=day, people=["Ilva Dornik"]), id)
        link(made)
        refresh(made)
        yield made


def together(store: Store) -> bool:
    keys = [row.key for row in store.find(IncidentFilter())]
    with store.reading() as connection:
        return len(set(Links(connection, "incident").clusters_of(keys).values())) == 1


def laid(store: Store) -> list[int]:
    with store.reading() as connection:
        return list(connection.execute(select(overview.c.reports).where(~overview.c.gone)).scalars())


def test_what_is_taken_out_counts_nowhere_and_comes_back(store: Store) -> None:
    assert together(store) and laid(store) == [2] and store.count(IncidentFilter()) == 2
    withdraw(store, "two", author="Ona", reason="the outlet took it back")
    refresh(store)
    assert store.count(IncidentFilter()) == 1 and store.article("two") is None and laid(store) == [1]
    assert store.search("tram") and len(store.search("tram")) == 1
    found = withdrawn(store, "two")
    assert found is not None and (found.author, found.reason) == ("Ona", "the outlet took it back")
    assert store.article("two", found.version) is not None
    bring_back(store, "two", author="Ona")
    refresh(store)
    assert withdrawn(store, "two") is None and together(store) and laid(store) == [2]


def test_a_newer_version_of_it_stays_out(store: Store) -> None:
    withdraw(store, "two", author="Ona", reason="not ours to show")
    store.add(report("two", BLAST + " More.", incident(place="Karvel")), "newer")
    assert store.article("two") is None and withdrawn(store, "two") is not None


def test_it_is_taken_out_once_and_with_a_reason(store: Store) -> None:
    with pytest.raises(InputError, match="a reason is needed"):
        withdraw(store, "two", author="Ona", reason=" ")
    with pytest.raises(InputError, match="no such article"):
        withdraw(store, "three", author="Ona", reason="gone")
    withdraw(store, "two", author="Ona", reason="gone")
    with pytest.raises(InputError, match="was taken out on"):
        withdraw(store, "two", author="Ona", reason="gone")
    with pytest.raises(InputError, match="was not taken out"):
        bring_back(store, "one", author="Ona")
