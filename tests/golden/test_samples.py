"""The samples are read as a careful human coder would read them, as far as the floors say."""

from __future__ import annotations

import pytest

from tests.golden.golden_scoring import expectations, reading_of, samples, score_all

FLOOR = 0.77
"""Least mean F of the slots; set from the measured figure."""


def test_every_sample_has_expectations_and_every_expectation_a_sample() -> None:
    assert sorted(samples()) == sorted(expected["article"] for expected in expectations())


@pytest.mark.parametrize("name", [e["article"] for e in expectations() if not e["incidents"]])
def test_a_report_without_violence_gives_no_incident(name: str) -> None:
    assert [(i.kind, i.stage) for i in reading_of(name).incidents] == []


def test_every_quote_stands_at_its_offsets() -> None:
    for expected in expectations():
        reading = reading_of(expected["article"])
        spans = [span for incident in reading.incidents for claim in incident.claims for span in claim.evidence]
        spans += [m.span for e in reading.entities for m in e.mentions] + [m.span for m in reading.times]
        for span in spans:
            assert reading.article.text[span.start : span.end] == span.text, expected["article"]


def test_the_samples_are_read_as_well_as_before() -> None:
    scores = score_all()
    print("\n" + scores.report())
    assert scores.overall() >= FLOOR, scores.report(remarks=True)
