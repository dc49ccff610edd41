"""What "two days after" something tells of both days, and what a heading tells of the years below it."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.cli.aloud import analysed
from sayso.model.incident import Incident
from sayso.resolve.when import times
from tests.extract.reading import read, values

WRITTEN = date(2012, 6, 6)  # a Wednesday
COUNTED = [
    ("The attack came two days after a bomb killed six people in Mogadishu on 3 June.", "2012-06-05", "2012-06-03"),
    ("Gunmen raided a bank on Tuesday, two days after a bombing in Homs killed six.", "2012-06-05", "2012-06-03"),
    ("A bomb killed six on Tuesday. The blast came a day after gunmen shot a judge.", "2012-06-05", "2012-06-04"),
    ("A bomb killed six on Sunday. Two days after the bomb, gunmen shot a judge.", "2012-06-05", "2012-06-03"),
]


@pytest.mark.parametrize(("text", "day", "counted_from"), COUNTED)
def test_what_came_after_something_has_its_day_and_so_has_the_other(text: str, day: str, counted_from: str) -> None:
    (time,) = [t for t in times(*analysed(text, WRITTEN)) if t.span.text.lower().endswith("after")]
    assert time.when is not None
    assert (time.when.edtf, time.counted_from) == (day, counted_from)


def test_two_days_after_nothing_that_is_told_has_no_day() -> None:
    (time,) = times(*analysed("He fled two days after a bomb killed six people.", None))
    assert (time.when, time.counted_from) == (None, None)


def killed(text: str, words: str) -> Incident:
    return next(
        i for i in read(text, WRITTEN).incidents for c in i.of("victim") if any(words in s.text for s in c.evidence)
    )


def test_each_of_two_attacks_is_laid_on_its_own_day() -> None:
    text = (
        "A bomb killed six traders at a market in Aleppo on Tuesday, state media reported. The blast came two days "
        "after gunmen killed a judge in Homs."
    )
    assert {*values(killed(text, "traders"), "when")} == {"2012-06-05"}
    assert {*values(killed(text, "judge"), "when")} == {"2012-06-03"}


HISTORY = """2003: The war begins

Fighting broke out in March 1999, 2000 and 2001, and after talks in 2002 it stopped. On 9 April the city fell. In late
2008 the court said so. On 15 April the war was declared over.

2005-2007: The long siege

The town was cut off in 1998 as in 1996, and relief came in 1997. By 3 May the last road was closed.
"""


def test_a_heading_gives_the_years_below_it() -> None:
    found = {t.span.text: t.value for t in times(*analysed(HISTORY, None))}
    assert (found["9 April"], found["15 April"]) == ("2003-04-09", "2003-04-15")
    assert found["3 May"].startswith(("2005", "2006", "2007"))


VAGUE = [
    ("There was fear of future attacks.", "FUTURE_REF"),
    ("Recent attacks killed six.", "PAST_REF"),
    ("The current mayor fled.", "PRESENT_REF"),
    ("Nobody was there at the time.", "PAST_REF"),
]


@pytest.mark.parametrize(("text", "value"), VAGUE)
def test_words_that_only_point_are_times_without_a_day(text: str, value: str) -> None:
    assert [(t.value, t.when) for t in times(*analysed(text, WRITTEN))] == [(value, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Two deputies were present.",
        "He fled for the first time.",
        "This time they fled.",
        "They left by the time he came.",
        "The fall of the city was bloody.",
        "They drank from a spring.",
        "The Arab Spring began.",
    ],
)
def test_words_that_look_so_and_are_none(text: str) -> None:
    assert times(*analysed(text, WRITTEN)) == ()
