"""Sketches all that is linked anew: after an update of sayso, sketches and the keys they are found by may be others."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import Connection

from sayso.link.subjects import SUBJECTS, keys_in, matcher
from sayso.model.judgement import Subject
from sayso.store.links import Links, batches, forget_keys, linked
from sayso.store.rebuild import Stored, rebuild

AT_ONCE = 50
"""Articles that are rebuilt at once."""


def sketch_anew(connection: Connection) -> None:
    """Bring every sketch and its keys up to date, so that whatever is linked first finds all others as they are now.

    A thing that is sketched no longer is found by nothing from here on; it is taken out when its article is linked.
    """
    forget_keys(connection)
    for numbers in batches(linked(connection), AT_ONCE):
        stored = rebuild(connection, numbers)
        for subject in SUBJECTS:
            links = Links(connection, subject)
            for number in numbers:
                with suppress(ArithmeticError, LookupError, TypeError, ValueError):  # told when it is linked
                    _sketch(links, subject, stored[number])


def _sketch(links: Links, subject: Subject, stored: Stored) -> None:
    kept = {one.key: one for one in links.of_reports([stored.number])}
    compares = matcher(subject)
    for sketch in compares.sketches_of(stored.reading, keys_in(stored, subject)):
        if sketch.key in kept:
            links.renew(kept[sketch.key], compares.plain(sketch), compares.keys_of(sketch).kept)
