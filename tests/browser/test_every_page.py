"""What every page has to be: accessible, light, steady while it loads, readable without JavaScript and on a phone."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Opener

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LISTS = (
    *("/incidents", "/articles", "/people", "/review", "/review/agreement", "/review/guidelines", "/review/conflicts"),
    *("/samples", "/sources", "/cases", "/intake", "/changes", "/by-hand", "/keys"),
)
FIRST = {"an incident": "/incident/", "an article": "/article/", "somebody": "/entity/"}
EVERY = (*LISTS, *FIRST)
HEAVIEST = 250_000
"""Bytes that a page may take over the wire, with all that it loads but the shapes of the map."""


def address(page: Page, site: str, name: str) -> str:
    """Return the address of a page; of an incident, an article or a person the richest of the samples."""
    if name not in FIRST:
        return name
    start = {"an incident": "/incidents?disputed=yes", "an article": "/articles", "somebody": "/people"}[name]
    page.goto(site + start)
    links = page.eval_on_selector_all(
        "main a[href]", 'links => links.map(a => new URL(a.getAttribute("href"), location.href).pathname)'
    )
    return next(path for path in links if path.startswith(FIRST[name]))


def found_by_axe(page: Page) -> list[str]:
    """Return what axe-core has to say of a page, from `serious` on."""
    page.evaluate(AXE)
    result: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", WCAG
    )
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {[node['target'] for node in one['nodes']][:3]}"
        for one in result["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", EVERY)
def test_axe_finds_nothing_serious(opened: Opener, site: str, name: str, scheme: str) -> None:
    page = opened(site, "/keys", color_scheme=scheme, bypass_csp=True)
    page.goto(site + address(page, site, name))
    assert found_by_axe(page) == []


@pytest.mark.parametrize("name", EVERY)
def test_a_page_fits_a_phone_and_four_hundred_percent(opened: Opener, site: str, name: str) -> None:
    page = opened(site, "/keys", viewport={"width": 320, "height": 640})
    page.goto(site + address(page, site, name))
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 321, f"{name} is {wide} wide on a screen of 320"


@pytest.mark.parametrize("name", EVERY)
def test_a_page_is_light_and_does_not_shift(opened: Opener, site: str, name: str) -> None:
    page = opened(site, "/keys")
    path = address(page, site, name)
    weight: list[int] = []
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    shapes: set[str] = set()
    devtools.on(
        "Network.responseReceived",
        lambda e: shapes.add(e["requestId"]) if "world-atlas" in e["response"]["url"] else None,
    )
    devtools.on(
        "Network.loadingFinished",
        lambda e: None if e["requestId"] in shapes else weight.append(int(e["encodedDataLength"])),
    )
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries())"
        " if (!one.hadRecentInput) window.shift += one.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto(site + path, wait_until="networkidle")
    assert sum(weight) < HEAVIEST, f"{path} takes {sum(weight):,} bytes"
    assert page.evaluate("window.shift") < 0.02, f"{path} shifts by {page.evaluate('window.shift')}"


@pytest.mark.parametrize("name", EVERY)
def test_a_page_can_be_read_without_javascript(opened: Opener, site: str, name: str) -> None:
    page = opened(site, "/keys")
    path = address(page, site, name)
    with_it = page.goto(site + path)
    assert with_it is not None and with_it.status == 200
    plain = opened(site, path, java_script_enabled=False)
    assert plain.locator("h1").count() == 1
    assert len(plain.locator("main").inner_text()) > 40
