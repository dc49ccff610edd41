"""Whether two incidents, or two people or groups, are one, decided by somebody who has seen all that others did."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from sayso.desk.errors import StaleError
from sayso.errors import InputError
from sayso.link.judge import Decision, decided, known
from sayso.model.judgement import Subject, Verdict
from sayso.store.changes import Change
from sayso.store.links import Links
from sayso.store.store import Store
from sayso.store.tables import change


def decide(
    store: Store, subject: Subject, pair: tuple[str, str], verdict: Verdict, *, who: str, reason: str, seen: int
) -> Decision:
    """Decide that two are, or are not, the same: what was seen and what is decided are one transaction.

    Raises StaleError where somebody has changed one of them, or what it is linked with, after the change `seen`;
    InputError without a reason, and as `sayso.link.judge.judge` does.
    """
    if not reason.strip():
        raise InputError("a decision needs a reason", value="nothing", next_step="Say in a few words why")
    with store.writing() as connection:
        links = Links(connection, subject)
        newer = _since(connection, subject, _together(links, [known(links, key) for key in pair]), seen)
        if newer:
            raise StaleError(f"{newer[0].author} has changed one of the two meanwhile", value=pair[0], changes=newer)
        return decided(connection, subject, pair, verdict, author=who, reason=reason)


def _together(links: Links, keys: Sequence[str]) -> set[str]:
    """Return these keys and all that are linked with one of them."""
    clusters = set(links.clusters_of(keys).values())
    return {*keys, *(key for members in links.members(clusters).values() for key in members)}


def _since(connection: Connection, subject: Subject, keys: set[str], seen: int) -> list[Change]:
    """Return the changes after that number that touch one of these keys, the newest first."""
    query = select(change).where(change.c.subject == subject, change.c.number > seen).order_by(change.c.number.desc())
    every = (Change(**row) for row in connection.execute(query).mappings())
    return [one for one in every if keys & set(one.object.split())]
