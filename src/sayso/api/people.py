"""`/entities`: persons and groups over all articles."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sayso.api.common import ERRORS, answer, day, desk_of
from sayso.desk.errors import NotFoundError
from sayso.export.dossier_shapes import Dossier
from sayso.link.people import candidate, dossier_of, search

router = APIRouter(tags=["people and groups"], responses=ERRORS)
LISTED = 50


@router.get("/entities", response_model=dict[str, Any])
def list_entities(request: Request, name: Annotated[str, Query(min_length=1, max_length=500)]) -> Response:
    """Find persons and groups by a name in any spelling or script, the one in most articles first."""
    with desk_of(request).reading() as store:
        found = search(store, name)
        items = [candidate(store, who) for who in found.found[:LISTED]]
    return answer(request, {"items": items, "count": found.total, "nearest": found.nearest})


@router.get("/entities/{key}", response_model=Dossier)
def one_entity(request: Request, key: str, as_of: Annotated[str | None, Query(max_length=10)] = None) -> Response:
    """Return the dossier of a person or group: names, facts, incidents with standings, statements, all with sources."""
    with desk_of(request).reading() as store:
        found = search(store, key).found
        made = dossier_of(store, found[0], day(as_of, "as_of")) if len(found) == 1 else None
    if made is None:
        raise NotFoundError(
            f"{len(found)} persons or groups are meant" if len(found) > 1 else "no such person or group",
            value=key[:60],
            next_step="/api/v1/entities?name= finds their keys",
        )
    return answer(request, made)
