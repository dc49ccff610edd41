"""Reads many inputs in one process or several, always in the order of the inputs."""

from __future__ import annotations

import hashlib
import json
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sayso.errors import SaysoError
from sayso.model.article import Capture
from sayso.model.reading import Reading
from sayso.store.fold import sound

if TYPE_CHECKING:
    from sayso.read import ReadFailure

Known = Callable[[str, str, date | None], bool]
"""Says whether an article of that id is stored from the input of that fingerprint, for that day of publication."""
_AHEAD = 4
"""Inputs given to each process beyond the one it reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one input: a reading, or an error, or neither where it is known already.

    `name` is what messages call the input; `fingerprint` stands for it (see `fingerprint`); `published` is the day that
    the user gave to it because it has none of its own. `article` is the id of the article that is known already.
    """

    name: str
    fingerprint: str = ""
    published: date | None = None
    reading: Reading | None = None
    error: str | None = None
    article: str | None = None


def identity(capture: Capture) -> str:
    """Return the id that the capture's article gets: the one given, else the first 16 digits of its SHA-256."""
    return capture.id or capture.sha256[:16]


def fingerprint(capture: Capture) -> str:
    """Return what stands for all of an input that decides how it is read; not its name: files may be moved."""
    parts = [capture.sha256, capture.media_type, capture.title, capture.url, capture.outlet, capture.language]
    parts.append(capture.published.isoformat() if capture.published else None)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def outcomes(paths: list[str], published: date | None, jobs: int, known: Known) -> Iterator[Outcome]:
    """Yield what becomes of each input, in the order of the inputs whatever `jobs` is.

    What is `known` is not read again. `published` is the day of what has none of its own.
    """
    if jobs == 1:
        for item in _inputs(paths, published, known):
            yield item if isinstance(item, Outcome) else read_one(item, published)
    else:
        yield from _by_processes(paths, published, jobs, known)


def _inputs(paths: list[str], published: date | None, known: Known) -> Iterator[Capture | Outcome]:
    from sayso.read import captures

    yield from unread(captures(paths), published, known)


def unread(
    captures: Iterable[Capture | ReadFailure], published: date | None, known: Known
) -> Iterator[Capture | Outcome]:
    """Yield the captures that are to be read, and the outcomes of those that failed or are known."""
    for capture in captures:
        capture = replace(capture, name=sound(capture.name))
        if not isinstance(capture, Capture):
            yield Outcome(name=capture.name, error=str(capture.error))
        elif known(identity(capture), fingerprint(capture), _given(capture, published)):
            yield Outcome(name=capture.name, article=identity(capture))
        else:
            yield capture


def _given(capture: Capture, published: date | None) -> date | None:
    return None if capture.published else published


def read_one(capture: Capture, published: date | None) -> Outcome:
    """Read one input; whatever is wrong with it is its outcome and does not end the run."""
    from sayso.pipeline import read_capture

    name = capture.name
    try:
        reading = read_capture(capture, published)
        given = _given(capture, published)
        return Outcome(name=name, fingerprint=fingerprint(capture), published=given, reading=reading)
    except SaysoError as error:
        return Outcome(name=name, error=str(error))
    except Exception as error:
        return Outcome(name=name, error=f"{name}: could not be read ({type(error).__name__}: {error})")


def _by_processes(paths: list[str], published: date | None, jobs: int, known: Known) -> Iterator[Outcome]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # Spawned, not forked: the database is open in this process.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=without_interrupts)
    waiting: deque[Outcome | Future[Outcome]] = deque()
    try:
        for item in _inputs(paths, published, known):
            waiting.append(item if isinstance(item, Outcome) else pool.submit(read_one, item, published))
            if len(waiting) > jobs * _AHEAD:
                yield _done(waiting.popleft())
        while waiting:
            yield _done(waiting.popleft())
    except BrokenProcessPool as error:
        raise SaysoError(
            "one of the reading processes was killed, perhaps for want of memory",
            next_step="Run the same command again with fewer --jobs: it goes on where it stopped",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _done(item: Outcome | Future[Outcome]) -> Outcome:
    return item if isinstance(item, Outcome) else item.result()


def without_interrupts() -> None:
    """Leave an interrupt to the process that stores: it ends the others in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
