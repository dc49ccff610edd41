"""One database for many people at once: readers beside each other, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty, LifoQueue
from threading import Lock

from sayso.desk.index import Index
from sayso.errors import StoreError
from sayso.store.database import PATIENCE
from sayso.store.store import Store, open_store

READERS = 6
"""Connections kept open for reading; whoever comes when all are taken opens one more for the while."""


class Desk:
    """A database at which several threads work: each has a connection of its own for as long as it needs one.

    Opening makes or updates the database. Raises StoreError as `open_store` does; also where it is locked for longer
    than `patience` seconds, which a reader never meets. `index` is what lists and maps are answered from.
    """

    def __init__(self, place: str, *, patience: float = PATIENCE) -> None:
        self.place, self._patience = place, patience
        self._idle: LifoQueue[Store] = LifoQueue()
        self._turn = Lock()
        self.index = Index()
        open_store(place, write=True, patience=patience).close()

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """Give a store that only reads."""
        store = self._take()
        try:
            yield store
        except BaseException:
            store.close()  # whatever broke may have broken the connection
            raise
        if self._idle.qsize() < READERS:
            self._idle.put(store)
        else:
            store.close()

    def _take(self) -> Store:
        try:
            return self._idle.get_nowait()
        except Empty:
            return open_store(self.place)

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """Give a store that writes; within this program one at a time, others wait their turn."""
        with ExitStack() as stack:
            if not self._turn.acquire(timeout=self._patience):
                raise StoreError(
                    "somebody else is writing", value=self.place, next_step="Nothing was changed: try again"
                )
            stack.callback(self._turn.release)
            yield stack.enter_context(open_store(self.place, write=True, patience=self._patience))

    def changed(self) -> None:
        """Link what waits to be linked and bring the overview up to date, after something was changed.

        Where somebody else is writing it is left to whoever changes something next: the change itself is kept.
        """
        from sayso.desk.overview import refresh
        from sayso.link.linker import link

        with suppress(StoreError), self.writing() as store:
            link(store)
            refresh(store)

    def close(self) -> None:
        """Close all connections that nobody uses."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return
