"""Letters of any script brought to small Latin letters, and those to sounds."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from anyascii import anyascii

from sayso.merge.names.lists import table

_MARKS = re.compile(r"['`´ʹʺʼʻ‘’]+")
_DIGITS = str.maketrans("0134579", "oieastg")


@cache
def _letters() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(k) for k in sorted(table("scripts")["letters"], key=len, reverse=True)))


@cache
def _sounds() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), by) for pattern, by in table("scripts")["sounds"])


@cache
def _script(key: str) -> re.Pattern[str]:
    ranges = "".join(f"{chr(low)}-{chr(high)}" for low, high in table("scripts")[key])
    return re.compile(f"[{ranges}]")


def is_vowelless(text: str) -> bool:
    """Return whether a text is written in a script that leaves vowels out."""
    return not text.isascii() and _script("vowelless").search(text) is not None


def has_signs(text: str) -> bool:
    """Return whether a text has signs that stand for syllables or words (Chinese, Korean)."""
    return not text.isascii() and _script("signs").search(text) is not None


def latin(text: str) -> str:
    """Return a text in Latin letters without accents, case kept; what has no letter in them is left out."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text))
    replaced = table("scripts")["letters"]
    text = _letters().sub(lambda m: replaced[m[0]], text + " ")
    if has_signs(text):
        text = _script("signs").sub(lambda m: f" {anyascii(m[0]).lower()} ", text)
    return anyascii(text).strip()


def unquoted(text: str) -> str:
    """Return a text without the marks that stand inside names (apostrophes, hamza)."""
    return _MARKS.sub("", text)


def undigited(word: str) -> str:
    """Return a word with the letters that its digits look like, where it has more letters than digits."""
    digits = sum(c.isdigit() for c in word)
    return word.translate(_DIGITS) if 0 < digits < len(word) - digits else word


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Return how a word in small Latin letters sounds: `qaddafi` and `gadhafi` are `katafi`."""
    for pattern, by in _sounds():
        word = pattern.sub(by, word)
    return word


@lru_cache(maxsize=65_536)
def bones(word: str) -> str:
    """Return the consonants of a word's sound; a vowel at its start is `a`."""
    heard = sound(word)
    kept = re.sub(r"[aiuh]", "", heard[1:])
    first = "a" if heard[:1] in "aiu" and heard else heard[:1]
    return re.sub(r"(.)\1+", r"\1", first + kept)
