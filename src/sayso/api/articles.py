"""`/articles` and `/statements`: what was captured, what was read out of it, and who says what."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from sayso.api.common import ERRORS, After, Limit, answer, day, desk_of
from sayso.desk.errors import NotFoundError
from sayso.errors import InputError
from sayso.export.incident_shapes import Record
from sayso.export.record import record, record_of
from sayso.model.statement import Act, SpeakerKind, Stance
from sayso.store.filters import StatementFilter
from sayso.store.sayings import Place, place_of

router = APIRouter(tags=["articles"], responses=ERRORS)


@router.get("/articles", response_model=dict[str, Any])
def list_articles(
    request: Request, text: Annotated[str, Query(min_length=1, max_length=1000)], limit: Limit = 50
) -> Response:
    """Find articles that hold words, the best first: all of them, "quoted ones" in a row, `word*` as a beginning."""
    with desk_of(request).reading() as store:
        hits = store.search(text, limit)
        stored = {one.number: one for one in store.readings([hit.article for hit in hits])}
    items = [
        {
            "article": (own := stored[hit.article].reading.article).id,
            "title": own.title,
            "outlet": own.outlet or own.agency,
            "published": own.published,
            "words": hit.snippet.translate({0xE000: "", 0xE001: ""}),
            "incidents": list(stored[hit.article].keys.values()),
        }
        for hit in hits
    ]
    return answer(request, {"items": items})


@router.get("/articles/{id:path}", response_model=Record)
def one_article(request: Request, id: str, version: Annotated[int | None, Query(ge=1, lt=2**31)] = None) -> Response:
    """Return all that was read from an article, its incidents under their ids in the database."""
    with desk_of(request).reading() as store:
        found = store.article(id, version)
    if found is None:
        raise NotFoundError("no such article", value=id[:60], next_step="/api/v1/articles?text= finds them")
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
