"""What is shown to people, in words: days, counts, standings, acts and quotes."""

from __future__ import annotations

from datetime import date

from sayso.export.incident_shapes import QuantityValue, RangeRecord, StandingRecord
from sayso.export.shapes import Evidence, WhenRecord

ACTS = {
    "states": "says",
    "claims_responsibility": "claims responsibility",
    "accuses": "accuses",
    "denies": "denies",
    "confesses": "confesses",
    "threatens": "threatens",
    "demands": "demands",
    "confirms": "confirms",
    "doubts": "doubts",
    "condemns": "condemns",
}

NOT_DONE = {
    "states": "does not say",
    "accuses": "does not accuse",
    "demands": "does not demand",
    "claims_responsibility": "does not claim responsibility",
    "confesses": "does not confess",
}
"""Acts that are told only to say that they were not done."""
NO_ONE, NOT_BY_ANYONE = "no one", "has claimed responsibility"

STANDINGS = {
    "reported_as_fact": "reported as fact",
    "claimed": "claimed",
    "suspected": "suspected",
    "accused": "accused",
    "accused_by_authorities": "accused by authorities",
    "possible": "named as possible",
    "denied": "denied",
    "confessed": "said to have confessed",
    "charged": "charged",
    "convicted": "convicted",
    "acquitted": "acquitted",
}
ON_ITS_OWN_WORD = {
    "claimed": "claimed by itself",
    "confessed": "confesses",
    "denied": "denies it",
}

WHERE_PREC = {
    1: "exact",
    2: "near there",
    3: "district",
    4: "region only",
    5: "about there",
    6: "country only",
    7: "at sea or in the air",
}
ACCORDING = ", according to "
MARKS = (('"', '"'), ("“", "”"), ("«", "»"))
PARTS = {"title": "headline", "caption": "caption"}


def day(when: WhenRecord | None) -> str:
    """Return a time for people; empty for None."""
    return day_words(when.edtf, when.earliest, when.latest) if when else ""


def day_words(edtf: str | None, earliest: str | None, latest: str | None) -> str:
    """Return an EDTF value for people: `9 Nov 2011`, `Mar 2010`, `31 Oct of an unknown year`; empty for None."""
    if edtf is None:
        return ""
    if earliest is None or latest is None:
        return _yearless(edtf)
    first, last = date.fromisoformat(earliest), date.fromisoformat(latest)
    if first == last:
        return f"{first.day} {first:%b} {first.year}"
    if len(edtf) == 7 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%b} {first.year}"
    if edtf == str(first.year):
        return edtf
    if first.year != last.year:
        return f"{first.day} {first:%b} {first.year} to {last.day} {last:%b} {last.year}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{start} to {last.day} {last:%b} {last.year}"


def _yearless(edtf: str) -> str:
    parts = edtf.split("-")
    if len(parts) == 3 and parts[0] == "XXXX" and parts[1].isdigit() and parts[2].isdigit():
        return f"{int(parts[2])} {date(2000, int(parts[1]), 1):%b} of an unknown year"
    return edtf


def count(quantity: QuantityValue) -> str:
    """Return one count in words: `3`, `2 to 3`, `at least 11`, `about 100`."""
    return ("about " if quantity.approximate else "") + span_of_counts(quantity.low, quantity.high)


def span_of_counts(low: int | None, high: int | None) -> str:
    """Return a range in words; `none` for zero to zero, `some` without bounds, `not known` where all are denied."""
    if low is None:
        return "not known"
    if high is None:
        return f"at least {low}" if low else "some"
    if low == high:
        return str(low) if low else "none"
    return f"{low} to {high}" if low else f"up to {high}"


def range_words(shown: RangeRecord) -> str:
    """Return the range that counts span, in words."""
    held = [c for c in shown.counts if c.stance != "denies"]
    return count(held[0]) if len(held) == 1 else span_of_counts(shown.low, shown.high)


class Speakers:
    """Names speakers in full when they are first met, and after that without the office they speak for."""

    def __init__(self) -> None:
        self._met: set[str] = set()

    def __call__(self, according_to: str) -> str:
        """Return who says so, as short as it can now be said."""
        return ACCORDING.join(self._short(speaker) for speaker in according_to.split(ACCORDING))

    def _short(self, speaker: str) -> str:
        name, _, office = speaker.partition(", for ")
        shown = name if office and speaker in self._met else speaker
        self._met.add(speaker)
        return shown


def standing(given: StandingRecord, speakers: Speakers) -> str:
    """Return one standing in words with who gives it: everything but the quote."""
    when = f", {day(given.said_on)}" if given.said_on else ""
    if not given.chain:
        return f"{STANDINGS[given.standing]} by {given.according_to}"
    _, _, reporter = given.according_to.partition(ACCORDING)
    if given.act == "confesses" and reporter:
        return f"said to have confessed{when}: {speakers(reporter)}"
    if given.by_itself and given.standing in ON_ITS_OWN_WORD:
        return ON_ITS_OWN_WORD[given.standing] + when + (f", says {speakers(reporter)}" if reporter else "")
    return f"{STANDINGS[given.standing]}{when}: {speakers(given.according_to)}"


def quote(evidence: Evidence | None, width: int) -> str:
    """Return the words in quotation marks on one line, left out in the middle to fit `width`; empty for None.

    Says so where they stand in a headline or a caption only.
    """
    if evidence is None:
        return ""
    mark = f" ({PARTS[evidence.part]})" if evidence.part in PARTS else ""
    return in_quotes(evidence.text, width - len(mark)) + mark


def in_quotes(words: str, width: int) -> str:
    """Return words on one line in one pair of quotation marks, elided to fit `width`."""
    line = " ".join(words.split())
    for opening, closing in MARKS:
        if line.startswith(opening) and line.endswith(closing) and not set(line[1:-1]) & {opening, closing}:
            line = line[1:-1]
    return f'"{elide(line, max(12, width - 2))}"'


def elide(text: str, width: int) -> str:
    """Return `text`, its middle words left out where it is longer than `width` characters."""
    if len(text) <= width:
        return text
    room = width - 5
    head, tail = text[: room * 2 // 3], text[-(room - room * 2 // 3) :]
    return f"{head.rpartition(' ')[0] or head} ... {tail.partition(' ')[2] or tail}"
