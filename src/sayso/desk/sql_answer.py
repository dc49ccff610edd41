"""The process that answers one question in SQL: read-only, bounded in memory, and to be killed at any moment.

It reads the question as JSON from its input and writes the answer as JSON. No function of SQLite can be stopped from
within while it runs; a process can.
"""

from __future__ import annotations

import json
import math
import sqlite3
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sayso.errors import InputError

SECRET = frozenset({"account", "session"})
"""Tables that nobody reads here: hashes of passwords and of cookies."""
CELL = 2_000
"""Characters of a cell that are kept."""
ALL_CELLS = 5_000_000
"""Characters of an answer; rows after that are left out."""
MEMORY = 1 << 29
"""Bytes that the process may take."""
ON_DISK = 1 << 28
"""Bytes of a temporary file, such as sorting makes."""
_RAW = frozenset({"sqlite_dbpage", "dbstat", "sqlite_stmt", "fts3tokenize"})
"""Tables of some builds of SQLite that show the file itself, and with it what is secret."""
_VIRTUAL = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 6_000_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_FUNCTION})
_UNWANTED = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})


def main() -> None:
    """Answer the question that the input holds."""
    asked = json.load(sys.stdin)
    _bounded(asked["seconds"])
    try:
        told: dict[str, Any] = answered(Path(asked["path"]), asked["question"], asked["rows"])
    except InputError as error:
        told = {"refused": [error.message, error.value, error.next_step]}
    except MemoryError:
        told = {"refused": ["needs too much memory", asked["question"][:60], "Ask for less"]}
    json.dump(told, sys.stdout)


def _bounded(seconds: float) -> None:
    """Bound what this process may take, also where nobody is left to end it."""
    with suppress(ImportError):  # not on Windows: there it is only killed
        import resource

        cpu = math.ceil(seconds) + 1
        limits = (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, cpu), (resource.RLIMIT_FSIZE, ON_DISK)
        for which, most in limits:
            with suppress(ValueError, OSError):  # bounded more tightly from outside
                resource.setrlimit(which, (most, most))


def answered(path: Path, question: str, rows: int) -> dict[str, Any]:
    """Return the columns and rows that a question finds. Raises InputError for what is none or is not allowed."""
    start = time.monotonic()
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA query_only = ON")
        for limit, most in _LIMITS.items():
            connection.setlimit(limit, most)
        for (name,) in connection.execute(_VIRTUAL).fetchall():
            # made ready: this declares tables, which is denied below
            connection.execute(f'SELECT 1 FROM "{name}" LIMIT 0')
        connection.set_authorizer(_authorized)
        cursor = connection.execute(question)
        if cursor.description is None:
            raise InputError("is no question", value=question[:60], next_step="Give one SELECT")
        found, cut = _taken(cursor, rows)
        columns = [str(part[0]) for part in cursor.description]
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _refused(str(error), question) from error
    except (OverflowError, ValueError, UnicodeError) as error:
        raise InputError(f"cannot be answered ({error})", value=question[:60], next_step="Ask for less") from error
    finally:
        connection.close()
    return {"columns": columns, "rows": found, "cut": cut, "seconds": time.monotonic() - start}


def _taken(cursor: sqlite3.Cursor, most: int) -> tuple[list[list[Any]], bool]:
    """Return the rows of an answer, and whether there are more."""
    found: list[list[Any]] = []
    size = 0
    for row in cursor:
        if len(found) == most or size > ALL_CELLS:
            return found, True
        found.append([_cell(value) for value in row])
        size += sum(len(value) for value in found[-1] if isinstance(value, str))
    return found, False


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


def _refused(said: str, question: str) -> InputError:
    if "prohibited" in said or "not authorized" in said:
        step = "Only what reads is, and not the tables of accounts and sessions"
        return InputError(f"is not allowed here ({said})", value=question[:60], next_step=step)
    return InputError(f"is not understood ({said})", value=question[:60], next_step="The tables are named beside it")


def _cell(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"({len(value):,} bytes)"
    return value[:CELL] + " …" if isinstance(value, str) and len(value) > CELL else value


if __name__ == "__main__":
    main()
