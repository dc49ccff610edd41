"""Where sources differ and cannot both be right, each side with who holds it.

A source's position in a slot is what it said last, so that one who corrects himself differs from nobody by what he
said before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from sayso.export.origins import Origin
from sayso.export.reconciled.agreement import exclusive, folded
from sayso.export.reconciled.perpetrators import standing
from sayso.export.reconciled.policy import Held
from sayso.export.reconciled.said import Said, days_of, names_of, sources_of
from sayso.export.reconciled.shapes import Disagreement, SideRecord
from sayso.export.reconciled.slots import COMPARED, articles_of, words_of
from sayso.model.claim import Actor, Quantity, Slot
from sayso.model.statement import Stance

Blamed = tuple[str, str, Sequence[Said]]
"""A perpetrator's id and name, and what is said of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Position:
    """What one source says last in a slot: the values, each with the claims of that day."""

    origin: Origin
    values: dict[int, list[Said]]


def slot_disagreements(slot: Slot, values: Sequence[Held]) -> list[Disagreement]:
    """Return how sources differ in a slot: values that exclude each other, and values that somebody denies."""
    found = [_denied(slot, held) for held in values if held.opposed]
    if slot in COMPARED:
        found.append(_excluding(slot, values))
    return [one for one in found if one]


def _excluding(slot: Slot, values: Sequence[Held]) -> Disagreement | None:
    reasons = {
        (i, k): why
        for i, k in combinations(range(len(values)), 2)
        if (why := exclusive(slot, values[i].value, values[k].value))
    }
    if not reasons:
        return None
    positions = _positions(values)
    sets = sorted({tuple(sorted(p.values)) for p in positions})
    apart: set[tuple[int, int]] = set()
    for one, other in combinations(sets, 2):
        pairs = [(min(i, k), max(i, k)) for i in one for k in other]
        if all(pair in reasons for pair in pairs):
            apart.update(pairs)
    for position in positions:
        apart.update(pair for pair in _with_itself(position) if pair in reasons)
    if not apart:
        return None
    differing = sorted({k for pair in apart for k in pair})
    said = {k: [one for p in positions for one in p.values.get(k, ())] for k in differing}
    sides = [_side(values[k].id, words_of(values[k].lead), said[k]) for k in differing]
    words = list(dict.fromkeys(reasons[pair] for pair in sorted(apart)))
    return Disagreement(slot=slot, why=_why(words, [(values[k], said[k]) for k in said]), sides=_in_order(sides))


def _why(reasons: Sequence[str], sides: Sequence[tuple[Held, list[Said]]]) -> str:
    """Return the reasons in words; of counts also whether the later they were said the higher they are."""
    words = "; ".join(reasons[:3]) + (f"; and {len(reasons) - 3} more" if len(reasons) > 3 else "")
    counts = [
        (min(one.day for one in said if one.day), max(one.day for one in said if one.day), held.value.low)
        for held, said in sides
        if isinstance(held.value, Quantity) and any(one.day for one in said)
    ]
    counts.sort(key=lambda count: count[2])
    if len(counts) < len(sides) or len(counts) < 2:
        return words
    grown = all(low[1] < high[0] for low, high in pairwise(counts))
    return f"{words}; each higher one is later, so the toll may have grown" if grown else words


def _positions(values: Sequence[Held]) -> list[_Position]:
    """Return what each source says last."""
    last: dict[Origin, date] = {}
    for held in values:
        for one in held.asserted:
            last[one.origin] = max(one.day or date.min, last.get(one.origin, date.min))
    found: dict[Origin, dict[int, list[Said]]] = {}
    for k, held in enumerate(values):
        for one in held.asserted:
            if (one.day or date.min) == last[one.origin]:
                found.setdefault(one.origin, {}).setdefault(k, []).append(one)
    return [_Position(origin=origin, values=found[origin]) for origin in sorted(found)]


def _with_itself(position: _Position) -> Iterable[tuple[int, int]]:
    """Yield the pairs of values for which different reports give one source's word of one day."""
    for i, k in combinations(sorted(position.values), 2):
        left, right = ({one.family for one in position.values[n]} for n in (i, k))
        if not left & right:
            yield i, k


def _side(id: str | None, words: str, said: Sequence[Said], stance: Stance = "asserts") -> SideRecord:
    return SideRecord(
        value=id,
        words=words,
        stance=stance,
        sources=names_of(said),
        independent=len(sources_of(said)),
        articles=articles_of(said),
        last_said=days_of(said)[1],
    )


def _in_order(sides: Iterable[SideRecord]) -> list[SideRecord]:
    return sorted(sides, key=lambda side: -side.independent)


def _against(id: str, words: str, opposed: Sequence[Said]) -> list[SideRecord]:
    """Return the sides of those who deny and of those who doubt."""
    by_stance: dict[Stance, list[Said]] = {}
    for one in opposed:
        by_stance.setdefault("doubts" if one.claim.stance == "doubts" else "denies", []).append(one)
    return [
        _side(id, f"not {words}" if stance == "denies" else f"doubts {words}", said, stance)
        for stance, said in sorted(by_stance.items())
    ]


def _not_taken_back(holding: Sequence[Said], opposed: Sequence[Said]) -> tuple[list[Said], list[Said]]:
    """Leave out what a source has taken back: of one who says both, what it said last; of one day, that it is so."""

    def last(said: Sequence[Said]) -> dict[Origin, date]:
        days: dict[Origin, date] = {}
        for one in said:
            days[one.origin] = max(one.day or date.min, days.get(one.origin, date.min))
        return days

    held, against = last(holding), last(opposed)
    back = {origin for origin, day in held.items() if origin in against and against[origin] > day}
    kept = [one for one in holding if one.origin not in back]
    return kept, [one for one in opposed if one.origin in back or one.origin not in held]


def _denied(slot: Slot, held: Held) -> Disagreement | None:
    """Return the disagreement over a value that some assert and others deny or doubt."""
    holding, opposed = _not_taken_back(held.asserted, held.opposed)
    if not holding or not opposed:
        return None
    words = words_of(held.lead)
    sides = [_side(held.id, words, holding), *_against(held.id, words, opposed)]
    return Disagreement(slot=slot, why="some say so, others deny or doubt it", sides=sides)


def perpetrator_disagreements(groups: Sequence[Blamed]) -> list[Disagreement]:
    """Return how sources differ over who did it."""
    found = [one for id, name, said in groups if (one := _disputed(id, name, said))]
    several = _blamed(groups)
    return [several, *found] if several else found


def _blaming(said: Sequence[Said]) -> tuple[list[Said], list[Said]]:
    """Return what is said of one perpetrator by those who blame it (or by itself, claiming it), and what against."""
    against = [standing(one) in ("denied", "acquitted") or one.claim.stance != "asserts" for one in said]
    blaming = [one for one, opposes in zip(said, against, strict=True) if not opposes]
    return _not_taken_back(blaming, [one for one, opposes in zip(said, against, strict=True) if opposes])


def _disputed(id: str, name: str, said: Sequence[Said]) -> Disagreement | None:
    """Return the disagreement over one perpetrator whom some blame (or who claims it) and others deny or doubt."""
    blaming, against = _blaming(said)
    if not blaming or not against:
        return None
    cleared = [one for one in against if standing(one) == "acquitted"]
    opposed = [one for one in against if standing(one) != "acquitted"]
    sides = [_side(id, name, blaming), *_against(id, name, opposed)]
    if cleared:
        sides.append(_side(id, f"{name} acquitted", cleared, "denies"))
    own = any(standing(one) == "claimed" for one in blaming)
    why = "claimed by some, denied or doubted by others" if own else "blamed by some, denied or doubted by others"
    return Disagreement(slot="perpetrator", why=why, sides=sides)


def _blamed(groups: Sequence[Blamed]) -> Disagreement | None:
    """Return the disagreement of sources that blame different groups, where none blames one that the other does.

    A name that holds another's words ("the Front", "Harbour Front") is not shown to be another group's.
    """
    blamed: dict[Origin, dict[int, list[Said]]] = {}
    for k, (_, _, said) in enumerate(groups):
        for one in _blaming(said)[0]:
            actor = one.claim.value
            if isinstance(actor, Actor) and actor.kind in ("organization", "government_body"):
                blamed.setdefault(one.origin, {}).setdefault(k, []).append(one)
    sets = sorted({tuple(sorted(of)) for of in blamed.values()})
    words = [folded(name) for _, name, _ in groups]
    apart: set[int] = set()
    for left, right in combinations(sets, 2):
        if not any(words[i] <= words[k] or words[k] <= words[i] for i in left for k in right):
            apart.update(left, right)
    if not apart:
        return None
    sides = []
    for k in sorted(apart):
        id, name, _ = groups[k]
        sides.append(_side(id, name, [one for of in blamed.values() for one in of.get(k, ())]))
    return Disagreement(slot="perpetrator", why="different groups are blamed", sides=_in_order(sides))
