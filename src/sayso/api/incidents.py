"""`/incidents`: the list, how many there are of what, when and where they were."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sayso.api.common import ERRORS, answer, desk_of
from sayso.desk.asked import NAMES, asked_of, box_of

router = APIRouter(tags=["incidents"], responses=ERRORS)
FILTERS: dict[str, Any] = {
    "parameters": [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": "As in the command line; of several values any, of several parameters all must be met.",
            "schema": {"type": "array", "items": {"type": "string", "maxLength": 500}},
        }
        for name in NAMES
    ]
}
"""The parameters of the filter, for the description of the API."""
PAGES: dict[str, Any] = {
    "parameters": [
        *FILTERS["parameters"],
        *(
            {"name": name, "in": "query", "required": False, "schema": {"type": type}}
            for name, type in (("sort", "string"), ("reverse", "boolean"), ("after", "string"), ("limit", "integer"))
        ),
    ]
}


@router.get("/incidents", response_model=dict[str, Any], openapi_extra=PAGES)
def list_incidents(request: Request) -> Response:
    """List incidents, one item for all reports of one; `next` is the `after` of the page that follows."""
    asked, desk = asked_of(request.query_params.multi_items()), desk_of(request)
    with desk.reading() as store:
        selection = desk.index.select(store, asked.filter)
        found = selection.page(store, asked.sort, reverse=asked.reverse, after=asked.after, limit=asked.limit)
    return answer(request, {"count": selection.count, "items": found.lines, "next": found.next})


@router.get("/incidents/facets", response_model=dict[str, Any], openapi_extra=FILTERS)
def count_facets(request: Request) -> Response:
    """Count the incidents of each kind, country, standing and so on, each with all other conditions met."""
    asked, desk = asked_of(request.query_params.multi_items()), desk_of(request)
    with desk.reading() as store:
        found = desk.index.select(store, asked.filter).facets()
    return answer(request, {name: {one.value: one.count for one in values} for name, values in found.items()})


@router.get("/incidents/timeline", response_model=dict[str, Any], openapi_extra=FILTERS)
def count_times(request: Request) -> Response:
    """Count the incidents over time, in the finest unit that gives few enough bars; the undated apart."""
    asked, desk = asked_of(request.query_params.multi_items()), desk_of(request)
    with desk.reading() as store:
        return answer(request, desk.index.select(store, asked.filter).timeline())


@router.get("/incidents/points", response_model=dict[str, Any], openapi_extra=FILTERS)
def count_places(
    request: Request,
    within: Annotated[str | None, Query(max_length=200, description="west,south,east,north in degrees")] = None,
    zoom: Annotated[int, Query(ge=0, le=19)] = 2,
) -> Response:
    """Return where the incidents were: near ones together, each with how far it may be from its point."""
    asked, desk = asked_of(request.query_params.multi_items()), desk_of(request)
    with desk.reading() as store:
        selection = desk.index.select(store, asked.filter)
    return answer(request, selection.points(box_of(within) if within else None, zoom))
