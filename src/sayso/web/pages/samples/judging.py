"""Judging one thing of a sample: first the bare text is coded, then the program's answer is shown beside the coding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from sayso.desk import samples
from sayso.desk.sample_scores import CODED, propose
from sayso.desk.sample_texts import Meant, article_of, record_of
from sayso.desk.samples import MARKS, Sample, Sampled
from sayso.desk.who import Who
from sayso.schema.kinds import kinds
from sayso.store.store import Store
from sayso.web.graphic import is_graphic
from sayso.web.pages.review.guidelines import general, guides
from sayso.web.respond import desk_of, needs, own_form, page, see, text_of

router = APIRouter()
Form = Annotated[FormData, Depends(own_form)]
Reviewer = Annotated[Who, Depends(needs("reviewer"))]
ROWS = 8
"""Incidents of an article that a form has room for."""
LONGEST = 1_000


def _found(request: Request, number: int, position: int) -> tuple[Sample, Sampled, Meant]:
    with desk_of(request).reading() as store:
        with store.reading() as connection:
            one, item = samples.sample_of(connection, number), samples.item_of(connection, number, position)
        return one, item, _meant(store, one, item)


def _meant(store: Store, one: Sample, item: Sampled) -> Meant:
    return record_of(store, item.object) if one.subject == "incident" else article_of(store, item.object)


@router.get("/samples/{number}/{position}")
def code_page(request: Request, number: int, position: int, who: Reviewer) -> Response:
    """Show the bare text and the form to code it; what was coded already leads on to the answer."""
    one, item, meant = _found(request, number, position)
    if item.coded is not None:
        return see(f"/samples/{number}/{position}/answer")
    own: dict[str, Any] = {
        "slots": CODED,
        "kinds": tuple(kinds()),
        "rows": range(ROWS),
        "guides": guides(),
        "general": general(),
        "graphic": is_graphic,
    }
    return page(request, "samples/code.html", one=one, item=item, texts=meant.texts, day=meant.day, meant=meant, **own)


@router.post("/samples/{number}/{position}")
def code(request: Request, number: int, position: int, form: Form, who: Reviewer) -> Response:
    """Keep the coding, and show what the program holds."""
    with desk_of(request).writing() as store:
        with store.reading() as connection:
            one = samples.sample_of(connection, number)
        coded: dict[str, Any]
        if one.subject == "incident":
            coded = _values(form, "")
        else:
            rows = [_values(form, f"{row}.") for row in range(ROWS)]
            coded = {"incidents": [row for row in rows if any(row.values())]}
        samples.code(store, who, number, position, coded)
    return see(f"/samples/{number}/{position}/answer")


def _values(form: FormData, prefix: str) -> dict[str, str]:
    return {slot: text_of(form, f"{prefix}{slot}")[:LONGEST] for slot in CODED}


@router.get("/samples/{number}/{position}/answer")
def answer_page(request: Request, number: int, position: int, who: Reviewer) -> Response:
    """Show what the program holds beside the coding, with marks proposed; refused before it is coded."""
    with desk_of(request).reading() as store, store.reading() as connection:
        samples.answer_may_be_shown(samples.item_of(connection, number, position))
    one, item, meant = _found(request, number, position)
    coded = item.coded or {}
    if one.subject == "incident":
        held = meant.held[0]
        proposed = {slot: (item.matched or {}).get(slot) or propose(coded.get(slot, ""), held[slot]) for slot in CODED}
        more: dict[str, Any] = {"held": held, "proposed": proposed}
    else:
        pairs = _pairs(coded.get("incidents", []), meant.held)
        more = {"held": meant.held, "proposed": {n for n, _ in pairs}, "met": {k for _, k in pairs}}
    return page(
        request,
        "samples/answer.html",
        one=one,
        item=item,
        texts=meant.texts,
        coded=coded,
        slots=CODED,
        marks=MARKS,
        graphic=is_graphic,
        **more,
    )


def _pairs(coded: list[dict[str, str]], held: tuple[Mapping[str, list[str]], ...]) -> list[tuple[int, int]]:
    """Return which of the program's incidents look to be which coded ones: of one kind, day and place not apart."""
    pairs: list[tuple[int, int]] = []
    for n, theirs in enumerate(held):
        for k, mine in enumerate(coded):
            if k not in {k for _, k in pairs} and _alike(mine, theirs):
                pairs.append((n, k))
                break
    return pairs


def _alike(mine: Mapping[str, str], theirs: Mapping[str, list[str]]) -> bool:
    said = {slot: propose(mine.get(slot, ""), theirs[slot]) for slot in ("kind", "when", "where")}
    apart = [slot for slot in ("when", "where") if said[slot] == "wrong" and mine.get(slot)]
    return said["kind"] == "right" and not apart


@router.post("/samples/{number}/{position}/answer")
def mark(request: Request, number: int, position: int, form: Form, who: Reviewer) -> Response:
    """Keep the marks, and lead on to what is next."""
    with desk_of(request).writing() as store:
        with store.reading() as connection:
            one = samples.sample_of(connection, number)
        marks: dict[str, Any]
        if one.subject == "incident":
            marks = {slot: text_of(form, slot) for slot in CODED}
        else:
            said = [text_of(form, name) for name in form if name.startswith(("held.", "coded."))]
            marks = {name: said.count(name) for name in MARKS[:3]}
        samples.mark(store, who, number, position, marks)
        with store.reading() as connection:
            left = [i.position for i in samples.items_of(connection, number) if i.matched is None]
    following = next((p for p in left if p > position), next(iter(left), None))
    return see(f"/samples/{number}/{following}" if following else f"/samples/{number}")
