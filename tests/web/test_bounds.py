"""What is too large, or no text at all, is refused with the value and the next step, never with a broken server."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.web.app import make_app
from sayso.web.settings import Settings

HUGE = "9" * 30
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize("body", [b'{"title":"\\ud800"}', b'{"title":NaN}', b'{"title":1e999}', b'{"\\ud800":1}'])
def test_what_is_no_text_is_told(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/v1/cases", content=body, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("body.title: ")
    assert "\\\\" not in answer.json()["error"]


@pytest.mark.parametrize("path", ["", ".csv", ".json", "/1", "/1/answer"])
def test_a_number_larger_than_any_is_no_sample(client: TestClient, path: str) -> None:
    assert client.get(f"/samples/{HUGE}{path}").status_code == 404


def test_nothing_is_fetched_from_afar(client: TestClient) -> None:
    assert client.get("/redoc").status_code == client.get("/docs").status_code == 404


def test_what_nobody_foresaw_carries_the_policy_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("sayso.desk.articles.listed", broken)
    answer = TestClient(make_app(desk, Settings()), base_url="http://127.0.0.1").get("/articles")
    assert answer.status_code == 500 and "default-src 'none'" in answer.headers["content-security-policy"]
