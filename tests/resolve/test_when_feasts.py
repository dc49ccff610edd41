"""Feasts, fiscal and school years, and days counted from a date that stands behind: what the calendar says of them."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.cli.aloud import analysed
from sayso.model.when import When
from sayso.resolve.when import times
from sayso.resolve.when.moment import feast

WRITTEN = date(2019, 5, 7)
SAID = [
    ("He was killed on Good Friday.", "2019-04-19"),
    ("He died on Easter Sunday 2018.", "2018-04-01"),
    ("It began on Ash Wednesday.", "2019-03-06"),
    ("It happened on Thanksgiving.", "2018-11-22"),
    ("They met on Memorial Day 2018.", "2018-05-28"),
    ("The attack came on Boxing Day.", "2018-12-26"),
    ("A bomb exploded on New Year's Eve 2017.", "2017-12-31"),
    ("She said so on New Year's Eve.", "2018-12-31"),
    ("He was shot on New Year's Day.", "2019-01-01"),
    ("In fiscal year 2018 the army bought guns.", "2017/2018"),
    ("In the 2017-18 school year, pupils died.", "2017/2018"),
    ("It came two days after a raid on Good Friday.", "2019-04-21"),
    ("A man was held three days after the May 2 bombing.", "2019-05-05"),
]


@pytest.mark.parametrize(("text", "edtf"), SAID)
def test_feasts_and_years_have_their_days(text: str, edtf: str) -> None:
    first = next(t for t in times(*analysed(text, WRITTEN)) if t.when)
    assert first.when is not None
    assert first.when.edtf == edtf


def test_a_feast_without_a_year_is_no_day_of_some_year() -> None:
    assert all(t.when is None for t in times(*analysed("He was killed on Good Friday.", None)))


@pytest.mark.parametrize("year", [1583, 1818, 1943, 2000, 2024, 2038, 9998])
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    day = feast("easter+0", year)
    assert day is not None
    assert day.isoweekday() == 7
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


def test_easter_agrees_with_the_tables() -> None:
    told = {1818: "1818-03-22", 1943: "1943-04-25", 2000: "2000-04-23", 2024: "2024-03-31", 2038: "2038-04-25"}
    assert {year: str(feast("easter+0", year)) for year in told} == told


CODES = [
    (date(2019, 5, 1), date(2019, 5, 1), 1, 1),
    (date(2019, 5, 1), date(2019, 5, 3), 2, 2),
    (date(2019, 5, 6), date(2019, 5, 12), 2, 3),
    (date(2019, 5, 1), date(2019, 5, 31), 3, 4),
    (date(2019, 1, 1), date(2019, 12, 31), 3, 5),
    (None, None, None, None),
]


@pytest.mark.parametrize(("first", "last", "acled", "ucdp"), CODES)
def test_precision_has_the_codes_of_the_field(
    first: date | None, last: date | None, acled: int | None, ucdp: int | None
) -> None:
    when = When(edtf="2019", earliest=first, latest=last, basis="explicit")
    assert (when.time_precision, when.date_prec) == (acled, ucdp)
