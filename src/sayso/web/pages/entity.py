"""One person or group: all that is said of it, how it stands and by whom, and who is whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from sayso.desk import people, who_is_who
from sayso.desk.cases import open_cases
from sayso.desk.errors import NotFoundError, StaleError
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.export.reconciled import plain
from sayso.link.judge import why as reasons
from sayso.link.people import search
from sayso.model import edtf
from sayso.web.pages import entity_rows
from sayso.web.paging import paged
from sayso.web.respond import desk_of, needs, number_in, own_form, page, see, text_of

router = APIRouter()
STATEMENTS, ARTICLES, FOUND = 20, 40, 12
TYPED = ("reason", "other", "with", "own")
TOLD = {
    "merged": "They are one now.",
    "split": "This article's one is another now.",
    "undone": "The decision was taken back.",
    "added": "It is in the case now.",
}
Words = Annotated[str, Query(max_length=2000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the page of a person or group was asked for, and what was typed into a form that failed."""

    as_of: str = ""
    find: str = ""
    why: str = ""
    told: str = ""
    by: int = 1
    about: int = 1
    at: int = 1
    failed: str = ""
    stale: StaleError | None = None
    typed: Mapping[str, str] = field(default_factory=lambda: dict.fromkeys(TYPED, ""))


@router.get("/entity/{key}.json")
def entity_data(request: Request, key: str, as_of: Words = "") -> Response:
    """Give the dossier as data (`sayso-dossier/1`)."""
    found = people.view(desk_of(request), key, day_of(as_of))
    if found.dossier is None:
        raise NotFoundError("nothing had been said by then", value=as_of, next_step="Give a later day")
    return JSONResponse(plain(found.dossier))


@router.get("/entity/{key}")
def entity_page(  # one parameter for each part of the address
    request: Request,
    key: str,
    as_of: Words = "",
    find: Words = "",
    why: Words = "",
    told: str = "",
    by: int = 1,
    about: int = 1,
    at: int = 1,
) -> Response:
    """Show a person or group, as of a day if one is given."""
    asked = Asked(as_of=as_of, find=find, why=why, told=TOLD.get(told, ""), by=by, about=about, at=at)
    return _page(request, key, asked)


@router.post("/entity/{key}/merge")
def merge(
    request: Request,
    key: str,
    form: Annotated[FormData, Depends(own_form)],
    who: Annotated[Who, Depends(needs("reviewer"))],
) -> Response:
    """Call this one and another the same."""
    other = text_of(form, "other") or text_of(form, "with")

    def decide() -> None:
        if not other:
            raise InputError("nobody was chosen", value="nothing", next_step="Choose one, or give a key")
        with desk_of(request).writing() as store:
            reason = text_of(form, "reason")
            who_is_who.merge(store, key, other, author=who.name, reason=reason, seen=_seen(form))

    return _done(request, key, form, decide, "merged")


@router.post("/entity/{key}/split")
def split(
    request: Request,
    key: str,
    form: Annotated[FormData, Depends(own_form)],
    who: Annotated[Who, Depends(needs("reviewer"))],
) -> Response:
    """Call this article's one another."""
    own = text_of(form, "own")

    def decide() -> None:
        if not own:
            raise InputError("no article was chosen", value="nothing", next_step="Choose the article that is meant")
        with desk_of(request).writing() as store:
            who_is_who.split(store, own, author=who.name, reason=text_of(form, "reason"), seen=_seen(form))

    return _done(request, key, form, decide, "split")


@router.post("/entity/{key}/undo")
def undo(
    request: Request,
    key: str,
    form: Annotated[FormData, Depends(own_form)],
    who: Annotated[Who, Depends(needs("reviewer"))],
) -> Response:
    """Take back a decision of who is whom."""
    number = text_of(form, "number")

    def decide() -> None:
        with desk_of(request).writing() as store:
            who_is_who.take_back(store, number_in(number), author=who.name)

    return _done(request, key, form, decide, "undone")


def _seen(form: FormData) -> int:
    return number_in(text_of(form, "seen"))


def _done(request: Request, key: str, form: FormData, decide: Any, told: str) -> Response:
    """Decide and lead back to the page; where it cannot be, show the page with why, and with what was typed."""
    typed = {name: text_of(form, name) for name in TYPED}
    try:
        decide()
    except NotFoundError:
        raise
    except StaleError as error:
        return _page(request, key, Asked(stale=error, typed=typed), status=409)
    except InputError as error:
        return _page(request, key, Asked(failed=str(error), typed=typed), status=400)
    return see(f"/entity/{key}", told=told)


def day_of(given: str) -> date | None:
    """Return the last day of a day, month or year; None for nothing. Raises InputError for what is none."""
    if not given.strip():
        return None
    last = edtf.bounds(given.strip())[1]
    if last is None:
        raise InputError("is no day", value=given[:40], next_step="Give a day, month or year, as 2019-05-02")
    return last


def _page(request: Request, key: str, asked: Asked, status: int = 200) -> Response:
    desk, failed, day = desk_of(request), asked.failed, None
    try:
        day = day_of(asked.as_of)
    except InputError as error:
        failed, status = str(error), 400
    found = people.view(desk, key, day)
    candidates, why = [], None
    with desk.reading() as store:
        try:
            if asked.find.strip():
                whos = [one for one in search(store, asked.find).found if one.key != found.key]
                candidates = people.listed(store, whos[:FOUND])
            if asked.why:
                why = reasons(store, "entity", *_pair(found, key, asked.why))
        except InputError as error:
            failed, status = str(error), 400
        cases = open_cases(store)
    one = found.dossier
    return page(
        request,
        "people/page.html",
        status=status,
        view=found,
        asked=asked,
        failed=failed,
        cases=cases,
        candidates=candidates,
        why=why,
        rows=entity_rows.standings(one) if one else [],
        drawing=entity_rows.lanes(entity_rows.standings(one)) if one else None,
        shapes=entity_rows,
        by=paged(one.statements_by if one else [], asked.by, STATEMENTS),
        about=paged(one.statements_about if one else [], asked.about, STATEMENTS),
        articles=paged(one.articles if one else [], asked.at, ARTICLES),
        outlets={a.article: a.outlet or a.agency or a.name for a in one.articles} if one else {},
        query={name: getattr(asked, name) for name in ("as_of", "find") if getattr(asked, name)},
    )


def _pair(found: people.View, key: str, other: str) -> tuple[str, str]:
    """Return the two whose likeness is asked for: one of its own articles is compared with another of them."""
    own = [one for article in (found.dossier.articles if found.dossier else []) for one in article.keys]
    rest = [one for one in own if one != other]
    return (rest[0] if other in own and rest else found.key, other)
