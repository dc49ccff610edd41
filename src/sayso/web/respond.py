"""What pages share: who asks, the desk, a filled template, a form that is this workbench's own."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, cast
from urllib.parse import urlencode

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sayso import __version__
from sayso.api.common import desk_of as desk_of
from sayso.api.common import needs as needs
from sayso.api.common import who_of as who_of
from sayso.desk.errors import ForbiddenError
from sayso.web import shown
from sayso.web.guard import matches
from sayso.web.settings import Settings


def settings_of(request: Request) -> Settings:
    """Return how the workbench is served."""
    return cast(Settings, request.app.state.settings)


async def own_form(request: Request) -> FormData:
    """Return the form that was sent. Raises ForbiddenError where it was not one of this workbench's pages'."""
    form = await request.form(max_files=1000, max_fields=5000)
    token = form.get("csrf") or request.headers.get("x-csrf-token")
    if not matches(str(token) if token else None, request.state.csrf):
        raise ForbiddenError(
            "this form has grown too old to be taken",
            value=request.url.path,
            next_step="Open the page again; what you typed is shown below so that you can copy it",
        )
    return form


def text_of(form: FormData, name: str) -> str:
    """Return a field's text without blanks around it; empty where it is not there."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def number_in(given: str) -> int:
    """Return a number of a form; 0, which nothing has, where it is none or larger than any here."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Return a filled template; a request by htmx for a part of the page gets the whole and picks it out."""
    common = {
        "request": request,
        "who": who_of(request),
        "settings": settings_of(request),
        "csrf": request.state.csrf,
        "place": desk_of(request).place,
        "version": __version__,
    }
    return HTMLResponse(templates().get_template(template).render(**common, **context), status_code=status)


def see(path: str, **query: str) -> Response:
    """Return the answer that leads the browser on to a page after a form was taken."""
    return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, status_code=303)


@cache
def templates() -> Environment:
    """Return the templates: everything that is put in is escaped, what is missing is an error."""
    made = Environment(
        loader=PackageLoader("sayso.web"),
        autoescape=select_autoescape(default_for_string=True, default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update({name: getattr(shown, name) for name in shown.__all__})
    made.globals["asset"] = asset
    made.filters.update({"day": shown.day_words, "words": shown.plain_words, "many": shown.many})
    return made


@cache
def asset(name: str) -> str:
    """Return the address of a static file, which changes with its contents, so that browsers may keep it."""
    from hashlib import sha256

    found = resources.files("sayso.web") / "static" / name
    return f"/static/{name}?{sha256(found.read_bytes()).hexdigest()[:10]}"
