"""The words that may fill the slots of one cluster: each beside what else might, and beside the other clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sayso.evaluate.coder.clusters import Cluster
from sayso.evaluate.coder.mentions import EDGES, KINDS, ROLES, Mention, Sight
from sayso.evaluate.coder.scorer import Row
from sayso.extract.incidents.lexicon import is_attacker

LEAST = 0.03
"""How likely words must be in their role, for a kind of incident, to be weighed for a slot of it."""
KEPT = 0.3
"""How likely a cluster must be for it to compete for words with others."""
NEARNESS = (1.0, 0.6, 0.4)
"""What a mention counts for in the cluster's own sentences, in the next ones, further away."""
NOWHERE = 99.0


@dataclass(slots=True)
class Fill:
    """Words that may fill a slot: all their mentions in this role, the one `at` which they are read, the chance."""

    role: str
    words: str
    mentions: list[Mention]
    at: Mention
    chance: float = 0.0
    values: dict[str, tuple[str, float]] = field(default_factory=dict)
    """By attribute, the likeliest value and its probability."""
    name: Fill | None = None
    """Whom a description describes."""

    @property
    def last(self) -> str:
        """The last of its words."""
        return self.at.last


def candidates(sight: Sight, c: Cluster) -> list[Fill]:
    """Return the words that may fill a slot of a cluster."""
    by_words: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for m in sight.mentions:
        by_words[m.role, m.words].append(m)
    members = set(map(id, c.members))

    def weight(m: Mention) -> float:
        return float(m.chances[c.kind]) * NEARNESS[min(c.near(m.sentence), 2)] + (id(m) in members)

    return [
        Fill(role, words, ms, max(ms, key=weight))
        for (role, words), ms in by_words.items()
        if max(m.chances[c.kind] for m in ms) >= LEAST
    ]


def fill_rows(sight: Sight, found: Sequence[Cluster], n: int, fills: Sequence[Fill]) -> list[Row]:
    """Return a row for each candidate of cluster `n`: is it the one to fill its slot with?"""
    c = found[n]
    rivals = [o for o in found if o.chance >= KEPT and o is not c]
    vectors = [np.mean([sight.evidence.link(m.start, m.end) for m in o.members], 0) for o in [c, *rivals]]
    incidents: dict[int, float] = defaultdict(float)
    for m in c.members:
        for i in m.incidents:
            incidents[i] += m.chances[c.kind]
    members = [set(map(id, o.members)) for o in [c, *rivals]]
    rows = [_row(sight, c, rivals, f, vectors, members, incidents) for f in fills]
    _compare(fills, rows)
    return rows


def _row(
    sight: Sight,
    c: Cluster,
    rivals: Sequence[Cluster],
    f: Fill,
    vectors: Sequence[np.ndarray],
    members: Sequence[set[int]],
    incidents: dict[int, float],
) -> Row:
    a, k, m = sight.analysis, c.kind, f.at
    token = a.tokens[m.head]
    distance = min(c.near(x.sentence) for x in f.mentions)
    elsewhere = min((o.near(x.sentence) for o in rivals for x in f.mentions), default=NOWHERE)
    link = sight.evidence.link(m.start, m.end)
    ties = [float(link @ v) for v in vectors]
    told = max(sum(incidents.values()), 1e-6)
    every = {i for x in f.mentions for i in x.incidents}
    chances = [x.chances[k] for x in f.mentions]
    row = {
        "chance": max(chances),
        "chance here": m.chances[k],
        "chances": sum(chances),
        "other kind": max(max(float(np.delete(x.chances, k).max()) for x in f.mentions), 0.0),
        "role here": m.probability,
        "role": max(x.probability for x in f.mentions),
        "in": float(sum(id(x) in members[0] for x in f.mentions)),
        "in another": float(max((sum(id(x) in own for x in f.mentions) for own in members[1:]), default=0)),
        "distance": float(distance),
        "elsewhere": float(elsewhere),
        "closest": float(distance <= elsewhere),
        "before": float(m.sentence < c.sentences[0]),
        "tie": ties[0],
        "tie elsewhere": max(ties[1:], default=-1.0),
        "mentions": float(len(f.mentions)),
        "clusters": float(len(rivals) + 1),
        "cluster": c.chance,
        "members": float(len(c.members)),
        "incident here": sum(incidents[i] for i in m.incidents if i in incidents) / told,
        "incident": sum(incidents[i] for i in every if i in incidents) / told,
        "incidents": float(len(m.incidents)),
        "confidence": m.confidence,
        "by rules": float(m.by_rules),
        "event kind": float(m.event_kind == c.name),
        "same event": float(m.event >= 0 and any(m.event == x.event for x in c.members)),
        "words": float(len(f.words.split())),
        "kind": sight.kinds[m.sentence, k],
        "sentences": float(len(sight.kinds)),
        "sentence": float(m.sentence),
        "first": float(c.sentences[0]),
        "proper": float(token.pos == "PROPN"),
        "plural": float(token.tag in ("NNS", "NNPS")),
        "pronoun": float(token.pos == "PRON"),
        "attacker": float(is_attacker(a, m.head)),
        "digit": float(any(x.isdigit() for x in f.words)),
        "comma": float("," in f.words),
        "of": float(" OF " in f.words),
        "and": float(" AND " in f.words),
    }
    row |= dict(zip(EDGES, sight.evidence.edges(f.role, m.start, m.end), strict=True))
    row |= {f"in role {x}": float(x == f.role) for x in ROLES} | {f"is {x}": float(x == c.name) for x in KINDS}
    return row | {f"role {x}": sight.evidence.probability(x, m.start, m.end) for x in (*ROLES, "place")}


def _compare(fills: Sequence[Fill], rows: Sequence[Row]) -> None:
    """Add how each candidate stands beside those for the same slot, and beside those with much the same words."""
    words = [set(f.words.split()) for f in fills]
    rank = [(row["chance here"] + row["in"], -n) for n, row in enumerate(rows)]
    for n, (f, row) in enumerate(zip(fills, rows, strict=True)):
        rivals = [k for k, o in enumerate(fills) if k != n and o.role == f.role]
        better = {k for k in rivals if rank[k] > rank[n]}
        alike = [k for k in rivals if fills[k].last == f.last or words[k] <= words[n] or words[n] <= words[k]]
        row["rivals"], row["rank"] = float(len(rivals)), float(len(better))
        row["best rival"] = max((rows[k]["chance here"] for k in rivals), default=0.0)
        row["alike"] = float(len(alike))
        row["best alike"] = max((rows[k]["chance here"] for k in alike), default=0.0)
        row["better alike"] = max((rows[k]["chance here"] for k in alike if k in better), default=0.0)
        row["longer alike"] = max((rows[k]["words"] - row["words"] for k in alike), default=0.0)
        row["nearer rivals"] = float(sum(rows[k]["distance"] < row["distance"] for k in rivals))
        row["overlap"] = max(
            (rows[k]["chance here"] for k, o in enumerate(fills) if k != n and _overlap(f, o)), default=0.0
        )


def _overlap(f: Fill, o: Fill) -> bool:
    return any(x.start < y.end and y.start < x.end for x in f.mentions for y in o.mentions)
