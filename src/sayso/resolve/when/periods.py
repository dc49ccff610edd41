"""Places seasons, quarters and halves of years, weekends, and the week that a day lies in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from sayso.model.when import Basis
from sayso.resolve.when.context import Context, year_of
from sayso.resolve.when.grammar import Expression
from sayso.resolve.when.moment import Moment, ends, exists, of_day, shift, timex, unit_of
from sayso.resolve.when.settled import Settled, count_of, duration_value, explicit, from_anchor, from_event, integer

_SHORTEST_MONTH = 28
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def season(expression: Expression, ctx: Context) -> Settled:
    """Read a season: of its own year, of the story's, or the last one before the day of writing."""
    fields = expression.fields
    part = fields["season"]
    if "year" in fields:
        return explicit(Moment("season", int(fields["year"]), part=part))
    if "era" in fields:
        return explicit(Moment("season", 1 - integer(fields["ancient"]), part=part))
    if "two" in fields:
        return explicit(Moment("season", year_of(fields["two"], ctx.year_near), part=part))
    month = _SEASON_MONTH[part]
    if ctx.history:
        year = _story_year(ctx) if part != "WI" else _winter_year(ctx)
        return Settled("DATE", f"{timex(Moment('year', year))}-{part}", _season_of(year, part), basis="assumed_year")
    rel = fields.get("rel")
    if ctx.day is None:
        return Settled("DATE", f"XXXX-{part}", None, basis="relative", relative_to="publication")
    year = ctx.day.year - (ctx.day.month < month)
    if part == "WI" and ctx.day.month <= 3 and rel == 0:
        year = ctx.day.year - 1
    elif rel == -1 and ctx.day.year == year and month <= ctx.day.month < month + 3:
        year -= 1
    elif rel == 1 or (rel is None and ctx.tense(expression) == "future"):
        year = ctx.day.year + (ctx.day.month >= month)
    elif rel == 0:
        year = ctx.day.year
    basis: Basis = "relative" if rel is not None else "assumed_year"
    return replace(explicit(Moment("season", year, part=part)), basis=basis)


def _story_year(ctx: Context) -> int | None:
    return ctx.last.year if ctx.last else None


def _winter_year(ctx: Context) -> int | None:
    last = ctx.last
    if last is None or last.year is None:
        return None
    return last.year - 1 if last.month is not None and last.month <= 4 else last.year


def _season_of(year: int | None, part: str) -> Moment | None:
    return None if year is None else Moment("season", year, part=part)


def half(expression: Expression, ctx: Context) -> Settled | None:
    """Read a half or a quarter of a year; None for a fifth quarter."""
    fields = expression.fields
    quarter = fields.get("half") != 0.5
    number = int(str(fields["half"])[1]) if "ordinal" not in fields else integer(fields["ordinal"])
    if not 1 <= number <= (4 if quarter else 2):
        return None
    months = 3 if quarter else 6
    first, part = (number - 1) * months + 1, f"{'Q' if quarter else 'H'}{number}"
    year = int(fields["year"]) if "year" in fields else _half_year(expression, ctx, first)
    if year is None:
        return Settled("DATE", f"XXXX-{part}", None, basis="assumed_year")
    grain: Literal["quarter", "half"] = "quarter" if quarter else "half"
    settled = explicit(Moment(grain, year, first, part=part))
    return settled if "year" in fields else replace(settled, basis="assumed_year")


def _half_year(expression: Expression, ctx: Context, month: int) -> int | None:
    """Return the year of a half or quarter that begins in a month: the last that has begun, or the next to come."""
    words = ctx.tokens.texts[expression.first : expression.last]
    if ctx.history or ctx.day is None:
        return _story_year(ctx) if ctx.history else None
    if words[-1] == "year":  # "the second half of the year"
        return ctx.day.year + int(expression.fields.get("rel", 0))
    if ctx.tense(expression) == "future":
        return ctx.day.year + (month < ctx.day.month - 2)
    return ctx.day.year - (month > ctx.day.month)


def weekend(expression: Expression, ctx: Context) -> Settled:
    """Read "the weekend": the last one that has begun, or the next where the words look ahead."""
    if ctx.day is None or ctx.history:
        return from_event(None, "XXXX-WXX-WE")
    this = unit_of(ctx.day, "weekend")
    begun = this is not None and this.start is not None and this.start <= ctx.day
    back = not begun and ctx.tense(expression) != "future"
    return from_anchor(shift(of_day(ctx.day), -1, "weekend") if back else this, "XXXX-WXX-WE")


def unit_of_day(expression: Expression, ctx: Context) -> Settled | None:
    """Read "the week of March 4": the unit that the day lies in."""
    fields = expression.fields
    month, day = fields["month"], integer(fields["day"])
    told = "year" in fields
    year = int(fields["year"]) if told else ctx.year_for(expression, month, day)
    if not exists(year, month, day) or fields["unit"] not in ("week", "weekend"):
        return None
    start = Moment("day", year, month, day).start
    found = unit_of(start, fields["unit"]) if start else None
    return replace(explicit(found), basis="explicit" if told else "assumed_year") if found else None


def the_year(expression: Expression, ctx: Context) -> Settled | None:
    """Read "for the year", which in news is the year of writing; None in a story, where it goes on from another."""
    return None if ctx.history or ctx.day is None else from_anchor(Moment("year", ctx.day.year))


def weeks_of_month(expression: Expression, ctx: Context) -> Settled:
    """Read "the last week of August", "the first ten days of May": a length of time within a month."""
    fields = expression.fields
    words = ctx.tokens.texts[expression.first : expression.last]
    count = count_of(expression) or (1 if fields["unit"] in words else None)
    year = int(fields["year"]) if "year" in fields else ctx.year_for(expression, fields["month"], None)
    month = Moment("month", year, fields["month"])
    span, days = ends(month), int(count or 0) * (7 if fields["unit"] == "week" else 1)
    interval = None
    if span is not None and fields["nth"] in (1, -1) and 0 < days < _SHORTEST_MONTH:
        low, high = (
            (span[0], span[0] + timedelta(days - 1)) if fields["nth"] > 0 else (span[1] - timedelta(days - 1), span[1])
        )
        interval = f"{low}/{high}"
    basis: Basis = "explicit" if "year" in fields else "assumed_year"
    return Settled("DURATION", duration_value(count, fields["unit"]), month, interval, basis)
