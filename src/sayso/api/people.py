"""`/entities`: persons and groups over all articles."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from sayso.api.common import ERRORS, After, Limit, answer, day, desk_of, number_after
from sayso.desk.errors import NotFoundError
from sayso.desk.everyone import everyone
from sayso.export.dossier_shapes import Dossier
from sayso.link.people import candidate, dossier_of, search

router = APIRouter(tags=["people and groups"], responses=ERRORS)


@router.get("/entities", response_model=dict[str, Any])
def list_entities(
    request: Request,
    name: Annotated[
        str | None, Query(max_length=500, description="A name in any spelling or script, or a key.")
    ] = None,
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """List persons and groups; `next` is the `after` of the page that follows.

    With a name, those who may bear it, who is met under it most first; `nearest` are names alike where nobody is.
    Without one, all that there are, in the order of their keys.
    """
    with desk_of(request).reading() as store:
        if name and name.strip():
            begin = number_after(after) or 0
            found = search(store, name, begin, limit)
            following = str(begin + limit) if found.total > begin + limit else None
            told = {"count": found.total, "nearest": found.nearest}
            items = [candidate(store, who) for who in found.found]
        else:
            whos, following = everyone(store, after, limit)
            told, items = {}, [candidate(store, who) for who in whos]
    return answer(request, {"items": items, "next": following} | told)


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
