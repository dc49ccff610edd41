"""Names are read, compared and found."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.merge.names import Kind, compare, keys, name_of


def score(left: str, right: str, kind: Kind = "person") -> float:
    return compare(name_of(left, kind), name_of(right, kind)).score


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Qalqamanov", "Калкаманов"),
        ("Qalqamanov", "Kalkamanov"),
        ("RELJIC, Tomas", "Tomas Reljić"),
        ("Dr. Tomas Reljic", "Tomas Reljic"),
        ("Sheikh Yusuf al-Maro", "Youssef El Maro"),
        ("Viktor Pavlovich Durenko", "Viktor Durenko"),
        ("T. Reljic", "Tomas Reljic"),
        ("Theodore Brandeis", "Ted Brandeis"),
        ("TomasReljic", "Tomas Reljic"),
        ("Abdurrahman Vardani", "Abd al-Rahman al-Vardani"),
    ],
)
def test_one_person(left: str, right: str) -> None:
    assert score(left, right) > 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Tomas Reljic", "Marko Reljic"),
        ("Tomas Reljic", "Tomas Durenko"),
        ("Viktor Pavlovich Durenko", "Viktor Andreevich Durenko"),
        ("Salim bin Omar al-Vardi", "Omar bin Salim al-Vardi"),
        ("Hamid Qasim Mir Abdul Vardak", "Hamid Qasim Mir Wali Vardak"),
        ("Tomas B. Reljic", "Tomas Karl Reljic"),
    ],
)
def test_two_persons(left: str, right: str) -> None:
    assert score(left, right) < 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("OOO Vardaneft", "Vardaneft LLC"),
        ("The Varda Harbour Company", "Varda Harbour Co., Ltd."),
        ("Joint Stock Company Ostmark Steel", "Ostmark Steel JSC"),
        ("FARC", "Revolutionary Armed Forces of Colombia"),
        ("Al-Qaida", "al Qaeda"),
        ("Three Rivers Front", "3 Rivers Front"),
        ("VLF", "Varda Liberation Front"),
    ],
)
def test_one_organization(left: str, right: str) -> None:
    assert score(left, right, "organization") > 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Varda Development Bank", "Varda Development Trust"),
        ("Ostmark Pipeline Corporation", "Ostmark Petroleum Corporation"),
        ("VB Ltd", "VK Ltd"),
    ],
)
def test_two_organizations(left: str, right: str) -> None:
    assert score(left, right, "organization") < 0.5


@pytest.mark.parametrize("text", ["", " ", "X", "...", "\u200b", "\ud800"])
@pytest.mark.parametrize("kind", ["person", "organization"])
def test_what_is_no_name_is_the_same_as_none(text: str, kind: Kind) -> None:
    found = compare(name_of(text, kind), name_of(text, kind))
    assert found.score == 0
    assert found.reasons[0].words in ("a name without a letter", "a name of one letter")


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["person", "organization"]))
def test_any_two_texts_compare_alike_from_both_sides(left: str, right: str, kind: Kind) -> None:
    one, other = name_of(left, kind), name_of(right, kind)
    found = compare(one, other)
    assert found == compare(other, one)
    assert 0 <= found.score <= 1
    if len(one.plain) > 1:
        assert compare(one, one).score > 0.5
        assert keys(one)


def test_a_very_long_name_takes_no_longer() -> None:
    for text in ("Ab " * 5000, "x" * 10_000, ", " * 5000, "محمد " * 2000, "김" * 10_000, "A.B." * 3000):
        for kind in ("person", "organization"):
            start = time.perf_counter()
            compare(name_of(text, kind), name_of(text + "y", kind))  # type: ignore[arg-type]
            assert time.perf_counter() - start < 0.5
