"""Collects the claims about one incident: one value, one say-so, all the words that carry it."""

from __future__ import annotations

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
    ) -> None:
        """Record that somebody gives `slot` this value; a claim already there gains the evidence."""
        key = (slot, value, chain, standing, stance)
        known = self._claims.get(key)
        if known is None:
            self._claims[key] = Claim(
                id="", slot=slot, value=value, evidence=(evidence,), chain=chain, stance=stance, certainty=certainty,
                standing=standing, confidence=confidence, maker=MAKER,
            )  # fmt: skip
        elif evidence not in known.evidence:
            self._claims[key] = replace(
                known, evidence=(*known.evidence, evidence), confidence=max(known.confidence, confidence)
            )

    def claims(self, incident: str) -> tuple[Claim, ...]:
        """Return the claims, numbered within the incident: `i1.c1`."""
        return tuple(replace(c, id=f"{incident}.c{n}") for n, c in enumerate(self._claims.values(), 1))

    def most(self, slot: Slot) -> int:
        """Return the largest number that anybody gives for a slot; -1 where nobody gives one."""
        return max(
            (c.value.low for c in self._claims.values() if c.slot == slot and isinstance(c.value, Quantity)), default=-1
        )

    def has(self, slot: Slot) -> bool:
        """Say whether there is any claim about a slot."""
        return any(claim.slot == slot for claim in self._claims.values())
