"""The page of one incident, and why its reports were put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from sayso.desk.cases import open_cases
from sayso.desk.corrections import history
from sayso.desk.incident import OneIncident, corrections_of, day_of, load, policy_of, whole_keys
from sayso.export.reconciled import POLICIES, ReconciledRecord
from sayso.link.moved import Moved, told_from
from sayso.link.view import Report
from sayso.store.corrections import RejectedError
from sayso.store.store import Store
from sayso.web.pages.incident.acts import acts_of
from sayso.web.pages.incident.quoted import Quoter
from sayso.web.pages.incident.suspects import scale_for, suspects
from sayso.web.pages.incident.told import LABELS, head, slots
from sayso.web.pages.incident.tolls import charts
from sayso.web.respond import desk_of, number_in, page, who_of

router = APIRouter()
DONE: Final = {
    "corrected": "The correction is made. It stands at the foot of this page, where it can be taken back.",
    "undone": "It was taken back.",
    "split": "The report now tells of an incident of its own.",
    "merged": "The two are one incident now. The decision stands at the foot of this page.",
    "case": "The incident is in the case.",
}
"""What is told after something was done, by the word in the address."""
REPORTS = 25
"""Reports that are told at once; the rest is a click away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A report of the incident, as the list of reports tells it; `origin` is the title of what it copies."""

    key: str
    article: str
    outlet: str | None
    agency: str | None
    title: str | None
    day: str | None
    url: str | None
    copy_of: str | None
    origin: str | None
    recalled: bool
    newest: bool


@router.get("/incident/{key}")
def show(request: Request, key: str) -> Response:
    """Show one incident, by its key, that of an account, or the beginning of either."""
    asked = request.query_params
    with desk_of(request).reading() as store:
        try:
            keys = whole_keys(store, key)
        except RejectedError as error:
            return gone(request, store, error)
        if len(keys) > 1:
            return page(request, "incident/several.html", given=key, keys=keys, status=300)
        if keys[0] != key:
            return RedirectResponse(
                f"/incident/{keys[0]}" + (f"?{request.url.query}" if request.url.query else ""), 303
            )
        policy, day = policy_of(asked.get("policy", "")), day_of(asked.get("as_of", ""))
        one = load(store, key, policy, day, who=who_of(request))
        past, cases = corrections_of(store, one.reports, one.held), open_cases(store)
        also = changed_too(store, number_in(asked.get("also", "")))
    as_of = day.isoformat() if day else ""
    shown = {name: value for name, value in (("policy", asked.get("policy")), ("as_of", as_of)) if value}
    return page(
        request,
        "incident/page.html",
        **context(one, full=frozenset(asked.getlist("full"))),
        past=past,
        also=also,
        acts=acts_of(one.judgements),
        cases=cases,
        policies=POLICIES,
        policy=policy,
        as_of=as_of,
        query="&".join(f"{name}={quote(value)}" for name, value in shown.items()),
        done=DONE.get(asked.get("told", ""), ""),
    )


def changed_too(store: Store, number: int) -> list[Moved]:
    """Return what else a decision changed, by where in the log that is told; nothing for 0."""
    if not number:
        return []
    with store.reading() as connection:
        return told_from(connection, number)


def gone(request: Request, store: Store, error: RejectedError) -> Response:
    """Tell of an incident that somebody took out, by whom and why, and let it be brought back."""
    key = str(error.value)
    past = [one for one in history(store, key) if one.correction.action == "reject incident"]
    last = next((one.correction for one in reversed(past) if not one.correction.revoked), None)
    return page(request, "incident/gone.html", key=key, last=last, status=410)


def context(one: OneIncident, full: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return what the page of an incident tells, for its template; with `full`, all of these slots and lists."""
    quoter = Quoter(one.reports)
    found: dict[str, Any] = {"one": one, "full": full, "labels": LABELS, "reports": accounts_of(one, quoter)}
    found["shown_reports"] = found["reports"] if "reports" in full else found["reports"][:REPORTS]
    record = one.record
    if record is None:
        return found | {"record": None, "head": None}
    every = slots(record, quoter, full)
    people = suspects(record.perpetrators, one.people, quoter, full="perpetrator" in full)
    return found | {
        "record": record,
        "slots": every,
        "head": head(record, every),
        "suspects": people,
        "lane_days": scale_for(record.perpetrators).ends(),
        "charts": charts(record, quoter, full="tolls" in full),
        "sides": {value.id: value for told in every for value in told.values},
        "blamed": {one.id: one for one in people},
        "missing": missing(record),
    }


def missing(record: ReconciledRecord) -> list[str]:
    """Return what no report tells, of what everybody asks."""
    told = {slot for slot, found in record.slots.items() if found.shown}
    asked = [("when", "when it was"), ("where", "where it was")]
    unknown = [words for slot, words in asked if slot not in told]
    return unknown + ([] if record.perpetrators else ["who did it"])


def accounts_of(one: OneIncident, quoter: Quoter) -> list[Account]:
    """Return the reports, by day of publication, those without a day last."""
    copies = {report.article: report.copy_of for report in one.record.reports} if one.record else {}
    ordered: Sequence[Report] = sorted(
        one.reports,
        key=lambda r: (str(r.stored.reading.article.published or "9999"), r.stored.reading.article.id, r.key),
    )
    return [_account(report, copies.get(report.stored.reading.article.id), quoter) for report in ordered]


def _account(report: Report, copy_of: str | None, quoter: Quoter) -> Account:
    article, stored = report.stored.reading.article, report.stored
    own = next((i for i in stored.reading.incidents if stored.keys[i.id] == report.key), None)
    return Account(
        key=report.key,
        article=article.id if stored.current else f"{article.id}@{stored.version}",
        outlet=article.outlet,
        agency=article.agency,
        title=article.title,
        day=article.published.isoformat() if article.published else None,
        url=article.url,
        copy_of=copy_of,
        origin=quoter.title(copy_of) if copy_of else None,
        recalled=bool(own and own.background),
        newest=stored.current,
    )
