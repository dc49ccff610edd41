"""The pages of people and groups: found, shown with who says so, merged, split and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.link.subjects import keys_in
from sayso.model.claim import Actor, Claim, Victim
from sayso.model.reading import Reading
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.link.made import AMBUSH, ambush, blast, linked
from tests.web.conftest import token

HTML = "<img src=x onerror=alert(1)>"


def accusing(reading: Reading) -> Reading:
    """The report of the ambush, with the group as one it blames, and a boy of twelve as whom it hurt."""
    group, driver = (next(e.id for e in reading.entities if e.name == n) for n in ("Reed Brothers", "Petrik Valdane"))
    words = reading.incidents[0].claims[0].evidence
    values = (
        Actor(name="Reed Brothers", kind="organization", entity=group),
        Victim(
            name="Petrik Valdane", description="12-year-old", kind="child", effect="killed", number=1, entity=driver
        ),
    )
    claims = [
        Claim(id=f"x{k}", slot=slot, value=value, evidence=words, standing=standing)  # type: ignore[arg-type]
        for k, (slot, value, standing) in enumerate(
            zip(("perpetrator", "victim"), values, ("accused", None), strict=True)
        )
    ]
    told = replace(reading.incidents[0], claims=(*reading.incidents[0].claims, *claims))
    return replace(reading, incidents=(told,))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    first = accusing(ambush("r-1", outlet=HTML, published=date(2019, 6, 8)))
    linked(folder, [first, ambush("r-2", outlet="The Marsh Bell"), blast("b-1")]).close()
    return folder / "a.db"


def person(desk: Desk, article: str, name: str) -> str:
    with desk.reading() as store:
        stored = store.article(article)
        assert stored is not None
        id = next(entity.id for entity in stored.reading.entities if entity.name == name)
        return keys_in(stored, "entity")[id]


def test_people_are_found_in_other_spellings_and_whoever_is_accused_stands_with_by_whom(client: TestClient) -> None:
    assert "Petrik Valdane" in client.get("/people?name=Petrick+Waldane").text
    page = client.get("/people?order=accused").text
    assert "Reed Brothers" in page and "accused" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page and HTML not in page
    (group,) = [one for one in client.get("/people.json?order=accused").json() if one["name"] == "Reed Brothers"]
    assert group["alleged"] == [{"standing": "accused", "by": [HTML], "more": 0}]


def test_bad_searches_are_told(client: TestClient) -> None:
    for name, status in (("x", 400), ("n" * 1_000, 400), ("Nobody Atall", 200), ("\0", 400), ("'; drop table--", 200)):
        answer = client.get("/people", params={"name": name})
        assert answer.status_code == status, name
    assert client.get("/people?at=-4").status_code == 200
    assert client.get("/people?order=x&kind=y").status_code == 200


def test_a_person_is_shown_with_words_that_are_one_click_away(client: TestClient, desk: Desk) -> None:
    page = client.get(f"/entity/{person(desk, 'r-1', 'Reed Brothers')}").text
    assert "/article/r-1?at=" in page and AMBUSH[:40] in page
    assert "<svg" in page and "accused" in page
    assert "withheld in exports" not in page
    assert "withheld in exports" in client.get(f"/entity/{person(desk, 'r-2', 'Petrik Valdane')}").text


def test_a_person_as_known_on_a_day(client: TestClient, desk: Desk) -> None:
    key = person(desk, "r-1", "Reed Brothers")
    assert len(client.get(f"/entity/{key}.json?as_of=2019-06-08").json()["articles"]) == 1
    assert len(client.get(f"/entity/{key}.json?as_of=2019").json()["articles"]) == 2
    assert "Nothing had been said" in client.get(f"/entity/{key}?as_of=2001").text
    assert client.get(f"/entity/{key}.json?as_of=2001").status_code == 404
    assert client.get(f"/entity/{key}?as_of=<b>").status_code == 400


def test_unknown_keys_lead_nowhere(client: TestClient) -> None:
    for key in ("zzzzzzzzzz", "<b>", "%00", "é"):
        assert client.get(f"/entity/{key}").status_code == 404, key


def test_two_are_merged_split_and_the_decision_is_taken_back(client: TestClient, desk: Desk) -> None:
    driver, dead = person(desk, "r-1", "Petrik Valdane"), person(desk, "b-1", "Ilva Dornik")
    page = f"/entity/{driver}"
    csrf = {"csrf": token(client, page)}
    found = client.get(f"{page}?find=dornik&why={dead}")
    assert "Ilva Dornik" in found.text and "held apart" in found.text
    refused = client.post(f"{page}/merge", data={**csrf, "with": dead, "reason": " "})
    assert refused.status_code == 400 and "needs a reason" in refused.text and f'value="{dead}"' in refused.text
    assert client.post(f"{page}/merge", data={**csrf, "with": dead, "reason": "one man"}).status_code == 303
    assert len(client.get(f"{page}.json").json()["articles"]) == 3
    stale = client.post(f"{page}/merge", data={**csrf, "with": dead, "reason": "kept words", "seen": "0"})
    assert stale.status_code == 409 and "kept words" in stale.text
    taken = client.post(f"{page}/undo", data={**csrf, "number": _decision(client, page)})
    assert taken.status_code == 303 and taken.headers["location"].endswith("told=undone")
    assert len(client.get(f"{page}.json").json()["articles"]) == 2


def _decision(client: TestClient, page: str) -> str:
    import re

    found = re.search(r'name="number" value="(\d+)"', client.get(page).text)
    assert found
    return found[1]


def test_an_articles_one_is_split_off_and_undone(client: TestClient, desk: Desk) -> None:
    one, other = person(desk, "r-1", "Petrik Valdane"), person(desk, "r-2", "Petrik Valdane")
    page = f"/entity/{one}"
    csrf = {"csrf": token(client, page)}
    assert len(client.get(f"{page}.json").json()["articles"]) == 2
    assert client.post(f"{page}/split", data={**csrf, "own": other, "reason": "two men"}).status_code == 303
    assert [len(client.get(f"/entity/{key}.json").json()["articles"]) for key in (one, other)] == [1, 1]
    again = client.post(f"{page}/split", data={**csrf, "own": other, "reason": "two men"})
    assert again.status_code == 400 and "alone" in again.text
    client.post(f"{page}/undo", data={**csrf, "number": _decision(client, page)})
    assert len(client.get(f"{page}.json").json()["articles"]) == 2
    assert client.post(f"{page}/undo", data={**csrf, "number": "999"}).status_code == 404


def test_forms_of_other_pages_are_not_taken(client: TestClient, desk: Desk) -> None:
    page = f"/entity/{person(desk, 'r-1', 'Petrik Valdane')}"
    assert client.post(f"{page}/split", data={"own": "x", "reason": "y"}).status_code == 403


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(make_app(desk, Settings()), base_url="http://127.0.0.1", follow_redirects=False)
