"""One input as bytes: unpacked where it is gzipped, never more than a stated size, and refused where it is no text."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from sayso.errors import InputError
from sayso.read.encoding import wide

LONGEST = 20_000_000
"""Bytes of one article, page source included: the heaviest news pages are a fifth of this."""
_BOMB_SIZE, _BOMB_RATIO = 100_000_000, 200
"""A gzipped input that has given this many bytes, and this many for each byte read, is refused: rows of JSON pack 3
to 20 times."""
_HEAD = 4096

_SIGNATURES = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "an image or a recording",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"(\xb5/\xfd": "a zstd archive",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
    b"ID3": "a recording",
    b"OggS": "a recording",
}
"""First bytes of what is often met in a folder of downloads (Gary Kessler's table of file signatures)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFailure:
    """An input, or one row of it, that could not be read: `name` as messages call it, and why."""

    name: str
    error: InputError


class _Counted(io.RawIOBase):
    """A binary stream that counts the bytes it has given; starts again with `head`."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head, self.given = head, 0
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        self.given += len(data)
        return len(data)


class Source:
    """The bytes of one input, as a stream; `name` is what messages call it.

    `head` are the first bytes, for telling what it is. Raises InputError, from any method, where the input cannot be
    read, is no whole gzip, or unpacks to far more than text does.
    """

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self.name = name
        self._given = 0
        with _reported(self.name):
            head = stream.read(_HEAD)
            self._raw = _Counted(head, stream)
            packed = head.startswith(b"\x1f\x8b")
            self._stream = io.BufferedReader(gzip.GzipFile(fileobj=self._raw) if packed else self._raw, 1 << 16)
            self.head = self._stream.peek(_HEAD)[:_HEAD]
        self._packed = packed

    def whole(self) -> bytes:
        """Return all bytes. Raises InputError where they are none, more than `LONGEST`, or no text."""
        with _reported(self.name):
            data = self._stream.read(LONGEST + 1)
        if len(data) > LONGEST:
            raise InputError(
                f"is longer than the {LONGEST // 1_000_000} MB that one article may have",
                value=self.name,
                next_step="Split it, or give it as JSONL with one article a line",
            )
        if not data.strip():
            raise InputError("is empty", value=self.name, next_step="Check the file, or leave it out")
        refuse_binary(data, self.name)
        return data

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Yield the lines that are not blank with their numbers from 1; None for one longer than `LONGEST`."""
        number = 0
        while line := self._line():
            number += 1
            if len(line) > LONGEST:
                while line and not line.endswith(b"\n"):
                    line = self._line()
                yield number, None
            elif line.strip():
                yield number, line

    def _line(self) -> bytes:
        with _reported(self.name):
            line = self._stream.readline(LONGEST + 1)
        self._given += len(line)
        if self._packed and self._given > _BOMB_SIZE and self._given > _BOMB_RATIO * self._raw.given:
            raise InputError(
                f"unpacks to more than {_BOMB_RATIO} times its size, which no text does",
                value=self.name,
                next_step="Unpack it yourself and look at what it holds",
            )
        return line


@contextmanager
def _reported(name: str) -> Iterator[None]:
    """Turn what goes wrong with a stream into an InputError that names it."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(
            f"is a gzip file that is cut short or damaged ({error})", value=name, next_step="Copy or download it again"
        ) from error
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})", value=name, next_step="Check the file and its rights"
        ) from error


def refuse_binary(data: bytes, name: str) -> None:
    """Raise InputError where `data` is an image, an archive or something else that is no text."""
    what = next((what for magic, what in _SIGNATURES.items() if data.startswith(magic)), "")
    head = data[:_HEAD]
    strange = sum(head.count(byte) for byte in range(1, 32) if byte not in (9, 10, 11, 12, 13, 26, 27))
    utf_16 = head[:2] in (b"\xff\xfe", b"\xfe\xff") or wide(head)
    if not what and not utf_16 and (strange > 0.05 * len(head) or head.count(0) > 0.3 * len(head)):
        what = "binary data"
    if what:
        raise InputError(
            f"is no text (it looks like {what})", value=name, next_step="Give plain text, HTML or JSONL, gzipped or not"
        )
