"""Carries over what people corrected in an older version of an article to the newer one.

A correction goes to the successor of its incident, where the claim that it took out stands again, with the same value
on the same standing. What cannot be carried over stays on record with the older version, and the log says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from sayso.link.carry import CARRIED, successors
from sayso.link.subjects import keys_in, least_of, matcher
from sayso.model.claim import Claim
from sayso.model.reading import Reading
from sayso.model.span import Span
from sayso.store import changes, corrections
from sayso.store.changes import ChangeFilter
from sayso.store.corrections import Held, Recorded, Wanted
from sayso.store.links import older
from sayso.store.rebuild import Stored, rebuild
from sayso.store.store import MAKER
from sayso.store.tables import article

_FROM = re.compile(re.escape(CARRIED) + r"correction (\d+)(?:: )?")
LEFT = "not carried over"
"""How the log calls a correction that the newer version has no place for."""


class Place(NamedTuple):
    """Where a correction goes: the incident in the newer version, with its claims that stand, and its article."""

    of: Held
    claims: dict[int, Claim]
    reading: Reading


def carry_corrections(connection: Connection, numbers: Iterable[int]) -> None:
    """Make the corrections of older versions of these articles in the newest, unless they were made there before."""
    numbers = list(numbers)
    before = older(connection, numbers)
    if not before:
        return
    made = list(corrections.recorded(connection, articles=[*before, *numbers]))
    over = {int(match[1]) for one in made if (match := _FROM.match(one.reason))}
    waiting = [one for one in made if not one.revoked and one.article in before and one.number not in over]
    if not waiting:
        return
    olds = rebuild(connection, {one.article for one in waiting}, retired=True)
    ids = {stored.reading.article.id for stored in olds.values()}
    newest = select(article.c.number).where(article.c.id.in_(ids), article.c.current, article.c.number.in_(numbers))
    news = {s.reading.article.id: s for s in rebuild(connection, connection.execute(newest).scalars()).values()}
    for one in waiting:
        old = olds[one.article]
        _carry(connection, one, old, news[old.reading.article.id])


def _carry(connection: Connection, one: Recorded, old: Stored, new: Stored) -> None:
    of = corrections.held(connection, old.keys[one.incident])
    assert of is not None
    place, claims = _place(connection, of, old, new), corrections.claims_of(connection, of)
    if place is None or not _made(connection, one, claims, place):
        _leave(connection, one, of)


def _place(connection: Connection, of: Held, old: Stored, new: Stored) -> Place | None:
    """Return where the corrections of an incident go; None where the newer version does not tell of it."""
    compares = matcher("incident")
    gone, fresh = (compares.sketches_of(s.reading, keys_in(s, "incident")) for s in (old, new))
    key = successors(compares, gone, fresh, [of.key], least_of("incident")).get(of.key)
    found = corrections.held(connection, key) if key else None
    if found is None or found.retired is not None:
        return None
    claims = corrections.claims_of(connection, found)
    standing = {p: c for p, c in claims.items() if corrections.retired_by(connection, found, p) is None}
    return Place(found, standing, new.reading)


def _made(connection: Connection, one: Recorded, claims: dict[int, Claim], place: Place) -> bool:
    """Make a correction in its new place; say whether it could be."""
    before = claims[one.old] if one.old is not None else None
    old = next((p for p, c in place.claims.items() if before and _like(c) == _like(before)), None)
    if before is not None and old is None:
        return False
    new = None
    if one.new is not None:
        new = _moved(claims[one.new], before, place.claims[old] if old is not None else None, place.reading)
        if new is None or any(_like(new) == _like(c) for c in place.claims.values()):
            return False
    reason = f"{CARRIED}correction {one.number}: {_FROM.sub('', one.reason, count=1)}"
    action: Any = one.action
    corrections.make(connection, place.of, Wanted(action, one.slot, one.author, reason), old, new)
    return True


def _like(claim: Claim) -> tuple[Any, ...]:
    """Return what two claims of two versions share where they say the same."""
    value: Any = claim.value
    bare = replace(value, entity=None) if hasattr(value, "entity") else value
    return claim.slot, bare, claim.standing, claim.stance


def _moved(claim: Claim, before: Claim | None, now: Claim | None, reading: Reading) -> Claim | None:
    """Return a person's claim on the words of the newer version; None where these are not there.

    What the claim had from the one that it replaced (`before`), it has from that one's successor (`now`).
    """
    value: Any = claim.value
    bare = replace(value, entity=None) if hasattr(value, "entity") else value
    if before and now and claim.evidence == before.evidence:
        evidence = now.evidence
    else:
        found = [_again(span, reading.article.text) for span in claim.evidence]
        evidence = tuple(span for span in found if span)
        if len(evidence) < len(found):
            return None
    chain = now.chain if before and now and claim.chain == before.chain else claim.chain
    if not set(chain) <= {statement.id for statement in reading.statements} or (
        chain and chain is not (now and now.chain)
    ):
        return None  # who says it there is not known
    return replace(claim, value=corrections.known(bare, reading.entities), evidence=evidence, chain=chain)


def _again(span: Span, text: str) -> Span | None:
    """Return where the same words stand in another text, the nearest to where they stood; None where nowhere."""
    starts = [match.start() for match in re.finditer(re.escape(span.text), text)]
    start = min(starts, key=lambda at: abs(at - span.start), default=None)
    return None if start is None else Span(start=start, end=start + len(span.text), text=span.text)


def _leave(connection: Connection, one: Recorded, of: Held) -> None:
    """Tell the log, once, that a correction was not carried over."""
    told = changes.changes(connection, ChangeFilter(action=LEFT, subject="incident", object=of.key))
    if all(change.after != {"correction": one.number} for change in told):
        changes.record(
            connection,
            author=MAKER,
            action=LEFT,
            subject="incident",
            object=of.key,
            after={"correction": one.number},
            reason="the newer version of the article does not say what was corrected",
        )
