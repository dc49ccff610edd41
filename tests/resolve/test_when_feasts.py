"""Feasts, fiscal and school years, and days counted from a date that stands behind: what the calendar says of them."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.cli.aloud import analysed
from sayso.model.when import When
from sayso.resolve.when import times
from sayso.resolve.when.feasts import feasts
from sayso.resolve.when.lexicon import dates

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
    ("A bomb exploded on Eid al-Fitr.", "2018-06-14/2018-06-16"),
    ("Six died in the holy month of Ramadan.", "2019-05-06/2019-06-04"),
    ("They died on Orthodox Easter Sunday 2018.", "2018-04-08"),
    ("It came on the eve of the war, on Yom Kippur.", "2018-09-19"),
    ("She will speak on New Year's Eve.", "2019-12-31"),
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


@pytest.mark.parametrize("year", [1583, 1818, 1943, 2000, 2024, 2038, 9990])
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    (day,) = feasts("easter+0", year)
    assert day.isoweekday() == 7
    assert date(year, 3, 22) <= day <= date(year, 4, 25)


TABLES = [
    ("easter+0", 1818, "1818-03-22"),
    ("easter+0", 1943, "1943-04-25"),
    ("easter+0", 2038, "2038-04-25"),
    ("orthodox+0", 2021, "2021-05-02"),
    ("tishri+0", 2019, "2019-09-30"),
    ("tishri+9", 1973, "1973-10-06"),
    ("tishri-163", 2002, "2002-03-28"),
    ("islamic10-1", 2011, "2011-08-31"),
    ("islamic12-10", 2015, "2015-09-24"),
    ("islamic1-10", 2004, "2004-03-02"),
    ("islamic10-1", 2000, "2000-01-08 2000-12-28"),
    ("05-1--1", 2018, "2018-05-28"),
    ("02-29", 2019, ""),
    ("easter+0", 1066, ""),
]


@pytest.mark.parametrize(("rule", "year", "days"), TABLES)
def test_feasts_agree_with_the_tables(rule: str, year: int, days: str) -> None:
    assert " ".join(map(str, feasts(rule, year))) == days


@pytest.mark.parametrize("year", [1583, 9990, 1582, 9999, 0, -5])
def test_no_rule_of_the_language_fails_at_the_ends_of_the_calendar(year: int) -> None:
    classes = [members for name, members in dates()["words"].items() if name not in ("ZONE", "WEEKENDS")]
    rules = {rule for members in classes for rule in members.values() if isinstance(rule, str) and "-" in rule}
    assert len([feasts(rule, year) for rule in rules]) == len(rules)


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
