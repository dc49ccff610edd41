"""What counts as a value of each slot: short guidelines for whoever reviews or codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The guideline of one slot: when a value is right, what counts, and what does not."""

    right: str
    counts: tuple[str, ...]
    not_: tuple[str, ...]


@cache
def general() -> tuple[str, ...]:
    """Return what holds for all slots."""
    return tuple(_read()["general"])


@cache
def guides() -> Mapping[str, Guide]:
    """Return the guidelines by slot."""
    slots: Mapping[str, Mapping[str, str]] = _read()["slots"]
    return {
        slot: Guide(right=given["right"], counts=tuple(given["counts"]), not_=tuple(given["not"]))
        for slot, given in slots.items()
    }


@cache
def _read() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load(
        (resources.files("sayso.web.pages.review") / "guidelines.yaml").read_text("utf-8")
    )
    return found
