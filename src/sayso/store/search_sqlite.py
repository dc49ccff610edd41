"""Full-text search by SQLite's FTS5 (sqlite.org/fts5.html).

The index keeps no text of its own: it reads the view `searchable` where it needs the words. Case and diacritics make no
difference. Words are not stemmed: that would be English only, and `word*` would then miss words that begin so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, column, select, table, text

from sayso.store.fold import sound
from sayso.store.tables import article

OPEN, CLOSE = "\ue000", "\ue001"
"""What stands around a found word in a snippet: private characters, which no text means anything by."""
_WORDS = 30
_WEIGHTS = (4.0, 1.0, 2.0)
"""How much a word counts in the title, the text and the names (bm25); the title also stands in the text."""
_TERM = re.compile(r'"([^"]*)"|(\S+)')
_SIGN = re.compile(r"\w")


class Hit(NamedTuple):
    """One article found: its number, and the words around the finding with `OPEN` and `CLOSE` around each word."""

    article: int
    snippet: str


def index(connection: Connection, article: int) -> None:
    """Put an article, whose rows are all written, into the index."""
    connection.exec_driver_sql(
        "INSERT INTO article_search (rowid, title, text, names)"
        " SELECT number, title, text, names FROM searchable WHERE number = ?",
        (article,),
    )


def query_of(words: str) -> str:
    """Return words as FTS5 takes them: all must be met, "quoted ones" in a row, `word*` as a beginning.

    Everything else that FTS5 would read as syntax is quoted, so that nothing is an error; empty where no word is left.
    """
    terms = []
    for match in _TERM.finditer(sound(words).replace("\0", " ")):
        phrase = (match[1] if match[1] is not None else match[2]).replace('"', " ").strip()
        if _SIGN.search(phrase):
            beginning = match[2] is not None and phrase.endswith("*") and phrase[-2:-1].isalnum()
            terms.append(f'"{phrase.rstrip("*")}"{"*" if beginning else ""}')
    return " ".join(terms)


MATCHING = "SELECT rowid FROM article_search WHERE article_search MATCH :words"
"""The numbers of the articles that hold `:words` (as `query_of` gives them)."""
_INDEX = table("article_search", column("rowid"))
_MET = text("article_search MATCH :words")
_BEST = text(f"bm25(article_search, {', '.join(map(str, _WEIGHTS))})")
_SNIPPETS = text(
    "SELECT rowid, snippet(article_search, 1, :open, :close, ' … ', :size) FROM article_search"
    " WHERE article_search MATCH :words AND rowid IN (SELECT value FROM json_each(:numbers))"
)


def ranked(query: Select[Any], words: str) -> Select[Any]:
    """Return a query of articles for those that hold words (as `query_of` gives them), the best first."""
    joined = query.join(_INDEX, _INDEX.c.rowid == article.c.number)
    return joined.where(_MET.bindparams(words=words)).order_by(_BEST, article.c.number)


def holding(query: Select[Any], words: str) -> Select[Any]:
    """Return a query of articles for those that hold words (as `query_of` gives them), in its own order."""
    return query.where(article.c.number.in_(text(MATCHING).bindparams(words=words).columns(column("rowid"))))


def snippets(connection: Connection, words: str, numbers: Sequence[int]) -> dict[int, str]:
    """Return the words around the finding in each of these articles: made for those that are shown, not for all."""
    size = {"open": OPEN, "close": CLOSE, "size": _WORDS}
    found = connection.execute(_SNIPPETS, {**size, "words": words, "numbers": json.dumps(list(numbers))})
    return {row.rowid: row[1] for row in found}


def hits(connection: Connection, words: str, limit: int | None) -> list[Hit]:
    """Return the newest versions of articles that hold `words`, the best first."""
    query = query_of(words)
    if not query:
        return []
    wanted = ranked(select(article.c.number).where(article.c.current), query).limit(limit)
    numbers = list(connection.execute(wanted).scalars())
    told = snippets(connection, query, numbers)
    return [Hit(number, told[number]) for number in numbers]
