"""A real browser on a real workbench: Debian's chromium, a served database, and a page that reports all that it does.

Where there is no chromium the tests are skipped, and say so; with SAYSO_SKIP_NOTHING set they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import Opener, Watched, served

QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("SAYSO_SKIP_NOTHING"):
            pytest.fail("there is no chromium, and nothing may be skipped: apt-get install chromium")
        pytest.skip("there is no chromium to drive the workbench with")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports, read into a database."""
    from sayso.cli.demo import batches
    from sayso.cli.demo import samples as folder
    from sayso.cli.main import run

    path = tmp_path_factory.mktemp("samples") / "samples.db"
    for day, paths in batches(folder()):
        run(["ingest", *paths, "--db", str(path), *day])
    return path


@pytest.fixture(scope="module")
def site(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A workbench on a copy of the samples, one for each module of tests."""
    own = tmp_path_factory.mktemp("site") / "samples.db"
    shutil.copy(samples, own)
    with served(own) as address:
        yield address


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opener]:
    """Open pages of a site, each in a context of its own; at the end none may have done what it should not."""
    contexts: list[Any] = []
    watched: list[Watched] = []

    def open_(site: str, path: str = "/", **options: Any) -> Page:
        context = chromium.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        watcher = Watched(site)
        watched.append(watcher)
        page = context.new_page()
        page.set_default_timeout(15_000)
        watcher.watch(page)
        page.goto(site + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [line for watcher in watched for line in watcher.met] == []


@pytest.fixture
def page(opened: Opener, site: str) -> Page:
    """A page that shows the list of incidents of the samples."""
    return opened(site, "/incidents")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A workbench on four short reports that nothing has to be read for: two of one blast, an ambush, a raid."""
    from sayso.desk.overview import refresh
    from tests.link.made import ambush, blast, linked, raid

    folder = tmp_path_factory.mktemp("small")
    reports = [blast("harbour-1", outlet="The Harbour Post"), blast("tide-2"), ambush("r-3"), raid("abbey-4")]
    with linked(folder, reports) as store:
        refresh(store)
    with served(folder / "a.db") as address:
        yield address
