"""`/cases` and `/sources`: what colleagues collect, and how far a source bears out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from sayso.api.common import ERRORS, NUMBER, Limit, answer, desk_of
from sayso.api.incident import Reviewer
from sayso.desk import case_items, cases, sources

router = APIRouter(tags=["cases and sources"], responses=ERRORS)
Number = Annotated[int, Path(ge=1, le=NUMBER)]


class NewCase(BaseModel):
    """A case to be opened."""

    title: str = Field(min_length=1, max_length=cases.LONGEST_TITLE)
    note: str = Field("", max_length=cases.LONGEST_NOTE)
    assigned: str | None = Field(None, max_length=200)


class NewItem(BaseModel):
    """What is to be put into a case."""

    subject: Literal["incident", "entity", "article"]
    object: str = Field(min_length=1, max_length=2000, description="The key of an incident or a person, or an id.")
    note: str = Field("", max_length=cases.LONGEST_NOTE)


class NewRating(BaseModel):
    """The letter of the Admiralty code that a person gives a source, with the reason."""

    source: str = Field(min_length=1, max_length=2000)
    code: sources.Code
    reason: str = Field(min_length=1, max_length=sources.LONGEST_REASON)
    seen: int = Field(ge=0, le=NUMBER, description="`seen` of GET /sources/rating, when it was looked at.")


@router.get("/cases", response_model=dict[str, Any])
def list_cases(request: Request, closed: bool | None = None) -> Response:
    """List the cases, the newest first."""
    with desk_of(request).reading() as store:
        return answer(request, {"items": cases.cases(store, closed=closed)})


@router.get("/cases/{number}", response_model=dict[str, Any])
def one_case(request: Request, number: Number) -> Response:
    """Return a case with what it holds."""
    with desk_of(request).reading() as store:
        return answer(request, {"case": cases.case_of(store, number), "items": case_items.items(store, number)})


@router.post("/cases", status_code=201, response_model=dict[str, Any])
def make_case(request: Request, new: NewCase, who: Reviewer) -> Response:
    """Open a case."""
    with desk_of(request).writing() as store:
        number = cases.make(store, new.title, author=who.name, note=new.note, assigned=new.assigned)
        return answer(request, cases.case_of(store, number), 201)


@router.post("/cases/{number}/items", status_code=201, response_model=dict[str, Any])
def add_item(request: Request, number: Number, new: NewItem, who: Reviewer) -> Response:
    """Put an incident, a person or group, or an article into a case."""
    with desk_of(request).writing() as store:
        return answer(
            request, case_items.add(store, number, new.subject, new.object, author=who.name, note=new.note), 201
        )


@router.get("/sources", response_model=dict[str, Any])
def list_sources(request: Request, limit: Limit = 50) -> Response:
    """List outlets and speakers, those that hold the most values first, with how many others confirm and dispute."""
    return answer(request, {"items": sources.sources(desk_of(request))[:limit]})


@router.get("/sources/rating", response_model=dict[str, Any])
def one_rating(request: Request, source: Annotated[str, Query(min_length=1, max_length=2000)]) -> Response:
    """Return the letters that people gave a source, the newest first, and `seen`, which a new one has to give."""
    with desk_of(request).reading() as store:
        found, seen = sources.rated(store, source)
    return answer(request, {"items": found, "seen": seen})


@router.post("/sources/rating", status_code=201, response_model=dict[str, Any])
def rate_source(request: Request, new: NewRating, who: Reviewer) -> Response:
    """Give a source a letter of the Admiralty code; only people do."""
    with desk_of(request).writing() as store:
        made = sources.rate(store, new.source, new.code, author=who.name, reason=new.reason, seen=new.seen)
    return answer(request, made, 201)
