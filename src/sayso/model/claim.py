"""One value of one slot of one incident, on one say-so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.model.place import Place
from sayso.model.span import Span
from sayso.model.statement import Certainty, Stance
from sayso.model.when import When

Slot = Literal[
    "kind",
    "stage",
    "when",
    "where",
    "weapon",
    "perpetrator",
    "target",
    "victim",
    "killed",
    "wounded",
    "abducted",
    "arrested",
    "attackers_killed",
    "attackers_wounded",
    "shots",
    "damage",
    "motive",
    "circumstance",
]
Standing = Literal[
    "reported_as_fact",
    "claimed",
    "suspected",
    "accused",
    "accused_by_authorities",
    "possible",
    "denied",
    "confessed",
    "charged",
    "convicted",
    "acquitted",
]
ActorKind = Literal["person", "organization", "government_body", "group", "unknown"]
Effect = Literal["killed", "wounded", "abducted", "arrested", "threatened", "assaulted", "unharmed", "escaped", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A value out of a closed list: a kind or a stage."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A perpetrator. `entity` is the entity's id, None for a description that names nobody ("masked men")."""

    name: str
    kind: ActorKind
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A physical thing that was attacked. `number` None where not told; `effect` e.g. destroyed, damaged, none."""

    name: str
    kind: str
    number: int | None = None
    effect: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    """People to whom it was done. `name` None where unnamed; `description` e.g. "two bus drivers"."""

    name: str | None
    description: str | None
    kind: str
    effect: Effect | None = None
    number: int | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weapon:
    """What it was done with: the words, and a kind out of the schema's list."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How many: at least `low`, at most `high` (None: not bounded). "about 100" has `approximate`."""

    low: int
    high: int | None
    approximate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A value in the article's own words: damage, a motive or a demand."""

    value: str


Value = Label | When | Place | Actor | Target | Victim | Weapon | Quantity | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One value of one slot, and on whose say-so.

    `chain` lists statement ids from the outermost to the one that carries the value; empty where the outlet says it
    itself. `standing` is set on perpetrators only. `maker` names the stage and its version.
    """

    id: str
    slot: Slot
    value: Value
    evidence: tuple[Span, ...]
    chain: tuple[str, ...] = ()
    stance: Stance = "asserts"
    certainty: Certainty = "certain"
    standing: Standing | None = None
    confidence: float = 1.0
    maker: str = "rules/1"
