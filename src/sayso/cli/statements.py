"""`sayso statements`: who says what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from sayso.cli.common import console, put_trimmed
from sayso.cli.database import DEFAULT_DB, Db, many, printable, write_rows
from sayso.cli.filters import among, day_of
from sayso.model.statement import Act, SpeakerKind, Stance
from sayso.store.filters import StatementFilter

if TYPE_CHECKING:
    from sayso.export.shapes import StatementRecord
    from sayso.export.summary import Row
    from sayso.model.statement import Statement
    from sayso.store.rebuild import Stored

SHOWN = 50
"""How many lines people get unless they ask for more."""


class StatementFormat(StrEnum):
    """How the statements are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


def statements(
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Who says it, or for whom, by words of any name.")
    ] = None,
    speaker_kind: Annotated[
        list[str] | None, typer.Option("--speaker-kind", metavar="KIND", help="Kind of source, e.g. authority.")
    ] = None,
    act: Annotated[list[str] | None, typer.Option("--act", metavar="ACT", help="What is done, e.g. denies.")] = None,
    stance: Annotated[
        list[str] | None, typer.Option("--stance", metavar="STANCE", help="asserts, denies or doubts.")
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", metavar="NAME", help="Whom or what it is about, by words in what is said.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", "--from", metavar="DATE", help="Said not before this day, month or year.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", "--to", metavar="DATE", help="Said not after this day, month or year.")
    ] = None,
    article: Annotated[str | None, typer.Option("--article", metavar="ID", help="Of this article only.")] = None,
    db: Db = DEFAULT_DB,
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, help=f"At most so many (table: {SHOWN} unless given; 0: all).")
    ] = None,
    format: Annotated[
        StatementFormat, typer.Option("--format", "-f", help="For people (table) or for machines.")
    ] = StatementFormat.table,
) -> None:
    """List who says what, the newest first.

    All conditions must be met; of several values of one option, any. A statement whose day the text does not tell
    counts as said on the day of publication.

    \b
    Examples:
      sayso statements --act claims_responsibility --act denies
      sayso statements --speaker "interior ministry" --target "harbour front" --from 2019-05
      sayso statements --speaker-kind witness --format csv > witnesses.csv
    """
    from sayso.store.store import open_store

    filter = StatementFilter(
        speaker=speaker,
        speaker_kinds=among(speaker_kind, get_args(SpeakerKind), "--speaker-kind"),
        acts=among(act, get_args(Act), "--act"),
        stances=among(stance, get_args(Stance), "--stance"),
        target=target,
        since=day_of(since, 0, "--from"),
        until=day_of(until, 1, "--to"),
        article=article,
    )
    with open_store(db) as store:
        wanted = SHOWN if limit is None and format is StatementFormat.table else limit or None
        found = store.statements(filter, limit=wanted if wanted is None else wanted + 1)
        if format is StatementFormat.table:
            _show(found, wanted)
        else:
            _write(islice(found, wanted), format)


def _write(found: Iterable[tuple[Stored, Statement]], format: StatementFormat) -> None:
    from sayso.export import columns
    from sayso.export.summary import statement_row

    rows = (statement_row(article, record) for article, record in _records(found))
    write_rows(rows, columns.STATEMENT, format.value)


def _records(found: Iterable[tuple[Stored, Statement]]) -> Iterator[tuple[Row, StatementRecord]]:
    """Yield each statement as the record has it, with the columns of its article."""
    from sayso.export.record import record_of
    from sayso.export.summary import article_columns

    for stored, statement in found:
        record = record_of(stored.reading)
        yield article_columns(record.article), next(s for s in record.statements if s.id == statement.id)


def _show(found: Iterable[tuple[Stored, Statement]], wanted: int | None) -> None:
    """Print the statements to people, a line each; nothing that says who did it stands without its speaker."""
    from rich.table import Table
    from rich.text import Text

    from sayso.cli.render.timeline import act_words
    from sayso.export.words import day, in_quotes

    out = console()
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for heading, least in (("said", 11), ("who", 16), ("kind", 9), ("does", 8), ("what", 20), ("article", 8)):
        table.add_column(heading, no_wrap=heading == "said", overflow="fold", min_width=least)
    shown = 0
    for article, statement in _records(found):
        shown += 1
        if wanted is not None and shown > wanted:
            break
        told = statement.said_on.earliest if statement.said_on else None
        published = date.fromisoformat(str(article["published"])) if article["published"] else None
        when = day(statement.said_on) if told else f"by {published.day} {published:%b %Y}" if published else "no day"
        act = act_words(statement) + ("" if statement.certainty == "certain" else f" ({statement.certainty})")
        words = " ... ".join(c.text for c in statement.content) or (statement.cue.text if statement.cue else "")
        kind = statement.speaker_kind.replace("_", " ")
        cells = (when, statement.according_to, kind, act, in_quotes(words, 160), str(article["article"]))
        table.add_row(*(Text(printable(cell)) for cell in cells))
    if not shown:
        print("no statement found")
        return
    put_trimmed(table, out)
    more = wanted is not None and shown > wanted
    out.print(f"the first {wanted}; --limit 0 shows all" if more else many(shown, "statement"), style="dim")
