"""Places each expression on the calendar, in text order: one small function for each kind of expression."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sayso.model.when import Basis
from sayso.resolve.when.ancient import ancient_century, ancient_decade, ancient_year
from sayso.resolve.when.context import Context, year_of
from sayso.resolve.when.feasts import APPROXIMATE, feasts, is_approximate
from sayso.resolve.when.grammar import Expression
from sayso.resolve.when.moment import Moment, edtf, ends, exists, of_day, shift, timex, unit_of, weekday_near
from sayso.resolve.when.periods import half, season, the_year, unit_of_day, weekend, weeks_of_month
from sayso.resolve.when.settled import (
    CLOCK_UNITS,
    YEARS,
    Settled,
    count_of,
    duration_value,
    explicit,
    from_anchor,
    from_event,
    integer,
)

_SOME_YEAR = 2001
"""A year to tell the month of a feast by where none is known."""
_UNKNOWN = "XXXX-XX-XX"
_ZONES = timedelta(days=2)
"""How far a day that is past can lie ahead of the day of writing, elsewhere in the world."""
_LUNAR_MONTH = timedelta(days=29)


def year_given(expression: Expression, ctx: Context) -> int | None:
    """Return the year that the expression names itself; None where it names none."""
    fields = expression.fields
    if "year" in fields:
        return int(fields["year"])
    if "two" in fields:
        return year_of(fields["two"], ctx.day.year if ctx.day else None)
    if "rel" in fields and "month" in fields:
        base = ctx.recent(expression) if expression.fields.get("same") or ctx.history else None
        year = base.year if base else ctx.day.year if ctx.day else None
        return None if year is None else year + int(fields["rel"])
    return None


def _date(expression: Expression, ctx: Context) -> Settled | None:
    fields = expression.fields
    if "iso" in fields:
        return _calendar_day(*(int(part) for part in fields["iso"][:10].split("-")))
    if "slash" in fields:
        return _slashed(fields["slash"])
    if "holiday" in fields:
        return _holiday(expression, ctx)
    if "era" in fields:
        return explicit(Moment("month", 1 - integer(fields["ancient"]), fields["month"]))
    if "weekday" in fields and "month" not in fields:
        return _weekday(expression, ctx)
    if "month" not in fields:
        return _day_of_month(expression, ctx)
    month, day = fields["month"], integer(fields["day"]) if "day" in fields else None
    year, basis = year_given(expression, ctx), "explicit"
    if year is None:
        year, basis = ctx.year_for(expression, month, day), "assumed_year"
    if day is not None and not exists(year, month, day):
        return None
    moment = Moment("day" if day else "month", year, month, day)
    return Settled("DATE", timex(moment), moment, basis="assumed_year" if basis != "explicit" else "explicit")


def _calendar_day(year: int, month: int, day: int) -> Settled | None:
    return explicit(Moment("day", year, month, day)) if year and exists(year, month, day) else None


def _slashed(text: str) -> Settled | None:
    """Read 31/10/2011 or 10/31/2011; None where day and month cannot be told apart."""
    first, second, year = (int(part) for part in text.replace(".", "/").split("/"))
    if first <= 12 and second <= 12 and first != second:
        return None
    return _calendar_day(year, min(first, second), max(first, second))


def _holiday(expression: Expression, ctx: Context) -> Settled:
    """Read a feast, or the eve of one, on its last day unless the words look ahead or give the year."""
    rule, eve = str(expression.fields["holiday"]), timedelta(days=int(expression.fields.get("eve", 0)))
    year = year_given(expression, ctx)
    basis: Basis = "explicit" if year is not None else "assumed_year"
    if year is None:
        near = next(iter(feasts(rule, ctx.day.year if ctx.day else _SOME_YEAR)), date(_SOME_YEAR, 1, 1)) + eve
        year = ctx.year_for(expression, near.month, near.day)
        moves = not rule[0].isdigit() or rule.count("-") > 1
        if year is None and not moves:
            moment = Moment("day", None, near.month, near.day)
            return Settled("DATE", timex(moment), moment, basis=basis)
    told = [day + eve for day in feasts(rule, year)] if year is not None else []
    if year is not None and basis != "explicit" and ctx.day is not None and not ctx.history:
        ahead = ctx.tense(expression) == "future"
        days = [d + eve for y in (year - 1, year, year + 1) for d in feasts(rule, y)]
        told = [d for d in days if (d >= ctx.day if ahead else d <= ctx.day + _ZONES)]
        told = told[:1] if ahead else told[-1:]
    if not told:
        return Settled("DATE", _UNKNOWN, None, basis=basis)
    settled = replace(explicit(of_day(told[0])), basis=basis)
    if expression.kind == "ramadan":
        last = told[0] + _LUNAR_MONTH
        return replace(settled, value=timex(Moment("month", told[0].year, told[0].month)), interval=f"{told[0]}/{last}")
    if is_approximate(rule):
        return replace(settled, interval=f"{told[0] - APPROXIMATE}/{told[0] + APPROXIMATE}")
    return settled


def _weekday(expression: Expression, ctx: Context) -> Settled:
    weekday = expression.fields["weekday"]
    near = ctx.last_day.start if ctx.history and ctx.last_day else None
    if near is not None:
        return from_event(weekday_near(near, weekday, after=True, strict=False))
    unknown = f"XXXX-WXX-{weekday}"
    if ctx.day is None:
        return from_anchor(None, unknown)
    after = ctx.tense(expression) == "future"
    return from_anchor(weekday_near(ctx.day, weekday, after=after, strict=False), unknown)


def _day_of_month(expression: Expression, ctx: Context) -> Settled:
    """Read "the 20th" in the month told last."""
    base, day = ctx.recent(expression), integer(expression.fields["day"])
    known = base is not None and base.month is not None and exists(base.year, base.month, day)
    return from_event(Moment("day", base.year, base.month, day) if base and known else None, f"XXXX-XX-{day:02d}")


def _year(expression: Expression, ctx: Context) -> Settled | None:
    fields = expression.fields
    if "ancient" in fields:
        return ancient_year(fields)
    first = Moment("year", int(fields["year"]))
    if "fiscal" in fields:  # by most calendars it ends in the year that it is called by
        return Settled("DATE", fields["year"], first, interval=f"{first.year - 1}/{first.year}" if first.year else None)
    if "two" not in fields and "last" not in fields:
        return explicit(first)
    last = int(fields["last"]) if "last" in fields else int(fields["year"]) // 100 * 100 + int(fields["two"])
    if last <= int(fields["year"]):
        last += 100
    return Settled("DATE", f"{fields['year']}/{last}", first, interval=f"{fields['year']}/{last}")


def _short_year(expression: Expression, ctx: Context) -> Settled:
    """Read "in '69" as the nearest such year, in a story as the nearest to the year told last."""
    return explicit(Moment("year", year_of(expression.fields["two"], ctx.year_near)))


def _decade(expression: Expression, ctx: Context) -> Settled | None:
    digits = "".join(c for c in expression.fields["decade"] if c.isdigit())
    if "era" in expression.fields:
        return ancient_decade(digits)
    year = int(digits)
    if len(digits) == 2:
        near = ctx.last.year if ctx.history and ctx.last and ctx.last.year else ctx.day.year if ctx.day else 2000
        year = near // 100 * 100 + year - (100 if near % 100 < year else 0)
    return explicit(Moment("decade", year))


def _century(expression: Expression, ctx: Context) -> Settled | None:
    fields = expression.fields
    number = integer(fields["ordinal"]) + int(fields.get("number", 0))
    if not 1 <= number <= 30:
        return None
    if "era" in fields:
        return ancient_century(number)
    return explicit(Moment("century", (number - 1) * 100))


def _days_from_anchor(ctx: Context, days: int) -> Moment | None:
    """Return the day so many days from the day of writing; its year stays unknown where the anchor's is."""
    if ctx.anchor is None:
        return None
    moved = shift(of_day(ctx.anchor.day), days, "day")
    if moved is None or ctx.anchor.year_known:
        return moved
    leap = {(2, 29), (2, 28), (3, 1)} & {(moved.month, moved.day), (ctx.anchor.day.month, ctx.anchor.day.day)}
    return None if leap and days else replace(moved, year=None)


def _deictic(expression: Expression, ctx: Context) -> Settled:
    return from_anchor(_days_from_anchor(ctx, int(expression.fields.get("deictic", 0))))


def _overnight(expression: Expression, ctx: Context) -> Settled:
    night, day = _days_from_anchor(ctx, -1), _days_from_anchor(ctx, 0)
    if night is None or day is None:
        return Settled("TIME", "XXXX-XX-XXTNI", None, basis="relative", relative_to="publication")
    interval = f"{edtf(night)}/{edtf(day)}" if night.year is not None else None
    return Settled("TIME", f"{timex(night)}TNI", night, interval, "relative", "publication")


def _relative(expression: Expression, ctx: Context) -> Settled | None:
    """Read what is last, this or next, seen from the day of writing."""
    fields, rel = expression.fields, int(expression.fields.get("rel", 0))
    if ctx.history and "rel" not in fields:  # "at month's end", in a story
        return _back(expression, ctx)
    if "part" in fields and "weekday" not in fields:
        return from_anchor(_days_from_anchor(ctx, rel))
    if ctx.day is None:
        unit = fields.get("unit", "day")
        return from_anchor(None, {"year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX"}.get(unit, "XXXX-XX-XX"))
    if "weekday" in fields:
        return from_anchor(_relative_weekday(expression, ctx, ctx.day, rel))
    if "month" in fields:
        month, today = fields["month"], ctx.day
        year = (
            today.year - (month >= today.month)
            if rel < 0
            else today.year + (month <= today.month)
            if rel
            else today.year
        )
        return replace(explicit(Moment("month", year, month)), basis="relative", relative_to="publication")
    unit = fields["unit"]
    if unit in CLOCK_UNITS:
        return None
    if unit == "weekend" and rel == -1 and ctx.day.isoweekday() == 7:
        rel = -1
    return from_anchor(shift(of_day(ctx.day), rel, unit))


def _relative_weekday(expression: Expression, ctx: Context, today: date, rel: int) -> Moment | None:
    weekday = expression.fields["weekday"]
    if "unit" in expression.fields or "week" in ctx.tokens.texts[expression.first : expression.last]:
        week = shift(of_day(today), rel, "week")
        return of_day(week.start + timedelta(days=weekday - 1)) if week and week.start else None
    if rel == 0:
        return weekday_near(today, weekday, after=ctx.tense(expression) != "past", strict=False)
    return weekday_near(today, weekday, after=rel > 0, strict=True)


def _shift(expression: Expression, ctx: Context) -> Settled | None:
    """Read so many units ago, or earlier or later than what was told before."""
    fields = expression.fields
    words = ctx.tokens.texts[expression.first : expression.last]
    ago = "ago" in words or "back" in words or "now" in words or "today" in words
    unit, count, sign = fields["unit"], count_of(expression), int(fields["dir"])
    vague = "PAST_REF" if sign < 0 else "FUTURE_REF"
    settle = from_anchor if ago else from_event
    if count is None:
        return settle(None, vague)
    if unit in CLOCK_UNITS:
        hours = count if unit == "hour" else 0
        if hours % 24 or not hours:
            return _hours(expression, ctx, ago=ago, vague=vague)
        unit, count = "day", hours // 24
    if ago and ctx.day is None and unit == "day":
        return from_anchor(_days_from_anchor(ctx, sign * int(count)))
    base = (of_day(ctx.day) if ctx.day else None) if ago else _base(expression, ctx)
    if count % 1 and unit in YEARS:
        unit, count = "year", count * YEARS[unit]
    unit, steps = "day" if unit == "night" else unit, sign * int(count)
    whole = count == int(count)
    moved = shift(base, steps, unit) if base and whole else None
    if base and not whole and unit == "year" and (part := shift(base, round(sign * count * 12), "month")):
        moved = Moment("year", part.year)
    if moved is None and whole and unit == "day" and not ago:
        moved = ctx.day_of_sequel(expression)
        base = shift(moved, -steps, unit) if moved else None
    if moved is None and not ctx.history and ctx.names_event(expression):
        return Settled("DURATION", duration_value(count, fields["unit"]), None, relative_to="event")
    if moved is None and whole and unit == "year" and sign < 0 and ctx.compares(expression):
        moved = shift(of_day(ctx.day), steps, unit) if ctx.day else None
    if fields["unit"] == "night":
        fields["part"] = "NI"
    return replace(settle(moved, "XXXX" if unit == "year" else "XXXX-XX-XX"), counted_from=None if ago else base)


def _base(expression: Expression, ctx: Context) -> Moment | None:
    """Return what "two days after the raid on May 3", "two days after the blast" or "two days later" counts from."""
    named = ctx.named_after(expression)
    told = KINDS[named.kind](named, ctx) if named is not None else None
    if told is not None:
        return told.moment
    fine = expression.fields["unit"] in ("hour", "day", "week", "night", "fortnight")
    return ctx.event_day(expression) if fine else ctx.event_time(expression)


def _year_ago(expression: Expression, ctx: Context) -> Settled:
    """Read "the year-earlier quarter", which compares with the day of writing."""
    back = shift(of_day(ctx.day), -1, expression.fields["unit"]) if ctx.day and not ctx.history else None
    return from_anchor(back, "XXXX")


def _hours(expression: Expression, ctx: Context, *, ago: bool, vague: str) -> Settled:
    """Read hours and minutes: those ago lie on the day of writing or the one before."""
    if not ago or ctx.day is None:
        return Settled("DATE", vague, None, basis="relative", relative_to="publication" if ago else "event")
    before = _days_from_anchor(ctx, -1)
    interval = f"{edtf(before)}/{ctx.day.isoformat()}" if before else None
    return Settled("DATE", timex(of_day(ctx.day)), of_day(ctx.day), interval, "relative", "publication")


def _recent(expression: Expression, ctx: Context) -> Settled | None:
    """Read the stretch that ends (or begins) on the day of writing: "in the past few hours"."""
    fields, count, unit = expression.fields, count_of(expression), expression.fields["unit"]
    words = ctx.tokens.texts[expression.first : expression.last]
    singular = unit in words
    if (
        ctx.history
        and count is None
        and singular
        and "next" in words
        and ctx.word_before(expression) in ("in", "during")
    ):
        return _back(expression, ctx)  # a story that says "in the next year" goes on
    count = 1.0 if count is None and singular else count
    value, rel = duration_value(count, unit), int(fields["rel"])
    settled = Settled("DURATION", value, None, basis="relative", relative_to="publication")
    if ctx.day is None or ctx.history:
        return settled
    if unit in CLOCK_UNITS:
        other = _days_from_anchor(ctx, rel * max(1, -(-int(count or 1) // 24)) if unit == "hour" else rel)
    elif count is None or count != int(count):
        return settled
    else:
        other = shift(of_day(ctx.day), rel * int(count), "day" if unit == "night" else unit)
    span = ends(other) if other else None
    if other is None or span is None:
        return settled
    low, high = (span[0].isoformat() if unit in ("week", "fortnight") else edtf(other)), ctx.day.isoformat()
    if rel > 0:
        low, high = high, span[1].isoformat() if unit in ("week", "fortnight") else edtf(other)
    return replace(settled, moment=other, interval=f"{low}/{high}")


def _back(expression: Expression, ctx: Context) -> Settled:
    """Read what hangs on a date told before: the same day, the next month, the night before."""
    fields = expression.fields
    rel = fields.get("rel", 0)
    rel = rel if isinstance(rel, int) else 0
    unit = fields.get("unit", "day")
    if "season" in fields:
        return from_event(None, "XXXX")
    if "weekday" in fields:
        day = ctx.recent_day(expression)
        start = day.start if day else None
        near = weekday_near(start, fields["weekday"], after=rel > 0, strict=True) if start else None
        return from_event(near, f"XXXX-WXX-{fields['weekday']}")
    if unit in CLOCK_UNITS:
        return from_event(None, "XXXX-XX-XX")
    the = fields.get("rel") == "the" and not ctx.history and unit != "day"
    base = ctx.event_day(expression) if unit in ("day", "week", "weekend") else ctx.recent(expression)
    if the and ctx.day is not None:
        return from_anchor(unit_of(ctx.day, unit))
    unknown = {"year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX"}.get(unit, "XXXX-XX-XX")
    return from_event(shift(base, rel, unit) if base else None, unknown)


def _time(expression: Expression, ctx: Context) -> Settled:
    """Read a time of day that stands alone: on the day told last, else on no known day.

    "At night" and "one night" are of no one day.
    """
    words = ctx.tokens.texts[expression.first : expression.last]
    if words[0] == "one" or (len(words) == 1 and expression.fields.get("part") in ("NI", "DT")):
        return Settled("TIME", "", None, basis="relative", relative_to="event")
    return Settled("TIME", "", ctx.recent_day(expression), basis="relative", relative_to="event")


def _duration(expression: Expression, ctx: Context) -> Settled:
    unit, count = expression.fields["unit"], count_of(expression)
    words = ctx.tokens.texts[expression.first : expression.last]
    one = unit in words or words[0] == f"{unit}long"
    plain = one and not {"number", "one", "plus"} & set(expression.fields)
    return Settled("DURATION", duration_value(1.0 if plain else count, unit))


def _set(expression: Expression, ctx: Context) -> Settled:
    fields = expression.fields
    if "often" in fields:
        return Settled("SET", fields["often"])
    if "weekday" in fields:
        part = f"T{fields['part']}" if "part" in fields else ""
        return Settled("SET", f"XXXX-WXX-{fields['weekday']}{part}")
    if "month" in fields:
        return Settled("SET", f"XXXX-{fields['month']:02d}")
    if "part" in fields:
        return Settled("SET", f"XXXX-XX-XXT{fields['part']}")
    return Settled("SET", duration_value(count_of(expression) or fields.get("other", 1), fields["unit"]))


def _vague(expression: Expression, ctx: Context) -> Settled:
    fields = expression.fields
    value = fields.get("vague") or (
        "FUTURE_REF" if "future" in fields else "PAST_REF" if "past" in fields else "PRESENT_REF"
    )
    return Settled("DATE", value, None, basis="relative")


def _vague_shift(expression: Expression, ctx: Context) -> Settled:
    return Settled("DATE", "PAST_REF" if expression.fields["dir"] < 0 else "FUTURE_REF", None, relative_to="event")


KINDS: dict[str, Callable[[Expression, Context], Settled | None]] = {
    "date": _date,
    "year": _year,
    "shortyear": _short_year,
    "decade": _decade,
    "century": _century,
    "season": season,
    "half": half,
    "weekend": weekend,
    "weeksof": weeks_of_month,
    "theyear": the_year,
    "unitof": unit_of_day,
    "yearago": _year_ago,
    "deictic": _deictic,
    "overnight": _overnight,
    "relative": _relative,
    "shift": _shift,
    "vagueshift": _vague_shift,
    "recent": _recent,
    "back": _back,
    "clock": _time,
    "militaryclock": _time,
    "part": _time,
    "duration": _duration,
    "bareunits": _duration,
    "openings": _duration,
    "set": _set,
    "vague": _vague,
    "ramadan": _holiday,
}
"""How each kind of pattern in `dates.yaml` is read."""
