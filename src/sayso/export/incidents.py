"""How an incident's claims are folded into the values that its record shows.

Folding adds nothing: every value shown is the value of some claim, and the claims stay beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, cast

from sayso.export.incident_shapes import (
    ActorValue,
    ClaimRecord,
    CountRecord,
    IncidentRecord,
    PlaceValue,
    QuantityValue,
    RangeRecord,
    SlotEvidence,
    SourceRecord,
    TargetRecord,
    TargetValue,
    TextRecord,
    TextValue,
    ValueRecord,
    VictimRecord,
    VictimValue,
    WeaponRecord,
    WeaponValue,
    WhereRecord,
)
from sayso.export.perpetrators import perpetrator_records
from sayso.export.shapes import Evidence
from sayso.export.sourcing import Source, Sourcing, when_record
from sayso.model.claim import Actor, Claim, Label, Quantity, Slot, Target, Text, Victim, Weapon
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.when import When

NEARLY = 0.6
"""What share of the surest claim's confidence another must have to be shown in its place because it says more."""
YEARLESS_DAYS = 31.5
"""A day without its year ranks between a month and a year: it tells more than "in 2011", less than "in May 2011"."""


def incident_record(incident: Incident, sourcing: Sourcing) -> IncidentRecord:
    """Return the record of one incident."""
    of = incident.of
    when = _first_best(_likely(of("when")), _when_rank)
    time = when.value if when and isinstance(when.value, When) else None
    shown = when_record(time)
    return IncidentRecord(
        id=incident.id,
        cluster=incident.cluster,
        kind=incident.kind,
        stage=incident.stage,
        background=incident.background,
        when=shown.edtf if shown else None,
        earliest=shown.earliest if shown else None,
        latest=shown.latest if shown else sourcing.published.isoformat() if sourcing.published else None,
        clock=shown.clock if shown else None,
        time_precision=shown.time_precision if shown else None,
        date_prec=shown.date_prec if shown else None,
        where=_where(of("where"), sourcing),
        perpetrators=perpetrator_records(of("perpetrator"), sourcing),
        targets=[TargetRecord(**_value(c), **s) for c, s in _folded(of("target"), sourcing)],
        victims=[VictimRecord(**_value(c), **s) for c, s in _folded(of("victim"), sourcing)],
        weapons=[WeaponRecord(**_value(c), **s) for c, s in _folded(of("weapon"), sourcing)],
        killed=_range(of("killed"), sourcing),
        wounded=_range(of("wounded"), sourcing),
        abducted=_range(of("abducted"), sourcing),
        arrested=_range(of("arrested"), sourcing),
        attackers_killed=_range(of("attackers_killed"), sourcing),
        attackers_wounded=_range(of("attackers_wounded"), sourcing),
        shots=_range(of("shots"), sourcing),
        damage=[TextRecord(**_value(c), **s) for c, s in _folded(of("damage"), sourcing)],
        motive=[TextRecord(**_value(c), **s) for c, s in _folded(of("motive"), sourcing)],
        circumstances=[TextRecord(**_value(c), **s) for c, s in _folded(of("circumstance"), sourcing)],
        sources=[SourceRecord(name=o.name, kind=o.kind) for o in sourcing.sources(incident.claims)],
        evidence=SlotEvidence(
            kind=_evidence(incident, "kind", incident.kind, sourcing),
            stage=_evidence(incident, "stage", incident.stage, sourcing),
            when=_evidence(incident, "when", time, sourcing),
        ),
        claims=[claim_record(claim, sourcing) for claim in incident.claims],
    )


def _evidence(incident: Incident, slot: Slot, shown: object, sourcing: Sourcing) -> list[Evidence]:
    """Return the words of those claims of a slot that give the value shown."""
    given = [c for c in incident.of(slot) if (c.value.value if isinstance(c.value, Label) else c.value) == shown]
    return sourcing.evidences(span for claim in given for span in claim.evidence)


def claim_record(claim: Claim, sourcing: Sourcing) -> ClaimRecord:
    """Return one line of the ledger."""
    return ClaimRecord(
        id=claim.id,
        slot=claim.slot,
        value=value_record(claim),
        according_to=sourcing.claimed(claim),
        chain=list(claim.chain),
        stance=claim.stance,
        certainty=claim.certainty,
        standing=claim.standing,
        confidence=claim.confidence,
        maker=claim.maker,
        evidence=sourcing.evidences(claim.evidence),
    )


def value_record(claim: Claim) -> ValueRecord:
    """Return a claim's value in its shape."""
    value = claim.value
    match value:
        case When():
            shown = when_record(value)
            assert shown is not None
            return shown
        case Label() | Text():
            return TextValue(value=value.value)
        case Place():
            return _place(value)
        case Actor():
            return ActorValue(name=value.name, kind=value.kind, entity=value.entity)
        case Target():
            return TargetValue(name=value.name, kind=value.kind, number=value.number, effect=value.effect)
        case Victim():
            return VictimValue(**asdict(value))
        case Weapon():
            return WeaponValue(name=value.name, kind=value.kind)
        case Quantity():
            return QuantityValue(low=value.low, high=value.high, approximate=value.approximate)


def _value(claim: Claim) -> dict[str, Any]:
    return asdict(value_record(claim))


def _place(place: Place) -> PlaceValue:
    known = place.latitude is not None and place.longitude is not None
    return PlaceValue(
        names=list(place.names),
        type=place.type,
        country=place.country,
        country_name=place.names[-1] if place.country and (len(place.names) > 1 or place.type == "country") else None,
        admin=place.admin,
        coordinates=(cast(float, place.latitude), cast(float, place.longitude)) if known else None,
        precision=place.precision,
        where_prec=place.where_prec,
        gazetteer_id=place.gazetteer_id,
    )


def _identity(claim: Claim, effects: set[object]) -> object:
    """Return what two claims share when they give the same value; an effect not told joins the one that is."""
    value = claim.value
    match value:
        case Target():
            return value.name.casefold(), value.effect or min(map(str, effects - {None}), default=None)
        case Victim():
            who = value.entity or (value.name or value.description or value.kind).casefold()
            return who, value.effect or min(map(str, effects - {None}), default=None)
        case Weapon():
            return value.name.casefold()
        case Text():
            return value.value.casefold()
        case _:
            return value


def _who(claim: Claim) -> object:
    value = claim.value
    if isinstance(value, Victim):
        return value.entity or (value.name or value.description or value.kind).casefold()
    return value.name.casefold() if isinstance(value, Target | Weapon) else value


def _folded(claims: tuple[Claim, ...], sourcing: Sourcing) -> list[tuple[Claim, Source]]:
    """Return one claim a value, the first that asserts it and tells most, with the sources of all that give it."""
    effects: dict[object, set[object]] = {}
    for claim in claims:
        effects.setdefault(_who(claim), set()).add(getattr(claim.value, "effect", None))
    groups: dict[object, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(_identity(claim, effects[_who(claim)]), []).append(claim)
    found = []
    for group in groups.values():
        first = min(group, key=lambda c: (c.stance != "asserts", _blanks(c)))
        found.append((first, sourcing.source(first, group)))
    return found


def _blanks(claim: Claim) -> int:
    return sum(value is None for value in asdict(claim.value).values())


def _first_best(claims: Iterable[Claim], rank: Callable[[Claim], Any]) -> Claim | None:
    """Return the first claim of the best rank, asserted ones before those that deny or doubt; None where none is."""
    return min(claims, key=lambda claim: (claim.stance != "asserts", rank(claim)), default=None)


def _likely(claims: tuple[Claim, ...]) -> list[Claim]:
    """Return the claims that are not much less sure than the surest: the finest of these is shown."""
    most = max((claim.confidence for claim in claims), default=0.0)
    return [claim for claim in claims if claim.confidence >= NEARLY * most]


def _when_rank(claim: Claim) -> float:
    value = claim.value
    if not isinstance(value, When) or value.earliest is None or value.latest is None:
        return YEARLESS_DAYS
    return (value.latest - value.earliest).days


def _where(claims: tuple[Claim, ...], sourcing: Sourcing) -> WhereRecord | None:
    likely = _likely(claims)
    best = _first_best(likely, lambda c: (c.value.precision, c.value.where_prec) if isinstance(c.value, Place) else ())
    if best is None:
        return None
    same = [claim for claim in claims if claim.value == best.value]
    return WhereRecord(**_value(best), **sourcing.source(best, same))


def _range(claims: tuple[Claim, ...], sourcing: Sourcing) -> RangeRecord | None:
    """Return the range that all counts span; None where there is no count."""
    counted = [(claim, claim.value) for claim in claims if isinstance(claim.value, Quantity)]
    if not counted:
        return None
    held = [value for claim, value in counted if claim.stance != "denies"]
    highs = [value.high for value in held]
    return RangeRecord(
        low=min((value.low for value in held), default=None),
        high=max(cast(list[int], highs)) if highs and None not in highs else None,
        counts=[
            CountRecord(
                low=value.low,
                high=value.high,
                approximate=value.approximate,
                said_on=when_record(sourcing.said_on(claim)),
                **sourcing.source(claim),
            )
            for claim, value in counted
        ],
    )
