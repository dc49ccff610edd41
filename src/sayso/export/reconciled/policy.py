"""How one value of a slot is picked to be shown first, and why: the policies that a user can choose from."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sayso.errors import InputError
from sayso.export.origins import Origin
from sayso.export.reconciled.held_shapes import PolicyName
from sayso.export.reconciled.said import Said, names_of
from sayso.model.claim import Label, Quantity, Value
from sayso.model.when import When

POLICIES: dict[PolicyName, str] = {
    "latest authority": "the latest by an authority, else that of most independent sources",
    "most independent": "that of most independent sources, of these the latest",
    "lowest": "the lowest count, the earliest day, else that of most independent sources",
    "highest": "the highest count, the latest day, else that of most independent sources",
}
"""Every policy, with what it picks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One value with everything said of it: by those who assert it, and by those who deny or doubt it."""

    id: str
    lead: Said
    asserted: tuple[Said, ...]
    opposed: tuple[Said, ...]
    sources: tuple[Origin, ...]

    @property
    def value(self) -> Value:
        """The value itself, as the one who tells most has it."""
        return self.lead.claim.value

    @property
    def said(self) -> tuple[Said, ...]:
        """Everything said of it."""
        return self.asserted + self.opposed


Choice = tuple[Held, str]
Policy = Callable[[Sequence[Held]], Choice]


def policy_named(name: str) -> PolicyName:
    """Return the policy of that name. Raises InputError where there is none."""
    found = next((policy for policy in POLICIES if policy == name), None)
    if found is None:
        raise InputError("no such policy", value=name, next_step="choose one of: " + ", ".join(POLICIES))
    return found


def choose(policy: PolicyName, values: Sequence[Held]) -> tuple[Held, PolicyName, str] | None:
    """Return the value to show, by which policy and why, in words; None where nobody asserts any.

    A kind and a stage are names out of the schema's list for what is told, nobody's own words: the one of the most
    independent sources is shown whatever the policy.
    """
    held = [value for value in values if value.asserted]
    if not held:
        return None
    used = "most independent" if isinstance(held[0].value, Label) else policy
    if len(held) == 1:
        return held[0], used, "the only value that anybody gives"
    best, why = _CHOOSERS[used](held)
    return best, used, why


def _latest(said: Sequence[Said]) -> date:
    return max((one.day for one in said if one.day), default=date.min)


def _most_independent(held: Sequence[Held]) -> Choice:
    most = max(len(value.sources) for value in held)
    tied = [value for value in held if len(value.sources) == most]
    last = max(_latest(value.asserted) for value in tied)
    best = _surest([value for value in tied if _latest(value.asserted) == last])
    if len(tied) == 1:
        return best, f"most independent sources: {most}"
    each = "1 source" if most == 1 else f"{most} independent sources"
    return best, f"the latest of {len(tied)} values with {each} each"


def _latest_authority(held: Sequence[Held]) -> Choice:
    official = {value.id: [one for one in value.asserted if one.kind == "authority"] for value in held}
    by_authority = [value for value in held if official[value.id]]
    if not by_authority:
        best, why = _most_independent(held)
        return best, f"no authority gives one; {why}"
    last = max(_latest(official[value.id]) for value in by_authority)
    newest = [value for value in by_authority if _latest(official[value.id]) == last]
    most = max(len(value.sources) for value in newest)
    best = _surest([value for value in newest if len(value.sources) == most])
    names = names_of(one for one in official[best.id] if (one.day or date.min) == last)
    who = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    return best, f"the latest by an authority: {who}" + (
        f", {last.day} {last:%b} {last.year}" if last > date.min else ""
    )


def _surest(held: Sequence[Held]) -> Held:
    """Return the value that was read most surely; of equals the first in the order of values."""
    return max(held, key=lambda value: max(one.claim.confidence for one in value.asserted))


def _lowest(held: Sequence[Held]) -> Choice:
    counts = [(value, value.value) for value in held if isinstance(value.value, Quantity)]
    if counts:
        low = min(counts, key=lambda c: (c[1].low, math.inf if c[1].high is None else c[1].high))
        return low[0], f"the lowest of {len(counts)} counts"
    days = [(value.value.earliest, k, value) for k, value in enumerate(held) if isinstance(value.value, When)]
    dated = [(day, k, value) for day, k, value in days if day]
    return (min(dated)[2], f"the earliest of {len(dated)} times") if dated else _not_in_order(held)


def _highest(held: Sequence[Held]) -> Choice:
    counts = [(value, value.value) for value in held if isinstance(value.value, Quantity)]
    if counts:
        high = max(counts, key=lambda c: (c[1].low if c[1].high is None else c[1].high, c[1].high is None, c[1].low))
        return high[0], f"the highest of {len(counts)} counts"
    days = [(value.value.latest, -k, value) for k, value in enumerate(held) if isinstance(value.value, When)]
    dated = [(day, k, value) for day, k, value in days if day]
    return (max(dated)[2], f"the latest of {len(dated)} times") if dated else _not_in_order(held)


def _not_in_order(held: Sequence[Held]) -> Choice:
    best, why = _most_independent(held)
    return best, f"these are not numbers or days; {why}"


_CHOOSERS: dict[PolicyName, Policy] = {
    "latest authority": _latest_authority,
    "most independent": _most_independent,
    "lowest": _lowest,
    "highest": _highest,
}
