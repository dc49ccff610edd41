"""Weighs what the rules found against what the model sees: which drafts are incidents, which words fill which slot.

Each question has one row of numbers with named columns; boosted trees (`judge.npz`) make a calibrated probability of
it. They were grown on reports that the model had not seen (training/judge), so that its own certainty is not
overrated. Without evidence there is no judge, and the rules decide alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sayso.extract.incidents.again import again_rows
from sayso.extract.incidents.attributes import refined
from sayso.extract.incidents.confidence import Curves, curves_of, sure
from sayso.extract.incidents.fill import Setting
from sayso.extract.incidents.group import VIOLENT, Draft, Grouper
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.pairs import pair_rows, regroup
from sayso.extract.incidents.roles import Told
from sayso.extract.incidents.rows import SLOT_ROLES, Weighed, fill_rows, incident_row, matrix
from sayso.extract.incidents.seen import Found, Made, add_seen
from sayso.extract.incidents.trees import Trees, trees_of
from sayso.model.claim import Actor, Claim, Target, Victim, Weapon
from sayso.model.evidence import Evidence
from sayso.model.place import PlaceMention

JUDGED = frozenset({*SLOT_ROLES, "kind", "stage"})
"""Slots whose confidence the curves give."""
PARTS = ("pair", "incident", "fill", "again")
FILE = Path(__file__).with_name("judge.npz")
LEAST_INCIDENT, LEAST_FILL, LEAST_SEEN, LEAST_PAIR = 0.8, 0.1, 0.3, 0.5
LEAST_OF = {"where": 0.0, "when": 0.0}
LEAST_SEEN_OF = {"perpetrator": 0.4}
"""Probabilities from which drafts are kept, values are kept, and groups of words are joined."""
UNSAID = frozenset({None, "reported_as_fact", "possible"})
"""Standings on nobody's word but the report's. Who is accused, or claims it, stays on record, likely or not."""
SETTINGS = ("where", "when")
UNLIKELY, DOUBTFUL, LIKELY_SETTING = 0.05, 0.1, 0.4
"""Places and times of the rules: next to impossible, doubtful; and what those of the model must reach."""
OTHER_SIDE = {"victim": "perpetrator", "perpetrator": "victim"}
RULES_ALONE = frozenset({"strike", "clash", "arrest", "riot", "threat"})
"""Kinds that no set taught the model: it adds none of them."""
UNTAUGHT = frozenset({"arrest", "riot", "threat"})
"""Of these the model adds only who stands in the event's own sentence, and its doubt counts for nothing."""
SOME_SUPPORT = 1.0
"""What must speak by rule for an incident that the model is sure of."""
LIKELY_INCIDENT = 0.45
"""Above this, an incident keeps what it shares with less likely ones."""


class Judge:
    """The forests and the thresholds; `trace`, where it is a dictionary, keeps the rows for training and reports."""

    def __init__(self) -> None:
        self.trace: dict[str, Any] | None = None
        self.least_incident = LEAST_INCIDENT
        self.least_fill: float | None = None
        self.least_pair = LEAST_PAIR
        self.curves: Curves = {}
        self.forests: dict[str, Trees] | None = None

    def least(self, claim: Claim) -> float:
        """Return how likely a claim must be to be recorded."""
        if self.least_fill is not None:
            return self.least_fill
        if _by_rules(claim):
            accused = claim.slot == "perpetrator" and claim.standing not in UNSAID
            return 0.0 if accused else LEAST_OF.get(claim.slot, LEAST_FILL)
        return LEAST_SEEN_OF.get(claim.slot, LEAST_SEEN)

    def forest(self, name: str) -> Trees | None:
        """Return a forest, read when first asked for; None where none is shipped."""
        if self.forests is None:
            self.forests = {}
            if FILE.exists():
                with np.load(FILE, allow_pickle=False) as arrays:
                    self.forests = {part: trees_of(part, arrays) for part in PARTS if f"{part}/names" in arrays}
                    self.curves = curves_of(arrays)
        return self.forests.get(name)


JUDGE = Judge()


def joined(
    setting: Setting,
    grouper: Grouper,
    told: Sequence[Told],
    drafts: Sequence[Draft],
    evidence: Evidence,
    where: Sequence[PlaceMention],
) -> list[Draft]:
    """Return the drafts as the pair forest groups them; the rules' own where there is none."""
    forest = JUDGE.forest("pair")
    if JUDGE.trace is None and forest is None:
        return list(drafts)
    pairs = pair_rows(setting, grouper, told, drafts, evidence, where)
    if JUDGE.trace is not None:
        JUDGE.trace["pairs"] = (setting, told, pairs)
    if forest is None:
        return list(drafts)
    return regroup(told, pairs, lambda rows: forest.probabilities(matrix(rows, forest.names)), JUDGE.least_pair, drafts)


def admitted(setting: Setting, weighed: Sequence[Weighed], evidence: Evidence) -> tuple[list[Draft], list[float]]:
    """Return the drafts that are incidents, and the probability of each."""
    drafts = [w.draft for w in weighed]
    rows = [incident_row(setting, w, drafts, evidence) for w in weighed]
    if JUDGE.trace is not None:
        JUDGE.trace["incidents"] = [(w, row) for w, row in zip(weighed, rows, strict=True)]
    forest = JUDGE.forest("incident")
    if forest is None or not rows:
        return drafts, [0.5] * len(drafts)
    chances = [float(p) for p in forest.probabilities(matrix(rows, forest.names))]
    kept = [
        n
        for n, (w, p) in enumerate(zip(weighed, chances, strict=True))
        if w.supported or (p >= JUDGE.least_incident and _may_add(w))
    ]
    return [drafts[n] for n in kept], [chances[n] for n in kept]


def _may_add(w: Weighed) -> bool:
    """Say whether the model may add what the rules do not support enough: of kinds that it was taught, and no jest."""
    return w.support >= SOME_SUPPORT and not w.jest and w.kind not in RULES_ALONE


def consider(
    setting: Setting, made: Sequence[Made], chances: Sequence[float], evidence: Evidence, found: Found
) -> None:
    """Add what the model sees and the rules missed to the ledgers, and give every claim its probability."""
    add_seen(setting, made, evidence, found)
    drafts, kinds = [m[0] for m in made], [m[1] for m in made]
    claims = [[c for c in m[3].claims("") if c.slot in SLOT_ROLES] for m in made]
    rows = fill_rows(setting, drafts, kinds, claims, chances, evidence, found.places)
    if JUDGE.trace is not None:
        JUDGE.trace["fills"] = [
            (made[n][0], kinds[n], list(zip(claims[n], rows[n], strict=True))) for n in range(len(made))
        ]
    if JUDGE.forest("incident") is not None:
        for (_, kind, _, ledger), chance in zip(made, chances, strict=True):
            if kind not in UNTAUGHT:
                ledger.judge("kind", chance)
    forest = JUDGE.forest("fill")
    flat = [row for own in rows for row in own]
    if forest is None or not flat:
        return
    first = iter(forest.probabilities(matrix(flat, forest.names)))
    chances_ = [[float(next(first)) for _ in own] for own in claims]
    more = [again_rows(setting, *each) for each in zip(claims, rows, chances_, strict=True)]
    if JUDGE.trace is not None:
        JUDGE.trace["again"] = list(zip(chances_, more, strict=True))
    again = JUDGE.forest("again")
    if again is not None:
        likely = iter(again.probabilities(matrix([row for own in more for row in own], again.names)))
    else:
        likely = iter([p for own in chances_ for p in own])
    for (draft, kind, _, ledger), asked in zip(made, claims, strict=True):
        weights = [float(next(likely)) for _ in asked]
        if kind in UNTAUGHT:
            near = {t.event.sentence for t in draft.all}
            right = {c.value for c, p in zip(asked, weights, strict=True) if p >= JUDGE.least(c)
                     and c.slot == "victim" and _sentence(setting, c) in near}  # fmt: skip
            ledger.revise(lambda c, right=right: c if _by_rules(c) or c.value in right else None)  # type: ignore[misc]
            continue
        ledger.weigh(weights, frozenset(SLOT_ROLES), JUDGE.least)
        told = _harmed_by_rules(setting, ledger)
        ledger.revise(lambda c, ledger=ledger, told=told: _told_harm(setting, c, refined(c, evidence), ledger, told))  # type: ignore[misc]
        _settle(ledger)
    _each_once(made, chances)
    _by_rules_elsewhere(made)
    for (_, kind, _, ledger), chance in zip(made, chances, strict=True):
        if kind in UNTAUGHT:
            continue
        ledger.revise(lambda claim, chance=chance: sure(claim, chance, JUDGE.curves, JUDGED))  # type: ignore[misc]


def _harmed_by_rules(setting: Setting, ledger: Ledger) -> set[tuple[int, str]]:
    """Return the sentences whose grammar says who was hurt, each with the harm."""
    return {
        (_sentence(setting, claim), claim.value.effect)
        for claim in ledger.claims("")
        if _by_rules(claim) and isinstance(claim.value, Victim) and claim.value.effect
    }


def _told_harm(setting: Setting, claim: Claim, seen: Claim, ledger: Ledger, told: set[tuple[int, str]]) -> Claim:
    """Return a claim as the model refines it.

    On its word nobody is hurt where the text tells of no such harm, or where the grammar of the sentence says who it
    was that was.
    """
    value, before = seen.value, claim.value
    if not isinstance(value, Victim) or not isinstance(before, Victim) or value.effect not in ("killed", "wounded"):
        return seen
    if _by_rules(claim) and before.effect == value.effect:
        return seen
    others = not _by_rules(claim) and (_sentence(setting, claim), value.effect) in told
    return seen if ledger.most(value.effect) > 0 and not others else replace(seen, value=replace(value, effect=None))


def _by_rules(claim: Claim) -> bool:
    return claim.maker.startswith("rules")


def _sentence(setting: Setting, claim: Claim) -> int:
    return setting.a.sentence_of(setting.a.token_at(claim.evidence[0].start))


def _settle(ledger: Ledger) -> None:
    """Let the rules stand where the model contradicts them.

    Its places and times count only where the rules attached none, or doubtful ones, and there the likeliest one;
    nobody whom the rules give a side changes it, and no standing is added to a doer whom they know. Of the rules' own
    places and times those go that are next to impossible beside a likely one.
    """
    best: dict[str, float] = {}
    least = dict.fromkeys(SETTINGS, LIKELY_SETTING)
    sides: dict[tuple[str, str], str] = {}
    for claim in ledger.claims(""):
        by_rules = _by_rules(claim)
        if claim.slot in SETTINGS:
            best[claim.slot] = max(best.get(claim.slot, LIKELY_SETTING), claim.confidence)
            if by_rules:
                least[claim.slot] = 1.0 if claim.confidence >= DOUBTFUL else least[claim.slot]
        elif by_rules and (person := _person(claim)):
            sides[OTHER_SIDE[claim.slot], person] = claim.slot
            sides["perpetrator", person] = claim.slot

    def stands(claim: Claim) -> bool:
        by_rules = _by_rules(claim)
        if claim.slot in SETTINGS:
            if by_rules:
                return claim.confidence >= UNLIKELY or best[claim.slot] <= LIKELY_SETTING
            return claim.confidence >= max(best[claim.slot], least[claim.slot])
        person = _person(claim)
        return by_rules or person is None or (claim.slot, person) not in sides

    ledger.revise(lambda claim: claim if stands(claim) else None)


def _person(claim: Claim) -> str | None:
    return claim.value.entity if claim.slot in OTHER_SIDE and isinstance(claim.value, Victim | Actor) else None


def _each_once(made: Sequence[Made], chances: Sequence[float]) -> None:
    """Leave each victim and target with one attack of any kind: the rules' before the model's, then the likeliest.

    Who was kidnapped may be killed later, so other kinds do not compete.
    """
    best: dict[Hashable, tuple[bool, bool, float]] = {}
    for (_, kind, _, ledger), chance in zip(made, chances, strict=True):
        for claim in ledger.claims(""):
            for key in _marks(claim, kind):
                best[key] = max(best.get(key, (False, False, 0.0)), _weight(claim, chance))
    for (_, kind, _, ledger), chance in zip(made, chances, strict=True):
        ledger.revise(
            lambda claim, kind=kind, chance=chance: (  # type: ignore[misc]
                claim if all(_weight(claim, chance) >= best[key] for key in _marks(claim, kind)) else None
            )
        )


def _by_rules_elsewhere(made: Sequence[Made]) -> None:
    """Take from each incident the doers, weapons and targets of the model alone that the rules gave to another one."""
    laid: list[set[Hashable]] = [set() for _ in made]
    for own, (_, _, _, ledger) in zip(laid, made, strict=True):
        for claim in ledger.claims(""):
            if _by_rules(claim):
                own.update(_words(claim))
    for n, (_, _, _, ledger) in enumerate(made):
        others = set().union(*(own for k, own in enumerate(laid) if k != n)) - laid[n]
        ledger.revise(
            lambda claim, others=others: (  # type: ignore[misc]
                claim if _by_rules(claim) or not others & set(_words(claim)) else None
            )
        )


def _words(claim: Claim) -> list[Hashable]:
    """Return what tells a doer, weapon or target: the words' places, and who or what they name."""
    value = claim.value
    if not isinstance(value, Actor | Weapon | Target):
        return []
    name = (value.entity if isinstance(value, Actor) else None) or value.name.lower()
    return [(claim.slot, name), *((claim.slot, at) for span in claim.evidence for at in (span.start, span.end))]


def _weight(claim: Claim, chance: float) -> tuple[bool, bool, float]:
    return chance >= LIKELY_INCIDENT, _by_rules(claim), claim.confidence * chance


def _marks(claim: Claim, kind: str) -> list[Hashable]:
    """Return what makes two claims of different incidents speak of the same people or thing."""
    family = "attack" if kind in VIOLENT else kind
    value = claim.value
    if isinstance(value, Victim):
        name: str | None = value.entity or value.name or value.description
    elif isinstance(value, Target):
        name = value.name.lower()
    else:
        return []
    return [(family, claim.slot, name), *((family, claim.slot, span.start) for span in claim.evidence)]
