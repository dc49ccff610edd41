"""The workbench on a small database of invented reports: two of one blast, one of an ambush, one of a raid."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sayso.desk.desk import Desk
from sayso.desk.overview import refresh
from sayso.web.app import make_app
from sayso.web.settings import Settings
from tests.link.made import ambush, blast, linked, raid


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that every test has a copy of."""
    folder = tmp_path_factory.mktemp("web")
    reports = [
        blast("harbour-1", outlet="The Harbour Post", title="Blast in the depot"),
        blast("tide-2"),
        ambush("r-3"),
    ]
    with linked(folder, [*reports, raid("abbey-4", outlet="The Abbey Bell")]) as store:
        refresh(store)
    return folder / "a.db"


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk at a copy of it."""
    made = Desk(str(shutil.copy(built, tmp_path / "sayso.db")))
    yield made
    made.close()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    """A browser of whoever runs the program on their own machine."""
    return TestClient(make_app(desk, Settings()), base_url="http://127.0.0.1", follow_redirects=False)


def token(client: TestClient, path: str) -> str:
    """The token that forms on a page repeat."""
    found = re.search(r'<meta name="csrf" content="([^"]+)"', client.get(path).text)
    assert found
    return found[1]
