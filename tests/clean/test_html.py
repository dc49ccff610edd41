"""Pages: the report, its captions, what the page says of itself, and where each character stands in the source."""

from __future__ import annotations

import html
import socket
import time
from datetime import date

import pytest

from sayso.clean.article import article_of
from sayso.clean.page import scan
from sayso.model.article import Article, Capture

LEDE = (
    "LESNA, May 2 (VPA) — The Interior Ministry said on Thursday that four men had bombed the ferry pier in Port Varda."
)
SECOND = "Ministry spokeswoman Irena Maro told reporters that three of the men were still at large & would be found."
THIRD = "The Harbour Front had claimed the blast in an e-mail to two broadcasters on the day on which it happened."
FOURTH = "Port authority spokesman Anton Vesel said that the ticket hall would be closed until the end of the summer."
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">
<title>Ministry blames Harbour Front | The Varda Courier</title>
<meta property="og:site_name" content="The Varda Courier">
<meta property="og:title" content="Ministry blames Harbour Front">
<link rel="canonical" href="https://varda.example/2019/pier">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite", "name": "x"}},
{{"@type": "NewsArticle", "headline": "Ministry blames Harbour Front", "datePublished": "2019-05-03T01:15:00+02:00",
"author": [{{"@type": "Person", "name": "Jana Holt"}}, {{"@type": "Organization", "name": "AFP"}}]}}]}}</script>
<style>.caption {{ color: red }}</style><script>var p = "<p>Not text at all, whatever it says.</p>";</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<div class="ticker">Breaking: <a href="/x">Docker shot dead in Halmar</a></div>
<main><article><h1>Ministry blames   Harbour Front</h1><p class="byline">By Jana Holt</p>
<figure><img src="a.jpg" alt="x"><figcaption>A masked man in a video of April.
<span class="credit">Photo: Jana Holt</span></figcaption></figure>
<p>{html.escape(LEDE).replace("—", "&mdash;")}</p><p>{html.escape(SECOND)}</p>
<div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div>
<aside class="related"><h3>Related</h3><figure><a href="/y"><img src="b.jpg"></a><figcaption><a href="/y">Nine killed in
Halmar bus crash, police say</a></figcaption></figure></aside>
<p>{html.escape(THIRD)}</p>
<div class="media"><img src="c.jpg">
<span class="media__caption">Police in front of the ticket hall (Lev Aron/VPA)</span></div>
<p>{html.escape(FOURTH)}</p><p><a href="/more">Read more: The men of the Harbour Front</a></p></article></main>
<footer><p>© 2019 The Varda Courier. All rights reserved.</p></footer></body></html>"""


def article(content: str, **given: object) -> Article:
    return article_of(Capture(name="a.html", content=content, media_type="html", sha256="0" * 64, **given))  # type: ignore[arg-type]


def blocks(read: Article) -> list[tuple[str, str]]:
    return [(block.role, read.text[block.start : block.end]) for block in read.blocks]


def test_a_page_gives_title_captions_and_body_in_reading_order() -> None:
    assert blocks(article(PAGE)) == [
        ("title", "Ministry blames Harbour Front"),
        ("caption", "A masked man in a video of April."),
        ("body", LEDE),
        ("body", SECOND),
        ("body", THIRD),
        ("caption", "Police in front of the ticket hall"),
        ("body", FOURTH),
    ]


def test_a_page_tells_of_itself() -> None:
    read = article(PAGE)
    assert (read.title, read.outlet, read.language) == ("Ministry blames Harbour Front", "The Varda Courier", "en")
    assert (read.published, read.published_by) == (date(2019, 5, 3), "metadata")
    assert (read.authors, read.agency, read.url) == (("Jana Holt",), "VPA", "https://varda.example/2019/pier")
    assert read.dateline and read.dateline.place and read.dateline.day
    assert (read.dateline.place.text, read.dateline.day.text) == ("LESNA", "May 2")


def test_offsets_lead_back_to_the_source() -> None:
    """A decoded entity leads to its `&`; every other character to itself, or to the white space it stands for."""
    read = article(PAGE)
    for offset, character in enumerate(read.text):
        origin = read.offsets.origin(offset)
        if origin is None:
            assert character == "\n"
        elif PAGE[origin] != character:
            assert PAGE[origin] == "&" or (character == " " and PAGE[origin].isspace())


def test_no_network_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert article(PAGE, url="https://varda.example/2019/pier").outlet == "The Varda Courier"


def page(body: str, head: str = "") -> str:
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in (SECOND, THIRD, FOURTH))
    return f"<html><head>{head}</head><body><article>{body}{paragraphs}</article></body></html>"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2019-05-03T08:00:00Z">', date(2019, 5, 3)),
        ('<meta name="date" content="2019-05-03">', date(2019, 5, 3)),
        ('<meta property="article:modified_time" content="2019-05-09">', None),
        ('<meta property="article:published_time" content="2019-02-30">', None),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2019-05-03"}</script>',
            date(2019, 5, 3),
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": </script>', None),
        ('<meta name="description" content="Updated May 3, 2019">', None),
        ("", None),
    ],
)
def test_the_day_of_publication_is_what_the_page_declares(head: str, published: date | None) -> None:
    assert article(page("<h1>Four men named</h1>", head)).published == published


def test_a_time_tag_gives_the_day_where_it_says_so_or_is_the_only_one() -> None:
    assert article(page('<h1>Four men named</h1><time datetime="2019-05-03">x</time>')).published == date(2019, 5, 3)
    two = '<time datetime="2019-05-01">x</time><time class="published" datetime="2019-05-03">y</time>'
    assert article(page("<h1>Four men named</h1>" + two)).published == date(2019, 5, 3)
    assert article(page("<h1>Four men named</h1>" + two.replace("published", "b"))).published is None


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("Four men named in pier case - The Varda Courier", "The Varda Courier"),
        ("Four men named in pier case | Varda Courier", "Varda Courier"),
        ("Varda Courier: Four men named in pier case", "Varda Courier"),
        ("Four men named in pier case", None),
    ],
)
def test_the_outlet_is_told_from_the_headline(title: str, outlet: str | None) -> None:
    read = article(page("<h1>Four men named in pier case</h1>", f"<title>{title}</title>"))
    assert (read.title, read.outlet) == ("Four men named in pier case", outlet)


def test_the_host_stands_for_an_outlet_without_a_name() -> None:
    assert article(page("<h1>Four men named</h1>"), url="https://www.varda.example/a").outlet == "varda.example"


def test_a_title_without_heading_loses_the_outlet() -> None:
    head = (
        '<meta property="og:site_name" content="The Courier"><title>Four men named in pier case - The Courier</title>'
    )
    assert article(page("", head)).title == "Four men named in pier case"


def test_a_caption_said_twice_is_kept_once_and_a_lone_credit_never() -> None:
    figure = "<figure><img><figcaption>The ticket hall of the pier.</figcaption></figure>"
    credit = "<figure><img><figcaption>Photo: Jana Holt/VPA</figcaption></figure>"
    read = article(page("<h1>Four men named</h1>" + figure + figure + credit))
    assert [text for role, text in blocks(read) if role == "caption"] == ["The ticket hall of the pier."]


def test_a_pull_quote_is_not_said_twice() -> None:
    said = (
        "Irena Maro told them: &ldquo;We did not wait for the law.&rdquo; She then left by the back door of the hall."
    )
    pulled = "<blockquote><p>&ldquo;We did not wait for the law.&rdquo;</p></blockquote>"
    body = f"<h1>Four men named</h1><p>{said}</p>{pulled}"
    assert article(page(body)).text.count("We did not wait") == 1


HOSTILE = [
    "<p>" * 100_000,
    "<div>" * 100_000 + "x",
    '<a b="' * 100_000,
    "<a b='>\" " * 60_000,
    "<!--" * 100_000,
    "<script>" * 50_000,
    "&" * 300_000,
    "&amp" * 100_000,
    "<" * 300_000,
    "</p>" * 100_000,
    "<p class='caption related'>a" * 20_000,
    "\0" * 100_000,
    "<b>" * 3000 + "two words here" + "</b>" * 3000,
]


@pytest.mark.parametrize("source", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_page_is_scanned_in_linear_time(source: str) -> None:
    start = time.process_time()
    scan(source)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "source", ["", "x", "<", "<p", "<html>", "<p>Two.</p>", "<!--", "\0", "<title>a", "<figcaption>x</figcaption>"]
)
def test_a_page_without_a_report_gives_no_exception(source: str) -> None:
    assert isinstance(article(source), Article)


def test_forgotten_end_tags_and_old_markup_are_read() -> None:
    old = f"<HTML><BODY BGCOLOR=white><H1>Four men named</H1><P>{html.escape(SECOND)}<P>{THIRD}<BR><BR>{FOURTH}</BODY>"
    assert [text for role, text in blocks(article(old)) if role == "body"] == [SECOND, THIRD, FOURTH]


def test_the_page_may_be_in_another_script() -> None:
    said = (
        "Полиция порта Варда сообщила во вторник, что при взрыве в кассовом зале погибли два человека и девять ранены."
    )
    read = article(
        f"<html lang=ru><body><article><h1>Взрыв в порту</h1><p>{said}</p><p>{said[::-1]}</p></article></body></html>"
    )
    assert ("body", said) in blocks(read) and read.language == "ru"
