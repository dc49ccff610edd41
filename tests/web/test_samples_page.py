"""Random samples on their pages: drawn, coded blind, compared, and told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.desk.overview import refresh
from sayso.model.claim import Claim, Label
from sayso.model.incident import Incident
from sayso.model.span import Span
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.link.made import incident, linked, report
from tests.web.conftest import token


def draw(client: TestClient, **given: str) -> str:
    csrf = token(client, "/samples")
    answer = client.post("/samples", data={"csrf": csrf, "subject": "incident", "size": "2", "seed": "5"} | given)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_records_are_coded_before_the_answer_is_shown(client: TestClient) -> None:
    path = draw(client, filter="/incidents?kind=bombing", size="1")
    assert "kind=bombing" in client.get(path).text
    page = client.get(f"{path}/1").text
    assert "<mark" not in page and "/article/" not in page
    assert client.get(f"{path}/1/answer").status_code == 403
    csrf = token(client, path)
    assert client.post(f"{path}/1/answer", data={"csrf": csrf, "kind": "right"}).status_code == 403
    answer = client.post(f"{path}/1", data={"csrf": csrf, "kind": "bombing", "where": "Ossel"})
    assert answer.headers["location"] == f"{path}/1/answer"
    page = client.get(answer.headers["location"]).text
    marks = dict(re.findall(r'name="(\w+)" value="(\w+)" required checked', page))
    assert marks["kind"] == "right" and marks["where"] == "wrong"
    assert client.post(f"{path}/1", data={"csrf": csrf, "kind": "threat"}).status_code == 400
    assert client.post(f"{path}/1/answer", data={"csrf": csrf} | marks).status_code == 303
    page = client.get(path).text
    assert "All of it is judged" in page and "simple random sample of 1 incident records" in page
    assert "kind,1,0,0,1.0" in client.get(f"{path}.csv").text
    assert client.get(f"{path}.json").json()["result"][1]["precision"]["of"] == 1


def test_articles_give_what_was_found_and_missed(client: TestClient) -> None:
    path = draw(client, subject="article", size="1")
    csrf = token(client, path)
    coded = {"0.kind": "bombing", "0.where": "Karvel", "1.kind": "threat"}
    answer = client.post(f"{path}/1", data={"csrf": csrf} | coded).headers["location"]
    page = client.get(answer).text
    marks = dict(re.findall(r'name="((?:held|coded)\.\d)" value="(\w+)" required checked', page))
    assert marks["coded.1"] == "missed"
    assert client.post(answer, data={"csrf": csrf} | marks).status_code == 303
    (result,) = client.get(f"{path}.json").json()["result"]
    assert result["what"] == "incidents" and result["missed"] >= 1


def test_what_cannot_be_drawn_is_told_with_what_was_typed(client: TestClient) -> None:
    csrf = token(client, "/samples")
    answer = client.post("/samples", data={"csrf": csrf, "subject": "incident", "size": "9999", "filter": "kind=raid"})
    assert answer.status_code == 400 and "9999" in answer.text and "kind=raid" in answer.text
    assert client.get("/samples/99").status_code == 404


def test_the_samples_stand_under_review_in_the_navigation(client: TestClient) -> None:
    assert '<a href="/review" aria-current="page">' in client.get("/samples").text


def test_of_several_incidents_of_a_text_it_is_told_which_is_meant(tmp_path: Path) -> None:
    words = "A parcel bomb went off in Karvel. The same night riders burned the granary of Brimhold."
    bomb, burned = (Span(start=words.index(w), end=words.index(w) + len(w), text=w) for w in ("went off", "burned"))

    def told(id: str, kind: str, place: str, trigger: Span) -> Incident:
        made = incident(id, kind, place=place)
        said = Claim(id=f"{id}.k", slot="kind", value=Label(value=kind), evidence=(trigger,))
        return replace(made, claims=(said, *made.claims))

    reports = [report("both", words, told("i1", "bombing", "Karvel", bomb), told("i2", "arson", "Brimhold", burned))]
    with linked(tmp_path, reports) as store:
        refresh(store)
    desk = Desk(str(tmp_path / "a.db"))
    client = TestClient(make_app(desk, Settings()), base_url="http://127.0.0.1", follow_redirects=False)
    page = client.get(draw(client, filter="kind=arson", size="1") + "/1").text
    desk.close()
    assert "one of several" in page and re.findall(r"<mark>(.+?)</mark>", page) == ["burned"]
    assert "<strong>arson</strong>" in page and "Brimhold</bdi>" in page and "<strong>bombing" not in page
