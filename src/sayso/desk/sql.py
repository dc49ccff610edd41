"""Questions in SQL, read-only: one statement, for so long and so many rows, and nothing that is anybody's secret.

Each is answered by a process of its own, which is killed when its time is over, whatever it is doing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from sayso.desk.sql_answer import CELL as CELL
from sayso.desk.sql_answer import SECRET as SECRET
from sayso.errors import InputError

SECONDS = 5.0
"""How long a question may take, the start of its process included."""
ROWS = 1_000
LONGEST = 20_000
"""Characters of a question."""
AT_ONCE = 2
"""Questions that are answered at one time; who asks one more is told to wait."""
_COMMAND = (sys.executable, "-P", "-m", "sayso.desk.sql_answer")
_turns = BoundedSemaphore(AT_ONCE)


class Table(NamedTuple):
    """What was found: `cut` says that there was more, `seconds` how long it took."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    cut: bool
    seconds: float


def ask(path: Path, question: str, seconds: float = SECONDS, rows: int = ROWS) -> Table:
    """Return what a question finds.

    Raises InputError for what is no question, is not allowed, takes too long or too much, or while others are answered.
    """
    if not question.strip() or len(question) > LONGEST:
        raise InputError(
            "is empty" if not question.strip() else f"is longer than {LONGEST:,} characters",
            value="the question",
            next_step="Give one SELECT",
        )
    asked = {"path": str(path.absolute()), "question": question, "seconds": seconds, "rows": rows}
    if not _turns.acquire(timeout=1):
        said = f"{AT_ONCE} other questions are being answered"
        raise InputError(said, value=question[:60], next_step="Ask again in a few seconds")
    try:
        told = _told(asked)
    finally:
        _turns.release()
    if "refused" in told:
        message, value, step = told["refused"]
        raise InputError(message, value=value, next_step=step)
    return Table(told["columns"], [tuple(row) for row in told["rows"]], told["cut"], told["seconds"])


def _told(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what the process for one question tells, which is gone then."""
    value = asked["question"][:60]
    try:
        done = subprocess.run(
            _COMMAND, input=json.dumps(asked).encode(), capture_output=True, timeout=asked["seconds"], check=False
        )
    except subprocess.TimeoutExpired as error:
        said = f"took longer than {asked['seconds']:g} seconds"
        raise InputError(said, value=value, next_step="Ask for less, or add a LIMIT") from error
    if done.returncode:
        raise InputError("needs too much memory or time", value=value, next_step="Ask for less")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
