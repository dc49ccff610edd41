"""The samples, drawing a new one, and what one comes to."""

from __future__ import annotations

import io
from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from sayso import __version__
from sayso.desk import samples
from sayso.desk.asked import asked_of
from sayso.desk.desk import Desk
from sayso.desk.sample_scores import methods, scores
from sayso.desk.samples import Sample, Sampled, Subject
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.export.csv import CsvTable
from sayso.web.respond import desk_of, needs, own_form, page, see, text_of

router = APIRouter()
Form = Annotated[FormData, Depends(own_form)]
Reviewer = Annotated[Who, Depends(needs("reviewer"))]
COLUMNS = ("what", "right", "wrong", "missed", "precision", "precision_low", "precision_high", "recall", "recall_low")
MORE = ("recall_high", "size", "population", "seed", "filter", "drawn", "judged")


@router.get("/samples")
def samples_page(request: Request, filter: str = "") -> Response:
    """Show the samples and the form that draws one; `filter` is the query string of a list of incidents."""
    return _list(request, {"subject": "incident", "size": "100", "seed": "", "filter": filter})


def _list(request: Request, typed: dict[str, str], failed: str = "", status: int = 200) -> Response:
    with desk_of(request).reading() as store, store.reading() as connection:
        every = samples.samples(connection)
        done = {
            one.number: sum(i.matched is not None for i in samples.items_of(connection, one.number)) for one in every
        }
    return page(request, "samples/list.html", status=status, every=every, done=done, typed=typed, failed=failed)


@router.post("/samples")
def draw(request: Request, form: Form, who: Reviewer) -> Response:
    """Draw a sample and lead to it."""
    typed = {name: text_of(form, name) for name in ("subject", "size", "seed", "filter")}
    try:
        subject: Subject = "article" if typed["subject"] == "article" else "incident"
        query = typed["filter"].partition("?")[2] or typed["filter"] if subject == "incident" else ""
        population = _population(desk_of(request), subject, query)
        seed = _whole(typed["seed"], "seed") if typed["seed"] else None
        size = _whole(typed["size"], "size")
        with desk_of(request).writing() as store:
            number = samples.draw(store, who, subject, population, size, seed=seed, filter=query)
    except InputError as error:
        return _list(request, typed, str(error), 400)
    return see(f"/samples/{number}")


def _population(desk: Desk, subject: Subject, query: str) -> list[str]:
    with desk.reading() as store:
        if subject == "incident":
            return desk.index.select(store, asked_of(parse_qsl(query)).filter).keys_in_order()
        with store.reading() as connection:
            return samples.articles(connection)


def _whole(said: str, name: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 12):
        raise InputError(f"the {name} is a whole number", value=said or "nothing", next_step="Give it in digits")
    return int(said)


def _result(request: Request, number: int) -> tuple[Sample, list[Sampled]]:
    with desk_of(request).reading() as store, store.reading() as connection:
        return samples.sample_of(connection, number), samples.items_of(connection, number)


@router.get("/samples/{number}.json")
def sample_json(request: Request, number: int) -> Response:
    """Return a sample, its coding and its result as JSON; what is not coded yet is there by its id only."""
    one, items = _result(request, number)
    shown = [
        asdict(score) | {k: getattr(score, k)._asdict() for k in ("precision", "recall")}
        for score in scores(one, items)
    ]
    own = {"sample": asdict(one), "result": shown, "methods": methods(one, items, __version__)}
    return JSONResponse(own | {"items": [item._asdict() for item in items]})


@router.get("/samples/{number}.csv")
def sample_csv(request: Request, number: int) -> Response:
    """Return a sample's result as CSV."""
    one, items = _result(request, number)
    out = io.StringIO()
    table = CsvTable(out, (*COLUMNS, *MORE))
    judged = sum(item.matched is not None for item in items)
    about: dict[str, Any] = {"size": one.size, "population": one.population, "seed": one.seed, "filter": one.filter}
    for score in scores(one, items):
        row = {name: getattr(score, name) for name in COLUMNS[:4]} | about | {"drawn": one.at, "judged": judged}
        for name, share in (("precision", score.precision), ("recall", score.recall)):
            row |= {name: share.share, f"{name}_low": share.low, f"{name}_high": share.high}
        table.write(row)
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8")


@router.get("/samples/{number}")
def sample_page(request: Request, number: int) -> Response:
    """Show a sample: what is to be judged next, and what it comes to so far."""
    one, items = _result(request, number)
    following = next((item for item in items if item.matched is None), None)
    result = scores(one, items) if any(item.matched for item in items) else []
    words = methods(one, items, __version__)
    return page(request, "samples/page.html", one=one, items=items, next=following, result=result, words=words)
