"""The shapes of a value in the reconciled record: who holds it, in which words, and which one is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.export.incident_shapes import ValueRecord
from sayso.export.shapes import Shape
from sayso.model.article import BlockRole
from sayso.model.statement import Certainty, SpeakerKind, Stance

PolicyName = Literal["latest authority", "most independent", "lowest", "highest"]


@dataclass(frozen=True, kw_only=True)
class Words(Shape):
    """The words that carry a value, and where they stand."""

    article: str
    """The article's id."""
    part: BlockRole
    """The part of the article they stand in."""
    start: int
    """Offset of the first character in the article's text, in Unicode code points."""
    end: int
    """Offset after the last character."""
    text: str
    """The words, exactly as they stand there."""


@dataclass(frozen=True, kw_only=True)
class ClaimRef(Shape):
    """A claim, by where it stands."""

    article: str
    """The article's id."""
    claim: str
    """The claim's id within the article."""


@dataclass(frozen=True, kw_only=True)
class HolderRecord(Shape):
    """One source that says something of a value, over all reports that have its word."""

    source: str
    """Whose word it is in the end: the fullest name that these reports have for it."""
    source_id: str
    """The id of the independent source that it is counted as."""
    source_kind: SpeakerKind
    """What kind of source it is."""
    according_to: str
    """Who says so in the words of the last report that has it, with those who report it."""
    stance: Stance
    """Whether it asserts, denies or doubts the value."""
    certainty: Certainty
    """How sure it is, where it is surest."""
    said_as: str | None
    """What it says itself, where that is wider, another hour or spelled otherwise; null where it is the value."""
    first_said: str | None
    """The first day it is known to have said so; null where no day is known."""
    last_said: str | None
    """The last day it is known to have said so; null where no day is known."""
    articles: list[str]
    """The articles that have it."""
    confidence: float
    """How sure sayso is of having read it rightly, 0 to 1, where it is surest."""
    claims: list[ClaimRef]
    """The claims behind."""
    evidence: list[Words]
    """The words that carry it."""


@dataclass(frozen=True, kw_only=True)
class HeldValue(Shape):
    """One value of a slot, with everyone who says something of it."""

    id: str
    """Unique within the record: the slot and a number."""
    value: ValueRecord
    """The value, in the shape that belongs to the slot."""
    words: str
    """The value in words."""
    independent: int
    """How many independent sources assert it."""
    stance: Stance
    """`asserts` where nobody denies or doubts it; else `denies` or `doubts`, and `held_by` has who."""
    first_said: str | None
    """The first day that anyone said so; null where no day is known."""
    last_said: str | None
    """The last day that anyone said so; null where no day is known."""
    articles: list[str]
    """The articles that have it."""
    compatible_with: list[str]
    """The ids of other values of the slot that can be right at the same time; for counts, days and places only."""
    held_by: list[HolderRecord]
    """Every source of it, those that deny or doubt it last."""


@dataclass(frozen=True, kw_only=True)
class ShownValue(Shape):
    """The one value that a policy picks, and why."""

    id: str
    """The id of the value picked."""
    value: ValueRecord
    """The value itself."""
    words: str
    """The value in words."""
    policy: PolicyName
    """The policy."""
    why: str
    """Why this value, in words."""


@dataclass(frozen=True, kw_only=True)
class SlotRecord(Shape):
    """All that is said in one slot."""

    shown: ShownValue | None
    """The value that the policy picks; null where every value is denied."""
    lowest: int | None
    """The lowest count that somebody asserts; null for other slots."""
    highest: int | None
    """The highest count that somebody asserts; null where one has no upper bound, and for other slots."""
    earliest: str | None
    """The first day it can be on anybody's word; null where not known, and for other slots."""
    latest: str | None
    """The last day it can be on anybody's word; null where not known, and for other slots."""
    values: list[HeldValue]
    """Every value, the one with the most independent sources first."""
