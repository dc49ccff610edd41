"""What was left out of a page is shown as text where the very page is still there, and never as markup."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from sayso.desk.furniture import left_out, words_in
from sayso.model.article import Article, Block, OffsetMap

PAGE = (
    "<!DOCTYPE html><html><head><title>T</title></head><body>"
    "<nav>Home &amp; <b>Sport</b></nav><script>alert('x')</script>"
    "<p>The gate fell &amp; broke.</p><aside>Read more: <img src=x onerror=alert(1)>boats</aside><p>Six died.</p>"
    "<footer>All rights</footer></body></html>"
)


def article(path: Path) -> Article:
    pieces = ["The gate fell ", "&", " broke.", "Six died."]
    text = "The gate fell & broke.\n\nSix died."
    origins = [PAGE.index("The gate"), PAGE.index("&amp; broke"), PAGE.index(" broke."), PAGE.index("Six")]
    return Article(
        id="a",
        text=text,
        blocks=(Block(start=0, end=22, role="body"), Block(start=24, end=33, role="body")),
        offsets=OffsetMap(starts=(0, 14, 15, 24), origins=tuple(origins), lengths=tuple(map(len, pieces))),
        name=str(path),
        sha256=hashlib.sha256(PAGE.encode()).hexdigest(),
    )


def test_what_was_left_out_stands_where_it_stood(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    found = left_out(article(path))
    assert found == [(0, "Home & Sport"), (22, "Read more: boats"), (33, "All rights")]


def test_nothing_is_shown_of_another_file_or_none(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert left_out(article(path)) is None
    path.write_text(PAGE.replace("Six", "Ten"))
    assert left_out(article(path)) is None
    assert left_out(article(tmp_path)) is None
    assert left_out(article(Path("bad\0name.html"))) is None


@pytest.mark.parametrize("sign", ["<script", "<!--", "<", "<a ", "</", ">"])
def test_a_hostile_page_takes_one_pass(sign: str) -> None:
    begun = time.perf_counter()
    words_in(sign * (2_000_000 // len(sign)))
    assert time.perf_counter() - begun < 5
