"""Which incidents somebody asks for, as parameters of an address: read into a filter, and written again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any, cast, get_args
from urllib.parse import urlencode

from sayso.desk.filters import ORDERS, ListFilter, Order
from sayso.errors import InputError
from sayso.model.claim import Standing
from sayso.model.edtf import bounds
from sayso.model.incident import Stage
from sayso.model.statement import SpeakerKind
from sayso.schema.kinds import kinds

Pairs = tuple[tuple[str, str], ...]
Box = tuple[float, float, float, float]
LIMIT, MOST = 50, 500
"""How many incidents one page holds: where nobody says, and at most."""
LONGEST = 500
"""Characters of a parameter's value."""
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_YES = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for: a filter, an order, and which page of it.

    `pairs` are the parameters of the filter, checked, in the order of `NAMES`; they give the same filter again.
    `after` is where the page before ended; None for the first.
    """

    filter: ListFilter
    pairs: Pairs = ()
    sort: Order = "date"
    reverse: bool = False
    after: str | None = None
    limit: int = LIMIT

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values that a parameter of the filter was given."""
        return tuple(value for given, value in self.pairs if given == name)

    def order(self) -> Pairs:
        """Return the parameters of the order and the length of a page, without those that are as usual."""
        given: list[tuple[str, str]] = [("sort", self.sort)] if self.sort != "date" else []
        given += [("reverse", "yes")] if self.reverse else []
        given += [("limit", str(self.limit))] if self.limit != LIMIT else []
        return tuple(given)

    def query(self, *more: tuple[str, str], without: Iterable[str] = ()) -> str:
        """Return the query string that asks for the first page of the same, with `more`, `without` some names."""
        left = set(without)
        return urlencode([pair for pair in (*self.pairs, *self.order(), *more) if pair[0] not in left or pair in more])

    def toggled(self, name: str, value: str) -> str:
        """Return the query string with one value of a parameter taken away where it is there, else added."""
        pair = (name, value)
        kept = [p for p in self.pairs if p != pair]
        return urlencode([*kept, *([pair] if pair not in self.pairs else []), *self.order()])


def asked_of(given: Iterable[tuple[str, str]]) -> Asked:
    """Return what the parameters of an address ask for; empty ones and unknown names are passed over.

    Raises InputError for a value that cannot be, with those that can.
    """
    every: dict[str, list[str]] = {}
    for name, value in given:
        if (said := value.strip()) and said not in every.setdefault(name, []):
            every[name].append(said[:LONGEST])
    pairs = tuple((name, value) for name, read in NAMES.items() for value in read(every.get(name, []), name))
    sort, limit = _one(every, "sort") or "date", _one(every, "limit")
    return Asked(
        filter=_filter(pairs),
        pairs=pairs,
        sort=cast(Order, _among(ORDERS)([sort], "sort")[0]),
        reverse=_flag(_one(every, "reverse") or "no", "reverse"),
        after=_one(every, "after"),
        limit=_number(limit, "limit") if limit else LIMIT,
    )


def _one(every: Mapping[str, list[str]], name: str) -> str | None:
    return every[name][-1] if every.get(name) else None


def _filter(pairs: Pairs) -> ListFilter:
    """Return the filter of parameters that have been checked."""
    every: dict[str, list[str]] = {}
    for name, value in pairs:
        every.setdefault(name, []).append(value)

    def several(name: str) -> tuple[str, ...]:
        return tuple(every.get(name, ()))

    return ListFilter(
        kinds=several("kind"),
        countries=several("country"),
        place=_one(every, "place"),
        since=_days(every)[0],
        until=_days(every)[1],
        actor=_one(every, "actor"),
        standings=several("standing"),
        speaker_kinds=several("speaker_kind"),
        text=_one(every, "text"),
        stages=several("stage"),
        background=_either(every, "background"),
        disputed=_either(every, "disputed"),
        reviewed=_either(every, "reviewed"),
        outlets=several("outlet"),
        bbox=box_of(every["bbox"][0]) if "bbox" in every else None,
    )


def _days(every: Mapping[str, list[str]]) -> tuple[date | None, date | None]:
    """Return the first and the last day asked for: of several bounds the narrower ones."""
    periods = [bounds(period) for period in every.get("period", ())]
    firsts = [bounds(day)[0] for day in every.get("since", ())] + [period[0] for period in periods]
    lasts = [bounds(day)[1] for day in every.get("until", ())] + [period[1] for period in periods]
    return max((day for day in firsts if day), default=None), min((day for day in lasts if day), default=None)


def _either(every: Mapping[str, list[str]], name: str) -> bool | None:
    """Return what is asked of a yes or no; None where nothing is, or both."""
    values = {_YES[value] for value in every.get(name, ())}
    return values.pop() if len(values) == 1 else None


def _among(allowed: Iterable[str]) -> Callable[[list[str], str], list[str]]:
    known = list(allowed)

    def read(values: list[str], name: str) -> list[str]:
        found = [value.lower().replace("-", "_").replace(" ", "_") for value in values]
        for value, meant in zip(values, found, strict=True):
            if meant not in known:
                close = get_close_matches(meant, known, 1)
                hint = f"Did you mean {close[0]}?" if close else "Take one of these"
                raise InputError(f"{name} is one of {', '.join(known)}", value=value, next_step=hint)
        return list(dict.fromkeys(found))

    return read


def _countries(values: list[str], name: str) -> list[str]:
    for value in values:
        if not _COUNTRY.fullmatch(value) and value != NOWHERE:
            raise InputError(
                f"{name} is two letters (ISO 3166-1)", value=value, next_step="Give such as KZ, or place with the name"
            )
    return list(dict.fromkeys(value if value == NOWHERE else value.upper() for value in values))


NOWHERE = "unknown"
"""Stands for no country."""


def _last_day(values: list[str], name: str) -> list[str]:
    """Return the last date given; it must have a year."""
    for value in values[-1:]:
        if None in bounds(value):
            raise InputError(f"{name} needs a year", value=value, next_step="Give 2019, 2019-05 or 2019-05-03")
    return values[-1:]


def _yes_or_no(values: list[str], name: str) -> list[str]:
    return list(dict.fromkeys("yes" if _flag(value, name) else "no" for value in values))


def _flag(value: str, name: str) -> bool:
    if value.lower() not in _YES:
        raise InputError(f"{name} is yes or no", value=value, next_step="Give one of these, or leave it away")
    return _YES[value.lower()]


def _number(value: str, name: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MOST):
        raise InputError(f"{name} is a number from 1 to {MOST}", value=value, next_step="Give such as 50")
    return int(value)


def _last(values: list[str], name: str) -> list[str]:
    return values[-1:]


def _all(values: list[str], name: str) -> list[str]:
    return values


def _boxes(values: list[str], name: str) -> list[str]:
    return [words_of(box_of(value)) for value in values[-1:]]


def box_of(value: str) -> Box:
    """Return west, south, east and north, in degrees, of four numbers with commas (RFC 7946); west may be over east.

    Raises InputError for what is no such box.
    """
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(
            "bbox is west,south,east,north in degrees",
            value=value,
            next_step="Give such as 41.5,34.2,44.1,36.9",
        )
    return west, south, east, north


def words_of(box: Box) -> str:
    """Return a box as a parameter; a thousandth of a degree is some hundred metres."""
    return ",".join(f"{degrees:.3f}".rstrip("0").rstrip(".") for degrees in box)


NAMES: dict[str, Callable[[list[str], str], list[str]]] = {
    "text": _last,
    "kind": _among(kinds()),
    "stage": _among(get_args(Stage)),
    "country": _countries,
    "place": _last,
    "bbox": _boxes,
    "period": _last_day,
    "since": _last_day,
    "until": _last_day,
    "actor": _last,
    "standing": _among(get_args(Standing)),
    "speaker_kind": _among(get_args(SpeakerKind)),
    "outlet": _all,
    "disputed": _yes_or_no,
    "reviewed": _yes_or_no,
    "background": _yes_or_no,
}
"""The parameters of the filter, each with what checks its values and returns them as they are written."""


def parameters(name: str, values: Iterable[Any]) -> Pairs:
    """Return the parameters that ask for any of some values."""
    return tuple((name, str(value)) for value in values)
