"""All people and groups of a database, in the order of their keys, a page at a time."""

from __future__ import annotations

from sqlalchemy import select

from sayso.link.people import Who
from sayso.merge.entities import sketch_from
from sayso.store.links import Links
from sayso.store.store import Store
from sayso.store.tables import cluster_member, sketch


def everyone(store: Store, after: str | None = None, limit: int = 50) -> tuple[list[Who], str | None]:
    """Return people and groups whose keys come after `after`, and the key after which the next page begins.

    None where there are no more. Pages neither skip nor repeat anybody who is not linked with others meanwhile.
    """
    other = select(cluster_member.c.key).where(
        cluster_member.c.subject == "entity",
        cluster_member.c.key == sketch.c.key,
        cluster_member.c.cluster != sketch.c.key,
    )
    query = select(sketch.c.key).where(sketch.c.subject == "entity", ~other.exists())
    if after is not None:
        query = query.where(sketch.c.key > after)
    with store.reading() as connection:
        keys = list(connection.execute(query.order_by(sketch.c.key).limit(limit + 1)).scalars())
        links = Links(connection, "entity")
        members = links.members(keys[:limit])
        bodies = links.by_keys(one for key in keys[:limit] for one in members.get(key, [key]))
    own = ((key, sorted(bodies[one] for one in members.get(key, [key]) if one in bodies)) for key in keys[:limit])
    whos = [Who(key, tuple((one.report, sketch_from(one.body)) for one in kept)) for key, kept in own]
    return whos, keys[limit - 1] if len(keys) > limit else None
