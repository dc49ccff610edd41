"""Who comes in: nobody without an account where there are accounts, and nothing typed is lost when a session ends."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.desk import accounts
from sayso.desk.desk import Desk
from sayso.desk.tries import Tries
from sayso.web.app import make_app
from sayso.web.entry import COOKIE, own_path
from sayso.web.settings import Settings

PASSWORD = "seven grey herons"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    desk = Desk(str(tmp_path_factory.mktemp("entry") / "a.db"))
    with desk.writing() as store:
        accounts.add(store, "mira", "admin", PASSWORD, "somebody")
        accounts.add(store, "oren", "reader", PASSWORD, "mira")
    return desk.place


@pytest.fixture
def client(place: str) -> Iterator[TestClient]:
    yield TestClient(
        make_app(Desk(place), Settings(accounts=True)), base_url="http://127.0.0.1", follow_redirects=False
    )


def token(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return found[1]


def log_in(client: TestClient, name: str = "mira", password: str = PASSWORD, **more: str) -> str:
    """Log in and return the token that forms repeat from then on."""
    csrf = token(client.get("/login").text)
    answer = client.post("/login", data={"csrf": csrf, "name": name, "password": password, **more})
    assert answer.status_code == 303, answer.text
    return token(client.get("/password").text)


def test_pages_lead_to_the_login_and_back_and_the_api_says_so_as_data(client: TestClient) -> None:
    answer = client.get("/accounts?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Faccounts%3Fx%3D1")
    answer = client.get("/api/v1/incidents")
    assert answer.status_code == 401 and "Log in" in answer.json()["error"]
    assert client.get("/static/sayso.css").status_code == 200
    for sneaking in ("/login/../accounts", "/loginx", "/static/../accounts", "/login/"):
        assert client.get(sneaking).status_code in (303, 404)
    page = client.get("/login?next=/accounts")
    csrf = token(page.text)
    answer = client.post("/login", data={"csrf": csrf, "next": "/accounts", "name": "mira", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/accounts")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
    assert client.get("/accounts").status_code == 200


def test_a_cookie_is_secure_where_all_comes_over_https(place: str) -> None:
    client = TestClient(make_app(Desk(place), Settings(accounts=True, secure=True)), base_url="https://127.0.0.1")
    csrf = token(client.get("/login").text)
    answer = client.post("/login", data={"csrf": csrf, "name": "mira", "password": PASSWORD}, follow_redirects=False)
    assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer_and_many_have_to_wait(client: TestClient) -> None:
    csrf = token(client.get("/login").text)

    client.app.state.tries = Tries(clock=lambda: 0.0)  # type: ignore[attr-defined]

    def attempt(name: str) -> tuple[int, str]:
        answer = client.post("/login", data={"csrf": csrf, "name": name, "password": "wrong wrong wrong"})
        return answer.status_code, answer.text.replace(name, "")

    assert attempt("mira") == attempt("nobody")
    assert [attempt("nobody")[0] for _ in range(4)] == [401] * 4
    status, said = attempt("nobody")
    assert status == 429 and re.search(r"Wait \d+ second", said)
    answer = client.post("/login", data={"csrf": csrf, "name": "nobody", "password": PASSWORD})
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) >= 1
    log_in(client)  # another name is not kept out


def test_a_reader_may_not_keep_accounts_and_logging_out_ends_the_session(client: TestClient) -> None:
    csrf = log_in(client, "oren")
    assert client.get("/accounts").status_code == 403
    form = {"csrf": csrf, "deed": "role", "name": "oren", "role": "admin"}
    assert client.post("/accounts", data=form).status_code == 403
    key = client.cookies[COOKIE]
    assert client.post("/logout", data={"csrf": csrf}).headers["location"] == "/login"
    client.cookies.set(COOKIE, key)
    assert client.get("/password").headers["location"].startswith("/login")


def test_a_form_must_repeat_the_sessions_own_token_and_come_from_this_host(client: TestClient) -> None:
    csrf = log_in(client)
    form = {"deed": "enable", "name": "oren"}
    for wrong in ({}, {"csrf": client.cookies["sayso_csrf"]}, {"csrf": "x"}):
        assert client.post("/accounts", data=form | wrong).status_code == 403
    elsewhere = {"origin": "http://evil.example", "sec-fetch-site": "cross-site"}
    assert client.post("/accounts", data=form | {"csrf": csrf}, headers=elsewhere).status_code == 403
    assert client.post("/accounts", data=form | {"csrf": csrf}).status_code == 303


def test_accounts_are_added_and_changed_and_the_last_admin_stays(client: TestClient) -> None:
    csrf = log_in(client)
    new = {"csrf": csrf, "deed": "add", "name": "ines", "role": "reviewer", "password": "short"}
    answer = client.post("/accounts", data=new)
    assert answer.status_code == 400 and "at least 12" in answer.text and 'value="ines"' in answer.text
    assert client.post("/accounts", data=new | {"password": PASSWORD}).status_code == 303
    assert "ines" in client.get("/accounts?done=add").text
    answer = client.post("/accounts", data={"csrf": csrf, "deed": "disable", "name": "mira"})
    assert answer.status_code == 400 and "last admin" in answer.text
    answer = client.post("/accounts", data={"csrf": csrf, "deed": "explode", "name": "mira"})
    assert answer.status_code == 400


def test_ones_own_password_is_changed_with_the_old_one_only(client: TestClient) -> None:
    csrf = log_in(client)
    form = {"csrf": csrf, "password": "not it, not it", "new-password": PASSWORD, "again-password": PASSWORD}
    answer = client.post("/password", data=form)
    assert answer.status_code == 400 and "present password" in answer.text and PASSWORD not in answer.text
    answer = client.post("/password", data=form | {"password": PASSWORD})
    assert answer.status_code == 303 and client.get("/password").status_code == 200


def test_what_was_typed_when_the_session_ended_is_sent_after_the_login(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    csrf = log_in(client)
    monkeypatch.setattr(accounts, "clock", lambda: datetime.now(UTC) + timedelta(hours=13))
    typed = {
        "csrf": csrf,
        "deed": "role",
        "name": "oren",
        "role": "reviewer",
        "note": '\n"><b>why</b>\nnot',
        "password": "p",
    }
    answer = client.post("/accounts?a=1", data=typed)
    assert answer.status_code == 401 and "What you typed is kept" in answer.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    hidden = {name: html.unescape(value) for name, value in hidden.items()}
    assert hidden["typed:note"].replace("\r\n", "\n") == typed["note"] and "typed:password" not in hidden
    assert "<b>why" not in answer.text

    wrong = client.post("/login", data=hidden | {"name": "mira", "password": "wrong wrong wrong"})
    assert wrong.status_code == 401 and 'name="typed:note"' in wrong.text

    answer = client.post("/login", data=hidden | {"name": "mira", "password": PASSWORD})
    assert answer.status_code == 200 and "Send it now" in answer.text and PASSWORD not in answer.text
    assert 'action="/accounts?a=1"' in answer.text and "<b>why" not in answer.text
    again = {
        n: html.unescape(v) for n, v in re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', answer.text)
    }
    form = answer.text.partition("<main")[2]
    assert client.post("/accounts?a=1", data=again | {"csrf": token(form)}).status_code == 303
    assert again["note"].replace("\r\n", "\n") == typed["note"]
    assert re.search(r"<option selected>reviewer", client.get("/accounts").text)


def test_what_cannot_be_kept_is_said(client: TestClient) -> None:
    answer = client.post("/intake", data={"urls": "http://a.example"}, files={"files": ("a.txt", b"words")})
    assert answer.status_code == 401 and "files and passwords have to be given again" in answer.text
    assert 'value="http://a.example"' in answer.text


def test_nobody_unknown_sends_more_than_a_login_holds(client: TestClient) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded", "content-length": "19000000"}
    assert client.post("/login", content=b"", headers=headers).status_code == 400
    answer = client.post("/incident/x/correct", content=b"", headers=headers)
    assert answer.status_code == 401 and "files and passwords" in answer.text
    for path in ("/login", "/incident/x/correct", "/api/v1/cases"):
        assert client.post(path, content=b"", headers=headers | {"content-length": "90000000"}).status_code == 413
        assert client.post(path, content=iter([b"x"]), headers={"content-type": "application/json"}).status_code == 411


@pytest.mark.parametrize(
    "given",
    [
        "http://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil",
        "javascript:alert(1)",
        "",
        "/\t/evil",
        "x",
    ],
)
def test_nobody_is_led_to_another_host(given: str) -> None:
    assert own_path(given) == "/"
    assert own_path("/incident/x?y=http://z/") == "/incident/x?y=http://z/"


def test_alone_on_ones_machine_nobody_logs_in(tmp_path: Path) -> None:
    client = TestClient(make_app(Desk(str(tmp_path / "a.db")), Settings()), base_url="http://127.0.0.1")
    assert "this machine only" in client.get("/accounts").text
    assert client.get("/login", follow_redirects=False).status_code == 303
    assert client.get("/password").status_code == 403
    assert client.get("/accounts", headers={"host": "evil.example"}).status_code == 421
