"""After an update of sayso, `link --all` brings what was linked by the older one up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sayso.merge.entities as entities
import sayso.merge.incidents as incidents
from sayso.link.linker import link
from sayso.link.subjects import least_of
from sayso.merge.cluster import LEAST
from sayso.merge.incidents.block import Asked
from tests.link.made import (
    add,
    ambush,
    blast,
    check_agreement,
    clusters,
    everything,
    incidents_of,
    linked,
    raid,
    rows_of,
    verdicts,
)

MADE = [blast("b0"), ambush("a0"), blast("b1"), raid("r0")]


def test_reports_are_found_by_the_keys_of_the_newer_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with linked(tmp_path, MADE) as store:
        before, rows = everything(store), rows_of(store)
        real = incidents.keys_of

        def other(sketch: Any) -> Asked:
            return Asked(*(frozenset(value ^ 1 for value in keys) for keys in real(sketch)))

        monkeypatch.setattr(incidents, "keys_of", other)
        link(store, again=True)
        assert rows_of(store) == rows
        assert everything(store)["sketch_key"] != before["sketch_key"]
        add(store, blast("b2"))
        link(store)
        assert incidents_of(store) == {frozenset({"b0", "b1", "b2"})}


def test_sketches_that_the_newer_program_cannot_read_are_made_anew(tmp_path: Path) -> None:
    with linked(tmp_path, MADE) as store:
        before = everything(store)
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE sketch SET body = '{}'")
        link(store, again=True)
        assert everything(store) == before


def test_scores_of_the_newer_program_take_the_place_of_the_older_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with linked(tmp_path, MADE) as store:
        before, found = clusters(store), verdicts(store)
        real = incidents.log_odds
        with monkeypatch.context() as newer:
            newer.setattr(incidents, "log_odds", lambda left, right: real(left, right) - 100)
            link(store, again=True)
            assert incidents_of(store) == set()
            check_agreement(store)
        link(store, again=True)
        assert clusters(store) == before and verdicts(store) == found
        pairs = [(row.left, row.right) for row in rows_of(store) if row.subject == "incident" and row.verdict == "same"]
        assert len(pairs) == 2 and pairs[0] == pairs[1]


def test_a_threshold_that_changes_joins_and_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert least_of("incident") == getattr(incidents, "LEAST", LEAST) and least_of("entity") == entities.LEAST
    with linked(tmp_path, MADE) as store:
        before = clusters(store)
        for subject, module in (("incident", incidents), ("entity", entities)):
            with monkeypatch.context() as newer:
                newer.setattr(module, "LEAST", 50.0, raising=False)
                link(store, again=True)
                assert clusters(store) == {**before, subject: set()}
                check_agreement(store)
            link(store, again=True)
            assert clusters(store) == before
