"""Who said what: the query for statements, where a list of them goes on, and whether the names asked for are met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from sayso.model.reading import Reading
from sayso.model.statement import Statement
from sayso.store.filters import StatementFilter
from sayso.store.fold import fold
from sayso.store.tables import article, name, statement, statement_content

_said = func.coalesce(statement.c.said_latest, article.c.published)
_JOINED = statement.join(article, article.c.number == statement.c.article)


class Place(NamedTuple):
    """Where a statement stands in the list: its day, its article's id, its place among those of the article."""

    said: date | None
    article: str
    position: int


def saying(filter: StatementFilter, after: Place | None = None) -> Select[Any]:
    """Return the query for the statements that meet a filter: their article's number, their id.

    The newest first, by day said or published; of one day by article and in text order; only those after a place, if
    one is given. Names are left to `promising` and `target_met`.
    """
    met: list[ColumnElement[bool]] = [article.c.current]
    listed = ((statement.c.speaker_kind, filter.speaker_kinds), (statement.c.act, filter.acts))
    met += [column.in_(values) for column, values in (*listed, (statement.c.stance, filter.stances)) if values]
    if filter.since:
        met.append(filter.since <= _said)
    if filter.until:
        met.append(func.coalesce(statement.c.said_earliest, article.c.published) <= filter.until)
    if filter.article is not None:
        met.append(article.c.id == filter.article)
    if after:
        met.append(_later(after))
    query = select(statement.c.article, statement.c.id).select_from(_JOINED).where(*met)
    return query.order_by(_said.is_(None), _said.desc(), article.c.id, statement.c.position)


def _later(after: Place) -> ColumnElement[bool]:
    rest = tuple_(article.c.id, statement.c.position) > tuple_(after.article, after.position)
    if after.said is None:
        return and_(_said.is_(None), rest)
    return or_(_said < after.said, _said.is_(None), and_(_said == after.said, rest))


def place_of(reading: Reading, said: Statement) -> Place:
    """Return where a statement stands in the list."""
    latest = said.said_on.latest if said.said_on else None
    return Place(latest or reading.article.published, reading.article.id, reading.statements.index(said))


def promising(connection: Connection, filter: StatementFilter, rows: Sequence[Any]) -> list[Any]:
    """Return those of some rows of `saying` of the speaker asked for, in articles that name the target at all."""
    numbers = {row.article for row in rows}
    if filter.speaker is not None:
        speakers = _speakers(connection, numbers, fold(filter.speaker))
        rows = [row for row in rows if (row.article, row.id) in speakers]
    if filter.target is not None:
        told = _told(connection, {row.article for row in rows}, fold(filter.target))
        rows = [row for row in rows if row.article in told]
    return list(rows)


def _speakers(connection: Connection, numbers: Iterable[int], wanted: str) -> set[tuple[int, str]]:
    """Return the statements of articles whose speaker bears a name with these words, by article and id."""
    words = func.substr(
        article.c.text, statement.c.source_start + 1, statement.c.source_end - statement.c.source_start
    ).label("words")
    columns = (statement.c.article, statement.c.id, statement.c.speaker_id, statement.c.speaker)
    query = select(*columns, statement.c.on_behalf_of, words).select_from(_JOINED)
    named = set(_named(connection, numbers, wanted))
    return {
        (row.article, row.id)
        for row in connection.execute(query.where(statement.c.article.in_(numbers)))
        if (row.article, row.speaker_id) in named or _met(wanted, (row.speaker, row.on_behalf_of, row.words))
    }


def _told(connection: Connection, numbers: Iterable[int], wanted: str) -> set[int]:
    """Return those articles in which somebody bears a name with these words, or something said holds them."""
    content = statement_content
    words = func.substr(article.c.text, content.c.start + 1, content.c.end - content.c.start).label("words")
    joined = content.join(article, article.c.number == content.c.article)
    query = select(content.c.article, words).select_from(joined).where(content.c.article.in_(numbers))
    named = {number for number, _ in _named(connection, numbers, wanted)}
    return named | {row.article for row in connection.execute(query) if _met(wanted, (row.words,))}


def _named(connection: Connection, numbers: Iterable[int], wanted: str) -> Iterable[tuple[int, str]]:
    query = select(name.c.article, name.c.entity, name.c.key).where(name.c.article.in_(numbers))
    return ((row.article, row.entity) for row in connection.execute(query) if wanted and wanted in row.key)


def target_met(filter: StatementFilter, said: Statement, reading: Reading) -> bool:
    """Say whether a statement says, or mentions by any name, what a filter asks for."""
    if filter.target is None:
        return True
    inside = [e for e in reading.entities if any(m.span.overlaps(c) for m in e.mentions for c in said.content)]
    return _met(fold(filter.target), [*(c.text for c in said.content), *(n for e in inside for n in e.names)])


def _met(wanted: str, names: Iterable[str | None]) -> bool:
    return bool(wanted) and any(wanted in fold(name) for name in names if name)
