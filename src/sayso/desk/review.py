"""Reviews: what people say of the program's values, what of it goes into the record, and what they disagree on.

A verdict is a row that is only added to. The first verdict on a value is the one that counts: where it corrects or
rejects, the record is corrected so. What a second reviewer says otherwise is kept beside it, and waits for somebody to
decide; until then the first stands. Nobody is told what others say of a value before their own verdict is in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, update

from sayso.desk.corrections import Correction, apply, undo_within
from sayso.desk.review_item import Item, comparable, item_at
from sayso.desk.review_queue import DECIDED, SKIPPED, VERDICTS
from sayso.desk.review_rows import Verdict, add, key_of, log, of_ref, one_of, revoke, verdict_of, verdicts
from sayso.desk.values import STANDINGS, value_from
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.model.claim import Claim, Standing, Value
from sayso.store import changes, corrections
from sayso.store.fold import sound
from sayso.store.overview import due
from sayso.store.store import Store
from sayso.store.tables import review
from sayso.store.told import claim_words
from sayso.store.values import plain, type_of, value_of

WHY = {"corrected": "reviewed: the text says otherwise", "rejected": "reviewed: the text does not say so"}
"""The reason on record where a reviewer gave none."""


class Given(NamedTuple):
    """What a reviewer gave: the verdict as kept, and the incident's key."""

    verdict: Verdict
    key: str


def give(
    store: Store,
    who: Who,
    at: tuple[str, int],
    verdict: str,
    *,
    fields: Mapping[str, str] | None = None,
    reason: str = "",
) -> Given:
    """Record a reviewer's verdict on a value, and correct the record where it is the first and says so.

    `at` is the incident's key and the claim's position; `fields` are what a correction says, as in a form, with the
    `standing` of a perpetrator. The same verdict given twice is one. Raises NotFoundError where there is no such value,
    and InputError for a verdict, a value or a time that cannot be.
    """
    who.needs("reviewer")
    if verdict not in (*VERDICTS, SKIPPED):
        raise InputError(
            "there is no such verdict", value=verdict, next_step=f"Give {', '.join(VERDICTS)} or {SKIPPED}"
        )
    with store.writing() as connection:
        item = item_at(connection, *at)
        _check_open(connection, item)
        value = _corrected(connection, item, fields or {}) if verdict == "corrected" else None
        before = [v for v in verdicts(connection, item.ref) if v.reviewer == sound(who.name) and v.verdict != DECIDED]
        for old in before:
            if (old.verdict, old.value) == (verdict, value):
                return Given(old, item.key)
            if old.verdict != SKIPPED:
                raise InputError(
                    f"you have {old.verdict} this value already", value=item.words, next_step="Undo that first"
                )
            revoke(connection, old.number)
        number = add(connection, item.ref, who, verdict, value, reason)
        log(connection, item, who, f"reviewed: {verdict}", value, reason)
        settle(connection, item, who, strict=number)
        due(connection, [item.key])
        return Given(one_of(connection, number), item.key)


def _check_open(connection: Connection, item: Item) -> None:
    of = corrections.held(connection, item.key)
    if of is None or of.retired is not None or not of.current:
        why = "the incident was rejected" if of and of.current else "a newer version of its article has been read"
        raise InputError(f"this can no longer be reviewed: {why}", value=item.key, next_step="Go on with the next one")


def _corrected(connection: Connection, item: Item, fields: Mapping[str, str]) -> dict[str, Any]:
    """Return what a correction says, as it is kept. Raises InputError where it is no value or says the same."""
    of = corrections.held(connection, item.key)
    entities = corrections.stored_of(connection, of).reading.entities if of else ()
    value = value_from(item.claim.slot, fields, entities)
    standing = _standing(item.claim, fields)
    if comparable(value, standing) == comparable(item.claim.value, item.claim.standing):
        raise InputError("it says so already", value=item.words, next_step="Accept it, or say what is otherwise")
    words = claim_words(replace(item.claim, value=value, standing=standing))
    return {"type": type_of(value), "value": plain(value), "standing": standing, "words": words}


def _standing(claim: Claim, fields: Mapping[str, str]) -> Standing | None:
    if claim.slot != "perpetrator":
        return None
    given = fields.get("standing", "").strip() or claim.standing
    if given not in STANDINGS:
        raise InputError(
            f"a standing is one of {', '.join(STANDINGS)}", value=given or "nothing", next_step="Nothing was changed"
        )
    return given


def undo(store: Store, who: Who) -> Given | None:
    """Take back the last verdict that a reviewer gave, with what it did to the record; None where there is none."""
    who.needs("reviewer")
    with store.writing() as connection:
        mine = (review.c.reviewer == sound(who.name), review.c.revoked.is_(None), review.c.verdict != DECIDED)
        number = connection.execute(select(func.max(review.c.number)).where(*mine)).scalar()
        if number is None:
            return None
        last = one_of(connection, number)
        key = key_of(connection, last.ref)
        item = item_at(connection, key, last.ref.claim)
        revoke(connection, last.number)
        settle(connection, item, who)
        log(connection, item, who, f"took back the review: {last.verdict}", last.value, "")
        due(connection, [key])
        return Given(one_of(connection, last.number), key)


def decide(store: Store, who: Who, at: tuple[str, int], number: int, *, reason: str = "") -> Given:
    """Decide a conflict for one of its verdicts, whose value the record then has; an earlier decision is replaced.

    Raises InputError where there is no such verdict on that value.
    """
    who.needs("reviewer")
    with store.writing() as connection:
        item = item_at(connection, *at)
        _check_open(connection, item)
        given = verdicts(connection, item.ref)
        if number not in {one.number for one in given if one.verdict in VERDICTS}:
            raise InputError("there is no such verdict on this value", value=str(number), next_step="Look again")
        for old in (one for one in given if one.verdict == DECIDED):
            revoke(connection, old.number)
        made = add(connection, item.ref, who, DECIDED, {"review": number}, reason)
        log(connection, item, who, "decided a conflict", {"review": number}, reason)
        settle(connection, item, who, strict=number)
        due(connection, [item.key])
        return Given(one_of(connection, made), item.key)


def settle(connection: Connection, item: Item, who: Who, *, strict: int | None = None) -> None:
    """Let the record have what the verdict that counts says: that decided for, else the first; take back any other.

    What cannot be done to the record any more is left undone, unless it is the verdict of number `strict`.
    """
    rows = [verdict_of(row) for row in connection.execute(of_ref(item.ref))]
    wanted = counting([one for one in rows if not one.revoked])
    for one in rows:
        if one != wanted and one.correction and _stands(connection, one.correction):
            undo_within(connection, one.correction, author=who.name, reason="its review does not count any more")
            if not one.revoked:  # it may count again one day
                connection.execute(update(review).where(review.c.number == one.number).values(correction=None))
    if wanted is None or wanted.correction or wanted.verdict not in WHY:
        return
    of = corrections.held(connection, item.key)
    if of is None or corrections.retired_by(connection, of, item.ref.claim) is not None:
        return  # somebody has corrected it by other ways: that stands, and the verdict beside it
    try:
        with connection.begin_nested():
            done = apply(connection, _correction(connection, item, wanted))
    except InputError:
        if wanted.number == strict:
            raise
        return
    connection.execute(update(review).where(review.c.number == wanted.number).values(correction=done.number))


def _stands(connection: Connection, number: int) -> bool:
    return any(not one.revoked for one in corrections.recorded(connection, number=number))


def counting(given: list[Verdict]) -> Verdict | None:
    """Return the verdict that counts: the one decided for, else the first given; None where nobody has judged."""
    judged = [one for one in given if one.verdict in VERDICTS]
    chosen = [one.value["review"] for one in given if one.verdict == DECIDED and one.value]
    return next((one for one in judged if one.number in chosen), judged[0] if judged else None)


def _correction(connection: Connection, item: Item, wanted: Verdict) -> Correction:
    value: Value | None = None
    if wanted.value is not None:
        value = value_of(wanted.value["type"], wanted.value["value"])
    return Correction(
        incident=item.key,
        action="replace" if wanted.verdict == "corrected" else "reject",
        author=wanted.reviewer,
        reason=wanted.reason or WHY[wanted.verdict],
        seen=changes.newest(connection, "incident", item.key),
        slot=item.claim.slot,
        claim=item.claim.id,
        value=value,
        standing=wanted.value["standing"] if wanted.value else None,
    )


def progress(store: Store, who: Who, today: date) -> dict[str, int]:
    """Return how many verdicts of each sort a reviewer has given today (UTC), those taken back left out."""
    mine = (review.c.reviewer == sound(who.name), review.c.at >= today.isoformat(), review.c.revoked.is_(None))
    query = select(review.c.verdict, func.count()).where(*mine).group_by(review.c.verdict)
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)}
