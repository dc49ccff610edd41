"""The slots of a reconciled record as a page tells them: each value with who holds it, since when, in which words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.export.incident_shapes import PlaceValue, QuantityValue, TargetValue, ValueRecord, VictimValue, WeaponValue
from sayso.export.reconciled import ReconciledRecord
from sayso.export.reconciled.held_shapes import HeldValue, HolderRecord, SlotRecord
from sayso.export.shapes import WhenRecord
from sayso.export.words import WHERE_PREC, count
from sayso.export.words import day_words as time_words
from sayso.model.claim import Slot
from sayso.store.corrections import REVIEWER
from sayso.web.pages.incident.quoted import QUOTES, Quote, Quoter

LABELS: Final[dict[Slot, str]] = {
    "kind": "What", "stage": "Done, attempted or threatened", "when": "When", "where": "Where",
    "perpetrator": "Who did it", "killed": "Killed", "wounded": "Wounded", "abducted": "Abducted",
    "arrested": "Arrested", "attackers_killed": "Attackers killed", "attackers_wounded": "Attackers wounded",
    "victim": "Victims", "target": "Targets", "weapon": "Weapons", "shots": "Shots", "damage": "Damage",
    "motive": "Motives and demands", "circumstance": "How",
}  # fmt: skip
"""The slots in the order in which they are told."""
COUNTS: Final[tuple[Slot, ...]] = (
    *("killed", "wounded", "abducted", "arrested"),
    *("attackers_killed", "attackers_wounded", "shots"),
)
SEVERAL: Final[tuple[Slot, ...]] = ("target", "victim", "weapon", "damage", "motive", "circumstance")
"""Slots that may have several true values: none is put before the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """How much is told at once: values of a slot, sources of a value, quotations of a source."""

    values: int
    holders: int
    quotes: int


USUAL, SHORT, ALL = (
    Most(values=8, holders=6, quotes=QUOTES),
    Most(values=4, holders=3, quotes=1),
    Most(values=10**6, holders=10**6, quotes=10**6),
)
MANY = 120
"""Sources of all values from which on the page is told in short: it is to stay light."""
OPPOSED: Final = {"denies": "denied", "doubts": "doubted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A source and what it says of a value: `first` and `last` are days, None where not known.

    `reviewers` are the people who put its claims in by hand; `more` is how many quotations are left out.
    """

    who: str
    source: str
    kind: str
    stance: str
    certainty: str
    first: str | None
    last: str | None
    said_as: str | None
    quotes: tuple[Quote, ...]
    more: int
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value. `day` is set where it is one known day; `remark` says how near a place or a time is known."""

    id: str
    words: str
    day: str | None
    remark: str
    independent: int
    shown: bool
    opposed: bool
    holders: tuple[Holder, ...]
    hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One slot: the values, the one shown first; `why` tells why that one, empty where none is put first."""

    slot: Slot
    label: str
    values: tuple[Value, ...]
    why: str
    span: str
    differs: bool
    hidden: int


def slots(record: ReconciledRecord, quoter: Quoter, full: Collection[str] = ()) -> list[Told]:
    """Return the slots of a record, but for the perpetrators; those in `full` with all their values and sources."""
    differing = {one.slot for one in record.disagreements}
    told = [slot for slot in LABELS if slot in record.slots and slot != "perpetrator"]
    number = sum(
        min(len(held.held_by), USUAL.holders) for slot in told for held in record.slots[slot].values[: USUAL.values]
    )
    most = USUAL if number <= MANY else SHORT
    return [
        _told(slot, record.slots[slot], quoter, ALL if slot in full else most, differs=slot in differing)
        for slot in told
    ]


def _told(slot: Slot, found: SlotRecord, quoter: Quoter, most: Most, *, differs: bool) -> Told:
    shown = found.shown.id if found.shown and slot not in SEVERAL else None
    values = sorted(found.values, key=lambda held: held.id != shown)
    kept = values[: most.values]
    return Told(
        slot=slot,
        label=LABELS[slot],
        values=tuple(_value(held, quoter, most, shown=held.id == shown) for held in kept),
        why=found.shown.why if found.shown and shown and len(values) > 1 else "",
        span=span(found) if len(values) > 1 else "",
        differs=differs,
        hidden=len(values) - len(kept),
    )


def span(found: SlotRecord) -> str:
    """Return how far what sources say of a count goes, in words; empty for what is no count."""
    if found.lowest is None:
        return ""
    if found.highest is None:
        return f"sources say {found.lowest:,} or more"
    return f"sources say {found.lowest:,} to {found.highest:,}" if found.highest != found.lowest else ""


def _value(held: HeldValue, quoter: Quoter, most: Most, *, shown: bool) -> Value:
    kept = held.held_by[: most.holders]
    return Value(
        id=held.id,
        words=value_words(held.value, held.words),
        day=_one_day(held.value),
        remark=remark(held.value),
        independent=held.independent,
        shown=shown,
        opposed=held.stance != "asserts",
        holders=tuple(holder(one, quoter, most.quotes) for one in kept),
        hidden=len(held.held_by) - len(kept),
    )


def holder(one: HolderRecord, quoter: Quoter, most: int = QUOTES) -> Holder:
    """Return a source of a value, with its words in so many quotations at most."""
    quotes = quoter.quotes(one.evidence)
    kept = quotes[:most]
    makers = {quoter.maker(ref.article, ref.claim) for ref in one.claims}
    return Holder(
        who=one.according_to,
        source=one.source,
        kind=one.source_kind,
        stance=one.stance,
        certainty=one.certainty,
        first=one.first_said,
        last=one.last_said,
        said_as=one.said_as,
        quotes=tuple(kept),
        more=len(quotes) - len(kept),
        reviewers=tuple(sorted(m.removeprefix(REVIEWER) for m in makers if m.startswith(REVIEWER))),
    )


def value_words(value: ValueRecord, words: str) -> str:
    """Return a value in words for people; `words` are those of the record."""
    match value:
        case WhenRecord():
            return time_words(value.edtf, value.earliest, value.latest) + (f", {value.clock}" if value.clock else "")
        case PlaceValue():
            names = [value.names[0] if value.names else None, value.admin, value.country_name or value.country]
            return ", ".join(dict.fromkeys(name for name in names if name)) or words
        case QuantityValue():
            return count(value)
        case TargetValue() | VictimValue():
            effect = value.effect if value.effect not in (None, "none") else None
            return f"{words}, {effect}" if effect else words
        case WeaponValue():
            return words
    return words.replace("_", " ")


def _one_day(value: ValueRecord) -> str | None:
    whole = isinstance(value, WhenRecord) and value.earliest and value.earliest == value.latest
    return value.earliest if whole and isinstance(value, WhenRecord) else None


def remark(value: ValueRecord) -> str:
    """Return how near a place or a time is known, in words; empty where there is nothing to tell."""
    match value:
        case PlaceValue():
            known = WHERE_PREC.get(value.where_prec, "")
            return known if value.coordinates else f"{known}; not on the map"
        case WhenRecord():
            return _time_remark(value)
    return ""


def _time_remark(value: WhenRecord) -> str:
    if value.earliest is None or value.latest is None:
        return "the year is not known"
    assumed = "the year is assumed" if value.basis == "assumed_year" else ""
    one = value.earliest == value.latest
    return "; ".join(filter(None, ["" if one else "some time within these days", assumed]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the top: None is what is not known."""

    kind: str | None
    stage: str | None
    when: Value | None
    where: Value | None
    first: str | None
    last: str | None
    reports: int
    copies: int
    sources: int
    disputed: bool
    recalled: bool


def head(record: ReconciledRecord, told: Sequence[Told]) -> Head:
    """Return the head of a record."""
    shown = {one.slot: next((value for value in one.values if value.shown), None) for one in told}
    days = sorted(report.published for report in record.reports if report.published)
    articles = {report.article: report.copy_of for report in record.reports}
    kind, stage = shown.get("kind"), shown.get("stage")
    opposed = any(held.stance != "asserts" for of in record.slots.values() for held in of.values)
    return Head(
        kind=kind.words if kind else None,
        stage=stage.words if stage else None,
        when=shown.get("when"),
        where=shown.get("where"),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        reports=len(articles),
        copies=sum(origin is not None for origin in articles.values()),
        sources=len(record.sources),
        disputed=bool(record.disagreements) or opposed or any(one.disputed for one in record.perpetrators),
        recalled=all(report.background for report in record.reports),
    )
