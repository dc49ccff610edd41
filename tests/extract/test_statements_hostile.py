"""Odd and hostile text: no exception, no made-up source, and time that grows with the length."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotate.grammar import analyse
from sayso.encode.encoder import encoder
from sayso.encode.heads import encoded, shipped
from sayso.extract.statements import statements
from sayso.model.article import Article, Block, OffsetMap
from sayso.model.statement import Statement
from tests.timing import seconds

HOSTILE = {
    "nothing": "",
    "marks only": '" “ ” « ' * 100,
    "never closed": "“We ran. " * 200,
    "never opened": "He said it began.” " * 100,
    "nested clauses": "He said that " * 300 + "it rained.",
    "cues only": "said " * 500,
    "a long quotation": "She said: “" + "we walked on. " * 300 + "”",
    "questions and answers": "Q: Who fired?\nA: The men did.\n" * 50,
    "four kinds of marks": "«Да», сказал он. „Ja“, sagte er. “Yes,” he said. 「はい」",
    "control characters": 'He said \x00 that "x" \u202eabc.',
    "right to left": "قال المتحدث إن رجلين قتلا.",
    "a pronoun": '"Yes," it said. He said.',
}


def read(text: str) -> tuple[Statement, ...]:
    """Return what the reader finds; what the rules find alone is checked on the way."""
    article = Article(
        id="hostile",
        text=text,
        blocks=tuple(Block(start=m.start(), end=m.end(), role="body") for m in re.finditer(r"\S[^\n]*", text)),
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name="hostile.txt",
        sha256="0" * 64,
    )
    analysis = analyse(article)
    check(text, statements(article, analysis, (), ()))
    return statements(article, analysis, (), (), encoder().branch(encoded(analysis)) if shipped() else None)


def check(text: str, found: tuple[Statement, ...]) -> None:
    """Every span stands at its offsets; chains end; nobody is named who is no source."""
    outer = {statement.id: statement.within for statement in found}
    for statement in found:
        for span in (statement.source, statement.cue, statement.said_at, statement.channel, *statement.content):
            assert span is None or text[span.start : span.end] == span.text
        assert statement.source is not None or statement.speaker is None
        at, steps = statement.within, 0
        while at is not None:
            at, steps = outer[at], steps + 1
            assert steps <= len(found)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(name: str) -> None:
    """Unbalanced, nested and foreign marks, and what is no prose, raise nothing and invent nobody."""
    check(HOSTILE[name], read(HOSTILE[name]))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Maro", "said", "that", '"', "“", "”", "he", ",", ".", "\n", "police", "denied", "the raid", "reportedly"]
        ),
        max_size=40,
    )
)
def test_any_order_of_words(parts: list[str]) -> None:
    """No order of names, cues and marks breaks the stage."""
    text = " ".join(parts)
    check(text, read(text))


def test_thousands_of_quotations_take_linear_time() -> None:
    """Eight times the quotations take about eight times as long, not sixty-four."""
    took = []
    for times in (75, 600):
        text = '"We ran," she said. “Then we ' * times
        article = Article(
            id="many",
            text=text,
            blocks=(Block(start=0, end=len(text), role="body"),),
            offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
            name="many.txt",
            sha256="0" * 64,
        )
        analysis = analyse(article)
        took.append(seconds(partial(statements, article, analysis, (), ())))
    assert took[1] < 24 * max(took[0], 0.02)
