"""Headlines lose the name of the site; marks before captions are no words of the report."""

import pytest

from sayso.clean.article import article_of
from sayso.model.article import Article, Capture

BODY = "A gunman opened fire on a bus in Varda on Friday, killing three people, police said. He fled on foot."


def _read(content: str) -> Article:
    return article_of(Capture(name="x", content=content, media_type="text", sha256="0" * 64))


@pytest.mark.parametrize(
    "site",
    [" | News, Weather, Sports | KVRD", " « KVRD Varda", " - KVRD - Varda News", " - kvrd4.com", " – Varda Courier"],
)
def test_the_name_of_the_site_behind_a_headline_is_left_out(site: str) -> None:
    article = _read(f"Gunman kills three on Varda bus{site}\n\n{BODY}")
    assert article.title == "Gunman kills three on Varda bus"
    assert article.text == f"{article.title}\n\n{BODY}"


@pytest.mark.parametrize("title", ["Gunman kills three on Varda bus - police", "Varda - a town in fear | Comment"])
def test_what_belongs_to_the_headline_stays(title: str) -> None:
    assert (_read(f"{title}\n\n{BODY}").title or "").startswith(title[:17])


def test_a_paragraph_with_a_caption_mark_is_a_caption_without_the_mark() -> None:
    caption = "Image copyright VPA Image caption Police at the bus stop"
    article = _read(f"Three killed on Varda bus\n\n{BODY}\n\n{caption}\n\n{BODY[:-1]}!")
    captions = [article.text[b.start : b.end] for b in article.blocks if b.role == "caption"]
    assert captions == ["Police at the bus stop"]


def test_caption_marks_amid_prose_are_left_out_and_part_it() -> None:
    article = _read(f"Three killed on Varda bus\n\n{BODY} Image copyright VPA Image caption Police at the stop {BODY}")
    assert "copyright" not in article.text and "caption" not in article.text
    assert [b.role for b in article.blocks] == ["title", "body", "body"]


def test_a_day_in_brackets_in_the_dateline_is_no_agency() -> None:
    article = _read(f"Three killed on Varda bus\n\nPORT VARDA (Jan. 5, 2016) — {BODY}")
    assert article.dateline and article.dateline.day and article.dateline.day.text == "Jan. 5, 2016"
    assert article.agency is None
