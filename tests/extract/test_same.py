""" "In the same district" is the district named before; invented reports."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.extract.incidents.same import same_places
from sayso.model.article import Capture
from sayso.resolve.where import places
from tests.extract.reading import read, values

HIGHWAY = """Gunmen ambush bus, 9 dead

KABUL, Oct. 22 - Gunmen halted a passenger bus on the road between Kandahar and Herat and shot dead nine passengers.

The attack occurred on Tuesday evening near Shorabak Tangi, a hamlet in Delaram district, said a spokesman.

On Oct. 12, a roadside bomb killed three policemen in the same district.
"""


def meant(text: str) -> list[tuple[str, str]]:
    article = article_of(Capture(name="test", content=text, media_type="text", sha256="0" * 64))
    a = analyse(article)
    return [(m.span.text, m.place.names[0]) for m in same_places(a, places(article, a))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A man was shot in Goma. A bomb went off in the same town.", [("the same town", "Goma")]),
        ("He died in Chibok district, in Borno. Six died in the same district.", [("the same district", "Chibok")]),
        ("He died in the Borno capital. Six died in the same district.", []),
        ("A man was shot in Goma. He died in the same week.", []),
        ("A bomb went off in the same town.", []),
    ],
)
def test_the_same_town_is_the_last_place_of_that_kind(text: str, found: list[tuple[str, str]]) -> None:
    assert meant(text) == found


def test_an_attack_in_the_same_district_is_not_at_the_other_ends_of_the_road() -> None:
    (bomb,) = [i for i in read(HIGHWAY, date(2014, 10, 22)).incidents if i.kind == "bombing"]
    assert values(bomb, "where") == ["Delaram"]
