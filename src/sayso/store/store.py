"""The store: readings in, readings and incidents out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from itertools import islice
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, func, insert, or_, select, update
from sqlalchemy.exc import DataError, IntegrityError

from sayso import __version__
from sayso.errors import InputError
from sayso.model.reading import Reading
from sayso.model.statement import Statement
from sayso.store import changes, query, sayings, search_sqlite
from sayso.store.check import UnstorableError, check
from sayso.store.clock import now as now
from sayso.store.corrections import rejected
from sayso.store.database import PATIENCE, Database
from sayso.store.filters import IncidentFilter, Sort, StatementFilter
from sayso.store.fold import sound
from sayso.store.overview import due_of_articles
from sayso.store.rebuild import Stored, rebuild
from sayso.store.rows import article_row, rows_of
from sayso.store.tables import article, failure, incident

Outcome = Literal["stored", "replaced", "unchanged"]
_LOOKED_AT = 1000
"""Statements whose names are looked at together."""
_AT_ONCE = 100
"""Readings rebuilt together: enough that queries are few, few enough to hold."""

MAKER = f"sayso {__version__}"
"""Who the log says has done what no person did."""


class Found(NamedTuple):
    """One incident that was asked for: its article's number, its key, and how many reports it stands for."""

    article: int
    key: str
    reports: int = 1


class Added(NamedTuple):
    """What became of a reading that was to be stored, and the version of its article that is the newest now."""

    what: Outcome
    version: int


class Counts(NamedTuple):
    """How much a database holds: newest versions of articles, older ones, their incidents, and failures."""

    articles: int
    older: int
    incidents: int
    failures: int


def open_store(place: str, *, write: bool = False, patience: float = PATIENCE) -> Store:
    """Open a database: a path, or an `sqlite:///` URL. One that is to be written is made where there is none.

    `patience` is for how many seconds to wait for another writer. Raises StoreError for what is missing, no sayso
    database, newer than this sayso, locked, read-only or damaged.
    """
    return Store(Database(place, write=write, patience=patience))


class Store(AbstractContextManager["Store"]):
    """An open database. Every method does its work in one transaction and may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def reading(self) -> AbstractContextManager[Connection]:
        """Do what follows in one transaction that only reads, for what the methods below do not do."""
        return self._database.begin()

    def writing(self) -> AbstractContextManager[Connection]:
        """Do what follows in one transaction that writes: all of it is kept, or nothing."""
        return self._database.begin(write=True)

    def has(self, id: str, fingerprint: str, published: date | None = None) -> bool:
        """Say whether a version of article `id` was stored from this very input.

        `fingerprint` stands for the input; `published` is the day the user gives to what has none of its own: an
        article that was read with another day, or with none, is then not the same.
        """
        with self._database.begin() as connection:
            return self._has(connection, id, fingerprint, published)

    def _has(self, connection: Connection, id: str, fingerprint: str, published: date | None) -> bool:
        same = [article.c.id == sound(id), article.c.fingerprint == fingerprint]
        if published:
            same.append(or_(article.c.published_by == "metadata", article.c.published == published))
        return connection.execute(select(article.c.number).where(*same).limit(1)).first() is not None

    def add(
        self,
        reading: Reading,
        fingerprint: str,
        published: date | None = None,
        also: Callable[[Connection, Added], None] = lambda connection, added: None,
    ) -> Added:
        """Store a reading in one transaction, and say what became of it.

        An article whose id is known, read from other input, becomes the newest version (`replaced`); the older ones
        are kept. `fingerprint` and `published` are as for `has`; what is there already is `unchanged`. `also` is done
        in the same transaction with what is not. Raises UnstorableError where the reading contradicts itself; other
        readings can still be stored then.
        """
        check(reading)
        with self._database.begin(write=True) as connection:
            try:
                added = self._add(connection, reading, fingerprint, published)
                if added.what != "unchanged":
                    also(connection, added)
                return added
            except (IntegrityError, DataError, OverflowError, UnicodeEncodeError) as error:
                cause = getattr(error, "orig", error)  # Unicode: half a character, a lone surrogate, stands in it
                raise UnstorableError(
                    f"cannot be stored ({cause})", value=reading.article.name, next_step="Please report it"
                ) from error

    def _add(self, connection: Connection, reading: Reading, fingerprint: str, published: date | None) -> Added:
        id = reading.article.id
        versions = connection.execute(select(func.max(article.c.version)).where(article.c.id == id)).scalar() or 0
        if self._has(connection, id, fingerprint, published):
            return Added("unchanged", versions)
        if versions:
            due_of_articles(connection, [id])
            connection.execute(update(article).where(article.c.id == id, article.c.current).values(current=False))
        own = article_row(reading.article)
        out = connection.execute(select(article.c.withdrawn).where(article.c.id == id, article.c.version == versions))
        withdrawn = out.scalar()  # what people have taken out stays out, whichever version comes
        own |= {"version": versions + 1, "current": withdrawn is None, "withdrawn": withdrawn}
        own["fingerprint"] = fingerprint
        own |= {"sayso_version": __version__, "ingested_at": now()}
        made = connection.execute(insert(article).values(own)).inserted_primary_key
        assert made is not None
        for table, rows in rows_of(reading, made[0], versions + 1).items():
            connection.execute(insert(table), rows)
        search_sqlite.index(connection, made[0])
        due_of_articles(connection, [id])
        done: Outcome = "replaced" if versions else "stored"
        changes.record(
            connection,
            author=MAKER,
            action=done,
            subject="article",
            object=f"{id}@{versions + 1}",
            after={"sha256": reading.article.sha256, "name": reading.article.name, "fingerprint": fingerprint},
        )
        return Added(done, versions + 1)

    def add_failure(self, name: str, error: str) -> None:
        """Record that the input `name` could not be read, and why; the same failure twice is one."""
        row = {"name": sound(name), "error": sound(error)}
        with self._database.begin(write=True) as connection:
            known = select(failure.c.number).where(failure.c.name == row["name"], failure.c.error == row["error"])
            if connection.execute(known).first() is None:
                connection.execute(insert(failure).values(row | {"failed_at": now()}))
                of, why = row["name"], {"error": row["error"]}
                changes.record(connection, author=MAKER, action="failed", subject="input", object=of, after=why)

    def failures(self) -> list[tuple[str, str]]:
        """Return every input that ever failed, with its error, in the order of their failing."""
        with self._database.begin() as connection:
            query = select(failure.c.name, failure.c.error).order_by(failure.c.number)
            return [(row.name, row.error) for row in connection.execute(query)]

    def counts(self) -> Counts:
        """Return how much the database holds."""
        with self._database.begin() as connection:
            newest = connection.execute(select(func.count()).select_from(article).where(article.c.current)).scalar_one()
            every = connection.execute(select(func.count()).select_from(article)).scalar_one()
            failed = connection.execute(select(func.count()).select_from(failure)).scalar_one()
            incidents = connection.execute(query.counting(IncidentFilter())).scalar_one()
        return Counts(newest, every - newest, incidents, failed)

    def count(self, filter: IncidentFilter, *, each: bool = True) -> int:
        """Return how many incidents meet a filter; without `each`, those linked with each other count once."""
        with self._database.begin() as connection:
            return int(connection.execute(query.counting(filter, each)).scalar_one())

    def find(
        self,
        filter: IncidentFilter,
        sort: Sort = "date",
        *,
        reverse: bool = False,
        limit: int | None = None,
        each: bool = True,
    ) -> list[Found]:
        """Return the incidents that meet a filter, in the order of `query.finding`, at most `limit`.

        Without `each`, one report stands for all that were linked with it.
        """
        with self._database.begin() as connection:
            wanted = query.finding(filter, sort, reverse, each).limit(limit)
            return [Found(*row) for row in connection.execute(wanted)]

    def statements(
        self, filter: StatementFilter, after: sayings.Place | None = None, limit: int | None = None
    ) -> Iterator[tuple[Stored, Statement]]:
        """Yield the statements that meet a filter, each with its article, in the order of `sayings.saying`."""
        named = filter.speaker is not None or filter.target is not None
        with self._database.begin() as connection:
            rows = connection.execute(sayings.saying(filter, after).limit(None if named else limit)).all()
        yield from islice(self._met(filter, rows), limit)

    def _met(self, filter: StatementFilter, rows: Sequence[Any]) -> Iterator[tuple[Stored, Statement]]:
        for start in range(0, len(rows), _LOOKED_AT):
            with self._database.begin() as connection:
                wanted = sayings.promising(connection, filter, rows[start : start + _LOOKED_AT])
            yield from self._said(filter, wanted)

    def _said(self, filter: StatementFilter, rows: Sequence[Any]) -> Iterator[tuple[Stored, Statement]]:
        last: Stored | None = None
        stored = self.readings(row.article for row in rows)
        for row in rows:
            if last is None or last.number != row.article:
                last = next(stored)
            statement = next(s for s in last.reading.statements if s.id == row.id)
            if sayings.target_met(filter, statement, last.reading):
                yield last, statement

    def readings(self, numbers: Iterable[int]) -> Iterator[Stored]:
        """Yield what is stored under these article numbers, in their order; a number met twice in a row comes once."""
        run: list[int] = []
        for number in numbers:
            if not run or run[-1] != number:
                run.append(number)
            if len(run) > _AT_ONCE:
                yield from self._rebuilt(run[:-1])
                run = run[-1:]
        yield from self._rebuilt(run)

    def _rebuilt(self, numbers: list[int]) -> Iterator[Stored]:
        with self._database.begin() as connection:
            found = rebuild(connection, numbers)
        for number in numbers:
            yield found[number]

    def article(self, id: str, version: int | None = None) -> Stored | None:
        """Return an article by its id: the newest version or the one asked for; None where there is none."""
        which = article.c.current if version is None else article.c.version == version
        return self._one(select(article.c.number).where(article.c.id == sound(id), which))

    def incident(self, key: str) -> tuple[Stored, str] | None:
        """Return the article that tells of an incident, and its whole key, by the key or its beginning.

        None where there is none. Raises InputError where several begin so, RejectedError for one that was taken out.
        """
        with self._database.begin() as connection:
            begins = incident.c.key.startswith(sound(key).lower(), autoescape=True)
            wanted = select(incident.c.article, incident.c.key, incident.c.retired).where(begins)
            order = incident.c.retired.is_not(None), incident.c.key
            rows = connection.execute(wanted.order_by(*order).limit(6)).all()
            standing = [row for row in rows if row.retired is None]
            exact = [row for row in rows if row.key == key.lower()] or standing or rows
            if len(exact) == 1 and exact[0].retired is not None:
                raise rejected(connection, exact[0].key, exact[0].retired)
        if len(exact) > 1:
            raise InputError(
                f"several incidents begin so: {', '.join(row.key for row in exact)}",
                value=key,
                next_step="Give more of the id",
            )
        return (next(self.readings([exact[0].article])), exact[0].key) if exact else None

    def _one(self, wanted: Any) -> Stored | None:
        with self._database.begin() as connection:
            number = connection.execute(wanted).scalar()
        return next(self.readings([number])) if number is not None else None

    def search(self, words: str, limit: int | None = None) -> list[search_sqlite.Hit]:
        """Return the articles that hold `words`, the best first; no `words` are an error."""
        with self._database.begin() as connection:
            return search_sqlite.hits(connection, words, limit)
