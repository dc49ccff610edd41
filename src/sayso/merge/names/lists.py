"""The word lists of names, loaded once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from sayso.errors import ConfigurationError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def table(name: str) -> Any:
    """Return the data file `name` as its YAML has it. Raises ConfigurationError where it is not there."""
    path = resources.files(__package__) / "data" / f"{name}.yaml"
    if not path.is_file():
        raise ConfigurationError("no such table of names", value=f"{name}.yaml", next_step="reinstall sayso")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


@cache
def word_set(name: str, key: str) -> frozenset[str]:
    """Return one list of a data file as a set of words."""
    return frozenset(str(word) for word in table(name)[key])


@cache
def classes(name: str, key: str) -> dict[str, frozenset[int]]:
    """Return, for each word of lists of equal words, the numbers of the lists that it stands in."""
    found: dict[str, set[int]] = {}
    for number, group in enumerate(table(name)[key]):
        for word in group:
            found.setdefault(str(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def generations() -> dict[str, str]:
    """Return the generation that each suffix tells."""
    return {str(word): kind for kind, words in table("titles")["generations"].items() for word in words}
