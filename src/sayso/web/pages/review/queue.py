"""The queue: one value after the other, each with its words, and one key for what a reviewer says of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.responses import Response

from sayso.desk.desk import Desk
from sayso.desk.errors import NotFoundError
from sayso.desk.judging import settle
from sayso.desk.review import give, progress, undo
from sayso.desk.review_item import Item, Passage, item_at
from sayso.desk.review_queue import SLOTS, QueueFilter, next_of
from sayso.desk.review_rows import verdicts
from sayso.desk.values import STANDINGS
from sayso.desk.who import Who
from sayso.errors import InputError, SaysoError
from sayso.schema.kinds import kinds
from sayso.store.store import Store
from sayso.web.graphic import is_graphic
from sayso.web.pages.review.guidelines import general, guides
from sayso.web.respond import desk_of, needs, own_form, page, see, text_of, who_of
from sayso.web.slot_fields import COUNTS, fields_for

router = APIRouter()
Form = Annotated[FormData, Depends(own_form)]
Reviewer = Annotated[Who, Depends(needs("reviewer"))]
TOLD = {
    "accepted": "Accepted.",
    "corrected": "Corrected.",
    "rejected": "Rejected.",
    "skipped": "Skipped.",
    "undone": "Your last verdict was taken back; here it is again.",
    "nothing": "There is nothing of yours to take back.",
}
FILTER = ("slot", "kind", "incident", "second", "skipped")


@router.get("/review")
def queue(request: Request, who: Reviewer, told: str = "", item: str = "") -> Response:
    """Show the next value."""
    return _page(request, dict(request.query_params), told=TOLD.get(told, ""), at=item)


@router.post("/review")
def judge(request: Request, form: Form, who: Reviewer) -> Response:
    """Take a verdict and lead on to the next value; where it cannot be taken, show why with what was typed."""
    verdict, key, position = text_of(form, "verdict"), text_of(form, "key"), text_of(form, "claim")
    given = {name: text_of(form, name) for name in FILTER}
    at = (key, int(position) if position.isdecimal() and len(position) < 9 else -1)
    fields = {name.partition(".")[2] or name: text_of(form, name) for name in form if "." in name or name == "standing"}
    try:
        with desk_of(request).writing() as store:
            give(store, who, at, verdict, fields=fields, reason=text_of(form, "reason"))
    except NotFoundError:
        raise
    except InputError as error:
        typed = {name: text_of(form, name) for name in form}
        return _page(request, given, failed=str(error), at=f"{key}.{position}", typed=typed, status=400)
    answer = see("/review", **{name: value for name, value in given.items() if value}, told=verdict)
    answer.background = BackgroundTask(bring_up_to_date, desk_of(request))
    return answer


@router.post("/review/undo")
def take_back(request: Request, form: Form, who: Reviewer) -> Response:
    """Take back the last verdict and show its value again."""
    given = {name: text_of(form, name) for name in FILTER if text_of(form, name)}
    with desk_of(request).writing() as store:
        taken = undo(store, who)
    if taken is None:
        return see("/review", **given, told="nothing")
    answer = see("/review", **given, told="undone", item=f"{taken.key}.{taken.verdict.ref.claim}")
    answer.background = BackgroundTask(bring_up_to_date, desk_of(request))
    return answer


def bring_up_to_date(desk: Desk) -> None:
    """Lay what was changed into the overview; it waits where somebody else writes."""
    try:
        with desk.writing() as store:
            settle(store)
    except SaysoError:
        return  # somebody else writes: what waits is laid with the next change


def _filter(given: Mapping[str, str]) -> QueueFilter:
    """Return what is asked for. Raises InputError for a slot or kind that there is none of."""
    slot, kind = given.get("slot") or None, given.get("kind") or None
    for said, name, allowed in ((slot, "slot", SLOTS), (kind, "kind", tuple(kinds()))):
        if said is not None and said not in allowed:
            raise InputError(f"there is no such {name}", value=said, next_step=f"Choose one of {', '.join(allowed)}")
    own = {name: bool(given.get(name)) for name in ("second", "skipped")}
    return QueueFilter(slot=slot, kind=kind, incident=given.get("incident") or None, **own)


def _page(
    request: Request, given: Mapping[str, str], *, at: str = "", status: int = 200, typed: Any = None, **more: str
) -> Response:
    who, wanted = who_of(request), _filter(given)
    with desk_of(request).reading() as store:
        item, why = _asked(store, who, at, again=typed is not None) or _next(store, who, wanted)
        done = progress(store, who, datetime.now(UTC).date())
    kept = {name: given.get(name, "") for name in FILTER}
    shown = {"told": "", "failed": "", **more}
    return page(
        request,
        "review/queue.html",
        graphic=graphic,
        status=status,
        item=item,
        why=why,
        done=done,
        filter=kept,
        query=urlencode({name: value for name, value in kept.items() if value}),
        slots=SLOTS,
        kinds=tuple(kinds()),
        standings=STANDINGS,
        fields=fields_for(item.claim.slot) if item else [],
        typed=typed or (_typed(item) if item else {}),
        opened=typed is not None and typed.get("verdict") == "corrected",
        guide=guides().get(item.claim.slot) if item else None,
        general=general(),
        **shown,
    )


Shown = tuple[Item | None, tuple[tuple[str, float], ...]]


def _asked(store: Store, who: Who, at: str, *, again: bool) -> Shown | None:
    """Return the value that the address names, where this reviewer has not judged it; None else."""
    key, _, position = at.rpartition(".")
    if not key or not position.isdecimal() or len(position) > 8:
        return None
    with store.reading() as connection:
        item = item_at(connection, key, int(position))
        mine = any(one.reviewer == who.name for one in verdicts(connection, item.ref))
    return None if mine and not again else (item, ())


def _next(store: Store, who: Who, wanted: QueueFilter) -> Shown:
    found = next_of(store, who.name, wanted)
    if found is None:
        return None, ()
    with store.reading() as connection:
        return item_at(connection, found.key, found.ref.claim), found.reasons


def graphic(passage: Passage) -> bool:
    """Say whether a passage holds graphic wording."""
    return is_graphic("".join(piece.words for piece in passage.pieces))


def _typed(item: Item) -> dict[str, str]:
    """Return what the form of a correction is filled with: the value as it is."""
    slot = item.claim.slot
    own = {"value": item.words} if slot in COUNTS else item.fields
    named = {f"{slot}.{name}": value for name, value in own.items() if name != "standing"}
    return named | {"standing": item.claim.standing or "", "reason": ""}
