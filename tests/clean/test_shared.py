"""Real pages and reports, where the shared data are at hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from sayso.clean.article import article_of
from sayso.model.article import Article, Capture
from sayso.read import captures

DATA = Path(__file__).parents[2] / "../shared/data"
PAGES = DATA / "pages"
FLOOR = 0.951
"""Mean F1 over runs of four words that trafilatura 2.3 alone reaches on these pages."""


def present(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not path.exists(), reason=f"{path.name} of the shared data is not here")


def read(path: Path) -> Article:
    [capture] = captures([str(path)])
    assert isinstance(capture, Capture)
    return article_of(capture)


@present(DATA / "seed")
def test_the_first_example_is_read_without_what_stands_around_it() -> None:
    article = read(DATA / "seed")
    roles = Counter(block.role for block in article.blocks)
    assert (roles["title"], roles["caption"], roles["body"]) == (1, 1, 13)
    assert [block.role for block in article.blocks[:3]] == ["title", "caption", "body"]
    assert article.dateline and article.dateline.place and article.dateline.day is None
    assert article.dateline.place.text.isupper()
    assert article.agency and article.agency.endswith("Service")
    assert (article.published, article.language, article.capitals) == (None, "en", False)
    for furniture in ("Accessibility", "Breaking News", "Read more", "undesirable", "fines", "click here"):
        assert furniture not in article.text


def runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    n = min(4, len(words)) or 1
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


@present(PAGES)
def test_every_seventh_page_is_read_about_as_well_as_by_trafilatura_alone() -> None:
    """The whole set takes half a minute; its figures stand in docs/log/reading-pages.md."""
    gold = json.loads((PAGES / "gold.json").read_text())
    scores = []
    for name in sorted(gold)[::7]:
        article = read(PAGES / f"{name}.html.gz")
        body = "\n".join(article.text[b.start : b.end] for b in article.blocks if b.role == "body")
        found, true = runs(body), runs(gold[name]["articleBody"])
        scores.append(2 * sum((found & true).values()) / (sum(found.values()) + sum(true.values())))
        assert article.published and str(article.published) == gold[name]["published"][:10]
    assert sum(scores) / len(scores) >= FLOOR


@present(DATA / "muc4")
def test_wire_copy_in_capitals_keeps_its_paragraphs_and_dateline() -> None:
    source = next(iter(sorted((DATA / "muc4/dev").glob("dev-muc3-0001*")))).read_text("latin-1")
    for report in re.split(r"(?m)^DEV-MUC3-\d+.*$", source)[1:40]:
        capture = Capture(name="a", content=report, media_type="text", sha256="0")
        article = article_of(capture)
        paragraphs = [p for p in re.split(r"\n\s*\n", report) if p.strip()]
        assert article.capitals and article.title is None and article.dateline and article.dateline.day
        assert "[TEXT]" not in article.text
        assert abs(len(article.blocks) - len(paragraphs)) <= 1
