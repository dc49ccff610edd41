"""How things are shown: standings in words and a shape, days, numbers, links that may be followed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from sayso.export.words import ACTS, STANDINGS, WHERE_PREC

__all__ = ["ACTS", "SHAPES", "STANDINGS", "WHERE_PREC", "day_words", "many", "outward", "plain_words"]
SHAPES: Final = {
    "reported_as_fact": "■",
    "claimed": "◆",
    "suspected": "◇",
    "accused": "△",
    "accused_by_authorities": "▲",
    "possible": "○",
    "denied": "✕",
    "confessed": "◈",
    "charged": "▣",
    "convicted": "⬣",
    "acquitted": "□",
}
"""A shape for each standing, beside its words."""


def plain_words(name: Any) -> str:
    """Return a name of the schema in words; `unknown` for None."""
    return "unknown" if name is None or name == "" else str(name).replace("_", " ")


def many(number: int, thing: str, things: str | None = None) -> str:
    """Return a number of things in words: `1 report`, `2,000 reports`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


@lru_cache(20_000)
def day_words(day: date | str | None) -> str:
    """Return a day as people write it (`3 May 2019`); what is no day as it stands; `unknown` for None."""
    if day is None or day == "":
        return "unknown"
    try:
        known = date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        return str(day)
    return f"{known.day} {known:%B} {known.year}"


def outward(url: str | None) -> str | None:
    """Return a web address that may be followed: http or https, with a host; None for any other."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
