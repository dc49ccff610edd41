"""The workbench as one ASGI application: pages, the API beside them, and what stands around both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import import_module, resources
from typing import Any, cast

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sayso import __version__
from sayso.api.routers import ROUTERS
from sayso.desk.desk import Desk
from sayso.desk.intake_worker import Worker
from sayso.desk.tries import Tries
from sayso.errors import SaysoError
from sayso.web.entry import identified
from sayso.web.failing import answer_error, answer_http, answer_invalid, answer_unforeseen
from sayso.web.guard import Guard
from sayso.web.pages import PAGES
from sayso.web.settings import Settings

KEPT = "public, max-age=31536000, immutable"
"""How long a browser may keep a static file: its address changes with its contents."""


def make_app(desk: Desk, settings: Settings) -> FastAPI:
    """Return the application that serves a desk's database."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.intake.open()
        yield
        app.state.intake.close()
        desk.close()

    app = FastAPI(
        title="sayso",
        version=__version__,
        lifespan=life,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.desk, app.state.settings, app.state.tries = desk, settings, Tries()
    app.state.intake = Worker(desk)
    for path in ROUTERS.values():
        app.include_router(_found(path), prefix="/api/v1")
    for path in PAGES.values():
        app.include_router(_found(path), include_in_schema=False)
    app.mount("/static", _Static(directory=str(resources.files("sayso.web") / "static")))
    app.add_exception_handler(SaysoError, cast(Any, answer_error))
    app.add_exception_handler(HTTPException, cast(Any, answer_http))
    app.add_exception_handler(RequestValidationError, cast(Any, answer_invalid))
    app.middleware("http")(_with_who)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(cast(Any, Guard), settings=settings)
    return app


def _found(path: str) -> APIRouter:
    module, _, name = path.partition(":")
    return cast(APIRouter, getattr(import_module(module), name))


async def _with_who(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Find out who asks; whoever is not known, and has to be, is led to the page for logging in."""
    try:
        return await identified(request) or await go_on(request)
    except Exception as error:  # here, and not further out: this answer too carries what the guard sets
        return await answer_unforeseen(request, error)


class _Static(StaticFiles):
    """The static files, which a browser may keep."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        if answer.status_code == 200 and scope.get("query_string"):
            answer.headers["Cache-Control"] = KEPT
        return answer
