"""EDTF values: what they mean in days, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError, SaysoError
from sayso.model.edtf import bounds, is_interval, validate

D = date


@pytest.mark.parametrize(
    ("edtf", "low", "high"),
    [
        ("2011-10-31", D(2011, 10, 31), D(2011, 10, 31)),
        ("2010-03", D(2010, 3, 1), D(2010, 3, 31)),
        ("2012-02", D(2012, 2, 1), D(2012, 2, 29)),
        ("2010", D(2010, 1, 1), D(2010, 12, 31)),
        ("198X", D(1980, 1, 1), D(1989, 12, 31)),
        ("19XX", D(1900, 1, 1), D(1999, 12, 31)),
        ("2011-10-XX", D(2011, 10, 1), D(2011, 10, 31)),
        ("2011-XX-XX", D(2011, 1, 1), D(2011, 12, 31)),
        ("2011-22", D(2011, 6, 1), D(2011, 9, 23)),
        ("2011-24", D(2011, 1, 1), D(2012, 3, 21)),
        ("2011-10-31?", D(2011, 10, 31), D(2011, 10, 31)),
        ("2011-10-31T08:20:00Z", D(2011, 10, 31), D(2011, 10, 31)),
        ("2011-10-01/2011-10-31", D(2011, 10, 1), D(2011, 10, 31)),
        ("2011-10/2011-11", D(2011, 10, 1), D(2011, 11, 30)),
        ("../2011-10-31", None, D(2011, 10, 31)),
        ("2011-10-31/..", D(2011, 10, 31), None),
        ("XXXX-10-31", None, None),
        ("XXXX-02-29", None, None),
        ("XXXX-XX-XX", None, None),
        ("XXXX-10", None, None),
        ("-0479", None, None),
        ("0000", None, None),
        ("9999", D(9999, 1, 1), D(9999, 12, 31)),
        ("Y17000", None, None),
    ],
)
def test_an_edtf_value_lies_between_two_days(edtf: str, low: date | None, high: date | None) -> None:
    assert bounds(edtf) == (low, high)
    assert validate(edtf) == edtf


@pytest.mark.parametrize(
    "nonsense",
    [
        "", "2011-02-31", "2011-02-29", "XXXX-02-30", "2011-13", "2011-00", "2011-10-00", "2011-10-31/2011-10-01",
        "May", "2011-10-31T25:00:00", "2011-XX-05", "20111031", "2011-1-1", "2011-10-31 ",
        "２０１１", "1/2/3", "2011-24-01",
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_the_value(nonsense: str) -> None:
    with pytest.raises(InputError) as caught:
        bounds(nonsense)
    assert caught.value.value == nonsense and caught.value.next_step


@given(st.dates(), st.dates())
def test_the_bounds_of_an_interval_are_its_ends_or_it_is_refused(one: date, other: date) -> None:
    edtf = f"{one.isoformat()}/{other.isoformat()}"
    assert is_interval(edtf)
    if one <= other:
        assert bounds(edtf) == (one, other)
    else:
        with pytest.raises(SaysoError):
            bounds(edtf)


@given(st.from_regex(r"(-?[0-9X]{4}(-[0-9X]{2}(-[0-9X]{2})?)?)(/[0-9X]{4}(-[0-9X]{2})?)?", fullmatch=True))
def test_the_low_end_is_never_after_the_high_end(edtf: str) -> None:
    try:
        low, high = bounds(edtf)
    except SaysoError:
        return
    assert low is None or high is None or low <= high


@given(st.text(max_size=20))
def test_any_text_is_either_a_date_or_a_clear_error(text: str) -> None:
    try:
        bounds(text)
    except InputError as error:
        assert error.next_step
