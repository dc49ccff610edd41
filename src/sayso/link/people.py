"""Who is meant by a key or a name: people and groups over all articles, and what tells them apart."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable
from datetime import date
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from sqlalchemy import Connection, func, or_, select

from sayso.errors import InputError
from sayso.export.dossier import dossier, kind_of, name_of
from sayso.export.dossier_said import Account
from sayso.export.dossier_shapes import Candidate, Dossier
from sayso.link.subjects import keys_in
from sayso.link.view import origins
from sayso.merge import names
from sayso.merge.entities import keys_of, sketch_from
from sayso.merge.entities.sketch import Called, Sketch
from sayso.merge.incidents.words import Words
from sayso.merge.names import Kind
from sayso.model.entity import EntityKind
from sayso.store.fold import fold
from sayso.store.links import Kept, Links, batches
from sayso.store.rows import key_of
from sayso.store.store import Store
from sayso.store.tables import article, entity, name, sketch

LONGEST, SHORTEST = 200, 2
"""Letters of a name that is looked for, at most and at least."""
LIKE: Final = 0.5
"""How probable it has to be that two names name the same, where none holds the words."""
MOST = 100
"""So many different people and groups of a name are returned, unless more are asked for."""
COMPARED = 400
"""So many names that share a key with the one given are compared with it."""
NEAREST, LOOKED_AT = 3, 2_000
"""So many of the nearest names are told where none is like it, out of so many that begin alike."""
AT_ONCE = 30
"""Keys or numbers of articles in one query."""
_KEY = re.compile(r"[a-z2-7]{2,}")
NO_ONE = ("place", "object")
"""Kinds of entities that are neither people nor groups."""


class Who(NamedTuple):
    """One person or group: its key, and each article's sketch of it with the article's number."""

    key: str
    sketches: tuple[tuple[int, Sketch], ...]


class Search(NamedTuple):
    """Who was found, the one in most articles first, and how many there are in all; where nobody, what is near.

    `nearest` are the nearest names; `unlinked` is how many articles have the words in what is no name of one bearer.
    """

    found: list[Who]
    total: int
    nearest: list[str]
    unlinked: int = 0


def search(store: Store, given: str, begin: int = 0, most: int = MOST) -> Search:
    """Return whom a key or its beginning, or a name in any spelling or script, may mean: `most` from `begin` on.

    Names that hold the words come first; where none does, keys that begin so, then names that are probably the same.
    Raises InputError for what can be no name, and where no article of the database is linked.
    """
    words = checked(given)
    with store.reading() as connection:
        _check_linked(connection)
        links = Links(connection, "entity")
        start = given.strip().lower()
        exact = links.by_keys([start])
        keys = Counter(dict.fromkeys(exact, 1) or _holding(connection, words))
        part = slice(begin, begin + most)
        whos, total = _gathered(links, keys, part)
        if not total and _KEY.fullmatch(start):
            whos, total = _gathered(links, Counter(links.beginning(start, MOST)), part)
        if total:
            return Search(whos, total, [])
        like, near = _alike(links, given)
        whos, total = _gathered(links, like, part)
        if total:
            return Search(whos, total, [])
        return Search([], 0, _nearest(connection, words, near), _unlinked(connection, words))


def checked(given: str) -> str:
    """Return a name folded. Raises InputError where it is empty, of one letter, or too long to be one."""
    words = fold(given[: LONGEST + 1])
    short = " ".join(given[:40].split())
    if len(given.strip()) > LONGEST:
        raise InputError(
            f"is too long for a name, which has at most {LONGEST} letters",
            value=f"{short}...",
            next_step="Give less of it",
        )
    if len(words.strip()) < SHORTEST:
        raise InputError(
            "a name of at least two letters is needed, or a key", value=short or "(empty)", next_step="Give more of it"
        )
    return words


def _check_linked(connection: Connection) -> None:
    linked = connection.execute(select(sketch.c.number).where(sketch.c.subject == "entity").limit(1)).first()
    waits = connection.execute(select(article.c.number).where(article.c.current, article.c.linked.is_(None)).limit(1))
    if linked is None and waits.first() is not None:
        raise InputError(
            "the articles of this database have not been linked with each other", next_step="Run `sayso link` first"
        )


def waiting(store: Store) -> int:
    """Return how many articles have not been linked: what they say is in no dossier."""
    query = select(func.count()).select_from(article).where(article.c.current, article.c.linked.is_(None))
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def _holding(connection: Connection, words: str) -> Iterable[str]:
    """Return the keys of those who have a name that holds the words, whole and in a row."""
    query = (
        select(article.c.id, article.c.version, name.c.entity)
        .join_from(name, article, article.c.number == name.c.article)
        .join(entity, (entity.c.article == name.c.article) & (entity.c.id == name.c.entity))
        .where(name.c.key.contains(words, autoescape=True), article.c.current, entity.c.kind.not_in(NO_ONE))
    )
    rows = connection.execute(query.distinct())
    return [key_of(row.id, row.version, f"entity:{row.entity}") for row in rows]


def _unlinked(connection: Connection, words: str) -> int:
    """Return how many articles have the words in what is no name of one bearer: a description, a bare "Police"."""
    query = select(func.count(name.c.article.distinct())).join(article, article.c.number == name.c.article)
    holding = query.where(name.c.key.contains(words, autoescape=True), article.c.current)
    return int(connection.execute(holding).scalar_one())


def _gathered(links: Links, keys: Counter[str], part: slice) -> tuple[list[Who], int]:
    """Return a part of those to whom keys belong, and how many they are in all; those not linked are left out."""
    clusters = links.clusters_of(keys)
    kept = links.by_keys(key for key in keys if key not in clusters)
    met = Counter(clusters.get(key, key) for key in keys if key in clusters or key in kept)
    chosen = sorted(met, key=lambda key: (-met[key], key))[part]
    members = links.members(set(chosen) & set(clusters.values()))
    bodies = kept | links.by_keys(key for own in members.values() for key in own)
    found = [_who(key, [bodies[k] for k in members.get(key, [key]) if k in bodies]) for key in chosen]
    found = [who for who in found if who.sketches]
    return sorted(found, key=lambda who: (-len({n for n, _ in who.sketches}), who.key)), len(met)


def _who(key: str, kept: Iterable[Kept]) -> Who:
    return Who(key, tuple((one.report, sketch_from(one.body)) for one in sorted(kept)))


def _alike(links: Links, given: str) -> tuple[Counter[str], list[str]]:
    """Return the keys of those whose name is probably the same, and the names that are not, the likest first."""
    like: Counter[str] = Counter()
    others: dict[str, float] = {}
    for kind in ("person", "organization"):
        asked = keys_of(_sketch(given, kind))
        mine = names.name_of(given, kind)
        for kept in links.numbered(links.candidates(asked.strong, asked.weak, COMPARED)):
            found = sketch_from(kept.body)
            if found.kind != kind:
                continue
            score = max(names.compare(mine, names.name_of(called.name, kind)).score for called in found.called)
            if score >= LIKE:
                like[kept.key] = 1
            else:
                others[found.name] = max(score, others.get(found.name, 0.0))
    return like, sorted(others, key=lambda one: (-others[one], one))[:NEAREST]


def _sketch(given: str, kind: Kind) -> Sketch:
    """Return a sketch of nothing but a name."""
    return Sketch(
        key="", article="", id="", kind=kind, called=(Called(given, False),), born=None, age=None, gender=None,
        roles=frozenset(), nationalities=frozenset(), groups=(), kin=(), dead=False, armed=False, namesakes=(),
        published=None, own=frozenset(), countries=frozenset(), setting=(), parts=frozenset(),
        around=Words(array("I"), array("H")),
    )  # fmt: skip


def _nearest(connection: Connection, words: str, near: list[str]) -> list[str]:
    """Return the names nearest to one that nobody has: those that share a key with it, then what is spelled alike."""
    begins = [name.c.key.contains(f" {word[:3]}", autoescape=True) for word in words.split()[:4] if len(word) > 2]
    if not begins:
        return near
    query = select(name.c.name, name.c.key).join(article, article.c.number == name.c.article)
    query = query.where(article.c.current, or_(*begins)).distinct().order_by(name.c.key, name.c.name).limit(LOOKED_AT)
    likeness = {
        row.name: SequenceMatcher(None, words, row.key, autojunk=False).ratio()
        for row in connection.execute(query)
        if len(row.name) <= LONGEST and words not in row.key
    }
    spelled = sorted((one for one, ratio in likeness.items() if ratio >= LIKE), key=lambda n: (-likeness[n], n))
    return list(dict.fromkeys([*near, *spelled]))[:NEAREST]


def candidate(store: Store, who: Who) -> Candidate:
    """Return what tells one of several people or groups apart."""
    sketches = [one for _, one in who.sketches]
    born = [year for one in sketches if one.born for year in one.born]
    lands = Counter(land for one in sketches for land in one.countries) or Counter(
        land for one in sketches for land in one.setting[:1]
    )
    return Candidate(
        candidate=who.key,
        name=name_of([one.name for one in sketches]),
        kind=_kind(store, who),
        articles=len({number for number, _ in who.sketches}),
        born=[min(born), max(born)] if born else [],
        ages=sorted({one.age for one in sketches if one.age is not None}),
        roles=_most(role for one in sketches for role in one.roles),
        groups=_most(group for one in sketches for group in one.groups),
        countries=_most(lands.elements()),
        parts=sorted({part for one in sketches for part in one.parts if part}),
    )


def _most(values: Iterable[str]) -> list[str]:
    times = Counter(values)
    return sorted(times, key=lambda value: (-times[value], value))


def _kind(store: Store, who: Who) -> EntityKind:
    places = {(number, one.id) for number, one in who.sketches}
    found: list[EntityKind] = []
    with store.reading() as connection:
        for some in batches(sorted({number for number, _ in places}), AT_ONCE):
            query = select(entity.c.article, entity.c.id, entity.c.kind).where(entity.c.article.in_(some))
            found += [row.kind for row in connection.execute(query) if (row.article, row.id) in places]
    return kind_of(found)


def dossier_of(store: Store, who: Who, day: date | None = None) -> Dossier | None:
    """Return the dossier of a person or group, by `day` if one is given; None where nothing had been said by then."""
    entities: dict[int, dict[str, str]] = {}
    for number, one in who.sketches:
        entities.setdefault(number, {})[one.id] = one.key
    stored = list(store.readings(sorted(entities)))
    with store.reading() as connection:
        copies = origins(connection, {one.reading.article.id for one in stored})
        groups = Links(connection, "incident").clusters_of(key for one in stored for key in one.keys.values())
        own = {one.number: keys_in(one, "entity") for one in stored}
        linked = Links(connection, "entity").clusters_of(key for keys in own.values() for key in keys.values())
    accounts = (
        Account(
            reading=one.reading,
            entities=entities[one.number],
            people={id: linked[key] for id, key in own[one.number].items() if key in linked},
            incidents=one.keys,
            groups=groups,
        )
        for one in stored
    )
    return dossier(who.key, accounts, copies=copies, day=day)
