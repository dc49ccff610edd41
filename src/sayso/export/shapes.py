"""The shapes of the machine record, format `sayso/1`: what `sayso read --format json` writes and others may rely on.

Plain facts only (strings, numbers, lists), so that any language reads them. `docs/record.md` and the JSON Schema are
made from these classes and the sentences under their fields. A field may be added within a version; none is renamed,
removed or given another meaning. This module holds the article, its entities and its statements;
`incident_shapes` the rest. Not slotted, unlike the model: the shapes of values and of sourcing are combined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sayso.model.article import BlockRole, PublishedBy
from sayso.model.entity import EntityKind, FactName, MentionForm
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance
from sayso.model.when import Basis


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What every part of the record is: closed (no keys but those named) and described where it is declared."""

    __pydantic_config__: ClassVar[dict[str, object]] = {"use_attribute_docstrings": True, "extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Evidence(Shape):
    """The words that carry a value, and where they stand."""

    start: int
    """Offset of the first character in `article.text`, in Unicode code points."""
    end: int
    """Offset after the last character."""
    text: str
    """The words, exactly `article.text[start:end]`."""
    part: BlockRole
    """The part of the article they stand in; `caption` is the text under a picture."""


@dataclass(frozen=True, kw_only=True)
class MentionRecord(Evidence):
    """Words that refer to an entity."""

    form: MentionForm
    """How they refer: by name, by another name, by description or by pronoun."""


@dataclass(frozen=True, kw_only=True)
class WhenRecord(Shape):
    """A time, as narrow as the text allows."""

    edtf: str
    """EDTF (ISO 8601-2): `2011-10-31`, `2010-03`, `XXXX-10-31`, `2011-10-01/2011-10-31`."""
    earliest: str | None
    """The first day it can be; null where the year is not known."""
    latest: str | None
    """The last day it can be; null where the year is not known."""
    basis: Basis
    """The text gives it outright, relative to another day, or without a year that was then assumed."""
    clock: str | None
    """The time of day, `HH:MM` where it is one; null where none is given."""
    time_precision: int | None
    """ACLED's time_precision: 1 the day, 2 within a week, 3 wider; null where the year is not known."""
    date_prec: int | None
    """UCDP's date_prec: 1 the day, 2 within 6 days, 3 a week, 4 to a month, 5 wider; null as above."""


@dataclass(frozen=True, kw_only=True)
class BlockRecord(Shape):
    """One paragraph of the article."""

    start: int
    """Offset of its first character in `text`."""
    end: int
    """Offset after its last character."""
    role: BlockRole
    """The part it plays."""


@dataclass(frozen=True, kw_only=True)
class DatelineRecord(Shape):
    """The place and day that a report opens with."""

    place: Evidence | None
    """The words for the place; null where there are none."""
    day: Evidence | None
    """The words for the day; null where there are none."""


@dataclass(frozen=True, kw_only=True)
class ArticleRecord(Shape):
    """The article that was read: who published it when, and its clean text."""

    id: str
    """The id that the input gave, or the first 16 digits of `sha256`."""
    title: str | None
    """The headline; null where none is known."""
    outlet: str | None
    """Who published it; null where not known."""
    agency: str | None
    """The news agency or service credited; null where none is."""
    authors: list[str]
    """The byline, one name an item."""
    dateline: DatelineRecord | None
    """The place and day that the report opens with."""
    published: str | None
    """The day of publication, `YYYY-MM-DD`; null where neither the user nor the page gives it."""
    published_by: PublishedBy
    """Where that day comes from: given by the user or the row, read from the page, or unknown."""
    language: str | None
    """BCP 47 code; null where not known."""
    url: str | None
    """Where it was published; null where not known."""
    name: str
    """What the input was called: a path, `path:line`, or `<stdin>`."""
    sha256: str
    """SHA-256 of the input's bytes."""
    capitals: bool
    """Whether the text came in capitals only."""
    notes: list[str]
    """What was mended or left out, in words."""
    blocks: list[BlockRecord]
    """The paragraphs of `text`, in order."""
    text: str
    """The clean text that all offsets count in: title, then paragraphs and captions, two line breaks between."""


@dataclass(frozen=True, kw_only=True)
class FactRecord(Shape):
    """Something the text says of an entity outside any incident."""

    name: FactName
    """What it is about."""
    value: str
    """The value, normalised: a year, a role, another entity's name."""
    other: str | None
    """The id of the other entity, where the value is one."""
    evidence: list[Evidence]
    """The words that say so."""


@dataclass(frozen=True, kw_only=True)
class EntityRecord(Shape):
    """A person, organization, place or set of people that the article names."""

    id: str
    """Unique within the article."""
    kind: EntityKind
    """What it is; `group` is several unnamed or jointly named people."""
    name: str
    """The fullest name, or the first description of a group."""
    names: list[str]
    """Every spelling, shortened name and alias, `name` first."""
    armed: bool
    """Whether it is an organization that fights or is said to."""
    number: int | None
    """How many people a group is; null where not told."""
    members: list[str]
    """The ids of those members of a group that are named."""
    facts: list[FactRecord]
    """What the text says of it outside any incident."""
    mentions: list[MentionRecord]
    """Every place where the text refers to it."""


@dataclass(frozen=True, kw_only=True)
class StatementRecord(Shape):
    """A source says something."""

    id: str
    """Unique within the article."""
    speaker: str | None
    """The name that the source resolves to; null where the text names none."""
    speaker_id: str | None
    """The speaker's entity."""
    speaker_kind: SpeakerKind
    """What kind of source it is."""
    on_behalf_of: str | None
    """The organization spoken for."""
    according_to: str
    """The speaker in words, with those who report the statement."""
    act: Act
    """What is done by saying it."""
    stance: Stance
    """Whether the speaker asserts, denies or doubts the content."""
    certainty: Certainty
    """How sure the speaker is of it."""
    direct: bool
    """Whether the content stands in quotation marks."""
    said_on: WhenRecord | None
    """When it was said; null where the text does not tell."""
    within: str | None
    """The id of the statement that reports this one; null where the outlet does."""
    part: BlockRole
    """The part of the article it stands in."""
    source: Evidence | None
    """The words for the source; null where there are none ("reportedly")."""
    cue: Evidence | None
    """The words that make it a saying."""
    content: list[Evidence]
    """What is said."""
    said_at: Evidence | None
    """Where it was said."""
    channel: Evidence | None
    """Through what it was said: a video, a forum, a newspaper."""
    confidence: float
    """How sure sayso is of having read it rightly, 0 to 1."""
