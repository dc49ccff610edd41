"""Who did it or is said to have: each with standing and by whom, and the history of it as a lane that is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sayso.export.reconciled.shapes import ReconciledPerpetrator, StandingHeld
from sayso.export.words import ON_ITS_OWN_WORD, STANDINGS
from sayso.web.pages.incident.quoted import Quote, Quoter
from sayso.web.pages.incident.scale import Scale, scale_of
from sayso.web.pages.incident.told import Holder, holder

_SQUARE, _DIAMOND = "M-5-5H5V5H-5Z", "M0-6.5L6.5 0L0 6.5L-6.5 0Z"
_TRIANGLE, _ROUND = "M0-6L6.5 5H-6.5Z", "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0Z"
MARKS: Final[dict[str, tuple[str, str]]] = {
    "reported_as_fact": (_SQUARE, "solid"),
    "claimed": (_DIAMOND, "solid"),
    "suspected": (_DIAMOND, "open"),
    "accused": (_TRIANGLE, "open"),
    "accused_by_authorities": (_TRIANGLE, "solid"),
    "possible": (_ROUND, "open"),
    "denied": ("M-5-5L5 5M5-5L-5 5", "open"),
    "confessed": (f"{_DIAMOND}M0-3L3 0L0 3L-3 0Z", "open"),
    "charged": (f"{_SQUARE}M-2-2H2V2H-2Z", "open"),
    "convicted": ("M-6 0L-3-5.2H3L6 0L3 5.2H-3Z", "solid"),
    "acquitted": (_SQUARE, "open"),
}
"""How each standing is drawn around (0, 0), as its sign in the text is, and whether it is filled."""
ROW, LANE = 26, 14
"""Pixels of one row of a lane, and of the space below."""
LABEL = 64
"""Letters of a label in the drawing, which a narrow page cuts to the standing; the table beside it has all."""
MIDDLE = 52.0
"""Where, in per cent, a label goes to the left of its mark."""
ROWS, SUSPECTS = 14, 12
"""Rows of a lane, the latest, and suspects that are told at once; the rest is a click away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One standing on one source's word: where it is drawn (x in per cent, y in pixels), and how it is told."""

    standing: str
    words: str
    by: str
    label: str
    x: float
    until: float
    y: int
    leftward: bool
    path: str
    look: str
    holder: Holder

    @property
    def quote(self) -> Quote | None:
        """The words that a click leads to; None where there are none."""
        return self.holder.quotes[0] if self.holder.quotes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Legal:
    """What the law has done with somebody, on whose word."""

    status: str
    by: str
    day: str | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """One who did it or is said to have; `person` is the key of a page of his own, None where there is none."""

    id: str
    name: str
    others: tuple[str, ...]
    kind: str
    person: str | None
    standing: str
    words: str
    disputed: bool
    independent: int
    legal: tuple[Legal, ...]
    rows: tuple[Row, ...]
    drawn: tuple[Row, ...]
    height: int
    hidden: int


def scale_for(perpetrators: Sequence[ReconciledPerpetrator]) -> Scale:
    """Return the days over which all lanes are drawn."""
    given = [held.holder for one in perpetrators for held in one.history]
    return scale_of(day for one in given for day in (one.first_said, one.last_said))


def suspects(
    perpetrators: Sequence[ReconciledPerpetrator],
    people: Mapping[tuple[str, str], str],
    quoter: Quoter,
    *,
    full: bool = False,
) -> list[Suspect]:
    """Return those of the record who have a name, then the others; not all where they are many, unless `full`."""
    scale = scale_for(perpetrators)
    ordered = sorted(perpetrators, key=lambda one: one.kind in ("group", "unknown"))
    return [_suspect(one, people, quoter, scale, full=full) for one in (ordered if full else ordered[:SUSPECTS])]


def _suspect(
    one: ReconciledPerpetrator, people: Mapping[tuple[str, str], str], quoter: Quoter, scale: Scale, *, full: bool
) -> Suspect:
    given = one.history if full else one.history[-ROWS:]
    rows = [_row(held, quoter, scale) for held in given]
    drawn = [_placed(row, k) for k, row in enumerate(rows[-ROWS:])]
    keys = (people.get((ref.article, ref.entity)) for ref in one.entities)
    return Suspect(
        id=one.id,
        name=one.name,
        others=tuple(name for name in one.names if name != one.name),
        kind=one.kind,
        person=next((key for key in keys if key), None),
        standing=one.standing,
        words=one.words,
        disputed=one.disputed,
        independent=one.independent,
        legal=tuple(
            Legal(status=h.status, by=h.according_to, day=h.published, quotes=tuple(quoter.quotes(h.evidence)))
            for h in one.legal_status
        ),
        rows=tuple(rows),
        drawn=tuple(drawn),
        height=len(drawn) * ROW + LANE,
        hidden=len(one.history) - len(rows),
    )


def _row(held: StandingHeld, quoter: Quoter, scale: Scale) -> Row:
    told = holder(held.holder, quoter)
    words = ON_ITS_OWN_WORD.get(held.standing) if held.by_itself else None
    # Nobody accuses himself: what is told of an accused's own word stands at whoever tells it.
    by = told.source if held.by_itself and words is None else told.who
    label = words or f"{STANDINGS[held.standing]}, by {by}"
    words = words or STANDINGS[held.standing]
    path, look = MARKS.get(held.standing, MARKS["possible"])
    x = scale.at(told.first or told.last)
    until = scale.at(told.last or told.first)
    return Row(
        standing=held.standing,
        words=words,
        by=by,
        label=label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…",
        x=x,
        until=until,
        y=0,
        leftward=until > MIDDLE,
        path=path,
        look=look,
        holder=told,
    )


def _placed(row: Row, number: int) -> Row:
    return replace(row, y=number * ROW + ROW // 2)
