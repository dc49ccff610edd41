"""The shapes of incidents and claims in the machine record, and of the record as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from sayso.export.shapes import ArticleRecord, EntityRecord, Evidence, Shape, StatementRecord, WhenRecord
from sayso.model.claim import ActorKind, Effect, Slot, Standing
from sayso.model.incident import Stage
from sayso.model.place import PlaceType
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance

VERSION: Final = "sayso/1"


@dataclass(frozen=True, kw_only=True)
class Sourced(Shape):
    """What every value carries: on whose word it stands, and the words themselves."""

    according_to: str
    """Who says so, in words; the outlet where nobody is quoted."""
    chain: list[str]
    """Ids of the statements that carry it, outermost first; empty where the outlet says it itself."""
    stance: Stance
    """Whether they assert, deny or doubt it."""
    certainty: Certainty
    """How sure they are of it."""
    confidence: float
    """How sure sayso is of having read it rightly, 0 to 1."""
    claims: list[str]
    """The ids of the claims that were folded into this value."""
    evidence: list[Evidence]
    """The words that carry it."""


@dataclass(frozen=True, kw_only=True)
class TextValue(Shape):
    """A kind, a stage, damage, a motive or demand, or a circumstance."""

    value: str
    """A name out of the schema's list (kind, stage), or the article's words."""


@dataclass(frozen=True, kw_only=True)
class PlaceValue(Shape):
    """A place."""

    names: list[str]
    """The place's names, from the narrowest to the widest."""
    type: PlaceType
    """What kind of place it is."""
    country: str | None
    """ISO 3166-1 alpha-2; null where not known."""
    country_name: str | None
    """The country in English; null where not known."""
    admin: str | None
    """The region, district or province; null where not known."""
    coordinates: tuple[float, float] | None
    """Latitude, longitude in WGS 84 degrees (GeoJSON has them the other way round); null where not known."""
    precision: int
    """ACLED's geo_precision: 1 the town itself, 2 near it or its district, 3 a region or more."""
    where_prec: int
    """UCDP's where_prec: 1 exact, 2 near, 3 district, 4 province, 5 fuzzy, 6 country only, 7 at sea or in the air."""
    gazetteer_id: str | None
    """The row of the gazetteer; null where it stands in none."""


@dataclass(frozen=True, kw_only=True)
class ActorValue(Shape):
    """Somebody who did it or is said to have."""

    name: str
    """The name, or the description of somebody unnamed."""
    kind: ActorKind
    """What it is."""
    entity: str | None
    """The id of the entity; null for a description that names nobody."""


@dataclass(frozen=True, kw_only=True)
class TargetValue(Shape):
    """A physical thing that was attacked."""

    name: str
    """The thing, in the article's words."""
    kind: str
    """Its kind, out of the schema's list."""
    number: int | None
    """How many; null where not told."""
    effect: str | None
    """What became of it; null where not told."""


@dataclass(frozen=True, kw_only=True)
class VictimValue(Shape):
    """People to whom it was done."""

    name: str | None
    """The name; null where unnamed."""
    description: str | None
    """The description in the article's words; null where there is only a name."""
    kind: str
    """Their kind, out of the schema's list."""
    effect: Effect | None
    """What became of them; null where not told."""
    number: int | None
    """How many; null where not told."""
    entity: str | None
    """The id of the entity; null for a description that names nobody."""


@dataclass(frozen=True, kw_only=True)
class WeaponValue(Shape):
    """What it was done with."""

    name: str
    """The weapon, in the article's words."""
    kind: str
    """Its kind, out of the schema's list."""


@dataclass(frozen=True, kw_only=True)
class QuantityValue(Shape):
    """How many."""

    low: int
    """At least so many."""
    high: int | None
    """At most so many; null where not bounded."""
    approximate: bool
    """Whether the text says "about"."""


ValueRecord = TextValue | WhenRecord | PlaceValue | ActorValue | TargetValue | VictimValue | WeaponValue | QuantityValue


@dataclass(frozen=True, kw_only=True)
class ClaimRecord(Shape):
    """One value of one slot, on one say-so: a line of the ledger that the shown values are folded from."""

    id: str
    """Unique within the article."""
    slot: Slot
    """What it is a value of."""
    value: ValueRecord
    """The value, in the shape that belongs to the slot."""
    according_to: str
    """Who says so, in words."""
    chain: list[str]
    """Ids of the statements that carry it, outermost first."""
    stance: Stance
    """Whether they assert, deny or doubt it."""
    certainty: Certainty
    """How sure they are of it."""
    standing: Standing | None
    """How the perpetrator stands on this word; null for other slots."""
    confidence: float
    """How sure sayso is of having read it rightly, 0 to 1."""
    maker: str
    """The stage that made the claim, with its version."""
    evidence: list[Evidence]
    """The words that carry it."""


@dataclass(frozen=True, kw_only=True)
class WhereRecord(Sourced, PlaceValue):
    """Where the incident was: the first of the most precise places claimed."""


@dataclass(frozen=True, kw_only=True)
class StandingRecord(Sourced):
    """One standing that somebody gives a perpetrator."""

    standing: Standing
    """How the perpetrator stands on this word."""
    speaker_kind: SpeakerKind
    """The kind of the one who says so (`media` for the outlet itself)."""
    act: Act | None
    """What is done by saying it: a confession that an official tells of accuses by way of `confesses`; null for the
    outlet itself."""
    by_itself: bool
    """Whether the perpetrator says it of itself."""
    said_on: WhenRecord | None
    """When it was said; null where the text does not tell."""


LegalStatus = Literal["at_large", "held", "charged", "convicted", "acquitted", "released", "dead"]


@dataclass(frozen=True, kw_only=True)
class LegalRecord(Shape):
    """What the law has done with somebody, on whose word."""

    status: LegalStatus
    """Where the law has him."""
    according_to: str
    """Who says so, in words; the outlet where nobody is quoted."""
    chain: list[str]
    """Ids of the statements that carry it, outermost first; empty where the outlet says it itself."""
    evidence: list[Evidence]
    """The words that carry it."""


@dataclass(frozen=True, kw_only=True)
class PerpetratorRecord(Sourced, ActorValue):
    """Someone who did it or is said to have.

    Everyone here is alleged, by whom `according_to` tells, until convicted.
    """

    standing: Standing
    """The standing last given, never more than a statement says: see `history` for each and who gave it."""
    disputed: bool
    """Whether somebody denies it or doubts it."""
    legal_status: list[LegalRecord]
    """What the law has done with the person, in text order; apart from `standing`, which it does not move."""
    history: list[StandingRecord]
    """Every standing claimed, by day said (undated ones first), each with who says so."""


@dataclass(frozen=True, kw_only=True)
class TargetRecord(Sourced, TargetValue):
    """A physical thing that was attacked, with its sources."""


@dataclass(frozen=True, kw_only=True)
class VictimRecord(Sourced, VictimValue):
    """People to whom it was done, with the sources."""


@dataclass(frozen=True, kw_only=True)
class WeaponRecord(Sourced, WeaponValue):
    """What it was done with, with its sources."""


@dataclass(frozen=True, kw_only=True)
class TextRecord(Sourced, TextValue):
    """Damage, a motive or demand, or a circumstance, with its sources."""


@dataclass(frozen=True, kw_only=True)
class CountRecord(Sourced, QuantityValue):
    """One count, on one say-so."""

    said_on: WhenRecord | None
    """When it was said; null where the text does not tell."""


@dataclass(frozen=True, kw_only=True)
class RangeRecord(Shape):
    """How many people: the range that all counts span, and each count behind it, never averaged."""

    low: int | None
    """The lowest count that nobody denies; null where all are denied."""
    high: int | None
    """The highest count that nobody denies; null where one of them has no upper bound."""
    counts: list[CountRecord]
    """Each count with who says so, in text order."""


@dataclass(frozen=True, kw_only=True)
class SlotEvidence(Shape):
    """The words behind the values of an incident that are plain strings."""

    kind: list[Evidence]
    """The words that tell the kind."""
    stage: list[Evidence]
    """The words that tell the stage."""
    when: list[Evidence]
    """The words that give the time."""


@dataclass(frozen=True, kw_only=True)
class SourceRecord(Shape):
    """A source that does not go back to another of the list."""

    name: str
    """Who it is: a person, the body spoken for, an agency or an outlet."""
    kind: SpeakerKind
    """What kind of source it is."""


@dataclass(frozen=True, kw_only=True)
class IncidentRecord(Shape):
    """One event in the world, as this article tells it."""

    id: str
    """Unique within the article."""
    cluster: str | None
    """The id that all accounts of one incident share, its own where it is alone; null outside a database."""
    kind: str
    """The kind of event, out of the schema's list."""
    stage: Stage
    """Whether it was done, attempted or threatened."""
    background: bool
    """Whether it is history that the report only recalls."""
    when: str | None
    """EDTF: the first of the most precise times claimed; null where no time is given."""
    earliest: str | None
    """The first day `when` can be; null where the year is not known."""
    latest: str | None
    """The last day `when` can be; null where the year is not known. Without a `when`, the day of publication."""
    clock: str | None
    """The time of day; null where none is given."""
    time_precision: int | None
    """ACLED's time_precision: 1 the day, 2 within a week, 3 wider; null where the year is not known."""
    date_prec: int | None
    """UCDP's date_prec: 1 the day, 2 within 6 days, 3 a week, 4 to a month, 5 wider; null as above."""
    where: WhereRecord | None
    """The place; null where no place is given."""
    perpetrators: list[PerpetratorRecord]
    """Who did it or is said to have, one item each."""
    targets: list[TargetRecord]
    """The physical things attacked."""
    victims: list[VictimRecord]
    """The people to whom it was done."""
    weapons: list[WeaponRecord]
    """What it was done with."""
    killed: RangeRecord | None
    """How many were killed; null where no count is given."""
    wounded: RangeRecord | None
    """How many were wounded; null where no count is given."""
    abducted: RangeRecord | None
    """How many were abducted; null where no count is given."""
    arrested: RangeRecord | None
    """How many were arrested; null where no count is given."""
    attackers_killed: RangeRecord | None
    """How many of the attackers died in their own attack, who are not counted in `killed`; null where not told."""
    attackers_wounded: RangeRecord | None
    """How many of the attackers were wounded in it, who are not counted in `wounded`; null where not told."""
    shots: RangeRecord | None
    """How many shots were fired, or hit; null where not told."""
    damage: list[TextRecord]
    """What was damaged, in the article's words."""
    motive: list[TextRecord]
    """Motives and demands, in the article's words."""
    circumstances: list[TextRecord]
    """How it came about, in the article's words."""
    sources: list[SourceRecord]
    """The independent sources behind all claims: who quotes another, or copies him, is no source of his own."""
    evidence: SlotEvidence
    """The words behind `kind`, `stage` and `when`."""
    claims: list[ClaimRecord]
    """Every claim made about this incident, in text order."""


@dataclass(frozen=True, kw_only=True)
class Record(Shape):
    """All that was read from one article."""

    version: Literal["sayso/1"]
    """The version of this format."""
    article: ArticleRecord
    """The article."""
    entities: list[EntityRecord]
    """Who and what it names, in order of first mention."""
    statements: list[StatementRecord]
    """Who says what, in text order."""
    incidents: list[IncidentRecord]
    """What happened, in text order, background included."""
