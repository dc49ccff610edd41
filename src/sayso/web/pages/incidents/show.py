"""`/incidents`, what its map asks for, and the same list as files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response, StreamingResponse

from sayso.api.common import answer
from sayso.desk.asked import Asked, asked_of, box_of
from sayso.desk.desk import Desk
from sayso.desk.listed_files import FILES, accounts_of, withheld
from sayso.desk.points import Cell
from sayso.errors import InputError
from sayso.web.pages.incidents.shown import chips_of, facets_of, headings_of, line_of
from sayso.web.pages.incidents.timeline import timeline_of
from sayso.web.respond import desk_of, page
from sayso.web.shown import plain_words

router = APIRouter()
HIDDEN = ("bbox", "period")
"""Filters that the map and the timeline set; the form only hands them on."""


@router.get("/incidents")
def show(request: Request) -> Response:
    """Show the incidents that meet the filters of the address."""
    asked, desk = asked_of(request.query_params.multi_items()), desk_of(request)
    with desk.reading() as store:
        selection = desk.index.select(store, asked.filter)
        found = selection.page(store, asked.sort, reverse=asked.reverse, after=asked.after, limit=asked.limit)
        every = desk.index.select(store).count
    facets = facets_of(asked, selection.facets())
    return page(
        request,
        "incidents.html",
        asked=asked,
        count=selection.count,
        every=every,
        chips=chips_of(asked),
        facets=facets,
        places=[choice for facet in facets if facet.name == "country" for choice in (*facet.shown, *facet.more)],
        hidden=[*(pair for pair in asked.pairs if pair[0] in HIDDEN), *asked.order()],
        timeline=timeline_of(asked, selection.timeline()),
        headings=headings_of(asked),
        lines=[line_of(line) for line in found.lines],
        next=found.next,
    )


@router.get("/incidents/points.json")
def points(request: Request) -> Response:
    """Answer what the map shows within `view` at `zoom`: near incidents together, each as wide as it is uncertain.

    A filter `bbox` is passed over, so that what lies outside can still be found by moving the map.
    """
    given = request.query_params
    asked = asked_of(pair for pair in given.multi_items() if pair[0] != "bbox")
    view, zoom = given.get("view"), given.get("zoom", "2")
    if not (zoom.isascii() and zoom.isdigit() and int(zoom[:3]) <= 19):
        raise InputError("zoom is a number from 0 to 19", value=zoom[:60], next_step="Give such as 4")
    desk = desk_of(request)
    with desk.reading() as store:
        selection = desk.index.select(store, asked.filter)
    found = selection.points(box_of(view) if view else None, int(zoom))
    vague = sum(found.countries.values())
    told = {"countries": found.countries, "vague": vague, "unplaced": found.unplaced}
    placed = selection.count - vague - found.unplaced
    return answer(request, {"points": [_point(cell) for cell in found.cells], "placed": placed, **told})


def _point(cell: Cell) -> dict[str, Any]:
    """Return a cell as the map takes it; a radius is in metres."""
    drawn = {"count": cell.count, "lat": cell.latitude, "lon": cell.longitude, "radius": cell.radius * 1000}
    if cell.key is None:
        return drawn | {"box": cell.bounds}
    words = f"{plain_words(cell.kind)}: {cell.title}" if cell.title else plain_words(cell.kind)
    return drawn | {"box": cell.bounds, "key": cell.key, "words": words}


@router.get("/incidents.json")
def as_json(request: Request) -> Response:
    """Answer one page of the list, and the address of the next."""
    asked, desk = asked_of(request.query_params.multi_items()), desk_of(request)
    with desk.reading() as store:
        selection = desk.index.select(store, asked.filter)
        found = selection.page(store, asked.sort, reverse=asked.reverse, after=asked.after, limit=asked.limit)
        lines = withheld(store, found.lines)
    following = f"/incidents.json?{asked.query(('after', found.next))}" if found.next else None
    return answer(request, {"count": selection.count, "incidents": lines, "next": following})


@router.get("/incidents.csv")
def as_csv(request: Request) -> Response:
    """Answer a row for each report of every incident that was asked for."""
    return _file(request, "csv")


@router.get("/incidents.geojson")
def as_geojson(request: Request) -> Response:
    """Answer a feature for each report of every incident that was asked for."""
    return _file(request, "geojson")


def _file(request: Request, name: str) -> Response:
    asked = asked_of(request.query_params.multi_items())
    headers = {"Content-Disposition": f'attachment; filename="incidents.{name}"'}
    return StreamingResponse(_written(desk_of(request), asked, name), media_type=FILES[name][0], headers=headers)


def _written(desk: Desk, asked: Asked, name: str) -> Iterator[bytes]:
    with desk.reading() as store:
        accounts = accounts_of(store, desk.index.select(store, asked.filter))
        for part in FILES[name][1](store, accounts):
            yield part.encode("utf-8", "replace")
