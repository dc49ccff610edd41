"""The page for SQL: off unless wanted, read-only, bounded, and blind to passwords."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.desk import accounts, sql
from sayso.desk.desk import Desk
from sayso.errors import InputError
from sayso.web.app import make_app
from sayso.web.settings import Settings


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(make_app(desk, Settings(sql=True)), base_url="http://127.0.0.1", follow_redirects=False)


def asked(client: TestClient, question: str, **more: str) -> tuple[int, str]:
    csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/sql").text)
    assert csrf
    answer = client.post("/sql", data={"csrf": csrf[1], "question": question, **more})
    return answer.status_code, answer.text


def test_it_is_off_unless_wanted(desk: Desk) -> None:
    client = TestClient(make_app(desk, Settings()), base_url="http://127.0.0.1")
    assert client.get("/sql").status_code == 404 and client.post("/sql").status_code == 404


def test_a_question_is_answered_as_a_table_and_as_csv(client: TestClient) -> None:
    status, page = asked(client, "SELECT '<b>' AS x, NULL, count(*) AS n FROM article")
    assert status == 200 and "&lt;b&gt;" in page and "null" in page and "1 row" in page
    status, text = asked(client, "SELECT '=1' AS x, 2 AS x", **{"as": "csv"})
    assert text == "x 1,x 2\r\n'=1,2\r\n"
    status, page = asked(client, "SELEKT <i>")
    assert status == 400 and "is not understood" in page and "SELEKT &lt;i&gt;" in page
    found = asked(client, "SELECT count(*) AS n FROM article_search WHERE article_search MATCH 'blast OR bomb'")
    assert found[0] == 200 and "<h2>1 row" in found[1]


@pytest.mark.parametrize(
    "question",
    [
        *("DELETE FROM article", "UPDATE claim SET slot = 'x'", "CREATE TABLE x (y)", "DROP TABLE article"),
        *(
            "ATTACH '/tmp/x.db' AS x",
            "PRAGMA writable_schema = 1",
            "SELECT load_extension('x')",
            "VACUUM INTO '/tmp/x'",
        ),
        *("SELECT password FROM account", "SELECT count(*) FROM session", "SELECT * FROM Account a JOIN article"),
        *("WITH x AS (SELECT * FROM account) SELECT * FROM x", "SELECT (SELECT max(password) FROM account)"),
        *("SELECT * FROM sqlite_dbpage", "SELECT * FROM pragma_database_list", "BEGIN IMMEDIATE", "SELECT 1; SELECT 2"),
        *("", "-- nothing", "EXPLAIN DELETE FROM article", "INSERT INTO change DEFAULT VALUES RETURNING 1"),
    ],
)
def test_nothing_is_changed_and_nothing_secret_is_read(desk: Desk, question: str) -> None:
    with desk.writing() as store:
        accounts.add(store, "mira", "admin", "seven grey herons", "x")
    with pytest.raises(InputError):
        sql.ask(Path(desk.place), question)
    with desk.reading() as store:
        assert store.counts().articles == 4


def test_it_is_bounded_in_time_and_rows_and_size(desk: Desk) -> None:
    path = Path(desk.place)
    endless = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n) SELECT {} FROM n"
    with pytest.raises(InputError, match="took longer than"):
        sql.ask(path, endless.format("count(*)"), seconds=0.3)
    found = sql.ask(path, endless.format("k"))
    assert len(found.rows) == sql.ROWS and found.cut
    with pytest.raises(InputError):
        sql.ask(path, "SELECT zeroblob(900000000)")
    assert len(sql.ask(path, "SELECT printf('%5000s', 'x')").rows[0][0]) < 2100


STUCK = "SELECT instr(zeroblob(5999999), zeroblob(2999999) || x'01')"
"""One call that takes hours, and within which SQLite looks at no clock."""
LARGE = "WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n LIMIT 400) SELECT {} FROM n"


def test_one_call_of_a_function_that_takes_hours_ends_too_and_others_are_answered_meanwhile(desk: Desk) -> None:
    client = TestClient(make_app(desk, Settings(sql=True)), base_url="http://127.0.0.1")
    with ThreadPoolExecutor(1) as threads:
        start = time.monotonic()
        waiting = threads.submit(sql.ask, Path(desk.place), STUCK, 3.0)
        for _ in range(5):
            assert client.get("/sql").status_code == 200
        assert not waiting.done()
        with pytest.raises(InputError, match="took longer than 3 seconds"):
            waiting.result()
        assert time.monotonic() - start < 4.5


@pytest.mark.parametrize("column", ["group_concat(hex(randomblob(2900000)))", "hex(randomblob(2900000)) ORDER BY 1"])
def test_memory_and_disk_are_bounded(desk: Desk, column: str) -> None:
    with pytest.raises(InputError):
        sql.ask(Path(desk.place), LARGE.format(column).replace("ORDER BY 1 FROM n", "FROM n ORDER BY 1"))


def test_an_answer_is_bounded_as_a_whole(desk: Desk) -> None:
    found = sql.ask(Path(desk.place), LARGE.format(", ".join(["printf('%3000s', k)"] * 60)))
    assert found.cut and len(found.rows) < 60


def test_who_asks_while_others_are_answered_is_told_so(desk: Desk) -> None:
    with ThreadPoolExecutor(sql.AT_ONCE) as threads:
        others = [threads.submit(sql.ask, Path(desk.place), STUCK, 2.5) for _ in range(sql.AT_ONCE)]
        time.sleep(0.3)
        with pytest.raises(InputError, match="other questions are being answered"):
            sql.ask(Path(desk.place), "SELECT 1")
        for other in others:
            assert isinstance(other.exception(), InputError)
    assert sql.ask(Path(desk.place), "SELECT 1").rows == [(1,)]
