"""Takes the pictures of the workbench in docs/workbench, on the sample reports: `python -m tools.screenshots`.

Needs chromium. Each page in light; some in dark and on a phone too.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import QUIET
from tests.browser.serving import served

OUT = Path(__file__).parents[1] / "docs/workbench"
PAGES = {
    "incidents": "/incidents",
    "incident": "/incidents?text=ferry&sort=reports >/incident/",
    "article": "/articles?text=ferry >/article/",
    "person": "/people?name=Harbour+Front >/entity/",
    "review": "/review",
    "agreement": "/review/agreement",
    "samples": "/samples",
    "sources": "/sources",
    "intake": "/intake",
    "changes": "/changes",
    "cases": "/cases",
    "by-hand": "/by-hand",
}
LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 860}},
    "dark": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 760}},
}


def main(database: str) -> None:
    """Take every page in every look, from a copy of a database."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("there is no chromium")
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "demo.db"
        shutil.copy(database, own)
        with served(own) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
            for look in LOOKS:
                for name, where in PAGES.items():
                    _take(browser, site, (name, where, look))
            browser.close()


def _take(browser: Browser, site: str, what: tuple[str, str, str]) -> None:
    name, where, look = what
    address, _, follow = where.partition(" >")
    context = browser.new_context(locale="en-GB", **LOOKS[look])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site + address)
    if follow:
        script = "links => links.map(a => new URL(a.getAttribute('href'), location.href).pathname)"
        links = page.eval_on_selector_all("main a[href]", script)
        found = next((path for path in links if path.startswith(follow)), None)
        if found:
            page.goto(site + found)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=OUT / f"{name}-{look}.png")
    context.close()


if __name__ == "__main__":
    main(sys.argv[1])
