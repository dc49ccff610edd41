"""The page Intake: what is given, how far it is, what failed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.desk import accounts
from sayso.desk.desk import Desk
from sayso.desk.intake_worker import Worker
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.cli import stub
from tests.desk.test_intake import Here

PASSWORD = "seven grey herons"


@pytest.fixture(autouse=True)
def stubbed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sayso.pipeline.read_capture", stub.read_capture)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def served(tmp_path: Path, settings: Settings) -> Iterator[TestClient]:
    desk = Desk(str(tmp_path / "a.db"))
    app = make_app(desk, settings)
    app.state.intake = Worker(desk, Here())
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    yield from served(tmp_path, Settings())


def csrf(client: TestClient) -> str:
    found = re.search(r'<meta name="csrf" content="([^"]+)"', client.get("/intake").text)
    assert found
    return found[1]


def through(client: TestClient, path: str) -> str:
    """Load the page of a batch until it is through, as htmx does."""
    for _ in range(3000):
        page = client.get(path).text
        if "hx-get" not in page:
            return page
        time.sleep(0.02)
    raise AssertionError(page)


def test_files_are_sent_read_and_told_of(client: TestClient) -> None:
    files = [
        ("files", ("a.txt", b"A bomb went off.")),
        ("files", ("<img src=x>.txt", b"unreadable")),
        ("folder", ("reports/b.html", b"<p>A bomb</p>")),
        ("folder", ("reports/.hidden/c.txt", b"A bomb")),
        ("folder", ("reports/photo.png", b"A bomb")),
    ]
    answer = client.post("/intake", data={"csrf": csrf(client), "published": "2019-05-03"}, files=files)
    assert answer.status_code == 303
    page = through(client, answer.headers["location"])
    assert "3 inputs through; 2 articles stored, 1 failed" in page
    assert "&lt;img src=x&gt;.txt" in page and "<img src=x>" not in page and "this is unreadable" in page
    assert "Try again what failed" in page and "3 May 2019" in page
    listed = client.get("/intake").text
    assert f'href="{answer.headers["location"]}"' in listed
    article = re.search(r'href="(/article/[^"]+)"', page)
    assert article
    path = answer.headers["location"]
    assert client.post(f"{path}/again", data={"csrf": csrf(client)}).headers["location"] == path
    assert "1 failed" in through(client, path)


def test_a_path_and_addresses_become_batches_and_inner_addresses_fail(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a.txt").write_text("A bomb.")
    given = {"csrf": csrf(client), "path": str(tmp_path / "r"), "urls": "http://127.0.0.1:9/x\nhttp://[::1]/"}
    answer = client.post("/intake", data=given, files={"files": ("", b"")})
    assert answer.headers["location"] == "/intake"
    failed = through(client, "/intake/1")
    assert failed.count("network around it") == 2 and "0 articles stored, 2 failed" in failed
    assert "1 article stored" in through(client, "/intake/2")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "nothing was given"),
        ({"urls": "https://me:word@a.example/"}, "no name or password"),
        ({"urls": "ftp://a.example/"}, "is no address of a page"),
        ({"urls": "https://a.example/", "published": "someday"}, "someday"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_what_was_typed_stays(
    client: TestClient, given: dict[str, str], why: str
) -> None:
    answer = client.post("/intake", data={"csrf": csrf(client), **given})
    assert answer.status_code == 400 and why in answer.text
    assert given.get("urls", "") in answer.text
    assert "Nothing has been taken in" in answer.text


def test_too_much_at_once_is_refused_before_it_is_taken(client: TestClient) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x", "content-length": "600000000"}
    answer = client.post("/intake", content=b"", headers=headers)
    assert answer.status_code == 400 and "more than 500 MB" in answer.text


def test_a_batch_that_is_not_there_is_not_found(client: TestClient) -> None:
    assert client.get("/intake/7").status_code == 404
    assert client.get("/intake/99999999999999999999").status_code in (404, 422)
    assert client.post("/intake/7/again", data={"csrf": csrf(client)}).status_code == 404
    assert client.post("/intake/7/stop", data={}).status_code == 403


def test_with_accounts_a_reader_takes_in_nothing_and_a_reviewer_no_path(tmp_path: Path) -> None:
    with Desk(str(tmp_path / "a.db")).writing() as store:
        accounts.add(store, "rea", "reader", PASSWORD, "x")
        accounts.add(store, "rev", "reviewer", PASSWORD, "x")
    for client in served(tmp_path, Settings(accounts=True)):
        for name, codes in (("rea", (403, 403)), ("rev", (303, 403))):
            client.cookies.clear()
            page = client.get("/login").text
            found = re.search(r'name="csrf" value="([^"]+)"', page)
            assert found
            client.post("/login", data={"csrf": found[1], "name": name, "password": PASSWORD})
            own = csrf(client)
            sent = client.post("/intake", data={"csrf": own}, files={"files": ("a.txt", b"A bomb.")})
            path = client.post("/intake", data={"csrf": own, "path": str(tmp_path)})
            assert (sent.status_code, path.status_code) == codes
            assert 'name="path"' not in client.get("/intake").text
