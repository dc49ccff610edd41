"""From a reading to MUC-4 templates: the coders' rules of what to report, and in which form.

What is decided here belongs to the task alone: which incidents its database wants, how a date or place is written, and
how short a fill is. Source: MUC-4 template documentation, version 7, parts 1 and 2.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sayso.evaluate.muc4_fills import RECENT, bound, date_fill, location_fill
from sayso.evaluate.muc4_format import SLOTS, lists
from sayso.evaluate.muc4_roles import Draft, Fills, fill_roles
from sayso.model.claim import Victim
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.when import When
from sayso.schema.kinds import kinds


def templates(reading: Reading, header: date | None) -> list[Fills]:
    """Return the templates of one report; `header` is the day of its dateline, None where it has none."""
    drafts: list[Draft] = []
    for incident in map(likely, reading.incidents):
        if not reportable(incident, header):
            continue
        draft = _draft(reading, incident, header)
        if not any(slot in draft.fills for slot in (12, 18, 19)):
            continue
        whole = next((d for d in drafts if d.takes(draft)), None)
        if whole is None:
            drafts.append(draft)
        else:
            whole.take(draft)
    return [_complete(draft, header) for draft in drafts]


def render(message: str, found: list[Fills]) -> str:
    """Return the templates of one message as the file has them; one of asterisks where there is no incident."""
    blocks = []
    for number, fills in enumerate(found, 1):
        lines = {0: [message], 1: [str(number)], **fills}
        blocks.append("".join(_lines(slot, lines.get(slot) or ["-"]) for slot in range(len(SLOTS))))
    if not found:
        blocks.append("".join(_lines(slot, [message if slot == 0 else "*"]) for slot in range(len(SLOTS))))
    return "\n".join(blocks) + "\n"


def _lines(slot: int, fills: list[str]) -> str:
    head = f"{slot}. ".ljust(4) + SLOTS[slot].ljust(32)
    return "".join((head if i == 0 else " " * len(head)) + fill + "\n" for i, fill in enumerate(fills))


def judged(incident: Incident) -> float | None:
    """Return the probability that an incident is one, where a judge gave it; None where rules alone decided."""
    return max((c.confidence for c in incident.of("kind") if c.maker.startswith("judge")), default=None)


def likely(incident: Incident) -> Incident:
    """Return a judged incident with the claims that are likely enough, and its likeliest place and time."""
    if judged(incident) is None:
        return incident
    least: dict[str, float] = lists()["least"]
    best = {slot: max((c.confidence for c in incident.of(slot)), default=0.0) for slot in ("when", "where")}
    kept = [
        c for c in incident.claims if c.confidence >= least.get(c.slot, 0.0) and c.confidence >= best.get(c.slot, 0.0)
    ]
    return replace(incident, claims=tuple(kept))


def reportable(incident: Incident, header: date | None) -> bool:
    """Say whether the task's database wants an incident: recent, no mere history, no battle among combatants.

    A judge has learned what it wants; where rules alone decided, they do so here too.
    """
    chance = judged(incident)
    if chance is not None:
        return chance >= lists()["least"]["kind"] and _type(incident) is not None
    if incident.background or _type(incident) is None:
        return False
    latest = max(
        (c.value.latest for c in incident.of("when") if isinstance(c.value, When) and c.value.latest), default=None
    )
    if header and latest and latest < header - RECENT:
        return False
    countries = {c.value.country for c in incident.of("where") if isinstance(c.value, Place)} - {None}
    if countries and not countries & set(lists()["interest"]):
        return False
    victims = [c.value for c in incident.of("victim") if isinstance(c.value, Victim)]
    fought = bool(victims) and all(v.kind in lists()["combatants"] for v in victims)
    return not (fought and not incident.of("target"))


def _type(incident: Incident) -> str | None:
    kind = kinds().get(incident.kind)
    code: str | None = kind.codes.get("muc4") if kind else None
    return code or lists()["kinds"].get(incident.kind)


def _draft(reading: Reading, incident: Incident, header: date | None) -> Draft:
    dateline = reading.article.dateline
    draft = Draft(
        _type(incident) or "ATTACK",
        incident.stage.upper(),
        date_fill(incident.of("when"), header, dateline.end if dateline else 0),
        location_fill(reading, incident.of("where")),
    )
    fill_roles(draft, reading, incident)
    return draft


def _complete(draft: Draft, header: date | None) -> Fills:
    day = draft.date or bound(header)
    return {
        2: [day] if day else [],
        3: [draft.location] if draft.location else [],
        4: [draft.type],
        5: [draft.stage],
        **draft.fills,
    }
