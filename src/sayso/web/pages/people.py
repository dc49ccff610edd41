"""People and groups: a search in any spelling or script, and those who are met most."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from sayso.desk import people
from sayso.desk.alleged import Alleged
from sayso.desk.desk import Desk
from sayso.desk.people import Listed, Order
from sayso.errors import InputError
from sayso.export.reconciled import plain
from sayso.link.people import Search, search, waiting
from sayso.web.pages import entity
from sayso.web.paging import Page, paged
from sayso.web.respond import desk_of, page

router = APIRouter()
SHOWN = 25
KINDS = {"": "All", "person": "People", "organization": "Groups and bodies"}
Name = Annotated[str, Query(max_length=2000)]


@router.get("/people")
def people_page(request: Request, name: Name = "", order: str = "articles", kind: str = "", at: int = 1) -> Response:
    """Show who bears a name; without one, who is in most articles, or accused most often."""
    order = order if order in get_args(Order) else "articles"
    desk = desk_of(request)
    found, failed = None, ""
    rows: Page[Listed] = paged([], at, SHOWN)
    try:
        if name.strip():
            found, rows = _searched(desk, name, at)
        else:
            every = [row for row in people.most(desk, order) if kind not in KINDS or _is(row, kind)]  # type: ignore[arg-type]
            rows = paged(every, at, SHOWN)
    except InputError as error:
        failed = str(error)
    with desk.reading() as store:
        wait = waiting(store)
    return page(
        request,
        "people/list.html",
        status=400 if failed else 200,
        name=name,
        order=order,
        kind=kind if kind in KINDS else "",
        kinds=KINDS,
        rows=rows,
        found=found,
        failed=failed,
        waiting=wait,
    )


def _is(row: Listed, kind: str) -> bool:
    return not kind or (row.candidate.kind == "person") == (kind == "person")


def _searched(desk: Desk, name: str, at: int) -> tuple[Search, Page[Listed]]:
    """Return what a search found, and one page of it with what tells them apart."""
    with desk.reading() as store:
        found = search(store, name)
        whos = paged(found.found, at, SHOWN)
        return found, whos.of(people.listed(store, whos.rows))


@router.get("/people.json")
def people_data(request: Request, name: Name = "", order: str = "articles") -> Response:
    """Give the same as data: who bears a name, or is met most."""
    desk = desk_of(request)
    if name.strip():
        with desk.reading() as store:
            rows = people.listed(store, search(store, name).found)
    else:
        rows = people.most(desk, "accused" if order == "accused" else "articles")
    return JSONResponse([{**plain(row.candidate), "alleged": [_plain(one) for one in row.alleged]} for row in rows])


def _plain(one: Alleged) -> dict[str, object]:
    return {"standing": one.standing, "by": list(one.by), "more": one.more}


router.include_router(entity.router)
