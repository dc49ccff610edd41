"""What links tell, to be read: the cluster of an incident, the incidents that an article is about."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from sayso.merge.incidents import sketch_from
from sayso.merge.incidents.sketch import Sketch
from sayso.store.links import Links
from sayso.store.store import Store
from sayso.store.tables import article, cluster_member, sketch

RESPONSES = frozenset({"arrest", "threat"})
"""Kinds that come of another deed, or announce one: an article is about the deed where it tells of it as news."""
BESIDE = 1.0
"""By how much less prominent than an article's first incident another may be to be one of its main ones too."""


class Told(NamedTuple):
    """What an article is about: the clusters of its main incidents, the most prominent first, and whose copy it is."""

    incidents: tuple[str, ...]
    copy_of: str | None


def main_incidents(store: Store) -> dict[str, Told]:
    """Return what every newest article is about, by its id."""
    with store.reading() as connection:
        found: dict[str, list[Sketch]] = {}
        mine = (sketch.c.report == article.c.number) & (sketch.c.subject == "incident")
        query = select(article.c.id, sketch.c.body).join(sketch, mine, isouter=True)
        for id, body in connection.execute(query.where(article.c.current).order_by(article.c.number)):
            found.setdefault(id, []).extend([sketch_from(body)] if body else [])
        chosen = {id: main_of(sketches) for id, sketches in found.items()}
        clusters = Links(connection, "incident").clusters_of(s.key for own in chosen.values() for s in own)
        copies = origins(connection)
    return {
        id: Told(tuple(dict.fromkeys(clusters.get(s.key, s.key) for s in own)), copies.get(id))
        for id, own in chosen.items()
    }


def main_of(sketches: list[Sketch]) -> list[Sketch]:
    """Return the sketches of an article that it is about, the most prominent first.

    Deeds that it tells as news; where there are none, arrests and threats; where it only recalls, what it recalls most.
    """
    news = [s for s in sketches if s.main]
    some = [s for s in news if s.kind not in RESPONSES] or news or sketches
    ranked = sorted(some, key=lambda s: (-s.prominence, s.key))
    return [s for s in ranked if s is ranked[0] or (s.main and s.prominence >= ranked[0].prominence - BESIDE)]


def origins(connection: Connection) -> dict[str, str]:
    """Return, for each article that is a copy of another, the id of its origin."""
    query = select(cluster_member.c.key, cluster_member.c.cluster).where(cluster_member.c.subject == "copy")
    return {key: cluster for key, cluster in connection.execute(query) if key != cluster}
