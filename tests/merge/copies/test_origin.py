from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from sayso.merge.copies import Member, origin

LATE = Member(id="a", published=date(2021, 3, 9), outlet="Veldor Post", length=400)
EARLY = Member(id="b", published=date(2021, 3, 8), outlet="Harbour Times", agency="Tarn News", length=200)
OWN = Member(id="c", published=date(2021, 3, 10), outlet="Tarn News", length=300)
UNDATED = Member(id="d", length=900)


@pytest.mark.parametrize(
    ("members", "best", "reason"),
    [
        ([LATE, EARLY, OWN, UNDATED], "c", "published by Tarn News, the agency that the copies credit"),
        ([LATE, EARLY, UNDATED], "b", "published first, on 2021-03-08"),
        ([LATE, UNDATED], "a", "published first, on 2021-03-09"),
        ([LATE, Member(id="e", published=LATE.published, length=100)], "a", "of those published on 2021-03-09"),
        ([UNDATED, Member(id="e", length=100)], "d", "the longest, 900 five-word runs"),
        ([UNDATED, Member(id="e", length=900)], "d", "first by its id"),
        ([LATE], "a", "the only one"),
    ],
)
def test_the_origin_is_the_agencys_the_earliest_the_longest_the_first(
    members: list[Member[str]], best: str, reason: str
) -> None:
    for order in permutations(members):
        found = origin(order)
        assert found.id == best
        assert reason in found.reason


def test_an_agency_that_nobody_credits_is_an_outlet_like_others() -> None:
    assert origin([LATE, OWN]).id == "a"


def test_no_members_have_no_origin() -> None:
    with pytest.raises(ValueError, match="at least one"):
        origin([])
