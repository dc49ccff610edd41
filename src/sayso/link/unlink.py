"""Takes an article out of all that it was linked with."""

from __future__ import annotations

from sqlalchemy import Connection

from sayso.link.copies import forget_copies
from sayso.link.linker import Linking
from sayso.link.subjects import SUBJECTS
from sayso.store.links import mark


def unlink(connection: Connection, numbers: list[int]) -> None:
    """Take articles out of the clusters and groups of copies that they are in; what people decided stays on record.

    Articles that are current again wait to be linked afterwards.
    """
    for subject in SUBJECTS:
        Linking(connection, subject).leave(numbers)
    forget_copies(connection, numbers)
    mark(connection, numbers, None)
