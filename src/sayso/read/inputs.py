"""From what the user names to captures: finds the files, and hands each to its reader."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, Protocol, cast

from sayso.errors import InputError
from sayso.model.article import Capture
from sayso.read.source import ReadFailure, Source

READERS = {
    ".jsonl": "sayso.read.jsonl",
    ".ndjson": "sayso.read.jsonl",
    ".json": "sayso.read.jsonl",
    ".html": "sayso.read.html",
    ".htm": "sayso.read.html",
    ".xhtml": "sayso.read.html",
    ".txt": "sayso.read.txt",
    ".text": "sayso.read.txt",
}
"""Which module reads which kind of file. A file without a known suffix goes to the first that says it looks like its
own; the last takes anything."""

STDIN = "<stdin>"
WEB = ("http://", "https://")


class Reader(Protocol):
    """What a reader module has."""

    def looks_like(self, head: bytes) -> bool:
        """Say whether these first bytes are of the reader's kind."""

    def captures_in(self, source: Source) -> Iterator[Capture | ReadFailure]:
        """Yield what the source holds. Raises InputError where the whole of it cannot be read."""


def captures(paths: Sequence[str], *, stdin: IO[bytes] | None = None) -> Iterator[Capture | ReadFailure]:
    """Yield every article of the named files and folders, one at a time, in a fixed order.

    `-` is standard input (`stdin`, else the process's own); what begins with http:// or https:// is fetched. Folders
    are read with all below them, sorted by name; hidden files and files of unknown kind in them are left out. What
    cannot be read is yielded as a ReadFailure, and the others go on.
    """
    for path in paths:
        try:
            if path == "-":
                yield from _read(Source(STDIN, stdin or sys.stdin.buffer), "")
            elif is_url(path):
                from sayso.read.url import captures_in  # brings in what only the network needs

                yield from captures_in(path)
            elif Path(path).is_dir():
                yield from _folder(Path(path))
            else:
                yield from _file(path)
        except InputError as error:
            name = error.value if is_url(path) else path  # which leaves out a password that stands in an address
            yield ReadFailure(name=STDIN if path == "-" else name, error=error)


def is_url(path: str) -> bool:
    """Say whether what a user gave is the address of a page."""
    return path.lower().startswith(WEB)


def _folder(folder: Path) -> Iterator[Capture | ReadFailure]:
    for path in files_in(folder):
        try:
            yield from _file(str(path))
        except InputError as error:
            yield ReadFailure(name=str(path), error=error)


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder that can be read. Raises InputError where there are none, or it cannot be opened."""
    met = False
    for path in _walk(folder):
        met = True
        yield path
    if not met:
        raise InputError(
            "holds no file that can be read",
            value=str(folder),
            next_step=f"Put files ending in {', '.join(READERS)} there (also with .gz), or name the files themselves",
        )


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files of known kind in a folder and below it, each level by name; no link to a folder is followed."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise InputError(
            f"cannot be opened ({error.strerror})", value=str(folder), next_step="Check the folder and its rights"
        ) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.is_file() and _suffix(entry.name) in READERS:
            yield entry


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(".gz")).suffix


def _file(path: str) -> Iterator[Capture | ReadFailure]:
    try:
        stream = Path(path).open("rb")  # noqa: SIM115 - closed below
    except (OSError, ValueError) as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "no such file or folder" if missing else f"cannot be opened ({getattr(error, 'strerror', error)})"
        step = "Check the spelling and the current folder" if missing else "Check the file and its rights"
        raise InputError(reason, value=path, next_step=step) from error
    with stream:
        yield from _read(Source(path, stream), _suffix(path))


def _read(source: Source, suffix: str) -> Iterator[Capture | ReadFailure]:
    """Hand the source to the reader of its suffix, else to the first that takes its head for its own."""
    module = READERS.get(suffix)
    reader = cast(Reader, import_module(module)) if module else None
    for name in () if reader else dict.fromkeys(READERS.values()):
        reader = cast(Reader, import_module(name))
        if reader.looks_like(source.head):
            break
    assert reader is not None
    yield from reader.captures_in(source)
