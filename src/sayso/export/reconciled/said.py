"""What the reports say, claim by claim, each with whose word it is and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sayso.export.origins import Origin, independent, origin_of
from sayso.export.reconciled.agreement import folded
from sayso.export.reconciled.shapes import ClaimRef, Words
from sayso.export.sourcing import Sourcing
from sayso.export.withhold import MARK
from sayso.model.article import Article
from sayso.model.claim import Actor, Claim, Victim
from sayso.model.incident import Incident
from sayso.model.reading import Reading

Report = tuple[Reading, Incident]
Names = Callable[[str, str], str | None]
"""Leads from an article's id and an entity's to the name under which entities of several articles are one."""


TITLES = frozenset({"mr", "mrs", "ms", "dr", "news", "agency"})
"""Words by which `origins.independent` does not tell sources apart either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim in one report: the article, the first article where it is a copy, whose word it is, and the day.

    `origin` is the same for all claims of one independent source, and so is `source_id`; `named` is what this report
    calls it. `day` is when it was said, at the latest the day of
    publication; None where neither is known. `cluster` names who the value's entity is in other articles too.
    """

    claim: Claim
    article: str
    family: str
    origin: Origin
    named: str
    day: date | None
    sourcing: Sourcing
    cluster: str | None = None
    source_id: str = ""

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
    sourcings = {reading.article.id: Sourcing(reading) for reading, _ in reports}
    said = []
    for reading, incident in reports:
        family, sourcing = family_of(reading.article.id, copies), sourcings[reading.article.id]
        for claim in incident.claims:
            said.append(
                Said(
                    claim=claim,
                    article=reading.article.id,
                    family=family,
                    origin=(origin := origin_of(sourcing.statements(claim.chain), firsts[family])),
                    named=origin.name,
                    day=_day(sourcing.said_on(claim), days.get(family)),
                    sourcing=sourcing,
                    cluster=_cluster(claim, reading.article.id, names),
                )
            )
    told: dict[Origin, set[str]] = {}
    for one in said:
        told.setdefault(one.origin, set()).add(one.family)
    known = same_origins(told)
    ids = {origin: f"source.{number}" for number, origin in enumerate(sorted(set(known.values())), 1)}
    return [replace(one, origin=known[one.origin], source_id=ids[known[one.origin]]) for one in said]


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


def same_origins(origins: Mapping[Origin, Iterable[str]]) -> dict[Origin, Origin]:
    """Return for each origin the one it is counted as, by the rule of `origins.independent`, whatever their order.

    `origins` has the articles that name each. The fuller name stands for the shorter one that it holds; where several
    hold it ("the ministry"), the one of the same article, and where that tells nothing, the shorter name stays apart
    rather than be laid to another's charge. Of kinds, an authority's is kept.
    """
    leaders: list[Origin] = []
    names: list[frozenset[str]] = []
    near: list[set[str]] = []
    having: dict[str, list[int]] = {}
    counted: dict[Origin, int] = {}
    for origin in sorted(origins, key=lambda o: (-len(_telling(o.name)), o.name, o.kind)):
        articles, words = set(origins[origin]), _telling(origin.name)
        fits = [k for k in min((having.get(word, []) for word in words), key=len) if _one((leaders[k], origin))]
        closer = fits if len(fits) <= 1 else [k for k in fits if names[k] == words or near[k] & articles]
        if len(closer) != 1:
            for word in words:
                having.setdefault(word, []).append(len(leaders))
            leaders.append(origin)
            names.append(words)
            near.append(set())
        k = counted[origin] = closer[0] if len(closer) == 1 else len(leaders) - 1
        near[k] |= articles
        if origin.kind == "authority":
            leaders[k] = Origin(leaders[k].name, "authority")
    return {origin: leaders[k] for origin, k in counted.items()}


def _telling(name: str) -> frozenset[str]:
    """Return the words of a name that tell one source from another; those of all where none does."""
    words = folded(name)
    return words - TITLES or words


def _one(origins: tuple[Origin, Origin]) -> bool:
    return len(independent(origins)) == 1


def sources_of(said: Iterable[Said]) -> list[Origin]:
    """Return the independent sources of what is said, each once, by name."""
    return sorted({one.origin for one in said})


def called(said: Iterable[Said]) -> str:
    """Return the fullest name that reports have for one source."""
    return min((one.named for one in said), key=lambda name: (-len(folded(name)), -len(name), name))


def names_of(said: Iterable[Said]) -> list[str]:
    """Return the names of the independent sources of what is said: authorities first, then who was heard last."""
    groups: dict[Origin, list[Said]] = {}
    for one in said:
        groups.setdefault(one.origin, []).append(one)
    last = {origin: max((one.day or date.min for one in of), default=date.min) for origin, of in groups.items()}
    order = sorted(groups, key=lambda origin: (origin.kind != "authority", -last[origin].toordinal(), origin))
    return [called(groups[origin]) for origin in order]


def days_of(said: Iterable[Said]) -> tuple[str | None, str | None]:
    """Return the first and the last day on which any of it was said; None where no day is known."""
    days = [one.day for one in said if one.day]
    return (min(days).isoformat(), max(days).isoformat()) if days else (None, None)
