"""What the page of a person or group shows of a dossier, in rows: how it stands over time, and the lanes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sayso.desk.alleged import by_words
from sayso.export.dossier_shapes import Dossier, DossierIncident, DossierStatement
from sayso.export.incident_shapes import PlaceValue, VictimValue
from sayso.export.reconciled.held_shapes import HeldValue, HolderRecord, Words
from sayso.export.reconciled.shapes import LegalHeld, StandingHeld
from sayso.export.shapes import WhenRecord
from sayso.export.words import ACCORDING, ACTS, NOT_DONE, STANDINGS, day_words
from sayso.model.claim import Slot
from sayso.web.lanes import Drawing, Lane, Mark, draw

LABELS = {
    "birth_year": "born", "member_of": "belongs to", "founder_of": "founded", "leader_of": "leads", "kin_of": "kin of",
    "resident_of": "lives in", "description": "described",
}  # fmt: skip
"""What facts are called where their name says it badly."""
EFFECTS = {None: "named as a victim", "none": "named as a victim", "unharmed": "said to be unharmed"}
STANCES = {"denies": "denied by", "doubts": "doubted by", "asserts": ""}
MOST_LANES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """One standing on one word: since when, by whom, in which incident, and the words that carry it."""

    day: str | None
    last: str | None
    standing: str
    by: str
    incident: DossierIncident
    words: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suffered:
    """A part as a victim, with those who assert, deny or doubt it."""

    words: str
    stance: str
    holders: list[HolderRecord]


def standings(found: Dossier) -> list[Stood]:
    """Return every standing of every incident, the oldest first, undated ones before."""
    rows = [
        _stood(held, one) for one in found.incidents if one.perpetrator is not None for held in one.perpetrator.history
    ]
    return sorted(rows, key=lambda row: (row.day or "", list(STANDINGS).index(row.standing), row.by))


def _stood(held: StandingHeld, incident: DossierIncident) -> Stood:
    holder = held.holder
    reporter = holder.according_to.partition(ACCORDING)[2]
    if held.by_itself:
        by = f"by itself, says {reporter}" if reporter else "by itself"
    else:
        by = by_words(held.standing, holder.according_to)
    words = holder.evidence[0] if holder.evidence else None
    return Stood(
        day=holder.first_said, last=holder.last_said, standing=held.standing, by=by, incident=incident, words=words
    )


def lanes(rows: list[Stood]) -> Drawing | None:
    """Return how somebody stands over time, a lane for each incident, drawn; None where nothing has a day."""
    by_incident: dict[str, list[Stood]] = {}
    for row in rows:
        by_incident.setdefault(row.incident.key, []).append(row)
    some = list(by_incident.values())[-MOST_LANES:]
    return draw(
        Lane(
            label=title_of(of[0].incident),
            href=f"/incident/{of[0].incident.key}",
            marks=[
                Mark(
                    day=_date(row.day),
                    until=_date(row.last),
                    standing=row.standing,
                    words=f"{row.day or 'no day'}: {STANDINGS.get(row.standing, row.standing)} {row.by}",
                )
                for row in of
            ],
        )
        for of in some
    )


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def legal(found: Dossier) -> list[LegalHeld]:
    """Return what the law has done, each thing that an article tells once."""
    every = [held for one in found.incidents if one.perpetrator for held in one.perpetrator.legal_status]
    once = {(held.article, held.status, held.according_to): held for held in reversed(every)}
    return sorted(once.values(), key=lambda held: (held.published or "", held.article))


def title_of(one: DossierIncident) -> str:
    """Return an incident in one line: what, where, when."""
    kind = shown(one, "kind") or "incident"
    return ", ".join(filter(None, [kind.replace("_", " "), shown(one, "where"), shown(one, "when")]))


def shown(one: DossierIncident, slot: Slot) -> str:
    """Return the value shown of a slot in words; empty where there is none."""
    found = one.slots[slot].shown if slot in one.slots else None
    if found is None:
        return ""
    match found.value:
        case WhenRecord() as when:
            return day_words(when.edtf, when.earliest, when.latest)
        case PlaceValue() as place:
            return ", ".join(dict.fromkeys(filter(None, [place.names[0], place.country_name or place.country])))
    return found.words


def suffered(one: DossierIncident) -> Iterator[Suffered]:
    """Yield the parts taken as a victim, each with who says so, then who denies or doubts it."""
    for held in one.slots["victim"].values if "victim" in one.slots else ():
        for stance, words in STANCES.items():
            holders = [holder for holder in held.held_by if holder.stance == stance]
            if holders:
                yield Suffered(words=_effect(held), stance=words, holders=holders)


def _effect(held: HeldValue) -> str:
    effect = held.value.effect if isinstance(held.value, VictimValue) else None
    return EFFECTS.get(effect, effect or "")


def act_words(one: DossierStatement) -> str:
    """Return what is done by saying it, in words."""
    denied = one.stance == "denies" and one.act != "denies"
    act = NOT_DONE.get(one.act, ACTS[one.act]) if denied else ACTS[one.act]
    return act if one.certainty == "certain" else f"{act} ({one.certainty})"
