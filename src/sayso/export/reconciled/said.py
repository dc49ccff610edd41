"""What the reports say, claim by claim, each with whose word it is and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from sayso.export.origins import Origin, origin_of
from sayso.export.reconciled.held_shapes import ClaimRef, Words
from sayso.export.reconciled.same import fuller, same_origins
from sayso.export.sourcing import Sourcing
from sayso.export.withhold import MARK
from sayso.model.article import Article
from sayso.model.claim import Actor, Claim, Victim
from sayso.model.incident import Incident
from sayso.model.reading import Reading
from sayso.model.statement import SpeakerKind

Report = tuple[Reading, Incident]
Names = Callable[[str, str], str | None]
"""Leads from an article's id and an entity's to the name under which entities of several articles are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim in one report: the article, the first article where it is a copy, whose word it is, and the day.

    `origin` is the same for all claims of one independent source, and so is `source_id`; `named` is what this report
    calls it. One without a name counts as the outlet, but stays called what it is, of its `own_kind`. `day` is when it
    was said, at the latest the day of publication; None where neither is known. `cluster` names who the value's entity
    is in other articles too, `speaker` who its source is there.
    """

    claim: Claim
    article: str
    family: str
    origin: Origin
    named: str
    day: date | None
    sourcing: Sourcing
    cluster: str | None = None
    speaker: str | None = None
    source_id: str = ""
    own_kind: SpeakerKind | None = None

    @property
    def kind(self) -> SpeakerKind:
        """What kind of source says it."""
        return self.own_kind or self.origin.kind

    @property
    def ref(self) -> ClaimRef:
        """Where the claim stands."""
        return ClaimRef(article=self.article, claim=self.claim.id)

    @property
    def words(self) -> list[Words]:
        """The words that carry it."""
        return [
            Words(article=self.article, part=e.part, start=e.start, end=e.end, text=e.text)
            for e in self.sourcing.evidences(self.claim.evidence)
        ]


def ordered(reports: Iterable[Report]) -> list[Report]:
    """Return the reports by day of publication (undated last) and id, each once."""
    once = {(reading.article.id, incident.id): (reading, incident) for reading, incident in reports}
    return sorted(once.values(), key=lambda r: (r[0].article.published or date.max, r[0].article.id, r[1].id))


def family_of(article: str, copies: Mapping[str, str]) -> str:
    """Return the article that one is a copy of in the end; itself where it is none."""
    seen = [article]
    while (origin := copies.get(seen[-1], seen[-1])) not in seen:
        seen.append(origin)
    return seen[-1] if origin == seen[-1] else min(seen[seen.index(origin) :])


def all_said(reports: Sequence[Report], copies: Mapping[str, str], names: Names | None) -> list[Said]:
    """Return every claim of the reports, in their order."""
    firsts: dict[str, Article] = {}
    days: dict[str, date] = {}
    for reading, _ in reports:
        article, family = reading.article, family_of(reading.article.id, copies)
        if family not in firsts or article.id == family:
            firsts[family] = article
        if article.published:
            days[family] = min(days.get(family, date.max), article.published)
    said: list[Said] = []
    for reading, incident in reports:
        family = family_of(reading.article.id, copies)
        said += _in_report(reading, incident, firsts[family], days.get(family), names)
    return counted(said)


def _in_report(
    reading: Reading, incident: Incident, first: Article, published: date | None, names: Names | None
) -> Iterator[Said]:
    """Yield the claims of one report; `first` is the article that it copies, `published` the day of the first copy."""
    sourcing, article = Sourcing(reading), reading.article.id
    entities = {name.casefold(): entity.id for entity in reversed(reading.entities) for name in entity.names}
    for claim in incident.claims:
        statements = sourcing.statements(claim.chain)
        if _told_by_another(claim, sourcing):
            statements = statements[:-1]
        origin = origin_of(statements, first)
        nameless = bool(statements) and origin == origin_of((), first)
        speaker = entities.get(origin.name.casefold()) if MARK not in origin.name else None
        yield Said(
            claim=claim,
            article=article,
            family=first.id,
            origin=origin,
            named=f"{sourcing.speaker(statements[-1])}, via {origin.name}" if nameless else origin.name,
            own_kind=statements[-1].speaker_kind if nameless else None,
            day=_day(sourcing.said_on(claim), published),
            sourcing=sourcing,
            cluster=_cluster(claim, article, names),
            speaker=names(article, speaker) if names and speaker else None,
        )


def _told_by_another(claim: Claim, sourcing: Sourcing) -> bool:
    """Say whether the innermost statement of a claim is only told of by whoever stands by it.

    That somebody has confessed is the word of whoever tells of it, and nobody accuses himself.
    """
    own = sourcing.by_itself(claim)
    if claim.standing == "confessed":
        return not own or len(claim.chain) > 1
    return own and claim.stance == "asserts" and claim.standing not in (None, "claimed", "denied")


def counted(said: Sequence[Said]) -> list[Said]:
    """Return what is said with the source that each is counted as: who is one by `speaker`, then who is by name."""
    fullest: dict[str, str] = {}
    for one in said:
        if one.speaker:
            fullest[one.speaker] = fuller(one.named, fullest.get(one.speaker, one.named))
    named = [Origin(fullest[one.speaker], one.origin.kind) if one.speaker else one.origin for one in said]
    told: dict[Origin, set[str]] = {}
    for one, origin in zip(said, named, strict=True):
        told.setdefault(origin, set()).add(one.family)
    known = same_origins(told)
    ids = {origin: f"source.{number}" for number, origin in enumerate(sorted(set(known.values())), 1)}
    return [
        replace(one, origin=known[origin], source_id=ids[known[origin]])
        for one, origin in zip(said, named, strict=True)
    ]


def _day(when: object, published: date | None) -> date | None:
    """Return the day something was said: never after it was published, which it counts by where it is not dated."""
    latest = getattr(when, "latest", None)
    return min((day for day in (latest, published) if isinstance(day, date)), default=None)


def _cluster(claim: Claim, article: str, names: Names | None) -> str | None:
    """Return who it is in other articles; one whose name is withheld is nobody else's namesake."""
    value = claim.value
    if not isinstance(value, Actor | Victim):
        return None
    found = names(article, value.entity) if names and value.entity else None
    return found or (f"{article} {value.entity or claim.id}" if MARK in (value.name or "") else None)


def sources_of(said: Iterable[Said]) -> list[Origin]:
    """Return the independent sources of what is said, each once, by name."""
    return sorted({one.origin for one in said})


def called(said: Iterable[Said]) -> str:
    """Return the fullest name that reports have for one source."""
    return reduce(fuller, (one.named for one in said))


def names_of(said: Iterable[Said]) -> list[str]:
    """Return the names of the independent sources of what is said: authorities first, then who was heard last."""
    groups: dict[Origin, list[Said]] = {}
    for one in said:
        groups.setdefault(one.origin, []).append(one)
    last = {origin: max((one.day or date.min for one in of), default=date.min) for origin, of in groups.items()}
    official = {origin for origin, of in groups.items() if any(one.kind == "authority" for one in of)}
    order = sorted(groups, key=lambda origin: (origin not in official, -last[origin].toordinal(), origin))
    return [called(groups[origin]) for origin in order]


def days_of(said: Iterable[Said]) -> tuple[str | None, str | None]:
    """Return the first and the last day on which any of it was said; None where no day is known."""
    days = [one.day for one in said if one.day]
    return (min(days).isoformat(), max(days).isoformat()) if days else (None, None)
