"""What a person or an organization of one article is compared by: a small record, made once from a reading."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from sayso.merge.entities.naming import folded, is_bare, is_shared, read
from sayso.merge.entities.stated import stated_aliases
from sayso.merge.incidents.words import Words, weigh
from sayso.merge.names import Kind
from sayso.model.claim import Actor, Claim, Victim
from sayso.model.entity import Entity, Fact, FactName
from sayso.model.place import Place
from sayso.model.reading import Reading

MOST = 60
"""So many entities of an article are sketched: all that take part in a claim first, then the most mentioned."""
NAMES = 6
"""So many names of an entity are kept, and so many of its groups, roles and kin."""
LOOKED_AT = 200
"""So many mentions of an entity are looked at, and so many names and places around it."""
NEAR, FAR = 10, 3
"""What a name counts for that stands in a paragraph of the entity, and one that does not."""
OLDEST = 115
"""Years of the oldest people."""


@dataclass(frozen=True, slots=True)
class Called:
    """A name of an entity; `alias` where the text states that the entity bears it beside its own name."""

    name: str
    alias: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """One named entity as one article tells of it, in what tells people and organizations apart.

    `called` are its names, the fullest first, without those that only shorten another. `born` bounds the year of birth;
    `age` is as told where the article has no day. `roles`, `nationalities` (codes of countries, or names), `groups` and
    `kin` are what the text says of it. `own` are the countries in its name; `countries` those of incidents in which it
    takes part, `setting` those of the article, the most told of first. `namesakes` are other people of the article that
    have its last name. `parts` are "perpetrator", "arrested", "victim" and "speaker". `around` are the names of others
    in the article, the rare and the near ones the more.
    """

    key: str
    article: str
    id: str
    kind: Kind
    called: tuple[Called, ...]
    born: tuple[int, int] | None
    age: int | None
    gender: str | None
    roles: frozenset[str]
    nationalities: frozenset[str]
    groups: tuple[str, ...]
    kin: tuple[str, ...]
    dead: bool
    armed: bool
    namesakes: tuple[str, ...]
    published: date | None
    own: frozenset[str]
    countries: frozenset[str]
    setting: tuple[str, ...]
    parts: frozenset[str]
    around: Words

    @property
    def name(self) -> str:
        """Return the fullest name."""
        return self.called[0].name


def sketches_of(reading: Reading, keys: dict[str, str] | None = None) -> list[Sketch]:
    """Return a sketch of each entity with a name of its own; `keys` are the entities' keys by id (None: the ids)."""
    parts = _parts(reading)
    named = [e for e in reading.entities if _is_named(e)]
    ranked = sorted(named, key=lambda e: (e.id not in parts, -len(e.mentions)))[:MOST]
    kept = {e.id for e in ranked}
    article = _Article(reading, parts)
    return [article.sketch(e, (keys or {}).get(e.id, e.id)) for e in named if e.id in kept]


def _is_named(entity: Entity) -> bool:
    """Return whether an entity has a proper name; a place, a description and a bare "Police" are none."""
    if entity.kind in ("place", "object") or not _names(entity):
        return False
    name = entity.name
    if entity.kind != "person" and is_shared(name) and is_bare(name, "organization"):
        return False
    return any(m.form in ("name", "alias") for m in entity.mentions[:LOOKED_AT])


def _kind(entity: Entity) -> Kind:
    return "person" if entity.kind == "person" else "organization"


def _names(entity: Entity) -> tuple[Called, ...]:
    """Return the names that tell something, without those whose words another has."""
    kind, found = _kind(entity), list[Called]()
    said = {m.span.text.casefold() for m in entity.mentions[:LOOKED_AT] if m.form == "alias"}
    seen: set[str] = set()
    for name in dict.fromkeys(n for whole in entity.names[: 4 * NAMES] for n in _apart(whole, kind)):
        words = {t.text for t in read(name, kind).core}
        letters = sum(map(len, words))
        if letters < (3 if kind == "person" and found else 2) or words <= seen or name.islower():
            continue
        found.append(Called(name, bool(found) and (not words & seen or name.casefold() in said)))
        seen |= words
    return tuple(found[:NAMES])


_QUOTED = re.compile(r"""\s["'“‘]([^"'“”‘’]{2,30})["'”’]\s""")


def _apart(name: str, kind: Kind) -> list[str]:
    """Return a person's name without the nickname that stands in it in quotation marks, and the nickname."""
    nick = _QUOTED.search(name) if kind == "person" else None
    return [f"{name[: nick.start()]} {name[nick.end() :]}", nick[1]] if nick else [name]


Parts = dict[str, tuple[set[str], set[str]]]
"""By entity: the parts that it takes in claims, and the countries of those incidents."""


def _parts(reading: Reading) -> Parts:
    found: Parts = {}
    for incident in reading.incidents:
        countries = _countries(incident.claims)
        for claim in incident.claims:
            part, id = _part(claim)
            if id:
                parts, lands = found.setdefault(id, (set(), set()))
                parts.add(part)
                lands |= countries
    for statement in reading.statements:
        if statement.speaker_id:
            found.setdefault(statement.speaker_id, (set(), set()))[0].add("speaker")
    return found


def _part(claim: Claim) -> tuple[str, str | None]:
    value = claim.value
    if isinstance(value, Actor) and claim.slot == "perpetrator":
        return ("accused" if claim.standing in ("denied", "acquitted") else "perpetrator"), value.entity
    if isinstance(value, Victim):
        return ("arrested" if value.effect == "arrested" else "victim"), value.entity
    return "", None


def _countries(claims: Iterable[Claim]) -> set[str]:
    places = [(c.confidence, c.value) for c in claims if c.slot == "where" and isinstance(c.value, Place)]
    surest = max((confidence for confidence, _ in places), default=0.0)
    return {p.country for confidence, p in places if p.country and confidence >= 0.6 * surest}


class _Article:
    """What is the same for all entities of an article."""

    def __init__(self, reading: Reading, parts: Parts) -> None:
        self.reading = reading
        self.parts = parts
        self.starts = [b.start for b in reading.article.blocks]
        self.aliases = stated_aliases(reading)
        self.places = [(p.span.start, p.span.end, p.place.country) for p in reading.places if p.place.country]
        lands = Counter(country for _, _, country in self.places)
        self.setting = tuple(c for c, n in lands.most_common() if n >= 0.3 * sum(lands.values()))
        self.blocks = {e.id: self._blocks(e) for e in reading.entities}
        self.others = [(e.id, m) for e in reading.entities for m in self._spelled(e)][:LOOKED_AT]
        self.full = {e.id: e.name for e in reading.entities if e.kind == "person" and _is_named(e)}
        self.spots = [(p.span.text, bisect_right(self.starts, p.span.start)) for p in reading.places[:LOOKED_AT]]

    def _blocks(self, entity: Entity) -> frozenset[int]:
        return frozenset(bisect_right(self.starts, m.span.start) for m in entity.mentions[:LOOKED_AT])

    def _spelled(self, entity: Entity) -> list[str]:
        return list(entity.names[:NAMES]) if any(m.form == "name" for m in entity.mentions[:LOOKED_AT]) else []

    def sketch(self, entity: Entity, key: str) -> Sketch:
        published, ages = self.reading.article.published, _whole_numbers(entity, "age")
        born = _born(_whole_numbers(entity, "birth_year"), ages, published)
        parts, countries = self.parts.get(entity.id, (set(), set()))
        return Sketch(
            key=key,
            article=self.reading.article.id,
            id=entity.id,
            kind=_kind(entity),
            called=(*_names(entity), *(Called(n, True) for n in self.aliases.get(entity.id, {}).values()))[:NAMES],
            born=born,
            age=ages[0] if ages and born is None else None,
            gender=next((f.value for f in entity.facts if f.name == "gender"), None),
            roles=frozenset(_values(entity, ("role",))),
            nationalities=frozenset(self._nation(f) for f in entity.facts if f.name == "nationality"),
            groups=_values(entity, ("member_of", "leader_of", "founder_of")),
            kin=_values(entity, ("kin_of",)),
            dead=any(f.name == "death" for f in entity.facts),
            armed=entity.armed,
            namesakes=self._namesakes(entity),
            published=published,
            own=self._own(entity),
            countries=frozenset(countries),
            setting=self.setting,
            parts=frozenset(parts),
            around=self._around(entity),
        )

    def _namesakes(self, entity: Entity) -> tuple[str, ...]:
        last = folded(entity.name).split()[-1:] if entity.id in self.full else []
        found = (n for id, n in self.full.items() if last and id != entity.id and last[0] in folded(n).split()[1:])
        return tuple(dict.fromkeys(found))[:NAMES]

    def _within(self, start: int, end: int) -> set[str]:
        return {country for a, b, country in self.places if country and a < end and start < b}

    def _own(self, entity: Entity) -> frozenset[str]:
        if entity.kind == "person":
            return frozenset()
        spans = [m.span for m in entity.mentions[:LOOKED_AT] if m.form == "name"][:NAMES]
        return frozenset(c for s in spans for c in self._within(s.start, s.end))

    def _nation(self, fact: Fact) -> str:
        codes = self._within(fact.evidence.start, fact.evidence.end)
        return min(codes) if len(codes) == 1 else fact.value

    def _around(self, entity: Entity) -> Words:
        mine, own = self.blocks[entity.id], {w for n in entity.names[: 4 * NAMES] for w in folded(n).split()}
        near = Counter[str]()
        for id, name in self.others:
            if id != entity.id:
                near[name] += NEAR if self.blocks[id] & mine else FAR
        for name, block in self.spots:
            near[name] += NEAR if block in mine else FAR
        parts = (
            (" ".join(w for w in folded(n).split() if w not in own), min(x, 4 * NEAR) / NEAR) for n, x in near.items()
        )
        return weigh(parts)


def _values(entity: Entity, names: tuple[FactName, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f.value for f in entity.facts if f.name in names))[:NAMES]


def _whole_numbers(entity: Entity, name: FactName) -> list[int]:
    return [int(f.value) for f in entity.facts if f.name == name and f.value.isdecimal() and len(f.value) < 5]


def _born(years: list[int], ages: list[int], published: date | None) -> tuple[int, int] | None:
    if years:
        return years[0], years[0]
    if ages and published and 0 < ages[0] <= OLDEST:
        return published.year - ages[0] - 1, published.year - ages[0]
    return None


_SETS = ("roles", "nationalities", "own", "countries", "parts")
_LISTS = ("groups", "kin", "namesakes", "setting")


def home(sketch: Sketch) -> frozenset[str]:
    """Return the country of a body: as its name has it, else of its incidents, else the one most told of."""
    if sketch.own:
        return sketch.own
    return sketch.countries if len(sketch.countries) == 1 else frozenset(sketch.setting[:1])


def plain(sketch: Sketch) -> str:
    """Return a sketch as JSON, to be kept; `sketch_from` has it back, the same in every part."""
    parts = {name: getattr(sketch, name) for name in Sketch.__slots__}
    parts["called"] = [astuple(called) for called in sketch.called]
    for name in _SETS:
        parts[name] = sorted(parts[name])
    parts["around"] = [sketch.around.ids.tolist(), sketch.around.weights.tolist()]
    return json.dumps(parts, default=lambda day: day.isoformat(), separators=(",", ":"))


def sketch_from(text: str) -> Sketch:
    """Return the sketch that `plain` wrote."""
    parts: dict[str, Any] = json.loads(text)
    parts["published"] = date.fromisoformat(parts["published"]) if parts["published"] else None
    parts["called"] = tuple(Called(*called) for called in parts["called"])
    parts["born"] = tuple(parts["born"]) if parts["born"] else None
    for name in _LISTS:
        parts[name] = tuple(parts[name])
    for name in _SETS:
        parts[name] = frozenset(parts[name])
    parts["around"] = Words(array("I", parts["around"][0]), array("H", parts["around"][1]))
    return Sketch(**parts)
