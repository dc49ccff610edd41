"""`sayso changes`: the log of changes, and whether it holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.common import FAILED, Format, FormatOption, JsonWriter
from sayso.cli.database import DEFAULT_DB, Db, many, printable
from sayso.cli.filters import day_of

if TYPE_CHECKING:
    from sayso.store.changes import Change, Verified

SHOWN = 50
"""How many entries people get unless they ask for more."""


def changes(
    author: Annotated[str | None, typer.Option("--author", metavar="NAME", help="Who changed something.")] = None,
    action: Annotated[
        str | None, typer.Option("--action", metavar="WORDS", help='What was done: "called same".')
    ] = None,
    object: Annotated[
        str | None, typer.Option("--object", metavar="ID", help="What was changed: a whole id, of a pair either.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="On that day, month or year or later.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="At the latest then.")] = None,
    words: Annotated[str | None, typer.Option("--words", metavar="TEXT", help="What stands in the reason.")] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help=f"At most so many (table: {SHOWN}; 0: all).")
    ] = None,
    verify: Annotated[bool, typer.Option("--verify", help="Check the chain of digests instead of listing.")] = False,
    db: Db = DEFAULT_DB,
    format: FormatOption = Format.table,
) -> None:
    """List who changed what, when and why, the newest first.

    The log is only added to. Each entry holds a digest of the one before it; --verify checks them all, prints the
    newest one, and fails where an entry was changed, taken out or put in. Keep a newest digest elsewhere to know later
    that nothing up to it was touched.

    \b
    Examples:
      sayso changes --object ark4gwhntr
      sayso changes --verify
    """
    from sayso.store.changes import ChangeFilter
    from sayso.store.changes import changes as entries
    from sayso.store.changes import verify as checked
    from sayso.store.store import open_store

    days = day_of(since, 0, "--since"), day_of(until, 1, "--until")
    wanted = ChangeFilter(author=author, action=action, about=object, words=words, since=days[0], until=days[1])
    most = SHOWN if limit is None and format is Format.table else limit or None
    with open_store(db) as store, store.reading() as connection:
        if verify:
            return _tell(checked(connection), format)
        found = entries(connection, wanted, limit=most)
    if format is not Format.table:
        with JsonWriter(format) as writer:
            for change in found:
                writer.write(asdict(change))
        return None
    for change in found:
        print(printable(_line(change)))
    if not found:
        print("no such change")
    return None


def _line(change: Change) -> str:
    reason = f": {change.reason}" if change.reason else ""
    told = " -> ".join(w for w in map(_words, (change.before, change.after)) if w)
    what = f"{change.action} {change.subject} {change.object}"
    return f"{change.number} {change.at} {change.author} {what}{f' [{told}]' if told else ''}{reason}"


def _words(side: object) -> str:
    """Return what stood before or after, in words; empty where it has none."""
    return f"{side['slot']} {side['words']}" if isinstance(side, dict) and "words" in side else ""


def _tell(found: Verified, format: Format) -> None:
    """Tell whether the chain holds. Raises Exit where it does not."""
    if format is not Format.table:
        with JsonWriter(format) as writer:
            writer.write(found._asdict())
    elif found.broken is None:
        print(f"all {many(found.entries, 'change')} hold; the newest digest is {found.head or 'none'}")
    else:
        print(f"change {found.broken} does not hold: {found.why}. The {found.entries:,} before it do")
    if found.broken is not None:
        raise typer.Exit(FAILED)
