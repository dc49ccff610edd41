"""Which incidents wait to be laid into the overview anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import ColumnElement, Connection, Select, insert, select

from sayso.model.judgement import Subject
from sayso.store.tables import article, cluster_member, incident, overview_due, sketch


def due(connection: Connection, keys: Iterable[str]) -> None:
    """Let incidents wait for their row of the overview, by key; those that wait already still do."""
    rows = [{"key": key} for key in sorted(set(keys))]
    if rows:
        connection.execute(insert(overview_due).prefix_with("OR IGNORE", dialect="sqlite"), rows)


def due_of_articles(connection: Connection, ids: Collection[str]) -> None:
    """Let all incidents of the newest versions of these articles wait."""
    query = select(incident.c.key).join(article, article.c.number == incident.c.article).where(article.c.current)
    _put(connection, query, article.c.id, ids)


def due_of_linked(connection: Connection, subject: Subject, keys: Collection[str]) -> None:
    """Let wait what changes where these keys of a subject come into other clusters.

    Of a person's or group's key: the incidents that their article and others tell of, since who is one there is asked
    over all accounts. Of a copy: the incidents of the article, since sources are counted anew.
    """
    if subject == "incident":
        due(connection, keys)
    elif subject == "copy":
        due_of_articles(connection, keys)
    else:
        _due_of_entities(connection, keys)


def _due_of_entities(connection: Connection, keys: Collection[str]) -> None:
    shared = (cluster_member.c.subject == "incident") & (cluster_member.c.key == incident.c.key)
    query = select(incident.c.key).join(cluster_member, shared)
    for some in _batches(sorted(keys)):
        told = select(sketch.c.report).where(sketch.c.key.in_(some), sketch.c.subject == "entity")
        due(connection, [row.key for row in connection.execute(query.where(incident.c.article.in_(told)))])


def _put(connection: Connection, query: Select[tuple[str]], column: ColumnElement[str], of: Iterable[str]) -> None:
    for some in _batches(sorted(of)):
        due(connection, [row.key for row in connection.execute(query.where(column.in_(some)))])


def _batches(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]
