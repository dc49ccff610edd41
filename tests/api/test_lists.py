"""Lists through the API go on where they ended, until everything was given, without what was given before."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.desk import judging
from sayso.desk.desk import Desk
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.web.conftest import built as built
from tests.web.conftest import desk as desk


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(make_app(desk, Settings()), base_url="http://127.0.0.1")


def gone_through(client: TestClient, path: str, **query: Any) -> list[dict[str, Any]]:
    """Return all items of a list, had one by one; the same as had at once."""
    items: list[dict[str, Any]] = []
    after = None
    while True:
        found = client.get(path, params={**query, "limit": 1} | ({"after": after} if after else {}))
        assert found.status_code == 200, found.text
        items += found.json()["items"]
        after = found.json()["next"]
        if after is None:
            break
        assert len(items) < 100
    whole = client.get(path, params={**query, "limit": 500}).json()
    assert whole["items"] == items and whole["next"] is None
    return items


def test_all_articles_are_listed_and_those_of_words_outlets_and_days(client: TestClient) -> None:
    every = gone_through(client, "/api/v1/articles")
    assert {one["article"] for one in every} == {"harbour-1", "tide-2", "r-3", "abbey-4"}
    assert all(one["incidents"] and one["words"] is None for one in every)
    published = [one["published"] for one in every]
    assert published == sorted(published, reverse=True)
    best = gone_through(client, "/api/v1/articles", text="blast*")
    assert best and all(one["words"] for one in best)
    newest = gone_through(client, "/api/v1/articles", text="blast*", sort="published")
    assert {one["article"] for one in newest} == {one["article"] for one in best} < {one["article"] for one in every}
    (one,) = gone_through(client, "/api/v1/articles", outlet="The Abbey Bell")
    assert one["article"] == "abbey-4"
    day = published[0]
    assert len(gone_through(client, "/api/v1/articles", since=day, until=day)) == published.count(day)
    assert gone_through(client, "/api/v1/articles", text="...") == []


@pytest.mark.parametrize("query", ["after=x", "sort=best", "since=2019", "text=blast&after=W1dd"])
def test_what_cannot_be_listed_is_said(client: TestClient, query: str) -> None:
    assert client.get(f"/api/v1/articles?{query}").status_code == 400


def test_all_people_and_groups_are_listed_one_line_each(client: TestClient, desk: Desk) -> None:
    every = gone_through(client, "/api/v1/entities")
    keys = [one["candidate"] for one in every]
    assert keys == sorted(set(keys)) and len(keys) > 3
    with desk.reading() as store, store.reading() as connection:
        rows = connection.exec_driver_sql("SELECT key, cluster FROM cluster_member WHERE subject = 'entity'")
        members = {row.key: row.cluster for row in rows}
        sketches = connection.exec_driver_sql("SELECT key FROM sketch WHERE subject = 'entity'").scalars().all()
    assert set(keys) == {members.get(key, key) for key in sketches} and len(keys) < len(sketches)
    name = every[0]["name"]
    named = gone_through(client, "/api/v1/entities", name=name)
    assert keys[0] in {one["candidate"] for one in named}
    assert client.get("/api/v1/entities", params={"name": name, "after": "x"}).status_code == 400


def test_the_filters_of_lists_are_described(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    listed = {"articles": {"text", "outlet", "since", "until", "sort", "after", "limit"}}
    for name, wanted in (listed | {"entities": {"name", "after", "limit"}}).items():
        assert wanted <= {one["name"] for one in paths[f"/api/v1/{name}"]["get"]["parameters"]}


def test_what_was_decided_of_two_is_among_the_changes_of_either(client: TestClient, desk: Desk) -> None:
    with desk.reading() as store:
        of = {a: store.article(a).keys["i1"] for a in ("r-3", "abbey-4")}  # type: ignore[union-attr]
    with desk.writing() as store:
        judging.merge(store, of["r-3"], of["abbey-4"], author="Mira", reason="one raid", seen=0)
    for key in of.values():
        (one,) = client.get("/api/v1/changes", params={"object": key, "subject": "incident"}).json()["items"]
        assert (one["action"], one["author"], one["reason"]) == ("called same", "Mira", "one raid")
        assert "one raid" in client.get("/changes", params={"object": key}).text
    stored = client.get("/api/v1/changes", params={"object": "r-3"}).json()["items"]
    assert [one["object"] for one in stored] == ["r-3@1"]
