"""Armed groups that the press knows by name, under all their names."""

from __future__ import annotations

from functools import cache

from sayso.languages import words
from sayso.resolve.who.same import folded


@cache
def _table() -> tuple[dict[str, int], frozenset[str], frozenset[str]]:
    """Return group numbers by folded name, the folded names in capitals, and those that mean other things too."""
    lists = words("armed")
    numbers = {folded(name): n for n, names in enumerate(lists["groups"]) for name in names}
    capitals = frozenset(folded(name) for names in lists["groups"] for name in names if name.isupper())
    return numbers, capitals, frozenset(folded(name) for name in lists["unsure"])


def known_group(name: str) -> int | None:
    """Return the number of the armed group that bears a name; None for any other name.

    An acronym must stand in capitals: "IS", never "is".
    """
    numbers, capitals, _ = _table()
    key = folded(name)
    return None if key in capitals and not name.isupper() else numbers.get(key)


@cache
def first_words() -> frozenset[str]:
    """Return the words that groups' names of several words open with, folded."""
    return frozenset(folded(part) for names in words("armed")["groups"] for name in names for part in _openings(name))


def _openings(name: str) -> list[str]:
    """Return the first word of a name, and the first part of it where a hyphen joins two."""
    first = name.split()[0]
    return [first, first.split("-")[0]]


def is_unsure(name: str) -> bool:
    """Say whether a group's name means other things too, so that only another of its names makes it sure."""
    return folded(name) in _table()[2]
