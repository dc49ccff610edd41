"""The times that news English names, and where they lie."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotate.grammar import analyse
from sayso.model.analysis import Analysis
from sayso.model.article import Article, Block, Dateline, OffsetMap
from sayso.model.edtf import bounds
from sayso.model.span import Span
from sayso.model.when import TimeMention
from sayso.resolve.when import times
from tests import timing

PUBLISHED = date(2011, 11, 9)
"""A Wednesday."""


def article(text: str, published: date | None = PUBLISHED, dateline: str | None = None) -> Article:
    """Return a text as an article of one block; `dateline` are the words of the dateline's day."""
    at = text.find(dateline) if dateline else 0
    line = Dateline(place=None, day=Span(start=at, end=at + len(dateline), text=dateline), end=at) if dateline else None
    return Article(
        id="a",
        text=text,
        blocks=(Block(start=0, end=len(text), role="body"),),
        offsets=OffsetMap(starts=(0,), origins=(0,), lengths=(len(text),)),
        name="a.txt",
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        dateline=line,
        published=published,
    )


def found(text: str, published: date | None = PUBLISHED, dateline: str | None = None) -> list[TimeMention]:
    """Return the time mentions of a text."""
    whole = article(text, published, dateline)
    return list(times(whole, analyse(whole)))


def bare(text: str) -> Analysis:
    """Return an analysis with no grammar at all, as of a text that no tagger has seen."""
    return Analysis(text=text, source_text=text, tokens=(), sentences=(), names=(), quotations=())


def edtf(text: str, published: date | None = PUBLISHED, dateline: str | None = None) -> list[str | None]:
    """Return the EDTF values of a text's mentions (None for a mention that cannot be placed)."""
    return [m.when.edtf if m.when else None for m in found(text, published, dateline)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The pier was bombed on October 31, 2009.", "2009-10-31"),
        ("The pier was bombed on 31 Oct 2009.", "2009-10-31"),
        ("The pier was bombed on the 31st of October 2009.", "2009-10-31"),
        ("The log reads 2009-10-31 for the blast.", "2009-10-31"),
        ("The log reads 31/10/2009 for the blast.", "2009-10-31"),
        ("The pier was bombed on Tuesday, October 31.", "2011-10-31"),
        ("The pier was bombed on Oct. 31.", "2011-10-31"),
        ("The pier was bombed in March 2010.", "2010-03"),
        ("The group was founded in 2010.", "2010"),
        ("The pier was bombed in October.", "2011-10"),
        ("The pier was bombed in December.", "2010-12"),
        ("Elections will be held in December.", "2011-12"),
        ("The trial is scheduled for February 3.", "2012-02-03"),
        ("The pier was bombed on November 20.", "2010-11-20"),
        ("The pier was bombed in late October.", "2011-10"),
        ("The pier was bombed at the end of March 2010.", "2010-03"),
        ("The film appeared earlier in October.", "2011-10"),
        ("They met earlier this month.", "2011-11"),
        ("They met last month.", "2011-10"),
        ("They met last week.", "2011-10-31/2011-11-06"),
        ("They met last year.", "2010"),
        ("They met yesterday.", "2011-11-08"),
        ("They met the day before yesterday.", "2011-11-07"),
        ("They met last night.", "2011-11-08"),
        ("They met early on Sunday.", "2011-11-06"),
        ("They met on Tuesday.", "2011-11-08"),
        ("They met on Wednesday.", "2011-11-09"),
        ("They will meet on Friday.", "2011-11-11"),
        ("A bus was set on fire on Friday.", "2011-11-04"),
        ("The trial is set for Friday.", "2011-11-11"),
        ("He is due in court on Friday.", "2011-11-11"),
        ("The trial begins Monday.", "2011-11-14"),
        ("A bus burned in the early hours of Saturday.", "2011-11-05"),
        ("They met last Wednesday.", "2011-11-02"),
        ("They meet next Monday.", "2011-11-14"),
        ("They met three days ago.", "2011-11-06"),
        ("They met two months ago.", "2011-09"),
        ("They met in summer 2010.", "2010-22"),
        ("They met last summer.", "2011-22"),
        ("They met in the 1980s.", "198X"),
        ("They met in the 19th century.", "18XX"),
        ("Shelling went on overnight.", "2011-11-08/2011-11-09"),
        ("Two more died in the past few hours.", "2011-11-08/2011-11-09"),
        ("From 3 to 7 May the town was shelled.", "2011-05-03/2011-05-07"),
        ("The town was shelled between October 1 and 5.", "2011-10-01/2011-10-05"),
        ("The town was shelled from 2003 to 2005.", "2003/2005"),
        ("He has lived there since 2009.", "2009/.."),
        ("They were held until October 12, 2010.", "../2010-10-12"),
        ("They must pay by November 30.", "../2011-11-30"),
        ("They fled before October 12, 2010.", "../2010-10-11"),
    ],
)
def test_a_time_is_as_narrow_as_its_words_and_no_narrower(text: str, value: str) -> None:
    assert edtf(text) == [value]


@pytest.mark.parametrize(
    ("text", "value", "clock"),
    [
        ("A bomb went off at 8:20 a.m. on Tuesday.", "2011-11-08", "08:20"),
        ("A bomb went off on Tuesday at about 9 pm local time.", "2011-11-08", "21:00"),
        ("A bomb went off at midnight on Monday.", "2011-11-07", "00:00"),
        ("A bomb went off at 1430 GMT on October 3.", "2011-10-03", "14:30"),
        ("A bomb went off at 9 o'clock in the evening on Monday.", "2011-11-07", "21:00"),
        ("A bomb went off at 12:05 a.m. on Monday.", "2011-11-07", "00:05"),
        ("A bomb went off at 7.45pm on Monday.", "2011-11-07", "19:45"),
        ("A bomb went off at 9 p.m. near the pier.", "XXXX-XX-XX", "21:00"),
    ],
)
def test_a_clock_time_stands_with_its_day(text: str, value: str, clock: str) -> None:
    (mention,) = found(text)
    assert mention.type == "TIME" and mention.when
    assert (mention.when.edtf, mention.when.clock) == (value, clock)


@pytest.mark.parametrize(
    "text",
    [
        "Mr May may march to the pier.",
        "Protesters march on the town hall.",
        "Theresa May spoke to the miners.",
        "The Second of July Square was full.",
        "He fought for the 17 November group.",
        "The boy, aged 12, and a 10-year-old girl beat them 3-2.",
        "The woman was 34 years old.",
        "Call 555-1990 or +7 712 1990.",
        "Version 10.2011 came out.",
        "Police seized 2000 rifles and 1990 rounds.",
        "Flight 1990 to Karvel left.",
        "It is the worst of the Bloody Sunday songs.",
        "He lives in the 2000 block of Quay Street.",
        "On 31 February 2011 nothing happened.",
        "A second attack failed.",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert [m.span.text for m in found(text)] == []


def test_without_an_anchor_nothing_is_guessed() -> None:
    """A year-less date keeps its unknown year; a weekday and "last month" cannot be placed."""
    assert edtf("A bomb went off on October 31.", None) == ["XXXX-10-31"]
    assert edtf("A bomb went off in October.", None) == ["XXXX-10"]
    assert edtf("A bomb went off on Sunday.", None) == [None]
    assert edtf("A bomb went off last month.", None) == [None]
    assert edtf("A bomb went off yesterday.", None) == [None]


def test_the_dateline_is_the_anchor_where_the_publication_day_is_not_known() -> None:
    text = "PORT VARDA, 13 DEC 89 (Uplands Wire) -- Gunmen shot a judge yesterday. A bomb had gone off on October 31."
    assert edtf(text, None, "13 DEC 89") == ["1989-12-13", "1989-12-12", "1989-10-31"]


def test_a_dateline_without_a_year_leaves_the_year_open() -> None:
    text = "PORT VARDA, 13 December (Uplands Wire) -- Gunmen shot a judge yesterday. On Sunday it rained."
    assert edtf(text, None, "13 December") == ["XXXX-12-13", "XXXX-12-12", None]


def test_the_dateline_goes_before_the_publication_day_for_today_and_yesterday() -> None:
    text = "PORT VARDA, 31 October (Uplands Wire) -- Gunmen shot a judge yesterday."
    assert edtf(text, date(2011, 11, 1), "31 October") == ["2011-10-31", "2011-10-30"]


def test_a_year_told_in_the_article_serves_dates_without_one() -> None:
    assert edtf("On 3 May 2009 a judge was shot. On 5 May a pier was bombed.", None) == ["2009-05-03", "2009-05-05"]


def test_the_end_of_a_list_gives_its_year_to_all() -> None:
    assert edtf("From March 3 to April 5, 2009, it rained.") == ["2009-03-03/2009-04-05"]
    assert edtf("It rained on 3, 4 and 7 May 2009.") == ["2009-05-03", "2009-05-04", "2009-05-07"]
    assert edtf("It rained on October 1 and 5, 2009.") == ["2009-10-01", "2009-10-05"]


def test_what_hangs_on_an_event_says_so() -> None:
    """ "A day later" counts from the day told before, and stays open where none was."""
    first, later = found("A bomb went off on Monday. Two days later the mayor fled.")
    assert later.relative_to == "event" and later.when and later.when.edtf == "2011-11-09"
    first, later = found("A blast killed two on October 3. Two days after the blast the mayor fled.")
    assert later.relative_to == "event" and later.when and later.when.edtf == "2011-10-05"
    assert first.relative_to is None
    (alone,) = found("Two days later the mayor fled.")
    assert alone.relative_to == "event" and alone.when is None


def test_the_day_on_which_something_is_said_dates_no_event() -> None:
    mentions = found("Police said on Tuesday that a judge had been shot. Two days later the mayor fled.")
    assert [m.when.edtf if m.when else None for m in mentions] == ["2011-11-08", None]


def test_what_is_counted_back_without_an_event_hangs_on_the_day_of_the_saying() -> None:
    text = "Police said on November 7 that gunmen opened fire on the station two days earlier."
    assert edtf(text) == ["2011-11-07", "2011-11-05"]


def test_a_day_by_which_something_is_due_lies_ahead() -> None:
    assert edtf("They will kill him unless a ransom is paid by Nov. 17.")[-1].endswith("2011-11-17")  # type: ignore[union-attr]


def test_an_unclear_numeric_date_is_left_out() -> None:
    assert found("The log reads 05/06/2009.") == []


def test_values_are_timex3() -> None:
    values = [
        m.value for m in found("It rained last week, on Monday morning, every Tuesday, for three days and in 2010.")
    ]
    assert values == ["2011-W44", "2011-11-07TMO", "XXXX-WXX-2", "P3D", "2010"]


def test_durations_and_sets_are_no_dates() -> None:
    for mention in found("It rained daily for 48 hours, every Monday and for two and a half years."):
        assert mention.type in ("DURATION", "SET") and mention.when is None


def test_a_history_takes_its_years_from_its_own_story() -> None:
    """In a text that tells of years long gone, a bare month belongs to the year told last."""
    years = " ".join(f"In {y} the league met in Karvel." for y in range(1921, 1930))
    assert edtf(f"{years} In March it fell apart.")[-1] == "1929-03"


def test_basis_tells_what_was_assumed() -> None:
    outright, assumed, relative = found("It rained on 3 May 2009, on October 3 and on Tuesday.")
    assert [m.when.basis for m in (outright, assumed, relative) if m.when] == ["explicit", "assumed_year", "relative"]


def check(mentions: tuple[TimeMention, ...], text: str) -> None:
    """Assert what holds for every mention of every text."""
    last = 0
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.span.text
        assert mention.span.start >= last
        last = mention.span.end
        if mention.when:
            low, high = mention.when.earliest, mention.when.latest
            assert bounds(mention.when.edtf) == (low, high)
            assert low is None or high is None or low <= high


DATE_WORDS = """
May March 31 2011 1989 0 9999 10:30 p.m. yesterday last next the of in on Monday , . ( ) - to from between and
two few days weeks years ago later before after early end October Oct. 31st '89 1980s century BC first half
summer fall every night morning midnight GMT 1430 same previous following that this year month week 2011-10-31
29 February 00/00/0000 31/12/9999 12 2400 o'clock Christmas new year's day eve 100 hundred by since until decade
a an
"""
WORDS = st.sampled_from(DATE_WORDS.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40), st.one_of(st.none(), st.dates()))
def test_any_heap_of_date_words_is_read_without_an_error(heap: list[str], published: date | None) -> None:
    text = " ".join(heap)
    check(times(article(text, published), bare(text)), text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.one_of(st.none(), st.dates()))
def test_any_text_is_read_without_an_error(text: str, published: date | None) -> None:
    check(times(article(text, published), bare(text)), text)


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=25))
def test_parsed_heaps_are_read_without_an_error(heap: list[str]) -> None:
    text = " ".join(heap)
    check(tuple(found(text)), text)


UNITS = ["May 3 2011 ", "3, ", "from 3 to 7 May and ", "two days after ", "- ", "the early ", "1989-", "May 3, 4, "]
UNITS += ["the last week of ", "499-493 BC ", "of '89, ", "a year and a half "]


def seconds(unit: str, tokens: int) -> float:
    """Return the processor time that a text of so many date-like tokens takes."""
    text = unit * (tokens // len(unit.split()))
    return timing.seconds(lambda: times(article(text), bare(text)))


@pytest.mark.parametrize("unit", UNITS)
def test_a_text_of_date_words_takes_linear_time(unit: str) -> None:
    """Eight times the text takes about eight times as long, not sixty-four."""
    seconds(unit, 500)
    small, large = seconds(unit, 1_250), seconds(unit, 10_000)
    assert large < 24 * max(small, 0.01)


def test_twenty_thousand_date_words_of_all_kinds_are_read_in_seconds() -> None:
    assert seconds("".join(UNITS), 20_000) < 20


def test_a_hundred_thousand_words_that_count_from_each_other_take_linear_time() -> None:
    """Each "two days after" looks at the few times behind it, not at all that stand before it."""
    small, large = seconds("two days after ", 12_500), seconds("two days after ", 100_000)
    assert large < 16 * max(small, 0.05)
