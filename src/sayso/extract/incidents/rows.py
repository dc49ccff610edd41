"""The rows of numbers by which drafts and claims are judged: what the rules found beside what the model sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sayso.extract.incidents.fill import Setting
from sayso.extract.incidents.group import Draft
from sayso.extract.incidents.lexicon import is_attacker, person_kind, target_kind, weapon_kind
from sayso.extract.incidents.whole import Whole
from sayso.model.claim import Actor, Claim, Target, Victim, Weapon
from sayso.model.evidence import Evidence, Floats
from sayso.model.place import Place, PlaceMention
from sayso.model.when import When

KIND_HEAD: dict[str, str] = {
    "armed_attack": "attack",
    "assassination": "attack",
    "killing": "attack",
    "stabbing": "attack",
    "clash": "attack",
    "strike": "attack",
    "vehicle_attack": "attack",
    "torture": "attack",
    "sexual_violence": "attack",
    "riot": "attack",
    "bombing": "bombing",
    "sabotage": "bombing",
    "kidnapping": "kidnapping",
    "arson": "arson",
    "robbery": "robbery",
    "hijacking": "hijacking",
}
"""The head that knows each kind of the schema."""
ROLES = ("victim_name", "victim", "perpetrator", "organization", "weapon", "target", "place", "date", "shooter_name")
SLOT_ROLES: dict[str, tuple[str, ...]] = {
    "victim": ("victim", "victim_name"),
    "perpetrator": ("perpetrator", "organization", "shooter_name"),
    "weapon": ("weapon",),
    "target": ("target",),
    "where": ("place", "city"),
    "when": ("date",),
}
SLOTS = tuple(SLOT_ROLES)
COLUMNS_KINDS = (
    "armed_attack",
    "killing",
    "assassination",
    "bombing",
    "kidnapping",
    "arson",
    "robbery",
    "hijacking",
    "clash",
    "strike",
    "riot",
    "arrest",
    "torture",
    "sabotage",
)


@dataclass(slots=True)
class Weighed:
    """What is known of a draft before its slots are filled: rule scores and where it is told."""

    draft: Draft
    kind: str
    stage: str
    support: float
    supported: bool
    jest: bool
    background: bool
    long_ago: bool | None
    leads: bool


def _columns(prefix: str, values: Sequence[float], names: Sequence[str]) -> dict[str, float]:
    return {f"{prefix}{n}": v for n, v in zip(names, values, strict=True)}


def sentences_of(draft: Draft) -> list[int]:
    """Return the sentences that tell of a draft, in order."""
    return sorted({t.event.sentence for t in draft.all})


def _offsets(setting: Setting, sentence: int) -> tuple[int, int]:
    a = setting.a
    s = a.sentences[sentence]
    return a.tokens[s.first].start, a.tokens[s.last - 1].end


def kind_probability(evidence: Evidence, sentence: int, kind: str) -> float:
    """Return how sure the model is that a sentence tells of an incident of a kind (any, without a head)."""
    head = KIND_HEAD.get(kind)
    row = evidence.kinds[sentence]
    return float(row[evidence.kind_names.index(head)] if head else row.max())


def incident_row(setting: Setting, w: Weighed, drafts: Sequence[Draft], evidence: Evidence) -> dict[str, float]:
    """Return the numbers that speak for and against a draft."""
    a, told = setting.a, w.draft.all
    sentences = sentences_of(w.draft)
    any_kind = [float(evidence.kinds[s].max()) for s in sentences]
    own = [kind_probability(evidence, s, w.kind) for s in sentences]
    named = [t for t in told if t.event.kind != "harm"]
    people = [j for t in told for j in (*t.people, *(h.head for h in t.harms if h.head is not None))]
    kinds = [person_kind(a, j) for j in people]
    fighters = [is_attacker(a, j) for j in people]
    doers = [setting.who.at(j) for t in told for j in t.agents]
    row = {
        "support": w.support,
        "jest": float(w.jest),
        "background": float(w.background),
        "apart": float(w.draft.apart),
        "long ago": -1.0 if w.long_ago is None else float(w.long_ago),
        "leads": float(w.leads),
        "told": float(len(told)),
        "sentences": float(len(sentences)),
        "first": float(sentences[0]),
        "length": float(len(a.sentences)),
        "drafts": float(len(drafts)),
        "any kind": max(any_kind),
        "any kind mean": sum(any_kind) / len(any_kind),
        "own kind": max(own),
        "own kind mean": sum(own) / len(own),
        "text any": float(evidence.kinds.max()),
        "text own": max(kind_probability(evidence, s, w.kind) for s in range(len(evidence.kinds))),
        "strong": float(sum(t.event.strength == "strong" for t in named)),
        "generic": float(all(t.event.generic for t in named)),
        "plural": float(any(t.event.plural for t in named)),
        "attackers": float(any(is_attacker(a, j) for t in told for j in t.agents)),
        "agents": float(sum(len(t.agents) for t in told)),
        "harms": float(sum(len(t.harms) for t in told)),
        "weapons": float(any(t.weapons for t in told)),
        "targets": float(sum(len(t.targets) for t in told)),
        "people": float(len(people)),
        "accomplished": float(w.stage == "accomplished"),
        "military": sum(k == "active_military" for k in kinds) / (len(kinds) or 1),
        "fighters": sum(fighters) / (len(fighters) or 1),
        "state": float(any(e is not None and e.kind == "government_body" for e in doers)),
    }
    row |= _columns("is ", [float(w.kind == k) for k in COLUMNS_KINDS], COLUMNS_KINDS)
    for role in ROLES:
        row[f"role {role}"] = max(evidence.probability(role, *_offsets(setting, s)) for s in sentences)
    return row


def _spans(claim: Claim) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in claim.evidence]


def fill_rows(
    setting: Setting,
    drafts: Sequence[Draft],
    kinds: Sequence[str],
    claims: Sequence[Sequence[Claim]],
    chances: Sequence[float],
    evidence: Evidence,
    where: Sequence[PlaceMention] = (),
) -> list[list[dict[str, float]]]:
    """Return, for each claim of each draft, the numbers that speak for and against its filling that slot."""
    told = [sentences_of(d) for d in drafts]
    anchors = [[evidence.sentence_link(s) for s in sentences] for sentences in told]
    whole = Whole(setting, evidence, [claim for own in claims for claim in own], where)
    found = []
    for n, own in enumerate(claims):
        rows = []
        for claim in own:
            row = _fill_row(setting, claim, n, told, anchors, kinds, chances, evidence)
            rows.append(row | whole.columns(claim))
        _compare(own, rows)
        found.append(rows)
    return found


def _compare(claims: Sequence[Claim], rows: Sequence[dict[str, float]]) -> None:
    """Add how each claim stands beside those about the same slot: its rank, and whether one says the same better."""
    last = [_words_of(c)[-1:] for c in claims]
    for n, (claim, row) in enumerate(zip(claims, rows, strict=True)):
        rivals = [k for k, c in enumerate(claims) if c.slot == claim.slot and k != n]
        better = [k for k in rivals if (rows[k]["own role"], -k) > (row["own role"], -n)]
        alike = [k for k in rivals if last[k] and last[k] == last[n]]
        row["rivals"], row["rank"] = float(len(rivals)), float(len(better))
        row["best rival"] = max((rows[k]["own role"] for k in rivals), default=0.0)
        row["alike"] = float(len(alike))
        row["alike and better"] = float(any(k in better for k in alike))
        row["nearer rivals"] = float(sum(rows[k]["distance"] < row["distance"] for k in rivals))
        row["rule rivals"] = float(sum(rows[k]["rule"] for k in rivals))


def _words_of(claim: Claim) -> list[str]:
    value = claim.value
    if isinstance(value, Victim):
        return (value.name or value.description or "").lower().split()
    if isinstance(value, Actor | Target | Weapon):
        return value.name.lower().split()
    return [value.names[0].lower()] if isinstance(value, Place) else []


def nearness(s: int, sentences: Sequence[int]) -> float:
    """Return how many sentences lie between sentence `s` and the closest of `sentences`; 99 where there is none."""
    return float(min((abs(s - t) for t in sentences), default=99))


def _fill_row(
    setting: Setting,
    claim: Claim,
    n: int,
    told: Sequence[Sequence[int]],
    anchors: Sequence[Sequence[Floats]],
    kinds: Sequence[str],
    chances: Sequence[float],
    evidence: Evidence,
) -> dict[str, float]:
    a = setting.a
    spans = _spans(claim)
    heads = [max(spans, key=lambda x: max(evidence.probability(r, *x) for r in SLOT_ROLES[claim.slot]))]
    start, end = heads[0]
    s = a.sentence_of(a.token_at(start))
    vector = evidence.link(start, end)
    ties = [max((evidence.together(vector, v) for v in own), default=0.0) for own in anchors]
    near = [nearness(s, own) for own in told]
    row = {f"role {r}": max(evidence.probability(r, *x) for x in spans) for r in ROLES}
    row |= {
        "own role": max(evidence.probability(r, *x) for r in SLOT_ROLES[claim.slot] for x in spans),
        "mentions": float(len(spans)),
        "rule": float(claim.maker.startswith("rules")),
        "confidence": claim.confidence,
        "distance": near[n],
        "before": float(bool(told[n]) and s < told[n][0]),
        "sentence": float(s),
        "tie": ties[n],
        "tie elsewhere": max((t for k, t in enumerate(ties) if k != n), default=0.0),
        "nearest elsewhere": min((d for k, d in enumerate(near) if k != n), default=99.0),
        "closest": float(near[n] <= min(near)),
        "incidents": float(len(told)),
        "chance": chances[n],
        "sentence kind": kind_probability(evidence, s, kinds[n]),
        "sentence any": float(evidence.kinds[s].max()),
        "voices": float(len(claim.chain)),
        "certain": float(claim.certainty == "certain"),
        "fact": float(claim.standing in (None, "reported_as_fact")),
        "length": float(end - start),
    }
    row |= {f"slot {slot}": float(claim.slot == slot) for slot in SLOTS}
    row |= {f"is {k}": float(kinds[n] == k) for k in COLUMNS_KINDS[:9]}
    row |= _value_columns(setting, claim, start, end)
    return row


def _value_columns(setting: Setting, claim: Claim, start: int, end: int) -> dict[str, float]:
    a, value = setting.a, claim.value
    inside = a.tokens_in(start, end)
    names = sum(a.tokens[i].pos == "PROPN" for i in inside) / (len(inside) or 1)
    row = {
        "proper": names,
        "attacker": float(any(is_attacker(a, i) for i in inside)),
        "target word": float(any(target_kind(a, i) for i in inside)),
        "weapon word": float(any(weapon_kind(a, i) for i in inside)),
        "plural": float(any(a.tokens[i].tag in ("NNS", "NNPS") for i in inside)),
        "hurt": 0.0,
        "named": 0.0,
        "fighter": 0.0,
        "organized": 0.0,
        "state": 0.0,
        "fine": 0.0,
        "wide": 0.0,
    }
    if isinstance(value, Victim):
        row |= {
            "hurt": float(value.effect in ("killed", "wounded", "abducted")),
            "named": float(value.name is not None),
            "fighter": float(value.kind in ("active_military", "armed_group_member")),
        }
    elif isinstance(value, Actor):
        row |= {
            "organized": float(value.kind == "organization"),
            "state": float(value.kind == "government_body"),
            "named": float(value.entity is not None),
        }
    elif isinstance(value, Place):
        row |= {"fine": float(value.precision), "wide": float(value.type == "country")}
    elif isinstance(value, When) and value.earliest and value.latest:
        row |= {"fine": float((value.latest - value.earliest).days), "wide": float(value.basis == "relative")}
    elif isinstance(value, Target | Weapon):
        row["fine"] = float(value.kind == "other")
    return row


def matrix(rows: Sequence[dict[str, float]], names: Sequence[str]) -> Floats:
    """Return rows as an array in the order of `names`."""
    return np.array([[row[name] for name in names] for row in rows], np.float32).reshape(len(rows), len(names))
