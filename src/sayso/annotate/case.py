"""Old wire copy came in capitals: give it back upper and lower case, so that grammar can be read from it."""

from __future__ import annotations


def restore_case(text: str) -> str:
    """Return `text` in sentence case, character for character the same length."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
