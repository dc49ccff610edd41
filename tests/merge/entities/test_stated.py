"""What makes two names of a text those of one bearer."""

from __future__ import annotations

import pytest

from sayso.merge.entities.stated import _states


@pytest.mark.parametrize(
    ("between", "name", "other", "one"),
    [
        (", also known as ", "Bresk Otalin", "Commander Ash", True),
        (" (", "Bresk Otalin", "Бреск Оталин", True),
        (" [", "Бреск Оталин", "Bresk Otalin", True),
        (" (", "Bresk Otalin", "Ilva Dorn", False),
        (", ", "Bresk Otalin", "Бреск Оталин", False),
        (" and ", "Bresk Otalin", "Ilva Dorn", False),
    ],
)
def test_a_cue_or_the_bracket_before_a_name_in_another_script_makes_two_names_one(
    between: str, name: str, other: str, one: bool
) -> None:
    assert _states(between, name, other) is one
