"""Cases: what people collect, with notes, whose work it is, and what is new since one last looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.responses import Response

from sayso.desk import case_items, cases
from sayso.desk.case_news import news
from sayso.desk.desk import Desk
from sayso.desk.errors import NotFoundError, StaleError
from sayso.desk.who import Who
from sayso.errors import InputError, SaysoError
from sayso.store.store import Store
from sayso.web.pages import case_files
from sayso.web.paging import paged
from sayso.web.respond import desk_of, needs, number_in, own_form, page, see, text_of, who_of

router = APIRouter()
SHOWN = 50
STATES = {"open": False, "closed": True, "all": None}
TYPED = ("title", "note", "assigned", "item_note", "subject", "object")
TOLD = {
    "made": "The case was made.",
    "edited": "Title and note are kept.",
    "assigned": "It is given to that colleague.",
    "closed": "The case is closed.",
    "reopened": "The case is open again.",
    "added": "It is in the case now.",
    "noted": "The note is kept.",
    "removed": "It was taken out of the case.",
}
Form = Annotated[FormData, Depends(own_form)]
Reviewer = Annotated[Who, Depends(needs("reviewer"))]

router.include_router(case_files.router)


@router.get("/cases")
def cases_page(request: Request, state: str = "open", at: int = 1) -> Response:
    """Show all cases that are open, or closed, or both."""
    return _list(request, state, at)


def _list(request: Request, state: str = "open", at: int = 1, status: int = 200, **more: Any) -> Response:
    state = state if state in STATES else "open"
    with desk_of(request).reading() as store:
        found = cases.cases(store, closed=STATES[state])
        colleagues = _colleagues(store)
    given = {"failed": "", "typed": dict.fromkeys(TYPED, ""), **more}
    return page(
        request,
        "cases/list.html",
        status=status,
        rows=paged(found, at, SHOWN),
        state=state,
        states=tuple(STATES),
        colleagues=colleagues,
        **given,
    )


def _colleagues(store: Store) -> list[str]:
    with store.reading() as connection:
        return cases.colleagues(connection)


@router.post("/cases")
def make(request: Request, form: Form, who: Reviewer) -> Response:
    """Make a case."""
    typed = _typed(form)
    try:
        with desk_of(request).writing() as store:
            own = {"note": typed["note"], "assigned": typed["assigned"]}
            number = cases.make(store, typed["title"], author=who.name, **own)
    except InputError as error:
        return _list(request, failed=str(error), typed=typed, status=400)
    return see(f"/cases/{number}", told="made")


@router.post("/cases/add")
def add(request: Request, form: Form, who: Reviewer) -> Response:
    """Put something into a case, a new one where none is chosen, and lead to the case."""
    number, subject, object = text_of(form, "case"), text_of(form, "subject"), text_of(form, "object")
    title, note = text_of(form, "title"), text_of(form, "note")
    with desk_of(request).writing() as store:
        if number and not title:
            to = number_in(number)
            case_items.add(store, to, subject, object, author=who.name, note=note)
        else:
            to = case_items.add_to_new(store, title, subject, object, author=who.name, note=note)
    return see(f"/cases/{to}", told="added")


@router.get("/cases/{number}")
def case_page(request: Request, number: int, told: str = "", at: int = 1) -> Response:
    """Show a case; once it is shown, it is written down that whoever asked has seen it."""
    answer = _page(request, number, at=at, told=TOLD.get(told, ""))
    answer.background = BackgroundTask(_visit, desk_of(request), number, who_of(request).name)
    return answer


def _visit(desk: Desk, number: int, name: str) -> None:
    with suppress(SaysoError), desk.writing() as store:  # whoever reads while others write has still read
        cases.visit(store, number, name)


def _page(request: Request, number: int, status: int = 200, at: int = 1, **more: Any) -> Response:
    who = who_of(request)
    with desk_of(request).reading() as store:
        case = cases.case_of(store, number)
        items = case_items.shown(store, case_items.items(store, number))
        before = cases.visited(store, number, who.name)
        new = news(store, number, items, before, who) if before else None
        colleagues = _colleagues(store)
    given = {"told": "", "failed": "", "stale": None, "typed": None, **more}
    if given["typed"] is None:
        own = {"title": case.title, "note": case.note, "assigned": case.assigned or ""}
        given["typed"] = dict.fromkeys(TYPED, "") | own
    return page(
        request,
        "cases/page.html",
        status=status,
        case=case,
        items=paged(items, at, SHOWN),
        counts=Counter(one.item.subject for one in items),
        before=before,
        news=new,
        colleagues=colleagues,
        **given,
    )


@router.post("/cases/{number}/edit")
def edit(request: Request, number: int, form: Form, who: Reviewer) -> Response:
    """Give a case another title and note."""
    typed, seen = _typed(form), _seen(form)

    def do(store: Store) -> object:
        return cases.edit(store, number, author=who.name, seen=seen, title=typed["title"], note=typed["note"])

    return _done(request, number, do, "edited", typed)


@router.post("/cases/{number}/assign")
def assign(request: Request, number: int, form: Form, who: Reviewer) -> Response:
    """Give a case to a colleague."""
    typed, seen = _typed(form), _seen(form)
    return _done(
        request,
        number,
        lambda store: cases.assign(store, number, typed["assigned"], author=who.name, seen=seen),
        "assigned",
        typed,
    )


@router.post("/cases/{number}/close")
def close(request: Request, number: int, form: Form, who: Reviewer) -> Response:
    """Close a case."""
    seen = _seen(form)
    return _done(request, number, lambda store: cases.close(store, number, author=who.name, seen=seen), "closed")


@router.post("/cases/{number}/reopen")
def reopen(request: Request, number: int, form: Form, who: Reviewer) -> Response:
    """Open a closed case again."""
    seen = _seen(form)
    return _done(request, number, lambda store: cases.reopen(store, number, author=who.name, seen=seen), "reopened")


@router.post("/cases/{number}/note")
def note(request: Request, number: int, form: Form, who: Reviewer) -> Response:
    """Give a thing in a case another note."""
    typed, seen = _typed(form), _seen(form)

    def do(store: Store) -> object:
        of = (typed["subject"], typed["object"])
        return case_items.annotate(store, number, *of, typed["item_note"], author=who.name, seen=seen)

    return _done(request, number, do, "noted", typed)


@router.post("/cases/{number}/remove")
def remove(request: Request, number: int, form: Form, who: Reviewer) -> Response:
    """Take a thing out of a case."""
    of = (text_of(form, "subject"), text_of(form, "object"))
    return _done(request, number, lambda store: case_items.remove(store, number, *of, author=who.name), "removed")


def _seen(form: FormData) -> int:
    return number_in(text_of(form, "seen"))


def _typed(form: FormData) -> dict[str, str]:
    return {name: text_of(form, name) for name in TYPED}


def _done(
    request: Request, number: int, do: Callable[[Store], object], told: str, typed: dict[str, str] | None = None
) -> Response:
    """Do it and lead back to the case; where it cannot be, show the case with why, and with what was typed."""
    try:
        with desk_of(request).writing() as store:
            do(store)
    except NotFoundError:
        raise
    except StaleError as error:
        return _page(request, number, stale=error, typed=_kept(request, number, typed), status=409)
    except InputError as error:
        return _page(request, number, failed=str(error), typed=_kept(request, number, typed), status=400)
    return see(f"/cases/{number}", told=told)


def _kept(request: Request, number: int, typed: dict[str, str] | None) -> dict[str, str] | None:
    """Return what was typed, with the case's own where a form had no such field."""
    if typed is None:
        return None
    with desk_of(request).reading() as store:
        case = cases.case_of(store, number)
    own = {"title": case.title, "note": case.note, "assigned": case.assigned or ""}
    return {name: value or own.get(name, "") for name, value in typed.items()}
