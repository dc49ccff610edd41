"""Puts expressions together that are one time: a day and its hour, the ends of an interval, days that share a month."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

from sayso.resolve.when.grammar import Expression
from sayso.resolve.when.lexicon import Tokens, dates

_TIMES = {"clock", "militaryclock", "part"}
_CLOCKS = {"clock", "militaryclock"}
_RANGED = {"date", "year", "season", "decade", "century", "relative", "deictic"}
_HOURS = frozenset({"clock", "hour", "hhmm", "noon", "ampm", "zone"})
_LONGEST_GAP = 4


@cache
def _join_words(name: str) -> frozenset[str]:
    return frozenset(dates()["joins"][name])


def gap(tokens: Tokens, left: Expression, right: Expression) -> str | None:
    """Return the words between two expressions; None where there are many, or a paragraph ends between them."""
    if not 0 <= right.first - left.last <= _LONGEST_GAP:
        return None
    words = tokens.texts[left.last : right.first]
    if any(word.isspace() for word in words) or _ends_sentence(tokens, left, words):
        return None
    return " ".join("-" if word in "–—-" else word for word in words)


def _ends_sentence(tokens: Tokens, left: Expression, words: list[str]) -> bool:
    """Say whether the full stop of "at 3pm." ends the sentence: the day that a new one opens with is another time."""
    last, unit = tokens.texts[left.last - 1], tokens.texts[left.last - 2] if left.last - left.first > 1 else ""
    return (
        last == "."
        and "." not in unit
        and unit in ("am", "pm")
        and bool(words)
        and words[0] in ("on", "in", "at", "the")
    )


def _is_day(expression: Expression) -> bool:
    """Say whether an expression names a day, so that an hour can be told of it."""
    fields = expression.fields
    if "clock" in fields or "part" in fields or "hour" in fields or "hhmm" in fields or "noon" in fields:
        return False
    return (
        ("day" in fields and "month" in fields)
        or any(name in fields for name in ("weekday", "deictic", "iso", "slash", "holiday"))
        or (expression.kind in ("back", "shift") and fields.get("unit") == "day")
    ) and expression.kind not in ("set", "duration", "none")


def _merged(left: Expression, right: Expression, base: Expression) -> Expression:
    other = right if base is left else left
    return Expression(left.first, right.last, base.kind, other.fields | base.fields)


def _one(tokens: Tokens, left: Expression, right: Expression) -> Expression | None:
    """Return the two as one expression, where the words between them make them one."""
    between = gap(tokens, left, right)
    if between is None:
        return None
    left_time, right_time = left.kind in _TIMES, right.kind in _TIMES
    again = right.kind == "part" and left.fields.get("part") == right.fields["part"] and "weekday" in left.fields
    if again and not between:  # "the early hours of Sunday" and "morning"
        return _merged(left, right, left)
    if left_time and _is_day(right) and between in _join_words("time_then_date"):
        return _merged(left, right, right)
    if _is_day(left) and right_time and between in _join_words("date_then_time"):
        return _merged(left, right, left)
    if left.kind in _CLOCKS and "part" in right.fields and right.kind in ("relative", "deictic", "back"):
        return _merged(left, right, right) if between in _join_words("clock_then_part") else None
    if left.kind in _CLOCKS and right.kind == "part" and between in _join_words("clock_then_part"):
        return _merged(left, right, left)
    if left.kind == right.kind == "date" and between in _join_words("weekday_then_date"):
        if "weekday" in left.fields and "month" not in left.fields and "day" in right.fields:
            return _merged(left, right, right)
        if "weekday" in right.fields and "month" not in right.fields and "day" in left.fields and between in ("", ","):
            return _merged(left, right, left)
    return None


def joined(tokens: Tokens, expressions: list[Expression]) -> list[Expression]:
    """Merge neighbours that are one time, from left to right."""
    done: list[Expression] = []
    for expression in expressions:
        current = expression
        while done and (one := _one(tokens, done[-1], current)) is not None:
            done.pop()
            current = one
        done.append(current)
    return done


def same_day(tokens: Tokens, expressions: list[Expression]) -> list[Expression]:
    """Let the first of two hours have the day that the second has: "between 21:00 and 22:00 on Wednesday"."""
    for low, high in pairwise(expressions):
        if low.kind not in _CLOCKS or not _HOURS & set(high.fields) or high.kind in _TIMES or high.kind == "range":
            continue
        opened = tokens.texts[low.first - 1] if low.first else ""
        between = gap(tokens, low, high)
        if between in ("-", "to", "until") or (between == "and" and opened == "between"):
            day = {name: value for name, value in high.fields.items() if name not in _HOURS}
            low.kind, low.fields = high.kind, day | low.fields
            if "ampm" in high.fields:
                low.fields.setdefault("ampm", high.fields["ampm"])
    return expressions


def _bare_day(tokens: Tokens, i: int) -> bool:
    if not 0 <= i < len(tokens.texts):
        return False
    word = tokens.texts[i]
    return word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31


def _days_before(tokens: Tokens, expression: Expression, floor: int) -> list[Expression]:
    """Return the days that share the month named after the last of them: "3, 4 and 7 May"."""
    found: list[Expression] = []
    at = expression.first
    while at - 2 >= floor and tokens.texts[at - 1] in ("and", "or", ",", "to", "-", "–", "until", "through"):
        if not _bare_day(tokens, at - 2):
            break
        shared = {k: v for k, v in expression.fields.items() if k in ("month", "year")}
        found.append(Expression(at - 2, at - 1, "date", shared | {"day": tokens.texts[at - 2]}))
        at -= 2
    return found[::-1]


def _days_after(tokens: Tokens, expression: Expression, ceiling: int) -> list[Expression]:
    """Return the days that share the month named before the first of them: "May 3, 4 and 7"."""
    found: list[Expression] = []
    at = expression.last
    while at + 1 < ceiling and tokens.texts[at] in ("and", "or", ",", "to", "-", "–", "until", "through"):
        if not _bare_day(tokens, at + 1):
            break
        shared = {k: v for k, v in expression.fields.items() if k in ("month", "year")}
        found.append(Expression(at + 1, at + 2, "date", shared | {"day": tokens.texts[at + 1]}))
        at += 2
    return found


def listed(tokens: Tokens, expressions: list[Expression], ends_phrase: Callable[[int], bool]) -> list[Expression]:
    """Add the bare days of a list, and let a list share the year that its last member has.

    `ends_phrase(i)` says that token `i` can follow a bare day (it is no thing that the number would count).
    """
    done: list[Expression] = []
    for k, expression in enumerate(expressions):
        ceiling = expressions[k + 1].first if k + 1 < len(expressions) else len(tokens.texts)
        before = after = []
        if expression.kind == "date" and "day" in expression.fields and "month" in expression.fields:
            if tokens.texts[expression.first][:1].isdigit():
                before = _days_before(tokens, expression, done[-1].last if done else 0)
            elif "year" not in expression.fields:
                after = _days_after(tokens, expression, ceiling)
                while after and not ends_phrase(after[-1].last):
                    after.pop()
        done += [*before, expression, *after]
    return _share_years(tokens, done)


def _share_years(tokens: Tokens, expressions: list[Expression]) -> list[Expression]:
    """Let a date without a year take it from the next date of the same list ("from March 3 to April 5, 2009")."""
    kept: list[Expression] = []
    for expression in reversed(expressions):
        fields = expression.fields
        following = kept[-1] if kept else None
        if following is not None and expression.kind == "date" and "month" in fields and "year" not in fields:
            between = gap(tokens, expression, following)
            if following.kind == "year" and set(following.fields) == {"year"} and between == "," and "day" in fields:
                kept.pop()
                expression.last = following.last
                fields["year"] = following.fields["year"]
            elif "month" in following.fields and "year" in following.fields and between in _join_words("list"):
                later = fields["month"] > following.fields["month"]
                fields["year"] = str(int(following.fields["year"]) - later)
        kept.append(expression)
    return kept[::-1]


def ranged(tokens: Tokens, expressions: list[Expression]) -> list[Expression]:
    """Make one `range` of two expressions that are the ends of an interval; their fields are `low` and `high`."""
    words = dates()["opens"]["range"]
    done: list[Expression] = []
    for expression in expressions:
        low = done[-1] if done else None
        if low is not None and low.kind in _RANGED and not _HOURS & low.fields.keys() and expression.kind in _RANGED:
            between = gap(tokens, low, expression)
            opened = tokens.texts[low.first - 1] if low.first else ""
            alike = low.kind == expression.kind and ("day" in low.fields) == ("day" in expression.fields)
            if between in _join_words("ends") and (
                (between.startswith("and") and opened == "between")
                or (not between.startswith("and") and (opened in words or alike))
            ):
                done[-1] = Expression(low.first, expression.last, "range", {"low": low, "high": expression})
                continue
        done.append(expression)
    return done
