"""`/incidents/KEY`: one incident as all its reports tell it, its corrections, and how to correct it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from sayso.api.common import ERRORS, answer, day, desk_of, needs, who_of
from sayso.desk.blind import held, hides, reports_for
from sayso.desk.correction import Correction
from sayso.desk.corrections import correct, history, undo_correction
from sayso.desk.errors import NotFoundError
from sayso.desk.values import value_from
from sayso.desk.who import Who
from sayso.export.reconciled import ReconciledRecord
from sayso.link.view import accounts, reconciled, reports_of
from sayso.model.claim import Slot, Standing
from sayso.model.statement import Certainty, Stance
from sayso.store.changes import newest
from sayso.store.store import Store

router = APIRouter(tags=["incidents"], responses=ERRORS)
Reviewer = Annotated[Who, Depends(needs("reviewer"))]


class Asked(BaseModel):
    """A correction, which is a judgement: it has a reason, and its author is whoever sends it."""

    action: str = Field(pattern="^(reject|replace|add|reject incident)$")
    reason: str = Field(min_length=1, max_length=5000)
    seen: int = Field(ge=0, lt=2**63, description="`seen` of GET /incidents/KEY/corrections, when it was looked at.")
    slot: Slot | None = None
    claim: str | None = Field(None, max_length=200, description="The claim that is taken out (reject, replace).")
    value: dict[str, str] = Field(
        {}, description="The fields of the value, as the form has them; `value` first of all."
    )
    standing: Standing | None = None
    stance: Stance | None = None
    certainty: Certainty | None = None
    evidence: list[tuple[int, int]] = Field([], max_length=100, description="[start, end) in code points.")
    chain: list[str] | None = Field(None, max_length=20, description="Ids of statements, the outermost first.")


class Taken(BaseModel):
    """Why something is taken back."""

    reason: str = Field("", max_length=5000)


@router.get("/incidents/{key}", response_model=ReconciledRecord)
def one_incident(
    request: Request,
    key: str,
    policy: Annotated[str, Query(max_length=40)] = "latest authority",
    as_of: Annotated[str | None, Query(max_length=10, description="Only what had been said by then.")] = None,
) -> Response:
    """Return the reconciled record: every value with who holds it; nothing is averaged.

    A reviewer gets the program's value where a colleague's review is under way and their own verdict is not in.
    """
    with desk_of(request).reading() as store:
        found = reports_of(store, whole(store, key))
        with store.reading() as connection:
            shown = reports_for(connection, found, who_of(request))
        record = reconciled(store, shown, policy, day(as_of, "as_of"))
    if record is None:
        raise NotFoundError("of this nothing had been said by then", value=str(as_of), next_step="Give a later day")
    return answer(request, record)


@router.get("/incidents/{key}/corrections", response_model=dict[str, Any])
def its_corrections(request: Request, key: str) -> Response:
    """Return the corrections of one account, those taken back too, and `seen`, which a new one has to give.

    `reviews_under_way` are values that a colleague has judged and whoever asks has not: their corrections are left out.
    """
    with desk_of(request).reading() as store:
        found = whole(store, key)
        with store.reading() as connection:
            seen = newest(connection, "incident", found)
            kept = held(connection, {report.stored.number for report in accounts(connection, [found])}, who_of(request))
        items = [one for one in history(store, found) if not hides(kept, one.correction)]
        own = [{"slot": one.slot, "item": f"{one.key}.{one.ref.claim}"} for one in kept if one.key == found]
        return answer(request, {"seen": seen, "items": items, "reviews_under_way": own})


@router.post("/incidents/{key}/corrections", status_code=201, response_model=dict[str, Any])
def correct_incident(request: Request, key: str, asked: Asked, who: Reviewer) -> Response:
    """Correct one account of an incident: take a claim out, put another in its place, add one, or reject it all."""
    desk = desk_of(request)
    with desk.writing() as store:
        found = whole(store, key)
        entities = reports_entities(store, found)
        value = value_from(asked.slot, asked.value, entities) if asked.slot and asked.value else None
        done = correct(
            store,
            Correction(
                incident=found,
                author=who.name,
                value=value,
                evidence=tuple(asked.evidence),
                chain=None if asked.chain is None else tuple(asked.chain),
                **{
                    name: getattr(asked, name)
                    for name in ("action", "reason", "seen", "slot", "claim", "standing", "stance", "certainty")
                },
            ),
        )
    desk.changed()
    return answer(request, done, 201)


@router.post("/corrections/{number}/undo", response_model=dict[str, Any])
def undo(request: Request, number: int, taken: Taken, who: Reviewer) -> Response:
    """Take a correction back; it stays on record."""
    desk = desk_of(request)
    with desk.writing() as store:
        done = undo_correction(store, number, author=who.name, reason=taken.reason)
    desk.changed()
    return answer(request, done)


def whole(store: Store, key: str) -> str:
    """Return the whole key of an incident. Raises NotFoundError where there is none, StoreError for several."""
    found = store.incident(key) if key.strip() else None
    if found is None:
        raise NotFoundError("no such incident", value=key[:60], next_step="/api/v1/incidents lists them")
    return found[1]


def reports_entities(store: Store, key: str) -> tuple[Any, ...]:
    """Return the entities of the article that has an account."""
    found = store.incident(key)
    return found[0].reading.entities if found else ()
