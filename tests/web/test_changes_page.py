"""The page Changes: what was done, filtered, as files, and whether the chain holds."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.store.changes import record


@pytest.fixture(autouse=True)
def changed(desk: Desk) -> None:
    with desk.writing() as store, store.writing() as connection:
        for k in range(60):
            record(connection, author="oren", action="noted", subject="case", object=str(k), after={"note": f"n{k}"})
        record(
            connection,
            author="mira",
            action="replaced",
            subject="incident",
            object="ark4gwhntr",
            before={"value": "three", "slot": "killed"},
            after={"value": "<b>four</b>", "slot": "killed"},
            reason='=HYPERLINK("x") the later count',
        )
        record(connection, author="mira", action="called same", subject="entity", object="left1 right2")


def test_the_newest_stand_first_with_before_after_and_links(client: TestClient) -> None:
    page = client.get("/changes").text
    assert page.index("called same") < page.index("replaced")
    assert 'href="/entity/left1"' in page and 'href="/entity/right2"' in page and 'href="/incident/ark4gwhntr"' in page
    assert re.search(r"<del[^>]*>three</del> → <span[^>]*>&lt;b&gt;four&lt;/b&gt;</span>", page)


def test_filters_are_in_the_address_and_pages_follow_each_other_without_a_gap(client: TestClient) -> None:
    seen: list[str] = []
    path: str | None = "/changes?author=oren"
    while path:
        page = client.get(path).text
        seen += re.findall(r'href="/cases/(\d+)"', page)
        found = re.search(r'rel="next"[^>]*href="([^"]+)"', page)
        path = found[1].replace("&amp;", "&") if found else None
    assert seen == [str(k) for k in reversed(range(60))]
    page = client.get("/changes?words=later+count&subject=incident").text
    assert "ark4gwhntr" in page and "/cases/" not in page.partition("<main")[2].partition("</main")[0]
    assert "No change is like this" in client.get("/changes?author=nobody").text
    assert "ark4gwhntr" in client.get("/changes?since=2000-01-01&author=mira").text
    answer = client.get("/changes?since=yesterday")
    assert answer.status_code == 400 and "is no day" in answer.text and 'value="yesterday"' in answer.text


def test_all_is_there_as_json_and_csv_and_no_cell_runs_as_a_formula(client: TestClient) -> None:
    found = client.get("/changes.json?author=mira").json()
    assert [c["action"] for c in found] == ["called same", "replaced"] and found[1]["before"]["value"] == "three"
    assert client.get("/changes.json?author=nobody").json() == []
    rows = list(csv.DictReader(io.StringIO(client.get("/changes.csv?author=mira").text)))
    assert rows[1]["reason"].startswith("'=") and '"three"' in rows[1]["before"]
    assert client.get("/changes.csv?since=x").status_code == 400


def test_the_chain_is_verified_when_asked_and_a_break_is_shown(client: TestClient, desk: Desk) -> None:
    assert "chain whole" not in client.get("/changes").text
    page = client.get("/changes?verify=1").text
    assert re.search(r"\d+ changes, chain whole", page) and re.search(r"[0-9a-f]{64}</code>", page)
    with closing(sqlite3.connect(desk.place)) as plain:
        plain.execute("DROP TRIGGER change_no_update")
        plain.execute("UPDATE change SET reason = 'another' WHERE action = 'replaced'")
        plain.commit()
    page = client.get("/changes?verify=1").text
    assert "The chain breaks at entry" in page and "was changed after it was written" in page


def test_the_keyboard_is_told(client: TestClient) -> None:
    assert "<kbd>/</kbd>" in client.get("/keys").text
