"""A case as a file: all records and dossiers of what it holds, or its incidents as rows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from sayso.desk import case_items, cases, people
from sayso.desk.case_items import Shown
from sayso.desk.desk import Desk
from sayso.desk.errors import NotFoundError
from sayso.export.reconciled import plain
from sayso.export.record import record
from sayso.export.registry import writer
from sayso.export.withhold import withhold
from sayso.link.view import accounts, reconciled
from sayso.model.reading import Reading
from sayso.store.store import Store
from sayso.web.respond import desk_of

router = APIRouter()
POLICY = "latest authority"
SAID = (
    "Everyone accused is alleged, by whom each record tells. The names of minors, witnesses and victims of sexual"
    " violence stand in this file as they do in the workbench; the CSV withholds them."
)


@router.get("/cases/{number}.json")
def case_data(request: Request, number: int) -> Response:
    """Give a case with the reconciled record of each incident, the dossier of each person, and each article."""
    desk = desk_of(request)
    with desk.reading() as store:
        case = cases.case_of(store, number)
        items = case_items.shown(store, case_items.items(store, number))
    told = {name: getattr(case, name) for name in ("number", "title", "note", "owner", "assigned", "made", "closed")}
    return _file(JSONResponse({"about": SAID, **told, "items": [_item(desk, one) for one in items]}), number, "json")


def _item(desk: Desk, one: Shown) -> dict[str, Any]:
    own = {name: getattr(one.item, name) for name in ("subject", "object", "note", "author", "at")}
    return {**own, "key": one.key, "gone": one.gone, "record": None if one.gone else _record(desk, one)}


def _record(desk: Desk, one: Shown) -> dict[str, Any] | None:
    if one.item.subject == "entity":
        try:
            found = people.view(desk, one.key).dossier
        except NotFoundError:  # gone since the list was made
            return None
        return plain(found) if found else None
    with desk.reading() as store:
        if one.item.subject == "article":
            stored = store.article(one.item.object)
            return record(stored.keyed()) if stored else None
        with store.reading() as connection:
            reports = [report for report in accounts(connection, list(one.members)) if report.stored.current]
        made = reconciled(store, reports, POLICY)
        return plain(made) if made else None


@router.get("/cases/{number}.csv")
def case_rows(request: Request, number: int) -> Response:
    """Give the incidents of a case as the export of CSV writes them, without the names that it withholds."""
    with desk_of(request).reading() as store:
        cases.case_of(store, number)
        items = case_items.shown(store, case_items.items(store, number))
        out = io.StringIO()
        writer("csv")(_readings(store, items), out)
    answer = Response(out.getvalue().encode("utf-8", "replace"), media_type="text/csv; charset=utf-8")
    return _file(answer, number, "csv")


def _readings(store: Store, items: Iterable[Shown]) -> Iterator[Reading]:
    """Yield the articles that tell of a case's incidents, with these alone; first hidden, then chosen."""
    keys = sorted({key for one in items if one.item.subject == "incident" and not one.gone for key in one.members})
    with store.reading() as connection:
        reports = [report for report in accounts(connection, keys) if report.stored.current]
    for _, run in groupby(reports, key=lambda report: report.stored.number):
        of = list(run)
        reading, _hidden = withhold(of[0].stored.keyed())
        wanted = {report.key for report in of}
        yield replace(reading, incidents=tuple(one for one in reading.incidents if one.id in wanted))


def _file(answer: Response, number: int, kind: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="case-{number}.{kind}"'
    return answer
