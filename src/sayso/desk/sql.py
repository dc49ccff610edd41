"""Questions in SQL, read-only: one statement, for so long and so many rows, and nothing that is anybody's secret."""

from __future__ import annotations

import sqlite3
import time
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sayso.errors import InputError

SECONDS = 5.0
ROWS = 1_000
CELL = 2_000
"""Characters of a cell that are kept."""
LONGEST = 20_000
"""Characters of a question."""
SECRET = frozenset({"account", "session"})
"""Tables that nobody reads here: hashes of passwords and of cookies."""
_RAW = frozenset({"sqlite_dbpage", "dbstat", "sqlite_stmt", "fts3tokenize"})
"""Tables of some builds of SQLite that show the file itself, and with it what is secret."""
_VIRTUAL = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
_STEPS = 1_000
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 6_000_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
"""So that no single step takes long or much: the time is looked at between steps only."""
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION})
_UNWANTED = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})


class Table(NamedTuple):
    """What was found: `cut` says that there was more, `seconds` how long it took."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    cut: bool
    seconds: float


def ask(path: Path, question: str, seconds: float = SECONDS, rows: int = ROWS) -> Table:
    """Return what a question finds. Raises InputError for what is no question, is not allowed or takes too long."""
    if not question.strip() or len(question) > LONGEST:
        raise InputError(
            "is empty" if not question.strip() else f"is longer than {LONGEST:,} characters",
            value="the question",
            next_step="Give one SELECT",
        )
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=seconds)
    start = time.monotonic()
    try:
        connection.execute("PRAGMA query_only = ON")
        for limit, most in _LIMITS.items():
            connection.setlimit(limit, most)
        for (name,) in connection.execute(_VIRTUAL).fetchall():
            connection.execute(
                f'SELECT 1 FROM "{name}" LIMIT 0'
            )  # made ready: this declares tables, which is denied below
        connection.set_authorizer(_authorized)
        connection.set_progress_handler(lambda: int(time.monotonic() - start > seconds), _STEPS)
        cursor = connection.execute(question)
        if cursor.description is None:
            raise InputError("is no question", value=question[:60], next_step="Give one SELECT")
        found = [tuple(_cell(value) for value in row) for row in islice(cursor, rows + 1)]
        columns = [str(part[0]) for part in cursor.description]
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _refused(error, question, time.monotonic() - start > seconds, seconds) from error
    except (MemoryError, OverflowError, ValueError, UnicodeError) as error:
        raise InputError(f"cannot be answered ({error})", value=question[:60], next_step="Ask for less") from error
    finally:
        connection.close()
    return Table(columns, found[:rows], len(found) > rows, time.monotonic() - start)


def _authorized(action: int, first: str | None, second: str | None, database: str | None, trigger: str | None) -> int:
    if action == sqlite3.SQLITE_PRAGMA and first == "data_version" and second is None:
        return sqlite3.SQLITE_OK  # full-text search asks it of itself
    if action not in _ALLOWED:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_READ and (first or "").lower() in SECRET | _RAW:
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _UNWANTED:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _refused(error: Exception, question: str, late: bool, seconds: float) -> InputError:
    said = str(error)
    if late and "interrupt" in said:
        return InputError(
            f"took longer than {seconds:g} seconds", value=question[:60], next_step="Ask for less, or add a LIMIT"
        )
    if "prohibited" in said or "not authorized" in said:
        step = "Only what reads is, and not the tables of accounts and sessions"
        return InputError(f"is not allowed here ({said})", value=question[:60], next_step=step)
    return InputError(f"is not understood ({said})", value=question[:60], next_step="The tables are named beside it")


def _cell(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"({len(value):,} bytes)"
    return value[:CELL] + " …" if isinstance(value, str) and len(value) > CELL else value
