"""What is decided of two through the API: with an author and a reason, and not against what was not seen."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.web.conftest import built as built
from tests.web.conftest import desk as desk

PATH = "/api/v1/judgements"


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(make_app(desk, Settings()), base_url="http://127.0.0.1")


def two(desk: Desk, subject: str) -> tuple[str, str]:
    """The keys of two that are not linked with each other."""
    with desk.reading() as store, store.reading() as connection:
        query = (
            "SELECT key FROM sketch WHERE subject = ? AND report = (SELECT number FROM article WHERE id = ?) LIMIT 1"
        )
        left, right = (connection.exec_driver_sql(query, (subject, id)).scalar_one() for id in ("r-3", "abbey-4"))
    return left, right


@pytest.mark.parametrize("subject", ["incident", "entity"])
def test_who_has_not_seen_the_newest_decision_is_told_so(client: TestClient, desk: Desk, subject: str) -> None:
    left, right = two(desk, subject)
    seen = client.get(PATH, params={"key": left}).json()["seen"]
    why = client.get("/api/v1/why", params={"subject": subject, "left": left, "right": right}).json()
    assert why["seen"] == seen and why["left"] in (left, right)
    asked: dict[str, Any] = {"subject": subject, "left": left, "right": right, "reason": "same words"}
    made = client.post(PATH, json={**asked, "verdict": "same", "seen": seen})
    assert made.status_code == 201 and made.json()["reason"] == "same words" and made.json()["author"]
    late = client.post(PATH, json={**asked, "verdict": "different", "seen": seen})
    assert late.status_code == 409 and "has changed one of the two meanwhile" in late.json()["error"]
    (one,) = [j for j in client.get(PATH, params={"key": left}).json()["items"] if j["score"] is None]
    assert one["verdict"] == "same" and one["revoked"] is None
    seen = client.get(PATH, params={"key": left}).json()["seen"]
    assert client.post(PATH, json={**asked, "verdict": "different", "seen": seen}).status_code == 201


def test_a_decision_needs_what_was_seen_and_a_reason(client: TestClient, desk: Desk) -> None:
    left, right = two(desk, "incident")
    asked = {"subject": "incident", "left": left, "right": right, "verdict": "same", "reason": "x"}
    assert client.post(PATH, json=asked).status_code == 422
    assert client.post(PATH, json={**asked, "seen": 999, "reason": "  "}).status_code == 400
    assert client.post(PATH, json={**asked, "seen": 999, "left": "zzzz"}).status_code == 400
