"""How all that is said in one slot is folded: one item a value, with every source of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date

from sayso.export.incidents import value_record
from sayso.export.origins import Origin
from sayso.export.reconciled.agreement import exclusive, key, less_precise
from sayso.export.reconciled.held_shapes import HeldValue, HolderRecord, PolicyName, ShownValue, SlotRecord
from sayso.export.reconciled.policy import Held, choose
from sayso.export.reconciled.said import Said, called, days_of, sources_of
from sayso.export.summary import value_words
from sayso.model.claim import Label, Quantity, Slot, Value, Victim
from sayso.model.place import Place
from sayso.model.statement import Certainty
from sayso.model.when import When

COMPARED: tuple[Slot, ...] = (
    "kind", "stage", "when", "where",
    "killed", "wounded", "abducted", "arrested", "attackers_killed", "attackers_wounded", "shots",
)  # fmt: skip
"""Slots that have one true value, so that two values can exclude each other."""
CERTAINTIES: tuple[Certainty, ...] = ("certain", "probable", "possible")


def held_values(slot: Slot, said: Sequence[Said]) -> list[Held]:
    """Return every value of a slot, the one with the most independent sources first, then the one last said."""
    found = _groups(said)
    found.sort(key=lambda h: (h[0].claim.stance != "asserts", -len(sources_of(_asserted(h))), *_newest_first(h)))
    return [
        Held(
            id=f"{slot}.{number}",
            lead=_fullest(group),
            asserted=tuple(_asserted(group)),
            opposed=tuple(one for one in group if one.claim.stance != "asserts"),
            sources=tuple(sources_of(_asserted(group))),
        )
        for number, group in enumerate(found, 1)
    ]


def slot_record(slot: Slot, values: Sequence[Held], policy: PolicyName) -> SlotRecord:
    """Return what is shown of a slot: every value, and the one that the policy picks."""
    picked = choose(policy, values)
    counts = [held.value for held in values if held.asserted and isinstance(held.value, Quantity)]
    times = [held.value for held in values if held.asserted and isinstance(held.value, When)]
    firsts, lasts = [time.earliest for time in times], [time.latest for time in times]
    highs = [count.high for count in counts]
    return SlotRecord(
        shown=ShownValue(
            id=picked[0].id,
            value=value_record(picked[0].lead.claim),
            words=words_of(picked[0].lead),
            policy=picked[1],
            why=picked[2],
        )
        if picked
        else None,
        lowest=min((count.low for count in counts), default=None),
        highest=None if None in highs else max((high for high in highs if high is not None), default=None),
        earliest=min((day.isoformat() for day in firsts if day), default=None),
        latest=max((day.isoformat() for day in lasts if day), default=None),
        values=[_value(slot, held, values) for held in values],
    )


def words_of(said: Said) -> str:
    """Return the value of what is said, in words."""
    value = said.claim.value
    if isinstance(value, Place):
        return ", ".join(dict.fromkeys(value.names))
    words = value_words(value_record(said.claim))
    return words.replace("_", " ") if isinstance(value, Label) else " ".join(words.split())


def holders(said: Iterable[Said], value: Value | None = None) -> list[HolderRecord]:
    """Return who says it, one item for each source, stance and wording other than `value`; oldest first."""
    groups: dict[tuple[bool, Origin, str, str], list[Said]] = {}
    for one in said:
        stance = one.claim.stance
        groups.setdefault((stance != "asserts", one.origin, stance, _own_words(one, value)), []).append(one)
    return [
        _holder(group, own or None)
        for (*_, own), group in sorted(
            groups.items(), key=lambda item: (item[0][0], days_of(item[1])[0] or "9999", item[0][1:])
        )
    ]


def _own_words(said: Said, value: Value | None) -> str:
    """Return what is said where it is wider than a value, of another hour or spelled otherwise; else nothing."""
    mine = said.claim.value
    if value is None or mine == value:
        return ""
    spelled = isinstance(mine, Place) and isinstance(value, Place) and mine.names[0] != value.names[0]
    other_hour = isinstance(mine, When) and isinstance(value, When) and mine.clock not in (None, value.clock)
    return words_of(said) if spelled or other_hour or less_precise(mine, value) else ""


def _holder(group: Sequence[Said], own: str | None) -> HolderRecord:
    first, last = days_of(group)
    newest = max(group, key=lambda one: (one.day or date.min, one.article, one.claim.id))
    return HolderRecord(
        source=called(group),
        source_id=newest.source_id,
        source_kind=newest.kind,
        according_to=newest.sourcing.claimed(newest.claim),
        stance=newest.claim.stance,
        certainty=min((one.claim.certainty for one in group), key=CERTAINTIES.index),
        said_as=own,
        first_said=first,
        last_said=last,
        articles=articles_of(group),
        confidence=max(one.claim.confidence for one in group),
        claims=[one.ref for one in group],
        evidence=list(dict.fromkeys(words for one in group for words in one.words)),
    )


def articles_of(said: Iterable[Said]) -> list[str]:
    """Return the articles that have what is said, each once."""
    return list(dict.fromkeys(one.article for one in said))


def _value(slot: Slot, held: Held, values: Sequence[Held]) -> HeldValue:
    first, last = days_of(held.said)
    stances = {one.claim.stance for one in held.opposed}
    fits = slot in COMPARED
    return HeldValue(
        id=held.id,
        value=value_record(held.lead.claim),
        words=words_of(held.lead),
        independent=len(held.sources),
        stance="denies" if "denies" in stances else "doubts" if stances else "asserts",
        first_said=first,
        last_said=last,
        articles=articles_of(held.said),
        compatible_with=[v.id for v in values if fits and v is not held and not exclusive(slot, held.value, v.value)],
        held_by=holders(held.said, held.value),
    )


def _groups(said: Sequence[Said]) -> list[list[Said]]:
    """Group what is said by value; what is told less precisely joins the one finer value that it fits, if it is one."""
    same: dict[tuple[object, ...], list[Said]] = {}
    for one in said:
        same.setdefault(key(_named(one), one.cluster), []).append(one)
    kept: list[list[Said]] = []
    for _, group in sorted(same.items(), key=lambda item: (_width(item[1][0].claim.value), str(item[0]))):
        finer = [other for other in kept if less_precise(_named(group[0]), _named(other[0]))]
        if len(finer) == 1:
            finer[0].extend(group)
        else:
            kept.append(group)
    return kept


def _asserted(said: Iterable[Said]) -> list[Said]:
    return [one for one in said if one.claim.stance == "asserts"]


def _newest_first(group: Sequence[Said]) -> tuple[int, str]:
    """Order values by the day last said, newest first, then by their words."""
    return -max((one.day.toordinal() for one in group if one.day), default=0), words_of(group[0])


def _fullest(group: Sequence[Said]) -> Said:
    """Return the one of equal values that is shown for all: asserted, of the finest, the one that tells most."""
    finest = key(_named(group[0]), group[0].cluster)
    same = [one for one in group if key(_named(one), one.cluster) == finest]

    def rank(said: Said) -> tuple[bool, int, float]:
        blanks = sum(field is None for field in asdict(said.claim.value).values())
        return said.claim.stance != "asserts", blanks, -said.claim.confidence

    return min(same, key=rank)


def _named(said: Said) -> Value:
    """Return the value, of a named victim with the fullest name that the article has."""
    value = said.claim.value
    full = said.sourcing.name_of(value.entity) if isinstance(value, Victim) and value.name else None
    return replace(value, name=full) if isinstance(value, Victim) and full else value


def _width(value: Value) -> tuple[float, float, float]:
    """Return how wide a time or place is; other values are all alike, those that tell an effect before the others."""
    match value:
        case When():
            if value.earliest is None or value.latest is None:
                return math.inf, 0, 0
            return (value.latest - value.earliest).days, 0, 0
        case Place():
            return (value.precision, value.where_prec, -len(value.names))
        case _:
            return (getattr(value, "effect", "") is None, 0, 0)
