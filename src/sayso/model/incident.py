"""One event in the world, as one article tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sayso.model.claim import Claim, Slot
from sayso.model.span import Span

Stage = Literal["accomplished", "attempted", "threatened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """One place where the article tells of an incident, or of what it did: "exploded", "the attack", "wounding six".

    `trigger` is the word that tells of it. `kind` is a kind of the schema or, where the word tells what became of
    people or things, that effect (killed, wounded, abducted, arrested, destroyed, damaged). `parts` are who and what
    takes part by the grammar of that sentence: the slot, and the head word of the phrase.
    """

    trigger: Span
    kind: str
    parts: tuple[tuple[Slot, Span], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One event of one kind at one stage, with every claim made about it.

    `kind` is a name of the schema; `background` marks history that the report only recalls. `kind` and `stage` are the
    values shown; the claims of those slots hold their evidence. `mentions` are the places that tell of it, in text
    order; the store does not keep them, and they are left out where incidents are compared. `cluster` is the id that
    all accounts of one event share, its own where it is alone; None outside a store.
    """

    id: str
    kind: str
    stage: Stage
    background: bool
    claims: tuple[Claim, ...]
    mentions: tuple[EventMention, ...] = field(default=(), compare=False)
    cluster: str | None = field(default=None, compare=False)

    def of(self, slot: Slot) -> tuple[Claim, ...]:
        """Return the claims about one slot, in text order."""
        return tuple(claim for claim in self.claims if claim.slot == slot)
