"""Which words tell of one incident, and which of another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from sayso.extract.incidents.clash import clash_in_place, clash_in_time, days_of, meet_in_time
from sayso.extract.incidents.references import References
from sayso.extract.incidents.roles import COMES, Told, spell, victims_named
from sayso.extract.incidents.syntax import agents, ancestors, children
from sayso.model.analysis import Analysis

KILLS = frozenset({"bombing", "armed_attack", "stabbing", "vehicle_attack", "arson", "assassination", "strike", "clash",
                   "riot"})  # fmt: skip
COMPATIBLE: dict[str, frozenset[str]] = {
    "killing": KILLS,
    "assassination": frozenset({"armed_attack", "bombing", "stabbing"}),
    "vehicle_attack": frozenset({"armed_attack", "bombing"}),
    "sabotage": frozenset({"bombing"}),
}
"""Kinds that may tell of one event: a killing may be done by a bomb, an assassination by shooting."""
VIOLENT = KILLS | {"killing", "kidnapping", "hijacking", "robbery", "sabotage", "sexual_violence", "torture"}
COMPLEX = frozenset({"bombing", "armed_attack", "vehicle_attack", "clash", "killing"})
"""Kinds that one attack may have together, a bomb at the gate, then gunmen: joined where target, day or doers agree."""
APART = frozenset(
    {"previous", "earlier", "similar", "recent", "past", "other", "numerous", "several", "countless", "many",
     "sporadic", "frequent", "such", "more", "further", "additional", "occasional", "future", "new", "daily", "most",
     "every", "any", "all", "constant", "repeated"}
)  # fmt: skip
CHARGES = frozenset({"charge", "convict", "acquit", "guilty", "indict", "count", "plead", "sentence", "jail"})
ANSWERED = frozenset(
    {"revenge", "retaliation", "response", "reprisal", "retribution", "anniversary", "avenge", "vengeance"}
)
"""What an event is told to be for is another event: "in revenge for an air strike"."""
SERIES = frozenset({"series", "string", "wave", "spate", "dozens", "number", "rash"})
LONG_SPELLS = frozenset({"week", "month", "year", "decade"})
"""Of what was done in the past such one, more is told than of one attack."""
LONG_AGO = timedelta(days=60)
"""How long before the report an event must lie to be history. Source: MUC-4 coders' guide, two months."""
HARM_REACH = 2
"""Sentences back that "six were killed" may look for what killed them."""


@dataclass(slots=True)
class Draft:
    """An incident in the making: the words that tell of it alone, and those that tell of it with others."""

    told: list[Told]
    shared: list[Told] = field(default_factory=list)
    plural: bool = False
    first: bool = True
    apart: bool = False

    @property
    def all(self) -> list[Told]:
        """Everything told of it, in text order."""
        return sorted([*self.shared, *self.told], key=lambda t: t.event.i)


def leading_kind(told: Iterable[Told]) -> str:
    """Return the kind that the words add up to: a named kind counts before a killing, that before "the attack"."""
    weights: dict[str, float] = {}
    for t in told:
        event = t.event
        if event.kind == "harm":
            continue
        weight = (
            0.1 if event.generic else 0.5 if event.kind == "killing" else 3.0 if event.strength == "strong" else 1.0
        )
        if event.kind == "killing" and event.strength == "strong":
            weight = 0.8
        weights[event.kind] = weights.get(event.kind, 0.0) + weight
    if "killing" in weights:
        weights["killing"] = min(weights["killing"], 0.9)
    return max(weights, key=lambda kind: (weights[kind], kind)) if weights else "harm"


def _compatible(draft: Draft, told: Told) -> bool:
    kind, other = leading_kind(draft.all), told.event.kind
    if kind == other:
        return True
    if other == "harm" or told.event.generic:
        return kind in VIOLENT
    if all(t.event.generic for t in draft.all):
        return other in VIOLENT
    if other in COMPATIBLE.get(kind, ()) or kind in COMPATIBLE.get(other, ()):
        return True
    if {kind, other} == {"bombing", "strike"}:
        return _bare_blast(told) or all(_bare_blast(t) for t in draft.all)
    return False


def _bare_blast(t: Told) -> bool:
    """Say whether the words tell of an explosion without saying what exploded."""
    return t.event.strength == "weak" and t.event.form in ("noun", "verb")


class Grouper:
    """Sorts the events of one article into incidents."""

    def __init__(self, a: Analysis, who: References, now: date | None) -> None:
        self.a, self.who, self.now = a, who, now
        self.drafts: list[Draft] = []
        self._elsewhere: dict[int, int | None] = {}

    def group(self, told: Sequence[Told]) -> list[Draft]:
        """Return the incidents: sentence by sentence, what names an event before what only tells its harm."""
        by_sentence: dict[int, list[Told]] = {}
        for t in told:
            by_sentence.setdefault(t.event.sentence, []).append(t)
        for sentence in sorted(by_sentence):
            for t in sorted(by_sentence[sentence], key=_rank):
                self._place(t)
        self._absorb()
        return [part for draft in self.drafts for part in split(self.a, self.who, draft)]

    def _absorb(self) -> None:
        """Give what says nothing of who, where or when to another of its sentence: "shooting, then a blast"."""
        for draft in [d for d in self.drafts if not d.apart and all(_bare(t) for t in d.told)]:
            here = {t.event.sentence for t in draft.told}
            host = next(
                (
                    d
                    for d in self.drafts
                    if d is not draft
                    and here & {t.event.sentence for t in d.told}
                    and {leading_kind(d.all), leading_kind(draft.all)} <= COMPLEX
                ),
                None,
            )
            if host is not None:
                self.drafts.remove(draft)
                host.told += draft.told

    def _place(self, t: Told) -> None:
        result_of = self._result_of(t)
        if result_of is not None:
            result_of.told.append(t)
            return
        sequel = self.elsewhere(t)
        if sequel is not None:
            home = next((d for d in self.drafts if self.elsewhere(d.told[0]) == sequel), None)
            if home is not None:
                home.told.append(t)
            elif t.event.kind != "harm":
                self.drafts.append(Draft([t], apart=True))
            return
        here = [d for d in self.drafts if self._may_join(d, t) and self.elsewhere(d.told[0]) is None]
        same = [d for d in here if any(x.event.sentence == t.event.sentence for x in d.told)]
        known = [d for d in here if self._same_people(d, t)]
        if known and not any(d in known for d in same):
            same = known  # who was told of before suffers this, whatever stands beside it
        if self.stands_apart(t) and not same:
            if t.event.kind != "harm":
                self.drafts.append(Draft([t], apart=True))
            return
        if same:
            best = max(same, key=lambda d: self._overlap(d, t))
            known = [d for d in here if leading_kind(d.all) == t.event.kind]
            if known and not _compatible(best, t):  # part of an attack that was told of before
                self.drafts.remove(best)
                known[-1].told += best.told
                best = known[-1]
            for other in same:
                if other is not best and other in self.drafts and self._same_doers_here(other, t):
                    self.drafts.remove(other)
                    best.told += other.told
        elif t.event.kind == "harm":
            far = len(here) == 1 and not any(d.all[0].event.kind == "harm" for d in here)
            reach = [d for d in here if far or t.event.sentence - d.told[-1].event.sentence <= HARM_REACH]
            if not reach:
                return
            best = reach[-1]
        elif here:
            best = max(here, key=lambda d: (self._overlap(d, t), d.told[-1].event.i))
        else:
            self.drafts.append(Draft([t]))
            return
        best.told.append(t)

    def _result_of(self, t: Told) -> Draft | None:
        """Return the incident that the words' own grammar ties them to.

        The verb that a participle of harm hangs on ("exploded near a court, killing six"), or the event whose victim a
        clause tells more of ("the murder of a judge who was gunned down").
        """
        token = self.a.tokens[t.event.i]
        if token.dep in ("relcl", "acl"):
            for draft in self.drafts:
                if any(token.head in victims_named(self.a, x) for x in draft.told) and _compatible(draft, t):
                    return draft
        if t.event.kind not in ("harm", "killing") or token.tag != "VBG" or token.dep not in ("advcl", "conj", "acl"):
            return None
        above = token.head
        for draft in self.drafts:
            if any(x.event.i == above and x.event.kind in VIOLENT | {"harm"} for x in draft.told):
                return draft
        return None

    def _same_people(self, draft: Draft, t: Told) -> bool:
        """Say whether the event's victims are known ones of an incident: somebody by name, or "they"."""
        told = [j for j in victims_named(self.a, t) if self.who.named(j) or self.a.tokens[j].pos == "PRON"]
        mine = {e.id for j in told for e in self.who.people(j)}
        return bool(mine) and any(
            e.id in mine for x in draft.told for j in victims_named(self.a, x) for e in self.who.people(j)
        )

    def _may_join(self, draft: Draft, t: Told) -> bool:
        kinds = {leading_kind(draft.all), t.event.kind}
        if kinds <= VIOLENT and self._charged(t) and not clash_in_time(draft.told, [t]):
            return True
        complex_attack = kinds <= COMPLEX and (self._overlap(draft, t) >= 2 or self._same_doers_here(draft, t))
        if (
            not (_compatible(draft, t) or complex_attack)
            or clash_in_time(draft.told, [t])
            or (clash_in_place(draft.told, [t]) and not self._same_people(draft, t))
        ):
            return False
        if any(self.stands_apart(x) for x in draft.told[:1]) and not t.event.definite:
            return any(x.event.sentence == t.event.sentence for x in draft.told)
        if self.long_ago(t) and not t.event.definite and not meet_in_time([t], draft.told):
            return False
        stages = {x.event.stage for x in draft.told if x.event.stage}
        if t.event.stage == "attempted" and stages == {"accomplished"} and not t.event.definite:
            return t.event.kind in ("bombing",) or t.event.form == "frame"
        return True

    def _same_doers_here(self, draft: Draft, t: Told) -> bool:
        """Say whether the same people do it in the same sentence: "he shot two guards before he detonated his vest"."""
        here = [x for x in draft.told if x.event.sentence == t.event.sentence]
        return bool(self._doers(t) & {key for x in here for key in self._doers(x)})

    def _doers(self, t: Told) -> set[str]:
        """Return who does it, be it the word that tells of another event itself: "the bomber shot"."""
        own = [t.event.i] if t.event.form == "part" else agents(self.a, t.event.i) if t.event.form == "verb" else []
        return {self.key(j) for j in (*t.agents, *own)}

    def _charged(self, t: Told) -> bool:
        """Say whether the words name a charge: "acquitted of attempted murder" tells of no further murder."""
        if t.event.form != "noun":
            return False
        above = [self.a.tokens[i] for i in islice(ancestors(self.a, t.event.i), 4)]
        return any(x.lemma.lower() in CHARGES and x.pos in ("VERB", "ADJ") for x in above)

    def long_ago(self, t: Told) -> bool:
        """Say whether the words themselves set the event long before the report."""
        days = days_of([t], 2.0, 4000)
        return bool(days) and self.now is not None and max(d[1] for d in days) < self.now - LONG_AGO

    def stands_apart(self, t: Told) -> bool:
        """Say whether the words speak of other events than the one in hand: "previous attacks", "a series of"."""
        a, i = self.a, t.event.i
        if any(a.tokens[c].text.lower() in APART for c in children(a, i, "amod", "det")):
            return True
        token = a.tokens[i]
        if token.dep == "pobj":
            outer = a.tokens[a.tokens[token.head].head]
            if outer.lemma.lower() in ANSWERED:
                return True
            return t.event.plural and outer.lemma.lower() in SERIES
        return False

    def elsewhere(self, t: Told) -> int | None:
        """Return what tells apart events that the words set outside the one in hand; None for all others."""
        i = t.event.i
        if i not in self._elsewhere:
            self._elsewhere[i] = -1 - t.event.sentence if self.sums_up(t) else self.comes_after(t)
        return self._elsewhere[i]

    def sums_up(self, t: Told) -> bool:
        """Say whether the words count what was done over a time: "has killed 13,000 since 2009", "in the past year"."""
        a, event = self.a, t.event.i
        beside = children(a, event, "ccomp", "parataxis", "conj")
        for i in (event, *beside, *islice(ancestors(a, event), 3)):
            own = a.children[i]
            so_far = any(a.tokens[c].dep in ("aux", "auxpass") and a.tokens[c].lemma.lower() == "have" for c in own)
            below = [j for c in own for j in (c, *a.children[c])]
            if so_far and any(a.tokens[j].text.lower() == "since" or self._long_past(j) for j in below):
                return True
        return False

    def _long_past(self, i: int) -> bool:
        """Say whether a word is that of "the past year", "the last six months", "this year"."""
        tokens, lemma = self.a.tokens, self.a.tokens[i].lemma.lower()
        told = {tokens[c].text.lower() for c in children(self.a, i, "amod", "det")}
        return lemma in LONG_SPELLS and bool(told & ({"past", "last", "this"} if lemma == "year" else {"past", "last"}))

    def comes_after(self, t: Told) -> int | None:
        """Return the word of the clause or phrase that sets the event some time before or after another one.

        "The blast came two weeks after gunmen stormed a guesthouse" tells of two. "He died two days after he was shot"
        tells of one: what comes, occurs or follows is an event, who dies is not. None where nothing does.
        """
        tokens, event = self.a.tokens, t.event.i
        chain = [event, *islice(ancestors(self.a, event), 5)]
        above = tokens[event].head
        if tokens[event].dep == "conj" and tokens[above].lemma.lower() in COMES and not children(self.a, above, "cc"):
            # "came a week after a bomb killed six": the parser reads "came ..., killed"
            for c in children(self.a, above, "prep"):
                if tokens[c].text.lower() in ("after", "before") and c < event and spell(self.a, c, above):
                    return c
        for n, i in enumerate(chain):
            linked = [c for c in self.a.children[i] if tokens[c].text.lower() in ("after", "before")]
            linked = [c for c in linked if tokens[c].dep == "mark"] or (
                [i] if i in linked or tokens[i].dep == "prep" else []
            )
            if not linked or tokens[linked[0]].text.lower() not in ("after", "before"):
                continue
            if not spell(self.a, i):
                return None
            return i if any(tokens[j].lemma.lower() in COMES for j in chain[n + 1 :]) else None
        return None

    def _overlap(self, draft: Draft, t: Told) -> float:
        """Return how much the event shares with an incident: day, place, people, targets, doers."""
        score = 0.0
        if leading_kind(draft.all) == t.event.kind:
            score += 1
        mine = {self.key(j) for j in (*victims_named(self.a, t), *t.targets, *t.agents)}
        theirs = {self.key(j) for x in draft.all for j in (*victims_named(self.a, x), *x.targets, *x.agents)}
        score += len(mine & theirs)
        if meet_in_time([t], draft.all):
            score += 2
        places = [p.place.names[0] for p, s in t.places if s >= 2]
        score += any(p.place.names[0] in places for x in draft.all for p, s in x.places if s >= 2)
        return score

    def key(self, i: int) -> str:
        """Return what tells whom or what token `i` speaks of from others: the entity, else the word."""
        entity = self.who.at(i)
        return entity.id if entity else self.a.tokens[i].lemma.lower()


def _bare(t: Told) -> bool:
    """Say whether words tell of an event and nothing else of it."""
    known = t.agents or t.people or t.targets or t.weapons or t.harms or t.damage
    placed = any(score >= 2 for _, score in t.places) or any(score >= 2 for _, score in t.times)
    return not (known or placed)


def _rank(t: Told) -> tuple[int, int]:
    event = t.event
    rank = (
        4
        if event.kind == "harm"
        else 3
        if event.kind == "killing"
        else 2
        if event.generic
        else event.strength == "weak"
    )
    return int(rank), event.i


def _target_key(a: Analysis, head: int) -> frozenset[str]:
    """Return the words that tell one target from another: the noun and what stands before it."""
    words = {a.tokens[head].lemma.lower()}
    for c in children(a, head, "compound", "amod", "poss", "nmod"):
        words |= {a.tokens[j].lemma.lower() for j in a.subtree(c) if a.tokens[j].pos in ("NOUN", "PROPN", "ADJ")}
    return frozenset(words)


def _alike(x: frozenset[str], y: frozenset[str]) -> bool:
    """Say whether two targets may be one: they share the noun or most of the words."""
    shared = len(x & y)
    return shared / min(len(x), len(y)) >= 0.5 and shared / max(len(x), len(y)) > 0.25


def split(a: Analysis, who: References, draft: Draft) -> list[Draft]:
    """Return the incidents that a draft is made of, where its words count several and tell them apart.

    "Two bombs were planted near an office and a bank": one incident a target. Words that single one out ("the
    second bomb", "one of them") go with the target, the ordinal or the victim that they share with it, else with the
    words just before. What is told of all together is shared between all.
    """
    plural = [t for t in draft.told if t.event.plural or (t.event.number or 0) > 1]
    ordinals = {t.event.ordinal for t in draft.told if t.event.ordinal is not None}
    number = max((t.event.number or 0 for t in plural), default=0)
    ordinals = {o for o in ordinals if o < 3 or o - 1 in ordinals or o <= number}  # "the third attack in a month": one
    counted = number > 1 or any(len(t.targets) > 1 and t.event.kind != "harm" for t in plural)
    if not counted and not (ordinals - {1}):
        return [draft]
    seeds: list[frozenset[str]] = []
    members: list[list[Told]] = []

    def seed(key: frozenset[str]) -> int:
        for k, other in enumerate(seeds):
            if _alike(key, other):
                seeds[k] = key & other or key
                return k
        seeds.append(key)
        members.append([])
        return len(seeds) - 1

    for t in plural:
        if t.event.kind != "harm" and len(t.targets) > 1:
            for head in t.targets:
                seed(_target_key(a, head))
    shared: list[Told] = []
    by_ordinal: dict[int, int] = {}
    last: int | None = None
    later: list[Told] = []
    block = -1
    for t in sorted(draft.told, key=lambda t: t.event.i):
        if t in plural:
            shared.append(t)
            continue
        event = t.event
        if a.sentences[event.sentence].block != block:
            last, block = None, a.sentences[event.sentence].block
        if event.kind != "harm" and len(t.targets) == 1:
            last = seed(_target_key(a, t.targets[0]))
        elif event.ordinal and event.ordinal in by_ordinal:
            last = by_ordinal[event.ordinal]
        elif event.ordinal in ordinals - {1} and not event.partitive:
            last = seed(frozenset({f"#{event.ordinal}"}))
        elif last is None or event.partitive:
            later.append(t)
            continue
        if event.ordinal:
            by_ordinal[event.ordinal] = last
        members[last].append(t)
    if len(seeds) < 2 or (number and len(seeds) > max(number, 2) + 1):
        return [draft]
    for t in later:
        k = next((k for k, told in enumerate(members) if _same_victim(who, t, told)), None)
        (shared if k is None else members[k]).append(t)
    return [Draft(told, shared, plural=True, first=k == 0) for k, told in enumerate(members)]


def _same_victim(who: References, t: Told, told: Sequence[Told]) -> bool:
    ids = {e.id for h in t.harms if h.head is not None for e in who.people(h.head)}
    return bool(ids) and any(
        e.id in ids for x in told for h in x.harms if h.head is not None for e in who.people(h.head)
    )
