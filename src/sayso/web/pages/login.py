"""Logging in and out; what was typed when a session ended is sent on once somebody has logged in again."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from sayso.desk import accounts
from sayso.desk.tries import Tries
from sayso.errors import InputError
from sayso.web.entry import COOKIE, TYPED, own_path
from sayso.web.respond import desk_of, own_form, page, see, settings_of, text_of

router = APIRouter()
CARRIED = "typed:"
"""What stands before the names of fields that were typed into another form."""


@router.get("/login")
def ask(request: Request, next: str = "/") -> Response:
    """Show the form for logging in."""
    if not settings_of(request).accounts or request.state.session:
        return see(own_path(next))
    return _form(request, next=own_path(next))


async def small_form(request: Request) -> FormData:
    """Return a form from somebody unknown. Raises InputError for one that is too large, before it is taken."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > 4 * TYPED:  # what is typed may take three letters for one
        raise InputError("more was sent than a login holds", value=request.url.path, next_step="Open the page again")
    return await own_form(request)


@router.post("/login")
def enter(request: Request, form: FormData = Depends(small_form)) -> Response:
    """Log somebody in, and lead them where they wanted to go."""
    if not settings_of(request).accounts:
        return see("/")
    name, address = text_of(form, "name"), request.client.host if request.client else ""
    tries = tries_of(request)
    wait = tries.begin(name, address)
    if wait:
        said = f"Too many tries. Wait {wait} {'second' if wait == 1 else 'seconds'}, then try again."
        answer = _form(request, form, status=429, said=said)
        answer.headers["Retry-After"] = str(wait)
        return answer
    desk, password = desk_of(request), form.get("password")
    with desk.reading() as store:
        who = accounts.verified(store, name, password if isinstance(password, str) else "")
    if who is None:
        return _form(request, form, status=401, said="This name and password do not belong together.")
    tries.succeeded(name, address)
    with desk.writing() as store:
        if request.state.session:
            accounts.end(store, request.state.session.digest)
        key, made = accounts.begin(store, who)
    request.state.who, request.state.csrf = who, made.token
    answer = _onward(request, form)
    answer.headers.append("Set-Cookie", _cookie(request, key))
    return answer


@router.post("/logout")
def leave(request: Request, form: FormData = Depends(own_form)) -> Response:
    """End the session."""
    if request.state.session:
        with desk_of(request).writing() as store:
            accounts.end(store, request.state.session.digest)
    answer = see("/login")
    answer.headers.append("Set-Cookie", _cookie(request, "") + "; Max-Age=0")
    return answer


def tries_of(request: Request) -> Tries:
    """Return the count of failed tries of this application."""
    return cast(Tries, request.app.state.tries)


def _onward(request: Request, form: FormData) -> Response:
    """Lead on; to what was typed before, with one button that sends it, where a session had ended in the middle."""
    path = own_path(text_of(form, "next"))
    if not form.get("send"):
        return RedirectResponse(path, status_code=303)
    return page(request, "resend.html", path=path, typed=_carried(form), lost=bool(form.get("lost")))


def _form(
    request: Request, form: FormData | None = None, *, next: str = "", status: int = 200, said: str = ""
) -> Response:
    sent = form or FormData()
    kept = {"name": text_of(sent, "name"), "send": text_of(sent, "send"), "lost": bool(sent.get("lost"))}
    next = next or own_path(text_of(sent, "next"))
    return page(request, "login.html", status=status, next=next, said=said, typed=_carried(sent), **kept)


def _carried(form: FormData) -> list[tuple[str, str]]:
    fields = [(k, v) for k, v in form.multi_items() if isinstance(v, str) and k.startswith(CARRIED)]
    return [(name.removeprefix(CARRIED), value) for name, value in fields]


def _cookie(request: Request, key: str) -> str:
    secure = "; Secure" if settings_of(request).secure else ""
    return f"{COOKIE}={key}; Path=/; HttpOnly; SameSite=Lax{secure}"
