"""What can go wrong between people who work on one record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.errors import InputError


class StaleError(InputError):
    """Somebody else has changed what was to be changed: `changes` are the newer ones, the newest first."""

    def __init__(self, message: str, *, value: str, changes: Sequence[Any]) -> None:
        self.changes = tuple(changes)
        super().__init__(message, value=value, next_step="Look at the change, and decide again")


class NotFoundError(InputError):
    """What was asked for by its id is not there."""


class ForbiddenError(InputError):
    """Somebody's role does not let them do this."""
