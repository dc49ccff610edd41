"""The whole way on hostile text: never an exception, and every quote where it says it stands."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.model.article import Capture
from sayso.model.reading import Reading
from sayso.pipeline import read_capture

PIECES = [
    "A bomb exploded", "killed", "six", "at least", "people", "in Kano", "on Monday", "said", "police", "“", "”",
    '"', "(", ")", ".", ",", "\n\n", "—", "the Harbour Front", "claimed responsibility", "for the attack", "who",
    "was", "arrested", "31 February", "2011-02-31", "AND", "of", "of", "according to", "\u200f", "ұйым", "взрыв",
    "\x00", "’s", "two", "second", "first", "bombs", "accused of", "killing", "it", "they", "not", "no one", "'",
    "aka", "[", "]", "one of the", "...", "LIMA, 3 MAR 90 (AFP) -- [TEXT]",
]  # fmt: skip


def check(reading: Reading) -> None:
    text = reading.article.text
    spans = [s for i in reading.incidents for c in i.claims for s in c.evidence]
    spans += [s for x in reading.statements for s in (*x.content, x.cue, x.source) if s is not None]
    spans += [m.span for e in reading.entities for m in e.mentions]
    assert all(text[s.start : s.end] == s.text for s in spans)
    known = {s.id for s in reading.statements}
    assert all(c in known for i in reading.incidents for claim in i.claims for c in claim.chain)
    ids = [c.id for i in reading.incidents for c in i.claims] + [i.id for i in reading.incidents]
    assert len(ids) == len(set(ids))


def read(text: str) -> Reading:
    return read_capture(Capture(name="t", content=text, media_type="text", sha256="0" * 64), date(2019, 5, 7))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
def test_any_jumble_of_the_words_of_reports_is_read_without_an_exception(pieces: list[str]) -> None:
    check(read(" ".join(pieces)))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    check(read(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "A" * 5000, "killed " * 400, '"' * 300, "(" * 300])
def test_degenerate_texts_give_nothing_and_raise_nothing(text: str) -> None:
    check(read(text))


def test_the_same_text_gives_the_same_record_whatever_was_read_before() -> None:
    text = "Gunmen killed four traders at a market in Kano on Monday, police said. A group claimed the attack."
    first = read(text)
    read("Two bombs exploded in Lagos on Sunday, the army said.")
    assert read(text) == first
