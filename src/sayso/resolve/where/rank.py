"""Decide which place of a name is meant: by what the article says of it, and by the other places in the article.

The weights stand in `Weights`; scores become probabilities by a softmax. Every distinct name is decided once an
article ("one sense per discourse", Gale, Church and Yarowsky 1992), except where the words give it another holder.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from sayso.resolve.gazetteer import Row, gazetteer
from sayso.resolve.where.holders import above, fits, lies_in
from sayso.resolve.where.walk import Found, Ground

ROUNDS = 3
CITY = 100_000
"""People: a town from this size on is meant rather than the region of its name."""

FAMOUS = 300_000
"""People: a town from this size on is meant even where it is named beside a country that it is not in."""

SHARPER = 1.5
"""Power of a reading's probability with which it speaks for others: a doubtful one says less than its share."""

ALIKE = 3.0
"""Namesakes whose scores differ by less are much alike."""

SQUARE = 2.0
"""Degrees: the side of the squares by which closeness is counted."""

Square = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each ground adds to the score of a reading; tuned on the even articles of LGL and GeoVirus.

    A town starts with the decimal logarithm of its population. `lacking` and what follows it belong to the reading that
    the gazetteer lacks the place: it is likelier for short names with many like namesakes, for a name of which all
    readings lie outside the country that the article speaks of most (`abroad`), and less so for a `famous` town.
    `thin` is the evidence for a home country where there is none. `passing` scales what a country tells that is only
    named in passing.
    """

    country: float = 12.0
    area: float = 7.0
    region: float = 4.5
    second: float = -1.0
    capital: float = 3.0
    population: float = 1.0
    other_name: float = -4.0
    other_country: float = -6.0
    former_name: float = -0.5
    shadowed: float = -6.0
    kind: float = 4.0
    held: float = 8.0
    not_held: float = -2.0
    same_country: float = 3.7
    same_region: float = 2.7
    close: float = 2.0
    home: float = 2.0
    few: float = 0.08
    lacking: float = 2.5
    lacking_letter: float = -0.3
    lacking_namesakes: float = 1.0
    famous: float = -5.0
    abroad: float = 3.0
    passing: float = 0.5
    thin: float = 0.3


WEIGHTS = Weights()


@lru_cache(maxsize=100_000)
def frame(row: Row) -> tuple[str | None, int | None, Square | None]:
    """Return the country, the number of the first-level region, and the square that a place is in."""
    if row.level == 0:
        return row.country, None, None
    region = row.n if row.level == 1 else next((r.n for r in gazetteer().within(row) if r.level == 1), None)
    if row.latitude is None or row.longitude is None or row.level == 1:
        return row.country, region, None
    return row.country, region, (int(row.latitude // SQUARE), int(row.longitude // SQUARE))


class Evidence:
    """How much a text speaks of each country, region and square (a square counts for its neighbours too)."""

    def __init__(self) -> None:
        self.country: dict[str, float] = defaultdict(float)
        self.region: dict[int, float] = defaultdict(float)
        self.square: dict[Square, float] = defaultdict(float)
        self.total = 0.0

    def add(self, row: Row, weight: float) -> None:
        """Count one reading of one name."""
        country, region, square = frame(row)
        self.total += weight
        if country:
            self.country[country] += weight
        if region is not None:
            self.region[region] += weight
        if square:
            y, x = square
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    self.square[y + dy, x + dx] += weight

    def add_all(self, other: Evidence, weight: float) -> None:
        """Count all that `other` counted, scaled so that it weighs `weight` together."""
        scale = weight / max(other.total, 1e-9)
        self.total += weight
        for country, mass in other.country.items():
            self.country[country] += scale * mass
        for region, mass in other.region.items():
            self.region[region] += scale * mass
        for square, mass in other.square.items():
            self.square[square] += scale * mass


class Group:
    """All mentions of one name with one holder: they mean one place."""

    def __init__(self, found: Found) -> None:
        self.mentions = [found]
        self.holders: dict[tuple[str, str], Found] = {}
        self.rows = found.rows
        self.frames = [frame(row) for row in found.rows]
        self.base: list[float] = []
        self.shares: list[float] = []
        self.terms: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)] * len(found.rows)
        self.none = 0.0
        self.passing = False
        self.open = found.form == "name" and all(row.level for row in found.rows)

    def likely(self) -> list[tuple[Row, float]]:
        """Return the readings that are not next to impossible, with their weight: what is named often weighs more.

        A country where nothing is said to be ("a U.S. official") tells little of where the towns are.
        """
        weight = math.sqrt(len(self.mentions)) * (WEIGHTS.passing if self.passing else 1.0)
        return [
            (row, weight * share**SHARPER) for row, share in zip(self.rows, self.shares, strict=False) if share > 0.05
        ]


def resolve(found: list[Found], home: Evidence | None = None, *, keep: bool = False) -> None:
    """Set `weights` (probabilities of `rows`, which are put in order of them) on every found place.

    `home` is what the outlet speaks of in general; None where nothing is known of it. `keep` sets their `grounds` too,
    in the same order; those of a name that the gazetteer is held to lack with the rows that were refused.
    """
    groups = _grouped(found)
    _lend_holders(groups)
    ordered = list(groups.values())
    for group in ordered:
        group.open = group.open and not any(m.given for m in group.mentions)
        kind = next((m.kind for m in group.mentions if m.kind), None)
        towns = [row for row in group.rows if row.level == 3]
        shadows = {n for row in towns for n in above(row)}
        cities = {row.country for row in towns if row.population > CITY}
        group.base = [
            prior(row, kind, row.n in shadows or row.country in cities) + _held(row, group) for row in group.rows
        ]
        abroad = not group.rows[0].level and {m.use for m in group.mentions} <= {"modifier", "actor"}
        group.passing = abroad or group.mentions[0].form == "demonym"
        group.shares = _softmax(group.base)
        group.none = _none(group)
    for _ in range(ROUNDS):
        whole = Evidence()
        for group in ordered:
            for row, share in group.likely():
                whole.add(row, share)
        if home is not None and home.total:
            whole.add_all(home, WEIGHTS.home)
        for group in ordered:
            group.terms = _context(group, whole)
            scores = [b + sum(s) for b, s in zip(group.base, group.terms, strict=True)]
            group.shares = _softmax([*scores, *([group.none + _at_home(group, whole)] if group.open else ())])
    for group in ordered:
        order = sorted(range(len(group.rows)), key=lambda k: (-group.shares[k], k))
        lacking = group.open and group.shares[-1] > (0.5 if _large(group.rows[order[0]]) else group.shares[order[0]])
        grounds = [(group.rows[k], _ground(group, k)) for k in order] if keep else []
        for mention in group.mentions:
            mention.grounds = grounds
            if lacking:
                mention.rows, mention.weights = (), []
                continue
            mention.rows = tuple(group.rows[k] for k in order)
            mention.weights = [group.shares[k] for k in order]


def prior(row: Row, kind: str | None, shadowed: bool) -> float:
    """Return what speaks for a reading before the article is looked at.

    `kind` is what the words beside the name say that it is; `shadowed` says that a town of the same name lies in it.
    """
    w = WEIGHTS
    size = w.population * math.log10(row.population + 10)
    if row.level == 0:
        score = w.country if row.type == "country" else w.area
    else:
        score = size + (w.region if row.level == 1 else w.second if row.level == 2 else 0.0)
    other = w.other_name if row.level else w.other_country
    score += w.capital * row.capital + (0.0, other, w.former_name)[row.rank]
    if row.level in (1, 2) and shadowed and kind not in ("region", "second"):
        score += w.shadowed
    if kind == "settlement":
        score += w.kind if row.level == 3 else -w.kind if row.type != "country" else 0.0
    elif kind in ("region", "second"):
        score += w.kind if row.level in (1, 2) else -w.kind
        score += 1.0 if (kind == "second") == (row.level == 2) else -1.0
    return score


def _grouped(found: list[Found]) -> dict[tuple[str, str, str], Group]:
    """Return the names that have readings, by key, form and the holder that the words give."""
    groups: dict[tuple[str, str, str], Group] = {}
    for one in found:
        if not one.rows:
            continue
        form = one.form if one.form != "name" else (one.kind or "") if one.kind in ("region", "second") else ""
        key = (one.key, form, one.holder.key if one.holder is not None and fits(one, one.holder) else "")
        if key in groups:
            groups[key].mentions.append(one)
        else:
            groups[key] = Group(one)
        if one.holder is not None and one.holder.rows:
            groups[key].holders.setdefault((one.holder.key, one.holder.form), one.holder)
    return groups


def _lend_holders(groups: dict[tuple[str, str, str], Group]) -> None:
    """Let a bare name take the holder that the same name has elsewhere: "Chibok, Borno state" ... "Chibok"."""
    held = {key[:2]: group for key, group in reversed(groups.items()) if key[2]}
    for key, group in groups.items():
        if not key[2] and key[:2] in held:
            group.holders |= held[key[:2]].holders


def _held(row: Row, group: Group) -> float:
    """Return what the holders that the words name add to a reading."""
    score = 0.0
    for holder in group.holders.values():
        if lies_in(row, holder):
            return WEIGHTS.held
        if holder.form in ("state", "demonym"):
            score = WEIGHTS.not_held
    return score


def _large(row: Row) -> bool:
    """Say whether a place is so well known that it is given up only for a likelier one."""
    return row.level < 3 or row.population > CITY


def _none(group: Group) -> float:
    """Return what speaks for a place of this name that the gazetteer lacks.

    A long name is seldom borne by two; where the gazetteer has many that are much alike, there are more that it lacks.
    """
    w = WEIGHTS
    holding = {n for row in group.rows if row.level == 3 for n in above(row) if n != row.n}  # two Yangons are one name
    rivals = [score for row, score in zip(group.rows, group.base, strict=True) if row.n not in holding] or group.base
    alike = sum(score > max(rivals) - ALIKE for score in rivals)
    score = w.lacking + w.lacking_letter * len(group.mentions[0].key) + w.lacking_namesakes * math.log(alike)
    if max(row.population for row in group.rows) > FAMOUS:
        return score + (w.famous if alike == 1 else 0.0)
    countries = {row.country for row in group.rows}
    for holder in group.holders.values():
        if holder.rows[0].level < 3 and countries.isdisjoint(row.country for row in holder.rows):
            return score + w.held
    return score


def _at_home(group: Group, whole: Evidence) -> float:
    """Return what the article's main country adds to a place that the gazetteer lacks: it would lie there."""
    own: dict[str | None, float] = defaultdict(float)
    for row, share in group.likely():
        own[row.country] += share
    rest = {country: mass - own[country] for country, mass in whole.country.items()}
    most = max(WEIGHTS.thin, *rest.values(), 0.0)
    best = max(zip(group.shares, group.rows, strict=False))[1].country
    abroad = 1 - rest.get(best or "", 0.0) / most if most >= 1 else 0.0
    return WEIGHTS.same_country * _grown(most) + WEIGHTS.abroad * abroad


def _ground(group: Group, k: int) -> Ground:
    held = _held(group.rows[k], group)
    return Ground(group.base[k] - held, held, *group.terms[k], group.shares[k])


def _context(group: Group, whole: Evidence) -> list[tuple[float, float, float]]:
    """Return what the article's other places add to each reading of a name: for its country, region and square."""
    w, own = WEIGHTS, Evidence()
    for row, share in group.likely():
        own.add(row, share)
    scores = []
    for country, region, square in group.frames:
        land = area = near = 0.0
        if country in whole.country:
            land = w.same_country * _grown(whole.country[country] - own.country.get(country, 0.0))
        if region in whole.region:
            area = w.same_region * _grown(whole.region[region] - own.region.get(region, 0.0))
        if square in whole.square:
            near = w.close * _grown(whole.square[square] - own.square.get(square, 0.0))
        scores.append((land, area, near))
    return scores


def _grown(mass: float) -> float:
    """Return how strongly `mass` other names speak for a reading: 1 for one name, then ever more slowly."""
    few = WEIGHTS.few
    return math.log1p(mass / few) / math.log1p(1 / few) if mass > 0.01 else 0.0


def _softmax(scores: list[float]) -> list[float]:
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]
