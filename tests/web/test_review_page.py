"""The pages of reviewing: ten verdicts in a row, blind to each other, undone, and decided where people differ."""

from __future__ import annotations

import html
import re
from typing import Protocol

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.desk.who import Who
from sayso.store.changes import ChangeFilter, changes
from sayso.web import app
from tests.web.conftest import token


class As(Protocol):
    """Becomes somebody else."""

    def __call__(self, name: str, role: str = "reviewer") -> None: ...


@pytest.fixture
def as_(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> As:
    """Become somebody else."""
    now = {"who": Who(name="Ona", role="reviewer")}

    async def who(request: Request) -> None:
        request.state.who = now["who"]

    monkeypatch.setattr(app, "identified", who)

    def become(name: str, role: str = "reviewer") -> None:
        now["who"] = Who(name=name, role=role)  # type: ignore[arg-type]

    return become


def shown(client: TestClient, path: str = "/review") -> dict[str, str]:
    """The hidden fields of the form that is shown; empty where nothing is left."""
    page = client.get(path).text
    form = page[page.index('class="verdict') :] if 'class="verdict' in page else ""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


def say(client: TestClient, verdict: str, path: str = "/review", **more: str) -> dict[str, str]:
    sent = shown(client, path)
    answer = client.post("/review", data=sent | {"verdict": verdict} | more)
    assert answer.status_code == 303, answer.text
    return sent


def test_ten_items_are_reviewed_one_after_the_other(client: TestClient, desk: Desk, as_: As) -> None:
    met = [tuple(say(client, ("accepted", "rejected", "skipped")[n % 3]).values()) for n in range(10)]
    assert len(set(met)) == 10
    page = client.get("/review").text
    assert "4 accepted" in page and "3 rejected" in page and "3 skipped" in page
    with desk.reading() as store, store.reading() as connection:
        assert len([c for c in changes(connection, ChangeFilter(subject="claim")) if c.author == "Ona"]) == 10


def test_nothing_of_anothers_verdict_is_shown_before_ones_own(client: TestClient, as_: As) -> None:
    as_("Ona")
    before = client.get("/review?slot=killed").text
    say(client, "corrected", "/review?slot=killed", **{"killed.value": "7654", "reason": "Onas-reason"})
    as_("Ben")
    page = client.get("/review?slot=killed").text
    strip = re.compile(
        r'name="csrf" value="[^"]*"|content="[^"]*"|<details class="me">.*?</details>|<p class="progress.*?</p>', re.S
    )
    assert strip.sub("", page) == strip.sub("", before)
    say(client, "accepted", "/review?slot=killed")
    assert "Onas-reason" in client.get("/review/conflicts").text
    as_("Cel")
    assert "7654" not in client.get("/review/conflicts").text
    name = re.search(r'name="conflict" value="([^"]+)"', _open(client))
    assert name and "7654" in client.get(f"/review/conflicts?show={name[1]}").text


def test_no_page_and_no_answer_tells_a_colleague_what_they_have_still_to_judge(client: TestClient, as_: As) -> None:
    as_("Ona")
    sent = say(client, "corrected", "/review?slot=killed", **{"killed.value": "7654", "reason": "Onas-reason"})
    key, csrf = sent["key"], token(client, "/review")
    incident = client.get(f"/incident/{key}", follow_redirects=True).url.path
    article = re.search(r'href="(/article/[^"?]+)', client.get("/review?slot=killed").text)
    assert article
    paths = [incident, *(f"{incident}.{kind}" for kind in ("json", "csv?rows=claims")), article[1], "/changes"]
    paths += [f"/changes?object={key}", "/changes.json", "/changes.csv", "/changes?author=Ona", "/changes?words=Onas"]
    paths += [f"/api/v1/incidents/{key}", f"/api/v1/incidents/{key}/corrections", "/api/v1/changes"]
    strip = re.compile(r"<form action=.*?</form>", re.S)  # a filter repeats what was asked for

    def told(path: str) -> bool:
        return any(words in strip.sub("", client.get(path, follow_redirects=True).text) for words in HERS)

    assert told(incident) and told("/changes") and told(f"/api/v1/incidents/{key}/corrections")
    as_("Ben")
    for path in paths:
        assert not told(path), path
    page = client.get(incident).text
    assert "review is under way" in page and f"/review?item={key}.{sent['claim']}" in page
    assert "review under way" in client.get("/changes").text
    as_("Rea", "reader")
    assert told(incident), "who never reviews sees the record"
    as_("Ben")
    given = {"key": key, "claim": sent["claim"], "csrf": csrf, "verdict": "accepted"}
    assert client.post("/review", data=given).status_code == 303
    assert told(incident) and told("/changes") and "under way" not in client.get(incident).text


HERS = ("7654", "7,654", "Onas-reason", "reviewer/Ona", ">Ona<", '"Ona"')
"""What tells of Ona's verdict."""


def _open(client: TestClient) -> str:
    page = client.get("/review/conflicts").text
    link = re.search(r'/review/conflicts\?show=([^"#]+)', page)
    assert link
    return client.get(f"/review/conflicts?show={link[1]}").text


def test_a_conflict_is_decided(client: TestClient, as_: As) -> None:
    as_("Ona")
    say(client, "corrected", "/review?slot=killed", **{"killed.value": "7"})
    as_("Ben")
    sent = say(client, "corrected", "/review?slot=killed", **{"killed.value": "8"})
    page = client.get("/review/conflicts").text
    numbers = re.findall(r'name="review" value="(\d+)"', page)
    csrf = token(client, "/review")
    answer = client.post(
        "/review/conflicts",
        data={"csrf": csrf, "conflict": f"{sent['key']}.{sent['claim']}", "review": numbers[1], "reason": "the list"},
    )
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "decided" in page and re.search(r"to <strong dir=\"auto\">8</strong>.*in the record", page)


def test_undo_brings_the_value_back(client: TestClient, as_: As) -> None:
    sent = say(client, "corrected", "/review?slot=killed", **{"killed.value": "7"})
    csrf = token(client, "/review")
    answer = client.post("/review/undo", data={"csrf": csrf, "slot": "killed"})
    assert answer.status_code == 303
    again = shown(client, answer.headers["location"])
    assert (again["key"], again["claim"]) == (sent["key"], sent["claim"])
    assert "nothing of yours" in client.get(client.post("/review/undo", data={"csrf": csrf}).headers["location"]).text


def test_what_cannot_be_taken_is_told_with_what_was_typed(client: TestClient, as_: As) -> None:
    sent = shown(client, "/review?slot=killed")
    answer = client.post(
        "/review", data=sent | {"verdict": "corrected", "killed.value": "<b>lots", "reason": "because"}
    )
    assert answer.status_code == 400
    assert (
        "&lt;b&gt;lots" in answer.text
        and "because" in answer.text
        and '<details class="correct noprint" open>' in answer.text
    )
    assert client.post("/review", data=sent | {"verdict": "maybe"}).status_code == 400
    assert client.post("/review", data=sent | {"verdict": "accepted", "csrf": "x"}).status_code == 403
    assert client.post("/review", data=sent | {"verdict": "accepted", "claim": "99999"}).status_code == 404
    assert client.get("/review?slot=nonsense").status_code == 400
    as_("Rea", "reader")
    assert client.get("/review").status_code == 403


def test_agreement_is_told_and_given_as_files(client: TestClient, as_: As) -> None:
    for name in ("Ona", "Ben"):
        as_(name)
        for _ in range(3):
            say(client, "accepted")
    assert "too few (3)" in client.get("/review/agreement").text
    found = client.get("/review/agreement.json").json()
    assert found["agreement"][0]["accepted"]["of"] == 6 and found["agreement"][0]["alpha"] is None
    assert client.get("/review/agreement.csv").text.splitlines()[1].startswith("all,all reviewers,3,3")


def test_every_slot_of_the_queue_has_a_guideline(client: TestClient) -> None:
    from sayso.desk.review_queue import SLOTS
    from sayso.web.pages.review.guidelines import guides

    assert set(SLOTS) <= set(guides())
    page = client.get("/review/guidelines").text
    assert all(f'id="{slot}"' in page for slot in SLOTS)
