"""Reads one article at a time in a process of its own: whatever becomes of that, the one who asked goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from sayso.desk.reading import Outcome, read_one, without_interrupts
from sayso.model.article import Capture

Read = Callable[[Capture, date | None], Outcome]
SECONDS = 900
"""For one article; the longest that are taken, of some megabytes, need minutes."""


class Apart:
    """A process that reads, started when it is first needed (it then takes some seconds and 400 MB).

    It ends with the process that asks, however that ends: the pipe between them breaks.
    """

    def __init__(self, read: Read = read_one, seconds: float = SECONDS) -> None:
        self._read, self._seconds = read, seconds
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._ended = False

    def read(self, capture: Capture, published: date | None) -> Outcome:
        """Read one article. Where the process dies of it, or needs too long, that is the article's outcome."""
        for _ in range(2):  # it may have died while nobody asked: only who dies twice dies of the article
            try:
                return self._asked(capture, published)
            except TimeoutError:
                self.close()
                return _failed(capture, f"was not read within {self._seconds:g} seconds", "Split it, or leave it out")
            except (EOFError, OSError):
                self.close()
        return _failed(capture, "the process that read it was killed, perhaps for want of memory", "Try it again alone")

    def _asked(self, capture: Capture, published: date | None) -> Outcome:
        pipe = self._pipe or self._start()
        pipe.send((capture, published))
        until = time.monotonic() + self._seconds
        while not pipe.poll(0.5):
            if time.monotonic() > until:
                raise TimeoutError
        outcome = pipe.recv()
        assert isinstance(outcome, Outcome)
        return outcome

    def _start(self) -> Connection:
        if self._ended:
            raise EOFError
        context = get_context("spawn")  # not forked: the database is open in this process
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._read), name="sayso-reading", daemon=True)
        self._process.start()
        theirs.close()
        self._pipe = ours
        return ours

    def end(self) -> None:
        """End the process, whatever it is at, and start none again."""
        self._ended = True
        self.close()

    def close(self) -> None:
        """End the process; it is started again when it is needed."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if pipe:
            pipe.close()
        if process:
            process.kill()
            process.join(5)


def _serve(pipe: Connection, read: Read) -> None:
    """Read what comes, until nobody asks any more."""
    without_interrupts()
    while True:
        try:
            capture, published = pipe.recv()
        except EOFError:
            return
        pipe.send(read(capture, published))


def _failed(capture: Capture, why: str, step: str) -> Outcome:
    return Outcome(name=capture.name, error=f"{capture.name}: {why}. {step}.")
