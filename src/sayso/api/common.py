"""What the resources of the API share: who asks, the desk, and answers that a program may ask for again cheaply."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, is_dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated, Any, cast

from fastapi import Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from sayso.desk.desk import Desk
from sayso.desk.who import Role, Who
from sayso.errors import InputError
from sayso.export.shapes import Shape

MOST = 500
"""Items that one answer may hold."""
Limit = Annotated[int, Query(ge=1, le=MOST, description="At most so many items.")]
After = Annotated[str | None, Query(max_length=1000, description="The `next` of the answer before.")]
NUMBER = 2**63 - 1
"""The largest number that the database holds."""


class Problem(BaseModel):
    """What an answer says that is an error: the value, what was allowed, the next step."""

    error: str


ERRORS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "Something given cannot be read."},
    401: {"model": Problem, "description": "Log in first."},
    403: {"model": Problem, "description": "Whoever asks may not do this."},
    404: {"model": Problem, "description": "There is no such thing."},
    409: {"model": Problem, "description": "Somebody else has changed it since."},
    422: {"model": Problem, "description": "Something given does not have the form that it needs."},
}


def desk_of(request: Request) -> Desk:
    """Return the desk that is served."""
    return cast(Desk, request.app.state.desk)


def who_of(request: Request) -> Who:
    """Return who asks."""
    return cast(Who, request.state.who)


def needs(role: Role) -> Callable[[Request], Awaitable[Who]]:
    """Return a dependency that gives who asks, and raises ForbiddenError for those who may not."""

    async def allowed(request: Request) -> Who:
        who = who_of(request)
        who.needs(role)
        return who

    return allowed


def answer(request: Request, found: Any, status: int = 200) -> Response:
    """Return what was found as JSON, with an ETag (RFC 9110); 304 without it where the asker has it already."""
    body = json.dumps(_plain(found), ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    given = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if request.method == "GET" and tag in given:
        return Response(status_code=304, headers=headers)
    return Response(body, status_code=status, headers=headers, media_type="application/json")


def _plain(value: Any) -> Any:
    """Return plain JSON types."""
    if isinstance(value, Shape):
        return {name: _plain(part) for name, part in vars(value).items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def day(given: str | None, name: str) -> date | None:
    """Return a day given as YYYY-MM-DD. Raises InputError for what is none."""
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise InputError(f"is no day for {name}", value=given, next_step="Give YYYY-MM-DD") from error


def number_after(after: str | None) -> int | None:
    """Return the number that a cursor stands for. Raises InputError for what is none of this API's."""
    if after is None:
        return None
    if not after.isdecimal() or not after.isascii() or int(after) > NUMBER:
        raise InputError(
            "is no cursor of this list", value=after[:60], next_step="Give the `next` of the answer before"
        )
    return int(after)
