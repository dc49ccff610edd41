"""What people see: the record of the invented report at 80 and 120 columns, with and without colours."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from sayso.cli.render import render
from sayso.export.record import record_of
from sayso.export.shapes import Evidence
from sayso.export.words import day_words, elide, quote, span_of_counts
from sayso.model.claim import Actor
from sayso.model.reading import Reading
from tests.invented import reading


def shown(width: int, *, given: Reading | None = None, terminal: bool = False) -> str:
    out = Console(width=width, file=io.StringIO(), force_terminal=terminal, highlight=False, emoji=False, markup=False)
    render(record_of(given or reading()), out)
    assert isinstance(out.file, io.StringIO)
    return out.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal_or_ends_in_blanks(width: int) -> None:
    for line in shown(width).splitlines():
        assert len(line) <= width + 1, line  # the candle is two cells wide, one character long
        assert line == line.rstrip()


def test_piped_output_has_no_colours_and_a_terminal_has() -> None:
    assert "\x1b" not in shown(80)
    assert "\x1b[" in shown(80, terminal=True)


def test_the_head_tells_who_published_it_when_and_how_much_was_found() -> None:
    first, title, *_ = shown(80).splitlines()
    assert first.startswith("The Karvel Ledger, 9 June 2019") and first.endswith("3 incidents, 7 statements")
    assert title == "Ministry Blames Ashen Lantern For Tram Depot Blast"


def test_an_incident_opens_with_kind_stage_day_and_place() -> None:
    assert "1  BOMBING, accomplished   2019-06-06   Karvel, Uplands, Ostmark" in shown(80)
    assert "2  THREAT, threatened   on or before 2019-06-09   no place given" in shown(80)


def test_nobody_who_is_accused_stands_without_alleged_and_who_says_so() -> None:
    lines = shown(120).splitlines()
    at = next(k for k, line in enumerate(lines) if "Bresk Otalin, aged 31" in line)
    assert lines[at].endswith("Bresk Otalin, aged 31 - alleged; disputed")
    told = " ".join(" ".join(lines[at + 1 : at + 6]).split())
    assert "accused by authorities, 8 Jun 2019: Ilva Dorn" in told
    assert "said to have confessed, 8 Jun 2019: Ilva Dorn" in told
    assert "denied: Mira Salk" in told


def test_those_of_whom_the_same_is_said_stand_together() -> None:
    given = reading()
    bombing = given.incidents[0]
    accused = next(c for c in bombing.claims if c.id == "i1.c9")
    twin = replace(accused, id="x", value=Actor(name="Odo Marn", kind="person"))
    alone = replace(bombing, claims=(accused, twin))
    text = shown(120, given=replace(given, incidents=(alone,)))
    assert "Bresk Otalin, aged 31 - alleged" in text and "Odo Marn - alleged" in text
    assert text.count("accused by authorities") == 1


def test_counts_stand_as_a_range_with_each_count_and_its_speaker() -> None:
    text = shown(120)
    assert "killed       2 to 3\n" in text
    assert "3         Ilva Dorn, 8 Jun 2019" in text
    assert "at least 11" in text


def test_the_timeline_goes_by_day_and_puts_a_reported_statement_under_the_one_that_reports_it() -> None:
    text = shown(120)
    who = text[text.index("Who says so") : text.index("Not known")].splitlines()
    speakers = [line[15:57].strip() for line in who[1:] if line[15:57].strip()]
    assert speakers == [
        "The tram company", "Ashen Lantern", "Ilva Dorn, for the Ministry of Order",
        "Bresk Otalin", "Ashen Lantern (in a caption)", "Mira Salk",
    ]  # fmt: skip
    assert next(line for line in who if "Bresk Otalin" in line).startswith(" " * 17)


def test_what_is_not_known_is_said_and_background_stands_last() -> None:
    text = shown(80)
    assert "\nNot known  when (2); where (2)\n" in text
    assert text.index("Background") > text.index("Not known")
    assert "assassination, accomplished, 2016-03, a tax collector, gunmen" in text


def test_a_report_without_incident_says_so() -> None:
    text = shown(80, given=replace(reading(), incidents=()))
    assert "no incident found" in text


def test_nothing_in_an_article_can_steer_the_terminal() -> None:
    given = reading()
    hostile = replace(given.article, outlet="The \x1b]0;Ledger\x07", title="A \x1b[31mred \u202edrow\r title")
    text = shown(80, given=replace(given, article=hostile))
    assert not set(text) & set("\x1b\x07\r\u202e")
    assert "red" in text


def test_a_long_quote_loses_its_middle() -> None:
    words = "said that four members of the Night Ferry had met in a flat by the canal and had bought two bags"
    short = elide(words, 60)
    assert len(short) <= 60
    assert short.startswith("said that four members") and short.endswith("bought two bags") and " ... " in short
    assert elide("short", 60) == "short"
    assert quote(Evidence(start=0, end=1, text="x", part="title"), 40) == '"x" (headline)'


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "words"),
    [
        ("2011-10-31", "2011-10-31", "2011-10-31", "31 Oct 2011"),
        ("2010-03", "2010-03-01", "2010-03-31", "Mar 2010"),
        ("2010", "2010-01-01", "2010-12-31", "2010"),
        ("2011-10-01/2011-10-30", "2011-10-01", "2011-10-30", "1 to 30 Oct 2011"),
        ("2011-09-30/2011-10-02", "2011-09-30", "2011-10-02", "30 Sep to 2 Oct 2011"),
        ("2010-12-30/2011-01-02", "2010-12-30", "2011-01-02", "30 Dec 2010 to 2 Jan 2011"),
        ("XXXX-10-31", None, None, "31 Oct of an unknown year"),
        ("../2011-10-31", None, None, "../2011-10-31"),
        (None, None, None, ""),
    ],
)
def test_days_in_words(edtf: str | None, earliest: str | None, latest: str | None, words: str) -> None:
    assert day_words(edtf, earliest, latest) == words


def test_counts_in_words() -> None:
    pairs = [(2, 2), (2, 3), (11, None), (0, 0), (0, 4), (0, None), (None, None)]
    assert [span_of_counts(*pair) for pair in pairs] == [
        "2", "2 to 3", "at least 11", "none", "up to 4", "some", "not known",
    ]  # fmt: skip


def test_that_no_one_has_claimed_it_is_said_so_and_not_laid_on_an_unnamed_source() -> None:
    given = reading()
    claim = replace(given.statements[-1], source=None, speaker=None, speaker_id=None, stance="denies", channel=None)
    text = " ".join(shown(120, given=replace(given, statements=(*given.statements[:-1], claim))).split())
    told = text[text.index("Who says so") : text.index("Not known")]
    assert "no one has claimed responsibility" in told and "an unnamed source" not in told
