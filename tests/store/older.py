"""Databases as older versions of sayso left them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib import resources

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from sayso.store.database import APPLICATION_ID


def age(new: str, old: str, revision: str) -> None:
    """Write the database `old` as it was at a revision, with what `new` holds of what there was then."""
    config = Config()
    config.set_main_option("script_location", str(resources.files("sayso.store") / "migrations"))
    with create_engine(f"sqlite:///{old}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    with closing(sqlite3.connect(old)) as plain:
        plain.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        plain.execute("ATTACH ? AS new", (new,))
        for table in _tables(plain):
            shared = [f'"{c}"' for c in _columns(plain, "main", table) if c in _columns(plain, "new", table)]
            names = ", ".join(shared)
            plain.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM new."{table}"')
        plain.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")
        plain.commit()


def _tables(plain: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
    names = [name for (name,) in plain.execute(query)]
    return [name for name in names if name != "alembic_version" and not name.startswith("article_search")]


def _columns(plain: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in plain.execute(f"PRAGMA {schema}.table_info('{table}')")]
