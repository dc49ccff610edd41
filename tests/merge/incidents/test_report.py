"""A report in which no incident was read is put with what it looks to be about, or with nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sayso.merge.incidents import sketches_of
from sayso.merge.incidents.report import report_of, told_by
from sayso.merge.incidents.sketch import Sketch
from sayso.model.reading import Reading
from tests.link.made import BLAST, ambush, blast, report


def without(reading: Reading) -> Reading:
    return replace(reading, incidents=())


def sketch(reading: Reading) -> Sketch:
    found = report_of(reading)
    assert found is not None
    return found


def test_it_is_put_with_the_incident_that_it_is_like() -> None:
    clusters = {"blast": sketches_of(blast("a")), "ambush": sketches_of(ambush("b"))}
    assert told_by(sketch(without(blast("c"))), clusters) == "blast"
    assert told_by(sketch(without(ambush("d"))), clusters) == "ambush"


def test_it_is_put_with_nothing_where_nothing_is_like_it() -> None:
    fire = report("fire", "A fire at the rope works in Dunmere was put out by noon.", published=date(2021, 3, 4))
    assert told_by(sketch(fire), {"blast": sketches_of(blast("a"))}) is None
    assert told_by(sketch(fire), {}) is None


def test_a_report_without_a_word_of_violence_is_compared_with_nothing() -> None:
    assert report_of(report("calm", "The council met and spoke of the price of rope.")) is None


def test_it_claims_nothing() -> None:
    found = sketch(without(report("r", BLAST)))
    assert not (found.main or found.parties or found.counts or found.days)
