"""The log of changes: who changed what, when and why; and whether its chain holds."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from sayso.desk.blind import changes_for
from sayso.desk.desk import Desk
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.export.csv import CsvTable
from sayso.store.changes import Change, ChangeFilter, Verified, changes, verify
from sayso.web.respond import desk_of, page, who_of

router = APIRouter()
SHOWN = 50
AT_ONCE = 500
"""Entries fetched together for a file of all of them."""
PLACES = {
    "incident": "/incident/",
    "entity": "/entity/",
    "article": "/article/",
    "copy": "/article/",
    "case": "/cases/",
    "intake": "/intake/",
    "source": "/sources/",
}
"""By subject, where the page of an object is."""
COLUMNS = tuple(field.name for field in fields(Change))


class Part(NamedTuple):
    """One thing that a change tells of: its name, and how it was before and after; None for nothing."""

    name: str
    before: str | None
    after: str | None


class Shown(NamedTuple):
    """A change, its parts, and its object with links to where it is."""

    change: Change
    parts: list[Part]
    links: list[tuple[str, str | None]]


Words = Annotated[str, Query(max_length=1000)]


def asked(
    author: Words = "",
    action: Words = "",
    subject: Words = "",
    object: Words = "",
    since: Words = "",
    until: Words = "",
    words: Words = "",
) -> dict[str, str]:
    """Return what an address asks for; what is left empty does not matter."""
    given = {"author": author, "action": action, "subject": subject, "object": object, "since": since, "until": until}
    return {name: part.strip() for name, part in {**given, "words": words}.items() if part.strip()}


Asked = Annotated[dict[str, str], Depends(asked)]


@router.get("/changes")
def show(
    request: Request,
    asked: Asked,
    before: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    check: Annotated[bool, Query(alias="verify")] = False,
) -> Response:
    """Show changes, the newest first; with `verify`, also whether the chain holds."""
    status, said, found, kept = 200, "", [], []
    try:
        wanted = filter_of(asked)
    except InputError as error:
        status, said = 400, str(error)
    else:
        with desk_of(request).reading() as store, store.reading() as connection:
            found = changes(connection, wanted, before, SHOWN + 1)
            kept = changes_for(connection, found[:SHOWN], who_of(request), wanted)
    context: dict[str, Any] = {"found": [shown(change) for change in kept], "asked": asked, "said": said}
    context |= {"next": found[SHOWN - 1].number if len(found) > SHOWN else None, "before": before}
    context |= {"query": urlencode(asked), "verified": _verified(desk_of(request)) if check else None}
    return page(request, "changes.html", status=status, **context)


@router.get("/changes.json")
def as_json(request: Request, asked: Asked) -> Response:
    """Give all changes that are asked for as JSON, the newest first."""

    def parts() -> Iterator[str]:
        before = "["
        for change in every(desk_of(request), wanted, who_of(request)):
            yield before + json.dumps(asdict(change), ensure_ascii=False)
            before = ",\n"
        yield "]\n" if before != "[" else "[]\n"

    wanted = filter_of(asked)
    return StreamingResponse(parts(), media_type="application/json", headers=_as_file("changes.json"))


@router.get("/changes.csv")
def as_csv(request: Request, asked: Asked) -> Response:
    """Give all changes that are asked for as CSV, the newest first."""

    def parts() -> Iterator[str]:
        out = io.StringIO()
        table = CsvTable(out, COLUMNS)
        for change in every(desk_of(request), wanted, who_of(request)):
            row = asdict(change) | {name: _plain(getattr(change, name)) or "" for name in ("before", "after")}
            table.write(row)
            yield _taken(out)
        yield _taken(out)

    wanted = filter_of(asked)
    return StreamingResponse(parts(), media_type="text/csv; charset=utf-8", headers=_as_file("changes.csv"))


def filter_of(asked: dict[str, str]) -> ChangeFilter:
    """Return the filter that an address asks for. Raises InputError for what is no day."""
    given: dict[str, Any] = {name: _day(text) if name in ("since", "until") else text for name, text in asked.items()}
    return ChangeFilter(about=given.pop("object", None), **given)


def every(desk: Desk, wanted: ChangeFilter, who: Who) -> Iterator[Change]:
    """Yield all changes that meet a filter, a few at a time, so that nothing is held open while they are sent."""
    before: int | None = None
    while True:
        with desk.reading() as store, store.reading() as connection:
            some = changes(connection, wanted, before, AT_ONCE)
            kept = changes_for(connection, some, who, wanted)
        yield from kept
        if len(some) < AT_ONCE:
            return
        before = some[-1].number


def shown(change: Change) -> Shown:
    """Return a change as the page shows it."""
    return Shown(change, _parts(change.before, change.after), _links(change.subject, change.object))


def _parts(before: Any, after: Any) -> list[Part]:
    if not isinstance(before or {}, dict) or not isinstance(after or {}, dict):
        return [Part("", _plain(before), _plain(after))]
    old, new = before or {}, after or {}
    return [Part(name, _plain(old.get(name)), _plain(new.get(name))) for name in dict.fromkeys([*old, *new])]


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _links(subject: str, object: str) -> list[tuple[str, str | None]]:
    """Return an object's ids, two for a pair, each with the address of its page; None where it has none."""
    names = object.split(" ") if subject in ("incident", "entity", "copy") else [object]
    if subject == "account":
        return [(object, "/accounts")]
    start = PLACES.get(subject)
    return [(name, start + quote(name, safe="/@:") if start and name else None) for name in names]


def _verified(desk: Desk) -> Verified:
    with desk.reading() as store, store.reading() as connection:
        return verify(connection)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("is no day", value=text[:60], next_step="Give YYYY-MM-DD") from error


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
