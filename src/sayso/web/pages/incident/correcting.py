"""Correcting a value, and saying that there was no such incident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from sayso.desk.correction import Correction
from sayso.desk.corrections import apply
from sayso.desk.errors import NotFoundError
from sayso.desk.incident import OneIncident, load, policy_of, whole_keys
from sayso.desk.judging import check_fresh, settle
from sayso.desk.values import SLOT_FIELDS, STANDINGS, fields_of, value_from
from sayso.desk.who import Who
from sayso.errors import InputError, SaysoError
from sayso.export.reconciled import ReconciledRecord
from sayso.export.reconciled.held_shapes import ClaimRef, HolderRecord
from sayso.export.sourcing import Sourcing
from sayso.model.claim import Claim, Slot
from sayso.model.statement import Stance
from sayso.store.corrections import RejectedError
from sayso.store.store import Store
from sayso.store.told import claim_words
from sayso.web.pages.incident.formats import one_key
from sayso.web.pages.incident.forms import Sent, sent, stale_of, status_of
from sayso.web.pages.incident.quoted import Quote, Quoter
from sayso.web.pages.incident.show import accounts_of
from sayso.web.pages.incident.told import LABELS
from sayso.web.respond import desk_of, needs, page, see, who_of
from sayso.web.slot_fields import COUNTS, fields_for

router = APIRouter()
Reviewer = Annotated[Who, Depends(needs("reviewer"))]
Form = Annotated[Sent, Depends(sent)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A claim that can be corrected: `ref` is how the form calls it."""

    ref: str
    account: str
    who: str
    title: str
    claim: Claim
    quotes: tuple[Quote, ...]


@router.get("/incident/{key}/correct")
def correct_form(request: Request, who: Reviewer, key: str, value: str = "") -> Response:
    """Show the form that corrects a value, by its id in the record."""
    with desk_of(request).reading() as store:
        one = load(store, one_key(store, key), policy_of(""), who=who)
    lines = [line for line in lines_of(one) if line.ref in refs_of(one.record, value)] if one.record else []
    if not lines:
        raise NotFoundError("no such value of this incident", value=value or "nothing", next_step="Open the page again")
    return _correct_page(request, one, lines, {}, None)


@router.post("/incident/{key}/correct")
def correct(request: Request, who: Reviewer, key: str, form: Form) -> Response:
    """Reject or replace what some claims say, or show the form again with what was typed and why it was not taken."""
    try:
        form.checked()
        with desk_of(request).writing() as store:
            one = load(store, one_key(store, key), policy_of(""), who=who)
            _check_seen(store, one, form)
            lines = _chosen(one, form.texts("claim"))
            _apply(store, one, [_correction(one, line, form, who) for line in lines], form.seen())
            now = whole_keys(store, one.key)[0]
    except NotFoundError:
        raise
    except SaysoError as error:
        return _again(request, key, form, error)
    return see(f"/incident/{now}", told="corrected", what=lines[0].claim.slot)


def _again(request: Request, key: str, form: Sent, error: SaysoError) -> Response:
    with desk_of(request).reading() as store:
        one = load(store, one_key(store, key), policy_of(""), who=who_of(request))
    slot, offered = form.text("slot"), set(form.texts("offered"))
    lines = [line for line in lines_of(one) if line.ref in offered and line.claim.slot == slot]
    if not lines:  # what the form was about is gone: the change says how
        lines = [line for line in lines_of(one) if line.claim.slot == slot]
    if not lines:
        raise error
    return _correct_page(request, one, lines, dict(form.form), error, chosen=form.texts("claim"))


def _correct_page(
    request: Request,
    one: OneIncident,
    lines: Sequence[Line],
    form: dict[str, Any],
    error: SaysoError | None,
    chosen: Sequence[str] | None = None,
) -> Response:
    claim = lines[0].claim
    slot = claim.slot
    shown = {f"{slot}.{name}": value for name, value in fields_in(form, slot).items()}
    return page(
        request,
        "incident/correct.html",
        status=status_of(error),
        one=one,
        slot=slot,
        label=LABELS[slot],
        lines=lines,
        chosen=list(chosen) if chosen is not None else [line.ref for line in lines if len(lines) == 1],
        fields=shown or fields_before(claim),
        inputs=fields_for(slot),
        standing=str(form.get("standing", claim.standing or "")),
        standings=STANDINGS,
        stance=str(form.get("stance", claim.stance)),
        action=str(form.get("action", "replace")),
        reason=str(form.get("reason", "")),
        error=error,
        stale=stale_of(error),
    )


def fields_in(form: Mapping[str, object], slot: Slot) -> dict[str, str]:
    """Return the fields of a slot's value that a form has, by their names in the slot."""
    return {name: value for name in SLOT_FIELDS[slot] if isinstance(value := form.get(f"{slot}.{name}"), str)}


def fields_before(claim: Claim) -> dict[str, str]:
    """Return what stands in the fields before somebody types: the value as it is; a count in one line."""
    if claim.slot in COUNTS:
        return {f"{claim.slot}.value": claim_words(claim).partition(" (")[0]}
    return {f"{claim.slot}.{name}": part for name, part in fields_of(claim.value).items()}


def lines_of(one: OneIncident) -> Iterator[Line]:
    """Yield every claim about the incident, report by report."""
    quoter = Quoter(one.reports)
    words = {(ref.article, ref.claim): held for held in _holders(one.record) for ref in held.claims}
    for report in one.reports:
        reading = report.stored.reading
        sourcing = Sourcing(reading)
        for incident in reading.incidents:
            if report.stored.keys[incident.id] != report.key:
                continue
            for claim in incident.claims:
                held = words.get((reading.article.id, claim.id))
                quotes = quoter.quotes(w for w in held.evidence if w.article == reading.article.id) if held else []
                yield Line(
                    ref=f"{report.key} {claim.id}",
                    account=report.key,
                    who=sourcing.according_to(sourcing.statements(claim.chain)),
                    title=reading.article.title or reading.article.id,
                    claim=claim,
                    quotes=tuple(quotes[:2]),
                )


def _holders(record: ReconciledRecord | None) -> Iterator[HolderRecord]:
    if record is None:
        return
    for slot in record.slots.values():
        for held in slot.values:
            yield from held.held_by
    for one in record.perpetrators:
        for given in one.history:
            yield given.holder


def refs_of(record: ReconciledRecord, value: str) -> set[str]:
    """Return the claims behind a value or a perpetrator of the record, as forms call them."""
    behind: list[ClaimRef] = []
    for slot in record.slots.values():
        behind += [ref for held in slot.values if held.id == value for one in held.held_by for ref in one.claims]
    for one in record.perpetrators:
        behind += [ref for given in one.history if one.id == value for ref in given.holder.claims]
    accounts = [(report.article, report.incident) for report in record.reports]
    return {f"{key} {ref.claim}" for ref in behind for article, key in accounts if article == ref.article}


def _check_seen(store: Store, one: OneIncident, form: Sent) -> None:
    """Raise StaleError where somebody was quicker: before it is told that what was chosen is there no more."""
    with store.reading() as connection:
        check_fresh(connection, one.accounts(), form.seen())


def _chosen(one: OneIncident, refs: Sequence[str]) -> list[Line]:
    found = [line for line in lines_of(one) if line.ref in refs]
    if not refs:
        raise InputError("nobody's word was chosen", value="nothing", next_step="Choose whose word is to be corrected")
    if len(found) < len(set(refs)):
        raise InputError("a value that was chosen is not there any more", value=refs[0], next_step="Choose again")
    return found


def _correction(one: OneIncident, line: Line, form: Sent, who: Who) -> Correction:
    action, slot = form.text("action"), line.claim.slot
    if action not in ("reject", "replace"):
        raise InputError("a value is rejected or replaced", value=action or "nothing", next_step="Choose one")
    own = Correction(
        incident=line.account,
        action="reject" if action == "reject" else "replace",
        author=who.name,
        reason=form.text("reason"),
        seen=form.seen(),
        slot=slot,
        claim=line.claim.id,
    )
    if action == "reject":
        return own
    entities = next(r.stored.reading.entities for r in one.reports if r.key == line.account)
    value = value_from(slot, fields_in(form.form, slot), entities)
    return replace(own, value=value, standing=_standing(form, slot), stance=_stance(form))


def _standing(form: Sent, slot: Slot) -> Any:
    if slot != "perpetrator":
        return None
    given = form.text("standing")
    if given and given not in STANDINGS:
        raise InputError(f"a standing is one of {', '.join(STANDINGS)}", value=given, next_step="Choose one")
    return given or None


def _stance(form: Sent) -> Any:
    given = form.text("stance")
    if given and given not in get_args(Stance):
        raise InputError(f"a stance is one of {', '.join(get_args(Stance))}", value=given, next_step="Choose one")
    return given or None


def _apply(store: Store, one: OneIncident, corrections: Sequence[Correction], seen: int) -> None:
    """Make corrections together, or none of them, and bring links and the overview up to date."""
    with store.writing() as connection:
        check_fresh(connection, one.accounts(), seen)
        for correction in corrections:
            apply(connection, replace(correction, seen=_LAST))
    settle(store)


_LAST = 2**62  # has seen everything: whether anything is new was asked before


@router.get("/incident/{key}/reject")
def reject_form(request: Request, who: Reviewer, key: str) -> Response:
    """Show the form that says that there was no such incident."""
    return _reject_page(request, key, "", None)


@router.post("/incident/{key}/reject")
def reject(request: Request, who: Reviewer, key: str, form: Form) -> Response:
    """Take an incident out, in all accounts or in those chosen; it can be brought back."""
    try:
        form.checked()
        with desk_of(request).writing() as store:
            one = load(store, one_key(store, key), policy_of(""), who=who)
            wanted = [account for account in one.accounts() if account in form.texts("account")]
            if not wanted:
                raise InputError("no report was chosen", value="nothing", next_step="Choose whose account is rejected")
            own = [_rejection(account, form, who) for account in wanted]
            _apply(store, one, own, form.seen())
            now = _left(store, one)
    except NotFoundError:
        raise
    except SaysoError as error:
        return _reject_page(request, key, form.text("reason"), error)
    return see(f"/incident/{now}", told="corrected")


def _rejection(account: str, form: Sent, who: Who) -> Correction:
    return Correction(
        incident=account, action="reject incident", author=who.name, reason=form.text("reason"), seen=form.seen()
    )


def _left(store: Store, one: OneIncident) -> str:
    """Return the incident of the first account that is left; its own old key where none is."""
    for account in one.accounts():
        try:
            return whole_keys(store, account)[0]
        except RejectedError:
            continue
    return one.key


def _reject_page(request: Request, key: str, reason: str, error: SaysoError | None) -> Response:
    with desk_of(request).reading() as store:
        one = load(store, one_key(store, key), policy_of(""), who=who_of(request))
    return page(
        request,
        "incident/reject.html",
        status=status_of(error),
        one=one,
        accounts=accounts_of(one, Quoter(one.reports)),
        reason=reason,
        error=error,
        stale=stale_of(error),
    )
