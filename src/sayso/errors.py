"""The errors that sayso raises, in one tree.

    SaysoError
    +-- InputError        a file, page, row or date that the user gave cannot be read
    +-- StoreError        a database cannot be opened, written or understood
    +-- ConfigurationError  a shipped or installed part (schema, gazetteer, model) is missing or broken

Each message gives the value, what was allowed, and the next step.
"""

from __future__ import annotations


class SaysoError(Exception):
    """An error that a user can act on: `value` is what was met, `next_step` what to do about it."""

    def __init__(self, message: str, *, value: str = "", next_step: str = "") -> None:
        self.message, self.value, self.next_step = message, value, next_step
        parts = [f"{value}: {message}" if value else message, next_step]
        super().__init__(". ".join(p.rstrip(".") for p in parts if p) + ".")


class InputError(SaysoError):
    """Something the user gave cannot be read."""


class StoreError(SaysoError):
    """A database cannot be opened, written or understood."""


class ConfigurationError(SaysoError):
    """A part that ships with sayso is missing or broken."""
