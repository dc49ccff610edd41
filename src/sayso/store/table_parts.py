"""What tables are put together from: their metadata, and columns of a sort."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def key(name: str, type: Any = Integer) -> Column[Any]:
    """Return a column of the primary key."""
    return Column(name, type, primary_key=True, autoincrement=False, nullable=False)


def words(name: str, **more: Any) -> Column[str]:
    """Return a column of text that is always there."""
    return Column(name, Text, nullable=False, **more)


def maybe(name: str, type: Any = Text) -> Column[Any]:
    """Return a column that may be empty."""
    return Column(name, type, nullable=True)


def span(prefix: str = "", nullable: bool = False) -> tuple[Column[int], Column[int]]:
    """Return the columns of a span: code points of `article.text`, from `start` up to but not including `end`."""
    return Column(f"{prefix}start", Integer, nullable=nullable), Column(f"{prefix}end", Integer, nullable=nullable)


def when(prefix: str = "", nullable: bool = True) -> tuple[Column[Any], ...]:
    """Return the columns of a time."""
    return (
        Column(f"{prefix}edtf", Text, nullable=nullable),
        maybe(f"{prefix}earliest", Date),
        maybe(f"{prefix}latest", Date),
        Column(f"{prefix}basis", Text, nullable=nullable),
        maybe(f"{prefix}clock"),
    )


def to(parent: str, *columns: str, deferred: bool = False) -> ForeignKeyConstraint:
    """Return the foreign key from `columns` to the primary key of `parent`."""
    keys = {
        "article": ("number",),
        "incident": ("article", "id"),
        "claim": ("article", "incident", "position"),
        "place_mention": ("article", "position"),
    }.get(parent, ("article", "id"))
    later: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"} if deferred else {}
    return ForeignKeyConstraint(columns, [f"{parent}.{key}" for key in keys], **later)


def part(name: str, *columns: Any) -> Table:
    """Return a table of something in an article, its rows kept in the order of its key, each article's together."""
    return Table(name, metadata, key("article"), *columns, sqlite_with_rowid=False, info={"part": True})


def parts() -> list[Table]:
    """Return the tables whose rows make up a reading, besides `article`: parents before children."""
    return [table for table in metadata.sorted_tables if table.info.get("part")]
