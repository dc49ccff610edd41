"""What the list of incidents shows: filters that are set, facets, headings, a line for each incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sayso.desk.asked import Asked
from sayso.desk.facets import FacetValue
from sayso.desk.filters import ORDERS
from sayso.desk.index import Line
from sayso.export.words import STANDINGS, WHERE_PREC
from sayso.resolve.gazetteer import gazetteer
from sayso.web.pages.incidents.timeline import period_words
from sayso.web.shown import SHAPES, plain_words

FIRST: Final = 7
"""Values of a facet that are shown at once; those chosen always are."""
BLAMED, OUTLETS = 2, 3
"""Perpetrators and outlets that a line names."""
YES_NO: Final[Mapping[str, tuple[str, str]]] = {
    "disputed": ("disputed", "not disputed"),
    "reviewed": ("reviewed by a person", "not reviewed"),
    "background": ("recalled by reports", "told as news"),
}
TITLES: Final[Mapping[str, str]] = {
    "kind": "Kind",
    "country": "Country",
    "standing": "Standing of who is blamed",
    "speaker_kind": "Kind of speaker",
    "outlet": "Outlet",
    "disputed": "Disputed",
    "reviewed": "Reviewed",
    "stage": "Stage",
    "background": "News or recalled",
}
"""The facets, in their order, each with its heading."""
CHIPS: Final[Mapping[str, str]] = {
    "text": "words:",
    "place": "in",
    "actor": "blamed:",
    "since": "from",
    "until": "to",
    "period": "in",
    "bbox": "within",
    "standing": "standing:",
    "speaker_kind": "told by:",
    "outlet": "outlet:",
}
"""What stands before a filter's value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter that is set, in words, and the query without it."""

    what: str
    words: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet: in words, with a shape where it is a standing, and how many incidents have it."""

    value: str
    words: str
    count: int
    chosen: bool
    shape: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A facet: the values shown at once, and the others."""

    name: str
    title: str
    shown: list[Choice]
    more: list[Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column: by what it sorts and the query for that; None where it does not. `sorted` is as aria-sort has it."""

    title: str
    sort: str = ""
    query: str | None = None
    sorted: str | None = None


def chips_of(asked: Asked) -> list[Chip]:
    """Return the filters that are set, each to be taken away by itself."""
    return [
        Chip(what=CHIPS.get(name, ""), words=value_words(name, value), query=asked.toggled(name, value))
        for name, value in asked.pairs
    ]


def value_words(name: str, value: str) -> str:
    """Return a parameter's value as people read it."""
    if name in YES_NO:
        return YES_NO[name][value == "no"]
    if name == "country":
        row = gazetteer().country(value)
        return row.name if row else value
    if name == "standing":
        return STANDINGS.get(value, value)
    if name == "bbox":
        return "the area on the map"
    if name in ("period", "since", "until"):
        return period_words(value)
    return plain_words(value) if name in ("kind", "stage", "speaker_kind") else value


def facets_of(asked: Asked, counted: Mapping[str, Sequence[FacetValue]]) -> list[Facet]:
    """Return the facets with their counts, in the order of `TITLES`."""
    return [_facet(asked, name, title, counted[name]) for name, title in TITLES.items()]


def _facet(asked: Asked, name: str, title: str, counts: Sequence[FacetValue]) -> Facet:
    chosen = asked.values(name)
    made = [
        Choice(
            value=one.value,
            words=value_words(name, one.value),
            count=one.count,
            chosen=one.value in chosen,
            shape=SHAPES.get(one.value) if name == "standing" else None,
        )
        for one in counts
        if one.count or one.value in chosen
    ]
    shown = [one for k, one in enumerate(made) if k < FIRST or one.chosen]
    return Facet(name=name, title=title, shown=shown, more=[one for one in made if one not in shown])


COLUMNS: Final = (
    ("When", "date", "descending"),
    ("Incident", "kind", "ascending"),
    ("Where", "place", "ascending"),
    ("Alleged perpetrators", "", ""),
    ("Losses", "killed", "descending"),
    ("Told by", "reports", "descending"),
)
"""The columns of the table: heading, what it sorts by, and which way that is at first."""
_OTHER = {"ascending": "descending", "descending": "ascending"}


def headings_of(asked: Asked) -> list[Heading]:
    """Return the headings; the one that the list is sorted by turns it round."""
    return [
        _heading(asked, title, sort, way) if sort in ORDERS else Heading(title=title) for title, sort, way in COLUMNS
    ]


def _heading(asked: Asked, title: str, sort: str, way: str) -> Heading:
    mine = asked.sort == sort
    more = [("sort", sort)] if sort != "date" else []
    more += [("reverse", "yes")] if mine and not asked.reverse else []
    query = asked.query(*more, without=("sort", "reverse"))
    return Heading(
        title=title, sort=sort, query=query, sorted=(_OTHER[way] if asked.reverse else way) if mine else None
    )


def line_of(row: Line) -> dict[str, Any]:
    """Return what the table shows of one row of the overview."""
    body = row.body
    blamed, outlets = body["perpetrators"], body["outlets"]
    edtf = row.edtf or ""
    near = WHERE_PREC.get(row.where_prec) if row.where_prec not in (None, 1) else None
    return {
        **{name: getattr(row, name) for name in ("key", "edtf", "disputed", "reviewed", "background")},
        **{name: getattr(row, name) for name in ("reports", "sources")},
        **{name: body[name] for name in ("kind", "stage", "title", "place", "when", "losses")},
        "exact": len(edtf) in (4, 7, 10) and edtf.replace("-", "").isdigit(),
        "near": near,
        "perpetrators": blamed[:BLAMED],
        "others": len(blamed) - BLAMED if len(blamed) > BLAMED else 0,
        "outlets": outlets[:OUTLETS],
        "more_outlets": len(outlets) - OUTLETS if len(outlets) > OUTLETS else 0,
    }
