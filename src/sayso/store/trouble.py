"""What a database can refuse, in words that a user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError

from sayso.errors import StoreError

_WHY = {
    "SQLITE_FULL": ("the disk is full", "Make room and run the same command again: it goes on where it stopped"),
    "SQLITE_READONLY": ("is read-only", "Give another --db, or the right to write this file and its folder"),
    "SQLITE_BUSY": (
        "another sayso is writing to it",
        "Wait until it is done and run the same command again: it goes on where it stopped",
    ),
    "SQLITE_LOCKED": ("another sayso is writing to it", "Wait until it is done and run the same command again"),
    "SQLITE_CORRUPT": ("is damaged", "Restore a copy, or try what `sqlite3 FILE .recover` saves"),
    "SQLITE_NOTADB": ("is no sayso database", "Give the file that `sayso ingest` wrote"),
    "SQLITE_CANTOPEN": ("cannot be opened", "Check that its folder exists and may be written"),
    "SQLITE_IOERR": ("cannot be read or written", "Check the disk: it may be full, removed or failing"),
    "SQLITE_TOOBIG": ("something in this article is too big for it", "Split the article"),
}
"""SQLite's result codes (sqlite.org/rescode.html) by their first word, and what to say of each."""


def code_of(error: BaseException | None) -> str:
    """Return SQLite's name for an error (`SQLITE_BUSY`); empty where it has none."""
    return getattr(error, "sqlite_errorname", "") or ""


@contextmanager
def reported(place: str) -> Iterator[None]:
    """Turn what the database `place` refuses into a StoreError."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        cause = error.orig if isinstance(error, DatabaseError) else error
        known = next((why for code, why in _WHY.items() if code_of(cause).startswith(code)), None)
        why, step = known or (f"cannot be used ({cause})", "Check that `sayso ingest` wrote it")
        raise StoreError(why, value=place, next_step=step) from error
