"""The pages of cases: made, filled, changed, looked at again, and given out as files."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from sayso.desk import cases
from sayso.desk.desk import Desk
from sayso.link.linker import link
from tests.link.made import add, blast, key
from tests.web.conftest import token

HTML = "<script>alert(1)</script>"


def made(client: TestClient, title: str = "The depot", note: str = "") -> dict[str, str]:
    """Make case 1, and return what its forms repeat."""
    form = {"csrf": token(client, "/cases")}
    answer = client.post("/cases", data={**form, "title": title, "note": note, "assigned": "ada"})
    assert answer.headers["location"] == "/cases/1?told=made"
    return form


def blast_of(desk: Desk) -> str:
    with desk.reading() as store:
        return key(store, "harbour-1")


def test_a_case_is_made_and_shows_what_was_typed_as_text(client: TestClient) -> None:
    made(client, f"Title {HTML}", f"{HTML}\n" * 400)
    for path in ("/cases", "/cases/1"):
        page = client.get(path).text
        assert HTML not in page and "&lt;script&gt;" in page
    assert "The case was made." in client.get("/cases/1?told=made").text
    assert "no case is closed" in client.get("/cases?state=closed").text.lower()


def test_a_case_without_a_title_is_not_made_and_the_note_is_not_lost(client: TestClient) -> None:
    answer = client.post("/cases", data={"csrf": token(client, "/cases"), "title": " ", "note": "precious"})
    assert answer.status_code == 400 and "precious" in answer.text and "needs a title" in answer.text


def test_unknown_cases_lead_nowhere(client: TestClient) -> None:
    form = {"csrf": token(client, "/cases")}
    for path in ("/cases/9", "/cases/9.json", "/cases/9.csv", f"/cases/{2**70}"):
        assert client.get(path).status_code == 404, path
    for deed in ("edit", "assign", "close", "reopen", "note", "remove"):
        answer = client.post(f"/cases/9/{deed}", data={**form, "title": "x", "subject": "article", "object": "x"})
        assert answer.status_code == 404, deed
    assert client.get("/cases/x").status_code in (404, 422)


def test_who_changes_a_note_late_sees_the_others_and_keeps_the_words(client: TestClient, desk: Desk) -> None:
    form = made(client)
    with desk.writing() as store:
        cases.edit(store, 1, author="bo", seen=cases.case_of(store, 1).seen, title="The depot", note="by bo")
    late = client.post("/cases/1/edit", data={**form, "seen": "1", "title": "The depot", "note": "my own words"})
    assert late.status_code == 409 and "my own words" in late.text and "bo has changed this case" in late.text
    with desk.reading() as store:
        seen = str(cases.case_of(store, 1).seen)
    done = client.post("/cases/1/edit", data={**form, "seen": seen, "title": "The depot", "note": "my own words"})
    assert done.headers["location"] == "/cases/1?told=edited"


def test_things_are_put_in_from_other_pages_noted_and_taken_out(client: TestClient, desk: Desk) -> None:
    form, incident = made(client), blast_of(desk)
    of = {"subject": "incident", "object": incident}
    assert (
        client.post("/cases/add", data={**form, **of, "case": "1", "note": "look"}).headers["location"]
        == "/cases/1?told=added"
    )
    new = client.post("/cases/add", data={**form, "subject": "article", "object": "abbey-4", "title": "The granary"})
    assert new.headers["location"] == "/cases/2?told=added"
    page = client.get("/cases/1").text
    assert f"/incident/{incident}" in page or "/incident/" in page
    assert "Karvel" in page and "look" in page
    with desk.reading() as store:
        seen = str(cases.case_of(store, 1).seen)
    noted = client.post("/cases/1/note", data={**form, **of, "seen": seen, "item_note": "look again"})
    assert noted.status_code == 303 and "look again" in client.get("/cases/1").text
    assert client.post("/cases/1/remove", data={**form, **of}).status_code == 303
    assert "Karvel" not in client.get("/cases/1").text
    assert client.post("/cases/add", data={**form, **of, "case": "77"}).status_code == 404
    assert client.post("/cases/add", data={**form, **of, "title": ""}).status_code == 400


def test_what_came_since_the_last_visit_is_told_once(client: TestClient, desk: Desk, monkeypatch: object) -> None:
    form = made(client)
    client.post("/cases/add", data={**form, "case": "1", "subject": "incident", "object": blast_of(desk)})
    assert "You have not been here before" in client.get("/cases/1").text
    with desk.writing() as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE case_visit SET at = '2001-01-01T00:00:00Z'")
        connection.exec_driver_sql("UPDATE article SET ingested_at = '2000-01-01T00:00:00Z'")
    with desk.writing() as store:
        add(store, blast("news-5", title="Third report of the depot"))
        link(store)
    page = client.get("/cases/1").text
    assert "1 new report" in page and "Third report of the depot" in page and "1 January 2001" in page
    with desk.writing() as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE case_visit SET at = '2999-01-01T00:00:00Z'")
    assert "Nothing new" in client.get("/cases/1").text


def test_a_case_is_given_out_as_records_and_rows(client: TestClient, desk: Desk) -> None:
    form = made(client)
    for subject, object in (("incident", blast_of(desk)), ("article", "abbey-4")):
        client.post("/cases/add", data={**form, "case": "1", "subject": subject, "object": object})
    data = client.get("/cases/1.json").json()
    assert [one["subject"] for one in data["items"]] == ["incident", "article"]
    assert len(data["items"][0]["record"]["reports"]) == 2
    assert data["items"][1]["record"]["article"]["id"] == "abbey-4"
    rows = client.get("/cases/1.csv")
    assert rows.headers["content-type"].startswith("text/csv")
    assert len(rows.text.strip().splitlines()) == 3  # two reports of the blast, and the granary is an article only


def test_a_case_is_read_while_somebody_else_writes(client: TestClient, built: Path, desk: Desk) -> None:
    made(client)
    slow = Desk(desk.place, patience=0.1)
    reader = TestClient(client.app, base_url="http://127.0.0.1")
    client.app.state.desk = slow  # type: ignore[attr-defined]
    with desk.writing() as store, store.writing():
        assert reader.get("/cases/1").status_code == 200
    slow.close()
