"""`/articles` and `/statements`: what was captured, what was read out of it, and who says what."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from sayso.api.common import ERRORS, After, Limit, answer, day, desk_of, who_of
from sayso.desk.articles import ArticleFilter, Sort, incidents_of, listed
from sayso.desk.blind import article_for
from sayso.desk.errors import NotFoundError
from sayso.errors import InputError
from sayso.export.incident_shapes import Record
from sayso.export.record import record, record_of
from sayso.model.statement import Act, SpeakerKind, Stance
from sayso.store.filters import StatementFilter
from sayso.store.sayings import Place, place_of
from sayso.store.search_sqlite import CLOSE, OPEN

router = APIRouter(tags=["articles"], responses=ERRORS)


class ArticlesAsked(BaseModel):
    """Which articles are wanted; all conditions that are given must be met."""

    text: str | None = Field(
        None, max_length=1000, description='Words that it holds: all, "quoted ones" in a row, `word*` as a beginning.'
    )
    outlet: str | None = Field(None, max_length=500, description="The outlet's whole name.")
    since: str | None = Field(None, max_length=10, description="First day of publication, YYYY-MM-DD.")
    until: str | None = Field(None, max_length=10, description="Last day of publication, YYYY-MM-DD.")
    sort: Sort | None = Field(
        None,
        description="`published`: the newest first, so that pages neither skip nor repeat while articles come in."
        " `best`: those that fit the words best; the default where `text` is given.",
    )


@router.get("/articles", response_model=dict[str, Any])
def list_articles(
    request: Request, asked: Annotated[ArticlesAsked, Depends()], after: After = None, limit: Limit = 50
) -> Response:
    """List articles, newest versions only; `next` is the `after` of the page that follows.

    `words` are those around what was searched for, null where nothing was; `incidents` are the keys of what it tells.
    """
    filter = ArticleFilter(
        text=asked.text or "",
        outlet=asked.outlet or "",
        since=day(asked.since, "since"),
        until=day(asked.until, "until"),
    )
    sort = asked.sort or ("best" if filter.text.strip() else "published")
    with desk_of(request).reading() as store:
        found = listed(store, filter, sort, after, limit)
        keys = incidents_of(store, [line.number for line in found.lines])
    items = [
        {
            "article": line.id,
            "title": line.title,
            "outlet": line.outlet or line.agency,
            "published": line.published,
            "words": None if line.snippet is None else line.snippet.translate({ord(OPEN): "", ord(CLOSE): ""}),
            "incidents": keys.get(line.number, []),
        }
        for line in found.lines
    ]
    return answer(request, {"items": items, "next": found.after})


@router.get("/articles/{id:path}", response_model=Record)
def one_article(request: Request, id: str, version: Annotated[int | None, Query(ge=1, lt=2**31)] = None) -> Response:
    """Return all that was read from an article, its incidents under their ids in the database."""
    with desk_of(request).reading() as store:
        found = store.article(id, version)
        if found is None:
            raise NotFoundError("no such article", value=id[:60], next_step="/api/v1/articles?text= finds them")
        found = article_for(store, found, who_of(request))
    return answer(request, record(found.keyed()))


class StatementsAsked(BaseModel):
    """Which statements are wanted; of several values of one, any."""

    speaker: str | None = Field(None, max_length=500)
    target: str | None = Field(None, max_length=500)
    since: str | None = Field(None, max_length=10)
    until: str | None = Field(None, max_length=10)
    article: str | None = Field(None, max_length=2000)


@router.get("/statements", response_model=dict[str, Any])
def list_statements(
    request: Request,
    asked: Annotated[StatementsAsked, Depends()],
    speaker_kind: Annotated[list[str], Query()] = [],  # noqa: B006 (never changed)
    act: Annotated[list[str], Query()] = [],  # noqa: B006
    stance: Annotated[list[str], Query()] = [],  # noqa: B006
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """List who says what, the newest first; `next` is the `after` of the page that follows."""
    filter = StatementFilter(
        speaker=asked.speaker,
        speaker_kinds=_among(speaker_kind, get_args(SpeakerKind), "speaker_kind"),
        acts=_among(act, get_args(Act), "act"),
        stances=_among(stance, get_args(Stance), "stance"),
        target=asked.target,
        since=day(asked.since, "since"),
        until=day(asked.until, "until"),
        article=asked.article,
    )
    with desk_of(request).reading() as store:
        found = list(store.statements(filter, _place(after) if after else None, limit + 1))
        items = []
        for stored, statement in found[:limit]:
            made = record_of(stored.reading)
            told = next(one for one in made.statements if one.id == statement.id)
            items.append({"article": made.article.id, "published": made.article.published, "statement": told})
    following = _cursor(place_of(found[limit - 1][0].reading, found[limit - 1][1])) if len(found) > limit else None
    return answer(request, {"items": items, "next": following})


def _cursor(place: Place) -> str:
    return f"{place.said or ''},{place.position},{place.article}"


def _place(cursor: str) -> Place:
    said, _, rest = cursor.partition(",")
    position, _, article = rest.partition(",")
    try:
        if not (article and position.isascii() and position.isdigit() and len(position) < 10):
            raise ValueError(cursor)
        return Place(date.fromisoformat(said) if said else None, article, int(position))
    except ValueError as error:
        raise InputError(
            "is no cursor of this list", value=cursor[:60], next_step="Give the `next` of the answer before"
        ) from error


def _among(given: list[str], allowed: tuple[str, ...], name: str) -> tuple[str, ...]:
    for value in given:
        if value not in allowed:
            raise InputError(f"is no {name}: there are {', '.join(allowed)}", value=value[:60], next_step="Give one")
    return tuple(given)
