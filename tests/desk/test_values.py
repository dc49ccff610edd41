"""Values out of the fields of a form, and back."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.desk.values import fields_of, value_from
from sayso.errors import InputError
from sayso.model.claim import Actor, Quantity
from sayso.model.place import Place
from tests.invented import ENTITIES, reading


@pytest.mark.parametrize(
    ("slot", "fields", "words"),
    [
        ("kind", {"value": "picnic"}, "one of .*bombing"),
        ("when", {"value": "2011-13"}, "no month 13"),
        ("when", {"value": "2011-10-31", "clock": "25:00"}, "HH:MM"),
        ("where", {"value": "Paris"}, "several places are called so: .*geonames:2988507.*more"),
        ("where", {"value": "Xyzzyq"}, "the gazetteer has no such place"),
        ("where", {"value": "Quay", "latitude": "1", "longitude": "nan"}, "degrees"),
        ("killed", {"value": "some"}, "written as 3, 2-3"),
        ("killed", {"low": "5", "high": "3"}, "at least the low"),
        ("killed", {"low": "-1"}, "whole number"),
        ("killed", {"value": "9" * 12}, "at most"),
        ("weapon", {"value": "knife"}, "the kind of a weapon"),
        ("victim", {"kind": "civilian"}, "a name, or else a description"),
        ("damage", {"value": " "}, "needed"),
        ("damage", {"value": "x" * 9999}, "at most 2000 characters"),
        ("nonsense", {"value": "x"}, "no such slot"),
    ],
)
def test_what_is_wrong_is_told_with_what_is_allowed(slot: Any, fields: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        value_from(slot, fields)


@pytest.mark.parametrize(
    ("said", "low", "high", "about"),
    [("3", 3, 3, False), ("2-3", 2, 3, False), ("11+", 11, None, False), ("~9", 9, 9, True)],
)
def test_counts_are_written_as_exports_have_them(said: str, low: int, high: int | None, about: bool) -> None:
    assert value_from("killed", {"value": said}) == Quantity(low=low, high=high, approximate=about)


def test_a_place_is_the_one_of_its_name_its_region_or_its_id() -> None:
    found = [value_from("where", {"value": v}) for v in ("Paris, France", "geonames:2988507")]
    assert found[0] == found[1] and isinstance(found[0], Place) and found[0].country == "FR"
    own = value_from("where", {"value": "Quay Street, Karvel", "latitude": "41.5", "longitude": "22.25"})
    assert isinstance(own, Place) and (own.names[0], own.latitude, own.gazetteer_id) == ("Quay Street", 41.5, None)


def test_a_name_that_the_article_knows_is_that_entity() -> None:
    found = value_from("perpetrator", {"value": "fener-i kul", "kind": "group"}, ENTITIES)
    assert found == Actor(name="fener-i kul", kind="group", entity="e1")


def test_every_field_of_a_value_goes_into_a_form_and_comes_back() -> None:
    for claim in reading().incidents[0].claims:
        if claim.slot not in ("where", "target"):  # the invented place and kind stand in no list
            back = value_from(claim.slot, fields_of(claim.value), ENTITIES)
            assert fields_of(back) == fields_of(claim.value)
