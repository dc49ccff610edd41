"""Collects the claims about one incident: one value, one say-so, all the words that carry it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sayso.model.claim import Claim, Quantity, Slot, Standing, Value
from sayso.model.span import Span
from sayso.model.statement import Certainty, Stance

MAKER = "rules/1"


class Ledger:
    """The claims of one incident, in order of making; the same value on the same say-so is one claim."""

    def __init__(self) -> None:
        self._claims: dict[tuple[object, ...], Claim] = {}

    def add(
        self,
        slot: Slot,
        value: Value,
        evidence: Span,
        chain: tuple[str, ...] = (),
        *,
        standing: Standing | None = None,
        certainty: Certainty = "certain",
        stance: Stance = "asserts",
        confidence: float = 0.8,
        maker: str = MAKER,
    ) -> None:
        """Record that somebody gives `slot` this value; a claim already there gains the evidence."""
        key = (slot, value, chain, standing, stance)
        known = self._claims.get(key)
        if known is None:
            self._claims[key] = Claim(
                id="", slot=slot, value=value, evidence=(evidence,), chain=chain, stance=stance, certainty=certainty,
                standing=standing, confidence=confidence, maker=maker,
            )  # fmt: skip
        elif evidence not in known.evidence:
            self._claims[key] = replace(
                known, evidence=(*known.evidence, evidence), confidence=max(known.confidence, confidence)
            )

    def claims(self, incident: str) -> tuple[Claim, ...]:
        """Return the claims, numbered within the incident: `i1.c1`."""
        return tuple(replace(c, id=f"{incident}.c{n}") for n, c in enumerate(self._claims.values(), 1))

    def covers(self, slot: Slot, start: int, end: int) -> bool:
        """Say whether a claim about a slot already rests on words that overlap `[start, end)`."""
        return any(
            c.slot == slot and any(s.start < end and start < s.end for s in c.evidence) for c in self._claims.values()
        )

    def weigh(self, chances: Sequence[float], slots: frozenset[str], least: Callable[[Claim], float]) -> None:
        """Give the claims about `slots`, in order, their probabilities, and drop those under their `least`."""
        sure = iter(chances)
        kept: dict[tuple[object, ...], Claim] = {}
        for key, claim in self._claims.items():
            if claim.slot not in slots:
                kept[key] = claim
            elif (chance := next(sure)) >= least(claim):
                kept[key] = replace(claim, confidence=round(chance, 3))
        self._claims = kept

    def revise(self, change: Callable[[Claim], Claim | None]) -> None:
        """Put what `change` makes of each claim in its place; where it makes None, the claim goes."""
        changed = {key: change(claim) for key, claim in self._claims.items()}
        self._claims = {key: claim for key, claim in changed.items() if claim is not None}

    def judge(self, slot: Slot, chance: float) -> None:
        """Give the claims about one slot the probability that a judge found."""
        self._claims = {
            key: replace(c, confidence=round(chance, 3), maker="judge/1") if c.slot == slot else c
            for key, c in self._claims.items()
        }

    def most(self, slot: Slot) -> int:
        """Return the largest number that anybody gives for a slot; -1 where nobody gives one."""
        return max(
            (c.value.low for c in self._claims.values() if c.slot == slot and isinstance(c.value, Quantity)), default=-1
        )

    def counted(self, slot: Slot, chain: tuple[str, ...]) -> bool:
        """Say whether a source counts anybody in a slot."""
        return any(
            c.slot == slot and c.chain == chain and isinstance(c.value, Quantity) and c.value.low > 0
            for c in self._claims.values()
        )

    def last_counted(self, after: int, before: int) -> Slot | None:
        """Return the slot of the people who are counted last between two offsets; None where none are."""
        told = [
            (span.end, c.slot)
            for c in self._claims.values()
            for span in c.evidence
            if isinstance(c.value, Quantity) and after <= span.start and span.end <= before
        ]
        return max(told)[1] if told else None

    def bounds(self, slot: Slot) -> Quantity | None:
        """Return the range that all counts of a slot span; None where there is none."""
        found = [c.value for c in self._claims.values() if c.slot == slot and isinstance(c.value, Quantity)]
        if not found:
            return None
        highs = [q.high for q in found if q.high is not None]
        return Quantity(low=min(q.low for q in found), high=max(highs) if len(highs) == len(found) else None)

    def has(self, slot: Slot) -> bool:
        """Say whether there is any claim about a slot."""
        return any(claim.slot == slot for claim in self._claims.values())
