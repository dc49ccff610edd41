"""Who says what, through the API: found by any name, in pages that neither skip nor repeat."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.store.store import open_store
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.invented import reading


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    path = str(tmp_path / "sayso.db")
    with open_store(path, write=True) as store:
        store.add(reading(), "f")
    return TestClient(make_app(Desk(path), Settings()), base_url="http://127.0.0.1")


def test_a_list_of_statements_goes_on_where_it_ended(client: TestClient) -> None:
    whole = client.get("/api/v1/statements?limit=500").json()
    assert len(whole["items"]) > 3 and whole["next"] is None
    items, after = [], ""
    while after is not None:
        page = client.get("/api/v1/statements", params={"limit": 2} | ({"after": after} if after else {})).json()
        items += page["items"]
        after = page["next"]
    assert items == whole["items"]
    for bad in ("x", "2020-13-01,1,a", ",1,", ",-1,a"):
        assert client.get("/api/v1/statements", params={"after": bad}).status_code == 400


def test_a_speaker_and_a_target_are_found_by_any_of_their_names(client: TestClient) -> None:
    every = client.get("/api/v1/statements?limit=500").json()["items"]
    name = next(one["statement"]["speaker"] for one in every if one["statement"]["speaker"])
    told = client.get("/api/v1/statements", params={"speaker": name.upper()}).json()["items"]
    assert told and all(name in (one["statement"]["speaker"] or name) for one in told)
    assert client.get("/api/v1/statements", params={"speaker": "nobody of this name"}).json()["items"] == []
    assert client.get("/api/v1/statements", params={"target": "nothing of these words"}).json()["items"] == []
