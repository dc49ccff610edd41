"""The pages of sources: what is told of each, and the letters that people set."""

from __future__ import annotations

from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.store.tables import overview_source
from tests.web.conftest import token

ODD = "../Bell/<b>&?#"


def test_all_sources_are_listed_and_each_has_a_page(client: TestClient) -> None:
    page = client.get("/sources").text
    assert "The Abbey Bell" in page and "too few to tell" in page and "not rated" in page
    assert "/incident/" in client.get("/sources/The%20Abbey%20Bell").text
    assert client.get("/sources/Nobody").status_code == 404
    assert [one["source"] for one in client.get("/sources.json?name=abbey").json()] == ["The Abbey Bell"]
    for query in ("sort=x", "kind=<b>", "at=-1", "at=999", "name=%00", "sort=code&kind=media"):
        assert client.get(f"/sources?{query}").status_code == 200, query


def test_a_name_may_hold_anything(client: TestClient, desk: Desk) -> None:
    with desk.writing() as store, store.writing() as connection:
        connection.execute(
            overview_source.update().values(source=ODD).where(overview_source.c.source == "The Abbey Bell")
        )
    page = client.get("/sources").text
    assert "<b>&?#" not in page
    assert "/sources/..%2FBell%2F%3Cb%3E%26%3F%23" in page
    assert client.get("/sources/..%2FBell%2F%3Cb%3E%26%3F%23").status_code == 200


def test_a_letter_is_set_seen_by_the_next_and_taken_back(client: TestClient) -> None:
    path = "/sources/The%20Abbey%20Bell"
    form = {"csrf": token(client, path), "source": "The Abbey Bell", "seen": "0"}
    none = client.post("/sources/rate", data={**form, "code": "Z", "reason": "my words"})
    assert none.status_code == 400 and "my words" in none.text
    assert client.post("/sources/rate", data={**form, "code": "B", "reason": "long known"}).status_code == 303
    assert "usually reliable" in client.get(path).text and "long known" in client.get(path).text
    late = client.post("/sources/rate", data={**form, "code": "E", "reason": "my words"})
    assert late.status_code == 409 and "my words" in late.text and "long known" in late.text
    assert client.get("/sources.json?name=abbey").json()[0]["admiralty"]["code"] == "B"
    assert client.post("/sources/undo", data={**form, "number": "1"}).status_code == 303
    assert client.get("/sources.json?name=abbey").json()[0]["admiralty"] is None
    assert client.post("/sources/undo", data={**form, "number": "1"}).status_code == 400
    assert client.post("/sources/undo", data={**form, "number": "x"}).status_code == 404
    assert client.post("/sources/rate", data={"source": "The Abbey Bell", "code": "B"}).status_code == 403
