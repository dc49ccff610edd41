"""Sentences, tokens and names at the article's own offsets."""

from __future__ import annotations

import pytest

from sayso.annotate.grammar import analyse
from sayso.model.analysis import Analysis
from sayso.model.article import Article, Block, OffsetMap


def analysed(*paragraphs: str, capitals: bool = False) -> Analysis:
    """Return the grammar of paragraphs."""
    text = "\n\n".join(paragraphs)
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block(start=start, end=start + len(paragraph), role="body"))
        start += len(paragraph) + 2
    offsets = OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),))
    return analyse(
        Article(id="a", text=text, blocks=tuple(blocks), offsets=offsets, name="a", sha256="0" * 64, capitals=capitals)
    )


def sentences(analysis: Analysis) -> list[str]:
    """Return the words of each sentence."""
    return [analysis.span(s.first, s.last).text for s in analysis.sentences]


def test_tokens_stand_at_their_offsets() -> None:
    analysis = analysed("Irena Maro spoke in Varda.", "She left — soon.")
    assert all(analysis.text[t.start : t.end] == t.text for t in analysis.tokens)
    assert [t.i for t in analysis.tokens] == list(range(len(analysis.tokens)))
    assert all(0 <= t.head < len(analysis.tokens) for t in analysis.tokens)


def test_no_sentence_runs_over_two_blocks() -> None:
    assert len(sentences(analysed("Irena Maro spoke", "in Varda on Monday"))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Col. Ota Benda and Sens. Vasek and Orlik met Gen. Holub.",
        "“We will be back!” he told the crowd.",
        "The army defeated the ZLF [Zoruna Liberation Front] on Monday.",
        "Officials said\nthe pier was\nsafe.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert len(sentences(analysed(text))) == 1


def test_capitals_are_parsed_in_small_letters_and_quoted_verbatim() -> None:
    analysis = analysed("TWO MEN WERE HELD IN LIMA ON MONDAY.", capitals=True)
    assert analysis.text == "Two men were held in Lima on Monday."
    assert analysis.span(0, 2).text == "TWO MEN"
    assert analysis.tokens[1].lemma == "man"


def test_empty_text_has_no_sentence() -> None:
    assert analysed("").sentences == ()
