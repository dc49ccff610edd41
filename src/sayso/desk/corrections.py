"""Corrections: what a person says against a value, with a reason. Nothing is overwritten, and all can be taken back.

A claim that a person takes out stays on record under the number of the correction; what they put in its place is a
claim of their own making, on the same words unless they give others. Each correction is an entry in the log of changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from sayso.desk.correction import Correction as Correction
from sayso.desk.correction import new_claim
from sayso.desk.errors import NotFoundError, StaleError
from sayso.errors import InputError
from sayso.model.claim import Claim
from sayso.store import changes, corrections
from sayso.store.changes import ChangeFilter
from sayso.store.corrections import Held, Recorded, Wanted
from sayso.store.fold import sound
from sayso.store.store import Store
from sayso.store.told import claim_words, plain_claim
from sayso.store.values import LARGEST

NEEDED = ("kind", "stage")
"""Slots of which a claim must be left."""


class Done(NamedTuple):
    """A correction that was made: its number, and the id of the claim that it added, None where it added none."""

    number: int
    claim: str | None


class Past(NamedTuple):
    """A correction of an incident, told: `old` and `new` are the values in words, None where there is none."""

    correction: Recorded
    old: str | None
    new: str | None


def correct(store: Store, correction: Correction) -> Done:
    """Make a correction, in one transaction; see `apply` for the errors."""
    with store.writing() as connection:
        return apply(connection, correction)


def apply(connection: Connection, correction: Correction) -> Done:
    """Make a correction within the caller's transaction.

    Raises NotFoundError for an incident or a claim that is not there, StaleError where somebody has changed the
    incident since the person looked at it, with these changes, and InputError for what cannot be.
    """
    given = _signed(correction)
    of = _standing(connection, given.incident)
    _check_fresh(connection, given)
    claims = corrections.claims_of(connection, of)
    old = _old(connection, of, given, claims)
    if given.action == "reject":
        _check_left(connection, of, claims, old)
    new = new_claim(given, claims.get(old) if old is not None else None, corrections.stored_of(connection, of).reading)
    wanted = Wanted(given.action, given.slot or "", given.author, given.reason)
    return Done(*corrections.make(connection, of, wanted, old, new))


def _signed(correction: Correction) -> Correction:
    """Return a correction whose author and reason are there. Raises InputError where one is missing."""
    given = replace(correction, author=sound(correction.author).strip(), reason=sound(correction.reason).strip())
    if not given.reason or not given.author:
        what = "reason" if given.author else "author"
        raise InputError(f"a correction needs a {what}", value="nothing", next_step=f"Give the {what}")
    return given


def _standing(connection: Connection, key: str) -> Held:
    """Return the incident of a key, which must be there, not taken out, and of the newest version of its article."""
    of = corrections.held(connection, sound(key))
    if of is None:
        raise NotFoundError("no such incident", value=key, next_step="The list of incidents has their ids")
    if of.retired is not None:
        told = corrections.rejected(connection, key, of.retired)
        raise InputError(told.message, value=told.value, next_step=told.next_step)
    if not of.current:
        raise InputError(
            "a newer version of its article has been read", value=key, next_step="Correct the newer incident"
        )
    return of


def _check_fresh(connection: Connection, given: Correction) -> None:
    if changes.newest(connection, "incident", given.incident) > given.seen:
        since = changes.changes(connection, ChangeFilter(subject="incident", object=given.incident))
        newer = [change for change in since if change.number > given.seen]
        raise StaleError(f"{newer[0].author} has changed this incident meanwhile", value=given.incident, changes=newer)


def _old(connection: Connection, of: Held, given: Correction, claims: Mapping[int, Claim]) -> int | None:
    """Return the position of the claim that is to be taken out; None where none is."""
    if given.action not in ("reject", "replace"):
        return None
    found = [position for position, claim in claims.items() if claim.id == given.claim]
    standing = [position for position in found if corrections.retired_by(connection, of, position) is None]
    if not found:
        ids = ", ".join(claim.id for claim in claims.values() if claim.slot == given.slot)
        raise NotFoundError(
            "the incident has no such claim", value=given.claim or "nothing", next_step=f"It has {ids or 'none'}"
        )
    if not standing:
        by = corrections.retired_by(connection, of, found[0])
        raise InputError(f"correction {by} has taken this claim out", value=str(given.claim), next_step="Look again")
    if claims[standing[0]].slot != given.slot:
        raise InputError(
            f"this is a claim of the {claims[standing[0]].slot}", value=str(given.claim), next_step="Give that slot"
        )
    return standing[0]


def _check_left(connection: Connection, of: Held, claims: Mapping[int, Claim], out: int | None) -> None:
    """Raise InputError where nothing would be left of what every incident has, were one claim taken out."""
    if out is None or claims[out].slot not in NEEDED:
        return
    rest = [p for p, claim in claims.items() if claim.slot == claims[out].slot and p != out]
    if not any(corrections.retired_by(connection, of, p) is None for p in rest):
        raise InputError(
            f"every incident has a {claims[out].slot}",
            value=claims[out].id,
            next_step="Put another value in its place, or reject the incident",
        )


def undo_correction(store: Store, number: int, *, author: str, reason: str = "") -> Recorded:
    """Take back a correction and return it as it then stands.

    Raises NotFoundError where there is none, InputError where it was taken back before, or a later one builds on it.
    """
    with store.writing() as connection:
        return undo_within(connection, number, author=author, reason=reason)


def undo_within(connection: Connection, number: int, *, author: str, reason: str = "") -> Recorded:
    """Take back a correction within the caller's transaction; as `undo_correction`."""
    found = next(corrections.recorded(connection, number=number), None) if 0 < number <= LARGEST else None
    if found is None:
        raise NotFoundError("there is no such correction", value=str(number), next_step="`sayso changes` lists them")
    if found.revoked:
        raise InputError(
            f"this correction was taken back on {found.revoked} by {found.revoked_by}",
            value=str(number),
            next_step="Correct it anew",
        )
    of = corrections.held(connection, corrections.key_of(connection, found))
    if of is None or not of.current:
        raise InputError(
            "a newer version of its article has been read",
            value=str(number),
            next_step="Correct the newer incident",
        )
    _check_last(connection, of, found)
    _take_back(connection, of, found, sound(author), sound(reason))
    return next(corrections.recorded(connection, number=number))


def _check_last(connection: Connection, of: Held, found: Recorded) -> None:
    """Raise InputError where a later correction stands on what this one did."""
    for later in corrections.recorded(connection, of=of):
        builds = later.old is not None and later.old == found.new
        if later.number > found.number and not later.revoked and (builds or later.action == "reject incident"):
            raise InputError(
                f"correction {later.number}, by {later.author}, builds on it",
                value=str(found.number),
                next_step=f"Take that one back first: `sayso undo c{later.number}`",
            )


def _take_back(connection: Connection, of: Held, found: Recorded, author: str, reason: str) -> None:
    claims = corrections.claims_of(connection, of)
    if found.old is None:
        _check_left(connection, of, claims, found.new)
    if found.old is not None or found.action == "reject incident":
        corrections.retire(connection, of, found.old, None)
    if found.new is not None:
        corrections.retire(connection, of, found.new, found.number)
    corrections.revoke(connection, found.number, author)
    corrections.settle(connection, of)
    changes.record(
        connection,
        author=author,
        action="took back",
        subject="incident",
        object=of.key,
        before={"correction": found.number} | (plain_claim(claims[found.new]) if found.new is not None else {}),
        after=plain_claim(claims[found.old]) if found.old is not None else None,
        reason=reason,
    )


def history(store: Store, key: str) -> list[Past]:
    """Return the corrections of an incident, the oldest first, also those taken back; of one rejected too."""
    with store.reading() as connection:
        of = corrections.held(connection, sound(key))
        if of is None:
            return []
        claims = corrections.claims_of(connection, of)
        return [
            Past(one, *(None if p is None else claim_words(claims[p]) for p in (one.old, one.new)))
            for one in corrections.recorded(connection, of=of)
        ]
