from __future__ import annotations

import random
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.copies import find, measures
from bench.copies_made import Desk, Incident, Writer, made
from sayso.merge.copies import Signature, compare, signature
from sayso.merge.copies.comparison import overlap


def writer(seed: int) -> tuple[Writer, Incident]:
    found = Writer(random.Random(seed))
    incident = found.incident()
    incident.quote = '"' + found.sentence(incident.facts).strip('".') + '," said the harbour master.'
    incident.background = found.backgrounds[0]
    return found, incident


def signed(paragraphs: list[str]) -> Signature:
    return signature("\n\n".join(paragraphs))


def long_report(found: Writer, incident: Incident) -> list[str]:
    return [found.sentence(incident.facts, "lead"), *(found.paragraph(incident.facts, 2) for _ in range(10))]


@pytest.mark.parametrize(
    "way",
    [
        Desk.exact,
        Desk.cut,
        Desk.brief,
        Desk.thinned,
        Desk.reordered,
        Desk.lengthened,
        Desk.headed,
        Desk.edited,
    ],
    ids=lambda way: way.__name__,
)
@pytest.mark.parametrize("seed", range(5))
def test_a_copy_is_told_and_shares_a_band(way: Callable[[Desk, list[str]], list[str]], seed: int) -> None:
    found, incident = writer(seed)
    body = long_report(found, incident)
    left, right = signed(body), signed(found.framed(way(Desk(found, incident.facts), body), incident.facts))
    assert set(left.bands) & set(right.bands)
    assert compare(left, right).score > 0.9


@pytest.mark.parametrize("seed", range(20))
def test_two_reports_with_one_quotation_and_one_background_are_no_copies(seed: int) -> None:
    found, incident = writer(seed)
    bodies = [[*long_report(found, incident), incident.quote, incident.background] for _ in range(2)]
    assert compare(*(signed(found.framed(body, incident.facts)) for body in bodies)).score < 0.05


@pytest.mark.parametrize("width", [20, 40, 65, 80])
def test_broken_lines_make_no_difference(width: int) -> None:
    found, incident = writer(4)
    text = " ".join(long_report(found, incident))
    left, right = signature(text), signature(textwrap.fill(text, width))
    assert set(left.bands) & set(right.bands)
    assert compare(left, right).score > 0.99


def test_standing_lines_make_no_copies() -> None:
    found, _ = writer(1)
    lines = ["The Tarn News Agency contributed to this report.", "Copyright 2021 Tarn News. All rights reserved."]
    texts = [[*long_report(found, found.incident()), *lines] for _ in range(2)]
    assert not set(signed(texts[0]).bands) & set(signed(texts[1]).bands)


def test_the_reasons_say_how_much_of_the_shorter_stands_in_the_longer() -> None:
    found, incident = writer(2)
    body = long_report(found, incident)
    comparison = compare(signed(body[:2]), signed(body))
    assert [reason.feature for reason in comparison.reasons] == ["containment", "runs"]
    assert comparison.reasons[0].words == "100 in 100 five-word runs of the shorter text stand in the longer"
    assert comparison.reasons[0].weight > 0 > comparison.reasons[1].weight


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), keep=st.integers(1, 11), more=st.integers(0, 10))
def test_sides_make_no_difference_and_the_estimate_is_near_the_truth(seed: int, keep: int, more: int) -> None:
    found, incident = writer(seed % 7)
    found.rng.seed(seed)
    body = long_report(found, incident)
    left = signed(body)
    right = signed(body[:keep] + [found.paragraph(found.incident().facts, 3) for _ in range(more)])
    assert compare(left, right) == compare(right, left)
    if right.hashes:
        assert 0 <= overlap(left, right).containment <= 1
    assert compare(left, left).score > 0.99


def test_made_articles_keep_their_copies_and_no_others() -> None:
    articles = made(1500, seed=3)
    figures = measures(articles, find(articles))
    assert figures["recall"] >= 97
    assert figures["precision"] >= 98
    assert figures["group precision"] >= 98
