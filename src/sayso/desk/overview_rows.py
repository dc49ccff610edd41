"""What one row of the overview says of an incident: columns to sort and filter by, and what a line of a list shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from sayso.export.incident_shapes import PlaceValue, TextValue
from sayso.export.perpetrators import standing_of
from sayso.export.reconciled import ReconciledRecord
from sayso.export.reconciled.held_shapes import PolicyName
from sayso.export.reconciled.shapes import ReconciledPerpetrator
from sayso.export.shapes import WhenRecord
from sayso.export.summary import COUNTS
from sayso.link.view import Report
from sayso.model.claim import Actor, Claim, Label
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.store.fold import fold

POLICY: Final[PolicyName] = "latest authority"
"""How the shown values are picked: as `sayso list` and `sayso show` do unless told otherwise."""
LARGEST = 2**31 - 1
SHOWN_TITLE = 300
Row = dict[str, Any]


def account_of(report: Report) -> Incident | None:
    """Return the incident as one report tells it; None where it was taken out."""
    stored = report.stored
    return next((one for one in stored.reading.incidents if stored.keys[one.id] == report.key), None)


def gone_row(key: str) -> Row:
    """Return the row of a key that stands for no incident any more."""
    return {
        "key": key,
        "gone": True,
        "kind": "",
        "stage": "",
        "background": False,
        **dict.fromkeys(("edtf", "earliest", "latest", "published", "place", "country")),
        **dict.fromkeys(("latitude", "longitude", "where_prec")),
        "disputed": False,
        "reviewed": False,
        "reports": 0,
        "sources": 0,
        "killed": 0,
        "facets": {},
        "accounts": [],
        "body": {},
    }


def overview_row(key: str, record: ReconciledRecord, reports: Sequence[Report], *, reviewed: bool) -> Row:
    """Return the row of an incident that these reports tell of; `record` is what they say together."""
    told = [(report, account) for report in reports if (account := account_of(report))]
    claims = [claim for _, account in told for claim in account.claims]
    published = [report.published for report in record.reports if report.published]
    return {
        "key": key,
        "gone": False,
        "reviewed": reviewed,
        "kind": _label(record, "kind", told[0][1].kind),
        "stage": _label(record, "stage", told[0][1].stage),
        "background": all(account.background for _, account in told),
        **_when(record),
        "published": date.fromisoformat(min(published)) if published else None,
        **_where(record),
        "disputed": bool(record.disagreements) or any(_opposes(claim) for claim in claims),
        "reports": len(told),
        "sources": len(record.sources),
        "killed": _most_killed(record),
        "facets": _facets(record, told),
        "accounts": [[report.stored.number, report.key] for report, _ in told],
        "body": _body(record, told[0][1]),
    }


def _label(record: ReconciledRecord, slot: Any, otherwise: str) -> str:
    value = _shown(record, slot)
    return value.value if isinstance(value, TextValue) else otherwise


def _shown(record: ReconciledRecord, slot: Any) -> Any:
    found = record.slots.get(slot)
    return found.shown.value if found and found.shown else None


def _when(record: ReconciledRecord) -> Row:
    when = _shown(record, "when")
    if not isinstance(when, WhenRecord):
        return {"edtf": None, "earliest": None, "latest": None}
    days = {part: getattr(when, part) for part in ("earliest", "latest")}
    return {"edtf": when.edtf, **{part: date.fromisoformat(day) if day else None for part, day in days.items()}}


def _where(record: ReconciledRecord) -> Row:
    where = _shown(record, "where")
    if not isinstance(where, PlaceValue):
        return dict.fromkeys(("place", "country", "latitude", "longitude", "where_prec"))
    latitude, longitude = where.coordinates or (None, None)
    return {
        "place": where.names[0] if where.names else None,
        "country": where.country,
        "latitude": latitude,
        "longitude": longitude,
        "where_prec": where.where_prec,
    }


def _opposes(claim: Claim) -> bool:
    return claim.stance != "asserts" or claim.standing == "denied"


def _most_killed(record: ReconciledRecord) -> int:
    found = record.slots.get("killed")
    counts = [n for n in (found.lowest, found.highest) if n is not None] if found else []
    return min(max(counts, default=0), LARGEST)


Told = Sequence[tuple[Report, Incident]]


def _facets(record: ReconciledRecord, told: Told) -> Row:
    """Return what filters ask for: the facets people see, and the folded names of places and of who is blamed.

    `blamed` has, for each perpetrator claim, the perpetrator's number in `actors`, the standing, and who says so by
    kind: one asks for all three together.
    """
    claims = [(report, claim) for report, account in told for claim in account.claims]
    places = [c.value for _, c in claims if c.slot == "where" and isinstance(c.value, Place)]
    kinds = {id(claim): speaker_kinds(report, claim) for report, claim in claims}
    actors, blamed = _blamed(record, claims, kinds)
    return {
        "kind": _sorted(name for _, account in told for name in _labels(account, "kind", account.kind)),
        "country": _sorted(place.country for place in places),
        "standing": _sorted(standing for _, standing, _ in blamed),
        "speaker_kind": _sorted(kind for of in kinds.values() for kind in of),
        "outlet": _sorted(report.outlet or report.agency for report in record.reports),
        "stage": _sorted(name for _, account in told for name in _labels(account, "stage", account.stage)),
        "place": _sorted(fold(name) for place in places for name in place.names),
        "actors": actors,
        "blamed": [list(one) for one in blamed],
    }


def _sorted(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value})


def _labels(account: Incident, slot: str, otherwise: str) -> list[str]:
    """Return the kinds or stages that an account asserts; its own where it has no claim of it."""
    asserted = [
        c.value.value for c in account.claims if c.slot == slot and isinstance(c.value, Label) if c.stance == "asserts"
    ]
    return asserted or [otherwise]


def speaker_kinds(report: Report, claim: Claim) -> tuple[str, ...]:
    """Return what kinds of speakers carry a claim, as the filters have it: the outlet is `media`."""
    said = [one.speaker_kind for one in report.stored.reading.statements if one.id in claim.chain]
    return tuple(sorted(set(said))) or ("media",)


Blame = tuple[int, str, list[str]]


def _blamed(
    record: ReconciledRecord, claims: Sequence[tuple[Report, Claim]], kinds: dict[int, tuple[str, ...]]
) -> tuple[list[str], list[Blame]]:
    """Return the folded names of each perpetrator, joined by `|`, and every standing with who gives it."""
    by_ref = {(report.stored.reading.article.id, claim.id): (report, claim) for report, claim in claims}
    actors: list[str] = []
    blamed: set[tuple[int, str, tuple[str, ...]]] = set()
    for one in record.perpetrators:
        names = set(one.names)
        for ref in (ref for held in one.history for ref in held.holder.claims):
            report, claim = by_ref[ref.article, ref.claim]
            names.update(_spellings(report, claim))
            blamed.add((len(actors), standing_of(claim), kinds[id(claim)]))
        actors.append("|".join(_sorted(map(fold, names))))
    return actors, [(actor, standing, list(said)) for actor, standing, said in sorted(blamed)]


def _spellings(report: Report, claim: Claim) -> Iterator[str]:
    value = claim.value
    if isinstance(value, Actor):
        yield value.name
        for entity in report.stored.reading.entities:
            if entity.id == value.entity:
                yield from entity.names


def _body(record: ReconciledRecord, first: Incident) -> Row:
    """Return what a line of a list shows, in words."""
    titled = sorted((report for report in record.reports if report.title), key=lambda report: report.background)
    shown = {slot: found.shown for slot, found in record.slots.items() if found.shown}
    where, when = (shown.get(slot) for slot in ("where", "when"))
    place = where.value if where and isinstance(where.value, PlaceValue) else None
    published = [report.published for report in record.reports if report.published]
    return {
        "title": (titled[0].title or "")[:SHOWN_TITLE] if titled else None,
        "kind": shown["kind"].words if "kind" in shown else first.kind.replace("_", " "),
        "stage": shown["stage"].words if "stage" in shown else first.stage,
        "when": when.words if when else None,
        "place": where.words if where else None,
        "country": place.country_name if place else None,
        "precision": place.precision if place else None,
        "perpetrators": [_perpetrator(one) for one in record.perpetrators],
        "losses": list(_losses(record)),
        "sources": [source.name for source in record.sources],
        "outlets": _sorted(report.outlet or report.agency for report in record.reports),
        "last_published": max(published) if published else None,
        "disagreements": [f"{one.slot}: {one.why}" for one in record.disagreements],
    }


def _perpetrator(one: ReconciledPerpetrator) -> Row:
    return {
        "name": one.name,
        "kind": one.kind,
        "standing": one.standing,
        "words": one.words,
        "disputed": one.disputed,
        "independent": one.independent,
        "legal": [{"status": held.status, "according_to": held.according_to} for held in one.legal_status],
    }


def _losses(record: ReconciledRecord) -> Iterator[str]:
    """Yield the range of all that is said of how many were killed, and so on."""
    for slot in COUNTS:
        found = record.slots.get(slot)  # type: ignore[call-overload]
        if found is not None and found.lowest is not None:
            high = f" to {found.highest:,}" if found.highest not in (None, found.lowest) else ""
            open_end = "at least " if found.highest is None else ""
            yield f"{open_end}{found.lowest:,}{high} {slot.replace('_', ' ')}"
