"""The overview has one row an incident, as its reports tell it together, and follows whatever changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from sayso.desk.overview import refresh, waiting
from sayso.desk.overview_rows import overview_row
from sayso.link.judge import judge, undo
from sayso.link.linker import link
from sayso.model.judgement import Verdict
from sayso.store.overview import due
from sayso.store.store import Store
from sayso.store.tables import article, incident, overview, overview_source, review
from tests.invented import reading
from tests.link.made import ambush, blast, key, linked, raid


def rows(store: Store) -> dict[str, Any]:
    """The rows that stand for something, by key."""
    with store.reading() as connection:
        return {row.key: row for row in connection.execute(select(overview).where(~overview.c.gone))}


def one(store: Store, kind: str = "bombing") -> Any:
    """The only row of a kind."""
    (found,) = [row for row in rows(store).values() if row.kind == kind]
    return found


def sources(store: Store, number: int) -> dict[str, tuple[int, int, int]]:
    with store.reading() as connection:
        query = select(overview_source).where(overview_source.c.overview == number)
        return {row.source: (row.held, row.confirmed, row.disputed) for row in connection.execute(query)}


def test_a_row_has_what_all_reports_of_an_incident_tell(tmp_path: Path) -> None:
    made = [
        blast("b0", outlet="Post", title="Blast"),
        reading(),
        blast("b1", outlet="Sheet", published=date(2019, 6, 7)),
    ]
    with linked(tmp_path, made) as store:
        refresh(store)
        row = one(store)
        assert (row.edtf, row.earliest, row.latest) == ("2019-06-06", date(2019, 6, 6), date(2019, 6, 6))
        assert (row.place, row.country, row.latitude, row.longitude, row.where_prec) == ("Karvel", "XO", 41.5, 22.25, 1)
        assert (row.reports, row.sources, row.killed, row.published) == (3, 5, 3, date(2019, 6, 7))
        assert (row.disputed, row.reviewed, row.background) == (True, False, False)
        assert {k for _, k in row.accounts} == {key(store, id) for id in ("b0", "b1", "karvel-1")}
        assert row.facets["outlet"] == ["Post", "Sheet", "The Karvel Ledger"]
        assert row.facets["standing"] == ["accused_by_authorities", "claimed", "confessed", "denied"]
        assert row.facets["speaker_kind"] == ["accused", "armed_group", "authority", "media", "other"]
        assert row.body["title"] == "Blast" and row.body["losses"] == ["1 to 3 killed", "at least 11 wounded"]
        otalin = next(p for p in row.body["perpetrators"] if p["name"] == "Bresk Otalin")
        assert otalin["words"] == "alleged, by Ministry of Order; denied by Mira Salk" and otalin["disputed"]
        recalled = one(store, "assassination")
        assert recalled.background and (recalled.earliest, recalled.latest) == (date(2016, 3, 1), date(2016, 3, 31))
        threat = one(store, "threat")
        assert (threat.edtf, threat.earliest, threat.place, threat.latitude) == (None, None, None, None)


def test_a_source_is_confirmed_or_disputed_by_others_only(tmp_path: Path) -> None:
    with linked(tmp_path, [blast("b0", outlet="Post"), reading()]) as store:
        refresh(store)
        found = sources(store, one(store).number)
        assert found["Post"] == (4, 2, 1)  # day and place the ledger's too; one dead, where others count more
        assert found["Mira Salk"] == (0, 0, 0)  # she only denies
        assert found["Ashen Lantern"] == (1, 1, 0)  # the ministry blames it too
        held, _, disputed = found["Ministry of Order"]
        assert held == 3 and disputed == 2  # three dead, and Otalin
    with linked(tmp_path, [blast("b0", outlet="Post")], name="alone.db") as store:
        refresh(store)
        assert sources(store, one(store).number) == {"Post": (4, 0, 0)}


def test_a_new_report_joins_the_row_and_what_its_article_told_before_goes(tmp_path: Path) -> None:
    with linked(tmp_path, [blast("b0"), raid("r0")]) as store:
        refresh(store)
        before = {k: row.revision for k, row in rows(store).items()}
        store.add(blast("b1"), "b1")
        link(store)
        refresh(store)
        after = rows(store)
        assert one(store).reports == 2 and one(store).revision > max(before.values())
        assert after[key(store, "r0")].revision == before[key(store, "r0")]
        gone = key(store, "b1")
        store.add(ambush("b1"), "anew")
        refresh(store)
        assert gone not in {k for row in rows(store).values() for _, k in row.accounts}
        link(store)
        refresh(store)
        assert sorted(row.kind for row in rows(store).values()) == ["armed_attack", "arson", "bombing"]
        assert one(store).reports == 1 and waiting(store) == 0


@pytest.mark.parametrize("verdict", ["different", "same"])
def test_what_people_split_and_merge_changes_the_rows_and_back(tmp_path: Path, verdict: Verdict) -> None:
    with linked(tmp_path, [blast("b0"), blast("b1"), raid("r0")]) as store:
        refresh(store)
        before = {k: (row.reports, row.accounts) for k, row in rows(store).items()}
        pair = key(store, "b0"), key(store, "b1" if verdict == "different" else "r0")
        made = judge(store, "incident", pair, verdict, author="ada", reason="").judgement
        refresh(store)
        counts = sorted(row.reports for row in rows(store).values())
        assert counts == ([1, 1, 1] if verdict == "different" else [3])
        undo(store, made.number, author="ada")
        refresh(store)
        assert {k: (row.reports, row.accounts) for k, row in rows(store).items()} == before


def test_what_was_retired_or_is_no_newest_version_does_not_count(tmp_path: Path) -> None:
    with linked(tmp_path, [blast("b0"), blast("b1"), raid("r0")]) as store:
        refresh(store)
        keys = {id: key(store, id) for id in ("b0", "b1", "r0")}
        with store.writing() as connection:
            connection.execute(update(incident).where(incident.c.key.in_([keys["b0"], keys["r0"]])).values(retired=1))
            due(connection, keys.values())
        refresh(store)
        assert [k for _, k in one(store).accounts] == [keys["b1"]] and len(rows(store)) == 1
        with store.writing() as connection:
            connection.execute(update(article).values(current=False))
            due(connection, keys.values())
        refresh(store)
        assert rows(store) == {}


def test_a_review_marks_the_row_and_one_taken_back_does_not(tmp_path: Path) -> None:
    with linked(tmp_path, [blast("b0"), blast("b1")]) as store:
        seen = {"article": 2, "incident": "i1", "claim": 0, "reviewer": "ada", "verdict": "accept"}
        with store.writing() as connection:
            connection.execute(insert(review).values(**seen, reason="", at="2024-01-01T00:00:00Z"))
        refresh(store)
        assert one(store).reviewed
        other = key(store, "b1")
        with store.writing() as connection:
            connection.execute(update(review).values(revoked="2024-01-02T00:00:00Z"))
            due(connection, [other])
        refresh(store)
        assert not one(store).reviewed


def test_one_that_cannot_be_laid_is_recorded_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = overview_row

    def broken(head: str, record: Any, reports: Any, **more: Any) -> Any:
        if reports[0].stored.reading.article.id == "r0":
            raise ZeroDivisionError("no reason")
        return real(head, record, reports, **more)

    monkeypatch.setattr("sayso.desk.overview.overview_row", broken)
    with linked(tmp_path, [blast("b0"), raid("r0"), ambush("a0")]) as store:
        assert refresh(store) == 3
        assert sorted(row.kind for row in rows(store).values()) == ["armed_attack", "bombing"]
        ((name, error),) = store.failures()
        assert name == key(store, "r0") and "ZeroDivisionError: no reason" in error
        assert refresh(store) == 0


def test_at_most_so_many_are_laid_at_a_time(tmp_path: Path) -> None:
    with linked(tmp_path, [blast("b0"), raid("r0"), ambush("a0")]) as store:
        assert [refresh(store, 2), waiting(store), refresh(store, 2), waiting(store)] == [2, 1, 1, 0]
