"""`sayso correct`: what a person says against a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.database import DEFAULT_DB, Db, printable
from sayso.cli.judge import By, author_of, open_existing
from sayso.cli.show import key_of
from sayso.errors import InputError

if TYPE_CHECKING:
    from sayso.store.rebuild import Stored


def correct(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="An incident's id, or its beginning.")],
    slot: Annotated[str | None, typer.Argument(metavar="SLOT", help="What it is a value of: killed, where ...")] = None,
    claim: Annotated[str | None, typer.Option("--claim", metavar="ID", help="The claim that is wrong.")] = None,
    reject: Annotated[bool, typer.Option("--reject", help="Take it out; without a SLOT, the whole incident.")] = False,
    value: Annotated[
        str | None, typer.Option("--value", metavar="TEXT", help="What is so instead, or besides.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Of a perpetrator, target, victim or weapon.")] = None,
    standing: Annotated[str | None, typer.Option("--standing", help="How the perpetrator stands.")] = None,
    words: Annotated[
        str | None, typer.Option("--words", metavar="TEXT", help="The article's words that carry the value.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is needed.")] = "",
    by: By = None,
    db: Db = DEFAULT_DB,
) -> None:
    """Correct a value of an incident, add one, or reject the incident.

    The ids of claims stand in `sayso show ID --alone --format json`. With --claim and --reject a claim is taken out,
    with --claim and --value it is replaced, on the same words unless others are given; --value and --words alone add a
    claim of the outlet's own. Nothing is overwritten: `sayso changes` tells what was done, `sayso undo cN` takes it
    back.

    \b
    Examples:
      sayso correct ark4gwhntr killed --claim i1.c15 --value 2-3 --reason "the later count"
      sayso correct ark4gwhntr perpetrator --claim i1.c7 --reject --reason "it says that they were not there"
      sayso correct ark4gwhntr --reject --reason "a drill"
    """
    from sayso.desk.corrections import Correction
    from sayso.desk.corrections import correct as make
    from sayso.desk.overview import refresh
    from sayso.store.changes import newest

    if reject == (value is not None) or (slot is None) != (reject and claim is None):
        raise InputError(
            "what is to be done is not clear",
            value=incident,
            next_step="Give a SLOT with --claim and --reject, or --value; or --reject alone for the incident",
        )
    with open_existing(db) as store:
        key = key_of(store, incident)
        found = store.incident(key)
        assert found is not None
        with store.reading() as connection:
            seen = newest(connection, "incident", key)
        action: Any = "reject incident" if slot is None else "reject" if reject else "replace" if claim else "add"
        own: dict[str, Any] = {"slot": slot, "claim": claim, "standing": standing, "reason": reason}
        if value is not None and slot is not None:
            own |= _said(found[0], slot, {"value": value, "kind": kind or ""}, words)
        done = make(store, Correction(incident=key, action=action, author=author_of(by), seen=seen, **own))
        refresh(store)
    print(printable(f"correction {done.number} of incident {key}; `sayso undo c{done.number}` takes it back"))


def _said(stored: Stored, slot: Any, fields: dict[str, str], words: str | None) -> dict[str, Any]:
    """Return the value that is given, and where in the article its words stand."""
    from sayso.desk.values import value_from

    found: dict[str, Any] = {"value": value_from(slot, fields, stored.reading.entities)}
    if words is None:
        return found
    text = stored.reading.article.text
    start = text.find(words) if words else -1
    if start < 0 or text.find(words, start + 1) >= 0:
        raise InputError(
            "the article has these words several times" if start >= 0 else "the article has no such words",
            value=words,
            next_step="Give them as they stand there, and enough of them",
        )
    return found | {"evidence": ((start, start + len(words)),)}
