"""What links tell to readers: the accounts of an incident, what an article is about, names over articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sayso.link.judge import judge
from sayso.link.linker import link
from sayso.link.view import clusters_of_many, main_incidents, main_of, names_across, reconciled, reports_of
from sayso.merge.incidents import sketches_of
from sayso.merge.incidents.sketch import Sketch
from tests.link.made import AMBUSH, BLAST, add, ambush, blast, incident, key, linked, new_store, raid, report

MADE = [blast("b0"), ambush("a0"), blast("b1"), raid("r0"), report("calm", "The council met.")]
PLAIN = sketches_of(report("r", BLAST, incident()))[0]


def sketch(key: str, kind: str, prominence: float, main: bool = True) -> Sketch:
    return replace(PLAIN, key=key, kind=kind, prominence=prominence, main=main)


@pytest.mark.parametrize(
    ("told", "about"),
    [
        ([], []),
        ([sketch("a", "arrest", 3.0), sketch("b", "bombing", 1.0)], ["b"]),
        ([sketch("a", "arrest", 3.0), sketch("b", "bombing", 1.0, main=False)], ["a"]),
        ([sketch("a", "bombing", -3.0, main=False), sketch("b", "killing", -1.0, main=False)], ["b"]),
        ([sketch("a", "bombing", 2.0), sketch("b", "killing", 2.6), sketch("c", "killing", 1.0)], ["b", "a"]),
        ([sketch("b", "killing", 2.0), sketch("a", "bombing", 2.0)], ["a", "b"]),
    ],
)
def test_an_article_is_about_its_most_prominent_deeds(told: list[Sketch], about: list[str]) -> None:
    assert [one.key for one in main_of(told)] == about
    assert [one.key for one in main_of(told[::-1])] == about


def test_every_newest_article_has_what_it_is_about(tmp_path: Path) -> None:
    with linked(tmp_path, MADE) as store:
        add(store, raid("a0"))
        link(store)
        told = main_incidents(store)
        assert set(told) == {reading.article.id for reading in MADE}
        assert told["calm"] == ((), None)
        assert told["b0"].incidents == told["b1"].incidents and len(told["b0"].incidents) == 1
        assert told["a0"].incidents == told["r0"].incidents != told["b0"].incidents


def test_accounts_are_those_of_the_cluster_in_the_order_of_the_articles(tmp_path: Path) -> None:
    with linked(tmp_path, MADE) as store:
        for id in ("b0", "b1"):
            assert [one.key for one in reports_of(store, key(store, id))] == [key(store, "b0"), key(store, "b1")]
        assert [one.key for one in reports_of(store, key(store, "r0"))] == [key(store, "r0")]
        assert reports_of(store, "none") == []
        assert [[one.key for one in reports] for reports in clusters_of_many(store)] == [
            [key(store, "b0"), key(store, "b1")]
        ]


def test_an_article_that_tells_of_one_incident_twice_has_two_accounts(tmp_path: Path) -> None:
    twice = report("twice", f"{BLAST} {AMBUSH}", incident("i1", place="Karvel"), incident("i2", place="Ossel"))
    with linked(tmp_path, [twice]) as store:
        judge(store, "incident", (key(store, "twice", "i1"), key(store, "twice", "i2")), "same", author="mo", reason="")
        reports = reports_of(store, key(store, "twice", "i2"))
        assert [one.stored.reading.article.id for one in reports] == ["twice", "twice"]
        record = reconciled(store, reports, "latest authority")
        assert record is not None and len(record.slots["where"].values) == 2


def test_what_was_said_by_a_day_is_of_the_articles_published_by_then(tmp_path: Path) -> None:
    made = [blast("b0", published=date(2019, 6, 7)), blast("b1", published=date(2019, 6, 20))]
    with linked(tmp_path, made) as store:
        reports = reports_of(store, key(store, "b0"))
        early = reconciled(store, reports, "latest authority", date(2019, 6, 10))
        assert early is not None and [one.article for one in early.reports] == ["b0"]
        assert reconciled(store, reports, "latest authority", date(2019, 6, 1)) is None
        assert reconciled(store, [], "latest authority") is None


def test_an_entity_is_called_by_one_name_over_articles(tmp_path: Path) -> None:
    with linked(tmp_path, MADE) as store:
        reports = reports_of(store, key(store, "b0"))
        called = names_across(store, reports)
        assert called("b0", "e0") == called("b1", "e0") == "Ilva Dornik"
        assert called("b0", "e9") is None and called("none", "e0") is None
        alone: Any = names_across(store, reports_of(store, key(store, "r0")))
        assert alone("r0", "e0") is None and names_across(store, [])("b0", "e0") is None


def test_a_database_without_links_tells_of_each_article_alone(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        for reading in MADE:
            add(store, reading)
        assert list(clusters_of_many(store)) == []
        assert len(reports_of(store, key(store, "b0"))) == 1
        assert {told.incidents for told in main_incidents(store).values()} == {()}
