"""Why reports were put together; splitting, merging, and taking decisions and corrections back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from sayso.desk import judging
from sayso.desk.corrections import undo_correction
from sayso.desk.errors import NotFoundError
from sayso.desk.incident import OneIncident, load, policy_of, whole_keys
from sayso.desk.who import Who
from sayso.errors import SaysoError
from sayso.link.judge import Why, take_back, why
from sayso.link.moved import Moved
from sayso.store.store import Store
from sayso.web.pages.incident.formats import one_key
from sayso.web.pages.incident.forms import Sent, sent, stale_of, status_of, whole
from sayso.web.pages.incident.quoted import Quoter
from sayso.web.pages.incident.show import accounts_of
from sayso.web.respond import desk_of, needs, page, see, who_of

router = APIRouter()
PAIRS = 12
"""Pairs of reports that are compared for one page."""
REASONS = 10
"""Reasons of one pair that are told; the others weigh less."""
STRENGTHS = ((3.0, "very strongly"), (1.5, "strongly"), (0.5, "somewhat"), (0.0, "slightly"))
"""How a weight in log-odds is told in words: the first that it reaches."""
Reviewer = Annotated[Who, Depends(needs("reviewer"))]
Form = Annotated[Sent, Depends(sent)]


def strength(weight: float) -> str:
    """Return a weight in words: `speaks strongly for it`."""
    how = next(words for least, words in STRENGTHS if abs(weight) >= least)
    return f"speaks {how} {'for' if weight > 0 else 'against'} it"


@router.get("/incident/{key}/why")
def reasons(request: Request, key: str, account: str = "", other: str = "") -> Response:
    """Tell why a report is put with the others of its incident, or why it is, or is not, with a given one."""
    with desk_of(request).reading() as store:
        head = one_key(store, key)
        one = load(store, head, policy_of(""), who=who_of(request))
        mine = account if account in one.accounts() else head
        others = [other] if other else [k for k in one.accounts() if k != mine]
        pairs = [why(store, "incident", mine, their) for their in others[:PAIRS]]
        titles = _titles(one)
        titles |= {p: titles.get(p) or _title(store, p) for pair in pairs for p in (pair.left, pair.right)}
    told = [_plain(pair, mine) for pair in pairs]
    more = len(others) - len(told)
    return page(request, "incident/why.html", key=head, mine=mine, pairs=told, titles=titles, more=more)


def _titles(one: OneIncident) -> dict[str, str]:
    """Return what the accounts are called, by key."""
    return {a.key: f"{a.title or a.article} ({a.outlet or a.agency or 'outlet unknown'})" for a in _accounts(one)}


def _accounts(one: OneIncident) -> list[Any]:
    return accounts_of(one, Quoter(one.reports))


def _title(store: Store, key: str) -> str:
    found = store.incident(key)
    return (found[0].reading.article.title if found else None) or key


def _plain(pair: Why, mine: str) -> dict[str, Any]:
    reasons = pair.comparison.reasons
    return {
        "other": pair.right if pair.left == mine else pair.left,
        "together": pair.together,
        "likely": round(pair.comparison.score * 100),
        "reasons": [
            {"words": r.words, "strength": strength(r.weight), "weight": r.weight, "feature": r.feature}
            for r in reasons[:REASONS]
        ],
        "lesser": max(0, len(reasons) - REASONS),
        "history": pair.history,
        "chain": pair.chain if len(pair.chain) > 2 else (),
    }


@router.get("/incident/{key}/split")
def split_form(request: Request, who: Reviewer, key: str, account: str = "") -> Response:
    """Show the form that takes a report out of the incident."""
    return _split_page(request, key, account, reason="", error=None)


@router.post("/incident/{key}/split")
def split(request: Request, who: Reviewer, key: str, form: Form) -> Response:
    """Take a report out of the incident, and show the incident that is left; the report is one of its own."""
    account, reason = form.text("account"), form.text("reason")
    try:
        form.checked()
        with desk_of(request).writing() as store:
            head = one_key(store, key)
            with store.reading() as connection:
                rest = [other for other in judging.members(connection, head) if other != account]
            moved = judging.split(store, head, account, author=who.name, reason=reason, seen=form.seen())
            left, apart = whole_keys(store, rest[0])[0], whole_keys(store, account)[0]
    except NotFoundError:
        raise
    except SaysoError as error:
        return _split_page(request, key, account, reason=reason, error=error)
    return see(f"/incident/{left}", told="split", apart=apart, **_also(moved))


def _split_page(request: Request, key: str, account: str, *, reason: str, error: SaysoError | None) -> Response:
    with desk_of(request).reading() as store:
        head = one_key(store, key)
        one = load(store, head, policy_of(""), who=who_of(request))
        with store.reading() as connection:
            replaced = judging.standing_in_the_way(connection, account)
    own = next((a for a in _accounts(one) if a.key == account), None)
    if own is None:
        raise NotFoundError("this report is none of that incident", value=account or "nothing", next_step="Look again")
    return page(
        request,
        "incident/split.html",
        status=status_of(error),
        one=one,
        account=own,
        others=len(one.reports) - 1,
        replaced=replaced,
        reason=reason,
        error=error,
        stale=stale_of(error),
    )


@router.get("/incident/{key}/merge")
def merge_form(request: Request, who: Reviewer, key: str, other: str = "") -> Response:
    """Show incidents of about that day, and the form that calls one of them the same."""
    return _merge_page(request, key, other=other, typed="", reason="", error=None)


@router.post("/incident/{key}/merge")
def merge(request: Request, who: Reviewer, key: str, form: Form) -> Response:
    """Call another incident the same, and show the one that they are now."""
    typed, other, reason = form.text("id"), form.text("other"), form.text("reason")
    try:
        form.checked()
        with desk_of(request).writing() as store:
            head = one_key(store, key)
            chosen = _id_in(typed) or other
            made = judging.merge(store, head, chosen, author=who.name, reason=reason, seen=form.seen())
            now = whole_keys(store, head)[0]
    except SaysoError as error:
        return _merge_page(request, key, other=other, typed=typed, reason=reason, error=error)
    return see(f"/incident/{now}", told="merged", **_also(made.moved))


def _take_back(store: Store, numbers: list[int], who: Who) -> tuple[Moved, ...]:
    """Take back all judgements of one act, or none; the last one first."""
    moved: list[Moved] = []
    with store.writing() as connection:
        for number in sorted(numbers, reverse=True):
            moved += take_back(connection, number, author=who.name).moved
    judging.settle(store)
    return tuple(moved[-1:])


def _also(moved: tuple[Moved, ...]) -> dict[str, str]:
    """Return what in an address leads to what else was changed: where in the log that is told."""
    return {"also": str(moved[0].change)} if moved else {}


def _id_in(typed: str) -> str:
    """Return the id in what was typed: an id, its beginning, or the address of an incident's page."""
    return typed.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2].strip()


def _merge_page(
    request: Request, key: str, *, other: str, typed: str, reason: str, error: SaysoError | None
) -> Response:
    with desk_of(request).reading() as store:
        head = one_key(store, key)
        one = load(store, head, policy_of(""), who=who_of(request))
        when = one.record.slots.get("when") if one.record else None
        first, last = _days(when.earliest if when else None), _days(when.latest if when else None)
        with store.reading() as connection:
            near = judging.near(connection, head, first or last, last or first)
    return page(
        request,
        "incident/merge.html",
        status=status_of(error),
        one=one,
        near=near,
        other=other,
        typed=typed,
        reason=reason,
        error=error,
        stale=stale_of(error),
    )


def _days(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


@router.post("/incident/{key}/undo")
def undo(request: Request, who: Reviewer, key: str, form: Form) -> Response:
    """Take back a judgement or a correction, and show the incident as it then is."""
    form.checked()
    moved: tuple[Moved, ...] = ()
    with desk_of(request).writing() as store:
        if numbers := [whole(given, "a judgement") for given in form.texts("judgement")]:
            moved = _take_back(store, numbers, who)
        else:
            number = whole(form.text("correction"), "a correction")
            undo_correction(store, number, author=who.name, reason=form.text("reason"))
            judging.settle(store)
        now = whole_keys(store, key)[0]
    return see(f"/incident/{now}", told="undone", **_also(moved))
