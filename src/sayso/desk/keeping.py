"""What is read goes into the database, and what failed is recorded there; the same for the command line and Intake."""

from __future__ import annotations

from typing import Literal, NamedTuple

from sayso.desk.reading import Outcome
from sayso.store.check import UnstorableError
from sayso.store.store import Store

What = Literal["stored", "replaced", "unchanged", "failed"]


class Kept(NamedTuple):
    """What became of an outcome: `article` is the id of what was stored, `error` why something failed."""

    what: What
    article: str | None = None
    version: int = 0
    error: str | None = None


def keep(store: Store, outcome: Outcome) -> Kept:
    """Store an outcome. Raises StoreError where the database takes no more at all."""
    error = outcome.error
    if outcome.reading is not None:
        try:
            added = store.add(outcome.reading, outcome.fingerprint, outcome.published)
            return Kept(added.what, outcome.reading.article.id, added.version)
        except UnstorableError as unstorable:
            error = str(unstorable)
    if error is None:
        return Kept("unchanged", outcome.article)
    store.add_failure(outcome.name, error)
    return Kept("failed", error=error)
