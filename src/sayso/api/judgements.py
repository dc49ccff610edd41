"""`/judgements`: whether two incidents, or two persons or groups, are one; decided by people and by rules."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from sayso.api.common import ERRORS, NUMBER, answer, desk_of
from sayso.api.incident import Reviewer
from sayso.desk import deciding
from sayso.desk.judging import newest
from sayso.link.judge import Decision as Decided
from sayso.link.judge import undo, why
from sayso.model.judgement import Verdict
from sayso.store.links import judgements

router = APIRouter(tags=["judgements"], responses=ERRORS)
Key = Annotated[str, Query(min_length=1, max_length=300)]
Subject = Literal["incident", "entity"]


class Decision(BaseModel):
    """What is decided of two, and why; the author is whoever sends it."""

    subject: Subject
    left: str = Field(min_length=1, max_length=300)
    right: str = Field(min_length=1, max_length=300)
    verdict: Verdict
    reason: str = Field(min_length=1, max_length=5000)
    seen: int = Field(ge=0, le=NUMBER, description="`seen` of GET /judgements or /why, when the two were looked at.")


@router.get("/judgements", response_model=dict[str, Any])
def list_judgements(request: Request, key: Key) -> Response:
    """List what has been decided about a key, also what was taken back, the oldest first.

    `seen` has to be given with a decision: it is refused where somebody else has changed one of the two since.
    """
    with desk_of(request).reading() as store, store.reading() as connection:
        return answer(request, {"seen": newest(connection), "items": list(judgements(connection, key=key))})


@router.get("/why", response_model=dict[str, Any])
def ask_why(request: Request, subject: Subject, left: Key, right: Key) -> Response:
    """Say why two are, or are not, held to be one: evidence with weights in log-odds, judgements, links between."""
    with desk_of(request).reading() as store:
        with store.reading() as connection:
            seen = newest(connection)  # before what is told: what comes between is not taken for seen
        return answer(request, {"seen": seen} | why(store, subject, left, right)._asdict())


@router.post("/judgements", status_code=201, response_model=dict[str, Any])
def decide(request: Request, decision: Decision, who: Reviewer) -> Response:
    """Decide that two are, or are not, the same. What contradicts earlier decisions is refused with their chain.

    409 where somebody else has changed one of them since `seen`.

    `also_changed` has every other cluster that changed by it, with the keys that came to it and those that left it.
    """
    desk = desk_of(request)
    pair = (decision.left, decision.right)
    with desk.writing() as store:
        made = deciding.decide(
            store, decision.subject, pair, decision.verdict, who=who.name, reason=decision.reason, seen=decision.seen
        )
    desk.changed()
    return answer(request, _told(made), 201)


@router.post("/judgements/{number}/undo", response_model=dict[str, Any])
def take_back(request: Request, number: int, who: Reviewer) -> Response:
    """Take a person's judgement back; it stays on record. `also_changed` has all that changed by it."""
    desk = desk_of(request)
    with desk.writing() as store:
        made = undo(store, min(number, NUMBER), author=who.name)
    desk.changed()
    return answer(request, _told(made))


def _told(made: Decided) -> dict[str, Any]:
    return asdict(made.judgement) | {"also_changed": made.moved}
