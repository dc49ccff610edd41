"""What is new in a case since somebody last looked at it: changes by people, new reports, new words by or about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from sayso.desk.blind import changes_for
from sayso.desk.case_items import Shown
from sayso.desk.who import Who
from sayso.store.changes import Change
from sayso.store.fold import sound
from sayso.store.links import batches
from sayso.store.store import Store
from sayso.store.tables import article, change, incident, sketch, statement

AT_ONCE = 500
MOST = 100
"""So many new changes, and so many new articles, are told; of more it is said that there are more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """An article that came in, and for which things of the case it matters; `statements` is how many it quotes."""

    article: str
    title: str | None
    outlet: str | None
    published: str | None
    ingested: str
    of: tuple[Shown, ...]
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new: changes by people, reports of the case's incidents, articles that name its people or groups.

    Each is the newest first. `more` says that there are more than are told.
    """

    changes: tuple[Change, ...]
    reports: tuple[NewArticle, ...]
    naming: tuple[NewArticle, ...]
    more: bool

    @property
    def count(self) -> int:
        """How many things are new."""
        return len(self.changes) + len(self.reports) + len(self.naming)


def news(store: Store, number: int, items: Sequence[Shown], since: str, who: Who) -> News:
    """Return what is new in a case of these things after a moment (UTC, ISO 8601); one's own changes are none."""
    with store.reading() as connection:
        changed = changes_for(connection, _changes(connection, number, items, since, sound(who.name)), who)
        reports = _articles(connection, "incident", items, since)
        naming = _articles(connection, "entity", items, since)
    more = any(len(found) > MOST for found in (changed, reports, naming))
    return News(changes=tuple(changed[:MOST]), reports=tuple(reports[:MOST]), naming=tuple(naming[:MOST]), more=more)


def _changes(connection: Connection, number: int, items: Sequence[Shown], since: str, name: str) -> list[Change]:
    own = {(one.item.subject, key) for one in items for key in (one.item.object, one.key, *one.members)}
    linked = {key for subject, key in own if subject != "article"}
    at = (change.c.at >= since, change.c.author != name)
    found: dict[int, Change] = {}

    def take(query: object) -> None:
        for row in connection.execute(query).mappings():  # type: ignore[call-overload]
            found[row["number"]] = Change(**row)

    take(select(change).where(change.c.subject == "case", change.c.object == str(number), *at))
    for subject in ("incident", "entity"):  # what people decide: few, and of pairs, so that it is looked through
        query = select(change).where(change.c.subject == subject, *at).order_by(change.c.number.desc())
        for row in connection.execute(query.execution_options(yield_per=AT_ONCE)).mappings():
            if linked & set(row["object"].split()):
                found[row["number"]] = Change(**row)
    for some in batches(sorted(key for subject, key in own if subject == "article"), AT_ONCE):
        take(select(change).where(change.c.subject == "article", change.c.object.in_(some), *at))
        for id in some:  # versions of an article are told with their numbers
            begins = (change.c.object > f"{id}@", change.c.object < f"{id}@:")
            take(select(change).where(change.c.subject == "article", *begins, *at))
    return [found[n] for n in sorted(found, reverse=True)]


def _articles(connection: Connection, subject: str, items: Sequence[Shown], since: str) -> list[NewArticle]:
    of: dict[str, list[Shown]] = {}
    for one in items:
        if one.item.subject == subject:
            for key in one.members:
                of.setdefault(key, []).append(one)
    met: dict[int, dict[int, Shown]] = {}
    for number, key in _met(connection, subject, of, since):
        met.setdefault(number, {}).update({id(one): one for one in of[key]})
    said = _statements(connection, met) if subject == "entity" else {}
    columns = (article.c.number, article.c.id, article.c.title, article.c.outlet, article.c.published)
    found: list[NewArticle] = []
    for some in batches(sorted(met), AT_ONCE):
        query = select(*columns, article.c.ingested_at).where(article.c.number.in_(some))
        found += [
            NewArticle(
                article=row.id,
                title=row.title,
                outlet=row.outlet,
                published=row.published.isoformat() if row.published else None,
                ingested=row.ingested_at,
                of=tuple(met[row.number].values()),
                statements=said.get(row.number, 0),
            )
            for row in connection.execute(query)
        ]
    return sorted(found, key=lambda one: (one.ingested, one.article), reverse=True)


def _met(connection: Connection, subject: str, keys: Iterable[str], since: str) -> Iterable[tuple[int, str]]:
    """Yield the number of each article that came in later and has one of these keys, with the key."""
    table, number = (incident, incident.c.article) if subject == "incident" else (sketch, sketch.c.report)
    later = (article.c.ingested_at >= since, article.c.current)
    for some in batches(sorted(keys), AT_ONCE):
        query = select(number, table.c.key).select_from(table.join(article, article.c.number == number))
        yield from ((row[0], row[1]) for row in connection.execute(query.where(table.c.key.in_(some), *later)))


def _statements(connection: Connection, numbers: Collection[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for some in batches(sorted(numbers), AT_ONCE):
        query = select(statement.c.article, func.count()).where(statement.c.article.in_(some))
        found |= {row[0]: row[1] for row in connection.execute(query.group_by(statement.c.article))}
    return found
