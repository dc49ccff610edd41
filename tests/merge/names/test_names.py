"""Names are read, compared and found."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import ConfigurationError
from sayso.merge.names import Kind, compare, keys, name_of
from sayso.merge.names.compare import weights
from sayso.merge.names.findings import FINDERS
from training.names.fit import FOR


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
        ("Hsi Durenko", "Xi Durenko"),
        ("Abou Omar al-Vardi", "AbuOmar al-Vardi"),
        ("Tomas Reljic SA", "Tomas Reljic"),
        ("T0mas Reljic", "Tomas Reljic"),
        ("محمود الوردي", "Mahmoud al-Wardi"),
        ("Νίκος Ρέλιτς", "Nikos Relits"),
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
        ("Mario Reljic", "Maria Reljic"),
        ("Abu Omar al-Vardi", "Omar al-Vardi"),
        ("Tomas Reljic Jr.", "Tomas Reljic Sr"),
        ("김정은", "김정일"),
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
        ("Varda Liberation Front (VLF)", "Varda Liberation Front"),
        ("Varda Liberation Front (VLF)", "VLF"),
        ("VLF (Front for Varda's Liberation)", "VLF"),
        ("Ostmark Broadcasting Corporation", "OBC"),
        ("Ministry of the Interior", "Interior Ministry"),
        ("OstmarkSteel PAO", "Ostmark Steel PAO"),
        ("Ostmark Steel Corpporation", "Ostmark Steel Corporation"),
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
        ("7th Varda Battalion", "9th Varda Battalion"),
        ("Bank of Iran", "Bank of Oman"),
        ("Ostmark Steel Ltd", "Ostmark Steel Logistics Ltd"),
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


@pytest.mark.parametrize(
    ("left", "right", "feature"),
    [
        ("Tomas Reljic", "Tomas Durenko", "another"),
        ("Salim bin Omar al-Vardi", "Omar bin Salim al-Vardi", "filial"),
        ("Abu Omar al-Vardi", "Omar al-Vardi", "honour"),
        ("Tomas Reljic Jr.", "Tomas Reljic Sr", "generation"),
    ],
)
def test_the_reason_that_weighs_most_comes_first(left: str, right: str, feature: str) -> None:
    found = compare(name_of(left, "person"), name_of(right, "person"))
    assert found.reasons[0].feature == feature
    assert found.reasons[0].weight < 0 and found.reasons[0].words
    assert [abs(r.weight) for r in found.reasons] == sorted((abs(r.weight) for r in found.reasons), reverse=True)


def test_a_person_and_an_organization_are_never_one() -> None:
    found = compare(name_of("Varda", "person"), name_of("Varda", "organization"))
    assert (found.score, found.reasons[0].words) == (0.0, "the name of a person and of an organization")


@pytest.mark.parametrize("kind", ["person", "organization"])
def test_every_finding_has_its_weight_with_the_right_sign(kind: Kind) -> None:
    signs = {name: weight >= 0 for name, weight in weights(kind).items() if name != "bias" and weight}
    assert {name for name, positive in signs.items() if positive} <= FOR


def test_a_table_of_weights_that_does_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    weights.cache_clear()
    monkeypatch.setitem(FINDERS["person"], "hair", FINDERS["person"]["whole"])
    with pytest.raises(ConfigurationError, match="hair"):
        weights("person")


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Tomas Reljic", "Tomáš RELJIČ", "person"),
        ("Mohammed Reljic", "Muhamad Relijc", "person"),
        ("Theodore Maro", "Ted Maro", "person"),
        ("VLF", "Varda Liberation Front", "organization"),
        ("FARC", "Revolutionary Armed Forces of Colombia", "organization"),
        ("Ostmark Steel", "OstmarkSteel JSC", "organization"),
    ],
)
def test_names_that_are_one_share_a_key(left: str, right: str, kind: Kind) -> None:
    assert keys(name_of(left, kind)) & keys(name_of(right, kind))


def test_keys_are_few() -> None:
    assert len(keys(name_of("Muhammad Abd al-Rahman Khalid Omar Yusuf Durenko Reljic Maro", "person"))) <= 20
    assert not keys(name_of("", "person"))


LINE = """al bin abu Dr Jr Sr. X o Inc ОАО the II 7th A.B.C. (VLF) Abd Ali محمد بن 김정은 - , & % / '
    Abdurrahman General Bank first Joint Stock Company Юрий"""
WORDS = st.sampled_from(LINE.split())
TEXTS = st.one_of(
    st.lists(WORDS, max_size=8).map(" ".join), st.lists(WORDS, max_size=5).map("".join), st.text(max_size=40)
)


@given(TEXTS, TEXTS, st.sampled_from(["person", "organization"]))
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
