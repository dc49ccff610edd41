"""What looks like a day and is none, or another one."""

from datetime import date

import pytest

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.model.article import Capture
from sayso.resolve.when import times


def _times(text: str) -> dict[str, str | None]:
    article = article_of(Capture(name="x", content=text, media_type="text", sha256="0" * 64), date(2016, 6, 14))
    return {m.span.text: m.when.edtf if m.when else None for m in times(article, analyse(article))}


def test_a_holiday_that_describes_a_thing_is_no_day_of_it() -> None:
    assert _times("Five people were killed in an attack on the Christmas market in Varda.") == {}
    assert _times("A bomb went off on Christmas Day in Varda.") == {"Christmas Day": "2015-12-25"}


def test_the_night_of_what_happened_is_not_the_night_told_before() -> None:
    found = _times(
        "He was arrested on April 18, 2013. His lawyer said that he had dinner with them the night of the attack."
    )
    assert found == {"April 18, 2013": "2013-04-18"}
    assert "2016-06-10" in _times("On the night of Friday, June 10, two men died.").values()


@pytest.mark.parametrize("stop", ["3pm.", "10 am."])
def test_an_hour_that_ends_its_sentence_is_not_of_the_day_that_the_next_begins_with(stop: str) -> None:
    found = _times(f"The blast was at {stop} On Saturday the shops were open again.")
    assert found["Saturday"] == "2016-06-11"
