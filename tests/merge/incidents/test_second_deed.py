"""Two deeds of a kind in one town on one day: a second one is news of its own where it hit something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sayso.merge.incidents import sketches_of
from sayso.model.claim import Claim, Target
from sayso.model.incident import Incident
from sayso.model.span import Span
from tests.link.made import incident, report

TEXT = "A bomb killed eleven at the market of Karvel. Another killed six at its courthouse."


def bomb(id: str, target: str, killed: int | None) -> Incident:
    """Return a bombing in Karvel that hit something."""
    made = incident(id, day=date(2019, 6, 6), place="Karvel", killed=killed)
    start = TEXT.index(target)
    words = (Span(start=start, end=start + len(target), text=target),)
    hit = Claim(id=f"{id}.t", slot="target", value=Target(name=target, kind="civilian"), evidence=words)
    return replace(made, claims=(*made.claims, hit))


def besides(*bombs: Incident) -> list[bool]:
    """Return which of a report's bombings are told beside the first."""
    return sorted(sketch.beside for sketch in sketches_of(report("a", TEXT, *bombs)))


def test_what_hit_another_thing_and_took_another_toll_is_a_second_one() -> None:
    assert besides(bomb("i1", "market", 11), bomb("i2", "courthouse", 6)) == [False, False]


def test_what_hit_the_same_or_took_the_same_toll_is_told_beside_the_first() -> None:
    assert besides(bomb("i1", "market", 11), bomb("i2", "market", 6)) == [False, True]
    assert besides(bomb("i1", "market", 11), bomb("i2", "courthouse", 11)) == [False, True]
    assert besides(bomb("i1", "market", 11), bomb("i2", "courthouse", None)) == [False, True]
