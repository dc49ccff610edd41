"""A split of one report from several is one act, and is taken back as one."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.desk.overview import refresh
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.link.made import blast, linked
from tests.web.conftest import token


def test_a_split_is_one_act_of_one_click(tmp_path: Path) -> None:
    with linked(tmp_path, [blast("one"), blast("two"), blast("three")]) as store:
        refresh(store)
    desk = Desk(str(tmp_path / "a.db"))
    client = TestClient(make_app(desk, Settings()), base_url="http://127.0.0.1", follow_redirects=False)
    (line,) = client.get("/incidents.json").json()["incidents"]
    path = f"/incident/{line['key']}"
    account = re.findall(r"/split\?account=(\w+)", client.get(path).text)[-1]
    seen = re.search(r'name="seen" value="(\d+)"', client.get(f"{path}/split?account={account}").text)
    assert seen
    form = {"csrf": token(client, path), "seen": seen[1], "account": account, "reason": "another night"}
    there = client.post(f"{path}/split", data=form).headers["location"]
    left = client.get(there).text
    assert f'<a href="/incident/{account}">To the new incident</a>' in left and "each of" in left
    numbers = re.findall(r'name="judgement" value="(\d+)"', left)
    assert len(numbers) == 2 and left.count("Take it back") == 1
    answer = client.post(f"{there.partition('?')[0]}/undo", data={"csrf": form["csrf"], "judgement": numbers})
    assert answer.status_code == 303
    assert client.get("/incidents.json").json()["count"] == 1
    assert "Take it back" not in client.get(answer.headers["location"]).text
    desk.close()
