"""How many, as it was told over time: by day said and by source, so that a growing toll stays visible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from sayso.export.origins import Origin
from sayso.export.reconciled.said import Said, called
from sayso.export.reconciled.shapes import Change, CountSlot, TollRecord
from sayso.export.reconciled.slots import articles_of
from sayso.model.claim import Quantity, Slot
from sayso.model.statement import Stance

COUNTS: tuple[CountSlot, ...] = get_args(CountSlot)


def toll_records(said: Mapping[Slot, Sequence[Said]]) -> list[TollRecord]:
    """Return every count by slot, day (not known last) and source; the same count of one day and source once."""
    return [toll for slot in COUNTS for toll in _tolls(slot, said.get(slot, ()))]


def _tolls(slot: CountSlot, said: Sequence[Said]) -> list[TollRecord]:
    groups: dict[tuple[str, Origin, int, int, bool, Stance], list[Said]] = {}
    for one in said:
        count = one.claim.value
        assert isinstance(count, Quantity)
        day = one.day.isoformat() if one.day else "9999"
        high = -1 if count.high is None else count.high
        groups.setdefault((day, one.origin, count.low, high, count.approximate, one.claim.stance), []).append(one)
    before: dict[Origin, tuple[str, int, int]] = {}
    found = []
    for (day, origin, low, high, about, stance), group in sorted(groups.items()):
        found.append(
            TollRecord(
                slot=slot,
                day=None if day == "9999" else day,
                source=called(group),
                source_kind=group[-1].kind,
                low=low,
                high=None if high < 0 else high,
                approximate=about,
                stance=stance,
                change=_change(before.get(origin), (day, low, high)) if stance == "asserts" else "other",
                articles=articles_of(group),
            )
        )
        if stance == "asserts":
            before[origin] = day, low, high
    return found


def _change(before: tuple[str, int, int] | None, now: tuple[str, int, int]) -> Change:
    """Return how a count stands to the last one of the same source."""
    if before is None:
        return "first"
    if before[1:] == now[1:]:
        return "same"
    if before[0] == now[0]:
        return "other"
    (_, low, high), (_, low_before, high_before) = now, before
    if low > low_before:
        return "raised"
    below = 0 <= high < low_before or (high < 0 and high_before < 0)
    return "lowered" if below else "other"
