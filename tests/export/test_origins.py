"""Whose word a claim is in the end, and how many different ones there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.export.origins import Origin, independent, origin_of
from tests.invented import ARTICLE, STATEMENTS

BY_ID = {statement.id: statement for statement in STATEMENTS}


def test_what_nobody_is_quoted_for_is_the_agency_s_whose_copy_it_is_else_the_outlet_s() -> None:
    assert origin_of([], ARTICLE) == Origin("Uplands Wire", "media")
    assert origin_of([], replace(ARTICLE, agency=None)) == Origin("The Karvel Ledger", "media")


def test_a_spokeswoman_counts_as_the_body_she_speaks_for_and_a_quoted_suspect_as_himself() -> None:
    assert origin_of([BY_ID["s2"]], ARTICLE) == Origin("Ministry of Order", "authority")
    assert origin_of([BY_ID["s3"], BY_ID["s4"]], ARTICLE) == Origin("Bresk Otalin", "accused")


def test_a_nameless_source_is_shown_to_be_no_other_than_the_outlet() -> None:
    nameless = replace(BY_ID["s1"], speaker="a source", speaker_kind="anonymous")
    assert origin_of([nameless], ARTICLE).name == "Uplands Wire"


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["Irena Maro", "Maro", "Ms. Irena Maro"], 1),
        (["the Interior Ministry", "Interior Ministry of Ostmark"], 1),
        (["Uplands Wire", "uplands wire"], 1),
        (["Fener-i Kül", "Fener-i Kul"], 1),
        (["Irena Maro", "Pavel Maro"], 2),
        (["Harbour Front", "Harbour Police"], 2),
        ([], 0),
    ],
)
def test_several_outlets_that_quote_one_person_count_once(names: list[str], count: int) -> None:
    assert len(independent(Origin(name, "other") for name in names)) == count
