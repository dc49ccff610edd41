"""What is kept of an entity, and the keys under which it is found."""

from __future__ import annotations

import time
from array import array
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.merge.entities.block import keys_of
from sayso.merge.entities.compare import log_odds
from sayso.merge.entities.sketch import MOST, Called, Sketch, plain, sketch_from, sketches_of
from sayso.merge.incidents.words import Words
from sayso.model.article import Block
from sayso.model.entity import Entity, EntityKind, Fact, FactName, Mention
from sayso.model.reading import Reading
from sayso.model.span import Span
from tests.invented import ARTICLE

TEXT = st.text(max_size=12)
TEXTS = st.lists(TEXT, max_size=3)
DAYS = st.none() | st.dates(min_value=date(1900, 1, 1))
WORDS = st.dictionaries(st.integers(0, 2**32 - 1), st.integers(0, 1000), max_size=5).map(
    lambda d: Words(array("I", sorted(d)), array("H", (d[k] for k in sorted(d))))
)
SKETCHES = st.builds(
    Sketch,
    key=TEXT, article=TEXT, id=TEXT, kind=st.sampled_from(["person", "organization"]),
    called=st.lists(st.builds(Called, TEXT, st.booleans()), min_size=1, max_size=3).map(tuple),
    born=st.none() | st.tuples(st.integers(1900, 2020), st.integers(1900, 2020)),
    age=st.none() | st.integers(0, 200), gender=st.none() | st.sampled_from(["male", "female"]),
    roles=TEXTS.map(frozenset), nationalities=TEXTS.map(frozenset), groups=TEXTS.map(tuple), kin=TEXTS.map(tuple),
    dead=st.booleans(), armed=st.booleans(), namesakes=TEXTS.map(tuple), published=DAYS,
    own=TEXTS.map(frozenset), countries=TEXTS.map(frozenset), setting=TEXTS.map(tuple), parts=TEXTS.map(frozenset),
    around=WORDS,
)  # fmt: skip


@given(SKETCHES)
def test_a_sketch_that_was_kept_comes_back_the_same(sketch: Sketch) -> None:
    assert sketch_from(plain(sketch)) == sketch


@settings(max_examples=200, deadline=None)
@given(SKETCHES, SKETCHES)
def test_any_two_can_be_compared_and_the_side_makes_no_difference(left: Sketch, right: Sketch) -> None:
    assert abs(log_odds(left, right) - log_odds(right, left)) < 1e-9


@given(SKETCHES)
def test_what_is_asked_for_is_what_is_kept(sketch: Sketch) -> None:
    """So that two meet whichever comes first."""
    keys = keys_of(sketch)
    assert keys.kept == keys.strong and not keys.weak
    assert all(-(2**63) <= number < 2**63 for number in keys.kept)
    assert len(keys.kept) < 400


Named = tuple[str, EntityKind]


def reading(*named: Named, times: int = 1, facts: tuple[tuple[FactName, str], ...] = ()) -> Reading:
    """Return a reading of an article that has these names and nothing else, each so many times."""
    text, entities = "", []
    for n, (name, kind) in enumerate(named):
        mentions = []
        for _ in range(times):
            span = Span(start=len(text), end=len(text) + len(name), text=name)
            mentions.append(Mention(span=span, head=0, form="name"))
            text += f"{name} "
        told = tuple(Fact(name=fact, value=value, evidence=mentions[0].span) for fact, value in facts)
        entities.append(Entity(id=f"e{n}", kind=kind, name=name, names=(name,), mentions=tuple(mentions), facts=told))
    blocks = (Block(start=0, end=len(text), role="body"),)
    return Reading(article=replace(ARTICLE, text=text, blocks=blocks), entities=tuple(entities))


def test_only_those_with_a_name_of_their_own_are_sketched() -> None:
    named: list[Named] = [
        ("Bresk Otalin", "person"), ("Harbour Dawn Front", "organization"), ("Ministry of Order", "government_body"),
        ("Police", "government_body"), ("the Army", "government_body"), ("Karvel", "place"), ("", "person"),
        ("K", "person"), ("-", "organization"),
    ]  # fmt: skip
    assert [s.name for s in sketches_of(reading(*named))] == ["Bresk Otalin", "Harbour Dawn Front", "Ministry of Order"]


def test_the_year_of_birth_follows_from_the_age_and_the_day() -> None:
    (one,) = sketches_of(reading(("Bresk Otalin", "person"), facts=(("age", "31"), ("role", "clerk"))))
    assert one.born == (1987, 1988) and one.age is None and one.roles == {"clerk"}
    (one,) = sketches_of(reading(("Bresk Otalin", "person"), facts=(("age", "31"), ("birth_year", "1988"))))
    assert one.born == (1988, 1988)
    (one,) = sketches_of(reading(("Bresk Otalin", "person"), facts=(("age", "some"), ("age", "999"))))
    assert one.born is None


def test_a_nickname_in_quotation_marks_is_an_alias() -> None:
    (one,) = sketches_of(reading(('Bresk "The Tanner" Otalin', "person")))
    assert [c.name.split() for c in one.called] == [["Bresk", "Otalin"], ["The", "Tanner"]]
    assert [c.alias for c in one.called] == [False, True]


def test_keys_are_given_by_id() -> None:
    named: list[Named] = [("Bresk Otalin", "person"), ("Mira Salk", "person")]
    assert [s.key for s in sketches_of(reading(*named))] == ["e0", "e1"]
    assert [s.key for s in sketches_of(reading(*named), {"e1": "K"})] == ["e0", "K"]


def test_ten_thousand_mentions_of_a_name_take_no_time() -> None:
    much = reading(("Bresk Otalin", "person"), ("Mira Salk", "person"), times=10_000)
    start = time.perf_counter()
    assert len(sketches_of(much)) == 2
    assert time.perf_counter() - start < 1.0


def test_of_a_thousand_names_some_are_sketched_in_bounded_time() -> None:
    many = reading(*((f"Bresk {'abcdefghij'[n % 10]}{n}talin", "person") for n in range(1000)))
    start = time.perf_counter()
    assert len(sketches_of(many)) == MOST
    assert time.perf_counter() - start < 3.0
