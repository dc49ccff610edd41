"""Makes groups of copies out of verdicts on pairs, so that one wrong verdict cannot chain two groups together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic

from sayso.merge.copies.origins import K, Member, Origin, origin, rank

COPY = 0.5
"""Score from which a pair are copies."""

SURE = 0.95
"""Score from which a copy of a copy may join, where it is also `AKIN` to the centre of the group."""

AKIN = 0.1
"""Score from which two texts have something of each other, though not enough to be copies."""

Scores = dict[K, dict[K, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(Generic[K]):
    """Two articles by their ids, and the probability (0-1) that they are copies; 0 or 1 where a person has decided."""

    left: K
    right: K
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Generic[K]):
    """Copies of one text, at least two, by their ids in order; `centre` is the one that all others are copies of.

    The origin may be another than the centre: a short first report that later and longer ones all hold.
    """

    origin: Origin[K]
    centre: K
    members: tuple[K, ...]


def group(pairs: Iterable[Pair[K]], members: Iterable[Member[K]] = ()) -> tuple[Group[K], ...]:
    """Return the groups that verdicts on pairs make, by their first member; their order makes no difference.

    A group is a star: each member is a copy of its centre, which is the article with the most copies. A link is left
    out where the article has copies of its own that are not the centre's. A copy of a copy joins only where it also has
    part of the centre's text. Where a pair is given twice, the lesser score holds. `members` tell the origin and, by
    their length, which texts are only a paragraph that others have; ids without one are known by their id alone.
    """
    scores = _scores(pairs)
    known = {m.id: m for m in members}
    copies = _but_standing(
        {a: {b for b, score in row.items() if score >= COPY} for a, row in scores.items()}, scores, known
    )
    order = sorted(copies, key=lambda a: (-len(copies[a]), rank(known.get(a, Member(id=a)), None)))
    centre_of: dict[K, K] = {}
    for centre in order:
        if centre in centre_of:
            continue
        for copy in copies[centre]:
            if copy not in centre_of and _supported(copy, centre, copies, scores):
                centre_of[copy] = centre_of[centre] = centre
    _second_hand(order, scores, centre_of)
    return _groups(centre_of, known)


def _scores(pairs: Iterable[Pair[K]]) -> Scores[K]:
    scores: Scores[K] = {}
    for pair in pairs:
        if pair.left == pair.right:
            continue
        for a, b in ((pair.left, pair.right), (pair.right, pair.left)):
            row = scores.setdefault(a, {})
            row[b] = min(pair.score, row.get(b, 1.0))
    return scores


def _but_standing(copies: dict[K, set[K]], scores: Scores[K], known: Mapping[K, Member[K]]) -> dict[K, set[K]]:
    """Leave out the links of a text to longer ones that are no copies of the longer one that it is surest to stand in.

    A brief that stands in several reports is a copy of them where they are copies of one another; else it is a
    paragraph of background that they share.
    """
    length = {a: known[a].length if a in known else 0 for a in copies}
    kept = {a: set(row) for a, row in copies.items()}
    for a, row in copies.items():
        longer = [b for b in row if length[b] > length[a] > 0]
        if len(longer) > 1:
            best = min(longer, key=lambda b: (-scores[a][b], -length[b], b))
            for b in set(longer) - copies[best] - {best}:
                kept[a].discard(b)
                kept[b].discard(a)
    return kept


def _supported(copy: K, centre: K, copies: Mapping[K, set[K]], scores: Scores[K]) -> bool:
    """Say whether most of the other copies of a copy are the centre's too; of one that is not, the surer link holds."""
    others = copies[copy] - {centre}
    foreign = others - copies[centre]
    if len(others) == 1 and foreign:
        return scores[copy][centre] >= scores[copy][min(foreign)]
    return 2 * len(foreign) <= len(others)


def _second_hand(order: list[K], scores: Scores[K], centre_of: dict[K, K]) -> None:
    """Let those that are in no group join that of the copy that they are surest to be copies of."""
    direct = dict(centre_of)
    for a in order:
        if a in direct:
            continue
        near = [
            (score, direct[b])
            for b, score in scores[a].items()
            if b in direct and score >= SURE and scores[a].get(direct[b], 0.0) >= AKIN
        ]
        if near:
            best = max(score for score, _ in near)
            centre_of[a] = min(centre for score, centre in near if score == best)


def _groups(centre_of: Mapping[K, K], known: Mapping[K, Member[K]]) -> tuple[Group[K], ...]:
    found: dict[K, list[K]] = {}
    for a in sorted(centre_of):
        found.setdefault(centre_of[a], []).append(a)
    return tuple(
        Group(origin=origin(known.get(a, Member(id=a)) for a in ids), centre=centre, members=tuple(ids))
        for centre, ids in sorted(found.items(), key=lambda item: item[1][0])
    )
