"""Which incidents wait to be laid into the overview anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, Select, insert, select

from sayso.model.judgement import Subject
from sayso.store.tables import article, cluster_member, incident, overview_due, sketch


def due(connection: Connection, keys: Iterable[str]) -> None:
    """Let incidents wait for their row of the overview, by key; those that wait already still do."""
    rows = [{"key": key} for key in sorted(set(keys))]
    if rows:
        connection.execute(insert(overview_due).prefix_with("OR IGNORE", dialect="sqlite"), rows)


def due_of_articles(connection: Connection, ids: Collection[str]) -> None:
    """Let all incidents of the newest versions of these articles wait."""
    _put(connection, _IN_ARTICLES, "id", ids)


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
        _put(connection, _OF_ENTITIES, "key", keys)


_IN_ARTICLES = select(incident.c.key, article.c.id).join(article, article.c.number == incident.c.article)
_IN_ARTICLES = _IN_ARTICLES.where(article.c.current)
_SHARED = (cluster_member.c.subject == "incident") & (cluster_member.c.key == incident.c.key)
_OF_ENTITIES = (
    select(incident.c.key)
    .join(sketch, sketch.c.report == incident.c.article)
    .join(cluster_member, _SHARED)
    .where(sketch.c.subject == "entity")
)
_COLUMNS = {"id": article.c.id, "key": sketch.c.key}


def _put(
    connection: Connection, query: Select[tuple[str]] | Select[tuple[str, str]], by: str, of: Iterable[str]
) -> None:
    for some in _batches(sorted(of)):
        due(connection, [row[0] for row in connection.execute(query.where(_COLUMNS[by].in_(some)))])


def _batches(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), 500):
        yield keys[start : start + 500]
