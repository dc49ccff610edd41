"""Names and words brought to a form in which they can be found."""

from __future__ import annotations

import re
import unicodedata

_GAP = re.compile(r"[\W_]+")


def sound(text: str) -> str:
    """Return text that can be stored: what is half a character (a byte of a file's name, say) is written out."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def fold(text: str) -> str:
    """Return `text` in lower case without diacritics and punctuation, one space around each word.

    `Fener-i Kül` becomes ` fener i kul `: words can then be looked for with their limits. Empty where no word is left.
    """
    plain = text.lower()
    if not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = _GAP.sub(" ", plain).strip()
    return f" {words} " if words else ""
