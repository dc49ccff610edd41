"""Who asks: on one's own machine whoever runs the program, else the account whose session the browser has."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, RedirectResponse, Response

from sayso.desk.accounts import Session, is_due, prolong, session_of
from sayso.desk.who import Who, local
from sayso.errors import SaysoError, StoreError
from sayso.store.store import open_store
from sayso.web.failing import answer_error
from sayso.web.guard import SAFE, cookie_of
from sayso.web.respond import desk_of, page, settings_of

COOKIE = "sayso_session"
NOBODY = Who(name="", role="reader")
"""Who has not logged in: sees the page for it, and nothing else."""
TYPED = 2_000_000
"""Bytes of a form up to which what was typed is carried through a login."""
NOT_CARRIED = frozenset({"csrf"})
SECRET = "password"
"""Fields whose names hold this are never sent back."""


async def identified(request: Request) -> Response | None:
    """Put who asks into `request.state.who`; return the answer for one who has to log in first."""
    if not settings_of(request).accounts:
        request.state.who, request.state.session = local(), None
        return None
    request.state.who, request.state.session = NOBODY, None
    key = cookie_of(request.headers.get("cookie", ""), COOKIE)
    try:
        known = await run_in_threadpool(_session, request, key) if key else None
    except SaysoError as error:
        return await answer_error(request, error)
    if known:
        request.state.who, request.state.session, request.state.csrf = known.who, known, known.token
        return None
    path = request.url.path
    return None if path == "/login" or path.startswith("/static/") else await _refused(request)


def _session(request: Request, key: str) -> Session | None:
    desk = desk_of(request)
    with desk.reading() as store:
        known = session_of(store, key)
    if known and is_due(known):
        with suppress(StoreError), open_store(desk.place, write=True, patience=0.2) as store:
            prolong(store, known)  # another request will, where somebody else is writing now
    return known


async def _refused(request: Request) -> Response:
    """Answer one who has to log in: data as data, pages by the form for it, which keeps what was typed."""
    path = request.url.path
    if path.startswith("/api/") or "application/json" in request.headers.get("accept", ""):
        said = "Log in first: this workbench has accounts."
        return JSONResponse({"error": said}, status_code=401, headers={"WWW-Authenticate": "Cookie"})
    where = path + (f"?{request.url.query}" if request.url.query else "")
    if request.method in SAFE:
        return RedirectResponse(f"/login?{urlencode({'next': where})}", status_code=303)
    typed, lost = await _typed(request)
    carried = {"send": "yes", "typed": typed, "lost": lost}
    return page(request, "login.html", status=401, next=where, said="", name="", **carried)


async def _typed(request: Request) -> tuple[list[tuple[str, str]], bool]:
    """Return the fields that were sent without a session, and whether something of them cannot be kept."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > TYPED:
        return [], True
    try:
        form = await request.form(max_files=1000, max_fields=5000)
    except Exception:  # what cannot be read as a form cannot be kept
        return [], True
    fields = [(k, v) for k, v in form.multi_items() if isinstance(v, str) and k not in NOT_CARRIED]
    kept = [(name, value) for name, value in fields if SECRET not in name]
    return kept, len(kept) < len(fields) or any(not isinstance(v, str) and v.filename for v in form.values())


def own_path(given: str) -> str:
    """Return a path of this workbench that a form asks to be led to; the way in for whatever leads elsewhere."""
    try:
        parts = urlsplit(given)
    except ValueError:
        return "/"
    plain = given.startswith("/") and not given.startswith("//") and given.isprintable() and "\\" not in given
    return given if plain and not parts.scheme and not parts.netloc and parts.path != "/login" else "/"
