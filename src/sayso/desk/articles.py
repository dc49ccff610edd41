"""What people look up about articles: one by its id, how it was captured, and lists of them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from sayso.desk.errors import NotFoundError
from sayso.desk.withdrawal import withdrawn
from sayso.errors import InputError
from sayso.link.subjects import keys_in
from sayso.link.view import origins
from sayso.store.fold import sound
from sayso.store.rebuild import Stored
from sayso.store.search_sqlite import holding, query_of, ranked, snippets
from sayso.store.store import Store
from sayso.store.tables import article, incident, sketch

_VERSION = re.compile(r"(.+)@(\d{1,9})", re.DOTALL)
PAGE = 50
"""Articles on one page of a list."""
Sort = Literal["best", "published"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Which articles are wanted: those that hold all words of `text`, of an outlet, published in a time.

    What is empty or None does not matter. `outlet` is an outlet's whole name; the days are included.
    """

    text: str = ""
    outlet: str = ""
    since: date | None = None
    until: date | None = None


class Version(NamedTuple):
    """One version of an article: its number (1 is the first), when it came in, and by which sayso it was read."""

    version: int
    ingested_at: str
    sayso_version: str
    current: bool


class Listed(NamedTuple):
    """One line of the list of articles: `older` counts its older versions, `snippet` is None where nobody searched."""

    number: int
    id: str
    title: str | None
    outlet: str | None
    agency: str | None
    published: date | None
    incidents: int
    older: int
    snippet: str | None
    name: str


class Page(NamedTuple):
    """Some lines of the list, and what to give as `after` for the next ones; None where these are the last."""

    lines: list[Listed]
    after: str | None


def found(store: Store, id: str) -> Stored:
    """Return an article by its id, or one of its versions by `ID@1`; of one that was taken out, its last version.

    Raises NotFoundError where there is none.
    """
    version = _VERSION.fullmatch(id)
    stored = store.article(id) or (store.article(version[1], int(version[2])) if version else None)
    if stored is None and (gone := withdrawn(store, id)):
        stored = store.article(id, gone.version)
    if stored is None:
        raise NotFoundError(
            "there is no article of this id here",
            value=id,
            next_step="Look for it by its words under Articles, or in Changes by its id: there is written what became"
            " of every article that ever came in",
        )
    return stored


def versions(store: Store, id: str) -> list[Version]:
    """Return the versions of an article, the newest first."""
    columns = [article.c[name] for name in Version._fields]
    query = select(*columns).where(article.c.id == sound(id)).order_by(article.c.version.desc())
    with store.reading() as connection:
        return [Version(*row) for row in connection.execute(query)]


def copy_of(store: Store, id: str) -> str | None:
    """Return the id of the article that this one is a copy of; None where it is none."""
    with store.reading() as connection:
        return origins(connection, [id]).get(id)


def entity_keys(store: Store, stored: Stored) -> dict[str, str]:
    """Return the keys of the article's people and groups that have a page, by their ids in it."""
    query = select(sketch.c.key).where(sketch.c.subject == "entity", sketch.c.report == stored.number)
    with store.reading() as connection:
        linked = set(connection.execute(query).scalars())
    return {id: key for id, key in keys_in(stored, "entity").items() if key in linked}


def listed(store: Store, filter: ArticleFilter, sort: Sort, after: str | None = None, limit: int = PAGE) -> Page:
    """Return articles, newest versions only: the newest first or, where words are asked for, the best first.

    `after` is what the page before gave. Raises InputError where it did not, and for the best of no words.
    """
    asked, words = bool(filter.text.strip()), query_of(filter.text)
    if sort == "best" and not asked:
        raise InputError("nothing is best where no words are asked for", value=sort, next_step="Give words, or no sort")
    if asked and not words:
        return Page([], None)
    with store.reading() as connection:
        page = _best if sort == "best" else _newest
        rows, following = page(connection, filter, words, after, limit)
        told = snippets(connection, words, [row.number for row in rows]) if words else {}
    return Page([_line(row, told.get(row.number)) for row in rows], following)


def _best(
    connection: Connection, filter: ArticleFilter, words: str, after: str | None, limit: int
) -> tuple[list[Any], str | None]:
    begin = int(_place(after, 1)[0]) if after else 0
    query = ranked(_of(filter, select(article.c.number)), words).limit(limit + 1).offset(begin)
    numbers = list(connection.execute(query).scalars())
    rows = {row.number: row for row in connection.execute(_lines().where(article.c.number.in_(numbers[:limit])))}
    following = _cursor([begin + limit]) if len(numbers) > limit else None
    return [rows[number] for number in numbers[:limit]], following


def _newest(
    connection: Connection, filter: ArticleFilter, words: str, after: str | None, limit: int
) -> tuple[list[Any], str | None]:
    query = _by_day(_of(filter, _lines()), _place(after, 2) if after else None)
    rows = connection.execute((holding(query, words) if words else query).limit(limit + 1)).all()
    following = _cursor(_day_and_number(rows[limit - 1])) if len(rows) > limit else None
    return list(rows[:limit]), following


def _day_and_number(row: Any) -> list[Any]:
    return [row.published.isoformat() if row.published else "", row.number]


def _of(filter: ArticleFilter, query: Select[Any]) -> Select[Any]:
    """Return a query for what meets the conditions of a filter other than words."""
    met: list[ColumnElement[bool]] = [article.c.current]
    if filter.outlet:
        met.append(article.c.outlet == sound(filter.outlet))
    if filter.since:
        met.append(article.c.published >= filter.since)
    if filter.until:
        met.append(article.c.published <= filter.until)
    return query.where(*met)


def _lines() -> Select[Any]:
    told = select(func.count()).where(incident.c.article == article.c.number, incident.c.retired.is_(None))
    before = article.alias()
    older = select(func.count()).select_from(before).where(before.c.id == article.c.id, ~before.c.current)
    columns = [article.c[name] for name in ("number", "id", "title", "outlet", "agency", "published", "name")]
    counts = told.scalar_subquery().label("incidents"), older.scalar_subquery().label("older")
    return select(*columns, *counts)


def _by_day(query: Select[Any], after: list[Any] | None) -> Select[Any]:
    """Return a query for the newest first, those of no day last; `after` a day (empty: none) and a number."""
    if after is not None:
        day, number = _day(after[0]), int(after[1])
        if day is None:
            query = query.where(article.c.published.is_(None), article.c.number < number)
        else:
            later = tuple_(article.c.published, article.c.number) < tuple_(day, number)
            query = query.where(or_(later, article.c.published.is_(None)))
    return query.order_by(article.c.published.desc().nulls_last(), article.c.number.desc())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _line(row: Any, snippet: str | None) -> Listed:
    return Listed(**{name: getattr(row, name) for name in Listed._fields if name != "snippet"}, snippet=snippet)


def _cursor(parts: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _place(cursor: str, size: int) -> list[Any]:
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        assert isinstance(parts, list) and len(parts) == size and 0 <= int(parts[-1]) < 2**63
        _day(parts[0] if size == 2 else "")
    except (ValueError, TypeError, AssertionError, RecursionError) as error:
        raise InputError(
            "the list cannot go on from here", value=cursor[:80], next_step="Begin at its first page"
        ) from error
    return parts


def incidents_of(store: Store, numbers: Sequence[int]) -> dict[int, list[str]]:
    """Return the keys of the incidents that each of these articles tells of, in the order of its text."""
    met = incident.c.article.in_(numbers), incident.c.retired.is_(None)
    query = select(incident.c.article, incident.c.key).where(*met).order_by(incident.c.article, incident.c.position)
    found: dict[int, list[str]] = {}
    with store.reading() as connection:
        for number, key in connection.execute(query):
            found.setdefault(number, []).append(key)
    return found


def outlets(store: Store) -> list[str]:
    """Return the outlets that articles are from, by the alphabet."""
    met = and_(article.c.current, article.c.outlet.is_not(None))
    with store.reading() as connection:
        return list(
            connection.execute(select(article.c.outlet).distinct().where(met).order_by(article.c.outlet)).scalars()
        )
