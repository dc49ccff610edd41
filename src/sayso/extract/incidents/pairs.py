"""Which words tell of one incident, weighed pair by pair: the learned counterpart of the grouping rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from sayso.extract.incidents.clash import clash_in_place, clash_in_time, meet_in_time
from sayso.extract.incidents.fill import Setting
from sayso.extract.incidents.group import (
    COMPATIBLE,
    VIOLENT,
    Draft,
    Grouper,
)
from sayso.extract.incidents.roles import Told, victims_named
from sayso.extract.incidents.syntax import ancestors
from sayso.model.evidence import Evidence, Floats
from sayso.model.place import PlaceMention

TRUST = 0.4
"""How much the rules' own grouping adds to, or takes from, the probability that two words are of one incident."""
NEVER = -1.0
"""What counts for two events of different days, so that what is told beside them does not bring them together."""
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
MOST = 120
"""Words that tell of events, in one article, above which pairs are too many and the rules' groups stand."""
TURNS = {
    "another": frozenset({"another", "other", "others", "separate", "second", "third", "different", "new"}),
    "meanwhile": frozenset(
        {"meanwhile", "elsewhere", "also", "moreover", "addition", "besides", "likewise", "similarly"}
    ),
    "before": frozenset({"earlier", "previously", "ago", "recent", "recently", "past", "last", "previous", "former"}),
    "after": frozenset({"later", "subsequently", "after", "then", "following", "hours"}),
}
"""Words by which a report goes over to another incident, or back and forth in time."""
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
    setting: Setting,
    grouper: Grouper,
    told: Sequence[Told],
    drafts: Sequence[Draft],
    evidence: Evidence,
    where: Sequence[PlaceMention],
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
    after = [grouper.elsewhere(t) for t in told]
    past = [grouper.long_ago(t) for t in told]
    heads = [evidence.kinds[t.event.sentence] for t in told]
    lie = _Land(setting, where)
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
            "one after another": float(after[i] != after[j]),
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
        row |= lie.between(x, y)
        for name, p, q in zip(("agents", "victims", "targets", "weapons"), keys[i], keys[j], strict=True):
            row[f"{name} shared"] = float(len(p & q))
            row[f"{name} apart"] = float(bool(p) and bool(q) and not p & q)
        row |= {f"x {k}": float(ex.kind == k) for k in KIND_PAIRS} | {f"y {k}": float(ey.kind == k) for k in KIND_PAIRS}
        found.append((i, j, row))
    return found


class _Land:
    """What lies between two events: names, places and times that are new, and words that go over to something else."""

    def __init__(self, setting: Setting, where: Sequence[PlaceMention]) -> None:
        a, who = setting.a, setting.who
        self.a = a
        self.words: list[frozenset[str]] = []
        self.turns: list[dict[str, float]] = []
        self.names: list[frozenset[str]] = []
        self.fresh: list[int] = []
        seen: set[str] = set()
        for s in a.sentences:
            inside = range(s.first, s.last)
            lemmas = frozenset(a.tokens[i].lemma.lower() for i in inside)
            self.words.append(frozenset(a.tokens[i].lemma.lower() for i in inside if a.tokens[i].pos in CONTENT))
            self.turns.append({name: float(bool(lemmas & set_)) for name, set_ in TURNS.items()})
            names = frozenset(e.id for i in inside if (e := who.at(i)) is not None)
            self.names.append(names)
            self.fresh.append(len(names - seen))
            seen |= names
        self.places: dict[int, set[str]] = {}
        first: dict[str, int] = {}
        for p in sorted(where, key=lambda p: p.span.start):
            if p.use == "locative" and p.place.type != "country":
                at = a.sentence_of(a.token_at(p.span.start))
                self.places.setdefault(at, set()).add(p.place.names[0])
                first.setdefault(p.place.names[0], at)
        self.opened = [sum(1 for at in first.values() if at == n) for n in range(len(a.sentences))]
        counts: dict[str, int] = {}
        for words in self.words:
            for w in words:
                counts[w] = counts.get(w, 0) + 1
        self.counts = counts

    def between(self, x: Told, y: Told) -> dict[str, float]:
        """Return the numbers for two events, the first before the second."""
        p, q = x.event.sentence, y.event.sentence
        common = self.words[p] & self.words[q]
        rare = sum(1.0 / self.counts[w] for w in common)
        either = sum(1.0 / self.counts[w] for w in self.words[p] | self.words[q])
        px, py = self.places.get(p, set()), self.places.get(q, set())
        row = {
            "words shared": rare / max(either, 1e-6),
            "names shared": float(len(self.names[p] & self.names[q])),
            "names fresh": float(self.fresh[q]),
            "sentence places shared": float(len(px & py)),
            "sentence places apart": float(bool(px) and bool(py) and not px & py),
            "places opened": float(sum(self.opened[p + 1 : q + 1])),
            "blocks": float(self.a.sentences[q].block - self.a.sentences[p].block),
            "same lemma": float(self.a.tokens[x.event.i].lemma == self.a.tokens[y.event.i].lemma),
            "second sentence": float(q),
            "tokens": float(min(y.event.i - x.event.i, 200)),
        }
        for name in TURNS:
            row[f"{name} at"] = self.turns[q][name]
            row[f"{name} between"] = float(sum(t[name] for t in self.turns[p + 1 : q + 1]))
        return row


def clusters(n: int, pairs: Sequence[tuple[int, int]], chances: Floats, least: float) -> list[list[int]]:
    """Return groups of `n` things by average linkage: the two closest groups are joined while they are close enough."""
    same = np.full((n, n), -2.0)
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
        same[i, i] = -2.0
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
    """Return the incidents that the pairs add up to; a group that only tells of harm is none.

    Where the rules counted several incidents in one telling ("two bombs"), what they took apart stays as it is.
    """
    counted = [d for d in drafts if d.plural]
    fixed = {t.event.i for d in counted for t in d.all}
    left = [k for k, t in enumerate(told) if t.event.i not in fixed]
    place = {k: n for n, k in enumerate(left)}
    rows = [(place[i], place[j], row) for i, j, row in pairs if i in place and j in place]
    if not rows:
        return list(drafts)
    together = np.array([row["together"] for _, _, row in rows], np.float32)
    chances = chance([row for _, _, row in rows]) + TRUST * (2 * together - 1)
    others = [row["times clash"] + row["one after another"] > 0 for _, _, row in rows]
    chances = np.where(others, NEVER, chances)
    harm = np.array([row["harm"] > 0 for _, _, row in rows])
    chances = np.where(harm, together, chances)  # what only tells of harm goes with what the rules say did it
    groups = clusters(len(left), [(i, j) for i, j, _ in rows], chances, least)
    apart = {t.event.i for d in drafts if d.apart for t in d.all}
    made = [[told[left[k]] for k in group] for group in groups]
    found = [
        Draft(group, apart=all(t.event.i in apart for t in group))
        for group in made
        if any(t.event.kind != "harm" for t in group)
    ]
    return sorted([*counted, *found], key=lambda d: d.all[0].event.i)
