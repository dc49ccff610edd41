"""Opening a database: a new one is made, an old one brought up to date, anything else refused by name.

SQLite by default, in write-ahead mode: readers go on while somebody writes. Another server needs a line in `SEARCHES`
and nothing else that is known here.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from sayso.errors import StoreError
from sayso.store.trouble import code_of, reported

APPLICATION_ID: Final = 0x5341_5953
"""`SAYS`, in the header of the file (sqlite.org/fileformat.html, offset 68): tells a sayso database from any other."""
REVISIONS: Final = ("0001", "0002", "0003", "0004")
"""The migrations, oldest first; a test holds them against the folder."""
PATIENCE: Final = 10.0
"""Seconds to wait for another writer, who holds the database for one article at a time."""
CACHE_KIB: Final = 65_536
LOG_PAGES: Final = 8_000
"""An article's rows lie in some sixty pages all over the file: with a cache and a log that hold the pages of many
articles, each page is written once for them all. The log is up to 32 MB then, and folded into the file on closing."""
SEARCHES: Final = {"sqlite": "sayso.store.search_sqlite"}
"""Which module does full-text search on which kind of database."""


class Database:
    """One open database and its one connection.

    `place` is a path or a URL, as the user gave it; `write` makes the file where there is none. Raises StoreError where
    it is missing, is none of sayso's, is of a newer version, or cannot be opened.
    """

    def __init__(self, place: str, *, write: bool, patience: float = PATIENCE) -> None:
        self.place, self._write, self._patience = place, write, patience
        self.path = path_of(place)
        if not write or self.path.exists():
            _check_file(self.path)
        elif not self.path.parent.is_dir():
            raise StoreError("there is no such folder", value=str(self.path.parent), next_step="Make it first")
        if write:
            _check_writable(self.path)
        try:
            found = self._open(immutable=False)
        except StoreError as error:
            code = code_of(getattr(error.__cause__, "orig", None))
            if write or not code.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) or _has_log(self.path):
                raise
            found = self._open(immutable=True)  # a read-only disk: the file is read as it lies there
        if found != REVISIONS[-1]:
            self._update(found)

    def _open(self, immutable: bool) -> str | None:
        """Connect, and return the database's version."""
        self._engine = _engine(self.path, self._write, immutable, self._patience)
        try:
            with reported(self.place):
                self.connection: Connection = self._engine.connect()
            return self._revision()
        except BaseException:
            self._engine.dispose()
            raise

    def _update(self, found: str | None) -> None:
        """Bring the tables up to date. Raises StoreError where they may not be changed."""
        try:
            if not self._write:
                raise StoreError(
                    "was written by an older sayso" if found else "is empty",
                    value=self.place,
                    next_step="Run `sayso ingest` on it, which brings it up to date",
                )
            with reported(self.place):
                self._migrate()
        except BaseException:
            self.close()
            raise

    def _revision(self) -> str | None:
        """Return the database's version; None where it has no tables yet."""
        with self.begin() as connection:
            tables = set(inspect(connection).get_table_names())
            if not tables:
                return None
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            if mark != APPLICATION_ID or "alembic_version" not in tables:
                raise StoreError(
                    f"is no sayso database: it holds {', '.join(sorted(tables)[:5])}",
                    value=self.place,
                    next_step="Give the file that `sayso ingest` wrote, or a new name",
                )
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if found not in REVISIONS:
            raise StoreError(
                f"is of version {found}, which is newer than this sayso knows ({REVISIONS[-1]})",
                value=self.place,
                next_step="Install the newest sayso, or give another --db",
            )
        return str(found)

    def _migrate(self) -> None:
        """Run the migrations that are missing, all in one transaction: killed in the middle, nothing has happened."""
        from alembic import command
        from alembic.config import Config

        driver: Any = self.connection.connection.driver_connection
        with suppress(sqlite3.OperationalError):  # somebody else is making the very same tables
            driver.execute("PRAGMA journal_mode = WAL")  # kept in the file; not possible within a transaction
        config = Config()
        folder = str(resources.files("sayso.store") / "migrations")
        config.set_main_option("script_location", folder.replace("%", "%%"))
        with self.begin(write=True) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

    @contextmanager
    def begin(self, write: bool = False) -> Iterator[Connection]:
        """Do what follows in one transaction; one that writes asks for the right to do so at once."""
        self.connection.info["write"] = write
        with reported(self.place), self.connection.begin():
            yield self.connection

    def close(self) -> None:
        """Close the connection; the log of the last changes is folded into the file."""
        self.connection.close()
        self._engine.dispose()


def path_of(place: str) -> Path:
    """Return the file of a path or an `sqlite:///` URL. Raises StoreError for other kinds of database."""
    if "://" not in place:
        return Path(place)
    try:
        url = make_url(place)
    except ArgumentError as error:
        raise StoreError("is no database URL", value=place, next_step="Give a path, or sqlite:///PATH") from error
    if url.get_backend_name() not in SEARCHES or not url.database:
        raise StoreError(
            f"there is no store for this yet, only for {', '.join(SEARCHES)}",
            value=url.render_as_string(hide_password=True),
            next_step="Give a path, or sqlite:///PATH",
        )
    return Path(url.database)


def _check_file(path: Path) -> None:
    """Raise StoreError where the file is missing or is plainly no SQLite database."""
    if path.is_dir():
        raise StoreError(
            "is a folder, no database", value=str(path), next_step=f"Give a file, such as {path / 'sayso.db'}"
        )
    if not path.exists():
        raise StoreError("there is no such database", value=str(path), next_step="Make one with `sayso ingest PATHS`")
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise StoreError(
            f"cannot be opened ({error.strerror})", value=str(path), next_step="Check the file and its rights"
        ) from error
    if head and head != b"SQLite format 3\0":
        raise StoreError(
            "is no sayso database", value=str(path), next_step="Give the file that `sayso ingest` wrote, or a new name"
        )


def _check_writable(path: Path) -> None:
    """Raise StoreError where the file, or its folder, in which the log of changes is kept, may not be written."""
    for part in (path, path.parent):
        if part.exists() and not os.access(part, os.W_OK):
            raise StoreError(
                "is read-only",
                value=str(part),
                next_step="Give another --db, or the right to write this file and its folder",
            )


def _has_log(path: Path) -> bool:
    """Say whether changes lie beside the file that are not in it yet."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _engine(path: Path, write: bool, immutable: bool, patience: float) -> Engine:
    mode = "ro&immutable=1" if immutable else "rwc" if write else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        made = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
        made.execute("PRAGMA foreign_keys = ON")
        # In write-ahead mode NORMAL risks no damage, only the newest articles, when power is lost. Readers open the
        # file as writers do, so that they can clear away its log, but may change nothing.
        made.execute("PRAGMA synchronous = NORMAL" if write else "PRAGMA query_only = ON")
        made.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
        made.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        return made

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver's own transactions leave out DDL; a writer that begins as a reader could be refused later on.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.info.get("write") else "BEGIN")

    return engine
