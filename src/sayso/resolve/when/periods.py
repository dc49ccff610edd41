"""Places seasons, quarters and halves of years."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from sayso.model.when import Basis
from sayso.resolve.when.context import Context
from sayso.resolve.when.grammar import Expression
from sayso.resolve.when.moment import Moment, timex
from sayso.resolve.when.settled import Settled, explicit, integer

_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def season(expression: Expression, ctx: Context) -> Settled:
    """Read a season: of its own year, of the story's, or the last one before the day of writing."""
    fields = expression.fields
    part = fields["season"]
    if "year" in fields:
        return explicit(Moment("season", int(fields["year"]), part=part))
    if "era" in fields:
        return explicit(Moment("season", 1 - integer(fields["ancient"]), part=part))
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
    year = int(fields["year"])
    quarter = fields.get("half") != 0.5
    number = int(str(fields["half"])[1]) if "ordinal" not in fields else integer(fields["ordinal"])
    if not 1 <= number <= (4 if quarter else 2):
        return None
    months = 3 if quarter else 6
    grain: Literal["quarter", "half"] = "quarter" if quarter else "half"
    return explicit(Moment(grain, year, (number - 1) * months + 1, part=f"{'Q' if quarter else 'H'}{number}"))
