"""Where and when: the chains and days that a report offers, and which of them the task's coders would write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sayso.evaluate.coder.clusters import Cluster
from sayso.evaluate.coder.mentions import Sight, fill_of
from sayso.evaluate.coder.scorer import Row
from sayso.evaluate.muc4_fills import bound, date_fill, day_fill, location_fill
from sayso.evaluate.muc4_format import lists
from sayso.model.claim import Claim, Value
from sayso.model.span import Span

Side = Literal["where", "when"]
LEAD = 2
"""The last of the opening sentences."""
FAR, FAR_AWAY = 40, 5000
"""Sentences and characters that stand for a value that the text nowhere gives."""
OLD = 400.0
TYPES = ("CITY", "DEPARTMENT", "NEIGHBORHOOD", "AREA")
UNLISTED = 0.3
"""How sure the model must be of a place that the gazetteer lacks."""
EVENT_SHARE = 0.5
"""What an event's incident counts for beside those that have a claim on a member itself."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One place in the text that gives a value: sentence, offset, how sure the model is, and how it is said."""

    sentence: int
    start: int
    probability: float
    use: str
    country: str | None = None


Offered = Mapping[str, Sequence[Spot]]
"""Fills, and where in the text each is given."""


def places_offered(sight: Sight) -> Offered:
    """Return the place chains that the report offers, the countries alone among them."""
    reading, found = sight.reading, defaultdict[str, list[Spot]](list)
    for p in reading.places:
        fill = location_fill(reading, (_claim("where", p.place, p.span),)) if p.use != "actor" else ""
        if fill:
            chance = sight.evidence.probability("place", p.span.start, p.span.end)
            found[fill].append(Spot(sight.sentence_of(p.span.start), p.span.start, chance, p.use, p.place.country))
    country = location_fill(reading, ())
    for seen in sight.evidence.spans("place", UNLISTED):
        named = any(p.span.start < seen.end and seen.start < p.span.end for p in reading.places)
        words = fill_of(sight.analysis.text[seen.start : seen.end])
        name = " ".join(w for w in words.split() if w.lower() not in lists()["place_words"])
        if country and name and not named:
            spot = Spot(sight.sentence_of(seen.start), seen.start, seen.probability, "unlisted")
            found[f"{country}: {name} (CITY)"].append(spot)
    for fill in [*found, country]:
        if fill:
            found.setdefault(fill.split(":")[0], [])
    return found


def days_offered(sight: Sight) -> Offered:
    """Return the dates that the report offers, the day of its header and all before it among them."""
    found = defaultdict[str, list[Spot]](list)
    for t in sight.reading.times:
        fill = _date(sight, (_claim("when", t.when, t.span),)) if t.when and t.when.earliest else None
        if t.when and fill:
            chance = sight.evidence.probability("date", t.span.start, t.span.end)
            found[fill].append(Spot(sight.sentence_of(t.span.start), t.span.start, chance, t.when.basis))
    if sight.header:
        found.setdefault(bound(sight.header), [])
        found.setdefault(day_fill(sight.header), [])
    return found


def _claim(slot: Side, value: Value, span: Span) -> Claim:
    return Claim(id="", slot=slot, value=value, evidence=(span,))


def _date(sight: Sight, claims: tuple[Claim, ...]) -> str | None:
    dateline = sight.reading.article.dateline
    return date_fill(claims, sight.header, dateline.end if dateline else 0)


def record_shares(sight: Sight, c: Cluster) -> dict[int, float]:
    """Return how much each incident of the record is what a cluster tells of."""
    found: dict[int, float] = defaultdict(float)
    for m in c.members:
        for n in m.incidents:
            found[n] += m.chances[c.kind]
        if m.event >= 0:
            found[sight.events[m.event][1]] += EVENT_SHARE * m.chances[c.kind]
    return found


def setting_rows(sight: Sight, c: Cluster, side: Side, offered: Offered) -> list[Row]:
    """Return a row for each fill offered: is it this cluster's?"""
    shares = record_shares(sight, c)
    whole = sum(shares.values()) or 1.0
    write: Callable[[tuple[Claim, ...]], str | None] = (
        (lambda claims: location_fill(sight.reading, claims))
        if side == "where"
        else (lambda claims: _date(sight, claims))
    )
    told: dict[str, float] = defaultdict(float)
    by_rules: dict[str, float] = defaultdict(float)
    weighed: list[tuple[float, Claim]] = []
    for n, share in shares.items():
        for claim in sight.reading.incidents[n].of(side):
            fill = write((claim,)) or ""
            weighed.append((share * claim.confidence, claim))
            told[fill] = max(told[fill], share / whole * claim.confidence)
            if claim.maker.startswith("rules"):
                by_rules[fill] = max(by_rules[fill], share / whole)
    top = max((w for w, _ in weighed), default=0.0)
    chosen = write(tuple(claim for w, claim in weighed if w >= top)) or (bound(sight.header) if side == "when" else "")
    rows = [_row(c, fill, spots, offered) for fill, spots in offered.items()]
    for (fill, spots), row in zip(offered.items(), rows, strict=True):
        row |= {
            "told": told.get(fill, 0.0),
            "by rules": by_rules.get(fill, 0.0),
            "nothing told": float(not told),
            "record's": float(fill == chosen),
        }
        row |= _place_columns(c, fill, spots, offered, told) if side == "where" else _day_columns(sight, fill, spots)
    return rows


def _row(c: Cluster, fill: str, spots: Sequence[Spot], offered: Offered) -> Row:
    sentences, best = c.sentences, max(c.members, key=lambda m: m.chances[c.kind])
    distance = min((c.near(s.sentence) for s in spots), default=FAR)
    others = [s for o, own in offered.items() if o != fill for s in own]
    closer = [o for o, own in offered.items() if o != fill and own and min(c.near(s.sentence) for s in own) < distance]
    return {
        "said": float(bool(spots)),
        "times said": float(len(spots)),
        "distance": float(distance),
        "from the best": float(min((abs(s.sentence - best.sentence) for s in spots), default=FAR)),
        "characters": float(min((abs(s.start - m.start) for s in spots for m in c.members), default=FAR_AWAY)),
        "role": max((s.probability for s in spots), default=0.0),
        "role near": max((s.probability for s in spots if c.near(s.sentence) <= 1), default=0.0),
        "another's role": max((s.probability for s in others if c.near(s.sentence) <= 1), default=0.0),
        "same sentence": float(distance == 0),
        "before": float(any(s.sentence <= sentences[0] for s in spots)),
        "in lead": float(any(s.sentence <= LEAD for s in spots)),
        "closer": float(len(closer)),
        "offered": float(len(offered)),
        "first": float(sentences[0]),
        "members": float(len(c.members)),
        "cluster": c.chance,
    }


def _place_columns(c: Cluster, fill: str, spots: Sequence[Spot], offered: Offered, told: Mapping[str, float]) -> Row:
    parts = fill.split(":")
    finer = [o for o in offered if o != fill and o.startswith(fill)]
    near = [s.probability for o in finer for s in offered[o] if c.near(s.sentence) <= 1]
    return {
        "parts": float(len(parts)),
        "dateline": float(any(s.use == "dateline" for s in spots)),
        "locative": float(any(s.use == "locative" for s in spots)),
        "unlisted": float(any(s.use == "unlisted" for s in spots)),
        "modifier": float(bool(spots) and all(s.use == "modifier" for s in spots)),
        "finer": float(len(finer)),
        "finer near": float(bool(near)),
        "finer told": max((told.get(o, 0.0) for o in finer), default=0.0),
        "finer role": max(near, default=0.0),
        "of interest": float(any(s.country in lists()["interest"] for s in spots)) if spots else -1.0,
    } | {f"is {t}": float(parts[-1].endswith(f"({t})")) for t in TYPES}


def _day_columns(sight: Sight, fill: str, spots: Sequence[Spot]) -> Row:
    return {
        "open": float(fill.startswith("-")),
        "range": float(" - " in fill),
        "header": float(sight.header is not None and fill.endswith(day_fill(sight.header))),
        "age": _age(sight.header, fill),
        "relative": float(any(s.use == "relative" for s in spots)),
        "explicit": float(any(s.use == "explicit" for s in spots)),
    }


def _age(header: date | None, fill: str) -> float:
    """Return how many days before the header the last day of a fill lies, at most 400; 0 where either is not known."""
    if header is None:
        return 0.0
    try:
        last = datetime.strptime(fill.split(" - ")[-1].lstrip("- ").title(), "%d %b %y").date()
    except ValueError:
        return 0.0
    return min(float((header - last).days), OLD)
