"""What two reports of an incident are compared by: a small record of each, made once from a reading."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from sayso.merge.incidents.words import Words, weigh, words_of
from sayso.model.claim import Actor, Claim, Quantity, Slot, Target, Victim, Weapon
from sayso.model.entity import Entity
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.when import When

COUNTS: tuple[Slot, ...] = ("killed", "wounded", "abducted", "arrested")
WIDEST = 400
"""Days beyond which an interval dates nothing."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of an incident: gazetteer id or folded name, country, degrees (None: not known), radius in km."""

    id: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    radius: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named: "victim", "perpetrator" or "arrested", the name as read, and whether it is a person's."""

    role: str
    name: str
    person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """One incident as one article tells it, in what tells incidents apart.

    `days` is the interval claimed of it, None where none is; `published` bounds it where it is known. `spots` are its
    places, the surest first. `counts` are the least and greatest number claimed by slot. `targets` and `people` are
    words of what and who was attacked. `words` are those of the report that weigh most, those about this incident the
    more so. `main` says that the article tells of it as news, `beside` that it is told of beside a more prominent one:
    part of that, as like as not, or only recalled. `prominence` ranks it among the article's others.
    """

    key: str
    article: str
    source: str | None
    published: date | None
    kind: str
    stage: str
    main: bool
    beside: bool
    prominence: float
    days: tuple[date, date] | None
    spots: tuple[Spot, ...]
    parties: tuple[Party, ...]
    people: frozenset[str]
    targets: frozenset[str]
    weapons: frozenset[str]
    counts: tuple[tuple[str, int, int | None], ...]
    words: Words
    names: Words


RESPONSES = frozenset({"arrest", "threat"})
"""Kinds that come of another deed, or announce one."""
REPORT = "report"
"""The kind of a report in which no incident was read (see `report.py`)."""
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
RADIUS = {"city": 8.0, "neighbourhood": 3.0, "landmark": 3.0, "region": 100.0, "area": 150.0, "country": 500.0}
"""How far from its point a place of a type may reach, in km: rough, and only used to doubt distances."""


def throughout(incident: Incident, first: Incident) -> bool:
    """Say whether an incident may be told throughout the report: it is news, of the day and place of the first one."""
    if incident is first or incident.background:
        return incident is first
    mine, other = (_days([c for c in i.claims if c.stance == "asserts"]) for i in (incident, first))
    if mine and other and (mine[0] > other[1] or other[0] > mine[1]):
        return False
    here, there = (_spots([c for c in i.claims if c.stance == "asserts"]) for i in (incident, first))
    names = {n for s in there for n in (s.id, s.country)}
    return (
        not (here and there)
        or any(s.id in names or (s.radius > 50 and s.country in names) for s in here)
        or any(s.radius > 50 and s.country in {h.country for h in here} for s in there)
    )


def sketch_of(incident: Incident, reading: Reading, key: str, whole: bool) -> Sketch:
    """Return a sketch of an incident, not ranked; `whole` says that the whole report may tell of it."""
    article = reading.article
    claims = [c for c in incident.claims if c.stance == "asserts"]
    return Sketch(
        key=key,
        article=article.id,
        source=article.agency or article.outlet,
        published=article.published,
        kind=incident.kind,
        stage=incident.stage,
        main=not incident.background,
        beside=False,
        prominence=0.0,
        days=_days(claims),
        spots=_spots(claims),
        parties=_parties(incident.claims, reading),
        people=_heads(c.value.description for c in claims if isinstance(c.value, Victim) and c.value.description),
        targets=_heads(c.value.name for c in claims if isinstance(c.value, Target)),
        weapons=frozenset(c.value.kind for c in claims if isinstance(c.value, Weapon) and c.value.kind != "unknown"),
        counts=_counts(claims),
        words=_words(incident, reading, whole),
        names=_names(incident, reading, whole),
    )


def _days(claims: Sequence[Claim]) -> tuple[date, date] | None:
    """Return the narrowest time among the likely ones."""
    times = [
        (c.value.latest - c.value.earliest, -c.confidence, c.value.earliest, c.value.latest)
        for c in _likely(claims, "when")
        if isinstance(c.value, When) and c.value.earliest and c.value.latest
    ]
    best = min(times, default=None)
    return (best[2], best[3]) if best and best[0].days <= WIDEST else None


def _likely(claims: Iterable[Claim], slot: Slot) -> list[Claim]:
    of = [c for c in claims if c.slot == slot]
    surest = max((c.confidence for c in of), default=0.0)
    return [c for c in of if c.confidence >= 0.6 * surest]


def _spots(claims: Sequence[Claim]) -> tuple[Spot, ...]:
    found: dict[str, Spot] = {}
    for c in sorted(_likely(claims, "where"), key=lambda c: -c.confidence):
        place = c.value
        if isinstance(place, Place) and place.names:
            spot = spot_of(place, c.confidence)
            found.setdefault(spot.id, spot)
    return tuple(sorted(found.values(), key=lambda s: (s.radius, -s.confidence, s.id))[:4])


def spot_of(place: Place, confidence: float) -> Spot:
    """Return a place with how far it may reach."""
    name = " ".join(words_of(place.names[0]))
    return Spot(
        id=place.gazetteer_id or f"name:{_bones(name)}",
        name=name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        radius=RADIUS.get(place.type, 50.0) if place.gazetteer_id else 30.0,
        confidence=confidence,
    )


def _bones(name: str) -> str:
    """Return what spellings of one name have in common: its consonants, without those that come and go."""
    bones = re.sub(r"[aeiouyhw ]|(.)(?=\1)", "", name.replace("q", "k"))
    return bones if len(bones) > 2 else name


def _parties(claims: Iterable[Claim], reading: Reading) -> tuple[Party, ...]:
    """Return who is called by a name; "a gunman" and "the suspect" are none."""
    found: dict[Party, None] = {}
    for c in claims:
        value = c.value
        if isinstance(value, Actor) and c.slot == "perpetrator" and (entity := _named(value.entity, reading)):
            found[Party("perpetrator", entity.name, entity.kind == "person")] = None
        elif isinstance(value, Victim) and (entity := _named(value.entity, reading)):
            role = "arrested" if value.effect == "arrested" else "victim"
            found[Party(role, entity.name, entity.kind == "person")] = None
        elif isinstance(value, Victim) and value.name and not value.entity:
            found[Party("arrested" if value.effect == "arrested" else "victim", value.name, True)] = None
    return tuple(sorted(found, key=lambda p: (p.role, p.name)))


def _named(id: str | None, reading: Reading) -> Entity | None:
    entity = reading.entity(id)
    return entity if entity and any(m.form in ("name", "alias") for m in entity.mentions) else None


def _heads(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(w for text in texts for w in words_of(text) if len(w) > 2)


def _counts(claims: Iterable[Claim]) -> tuple[tuple[str, int, int | None], ...]:
    found: dict[str, tuple[int, int | None]] = {}
    for c in claims:
        if c.slot in COUNTS and isinstance(c.value, Quantity):
            low, high = c.value.low, c.value.high
            before = found.get(c.slot)
            if before:
                open_end = high is None or before[1] is None
                low, high = min(low, before[0]), None if open_end else max(high or 0, before[1] or 0)
            found[c.slot] = (low, high)
    return tuple((slot, *found[slot]) for slot in COUNTS if slot in found)


def _words(incident: Incident, reading: Reading, whole: bool) -> Words:
    """Return the words of the report, those of its own paragraphs twice; of little else where not `whole`."""
    text, own = reading.article.text, _own(incident, reading)
    parts = [(text[start:end], 1.0) for start, end in own]
    if reading.article.title and reading.article.title not in text:
        parts.append((reading.article.title, 1.0))
    parts.append((text, 1.0 if whole else 0.15))
    return weigh(parts)


def _names(incident: Incident, reading: Reading, whole: bool) -> Words:
    """Return names and numbers alone: what the report shares with others of its kind is left out."""
    text, own = reading.article.text, _own(incident, reading)
    spans = [m.span for e in reading.entities for m in e.mentions if m.form in ("name", "alias")]
    spans += [p.span for p in reading.places]
    parts = [(s.text, 1.0 if whole or any(a <= s.start < b for a, b in own) else 0.15) for s in spans]
    for start, end in own or [(0, len(text))]:
        parts.append((" ".join(_NUMBER.findall(text[start:end])), 1.0))
    return weigh(parts)


def _own(incident: Incident, reading: Reading) -> list[tuple[int, int]]:
    """Return the paragraphs that tell of an incident; where only its day or place stands, others may be told of."""
    told = (c for c in incident.claims if c.slot not in ("when", "where"))
    at = {span.start for c in told for span in c.evidence} | {m.trigger.start for m in incident.mentions}
    return [(b.start, b.end) for b in reading.article.blocks if any(b.start <= n < b.end for n in at)]


def prominence(incident: Incident, reading: Reading) -> float:
    """Return how much of an article an incident is: told first, told of most, a deed rather than what came of it."""
    length = max(len(reading.article.text), 1)
    at = [span.start for c in incident.claims for span in c.evidence]
    first = min(at, default=length) / length
    deed = 0.0 if incident.kind in RESPONSES else 1.0
    return 2.0 * (1 - first) + min(len(incident.claims), 20) / 10 + deed - (4.0 if incident.background else 0.0)


def plain(sketch: Sketch) -> str:
    """Return a sketch as JSON, to be kept; `sketch_from` has it back, the same in every part."""
    parts = {name: getattr(sketch, name) for name in Sketch.__slots__}
    parts["spots"] = [astuple(spot) for spot in sketch.spots]
    parts["parties"] = [astuple(party) for party in sketch.parties]
    for name in _SETS:
        parts[name] = sorted(parts[name])
    for name in _WORDS:
        parts[name] = [parts[name].ids.tolist(), parts[name].weights.tolist()]
    return json.dumps(parts, default=lambda day: day.isoformat(), ensure_ascii=False, separators=(",", ":"))


_SETS = ("people", "targets", "weapons")
_WORDS = ("words", "names")


def sketch_from(text: str) -> Sketch:
    """Return the sketch that `plain` wrote."""
    parts: dict[str, Any] = json.loads(text)
    parts["published"] = date.fromisoformat(parts["published"]) if parts["published"] else None
    if parts["days"]:
        parts["days"] = tuple(map(date.fromisoformat, parts["days"]))
    parts["spots"] = tuple(Spot(*spot) for spot in parts["spots"])
    parts["parties"] = tuple(Party(*party) for party in parts["parties"])
    parts["counts"] = tuple((slot, low, high) for slot, low, high in parts["counts"])
    for name in _SETS:
        parts[name] = frozenset(parts[name])
    for name in _WORDS:
        parts[name] = Words(array("I", parts[name][0]), array("H", parts[name][1]))
    return Sketch(**parts)
