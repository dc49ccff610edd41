"""The routes of articles: the list, one article, and what is added to an incident from its words."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from sayso.desk import articles
from sayso.desk.blind import article_for
from sayso.desk.errors import StaleError
from sayso.desk.judging import settle
from sayso.desk.who import Who
from sayso.desk.withdrawal import bring_back, withdraw
from sayso.desk.wording import UnclearError
from sayso.errors import InputError
from sayso.model.span import Span
from sayso.store.rebuild import Stored
from sayso.store.search_sqlite import CLOSE, OPEN
from sayso.store.store import Store
from sayso.web.pages.article.html import snippet_html
from sayso.web.pages.article.mend import mend, mending
from sayso.web.pages.article.roles import PARTS, ROLES, SPEAKERS
from sayso.web.pages.article.view import Asked, view_of
from sayso.web.respond import desk_of, needs, own_form, page, who_of

router = APIRouter()
LONGEST = 200_000
"""Characters of one field that a form is given back with."""


@router.get("/articles")
def articles_list(request: Request, text: str = "", outlet: str = "", after: str = "") -> Response:
    """Show the articles that hold some words, or the newest."""
    with desk_of(request).reading() as store:
        sort: articles.Sort = "best" if text.strip() else "published"
        found = articles.listed(store, articles.ArticleFilter(text=text, outlet=outlet), sort, after or None)
        outlets = articles.outlets(store)
    lines = [(line, snippet_html(line.snippet, OPEN, CLOSE) if line.snippet else None) for line in found.lines]
    query = {"text": text, "outlet": outlet, "after": found.after or ""}
    more = urlencode({name: value for name, value in query.items() if value}) if found.after else ""
    given = {"text": text, "outlet": outlet, "after": after}
    return page(request, "article/list.html", lines=lines, more=more, outlets=outlets, given=given)


@router.get("/article/{id:path}")
def article(
    request: Request,
    id: str,
    at: str = "",
    part: Annotated[str, Query(max_length=12)] = "",
    speaker: str = "",
) -> Response:
    """Show an article; with `at`, the part of it that holds these words."""
    asked = Asked(at, int(part) if part.isascii() and part.isdigit() else None, speaker)
    typed = {name: value for name, value in request.query_params.items() if name in ("incident", "claim", "slot")}
    with desk_of(request).reading() as store:
        return _page(request, store, articles.found(store, id), asked, typed=typed)


def _page(
    request: Request,
    store: Store,
    stored: Stored,
    asked: Asked,
    *,
    typed: dict[str, str],
    error: InputError | None = None,
) -> Response:
    stored = article_for(store, stored, who_of(request))
    view = view_of(store, stored, asked)
    text = stored.reading.article.text
    words = Span(start=view.at[0], end=view.at[1], text=text[slice(*view.at)]) if view.at else None
    form: Any = None
    if stored.current and who_of(request).may("reviewer") and view.incidents:
        form = mending(
            store, stored, typed, words if error is None else None, open=error is not None or "incident" in typed
        )
    status = 200 if error is None else 409 if isinstance(error, StaleError) else 400
    more = {"roles": ROLES, "parts": PARTS, "speakers": SPEAKERS}
    places = [(place, _around(text, place)) for place in error.places] if isinstance(error, UnclearError) else []
    stale = isinstance(error, StaleError)
    given = {"v": view, "form": form, "error": error, "stale": stale, "places": places}
    given |= {"address": stored.reading.article.id + ("" if stored.current or view.gone else f"@{stored.version}")}
    return page(request, "article/article.html", status=status, **given, **more)


def _around(text: str, place: Span) -> tuple[str, str]:
    """Return a few words before and after a place."""
    return " ".join(text[max(0, place.start - 40) : place.start].split()), " ".join(text[place.end :][:40].split())


@router.post("/article/{id:path}")
def mend_article(
    request: Request,
    id: str,
    form: Annotated[FormData, Depends(own_form)],
    who: Annotated[Who, Depends(needs("reviewer"))],
) -> Response:
    """Add what somebody says that the article's words tell, or put it in the place of what was read."""
    typed = {name: value[:LONGEST] for name, value in form.items() if isinstance(value, str)}
    desk = desk_of(request)
    try:
        with desk.writing() as store:
            stored = articles.found(store, id)
            if typed.get("do"):
                return _put(store, stored, typed, who)
            words = mend(store, stored, typed, who.name)
    except InputError as error:
        with desk.reading() as store:
            asked = Asked(at=_at(typed), speaker="")
            return _page(request, store, articles.found(store, id), asked, typed=typed, error=error)
    query = urlencode({"at": f"{words.start}-{words.end}", "added": typed["slot"]})
    return RedirectResponse(f"/article/{quote(stored.reading.article.id, safe='/')}?{query}#at", status_code=303)


def _put(store: Store, stored: Stored, typed: dict[str, str], who: Who) -> Response:
    """Take an article out, or bring it back."""
    id = stored.reading.article.id
    done = bring_back if typed["do"] == "bring back" else withdraw
    done(store, id, author=who.name, reason=typed.get("reason", ""))
    settle(store)
    return RedirectResponse(f"/article/{quote(id, safe='/')}", status_code=303)


def _at(typed: dict[str, str]) -> str:
    start, end = typed.get("start", ""), typed.get("end", "")
    return f"{start}-{end}" if start.isdigit() and end.isdigit() else ""
