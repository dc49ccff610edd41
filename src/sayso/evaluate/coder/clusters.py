"""Which mentions are of one incident, and which of the incidents so made the task's coders would report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

import numpy as np

from sayso.evaluate.coder.mentions import CONTENT, KINDS, SIDE, Land, Mention, Sight
from sayso.evaluate.coder.scorer import Floats, Row, Scorer
from sayso.evaluate.muc4_format import lists
from sayso.extract.incidents.attributes import HEADS
from sayso.extract.incidents.lexicon import is_attacker, person_kind
from sayso.extract.incidents.pairs import TURNS, clusters

LIKELY = 0.1
"""How likely a victim or target must be to have a say in what belongs together."""
JOINED = 0.42
"""How likely mentions must be of one incident, on the average, for their groups to be joined."""
FAR = 300.0
FIGHTERS = ("active military", "law enforcement", "civilian", "government official")
YOUNGEST = -5.0
"""Stands for "no day" where days before the report are counted."""


@dataclass(slots=True)
class Cluster:
    """What may be one incident: a kind, the victims and targets that make it, and how likely it is a template."""

    kind: int
    members: list[Mention]
    chance: float = 0.0
    ties: dict[tuple[int, int], float] = field(default_factory=dict)
    """The probability that two mentions of this kind are of one incident, by their places in memory."""

    @property
    def name(self) -> str:
        """Its kind."""
        return KINDS[self.kind]

    @property
    def sentences(self) -> list[int]:
        """The sentences of its members, in order."""
        return sorted({m.sentence for m in self.members})

    @property
    def chances(self) -> Floats:
        """How likely each member fills its role in a template of this kind."""
        return np.array([m.chances[self.kind] for m in self.members])

    def near(self, sentence: int) -> int:
        """Return how many sentences lie between a sentence and its nearest member's."""
        return min(abs(sentence - m.sentence) for m in self.members)


def grouped(sight: Sight, pair: Scorer) -> list[Cluster]:
    """Return the clusters of a report, by kind; the chance of each is still to be given."""
    found = []
    for k in range(len(KINDS)):
        nodes = [m for m in sight.mentions if m.role in CONTENT and m.chances[k] >= LIKELY]
        if not nodes:
            continue
        pairs = list(combinations(range(len(nodes)), 2))
        chances = pair.probabilities(pair_rows(sight, nodes, k)).astype(np.float32)
        ties = {(id(nodes[i]), id(nodes[j])): float(p) for (i, j), p in zip(pairs, chances, strict=True)}
        groups = clusters(len(nodes), pairs, chances, JOINED) if pairs else [[0]]
        found += [Cluster(k, [nodes[n] for n in group], ties=ties) for group in groups]
    return found


def _tie(c: Cluster, x: Mention, y: Mention) -> float:
    return 1.0 if x is y else c.ties.get((id(x), id(y)), c.ties.get((id(y), id(x)), 0.0))


def pair_rows(sight: Sight, nodes: Sequence[Mention], kind: int) -> list[Row]:
    """Return a row for each two mentions, in the order of `itertools.combinations`: are they of one incident?"""
    if len(nodes) < 2:
        return []
    e = sight.evidence
    land = sight.land
    links = {id(m): e.link(m.start, m.end) for m in nodes}
    sentence_links = {m.sentence: e.sentence_link(m.sentence) for m in nodes}
    crowd = {"nodes": float(len(nodes)), "spread": float(len({m.sentence for m in nodes}))}
    rows = []
    for m, n in combinations(nodes, 2):
        row = crowd | _pair_row(sight, m, n, kind, land)
        row |= {
            "link": e.together(links[id(m)], links[id(n)]),
            "sentence link": e.together(sentence_links[m.sentence], sentence_links[n.sentence]),
            "link on": e.together(links[id(m)], sentence_links[n.sentence]),
            "link back": e.together(links[id(n)], sentence_links[m.sentence]),
        }
        rows.append(row)
    return rows


def _pair_row(sight: Sight, m: Mention, n: Mention, kind: int, land: Land) -> Row:
    a = sight.analysis
    tokens = a.tokens
    own, other = set(m.incidents), set(n.incidents)
    words, others = set(m.words.split()), set(n.words.split())
    days, later = land.days.get(m.sentence, set()), land.days.get(n.sentence, set())
    places, next_ = land.places.get(m.sentence, set()), land.places.get(n.sentence, set())
    told = m.event >= 0 and n.event >= 0
    known: set[object] = set().union(*(land.days.get(s, set()) for s in range(m.sentence, n.sentence)))
    entity = getattr(m.claim.value, "entity", None) if m.claim else None
    row = {
        "same sentence": float(m.sentence == n.sentence),
        "sentences": float(n.sentence - m.sentence),
        "tokens": min(float(a.token_at(n.start) - a.token_at(m.start)), FAR),
        "same role": float(m.role == n.role),
        "same side": float(SIDE[m.role] == SIDE[n.role]),
        "names": float(m.role == "victim_name") + float(n.role == "victim_name"),
        "targets": float(m.role == "target") + float(n.role == "target"),
        "same words": float(m.words == n.words),
        "words shared": len(words & others) / min(len(words), len(others)),
        "same last": float(m.last == n.last),
        "incidents shared": float(len(own & other)),
        "both in record": float(bool(own) and bool(other)),
        "incidents apart": float(bool(own) and bool(other) and not own & other),
        "not in record": float(not own) + float(not other),
        "same event": float(told and m.event == n.event),
        "other event": float(told and m.event != n.event),
        "same event word": float(told and tokens[m.event].lemma == tokens[n.event].lemma),
        "same event kind": float(m.event_kind == n.event_kind != ""),
        "same event's incident": float(told and sight.events[m.event][1] == sight.events[n.event][1]),
        "days meet": float(bool(days & later)),
        "days clash": float(bool(days) and bool(later) and not days & later),
        "day is new": float(m.sentence != n.sentence and bool(later) and not later & known),
        "places meet": float(bool(places & next_)),
        "places clash": float(bool(places) and bool(next_) and not places & next_),
        "places": float(len(places)),
        "places on": float(len(next_)),
        "blocks": float(a.sentences[n.sentence].block - a.sentences[m.sentence].block),
        "chance": m.chances[kind],
        "chance on": n.chances[kind],
        "least chance": min(m.chances[kind], n.chances[kind]),
        "least kind": min(sight.kinds[m.sentence, kind], sight.kinds[n.sentence, kind]),
        "first": float(m.sentence),
        "bombing": float(KINDS[kind] == "bombing"),
        "kidnapping": float(KINDS[kind] == "kidnapping"),
        "plural": float(tokens[m.head].tag in ("NNS", "NNPS")),
        "plural on": float(tokens[n.head].tag in ("NNS", "NNPS")),
        "same entity": float(
            entity is not None and n.claim is not None and entity == getattr(n.claim.value, "entity", "")
        ),
    }
    for turn in TURNS:
        row[f"{turn} at"] = float(land.turns[n.sentence][turn])
        row[f"{turn} between"] = float(sum(land.turns[s][turn] for s in range(m.sentence + 1, n.sentence + 1)))
    return row


@cache
def _victim_types() -> list[str]:
    return list(HEADS["victim_type"])


def cluster_rows(sight: Sight, found: Sequence[Cluster]) -> list[Row]:
    """Return a row for each cluster: would the task's coders make a template of it?"""
    setting = _Setting(sight)
    return [_shape(sight, c, found) | _content(sight, c) | setting.columns(c) for c in found]


def _shape(sight: Sight, c: Cluster, found: Sequence[Cluster]) -> Row:
    """Return what a cluster is made of, and how it stands beside the others."""
    k, chances, sentences = c.kind, c.chances, c.sentences
    same = [o for o in found if o.kind == k and o is not c]
    others = [o for o in found if o.kind != k]
    members = set(map(id, c.members))
    shared = [[m for m in o.members if id(m) in members] for o in others]
    ties = [[_tie(c, x, y) for x in c.members for y in o.members] for o in same]
    incidents = {n for m in c.members for n in m.incidents}
    words = {m.words for m in c.members}
    elsewhere = [(len(words & {m.words for m in o.members}) / len(words), o.chances.sum()) for o in same]
    best: dict[tuple[str, str], float] = {}
    for m in c.members:
        best[m.role, m.words] = max(best.get((m.role, m.words), 0.0), m.chances[k])
    ranked = [*sorted(best.values(), reverse=True), 0.0, 0.0]
    in_text = sum(m.chances.max() for m in sight.mentions if m.role in CONTENT)
    doers = [m for m in sight.mentions if SIDE[m.role] == "perpetrator"]
    weapons = [m for m in sight.mentions if m.role == "weapon"]
    in_record = [sight.incident_chances[n] for n in incidents if sight.incident_kinds[n] == c.name]
    row = {
        "best": chances.max(),
        "sum": chances.sum(),
        "mean": chances.mean(),
        "none": float(np.prod(1 - chances)),
        "second": ranked[1],
        "third": ranked[2],
        "sum of words": sum(ranked),
        "share": chances.sum() / max(in_text, 1e-6),
        "members": float(len(c.members)),
        "words": float(len(words)),
        "sentences": float(len(sentences)),
        "first": float(sentences[0]),
        "how far": sentences[0] / len(sight.kinds),
        "length": float(len(sight.kinds)),
        "kind": sight.kinds[sentences, k].max(),
        "kind mean": sight.kinds[sentences, k].mean(),
        "kind in text": sight.kinds[:, k].max(),
        "any in text": sight.kinds.max(),
        "any mean": sight.kinds.max(1).mean(),
        "any in lead": sight.kinds[:3].max(),
        "same kind": float(len(same)),
        "other kinds": float(len(others)),
        "rank": float(sum(o.chances.sum() > chances.sum() for o in same)),
        "rank of all": float(sum(o.chances.sum() > chances.sum() for o in found)),
        "best of same": max((o.chances.max() for o in same), default=0.0),
        "best of others": max((o.chances.max() for o in others), default=0.0),
        "shares": float(sum(map(bool, shared))),
        "shares with": max((m.chances[o.kind] for o, ms in zip(others, shared, strict=True) for m in ms), default=0.0),
        "tie": max((float(np.mean(t)) for t in ties), default=0.0),
        "best tie": max((max(t) for t in ties), default=0.0),
        "words elsewhere": max((w for w, _ in elsewhere), default=0.0),
        "words in bigger": max((w for w, total in elsewhere if total > chances.sum()), default=0.0),
        "incident": max((sight.incident_chances[n] for n in incidents), default=0.0),
        "incident kind": max(in_record, default=0.0),
        "incidents": float(len(incidents)),
        "background": float(any(sight.reading.incidents[n].background for n in incidents)),
        "doer near": max((m.chances[k] for m in doers if c.near(m.sentence) <= 1), default=0.0),
        "doer": max((m.chances[k] for m in doers), default=0.0),
        "weapon near": max((m.chances[k] for m in weapons if c.near(m.sentence) <= 1), default=0.0),
        "in text": in_text,
        "mentions": float(len(sight.mentions)),
        "other kind": max(float(np.delete(m.chances, k).max()) for m in c.members),
        "kind's share": chances.sum() / max(sum(m.chances.sum() for m in c.members), 1e-6),
    }
    row |= {f"best {role}": max((m.chances[k] for m in c.members if m.role == role), default=0.0) for role in CONTENT}
    row |= {f"number {role}": float(sum(m.role == role for m in c.members)) for role in CONTENT}
    return row | {f"is {x}": float(x == c.name) for x in KINDS}


def _content(sight: Sight, c: Cluster) -> Row:
    """Return who and what it was done to, and how it is told; shares are weighed by the members' chances."""
    a, tokens = sight.analysis, sight.analysis.tokens
    weights = c.chances / c.chances.sum()
    heads = [m.head for m in c.members]

    def share(flags: Sequence[bool]) -> float:
        return float(sum(w for w, flag in zip(weights, flags, strict=True) if flag))

    def mean(head: str) -> Floats:
        each = np.array([sight.attribute(head, m) for m in c.members])
        found: Floats = weights @ each
        return found

    types, effects = mean("victim_type"), mean("victim_effect")
    stage = np.mean([sight.evidence.attribute("stage", *sight.bounds(s)) for s in c.sentences], 0)
    events = [m.event for m in c.members if m.event >= 0]
    count = max(len(events), 1)
    row = {f"type {name}": types[_victim_types().index(name)] for name in FIGHTERS}
    return row | {
        "role": max(m.probability for m in c.members),
        "death": effects[0],
        "no harm": effects[2:].sum(),
        "a death": max(sight.attribute("victim_effect", m)[0] for m in c.members),
        "state": mean("category")[1],
        "attempted": float(stage[1]),
        "threatened": float(stage[2]),
        "military": share([person_kind(a, i) in ("active_military", "armed_group_member") for i in heads]),
        "fighters": share([is_attacker(a, i) for i in heads]),
        "plural": share([tokens[i].tag in ("NNS", "NNPS") for i in heads]),
        "proper": share([tokens[i].pos == "PROPN" for i in heads]),
        "events": len(events) / len(c.members),
        "event kind": sum(m.event_kind == c.name for m in c.members) / len(c.members),
        "event nouns": sum(tokens[i].pos == "NOUN" for i in events) / count,
        "event plurals": sum(tokens[i].tag == "NNS" for i in events) / count,
        "event verbs": sum(tokens[i].tag in ("VBD", "VBN") for i in events) / count,
    }


class _Setting:
    """How old what a cluster tells is, and whether it lies in the countries that the task is about."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.ages: dict[int, list[float]] = defaultdict(list)
        self.countries: dict[int, set[str]] = defaultdict(set)
        for t in sight.reading.times:
            if sight.header and t.when and t.when.earliest and t.when.latest:
                self.ages[sight.sentence_of(t.span.start)].append(float((sight.header - t.when.latest).days))
        for p in sight.reading.places:
            if p.use != "actor" and p.place.country:
                self.countries[sight.sentence_of(p.span.start)].add(p.place.country)
        self.interest = set(lists()["interest"])
        counts = Counter(c for own in self.countries.values() for c in own)
        self.share = sum(n for c, n in counts.items() if c in self.interest) / max(sum(counts.values()), 1)

    def columns(self, c: Cluster) -> Row:
        """Return the columns of one cluster."""
        sentences = c.sentences
        ages = [x for s in sentences for x in self.ages.get(s, ())]
        around = {s + d for s in sentences for d in (-1, 0, 1)}
        near = [x for s in around for x in self.ages.get(s, ())]
        countries = {x for s in sentences for x in self.countries.get(s, ())}
        return {
            "age": min(ages, default=YOUNGEST),
            "oldest": max(ages, default=YOUNGEST),
            "age near": min(near, default=YOUNGEST),
            "dated": float(bool(ages)),
            "of interest": float(bool(countries & self.interest)),
            "foreign": float(bool(countries) and not countries & self.interest),
            "of interest in text": self.share,
        }
