"""Reports unlike the samples, written to be hard, are read as a careful human coder would, as far as the floor says."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from sayso.model.article import Capture
from sayso.model.reading import Reading
from sayso.pipeline import read_capture
from sayso.read import captures
from tests.golden.golden_scoring import Expected, Scores, score_article

HERE = Path(__file__).parent
FLOOR = 0.70
"""Least mean F of the slots; set from the measured figure."""


@cache
def readings() -> tuple[tuple[Expected, Reading], ...]:
    """Return each expectation with its reading; the day is handed over only where the report does not give it."""
    found = {Path(c.name).name: c for c in captures([str(HERE / "critic")]) if isinstance(c, Capture)}
    expected = yaml.safe_load((HERE / "critic.yaml").read_text(encoding="utf-8"))
    assert sorted(found) == sorted(e["article"] for e in expected)
    return tuple((e, read_capture(found[e["article"]], _given(e))) for e in expected)


def _given(expected: Expected) -> date | None:
    return None if expected.get("metadata") else expected["published"]


def test_every_quote_stands_at_its_offsets() -> None:
    for expected, reading in readings():
        spans = [s for incident in reading.incidents for claim in incident.claims for s in claim.evidence]
        spans += [s for statement in reading.statements for s in statement.content]
        for span in spans:
            assert reading.article.text[span.start : span.end] == span.text, expected["article"]


def test_hard_reports_are_read_as_well_as_before() -> None:
    scores = Scores()
    for expected, reading in readings():
        score_article(expected, reading, scores)
    assert scores.overall() >= FLOOR, scores.report(remarks=True)
