"""What links tell, to be read: the cluster of an incident, the incidents that an article is about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from sayso.export.as_of import as_of
from sayso.export.dossier import name_of
from sayso.export.reconciled import ReconciledRecord, reconcile
from sayso.link.linker import MOST
from sayso.merge.incidents import keys_of, sketch_from
from sayso.merge.incidents.report import report_of, told_by
from sayso.merge.incidents.sketch import RESPONSES, Sketch
from sayso.store.links import AT_ONCE, Links, batches
from sayso.store.rebuild import Stored, rebuild
from sayso.store.store import Store
from sayso.store.tables import article, cluster_member, incident, sketch

BESIDE = 1.0
"""By how much less prominent than an article's first incident another may be to be one of its main ones too."""


class Told(NamedTuple):
    """What an article is about: the clusters of its main incidents, the most prominent first, and whose copy it is."""

    incidents: tuple[str, ...]
    copy_of: str | None


class Report(NamedTuple):
    """One article's account of an incident: the article as it is stored, and the incident's key."""

    stored: Stored
    key: str


def reports_of(store: Store, key: str) -> list[Report]:
    """Return all accounts of the incident of a key, by article number; that one alone where it is not linked."""
    with store.reading() as connection:
        links = Links(connection, "incident")
        cluster = links.clusters_of([key]).get(key)
        keys = links.members([cluster])[cluster] if cluster else [key]
        return accounts(connection, keys)


def clusters_of_many(store: Store) -> Iterator[list[Report]]:
    """Yield the accounts of each incident that several articles, or one several times, tell of."""
    with store.reading() as connection:
        query = select(cluster_member.c.cluster).distinct().where(cluster_member.c.subject == "incident")
        clusters = sorted(row[0] for row in connection.execute(query))
    for cluster in clusters:
        with store.reading() as connection:
            keys = Links(connection, "incident").members([cluster]).get(cluster, [])
            reports = accounts(connection, keys)
        if reports:
            yield reports


def accounts(connection: Connection, keys: list[str], *, short: bool = False) -> list[Report]:
    """Return the accounts of these keys, by article number; a key of none is left out. `short` is that of `rebuild`."""
    where = {row.key: row.article for row in connection.execute(_WHERE.where(incident.c.key.in_(keys)))}
    stored = rebuild(connection, where.values(), short=short)
    return [Report(stored[where[key]], key) for key in sorted(where, key=lambda k: (where[k], k))]


_WHERE = select(incident.c.key, incident.c.article).where(incident.c.retired.is_(None))


def names_across(store: Store, reports: Iterable[Report]) -> Callable[[str, str], str | None]:
    """Return what names an article's entity as all articles together do; None for one that is in this article alone."""
    with store.reading() as connection:
        return _names_across(connection, reports)


def _names_across(connection: Connection, reports: Iterable[Report]) -> Callable[[str, str], str | None]:
    links, own = Links(connection, "entity"), {}
    for some in batches(sorted({report.stored.number for report in reports}), AT_ONCE):
        for key, article_id, id in connection.execute(_ENTITIES, {"reports": some}):
            own[article_id, id] = key
    clusters = links.clusters_of(own.values())
    called: dict[str, list[str]] = {}
    for some_clusters in batches(sorted(set(clusters.values())), AT_ONCE):
        for cluster, name in connection.execute(_CALLED, {"clusters": some_clusters}):
            called.setdefault(cluster, []).append(name)
    best = {cluster: name_of(names) for cluster, names in called.items()}
    found = {ref: best.get(clusters[key]) for ref, key in own.items() if key in clusters}
    return lambda article, entity: found.get((article, entity))


MOST_NAMES = 1_000
"""Articles of which the names of one person or group are looked at: more tell nothing new of its name."""


def _told(path: str) -> ColumnElement[str]:
    """Return a part of a sketch, taken out by SQLite: to read all of it takes many times as long."""
    return func.json_extract(sketch.c.body, path)


_ENTITIES = select(sketch.c.key, _told("$.article"), _told("$.id")).where(
    sketch.c.subject == "entity", sketch.c.report.in_(bindparam("reports", expanding=True))
)
_COUNTED = (
    select(
        cluster_member.c.cluster,
        cluster_member.c.key,
        func.row_number().over(partition_by=cluster_member.c.cluster, order_by=cluster_member.c.key).label("nth"),
    )
    .where(cluster_member.c.subject == "entity", cluster_member.c.cluster.in_(bindparam("clusters", expanding=True)))
    .subquery()
)
_CALLED = (
    select(_COUNTED.c.cluster, _told("$.called[0][0]"))
    .join(sketch, (sketch.c.key == _COUNTED.c.key) & (sketch.c.subject == "entity"))
    .where(_COUNTED.c.nth <= MOST_NAMES)
)


def main_incidents(store: Store) -> dict[str, Told]:
    """Return what every newest article is about, by its id.

    One in which no incident was read may still tell of one that others tell of, by its place, names and words.
    """
    with store.reading() as connection:
        found: dict[str, list[Sketch]] = {}
        mine = (sketch.c.report == article.c.number) & (sketch.c.subject == "incident")
        query = select(article.c.id, article.c.number, sketch.c.body).join(sketch, mine, isouter=True)
        without: list[int] = []
        for id, number, body in connection.execute(query.where(article.c.current).order_by(article.c.number)):
            found.setdefault(id, []).extend([sketch_from(body)] if body else [])
            without += [] if body else [number]
        chosen = {id: main_of(sketches) for id, sketches in found.items()}
        clusters = Links(connection, "incident").clusters_of(s.key for own in found.values() for s in own)
        led = {clusters[s.key] for own in found.values() for s in own if not s.beside and s.key in clusters}
        copies, like = origins(connection), _like(connection, without)
    return {
        id: Told(
            tuple(dict.fromkeys(clusters.get(s.key, s.key) for s in own if _counts(s, own, led, clusters)))
            or like.get(id, ()),
            copies.get(id),
        )
        for id, own in chosen.items()
    }


def _counts(one: Sketch, own: list[Sketch], led: set[str], clusters: Mapping[str, str]) -> bool:
    """Say whether one of the main deeds of an article counts: the first, one apart, or one that others lead with."""
    return one is own[0] or not one.beside or clusters.get(one.key) in led


def _like(connection: Connection, numbers: list[int]) -> dict[str, tuple[str]]:
    """Return what articles in which no incident was read look to be about, by their ids."""
    links, found = Links(connection, "incident"), {}
    for some in batches(numbers, AT_ONCE):
        for stored in rebuild(connection, some).values():
            report = report_of(stored.reading)
            cluster = told_by(report, _near(links, report)) if report else None
            if cluster:
                found[stored.reading.article.id] = (cluster,)
    return found


def _near(links: Links, report: Sketch) -> dict[str, list[Sketch]]:
    """Return the sketches of the clusters of a report's candidates, by cluster; what is alone by its key."""
    asked = keys_of(report)
    keys = {kept.key for kept in links.numbered(links.candidates(asked.strong, asked.weak, MOST))}
    of = links.clusters_of(keys)
    members = {**{key: [key] for key in keys - of.keys()}, **links.members(set(of.values()))}
    bodies = links.by_keys({key for own in members.values() for key in own})
    return {name: [sketch_from(bodies[key].body) for key in own if key in bodies] for name, own in members.items()}


def main_of(sketches: list[Sketch]) -> list[Sketch]:
    """Return the sketches of an article that it is about, the most prominent first.

    Deeds that it tells as news; where there are none, arrests and threats; where it only recalls, what it recalls most.
    """
    news = [s for s in sketches if s.main]
    some = [s for s in news if s.kind not in RESPONSES] or news or sketches
    ranked = sorted(some, key=lambda s: (-s.prominence, s.key))
    return [s for s in ranked if s is ranked[0] or (s.main and s.prominence >= ranked[0].prominence - BESIDE)]


def origins(connection: Connection, ids: Collection[str] | None = None) -> dict[str, str]:
    """Return, for each article that is a copy of another, the id of its origin; of these articles, or of all."""
    query = select(cluster_member.c.key, cluster_member.c.cluster).where(cluster_member.c.subject == "copy")
    wanted = [query] if ids is None else [query.where(cluster_member.c.key.in_(some)) for some in batches(ids, AT_ONCE)]
    return {key: cluster for one in wanted for key, cluster in connection.execute(one) if key != cluster}


def reconciled(store: Store, reports: list[Report], policy: str, day: date | None = None) -> ReconciledRecord | None:
    """Return what the accounts of one incident say together, by `day` if one is given; None if nothing by then."""
    with store.reading() as connection:
        return reconciled_within(connection, reports, policy, day)


def reconciled_within(
    connection: Connection, reports: list[Report], policy: str, day: date | None = None
) -> ReconciledRecord | None:
    """Return what `reconciled` does, within somebody's transaction."""
    told = []
    for report in reports:
        reading = report.stored.keyed([report.key])
        reading = reading if day is None else as_of(reading, day)
        told += [(reading, one) for one in reading.incidents]
    if not told:
        return None
    copies = origins(connection, {report.stored.reading.article.id for report in reports})
    return reconcile(told, policy, copies=copies, names=_names_across(connection, reports))
