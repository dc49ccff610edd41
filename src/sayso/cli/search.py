"""`sayso search`: full text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.cli.common import Format, FormatOption, JsonWriter, console, put_trimmed
from sayso.cli.database import DEFAULT_DB, Db, many, printable

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.text import Text

    from sayso.store.rebuild import Stored


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help='Words, "words in a row", or the beginning of a word*.')
    ],
    db: Db = DEFAULT_DB,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many articles (0: all).")] = 20,
    format: FormatOption = Format.table,
) -> None:
    """Search the articles of a database for words.

    Finds the articles that hold all the words, in their title, text or names, the best match first. Case and diacritics
    make no difference; blast* finds blasts too.

    \b
    Examples:
      sayso search tram depot
      sayso search '"river tax" repeal*' --format jsonl
    """
    from sayso.store.store import open_store

    with open_store(db) as store:
        hits = store.search(" ".join(words), limit or None)
        found = zip(store.readings(hit.article for hit in hits), (hit.snippet for hit in hits), strict=True)
        if format is not Format.table:
            with JsonWriter(format) as writer:
                for stored, snippet in found:
                    writer.write(_plain(stored, snippet))
            return
        out = console()
        for stored, snippet in found:
            put_trimmed(_head(stored), out)
            put_trimmed(_highlighted(snippet), out)
        out.print(many(len(hits), "article") if hits else "nothing found", style="dim")
        if limit and len(hits) == limit:
            out.print("--limit 0 shows all there are", style="dim")


def _plain(stored: Stored, snippet: str) -> dict[str, Any]:
    """Return a hit as plain JSON types; `matches` are `[start, end)` of each found word in `snippet`."""
    article = stored.reading.article
    pieces = _pieces(snippet)
    matches, at = [], 0
    for words, found in pieces:
        if found:
            matches.append([at, at + len(words)])
        at += len(words)
    return {
        "article": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "incidents": list(stored.keys.values()),
        "snippet": "".join(words for words, _ in pieces),
        "matches": matches,
    }


def _pieces(snippet: str) -> list[tuple[str, bool]]:
    """Return a snippet cut where found words begin and end, and whether each piece is one."""
    from sayso.store.search_sqlite import CLOSE, OPEN

    cut = []
    for k, piece in enumerate(snippet.split(OPEN)):
        found, _, rest = piece.partition(CLOSE) if k else ("", "", piece)
        cut += [(found, True), (rest, False)]
    return [(printable_piece(words), found) for words, found in cut if words]


def printable_piece(words: str) -> str:
    """Return a piece of text on one line without control characters, the spaces at its edges kept."""
    inner = printable(words)
    before = " " if words[:1].isspace() else ""
    after = " " if inner and words[-1:].isspace() else ""
    return f"{before}{inner}{after}"


def _head(stored: Stored) -> Text:
    """Return who published it when, and its incidents."""
    from rich.text import Text

    article = stored.reading.article
    head = Text(printable(article.title) or printable(article.name), style="bold")
    facts = [article.id, article.outlet, article.published.isoformat() if article.published else None]
    keys = f"{many(len(stored.keys), 'incident')}: {' '.join(stored.keys.values())}" if stored.keys else ""
    return head.append("\n" + printable("; ".join(filter(None, [*facts, keys]))), style="not bold dim")


def _highlighted(snippet: str) -> Padding:
    from rich.padding import Padding
    from rich.text import Text

    line = Text()
    for words, found in _pieces(snippet):
        line.append(words, style="bold yellow" if found else "")
    return Padding(line, (0, 0, 1, 4))
