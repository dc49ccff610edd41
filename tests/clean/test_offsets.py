"""Whatever comes in: every character leads back to itself, blocks never overlap, and spans fit."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.clean.article import article_of
from sayso.clean.traced import Traced, compose, tidy, traced
from sayso.model.article import Article, Capture

PIECES = """PORT VARDA -- , November 9 (Reuters) - [TEXT] [12] Read more Share By Jana Holt
Photo: two killed said “no” police.
© \0 \u200f \u00a0 \ufeff Ә é 🕯 \u2028 <p> </p> &amp; &#8212; <h1> </h1> <figcaption> <br> "you" click here"""
WORDS = st.sampled_from(re.split("[ \n]", PIECES))
LINES = st.lists(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=40), max_size=12)
CONTENT = st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\r\n", "\n   "])).map(lambda pair: pair[1].join(pair[0]))
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def whole(article: Article) -> None:
    """Check what holds of every article."""
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(article.text)
        assert article.text[block.start : block.end].strip() == article.text[block.start : block.end]
        end = block.end
    assert "\n\n".join(article.text[b.start : b.end] for b in article.blocks) == article.text
    if article.dateline:
        assert article.dateline.end <= len(article.text)
        for span in (article.dateline.place, article.dateline.day):
            assert span is None or article.text[span.start : span.end] == span.text


@SETTINGS
@given(CONTENT)
def test_text_leads_back_to_the_same_characters(content: str) -> None:
    article = article_of(Capture(name="a", content=content, media_type="text", sha256="0"))
    whole(article)
    for offset, character in enumerate(article.text):
        origin = article.offsets.origin(offset)
        if origin is not None:
            there = content[origin]
            assert there == character or (character == " " and (there.isspace() or not there.isprintable()))
        else:
            assert character in "\n "


@settings(SETTINGS, max_examples=60)
@given(CONTENT)
def test_a_page_leads_back_to_the_same_characters_or_to_an_entity(content: str) -> None:
    article = article_of(Capture(name="a", content=content, media_type="html", sha256="0"))
    whole(article)
    for offset, character in enumerate(article.text):
        origin = article.offsets.origin(offset)
        if origin is not None and content[origin] != character:
            there = content[origin]
            assert there == "&" or (character == " " and (there.isspace() or not there.isprintable()))


@given(st.text(max_size=200))
def test_tidying_changes_white_space_only(text: str) -> None:
    tidied = tidy(traced(text, 0, len(text)))
    assert len(tidied.text) == len(tidied.origins)
    assert tidied.text == tidied.text.strip() and "  " not in tidied.text
    assert tidy(tidied).text == tidied.text


def test_nothing_composed_is_nothing() -> None:
    assert compose([])[0] == ""


@pytest.mark.parametrize("text", ["one two", ""])
def test_a_text_from_nowhere_has_no_origins(text: str) -> None:
    assert set(Traced(text).origins) <= {-1}
