"""The form for what no article tells of: an offline source, with its own say-so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, get_args

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from sayso.desk.by_hand import Account, Given, put_in
from sayso.desk.values import SLOT_FIELDS, STANDINGS
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.model.claim import Slot
from sayso.model.statement import Act, SpeakerKind, Stance
from sayso.web.pages.article.roles import SPEAKERS
from sayso.web.respond import desk_of, needs, own_form, page, see
from sayso.web.slot_fields import fields_for

router = APIRouter()
ROWS: Final[dict[str, Slot]] = {
    "kind": "kind",
    "stage": "stage",
    "when": "when",
    "where": "where",
    "perpetrator": "perpetrator",
    "perpetrator-2": "perpetrator",
    "perpetrator-3": "perpetrator",
    "killed": "killed",
    "wounded": "wounded",
    "abducted": "abducted",
    "arrested": "arrested",
    "victim": "victim",
    "victim-2": "victim",
    "victim-3": "victim",
    "target": "target",
    "weapon": "weapon",
    "damage": "damage",
    "motive": "motive",
    "circumstance": "circumstance",
}
"""The rows of the form by the beginning of their fields' names, and the slot of each."""
FIRST: Final = {"stage.value": "accomplished", "kind_of_source": "witness", "act": "states"}
"""What stands in a form that nobody has filled in."""


@router.get("/by-hand")
def by_hand(request: Request, who: Annotated[Who, Depends(needs("reviewer"))]) -> Response:
    """Show the empty form."""
    return _page(request, FIRST)


@router.post("/by-hand")
def put_in_by_hand(
    request: Request,
    form: Annotated[FormData, Depends(own_form)],
    who: Annotated[Who, Depends(needs("reviewer"))],
) -> Response:
    """Keep what was typed as an account with its incident; where that cannot be, show the form as it was typed."""
    typed = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        account = account_of(typed, who.name)
        with desk_of(request).writing() as store:
            put = put_in(store, account)
    except InputError as error:
        return _page(request, typed, error)
    return see(f"/incident/{put.incident}")


def account_of(typed: Mapping[str, str], author: str) -> Account:
    """Return the account that a form gives. Raises InputError for a day that is none."""
    return Account(
        source=typed.get("source", ""),
        kind=typed.get("kind_of_source", ""),
        speaker=typed.get("speaker", ""),
        channel=typed.get("channel", ""),
        act=typed.get("act", "") or "states",
        url=typed.get("url", ""),
        day=_day(typed.get("day", "").strip()),
        account=typed.get("account", ""),
        author=author,
        reason=typed.get("reason", ""),
        values=tuple(given for row, slot in ROWS.items() if (given := _given(row, slot, typed))),
    )


def _given(row: str, slot: Slot, typed: Mapping[str, str]) -> Given | None:
    """Return the value of a row; None where nothing was typed in it."""
    fields = {name: typed.get(f"{row}.{name}", "").strip() for name in SLOT_FIELDS[slot]}
    if not any(fields.values()):
        return None
    return Given(
        slot=slot,
        fields=fields,
        words=typed.get(f"{row}.words", ""),
        standing=typed.get(f"{row}.standing", ""),
        stance=typed.get(f"{row}.stance", "") or "asserts",
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as error:
        raise InputError("this is no day", value=said[:40], next_step="Write it as 2019-05-03") from error


def _page(request: Request, typed: Mapping[str, str], error: InputError | None = None) -> Response:
    rows = [(row, slot, fields_for(slot, row)) for row, slot in ROWS.items()]
    context: dict[str, Any] = {
        "t": typed,
        "error": error,
        "rows": rows,
        "kinds": {kind: SPEAKERS[kind] for kind in get_args(SpeakerKind)},
        "acts": get_args(Act),
        "standings": STANDINGS,
        "stances": get_args(Stance),
    }
    return page(request, "by_hand.html", status=200 if error is None else 400, **context)
