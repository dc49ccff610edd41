"""`/changes`: the log of what people and the program did to the record."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from sayso.api.common import ERRORS, After, Limit, answer, day, desk_of, number_after, who_of
from sayso.desk.blind import changes_for
from sayso.store.changes import ChangeFilter, changes, verify

router = APIRouter(tags=["changes"], responses=ERRORS)


class ChangesAsked(BaseModel):
    """Which changes are wanted; what is left out does not matter."""

    author: str | None = Field(None, max_length=500)
    action: str | None = Field(None, max_length=500)
    subject: str | None = Field(None, max_length=500)
    object: str | None = Field(
        None,
        max_length=2000,
        description="A whole id. What was decided of two (merges, splits) is found by either, what became of an article"
        " by its id without a version.",
    )
    since: str | None = Field(None, max_length=10, description="First day, YYYY-MM-DD.")
    until: str | None = Field(None, max_length=10, description="Last day, YYYY-MM-DD.")
    words: str | None = Field(None, max_length=500, description="Words that stand in the reason.")


@router.get("/changes", response_model=dict[str, Any])
def list_changes(
    request: Request, given: Annotated[ChangesAsked, Depends()], after: After = None, limit: Limit = 50
) -> Response:
    """List changes, the newest first: who did what to what, when and why, with the digest that chains them."""
    filter = ChangeFilter(
        author=given.author,
        action=given.action,
        subject=given.subject,
        about=given.object,
        since=day(given.since, "since"),
        until=day(given.until, "until"),
        words=given.words,
    )
    with desk_of(request).reading() as store, store.reading() as connection:
        found = changes(connection, filter, number_after(after), limit + 1)
        shown = changes_for(connection, found[:limit], who_of(request), filter)
    following = str(found[limit - 1].number) if len(found) > limit else None
    return answer(request, {"items": shown, "next": following})


@router.get("/changes/verify", response_model=dict[str, Any])
def verify_changes(request: Request) -> Response:
    """Read the whole chain of digests: how many changes hold, the newest digest, and where it breaks, if it does."""
    with desk_of(request).reading() as store, store.reading() as connection:
        return answer(request, verify(connection))
