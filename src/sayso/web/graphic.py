"""Graphic wording: the passages that a reader may want to see only after a click."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import yaml

_END = re.compile(r"[.!?…؟。]+[\"'”’»)\]]*\s|\n")
"""Where a sentence ends, as far as hiding needs it."""


@cache
def _pattern() -> re.Pattern[str]:
    listed = yaml.safe_load(resources.files("sayso.web").joinpath("graphic.yaml").read_text(encoding="utf-8"))
    phrases = sorted({phrase for language in listed.values() for phrase in language}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(_phrase, phrases))})(?!\w)", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    parts = [re.escape(part.removesuffix("*")) + (r"\w*" if part.endswith("*") else "") for part in phrase.split()]
    return r"\s+".join(parts)


def is_graphic(text: str) -> bool:
    """Say whether a text holds graphic wording."""
    return _pattern().search(text) is not None


def passages(text: str) -> list[tuple[int, int]]:
    """Return the sentences `[start, end)` of a text that hold graphic wording, in order, none touching another."""
    if not is_graphic(text):
        return []
    found: list[tuple[int, int]] = []
    start = 0
    for end in [*(m.end() for m in _END.finditer(text)), len(text)]:
        sentence = text[start:end]
        if is_graphic(sentence):
            stop = start + len(sentence.rstrip())
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], stop)
            else:
                found.append((start, stop))
        start = end
    return found
