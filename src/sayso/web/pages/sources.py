"""Outlets and speakers: what others confirm or dispute of what they say, and the letters that people give them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from sayso.desk import sources
from sayso.desk.errors import NotFoundError, StaleError
from sayso.desk.sources import CODES, SORTS, Rating, Source
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.web.paging import Page, paged
from sayso.web.respond import desk_of, needs, number_in, own_form, page, see, text_of

router = APIRouter()
SHOWN, SAID = 50, 25
MOST_DATA = 10_000
TOLD = {"rated": "The letter is kept.", "undone": "The letter was taken back."}
TYPED = ("code", "reason")
Words = Annotated[str, Query(max_length=2000)]


@router.get("/sources")
def sources_page(request: Request, name: Words = "", kind: str = "", sort: str = "held", at: int = 1) -> Response:
    """Show all sources, sorted and filtered."""
    found, ratings, kinds, sort = _chosen(request, name, kind, sort)
    asked = {"name": name, "kind": kind, "sort": sort}
    return page(
        request,
        "sources/list.html",
        rows=paged(found, at, SHOWN),
        ratings=ratings,
        kinds=kinds,
        codes=CODES,
        asked=asked,
        query={part: value for part, value in asked.items() if value and (part, value) != ("sort", "held")},
    )


@router.get("/sources.json")
def sources_data(request: Request, name: Words = "", kind: str = "", sort: str = "held") -> Response:
    """Give the same as data, at most 10,000."""
    found, ratings, _, _ = _chosen(request, name, kind, sort)
    return JSONResponse([_plain(one, ratings.get(one.source)) for one in found[:MOST_DATA]])


def _chosen(
    request: Request, name: str, kind: str, sort: str
) -> tuple[list[Source], dict[str, Rating], list[str], str]:
    """Return the sources asked for, the letters that stand, the kinds there are, and the order."""
    desk = desk_of(request)
    with desk.reading() as store:
        ratings = sources.ratings(store)
    every = sources.sources(desk)
    sort = sort if sort in SORTS else "held"
    found = sources.chosen(every, ratings, kind=kind, name=name, sort=sort)
    return found, ratings, sorted({one.kind for one in every}), sort


def _plain(one: Source, rating: Rating | None) -> dict[str, Any]:
    parts: dict[str, Any] = {name: getattr(one, name) for name in Source.__slots__}
    for name, share in (("confirmed_share", one.confirmed_share), ("disputed_share", one.disputed_share)):
        parts[name] = [round(share.low, 3), round(share.high, 3)] if share.enough else None
    parts["admiralty"] = {"code": rating.code, "author": rating.author, "reason": rating.reason} if rating else None
    return parts


@router.get("/sources/{name:path}")
def source_page(request: Request, name: str, at: int = 1, told: str = "") -> Response:
    """Show one source: where it is a source, and the letters that it was given."""
    return _page(request, name, at=at, told=TOLD.get(told, ""))


@router.post("/sources/rate")
def rate(
    request: Request,
    form: Annotated[FormData, Depends(own_form)],
    who: Annotated[Who, Depends(needs("reviewer"))],
) -> Response:
    """Give a source a letter."""
    name, seen = text_of(form, "source"), text_of(form, "seen")
    typed = {part: text_of(form, part) for part in TYPED}
    try:
        with desk_of(request).writing() as store:
            since = number_in(seen)
            sources.rate(store, name, typed["code"], author=who.name, reason=typed["reason"], seen=since)
    except NotFoundError:
        raise
    except StaleError as error:
        return _page(request, name, stale=error, typed=typed, status=409)
    except InputError as error:
        return _page(request, name, failed=str(error), typed=typed, status=400)
    return see(path_of(name), told="rated")


@router.post("/sources/undo")
def undo(
    request: Request,
    form: Annotated[FormData, Depends(own_form)],
    who: Annotated[Who, Depends(needs("reviewer"))],
) -> Response:
    """Take back a letter."""
    number = text_of(form, "number")
    with desk_of(request).writing() as store:
        found = sources.unrate(store, number_in(number), author=who.name)
    return see(path_of(found.source), told="undone")


def path_of(name: str) -> str:
    """Return the address of a source's page: whatever its name holds is one part of it."""
    from urllib.parse import quote

    return f"/sources/{quote(name, safe='')}"


def _page(
    request: Request,
    name: str,
    *,
    at: int = 1,
    status: int = 200,
    **more: Any,
) -> Response:
    desk = desk_of(request)
    one = sources.source_of(desk, name)
    pages = max(1, -(-one.incidents // SAID))
    at = min(max(1, at), pages)
    rows = Page(rows=sources.said_in(desk, name, at, SAID), at=at, pages=pages, total=one.incidents)
    with desk.reading() as store:
        history, seen = sources.rated(store, name)
    given = {"told": "", "failed": "", "stale": None, "typed": dict.fromkeys(TYPED, ""), **more}
    standing = next((rating for rating in history if not rating.revoked), None)
    return page(
        request,
        "sources/page.html",
        status=status,
        one=one,
        rows=rows,
        history=history,
        standing=standing,
        seen=seen,
        codes=CODES,
        path=path_of(name),
        **given,
    )
