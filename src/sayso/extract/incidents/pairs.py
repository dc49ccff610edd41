"""Which words tell of one incident, weighed pair by pair: the learned counterpart of the grouping rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from sayso.extract.incidents.fill import Setting
from sayso.extract.incidents.group import (
    COMPATIBLE,
    VIOLENT,
    Draft,
    Grouper,
    clash_in_place,
    clash_in_time,
    meet_in_time,
)
from sayso.extract.incidents.roles import Told, victims_named
from sayso.extract.incidents.syntax import ancestors
from sayso.model.evidence import Evidence, Floats

MOST = 120
"""Words that tell of events, in one article, above which pairs are too many and the rules' groups stand."""
KIND_PAIRS = (
    "armed_attack",
    "killing",
    "bombing",
    "kidnapping",
    "arson",
    "assassination",
    "clash",
    "arrest",
    "robbery",
    "harm",
)


def pair_rows(
    setting: Setting, grouper: Grouper, told: Sequence[Told], drafts: Sequence[Draft], evidence: Evidence
) -> list[tuple[int, int, dict[str, float]]]:
    """Return, for each two of `told`, the numbers that speak for and against their being of one incident."""
    a = setting.a
    home: dict[int, set[int]] = {}
    for n, draft in enumerate(drafts):
        for t in draft.all:
            home.setdefault(t.event.i, set()).add(n)
    offsets = [(a.tokens[t.event.i].start, a.tokens[t.event.i].end) for t in told]
    vectors = [evidence.link(*o) for o in offsets]
    sentences = {t.event.sentence: evidence.sentence_link(t.event.sentence) for t in told}
    above = [frozenset(ancestors(a, t.event.i)) for t in told]
    keys = [
        tuple(frozenset(grouper.key(j) for j in part) for part in (t.agents, victims_named(a, t), t.targets, t.weapons))
        for t in told
    ]
    places = [frozenset(p.place.names[0] for p, s in t.places if s >= 2 and p.use == "locative") for t in told]
    apart = [grouper.stands_apart(t) for t in told]
    past = [grouper.long_ago(t) for t in told]
    heads = [evidence.kinds[t.event.sentence] for t in told]
    found = []
    for i, j in combinations(range(len(told)), 2):
        x, y = told[i], told[j]
        ex, ey = x.event, y.event
        kinds = {ex.kind, ey.kind}
        row = {
            "together": float(bool(home.get(ex.i, set()) & home.get(ey.i, set()))),
            "loose": float(ex.i not in home) + float(ey.i not in home),
            "same sentence": float(ex.sentence == ey.sentence),
            "sentences": float(abs(ex.sentence - ey.sentence)),
            "same block": float(a.sentences[ex.sentence].block == a.sentences[ey.sentence].block),
            "same kind": float(ex.kind == ey.kind),
            "fits": float(ey.kind in COMPATIBLE.get(ex.kind, ()) or ex.kind in COMPATIBLE.get(ey.kind, ())),
            "violent": float(kinds <= VIOLENT | {"harm"}),
            "harm": float("harm" in kinds),
            "generic": float(ex.generic) + float(ey.generic),
            "definite": float(ey.definite),
            "definite x": float(ex.definite),
            "plural": float(ex.plural) + float(ey.plural),
            "ordinal": -1.0 if ey.ordinal is None else float(ey.ordinal),
            "ordinal x": -1.0 if ex.ordinal is None else float(ex.ordinal),
            "same stage": float(ex.stage == ey.stage),
            "apart": float(apart[i]) + float(apart[j]),
            "apart y": float(apart[j]),
            "past": float(past[i]) + float(past[j]),
            "one past": float(past[i] != past[j]),
            "times clash": float(clash_in_time([x], [y])),
            "times meet": float(meet_in_time([x], [y])),
            "places clash": float(clash_in_place([x], [y])),
            "places meet": float(bool(places[i] & places[j])),
            "under": float(ex.i in above[j] or ey.i in above[i]),
            "noun": float(ey.form == "noun") + 2.0 * float(ex.form == "noun"),
            "tie": evidence.together(vectors[i], vectors[j]),
            "sentence tie": evidence.together(sentences[ex.sentence], sentences[ey.sentence]),
            "heads": float((heads[i] * heads[j]).max()),
            "least head": float(min(heads[i].max(), heads[j].max())),
            "strong": float(ex.strength == "strong") + float(ey.strength == "strong"),
            "events": float(len(told)),
        }
        for name, p, q in zip(("agents", "victims", "targets", "weapons"), keys[i], keys[j], strict=True):
            row[f"{name} shared"] = float(len(p & q))
            row[f"{name} apart"] = float(bool(p) and bool(q) and not p & q)
        row |= {f"x {k}": float(ex.kind == k) for k in KIND_PAIRS} | {f"y {k}": float(ey.kind == k) for k in KIND_PAIRS}
        found.append((i, j, row))
    return found


def clusters(n: int, pairs: Sequence[tuple[int, int]], chances: Floats, least: float) -> list[list[int]]:
    """Return groups of `n` things by average linkage: the two closest groups are joined while they are close enough."""
    same = np.full((n, n), -1.0)
    for (i, j), p in zip(pairs, chances, strict=True):
        same[i, j] = same[j, i] = p
    groups = [[k] for k in range(n)]
    while len(groups) > 1:
        rows = np.where(same.max(1) == same.max())[0]
        i = int(rows[0])
        j = int(same[i].argmax())
        if same[i, j] < least:
            break
        i, j = min(i, j), max(i, j)
        p, q = len(groups[i]), len(groups[j])
        joined = (p * same[i] + q * same[j]) / (p + q)
        same[i], same[:, i] = joined, joined
        same[i, i] = -1.0
        groups[i] += groups[j]
        del groups[j]
        same = np.delete(np.delete(same, j, 0), j, 1)
    return [sorted(g) for g in groups]


def regroup(
    told: Sequence[Told],
    pairs: Sequence[tuple[int, int, dict[str, float]]],
    chance: Callable[[Sequence[dict[str, float]]], Floats],
    least: float,
    drafts: Sequence[Draft],
) -> list[Draft]:
    """Return the incidents that the pairs add up to; a group that only tells of harm is none."""
    if not pairs:
        return list(drafts)
    groups = clusters(len(told), [(i, j) for i, j, _ in pairs], chance([row for _, _, row in pairs]), least)
    apart = {t.event.i for d in drafts if d.apart for t in d.all}
    made = [Draft([told[k] for k in g], apart=all(told[k].event.i in apart for k in g)) for g in groups]
    kept = [d for d in made if any(t.event.kind != "harm" for t in d.told)]
    return sorted(kept, key=lambda d: d.told[0].event.i)
