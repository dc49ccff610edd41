"""The one who reads what people give to the workbench: a thread beside the pages, one batch after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TypeVar

from sayso.desk import intake, uploads
from sayso.desk.apart import Apart
from sayso.desk.desk import Desk
from sayso.desk.intake import FAILED, SEVERAL, Batch, Item
from sayso.desk.keeping import Kept, keep
from sayso.desk.overview import refresh
from sayso.desk.reading import Outcome, unread
from sayso.errors import InputError, SaysoError, StoreError
from sayso.link.linker import link
from sayso.model.article import Capture
from sayso.read import ReadFailure, captures
from sayso.store.store import Store

T = TypeVar("T")
Captures = Callable[[str], Iterable[Capture | ReadFailure]]
IDLE = 300.0
"""Seconds without work after which the process that reads is ended: it holds the models in memory."""
BETWEEN = 1.0
"""Seconds between tries to write while another program holds the database."""
_log = logging.getLogger("sayso.desk")


class ClosedError(Exception):
    """The workbench is being ended."""


class StoppedError(Exception):
    """Somebody has stopped the batch."""


class Worker:
    """Reads the batches of a desk in the background.

    What an ended or killed server left in the middle is marked as interrupted when the next one opens. `found` gives
    the captures of an address or a path.
    """

    def __init__(
        self, desk: Desk, reader: Apart | None = None, found: Captures = lambda path: captures([path])
    ) -> None:
        self._desk, self._reader, self._found = desk, reader or Apart(), found
        self.folder = uploads.folder_of(desk.place)
        self.waits = False
        self._wake, self._closed, self._lock = Event(), Event(), Lock()
        self._thread: Thread | None = None

    def open(self) -> None:
        """Begin, and mark what was interrupted."""
        uploads.tidy(self.folder)
        with self._desk.reading() as store:
            left = bool(intake.left(store)), intake.next_waiting(store) is not None
        if left[0]:
            with suppress(StoreError), self._desk.writing() as store:
                intake.interrupt(store)
        if left[1]:
            self.wake()

    def wake(self) -> None:
        """Let it look for work."""
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = Thread(target=self._work, name="sayso-intake", daemon=True)
                self._thread.start()
        self._wake.set()

    def close(self) -> None:
        """End; a batch in the middle is marked as interrupted."""
        self._closed.set()
        self._wake.set()
        self._reader.end()
        if self._thread:
            self._thread.join(10)

    def _work(self) -> None:
        while not self._closed.is_set():
            try:
                self._once()
            except ClosedError:
                break
            except Exception:  # whatever it is, pages and later batches go on
                _log.exception("intake")
                self._closed.wait(BETWEEN)

    def _once(self) -> None:
        with self._desk.reading() as store:
            number = intake.next_waiting(store)
        if number is not None:
            self._read(number)
        elif not self._wake.wait(IDLE):
            self._reader.close()
        else:
            self._wake.clear()

    def _read(self, number: int) -> None:
        """Read one batch to its end; what no source is to blame for ends it as failed."""
        self._set_state(number, "running")
        try:
            with self._desk.reading() as store:
                batch = intake.batch(store, number)
            while source := self._next(number):
                self._source(batch, source)
        except StoppedError:
            return
        except ClosedError:
            self._last_words(number)
            raise
        except Exception as error:
            _log.exception("intake %s", number)
            said = str(error) if isinstance(error, SaysoError) else f"{type(error).__name__}: {error}"
            self._set_state(number, "failed", said)

    def _next(self, number: int) -> Item | None:
        """Return the next source of a batch that runs; one that has none left is done."""
        with self._desk.reading() as store:
            source = intake.next_source(store, number)
            state = intake.batch(store, number).state
        if source is None and state == "running":
            self._set_state(number, "done")
        return source

    def _last_words(self, number: int) -> None:
        try:
            with self._desk.writing() as store, store.writing() as connection:
                intake.set_state(connection, number, "interrupted")
        except StoreError:
            _log.info("intake %s is marked at the next start", number)

    def _source(self, batch: Batch, source: Item) -> None:
        """Read all that a source holds, and record each outcome as it comes."""
        path = uploads.path_of(self.folder, batch.number, source.position, source.name)
        self._write(lambda store: self._forget(store, batch.number, source.position))
        done: list[Item] = []
        failed = False
        for outcome in self._outcomes(batch, source, path):
            kept = self._keep(outcome)
            failed |= kept.what == FAILED
            place = len(done)
            item = Item(intake.part_of(source.position, place), outcome.name, kept.what, kept.article, kept.error)
            done.append(item)
            if place:  # the first is put only when it is not the only one
                self._record(batch.number, [done[0], item] if place == 1 else [item])
        if batch.kind == "upload" and not failed:
            path.unlink(missing_ok=True)
        whole = source._replace(outcome=SEVERAL)
        if len(done) == 1:
            whole = done[0]._replace(position=source.position, name=source.name)
        elif not done:
            whole = source._replace(outcome=FAILED, error=f"{source.name}: holds no article.")
        self._record(batch.number, [whole])

    def _outcomes(self, batch: Batch, source: Item, path: Path) -> Iterator[Outcome]:
        found: Iterable[Capture | ReadFailure]
        if batch.kind != "upload":
            found = self._found(source.name)
        elif path.exists():
            found = _renamed(self._found(str(path)), str(path), source.name)
        else:
            gone = InputError("the file that was sent is gone", value=source.name, next_step="Send it once more")
            found = [ReadFailure(name=source.name, error=gone)]
        for item in unread(found, batch.published, self._known):
            self._check()
            self._stopped(batch.number)
            outcome = item if isinstance(item, Outcome) else self._reader.read(item, batch.published)
            self._check()  # closing ends the reader in the middle, which is not the article's fault
            yield replace(outcome, error=outcome.error and outcome.error.replace(str(path), source.name))

    def _stopped(self, number: int) -> None:
        with self._desk.reading() as store:
            if intake.batch(store, number).state != "running":
                raise StoppedError

    def _known(self, id: str, fingerprint: str, published: date | None) -> bool:
        with self._desk.reading() as store:
            return store.has(id, fingerprint, published)

    def _keep(self, outcome: Outcome) -> Kept:
        kept = self._write(lambda store: keep(store, outcome))
        if kept.what in intake.KEPT:
            self._write(lambda store: link(store))
            self._write(lambda store: refresh(store))
        return kept

    def _record(self, number: int, items: list[Item]) -> None:
        def do(store: Store) -> None:
            with store.writing() as connection:
                intake.put(connection, number, items)
                intake.settle(connection, number)

        self._write(do)

    def _forget(self, store: Store, number: int, source: int) -> None:
        with store.writing() as connection:
            intake.drop_parts(connection, number, source)

    def _set_state(self, number: int, state: intake.State, error: str | None = None) -> None:
        def do(store: Store) -> None:
            with store.writing() as connection:
                intake.set_state(connection, number, state, error)

        self._write(do)

    def _check(self) -> None:
        if self._closed.is_set():
            raise ClosedError

    def _write(self, do: Callable[[Store], T]) -> T:
        """Do something that writes; while another program holds the database, wait and try again."""
        while True:
            self._check()
            try:
                with self._desk.writing() as store:
                    done = do(store)
                self.waits = False
                return done
            except StoreError as error:
                if "is writing" not in error.message:
                    raise
                self.waits = True
                self._closed.wait(BETWEEN)


def _renamed(found: Iterable[Capture | ReadFailure], path: str, name: str) -> Iterator[Capture | ReadFailure]:
    """Call inputs by the names that people gave to their files."""
    for item in found:
        yield replace(item, name=name + item.name.removeprefix(path))
