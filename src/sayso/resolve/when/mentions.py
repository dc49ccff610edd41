"""From the expressions of an article to its time mentions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from sayso.errors import SaysoError
from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.edtf import bounds
from sayso.model.when import TimeMention, When
from sayso.resolve.when.clause import Tense
from sayso.resolve.when.context import Anchor, Context
from sayso.resolve.when.grammar import Expression, grammar
from sayso.resolve.when.guard import Guard
from sayso.resolve.when.join import joined, listed, ranged, same_day
from sayso.resolve.when.lexicon import Tokens, dates
from sayso.resolve.when.moment import Moment, edtf, ends, of_day, shift, timex, with_year
from sayso.resolve.when.settle import KINDS
from sayso.resolve.when.settled import Settled

_UNKNOWN_DAY = "XXXX-XX-XX"
_EVENING = 6
"""From this hour to twelve a clock's "night" is that of the day itself: "11 o'clock last night"."""
_OPENED = {"date", "year", "season", "decade", "deictic", "relative", "back", "half"}


def times(article: Article, analysis: Analysis) -> tuple[TimeMention, ...]:
    """Return the times that the article names, in text order, none inside another.

    An interval ("from 3 to 7 May") is one mention, its `value` the two TIMEX3 values with a slash between. A clock time
    whose day is not known has a `when` of `XXXX-XX-XX` with the clock; a stretch that ends at the day of writing ("in
    the past few hours") is a DURATION with a `when`. Nothing is raised: what cannot be read is left out.
    """
    return tuple(step.mention for step in steps(article, analysis))


class Step(NamedTuple):
    """One expression on its way to the calendar: what it was read as, and what it could hang on.

    `today` is the day of writing, `told` the last day told before it; both None where not known.
    """

    expression: Expression
    today: Anchor | None
    told: Moment | None
    tense: Tense
    mention: TimeMention


def steps(article: Article, analysis: Analysis) -> Iterator[Step]:
    """Yield the times of an article with how each was placed, in text order."""
    tokens = grammar().lexicon.tokens(analysis.text)
    guard = Guard(tokens, article, analysis)
    expressions = _expressions(tokens, guard)
    context = Context(article, analysis, tokens, expressions)
    for expression in expressions:
        told = context.last_day
        settled = _settle(expression, context, guard)
        if settled is not None:
            counted = settled.type == "DURATION" and expression.kind == "shift"  # "two days" of "two days after a raid"
            start, end = tokens.starts[guard.own_first(expression)], tokens.ends[expression.last - 1 - counted]
            mention = _mention(settled, analysis, start, end)
            yield Step(expression, context.anchor, told, context.tense(expression), mention)


def _expressions(tokens: Tokens, guard: Guard) -> list[Expression]:
    """Return the expressions that stand, leftmost and longest first, joined where they are one time."""
    chosen: list[Expression] = []
    taken = 0
    for expression in grammar().candidates(tokens):
        if expression.first >= taken and guard.accepts(expression):
            chosen.append(expression)
            taken = expression.last
    kept = [expression for expression in chosen if expression.kind != "none"]
    return ranged(tokens, same_day(tokens, joined(tokens, listed(tokens, kept, guard.ends_phrase))))


def _settle(expression: Expression, context: Context, guard: Guard) -> Settled | None:
    """Place one expression, with its time of day; and let later ones hang on it."""
    if expression.kind == "range":
        return _range(expression, context, guard)
    settled = KINDS[expression.kind](expression, context)
    if settled is None:
        return None
    told = settled.moment is not None and settled.type == "DATE"
    aside = "zone" in expression.fields and guard.bracketed(expression)
    if told and settled.moment and not aside and not (context.history and settled.relative_to == "publication"):
        context.remember(expression, settled.moment, explicit=settled.basis == "explicit")
    if settled.type in ("DATE", "TIME"):
        settled = _with_hour(expression, settled)
    return _opened(expression, settled, guard)


def _range(expression: Expression, context: Context, guard: Guard) -> Settled | None:
    """Place both ends of an interval; the first goes back a week or a year where it would come after the second."""
    low = _settle(expression.fields["low"], context, guard)
    high = _settle(expression.fields["high"], context, guard)
    if low is None or high is None or low.moment is None or high.moment is None:
        return low or high
    first, last = low.moment, high.moment
    before, after = ends(first), ends(last)
    if before and after and before[0] > after[1]:
        if low.relative_to == "publication":
            first = shift(first, -7, "day") or first
        elif low.basis == "assumed_year" and first.year is not None:
            first = with_year(first, first.year - 1) or first
        before = ends(first)
        if before is None or before[0] > after[1]:
            return low
    clock = low.clock or high.clock
    whole = (
        first is low.moment and low.type == high.type == "TIME" and not low.clock
    )  # "Monday night to Tuesday morning"
    value = f"{low.value}/{high.value}" if whole else f"{timex(first)}/{timex(last)}"
    if first.year is None or last.year is None or "/" in edtf(first) or "/" in edtf(last):
        interval = f"{before[0]}/{after[1]}" if before and after else edtf(first)
    else:
        interval = f"{edtf(first)}/{edtf(last)}"
    return Settled("DATE", value, first, interval, low.basis, low.relative_to, clock)


def clock_of(expression: Expression) -> str | None:
    """Return the time of day that an expression gives as `HH:MM`; None where it gives none."""
    fields = expression.fields
    if "noon" in fields:
        return str(fields["noon"])
    if "hhmm" in fields:
        hour, minute = int(fields["hhmm"]) // 100, int(fields["hhmm"]) % 100
    elif "clock" in fields:
        hour, minute = (int(part) for part in str(fields["clock"]).replace(".", ":").split(":")[:2])
    elif "hour" in fields:
        hour, minute = int(fields["hour"]), 0
    else:
        return None
    half = str(fields.get("ampm", ""))[:1]
    if not half and hour <= 12 and ("clock" in fields or "hour" in fields):
        evening = "EV" if fields.get("part") == "NI" and hour >= _EVENING else fields.get("part")
        half = {"MO": "a", "AF": "p", "EV": "p"}.get(str(evening), "")
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour % 24:02d}:{minute:02d}" if hour <= 24 else None


def _with_hour(expression: Expression, settled: Settled) -> Settled:
    """Add the time of day, or the part of the day, to a day."""
    clock, part = clock_of(expression), expression.fields.get("part")
    day = settled.value or (timex(settled.moment) if settled.moment else _UNKNOWN_DAY)
    if len(day.split("T")[0]) < 10:
        day = _UNKNOWN_DAY
    if clock is not None:
        zone = expression.fields.get("zone", "")
        return replace(settled, type="TIME", value=f"{day}T{clock}{zone}", clock=clock)
    if part is not None and "T" not in day:
        return replace(settled, type="TIME", value=f"{day}T{part}")
    return settled


def _opened(expression: Expression, settled: Settled, guard: Guard) -> Settled:
    """Leave an interval open where the words say so: "by October 31", "since 2009"."""
    moment, texts = settled.moment, guard.tokens.texts
    word = texts[expression.first - 1] if expression.first else ""
    if moment is None or settled.interval or settled.type != "DATE" or expression.kind not in _OPENED:
        return settled
    opens = dates()["opens"]
    if word not in opens["to"] and word not in opens["since"]:
        return settled
    if not guard.ends_phrase(expression.last):
        return settled
    span = ends(moment)
    if span is None:
        return settled
    strict = word in dates()["strict"]
    if word in opens["to"]:
        last = shift(of_day(span[0]), -1, "day") if strict else None
        whole = timex(moment) if moment.grain in ("day", "month", "year") else span[1].isoformat()
        return replace(settled, interval=f"../{edtf(last) if last else whole}")
    if word == "from" and moment.grain != "day" and moment.grain != "year":
        return settled
    first = shift(of_day(span[1]), 1, "day") if strict else None
    whole = timex(moment) if moment.grain in ("day", "month", "year") else span[0].isoformat()
    return replace(settled, interval=f"{edtf(first) if first else whole}/..")


def _mention(settled: Settled, analysis: Analysis, start: int, end: int) -> TimeMention:
    when, base = None, settled.counted_from
    value = settled.interval or (edtf(settled.moment) if settled.moment else _UNKNOWN_DAY if settled.clock else None)
    if value is not None and settled.type != "SET":
        try:
            low, high = bounds(value)
        except SaysoError:
            low = high = value = None
        if value is not None:
            when = When(edtf=value, earliest=low, latest=high, basis=settled.basis, clock=settled.clock)
    return TimeMention(
        span=analysis.span_at(start, end),
        type=settled.type,
        value=settled.value,
        when=when,
        relative_to=settled.relative_to,
        counted_from=edtf(base) if base and base.grain == "day" else None,
    )
