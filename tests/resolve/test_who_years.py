"""How old somebody is and of which sex, wherever the article tells it."""

from __future__ import annotations

import pytest

from sayso.model.entity import Entity
from tests.extract.reading import read

AGES = [
    ("Ivo Maro, 34, was shot dead in Liva on Monday.", "Ivo Maro", "34"),
    ("Ivo Maro (34) was shot dead in Liva on Monday.", "Ivo Maro", "34"),
    ("Ivo Maro, aged 34, was shot dead in Liva on Monday.", "Ivo Maro", "34"),
    ("Ivo Maro, 34 at the time, was shot dead in Liva.", "Ivo Maro", "34"),
    ("The 34-year-old waiter Ivo Maro was shot dead in Liva on Monday.", "Ivo Maro", "34"),
    ("Ivo Maro was shot dead in Liva on Monday. Maro was 34 years old.", "Ivo Maro", "34"),
    ("Ivo Maro was shot dead in Liva on Monday. Maro was a 34-year-old waiter.", "Ivo Maro", "34"),
    ("Ivo Maro and Jana Tesk, both 34, were shot dead in Liva on Monday.", "Jana Tesk", "34"),
    ("A 34-year-old man was shot dead in Liva on Monday.", "man", "34"),
    ("A seven-year-old girl was shot dead in Liva on Monday.", "girl", "7"),
    ("A woman aged 61 was shot dead in Liva on Monday.", "woman", "61"),
    (
        "Police shot a man in Liva on Monday. Ivo Maro, 34 percent of whose shares were sold, had called them.",
        "Ivo Maro",
        None,
    ),
]


def entity(text: str, name: str) -> Entity:
    """Return the entity of that name or description."""
    return next(e for e in read(text).entities if any(name in n for n in e.names))


@pytest.mark.parametrize(("text", "name", "age"), AGES)
def test_ages(text: str, name: str, age: str | None) -> None:
    fact = entity(text, name).fact("age")
    assert (fact.value if fact else None) == age


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Ivo Maro was shot dead in Liva on Monday, his brother said.", "Ivo Maro", "male"),
        ("A woman was shot dead in Liva on Monday.", "woman", "female"),
        ("Mrs. Tesk was shot dead in Liva on Monday.", "Tesk", "female"),
        ("Maro Tesk was shot dead in Liva on Monday.", "Maro Tesk", None),
    ],
)
def test_sex_is_told_by_titles_nouns_names_and_pronouns(text: str, name: str, gender: str | None) -> None:
    fact = entity(text, name).fact("gender")
    assert (fact.value if fact else None) == gender
    assert fact is None or fact.evidence.text
