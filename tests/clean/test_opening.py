"""Datelines, bylines and day lines, in the forms that agencies and outlets write them."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.clean.dates import day_line, day_of
from sayso.clean.opening import byline_of, opening_of, without_marks
from sayso.clean.traced import Traced


@pytest.mark.parametrize(
    ("text", "place", "day", "source", "follows"),
    [
        ("LESNA -- The office said", "LESNA", None, None, "The office"),
        ("LESNA — The office said", "LESNA", None, None, "The office"),
        ("LESNA, November 9 (Reuters) - The office", "LESNA", "November 9", "Reuters", "The office"),
        ("PORT VARDA, 13 DEC 89 (AFP) -- LAST NIGHT", "PORT VARDA", "13 DEC 89", "AFP", "LAST NIGHT"),
        ("SAN TELMO (ACAN-EFE) -- THE ARMY SAID", "SAN TELMO", None, "ACAN-EFE", "THE ARMY"),
        ("NEW VARDA, Ostmark (AP) — Police said", "NEW VARDA, Ostmark", None, "AP", "Police"),
        ("St. Orin, Minn. (AP) -- A man", "St. Orin, Minn.", None, "AP", "A man"),
        ("LESNA/OSSK, Feb 24 (Reuters) - Troops", "LESNA/OSSK", "Feb 24", "Reuters", "Troops"),
        ("LESNA, Ostmark, Nov. 3 — The", "LESNA, Ostmark", "Nov. 3", None, "The"),
        ("LESNA (OSTMARK), 12 JAN 90 (OTV) -- X WAS", "LESNA (OSTMARK)", "12 JAN 90", "OTV", "X WAS"),
        ("NO CITY (OSTMARK), 5 FEB 89 (OTV) -- X WAS", "OSTMARK", "5 FEB 89", "OTV", "X WAS"),
        ("CLANDESTINE, 8 JAN 90 (RADIO DAWN)-- A BULLETIN", None, "8 JAN 90", "RADIO DAWN", "A BULLETIN"),
        ("LESNA, NO DATE (OTV) -- FELLOW", "LESNA", None, "OTV", "FELLOW"),
        ("OSSK, August 21. /KT/. Aircraft of", "OSSK", "August 21", "KT", "Aircraft"),
        ("San Pedro, June 9 (2017). -- Police on", "San Pedro", "June 9 (2017)", None, "Police"),
        ("14:05 | Lesna, Aug. 21. The army said", "Lesna", "Aug. 21", None, "The army"),
        ("LESNA: The number", "LESNA", None, None, "The number"),
        ("Lesna – Police said", "Lesna", None, None, "Police"),
        ("(Reuters) - A bomb", None, None, "Reuters", "A bomb"),
        ("(AP) LESNA, Ostmark - A bomb", "LESNA, Ostmark", None, "AP", "A bomb"),
    ],
)
def test_a_dateline_is_read(text: str, place: str | None, day: str | None, source: str | None, follows: str) -> None:
    opening = opening_of(text)
    assert opening is not None
    assert (opening.place and text[slice(*opening.place)]) == place
    assert (opening.day and text[slice(*opening.day)]) == day
    assert opening.source == source
    assert text[opening.end :].startswith(follows)


@pytest.mark.parametrize(
    "text",
    [
        "He said -- loudly -- that it was over.",
        "Irena Maro — a spokeswoman — said so.",
        "Police - who came late - said so.",
        "BREAKING -- Two people were killed.",
        "UPDATE: Police have named the man.",
        "THE ARMY SAID TODAY -- IN ITS BULLETIN -- THAT IT WAS OVER.",
        "Tomas Reljic, 30, was held.",
        "LESNA",
        "",
    ],
)
def test_other_openings_are_no_dateline(text: str) -> None:
    assert opening_of(text) is None


def test_speakers_of_a_transcript_are_no_places() -> None:
    from sayso.clean.article import article_of
    from sayso.model.article import Capture

    said = (
        "IRENA MARO: We have arrested four men and we will say more about this tomorrow.\n\n"
        "JANA HOLT: Were they armed when you arrested them in the harbour?"
    )
    assert article_of(Capture(name="a", content=said, media_type="text", sha256="0")).dateline is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("LESNA, 3 JAN 90 -- [REPORT] [PRESS OFFICE, OPO] [TEXT] THE ARMY SAID", "LESNA, 3 JAN 90 -- THE ARMY SAID"),
        ("LESNA, 3 JAN 90 -- [TEXT] [CONTINUED] THE ARMY", "LESNA, 3 JAN 90 -- THE ARMY"),
        ("HE SAID SO [PASSAGE OMITTED] AND LEFT", "HE SAID SO AND LEFT"),
        ("[MARO] WE KNOW THE FRONT [HF] WELL", "[MARO] WE KNOW THE FRONT [HF] WELL"),
        ('[The men] "are dead," he said', '[The men] "are dead," he said'),
    ],
)
def test_marks_of_editors_are_taken_out(text: str, left: str) -> None:
    assert without_marks(Traced(text)).text == left


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jana Holt", ("Jana Holt",)),
        ("By Jana Holt and Lev Aron, Varda Courier", ("Jana Holt", "Lev Aron")),
        ("BY JANA HOLT", ("JANA HOLT",)),
        ("by Jana Holt Jul. 19, 2026 9:45 am", ("Jana Holt",)),
        ("By Associated Press", ()),
        ("By Our Correspondent", ()),
        ("By Jana Holt | 3 May 2019", ("Jana Holt",)),
        ("By Monday the men were free.", None),
        ("Bystanders ran.", None),
        ("by the time they came", None),
    ],
)
def test_a_byline_gives_its_names(line: str, authors: tuple[str, ...] | None) -> None:
    assert byline_of(line) == authors


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2019-05-03", date(2019, 5, 3)),
        ("2019-05-03T23:30:00-05:00", date(2019, 5, 3)),
        ("2019-05-03T23:30:00.000Z", date(2019, 5, 3)),
        ("Fri, 03 May 2019 08:00:00 GMT", date(2019, 5, 3)),
        ("May 3, 2019", date(2019, 5, 3)),
        ("3 May 2019", date(2019, 5, 3)),
        ("2019-02-30", None),
        ("31 April 2019", None),
        ("03/05/2019", None),
        ("May 2019", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_is_read_only_where_it_is_written(value: str, day: date | None) -> None:
    assert day_of(value) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 3 May 2019 14:05 GMT", date(2019, 5, 3)),
        ("3 May 2019 Last updated at 14:05 GMT", date(2019, 5, 3)),
        ("3 May 2019 @ 09:29 pm", date(2019, 5, 3)),
        ("Friday, May 3, 2019", date(2019, 5, 3)),
        ("22nd October 2018", date(2018, 10, 22)),
        ("Last updated: 3 May 2019", None),
        ("On 3 May 2019 two men came", None),
    ],
)
def test_a_line_that_is_a_day_is_told_from_one_that_holds_one(line: str, day: date | None) -> None:
    assert day_line(line) == day
