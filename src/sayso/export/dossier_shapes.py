"""The shapes of a dossier, format `sayso-dossier/1`: all that is said of one person or group over all articles.

Plain facts only, as in `sayso.export.shapes`; `docs/dossier.md` tells how they come about. A field may be added within
a version; none is renamed, removed or given another meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sayso.export.reconciled.held_shapes import HolderRecord, SlotRecord, Words
from sayso.export.reconciled.shapes import PartyRecord, ReconciledPerpetrator
from sayso.export.shapes import Shape, WhenRecord
from sayso.model.claim import Slot
from sayso.model.entity import EntityKind, FactName
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance

DOSSIER: Final = "sayso-dossier/1"


@dataclass(frozen=True, kw_only=True)
class DossierArticle(Shape):
    """One article that has something of the person or group."""

    article: str
    """The article's id."""
    keys: list[str]
    """The keys of who it is in this article, for `sayso same` and `sayso different`; mostly one."""
    entities: list[str]
    """The ids of who it is within the article, in the order of `keys`."""
    name: str
    """What the input was called: a path, `path:line`, or `<stdin>`."""
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


@dataclass(frozen=True, kw_only=True)
class NameUse(Shape):
    """One spelling or alias, and where it was read."""

    name: str
    """The name, exactly as it is written."""
    alias: bool
    """Whether an article states that it is borne beside another name."""
    first: str | None
    """The first day on which an article has it; null where no day is known."""
    last: str | None
    """The last day on which an article has it; null where no day is known."""
    articles: list[str]
    """The articles that have it."""


@dataclass(frozen=True, kw_only=True)
class FactHeld(Shape):
    """One thing said of it outside any incident, with everyone who says so."""

    name: FactName
    """What it is about."""
    value: str
    """The value, normalised: a year, a role, another's name; for a death the words that tell it."""
    independent: int
    """How many independent sources say so; those who deny or doubt it are not counted."""
    first_said: str | None
    """The first day on which it was said; null where no day is known."""
    last_said: str | None
    """The last day on which it was said; null where no day is known."""
    articles: list[str]
    """The articles that have it."""
    held_by: list[HolderRecord]
    """Who says so, one item for each source."""


@dataclass(frozen=True, kw_only=True)
class IncidentRef(Shape):
    """One article's account of an incident."""

    article: str
    """The article's id."""
    incident: str
    """The key of the incident, for `sayso show`."""
    background: bool
    """Whether the article only recalls it."""


@dataclass(frozen=True, kw_only=True)
class DossierIncident(Shape):
    """One incident in which it takes part, or is said to, by the accounts that say so."""

    key: str
    """A key of the incident, for `sayso show`; that of its cluster where several accounts were linked."""
    accounts: list[IncidentRef]
    """The accounts in which it takes part; others may tell of the incident without it."""
    first_said: str | None
    """The first day on which it was said to take part; null where no day is known."""
    last_said: str | None
    """The last day on which it was said to take part; null where no day is known."""
    independent: int
    """How many independent sources say anything of its part, denials included."""
    slots: dict[Slot, SlotRecord]
    """By these accounts: kind, stage, when, where, and its part as a victim (killed, arrested, ...) as `victim`."""
    perpetrator: ReconciledPerpetrator | None
    """How it stands as a perpetrator, with the history of it; null where nobody says that it did it."""


@dataclass(frozen=True, kw_only=True)
class StatementRef(Shape):
    """A statement, by where it stands."""

    article: str
    """The article's id."""
    statement: str
    """The id of the statement within the article."""


@dataclass(frozen=True, kw_only=True)
class DossierStatement(Shape):
    """Something that it says, or that others say of it; the same words of one day in several articles are one."""

    day: str | None
    """The day it was said, that of publication where the text does not tell; null where neither is known."""
    said_on: WhenRecord | None
    """When it was said, as the text has it; null where it does not tell."""
    according_to: str
    """The speaker in words, with those who report the statement."""
    speaker_kind: SpeakerKind
    """What kind of source it is."""
    source_id: str
    """The id of the independent source that it is counted as."""
    act: Act
    """What is done by saying it."""
    stance: Stance
    """Whether the speaker asserts, denies or doubts the content."""
    certainty: Certainty
    """How sure the speaker is of it."""
    direct: bool
    """Whether the content stands in quotation marks."""
    content: list[Words]
    """What is said, as the first of the articles has it; where that is nothing, the words that make it a saying."""
    told: list[StatementRef]
    """Where it stands, one item for each article."""


@dataclass(frozen=True, kw_only=True)
class Dossier(Shape):
    """All that is said of one person or group, by whom and when; alleged, until a court has spoken."""

    version: Literal["sayso-dossier/1"]
    """The version of this format."""
    key: str
    """The key of the person or group: the first of `keys` in the alphabet, or its own where it is in one article."""
    name: str
    """The name of several words that most articles use, else the one that most use."""
    kind: EntityKind
    """What it is, as most articles have it."""
    as_of: str | None
    """The day by which all this had been said; null for all that is known."""
    first_said: str | None
    """The first day on which anything was said of or by it; null where no day is known."""
    last_said: str | None
    """The last such day; null where no day is known."""
    articles: list[DossierArticle]
    """The articles, by day of publication."""
    independent: int
    """How many independent sources say anything of it, itself among them where it speaks."""
    sources: list[PartyRecord]
    """Every source named below, those too that only tell of an incident; who quotes or copies is none of his own."""
    names: list[NameUse]
    """Every spelling and alias, the one in most articles first."""
    facts: list[FactHeld]
    """What is said of it outside any incident, by what it is about, the most independent sources first."""
    incidents: list[DossierIncident]
    """The incidents in which it takes part, the newest first, undated ones last."""
    statements_by: list[DossierStatement]
    """What it says, or others in its name, the newest first."""
    statements_about: list[DossierStatement]
    """What others say with a mention of it, the newest first."""


@dataclass(frozen=True, kw_only=True)
class Candidate(Shape):
    """One of several people or groups that a name may mean, with what tells them apart."""

    candidate: str
    """The key to give to `sayso dossier`."""
    name: str
    """The name of several words that most articles use, else the one that most use."""
    kind: EntityKind
    """What it is, as most articles have it."""
    articles: int
    """How many articles name it."""
    born: list[int]
    """The first and the last year in which it can be born by any article; empty where none tells."""
    ages: list[int]
    """Its ages in articles without a day."""
    roles: list[str]
    """Its roles."""
    groups: list[str]
    """What it belongs to or leads."""
    countries: list[str]
    """Countries (ISO 3166-1) of the incidents in which it takes part, else of its articles."""
    parts: list[str]
    """The parts it takes: perpetrator, accused, arrested, victim, speaker."""
