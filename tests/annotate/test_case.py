"""Text in capitals gets its small letters back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.annotate.case import case_model, restore_case
from tests.timing import seconds


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("THE POLICE SAID ON MONDAY THAT TWO MEN WERE HELD.", "The police said on Monday that two men were held."),
        ("PRESIDENT PEDRO ZORUNA MET GEN. LOBEK IN MADRID.", "President Pedro Zoruna met Gen. Lobek in Madrid."),
        (
            "THE ZLF [ZORUNA LIBERATION FRONT] ATTACKED.  THE ZLF FLED.",
            "The ZLF [Zoruna Liberation Front] attacked.  The ZLF fled.",
        ),
        ("LIMA, 3 MAR 88 (XPR) -- A BOMB EXPLODED.", "Lima, 3 Mar 88 (XPR) -- A bomb exploded."),
        ("FIFTY SPANISH AND KENYAN NUNS LEFT.", "Fifty Spanish and Kenyan nuns left."),
        ("", ""),
    ],
)
def test_sentences(text: str, restored: str) -> None:
    assert restore_case(text) == restored


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_nothing_but_case_changes(text: str) -> None:
    """Every character stays where it is, and differs in case at most."""
    restored = restore_case(text)
    assert len(restored) == len(text)
    assert all(a.casefold() == b.casefold() for a, b in zip(text, restored, strict=True))


def test_same_text_gives_same_case() -> None:
    assert restore_case("THE ARMY OF ZORUNA LEFT LIMA.") == restore_case("THE ARMY OF ZORUNA LEFT LIMA.")


@pytest.mark.parametrize("piece", ["A", "AB [", "A.", "THE ", "\n"])
def test_time_is_linear(piece: str) -> None:
    case_model()
    restore_case(piece * 100)
    short, long = (_seconds(piece * n) for n in (2_000, 16_000))
    assert long < 24 * max(short, 0.01)


def _seconds(text: str) -> float:
    return seconds(lambda: restore_case(text))
