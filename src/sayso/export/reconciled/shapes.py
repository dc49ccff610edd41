"""The shapes of the reconciled record, format `sayso-reconciled/1`: one incident as several reports tell it.

Plain facts only, as in `sayso.export.shapes`. `docs/reconciled.md` tells how the values come about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sayso.export.incident_shapes import LegalStatus
from sayso.export.reconciled.held_shapes import HolderRecord, PolicyName, SlotRecord, Words
from sayso.export.shapes import Shape
from sayso.model.claim import ActorKind, Slot, Standing
from sayso.model.statement import SpeakerKind, Stance

RECONCILED: Final = "sayso-reconciled/1"
Change = Literal["first", "same", "raised", "lowered", "other"]
CountSlot = Literal["killed", "wounded", "abducted", "arrested", "attackers_killed", "attackers_wounded", "shots"]


@dataclass(frozen=True, kw_only=True)
class ReportRecord(Shape):
    """One report of the incident."""

    article: str
    """The article's id."""
    incident: str
    """The id of the incident within the article."""
    outlet: str | None
    """Who published it; null where not known."""
    agency: str | None
    """The news agency credited; null where none is."""
    title: str | None
    """The headline; null where none is known."""
    published: str | None
    """The day of publication; null where not known."""
    url: str | None
    """Where it was published; null where not known."""
    copy_of: str | None
    """The article that this one is a copy of; null for one that stands for itself."""
    background: bool
    """Whether the report only recalls the incident."""


@dataclass(frozen=True, kw_only=True)
class PartyRecord(Shape):
    """An independent source: its name, and what kind of source it is."""

    id: str
    """Unique within the record."""
    name: str
    """Whose word it is in the end: a person, the body spoken for, an agency or an outlet."""
    names: list[str]
    """Every name that the reports have for it."""
    kind: SpeakerKind
    """What kind of source it is; an authority where it speaks as one anywhere."""
    articles: list[str]
    """The articles that have its word."""


@dataclass(frozen=True, kw_only=True)
class EntityRef(Shape):
    """An entity of one article."""

    article: str
    """The article's id."""
    entity: str
    """The entity's id within the article."""


@dataclass(frozen=True, kw_only=True)
class StandingHeld(Shape):
    """One standing of a perpetrator on the word of one source."""

    standing: Standing
    """How the perpetrator stands on this word; a confession that somebody else tells of is `confessed` here."""
    by_itself: bool
    """Whether the perpetrator says it of itself."""
    holder: HolderRecord
    """Who says so, when, in which words."""


@dataclass(frozen=True, kw_only=True)
class LegalHeld(Shape):
    """What the law has done with somebody, on whose word."""

    status: LegalStatus
    """Where the law has him."""
    according_to: str
    """Who says so, in words."""
    article: str
    """The article that has it."""
    published: str | None
    """The day of that article; null where not known."""
    evidence: list[Words]
    """The words that carry it."""


@dataclass(frozen=True, kw_only=True)
class ReconciledPerpetrator(Shape):
    """Someone who did it or is said to have: alleged, by whom `words` tells, until convicted."""

    id: str
    """Unique within the record."""
    name: str
    """The fullest name that most reports use, or the description of somebody unnamed."""
    names: list[str]
    """Every name in the reports."""
    kind: ActorKind
    """What it is."""
    cluster: str | None
    """The name under which entities of several articles are one; null where none is, or names are withheld."""
    entities: list[EntityRef]
    """Who it is in each article."""
    standing: Standing
    """The standing last given, never more than somebody says; a verdict stays until another verdict."""
    words: str
    """The standing in words, with who gives it and who denies it."""
    disputed: bool
    """Whether somebody denies or doubts it."""
    independent: int
    """How many independent sources say that it did it; its own claim counts as one."""
    legal_status: list[LegalHeld]
    """What the law has done with the person, apart from `standing`, which it does not move."""
    history: list[StandingHeld]
    """Every standing on every source's word, by the day it was last said, undated ones first."""


@dataclass(frozen=True, kw_only=True)
class TollRecord(Shape):
    """One count as one source gave it on one day."""

    slot: CountSlot
    """What is counted."""
    day: str | None
    """The day it was said; null where no day is known."""
    source: str
    """Whose word it is in the end."""
    source_kind: SpeakerKind
    """What kind of source it is."""
    low: int
    """At least so many."""
    high: int | None
    """At most so many; null where not bounded."""
    approximate: bool
    """Whether the text says "about"."""
    stance: Stance
    """Whether the source asserts, denies or doubts it."""
    change: Change
    """Against the same source's count of an earlier day; `other` beside another count of its own of the same day."""
    articles: list[str]
    """The articles that have it."""


@dataclass(frozen=True, kw_only=True)
class SideRecord(Shape):
    """One side of a disagreement."""

    value: str | None
    """The id of the value (of the perpetrator, where the slot is that)."""
    words: str
    """The value in words; "not ..." for those who deny or doubt it."""
    stance: Stance
    """Whether this side asserts, denies or doubts the value."""
    sources: list[str]
    """Who holds it, by name."""
    independent: int
    """How many independent sources these are."""
    articles: list[str]
    """The articles that have it."""
    last_said: str | None
    """The last day that anyone of this side said so; null where no day is known."""


@dataclass(frozen=True, kw_only=True)
class Disagreement(Shape):
    """Sources that cannot all be right at the same time."""

    slot: Slot
    """The slot in which they differ."""
    why: str
    """What makes it a disagreement, in words."""
    sides: list[SideRecord]
    """The sides, the one with the most independent sources first."""


@dataclass(frozen=True, kw_only=True)
class ReconciledRecord(Shape):
    """One incident as several reports tell it, nobody's word averaged with another's."""

    version: Literal["sayso-reconciled/1"]
    """The version of this format."""
    policy: PolicyName
    """How the shown values were picked."""
    reports: list[ReportRecord]
    """The reports, by day of publication."""
    sources: list[PartyRecord]
    """The independent sources: who quotes another, or copies him, is no source of his own."""
    slots: dict[Slot, SlotRecord]
    """What is said in each slot but the perpetrators; slots of which nothing is said are left out."""
    perpetrators: list[ReconciledPerpetrator]
    """Everyone who is said to have done it, never reduced to one."""
    tolls: list[TollRecord]
    """The counts as they were given over time, by slot and day."""
    disagreements: list[Disagreement]
    """Where sources differ and cannot both be right."""
