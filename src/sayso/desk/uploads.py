"""Files that people send, kept in a temporary folder until they are read; their own names never become paths."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path
from typing import IO

from sayso.read import READERS

LONGEST = 50_000_000
"""Bytes of one file."""
MOST = 500_000_000
"""Bytes of one batch."""
KEPT = 7 * 86_400
"""Seconds after which a file that could not be read is thrown away."""
_SHOWN = 200


def folder_of(place: str) -> Path:
    """Return the folder for the files of a database: the same after a restart, and only its owner's.

    Where somebody else sits in that place, a new one is made, which is then forgotten at the next start.
    """
    own = getattr(os, "getuid", lambda: 0)()
    name = hashlib.sha256(str(Path(place).absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"sayso-{own}-{name}"
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        found = path.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="sayso-"))
    safe = stat.S_ISDIR(found.st_mode) and found.st_uid == own and not found.st_mode & 0o077
    return path if safe or os.name == "nt" else Path(tempfile.mkdtemp(prefix="sayso-"))


def path_of(folder: Path, intake: int, position: int, name: str) -> Path:
    """Return where a file of a batch lies: by numbers, with the suffix of its kind where that is known."""
    return folder / str(intake) / f"{position:06}{suffix_of(name)}"


def suffix_of(name: str) -> str:
    """Return the suffix by which a reader is chosen; empty where no reader has it."""
    lower = name.lower()
    packed = ".gz" if lower.endswith(".gz") else ""
    own = Path(lower.removesuffix(".gz")).suffix
    return own + packed if own in READERS else ""


def shown(name: str) -> str:
    """Return a file's name as people see it: no controls, no way out of a folder, not too long."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in "/".join(parts))
    return plain[-_SHOWN:] or "(without a name)"


def save(source: IO[bytes], path: Path) -> int:
    """Write a file and return its size; one longer than `LONGEST` is not written, and its size is more than that."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    size = 0
    with path.open("wb") as file:
        while size <= LONGEST and (part := source.read(1 << 20)):
            size += len(part)
            file.write(part)
    if size > LONGEST:
        path.unlink()
    return size


def tidy(folder: Path) -> None:
    """Throw away what has lain for too long."""
    for batch in folder.iterdir():
        if batch.is_dir() and time.time() - batch.stat().st_mtime > KEPT:
            shutil.rmtree(batch, ignore_errors=True)
