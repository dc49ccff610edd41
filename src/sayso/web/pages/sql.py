"""The page for questions in SQL, where the workbench is served with it."""

from __future__ import annotations

import io
from pathlib import Path

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sayso.desk import sql
from sayso.desk.desk import Desk
from sayso.errors import InputError
from sayso.export.csv import CsvTable
from sayso.store.database import path_of
from sayso.store.tables import metadata
from sayso.web.respond import desk_of, needs, own_form, page, settings_of, text_of

EXAMPLE = "SELECT slot, count(*) AS claims\nFROM claim\nWHERE retired IS NULL\nGROUP BY slot\nORDER BY claims DESC"


def _open(request: Request) -> None:
    if not settings_of(request).sql:
        raise HTTPException(404)


router = APIRouter(dependencies=[Depends(_open), Depends(needs("reviewer"))])


@router.get("/sql")
def show(request: Request) -> Response:
    """Show the form."""
    return _page(request, EXAMPLE)


@router.post("/sql")
def ask(request: Request, form: FormData = Depends(own_form)) -> Response:
    """Answer a question, as a table or as a file of CSV."""
    question = text_of(form, "question")
    try:
        found = sql.ask(_path(desk_of(request)), question)
    except InputError as error:
        return _page(request, question, status=400, said=str(error))
    return _as_csv(found) if form.get("as") == "csv" else _page(request, question, found)


def _path(desk: Desk) -> Path:
    return path_of(desk.place)


def _page(
    request: Request, question: str, found: sql.Table | None = None, *, status: int = 200, said: str = ""
) -> Response:
    tables = {table.name: [c.name for c in table.columns] for table in metadata.sorted_tables}
    known = {name: columns for name, columns in sorted(tables.items()) if name not in sql.SECRET}
    limits = {"seconds": f"{sql.SECONDS:g}", "rows": f"{sql.ROWS:,}"}
    context = {"question": question, "found": found, "said": said, "tables": known, "limits": limits}
    return page(request, "sql.html", status=status, **context)


def _as_csv(found: sql.Table) -> Response:
    out = io.StringIO()
    names = [name or f"{k + 1}" for k, name in enumerate(found.columns)]
    unique = [name if names.count(name) == 1 else f"{name} {k + 1}" for k, name in enumerate(names)]
    table = CsvTable(out, unique)
    for row in found.rows:
        table.write(dict(zip(unique, row, strict=True)))
    headers = {"Content-Disposition": 'attachment; filename="answer.csv"'}
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
