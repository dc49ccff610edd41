"""One event in the world, as one article tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.model.claim import Claim, Slot

Stage = Literal["accomplished", "attempted", "threatened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One event of one kind at one stage, with every claim made about it.

    `kind` is a name of the schema; `background` marks history that the report only recalls. `kind` and `stage` are the
    values shown; the claims of those slots hold their evidence.
    """

    id: str
    kind: str
    stage: Stage
    background: bool
    claims: tuple[Claim, ...]

    def of(self, slot: Slot) -> tuple[Claim, ...]:
        """Return the claims about one slot, in text order."""
        return tuple(claim for claim in self.claims if claim.slot == slot)
