"""People and groups as the desk shows them: who is meant, how they stand and by whom, the dossier, who is whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import Connection, func, select

from sayso.desk.alleged import Alleged, alleged_each
from sayso.desk.desk import Desk
from sayso.desk.errors import NotFoundError
from sayso.desk.kept import kept
from sayso.errors import InputError
from sayso.export.dossier_shapes import Candidate, Dossier
from sayso.export.protected import protected_names
from sayso.link import people
from sayso.link.judge import known
from sayso.link.people import Who
from sayso.merge.entities import sketch_from
from sayso.model.judgement import Judgement
from sayso.store import changes
from sayso.store.links import Kept, Links, batches, judgements
from sayso.store.rows import key_of
from sayso.store.store import Store
from sayso.store.tables import article, change, claim, cluster_member, sketch

MOST = 100
"""So many people and groups are listed where no name is asked for."""
LOOKED_AT = 40
"""So many articles tell what somebody who is in many is."""
MOST_READ = 200
"""So many articles, the newest, are read for a dossier."""
AT_ONCE = 500
Order = Literal["articles", "accused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list: what tells somebody apart, and every way in which they are said to have done something."""

    candidate: Candidate
    alleged: tuple[Alleged, ...]

    @property
    def key(self) -> str:
        """The key of the person or group."""
        return self.candidate.candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that the page of a person or group shows.

    `dossier` is None where nothing had been said by the day asked for. It is read from `read` of `total` articles, the
    newest. `withheld` says that exports hide the name. `decisions` are people's judgements that touch it, those taken
    back too, the oldest first; `seen` is the number of the newest change of such judgements.
    """

    key: str
    name: str
    dossier: Dossier | None
    read: int
    total: int
    withheld: bool
    decisions: tuple[Judgement, ...]
    seen: int


def most(desk: Desk, order: Order = "articles") -> list[Listed]:
    """Return those who are in most articles, or those who are accused most often, the first of them first."""
    return kept(desk, ("people", order), lambda store: _most(store, order), patient=True)


def _most(store: Store, order: Order) -> list[Listed]:
    with store.reading() as connection:
        found = _in_most_articles(connection) if order == "articles" else _most_accused(connection)
        links = Links(connection, "entity")
        whos = [(_who(connection, links, key), count) for key, count in found]
    rows = listed(store, [who for who, _ in whos if who.sketches])
    counts = {who.key: count for who, count in whos}
    if order == "accused":
        return [row for row in rows if row.alleged]
    full = [replace(row, candidate=replace(row.candidate, articles=_count(row, counts))) for row in rows]
    return sorted(full, key=lambda row: (-row.candidate.articles, row.candidate.name, row.key))


def _count(row: Listed, counts: dict[str, int]) -> int:
    """Return in how many articles somebody is: counted where all were looked at, else as many as were linked."""
    linked = counts[row.key]
    return row.candidate.articles if linked <= LOOKED_AT else linked


def _in_most_articles(connection: Connection) -> list[tuple[str, int]]:
    count = func.count()
    query = select(cluster_member.c.cluster, count).where(cluster_member.c.subject == "entity")
    query = query.group_by(cluster_member.c.cluster).order_by(count.desc(), cluster_member.c.cluster).limit(MOST)
    return [(cluster, number) for cluster, number in connection.execute(query)]


def _most_accused(connection: Connection) -> list[tuple[str, int]]:
    """Return whoever bears the names that claims blame most often: by name first, for that needs no claim's article."""
    count = func.count()
    named = select(claim.c.key, count.label("n")).where(claim.c.slot == "perpetrator", claim.c.key.is_not(None))
    names = connection.execute(named.group_by(claim.c.key).order_by(count.desc(), claim.c.key).limit(2 * MOST)).all()
    met: dict[str, int] = {}
    for name, number in names:
        key = _bearer(connection, name)
        if key is not None:
            met[key] = met.get(key, 0) + int(number)
    clusters = Links(connection, "entity").clusters_of(met)
    found: dict[str, int] = {}
    for key, number in met.items():
        found[clusters.get(key, key)] = found.get(clusters.get(key, key), 0) + number
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST]


def _bearer(connection: Connection, name: str) -> str | None:
    """Return the key of one who is blamed under a folded name; None where the claims name nobody in particular."""
    of = (claim.c.slot == "perpetrator", claim.c.key == name, claim.c.entity.is_not(None), claim.c.retired.is_(None))
    joined = claim.join(article, article.c.number == claim.c.article)
    query = select(article.c.id, article.c.version, claim.c.entity).select_from(joined).where(*of, article.c.current)
    row = connection.execute(query.limit(1)).first()
    return key_of(row.id, row.version, f"entity:{row.entity}") if row else None


def _who(connection: Connection, links: Links, cluster: str) -> Who:
    mine = (cluster_member.c.subject == "entity", cluster_member.c.cluster == cluster)
    query = select(cluster_member.c.key).where(*mine).order_by(cluster_member.c.key).limit(LOOKED_AT)
    keys = [row.key for row in connection.execute(query)] or [cluster]
    return _made(cluster, links.by_keys(keys).values())


def _made(key: str, sketches: Iterable[Kept]) -> Who:
    return Who(key, tuple((one.report, sketch_from(one.body)) for one in sorted(sketches)))


def listed(store: Store, whos: Sequence[Who]) -> list[Listed]:
    """Return what tells people and groups apart, and how they stand, in their order."""
    with store.reading() as connection:
        stands = alleged_each(connection, [{(n, s.id) for n, s in who.sketches[-LOOKED_AT:]} for who in whos])
    return [Listed(candidate=people.candidate(store, who), alleged=of) for who, of in zip(whos, stands, strict=True)]


def view(desk: Desk, given: str, day: date | None = None) -> View:
    """Return the page of the person or group of a key or its beginning, as of `day` if one is given.

    A key leads to everyone it has been linked with. Raises NotFoundError where there is none.
    """
    with desk.reading() as store, store.reading() as connection:
        links = Links(connection, "entity")
        try:
            start = known(links, given)
        except InputError as error:
            raise NotFoundError(error.message, value=error.value, next_step="Search for the name") from error
        key = links.clusters_of([start]).get(start, start)
        keys = links.members([key]).get(key, [key])
        decisions = tuple(decided(connection, keys))
        seen = newest(connection)
    found, read, total, withheld = kept(desk, ("dossier", key, day), lambda store: _dossier(store, key, keys, day))
    name = found.name if found else _name(desk, key)
    return View(
        key=key, name=name, dossier=found, read=read, total=total, withheld=withheld, decisions=decisions, seen=seen
    )


def _dossier(store: Store, key: str, keys: Sequence[str], day: date | None) -> tuple[Dossier | None, int, int, bool]:
    with store.reading() as connection:
        every = sorted(set(_reports(connection, keys, day)), reverse=True)
        chosen = {number for _, number in every[:MOST_READ]}
        bodies = Links(connection, "entity").by_keys(keys).values()
    who = _made(key, (one for one in bodies if one.report in chosen))
    found = people.dossier_of(store, who, day) if who.sketches else None
    return found, min(len(every), MOST_READ), len(every), is_withheld(store, who)


def _reports(connection: Connection, keys: Sequence[str], day: date | None) -> Iterable[tuple[str, int]]:
    """Yield the day of publication and the number of each article that has one of these keys, by `day`."""
    joined = sketch.join(article, article.c.number == sketch.c.report)
    for some in batches(keys, AT_ONCE):
        query = select(article.c.published, article.c.number).select_from(joined).where(sketch.c.key.in_(some))
        for published, number in connection.execute(query):
            if day is None or published is None or published <= day:
                yield published.isoformat() if published else "", number


def _name(desk: Desk, key: str) -> str:
    with desk.reading() as store, store.reading() as connection:
        found = Links(connection, "entity").by_keys([key]).get(key)
    return str(sketch_from(found.body).name) if found else key


def is_withheld(store: Store, who: Who) -> bool:
    """Say whether exports withhold the name: in some article it is a minor's, a witness's or such a victim's."""
    mine = {(number, sketch.id) for number, sketch in who.sketches if sketch.kind == "person"}
    for stored in store.readings(sorted({number for number, _ in mine})):
        hidden = {name for names in protected_names(stored.reading) for name in names}
        own = [e for e in stored.reading.entities if (stored.number, e.id) in mine]
        if any(hidden & {entity.name, *entity.names} for entity in own):
            return True
    return False


def decided(connection: Connection, keys: Sequence[str]) -> list[Judgement]:
    """Return what people have decided of these keys, also what was taken back, the oldest first."""
    if len(keys) > AT_ONCE:
        return Links(connection, "entity").decided(keys)
    found = {j.number: j for key in keys for j in judgements(connection, key=key)}
    return [found[number] for number in sorted(found) if found[number].score is None]


def newest(connection: Connection) -> int:
    """Return the number of the newest decision of who is whom; 0 where there is none."""
    return int(connection.execute(select(func.max(change.c.number)).where(change.c.subject == "entity")).scalar() or 0)


def since(connection: Connection, keys: Iterable[str], seen: int) -> list[changes.Change]:
    """Return the decisions about any of these keys after change number `seen`, the newest first."""
    own = set(keys)
    query = select(change).where(change.c.subject == "entity", change.c.number > seen).order_by(change.c.number.desc())
    every = [changes.Change(**row) for row in connection.execute(query).mappings()]
    return [one for one in every if own & set(one.object.split())]
