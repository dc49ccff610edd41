"""What is answered when something cannot be done: the value, what was allowed, the next step; never a bare trace."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from sayso.desk.errors import ForbiddenError, NotFoundError, StaleError
from sayso.desk.who import local
from sayso.errors import InputError, SaysoError, StoreError
from sayso.store.corrections import RejectedError
from sayso.store.fold import sound
from sayso.web.respond import page

STATUS: tuple[tuple[type[SaysoError], int], ...] = (
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (StaleError, 409),
    (InputError, 400),
    (RejectedError, 410),
    (StoreError, 503),
)
"""The status of each error; the first that fits."""
TYPED = 1_000_000
"""Bytes of a form that are read again, to show what was typed; nobody types more."""
_log = logging.getLogger("sayso.web")


async def answer_error(request: Request, error: SaysoError) -> Response:
    """Answer an error that a user can act on."""
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    return await _answer(request, status, str(error))


async def answer_http(request: Request, error: HTTPException) -> Response:
    """Answer an error of HTTP itself, such as an address that leads nowhere."""
    said = "There is no such page." if error.status_code == 404 else str(error.detail)
    return await _answer(request, error.status_code, said)


async def answer_invalid(request: Request, error: RequestValidationError) -> Response:
    """Answer a request whose parts do not have the form that they need."""
    said = "; ".join(map(_invalid, error.errors()[:5])) + ". /api/v1/openapi.json tells what is taken."
    return await _answer(request, 422, sound(said))


def _invalid(one: dict[str, Any]) -> str:
    given = "" if one["type"] == "missing" else f", given {str(one['input'])[:40]!r}"
    return f"{'.'.join(map(str, one['loc']))}: {one['msg']}{given}"


async def answer_unforeseen(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw; the trace goes to the log."""
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    return await _answer(request, 500, "Something broke in the program. Nothing was changed; please report it.")


async def _answer(request: Request, status: int, said: str) -> Response:
    if not hasattr(request.state, "who"):
        request.state.who = local()
    wants_data = request.url.path.startswith("/api/") or request.url.path.endswith((".json", ".csv", ".geojson"))
    if wants_data or "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"error": said}, status_code=status)
    return page(request, "error.html", status=status, said=said, code=status, typed=await _typed(request))


async def _typed(request: Request) -> list[tuple[str, str]]:
    """Return what was typed into the form that failed, so that it is not lost."""
    length = request.headers.get("content-length", "")
    if request.method == "GET" or not (length.isascii() and length.isdigit() and int(length[:19]) <= TYPED):
        return []
    try:
        form = await request.form()
    except Exception:  # no form, or one that was read before
        return []
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str) and _shown(name)]


def _shown(name: str) -> bool:
    return name != "csrf" and "password" not in name
