"""What reviewers say, taken together: guidelines, conflicts to decide, and agreement with its files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, Response

from sayso.desk.agreement import FEW, Agreement, agreement
from sayso.desk.review import counting, decide
from sayso.desk.review_conflicts import Conflict, conflicts, judged
from sayso.desk.review_item import item_at
from sayso.desk.review_queue import SLOTS
from sayso.desk.who import Who
from sayso.web.pages.review.guidelines import general, guides
from sayso.web.pages.review.queue import bring_up_to_date, graphic
from sayso.web.respond import desk_of, needs, own_form, page, see, text_of

router = APIRouter()
Form = Annotated[FormData, Depends(own_form)]
Reviewer = Annotated[Who, Depends(needs("reviewer"))]
SHOWN = 50
COLUMNS: tuple[str, ...] = (
    "slot",
    "judges",
    "values",
    "twice",
    "agreed",
    "kappa_verdicts",
    "kappa_values",
    "alpha",
    "accepted",
)
COLUMNS += ("accepted_low", "accepted_high", "verdicts")


@router.get("/review/guidelines")
def guidelines_page(request: Request) -> Response:
    """Show what counts as a value of each slot."""
    return page(request, "review/guidelines.html", general=general(), guides=guides())


def _agreement(request: Request) -> list[Agreement]:
    with desk_of(request).reading() as store, store.reading() as connection:
        return agreement(judged(connection), SLOTS)


@router.get("/review/agreement")
def agreement_page(request: Request) -> Response:
    """Show how far reviewers agree with each other and with the program, over all and by slot."""
    return page(request, "review/agreement.html", found=_agreement(request), few=FEW)


@router.get("/review/agreement.json")
def agreement_json(request: Request) -> Response:
    """Return the agreement as JSON; a coefficient is null where there are too few values or no variation."""
    shown = [asdict(one) | {"accepted": one.accepted._asdict()} for one in _agreement(request)]
    return JSONResponse({"fewest": FEW, "agreement": shown})


@router.get("/review/agreement.csv")
def agreement_csv(request: Request) -> Response:
    """Return the agreement as CSV: a row for all reviewers, for each two, and for reviewers and program."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for one in _agreement(request):
        writer.writerows(_rows(one))
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8")


def _rows(one: Agreement) -> Iterator[dict[str, Any]]:
    own = {"slot": one.slot}
    yield own | {"judges": "all reviewers", "values": one.judged, "twice": one.twice, "alpha": one.alpha}
    share = one.accepted
    yield own | {
        "judges": "reviewers and program",
        "values": one.judged,
        "alpha": one.alpha_program,
        "accepted": share.share,
        "accepted_low": share.low,
        "accepted_high": share.high,
        "verdicts": share.of,
    }
    for pair in one.pairs:
        names = {"judges": f"{pair.left}; {pair.right}", "values": pair.both, "agreed": pair.agreed}
        yield own | names | {"kappa_verdicts": pair.kappa_verdicts, "kappa_values": pair.kappa_values}


@router.get("/review/conflicts")
def conflicts_page(request: Request, who: Reviewer, show: str = "", told: str = "") -> Response:
    """Show where reviewers differ; what they say is told to those whose own verdict is in, or who ask to decide."""
    with desk_of(request).reading() as store, store.reading() as connection:
        found = conflicts(connection)
        shown = [(one, item_at(connection, one.key, one.ref.claim)) for one in found[:SHOWN]]
    open_ = {_name(one) for one in found if one.judged_by(who.name) or _name(one) == show}
    counts = {_name(one): counting([*one.verdicts, *([one.decided] if one.decided else [])]) for one in found}
    return page(
        request,
        "review/conflicts.html",
        graphic=graphic,
        shown=[(_name(one), one, item) for one, item in shown],
        open=open_,
        counts=counts,
        many_more=max(0, len(found) - SHOWN),
        waiting=sum(one.decided is None for one in found),
        told="The conflict is decided." if told == "decided" else "",
    )


def _name(one: Conflict) -> str:
    return f"{one.key}.{one.ref.claim}"


@router.post("/review/conflicts")
def decide_conflict(request: Request, form: Form, who: Reviewer) -> Response:
    """Decide a conflict for one of its verdicts."""
    key, _, position = text_of(form, "conflict").rpartition(".")
    number = text_of(form, "review")
    at = (key, int(position) if position.isdecimal() and len(position) < 9 else -1)
    with desk_of(request).writing() as store:
        chosen = int(number) if number.isdecimal() and len(number) < 15 else 0
        decide(store, who, at, chosen, reason=text_of(form, "reason"))
    answer = see("/review/conflicts", told="decided")
    answer.background = BackgroundTask(bring_up_to_date, desk_of(request))
    return answer
