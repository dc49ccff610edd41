"""Who says so: the statements in the order they were made."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from sayso.cli.render.layout import GAP, MARGIN, put_columns
from sayso.export.shapes import StatementRecord
from sayso.export.words import ACCORDING, ACTS, NO_ONE, NOT_BY_ANYONE, NOT_DONE, PARTS, Speakers, in_quotes

DAY = 10


def put_timeline(statements: list[StatementRecord], out: Console) -> None:
    """Print the statements by day said; one that another reports stands under it."""
    if not statements:
        return
    out.print("Who says so", style="bold")
    room = out.width - MARGIN - DAY - 2 * GAP
    speaker = min(40, room * 2 // 5)
    speakers, shown, last = Speakers(), "", ""
    for depth, statement in in_order(statements):
        day = statement.said_on.edtf if statement.said_on else "no day"
        again = not depth and day == shown and statement.according_to == last
        who = Text() if again else _speaker(statement, speakers)
        cells = [Text("" if depth or day == shown else day), who, _said(statement, room - speaker)]
        shown, last = (shown, "") if depth else (day, statement.according_to)
        put_columns(cells, [DAY, speaker, room - speaker], out, indent=2 * min(depth, 4))
    out.print()


def in_order(statements: list[StatementRecord]) -> list[tuple[int, StatementRecord]]:
    """Return the statements with how deep each is nested: by day said (undated last), then as the text has them."""
    ids = {statement.id for statement in statements}
    inner: dict[str | None, list[StatementRecord]] = {}
    for statement in statements:
        inner.setdefault(statement.within if statement.within in ids else None, []).append(statement)
    found: list[tuple[int, StatementRecord]] = []
    stack = [(0, statement) for statement in sorted(inner.get(None, []), key=_day)][::-1]
    while stack:
        depth, statement = stack.pop()
        found.append((depth, statement))
        stack.extend((depth + 1, each) for each in reversed(inner.get(statement.id, [])))
    return found


def _day(statement: StatementRecord) -> tuple[bool, str]:
    latest = statement.said_on.latest if statement.said_on else None
    return latest is None, latest or ""


def _speaker(statement: StatementRecord, speakers: Speakers) -> Text:
    """Return the speaker in words, without those who report the statement: it stands under theirs."""
    who = NO_ONE if _by_no_one(statement) else speakers(statement.according_to.partition(ACCORDING)[0])
    text = Text().append(who, style="cyan")
    return text.append(f" (in a {PARTS[statement.part]})", style="dim") if statement.part in PARTS else text


def _by_no_one(statement: StatementRecord) -> bool:
    """Say whether the report tells that nobody has claimed the deed: such a statement has no speaker at all."""
    claims = statement.act == "claims_responsibility" and statement.stance == "denies"
    return claims and statement.speaker is None and statement.source is None


def act_words(statement: StatementRecord) -> str:
    """Return what is done, or not done, in words."""
    if _by_no_one(statement):
        return NOT_BY_ANYONE
    return NOT_DONE.get(statement.act, ACTS[statement.act]) if statement.stance == "denies" else ACTS[statement.act]


def _said(statement: StatementRecord, width: int) -> Text:
    """Return the act with the words said, at most three lines, and what they were said through."""
    text = Text().append(act_words(statement), style="bold")
    if statement.certainty != "certain":
        text.append(f" ({statement.certainty})", style="yellow")
    spans = statement.content or [span for span in (statement.cue,) if span]
    if spans:
        words = " ... ".join(span.text for span in spans)
        text.append("  ").append(in_quotes(words, 3 * width - 30), style="dim")
    if statement.channel:
        text.append(f" in: {' '.join(statement.channel.text.split())}", style="italic")
    return text
