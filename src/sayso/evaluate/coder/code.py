"""The steps in order: mentions, clusters, fills, values, settings, template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from sayso.evaluate.coder.clusters import Cluster, cluster_rows, grouped
from sayso.evaluate.coder.fills import Fill, candidates, fill_rows
from sayso.evaluate.coder.mentions import CONTENT, KINDS, SIDE, Sight, mention_rows, sight_of
from sayso.evaluate.coder.scorer import Scorers, shipped
from sayso.evaluate.coder.settings import days_offered, places_offered, setting_rows
from sayso.evaluate.coder.values import ATTRIBUTES, SLOT, description_row, number_of, value_rows
from sayso.evaluate.muc4_fills import bound, location_fill, nation_fill, number_fill
from sayso.evaluate.muc4_format import lists
from sayso.evaluate.muc4_roles import Fills
from sayso.model.analysis import Analysis
from sayso.model.evidence import Evidence
from sayso.model.reading import Reading

STAGES = ("accomplished", "attempted", "threatened")
CONSIDERED, WEIGHED = 0.1, 0.25
"""How likely a cluster must be for its slots to be filled at all, and a fill for its values to be asked for."""
DESCRIBED = 0.5
SHOTS = frozenset({"shoot", "gun", "fire"})


def coded(
    reading: Reading, analysis: Analysis, evidence: Evidence, header: date | None, scorers: Scorers | None = None
) -> list[Fills]:
    """Return the templates of one report; `header` is the day of its dateline. `scorers` default to those shipped."""
    scorers = shipped() if scorers is None else scorers
    sight = sight_of(reading, analysis, evidence, header)
    weigh_mentions(sight, scorers)
    found = clustered(sight, scorers)
    out = []
    for n, c in enumerate(found):
        if c.chance < _least("cluster"):
            continue
        fills = filled(sight, found, n, scorers)
        describe(sight, c, fills, scorers)
        fills_ = template(sight, c, fills, setting(sight, c, scorers))
        if fills_ is not None:
            out.append(fills_)
    return out


def _least(part: str) -> float:
    """Return how likely a cluster, a fill or a value must be to be reported: chosen by cross-validation."""
    found: float = lists()["coder"][part]
    return found


def weigh_mentions(sight: Sight, scorers: Scorers) -> None:
    """Give each mention its chance by kind."""
    if sight.mentions:
        chances = scorers["mention"].probabilities(mention_rows(sight)).reshape(-1, len(KINDS))
        for m, own in zip(sight.mentions, chances, strict=True):
            m.chances = own


def clustered(sight: Sight, scorers: Scorers) -> list[Cluster]:
    """Return what may be incidents, with their chances."""
    found = grouped(sight, scorers["pair"])
    for c, p in zip(found, scorers["cluster"].probabilities(cluster_rows(sight, found)), strict=True):
        c.chance = float(p)
    return found


def filled(sight: Sight, found: Sequence[Cluster], n: int, scorers: Scorers) -> list[Fill]:
    """Return what may fill the slots of cluster `n`, with its chances."""
    fills = candidates(sight, found[n])
    for f, p in zip(fills, scorers["fill"].probabilities(fill_rows(sight, found, n, fills)), strict=True):
        f.chance = float(p)
    return fills


def pairs_to_describe(fills: Sequence[Fill]) -> Iterator[tuple[Fill, Fill, list[Fill]]]:
    """Yield each likely description with each likely name, and all the names."""
    names = [f for f in fills if f.role == "victim_name" and f.chance >= WEIGHED]
    for f in fills:
        if f.role == "victim" and f.chance >= WEIGHED:
            for name in names:
                yield f, name, names


def attributes_to_weigh(fills: Sequence[Fill]) -> Iterator[tuple[Fill, str, list[Fill]]]:
    """Yield each likely fill with each of its attributes, and the descriptions of whom it names."""
    for f in fills:
        if f.chance >= WEIGHED and f.name is None:
            also = [x for x in fills if x.name is f]
            for head in ATTRIBUTES.get(f.role, ()):
                yield f, head, also


def describe(sight: Sight, c: Cluster, fills: Sequence[Fill], scorers: Scorers) -> None:
    """Say of each description whose it is, and give each fill its values."""
    pairs = list(pairs_to_describe(fills))
    likely = scorers["described"].probabilities([description_row(sight, f, name, all_) for f, name, all_ in pairs])
    best: dict[int, float] = {}
    for (f, name, _), p in zip(pairs, likely, strict=True):
        if p > max(DESCRIBED, best.get(id(f), 0.0)):
            best[id(f)], f.name = float(p), name
    for f, head, also in attributes_to_weigh(fills):
        offered = value_rows(sight, c, f, head, also)
        chances = scorers["value"].probabilities([row for _, row in offered])
        if offered:
            n = int(chances.argmax())
            f.values[head] = (offered[n][0], float(chances[n]))


def setting(sight: Sight, c: Cluster, scorers: Scorers) -> tuple[str, str]:
    """Return the likeliest place chain and date of a cluster."""
    chosen = []
    for side, offered, default in (
        ("where", places_offered(sight), location_fill(sight.reading, ())),
        ("when", days_offered(sight), bound(sight.header)),
    ):
        chances = scorers[side].probabilities(setting_rows(sight, c, side, offered))  # type: ignore[arg-type]
        chosen.append(list(offered)[int(chances.argmax())] if len(chances) else default)
    return chosen[0], chosen[1]


def template(sight: Sight, c: Cluster, fills: Sequence[Fill], where_when: tuple[str, str]) -> Fills | None:
    """Return the template of a cluster; None where nothing says to whom or to what it was done."""
    place, day = where_when
    kept = [f for f in fills if f.chance >= _least(f.role)]
    if not any(f.role in CONTENT for f in kept):
        best = max((f for f in fills if f.role in CONTENT), key=lambda f: f.chance, default=None)
        if best is None:
            return None
        kept.append(best)
    stage = np.mean([sight.evidence.attribute("stage", *sight.bounds(s)) for s in c.sentences], 0)
    out = _Template({2: [day] if day else [], 3: [place] if place else [], 4: [c.name.upper()]})
    out.add(5, STAGES[int(stage.argmax())].upper())
    out.add(8, "STATE-SPONSORED VIOLENCE" if _by_state(sight, c, kept) else "TERRORIST ACT")
    if c.name not in ("kidnapping", "arson"):
        _weapons(sight, c, kept, out)
    for f in kept:
        if f.role in ("perpetrator", "organization"):
            out.add(9 if f.role == "perpetrator" else 10, f'"{f.words}"')
            out.value(f, "confidence")
        elif f.role == "target" and c.name != "kidnapping":
            out.add(12, f'"{f.words}"')
            out.value(f, "target_type")
            out.value(f, "target_effect")
            out.add(14, f'{number_fill(number_of(sight, f.at), f.words)}: "{f.words}"')
    _people(sight, c, kept, out, place)
    return out.fills


class _Template:
    """A template on its way."""

    def __init__(self, fills: Fills) -> None:
        self.fills = fills

    def add(self, slot: int, fill: str) -> None:
        """Add a fill that is not there yet."""
        if fill not in self.fills.setdefault(slot, []):
            self.fills[slot].append(fill)

    def value(self, f: Fill, head: str) -> None:
        """Add the value of an attribute where it is likely enough."""
        value, chance = f.values.get(head, ("", 0.0))
        if value and chance >= _least(head):
            self.add(SLOT[head], f'{value.upper()}: "{f.words}"')


def _by_state(sight: Sight, c: Cluster, kept: Sequence[Fill]) -> bool:
    doers = [m for f in kept if SIDE[f.role] == "perpetrator" for m in f.mentions]
    weights = np.array([m.chances[c.kind] + 0.02 for m in doers])
    return bool(doers) and float((np.array([sight.attribute("category", m)[1] for m in doers]) * weights).sum()) > (
        0.5 * float(weights.sum())
    )


def _weapons(sight: Sight, c: Cluster, kept: Sequence[Fill], out: _Template) -> None:
    for f in kept:
        if f.role == "weapon":
            out.add(6, f'"{f.words}"')
            out.value(f, "weapon_type")
    if 6 not in out.fills and c.name == "bombing":
        out.add(7, 'BOMB: "-"')
    elif 6 not in out.fills and c.name == "attack":
        events = {sight.analysis.tokens[m.event].lemma.lower() for m in c.members if m.event >= 0}
        if events & SHOTS:
            out.add(7, 'GUN: "-"')


def _people(sight: Sight, c: Cluster, kept: Sequence[Fill], out: _Template, place: str) -> None:
    for role in ("victim_name", "victim"):
        for f in kept:
            if f.role != role:
                continue
            name = f.name if f.name in kept else None
            if role == "victim_name":
                out.add(18, f'"{f.words}"')
            else:
                out.add(19, f'"{f.words}": "{name.words}"' if name else f'"{f.words}"')
                nation = nation_fill(f.words, place)
                if nation:
                    out.add(22, f'{nation}: "{name.words if name else f.words}"')
            if name:
                continue
            told: Mapping[str, tuple[str, float]] = f.values or (f.name.values if f.name else {})
            f.values = dict(told)
            out.value(f, "victim_type")
            number = "1" if role == "victim_name" else number_fill(number_of(sight, f.at), f.words)
            out.add(21, f'{number}: "{f.words}"')
            if c.name != "kidnapping":
                out.value(f, "victim_effect")
