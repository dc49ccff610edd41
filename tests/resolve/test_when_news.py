"""The times of general news: their words and TIMEX3 values, and what EDTF makes of them."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.cli.aloud import analysed
from sayso.resolve.when import times

WRITTEN = date(2013, 3, 22)
"""A Friday."""

VALUES = [
    ("Profit fell in the first quarter.", "the first quarter=2013-Q1"),
    ("Third-quarter profit fell in Karvel.", "Third-quarter=2012-Q3"),
    ("Profit fell in the fourth quarter of 2012.", "the fourth quarter of 2012=2012-Q4"),
    ("Profit will rise in the second half of the year.", "the second half of the year=2013-H2"),
    ("Profit fell from 3 million crowns a year earlier.", "a year earlier=2012"),
    ("Profit fell from the year-ago quarter.", "year-ago=2012"),
    ("Sales fell for the year.", "the year=2013"),
    ("The mill will close by year-end.", "year-end=2013"),
    ("The mill was shut over the weekend.", "the weekend=2013-W11-WE"),
    ("It opens on weekends and Sunday mornings.", "weekends=XXXX-WXX-WE | Sunday mornings=XXXX-WXX-7TMO"),
    ("The week of March 4 was wet.", "The week of March 4=2013-W10"),
    ("It rained in the last week of August 2012.", "the last week of August 2012=P1W"),
    ("This past Sunday two boats sank.", "This past Sunday=2013-03-17"),
    ("Two nights ago a barn burned.", "Two nights ago=2013-03-20TNI"),
    ("Over the last year prices fell.", "the last year=P1Y"),
    ("Over the past three years prices fell.", "the past three years=P3Y"),
    ("It took two and a half years.", "two and a half years=P2.5Y"),
    ("It took half an hour.", "half an hour=PT0.5H"),
    ("It took 1.5 hours and 1,000 days.", "1.5 hours=PT1.5H | 1,000 days=P1000D"),
    ("A month-long strike ended.", "month-long=P1M"),
    ("The yearlong strike ended.", "yearlong=P1Y"),
    ("The first nine months were bad.", "The first nine months=P9M"),
    ("It rained for two straight days.", "two straight days=P2D"),
    ("It rained all day.", "all day=P1D"),
    ("Thousands of years ago it was a sea.", "Thousands of years ago=PAST_REF"),
    ("At the moment he is ill.", "the moment=PRESENT_REF"),
    ("In the near future it will rain.", "the near future=FUTURE_REF"),
    ("He won the Friday race.", "Friday=2013-03-22"),
    ("It was rich in the sixties.", "the sixties=196"),
    ("The meeting is on Tuesday.", "Tuesday=2013-03-26"),
    ("He is leaving on Sunday.", "Sunday=2013-03-24"),
    ("The hearing was postponed until Monday.", "Monday=2013-03-25"),
    ("He faces a court on April 2.", "April 2=2013-04-02"),
    ("He was shot on April 2.", "April 2=2012-04-02"),
    ("Police are looking for men who fled on Sunday.", "Sunday=2013-03-17"),
    ("It burned at 2:30 p.m. EST on Tuesday.", "2:30 p.m. EST on Tuesday=2013-03-19T14:30-05"),
    ("It burned at 0230 GMT on Tuesday.", "0230 GMT on Tuesday=2013-03-19T02:30Z"),
    ("It burned at 3 p.m. local time.", "3 p.m. local time=XXXX-XX-XXT15:00"),
    ("It burned between 21:00 and 22:00 on Tuesday.", "21:00=2013-03-19T21:00 | 22:00 on Tuesday=2013-03-19T22:00"),
    ("It burned at 11 o'clock last night.", "11 o'clock last night=2013-03-21T23:00"),
    ("It burned at 12 noon on Tuesday.", "12 noon on Tuesday=2013-03-19T12:00"),
    ("He sank nine minutes after the crash.", "nine minutes=PT9M"),
    ("They meet each May.", "each May=XXXX-05"),
    ("In the summer of '69 it rained.", "the summer of '69=1969-SU"),
    ("It has been wet since '89.", "'89=1989"),
    ("Schools will be closed Wednesday and Thursday.", "Wednesday=2013-03-27 | Thursday=2013-03-28"),
    ("She died in the early hours of Sunday morning.", "the early hours of Sunday morning=2013-03-17TMO"),
    ("In a 2007 address to the Council he lied.", "2007=2007"),
    ("They look back on their 2012 attacks.", "2012=2012"),
    ("In the first hour of trading it fell.", "the first hour=PT1H"),
    ("Every other day it rained.", "Every other day=P2D"),
    ("A half-century ago it was found.", "A half-century ago=1963"),
    ("It rained from Monday night to Tuesday morning.", "Monday night to Tuesday morning=2013-03-18TNI/2013-03-19TMO"),
    ("A year and a half ago he fell.", "A year and a half ago=2011"),
    ("He goes on trial in September.", "September=2013-09"),
    ("He is on trial over the April 14 raid.", "April 14=2012-04-14"),
    ("Starting Monday, shops will close.", "Monday=2013-03-25"),
    ("The guards changed at night.", "night=XXXX-XX-XXTNI"),
]

OLD = [
    ("In the nineteenth century it was rich.", "the nineteenth century=18", "18XX"),
    ("In the eighth century B.C. it was rich.", "the eighth century B.C.=BC07", "-0799/-0700"),
    ("In the 470s BC it was rich.", "the 470s BC=BC047", "-0478/-0469"),
    ("They fought the war of 264 to 241 BC.", "264 to 241 BC=BC0264/BC0241", "-0263/-0240"),
    ("In 44 BC he fell.", "44 BC=BC0044", "-0043"),
    ("In A.D. 79 it burned.", "A.D. 79=0079", "0079"),
]

NONE = [
    "His future is bleak.",
    "He reads the Sunday Courier.",
    "June Brel and April Dorn sang.",
    "A quarter of the town burned.",
    "They scored in the first half.",
    "Luke 10:15 says so.",
    "A man in his early 30s fell.",
    "The 59-year old clerk fell.",
    "He drove a 1998 white Vardana.",
    "They seized the 2000 rifles.",
    "It burned at 25:00.",
    "She ran it in 2:05:10.",
    "It was the third raid in as many weeks.",
    "Version 10.4.3 came out.",
    "The score was 21-12.",
    "In year 0 it rained.",
    "On 29 February 2013 it rained.",
    "They strolled along Quay Street some day.",
]


def _told(text: str) -> str:
    return " | ".join(f"{t.span.text}={t.value}" for t in times(*analysed(text, WRITTEN)))


@pytest.mark.parametrize(("text", "told"), VALUES)
def test_words_of_time_have_their_bounds_and_their_value(text: str, told: str) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(("text", "told", "edtf"), OLD)
def test_years_before_christ_have_a_value_and_a_place(text: str, told: str, edtf: str) -> None:
    (mention,) = times(*analysed(text, WRITTEN))
    assert _told(text) == told
    assert mention.when is not None
    assert mention.when.edtf == edtf


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert _told(text) == ""


def test_a_week_of_a_month_is_its_seven_days() -> None:
    (mention,) = times(*analysed("It rained in the last week of August 2012.", WRITTEN))
    assert mention.when is not None
    assert mention.when.edtf == "2012-08-25/2012-08-31"


@pytest.mark.parametrize(
    "text", ["In the first quarter profit fell.", "It rained over the weekend.", "Two nights ago it rained."]
)
def test_without_a_day_of_writing_nothing_is_placed(text: str) -> None:
    assert [t.when for t in times(*analysed(text, None))] == [None]


COUNTED = [
    ("It was the worst since June 2007, and came a month after a ferry sank.", "June 2007=2007-06 | a month=P1M"),
    (
        "A clerk was shot in March 2010. A month after the shooting, she fled.",
        "March 2010=2010-03 | A month after=2010-04",
    ),
    ("He won in 2010. Two years later he fled.", "2010=2010 | Two years later=2012"),
    ("He fell two days before the vote.", "two days=P2D"),
]


@pytest.mark.parametrize(("text", "told"), COUNTED)
def test_what_is_counted_from_an_event_needs_the_time_of_that_event(text: str, told: str) -> None:
    assert _told(text) == told
