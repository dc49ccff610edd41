"""The publication day that a user gives."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.resolve.when import published_date


@pytest.mark.parametrize(
    "text",
    [
        "2011-11-09",
        "20111109",
        "2011-11-09T12:30:00Z",
        "2011-11-09 12:30",
        "9 November 2011",
        "9 Nov 2011",
        "Nov. 9, 2011",
        "November 9th, 2011",
        "Wednesday, November 9, 2011",
        "Wed, 09 Nov 2011 12:00:00 GMT",
        " 2011-11-09 ",
    ],
)
def test_iso_and_clear_english_forms_are_read(text: str) -> None:
    assert published_date(text) == date(2011, 11, 9)


def test_a_numeric_form_is_read_where_it_can_only_be_one_day() -> None:
    assert published_date("31/10/2011") == published_date("10/31/2011") == date(2011, 10, 31)


@pytest.mark.parametrize(
    "text",
    ["2011-02-31", "05/06/2011", "November 2011", "2011", "soon", "", "0000-01-01", "31 Floreal 2011", "13/13/2011"],
)
def test_anything_else_is_refused_with_the_value_and_the_next_step(text: str) -> None:
    with pytest.raises(InputError) as caught:
        published_date(text)
    assert caught.value.value == text and "YYYY-MM-DD" in str(caught.value)


@given(st.dates())
def test_every_day_written_in_full_is_read_back(day: date) -> None:
    assert published_date(day.isoformat()) == day


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_a_clear_error(text: str) -> None:
    try:
        published_date(text)
    except InputError as error:
        assert error.next_step
