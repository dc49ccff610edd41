"""Word lists by language: one folder a language, one YAML file a job, loaded once."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from sayso.errors import ConfigurationError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def words(name: str, language: str = "en") -> Any:
    """Return the word list `name` of a language, as its YAML file has it.

    Raises ConfigurationError where the language has no such list.
    """
    path = resources.files(__name__) / language / f"{name}.yaml"
    if not path.is_file():
        raise ConfigurationError("no such word list", value=f"{language}/{name}.yaml", next_step="reinstall sayso")
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


@cache
def every_word(language: str = "en") -> frozenset[str]:
    """Return all words of all lists of a language, in small letters: the words that are known to be words."""
    folder = resources.files(__name__) / language
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".yaml")]
    return frozenset(word.lower() for text in texts for word in re.findall(r"[^\W\d_]{2,}", text))
