"""From what became of people to an incident's counts: each speaker's, each side's, no part beside its whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.fill import EFFECT_SLOTS, Setting
from sayso.extract.incidents.group import Draft
from sayso.extract.incidents.harms import Harm
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.losses import quantity
from sayso.extract.incidents.references import References
from sayso.extract.incidents.roles import Told
from sayso.extract.incidents.syntax import agents, children
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Quantity, Slot
from sayso.model.span import Span
from sayso.model.statement import Certainty

Sort = Literal["people", "some", "forces", "others"]
"""People of any sort, those told by age and sex only (they may be of any other), police and soldiers, other trades."""
FORCES = frozenset({"law_enforcement", "active_military", "security_guard"})
ATTACKERS: dict[Slot, Slot] = {"killed": "attackers_killed", "wounded": "attackers_wounded"}
REFLEXIVE = frozenset({"himself", "herself", "themselves"})
MORE = frozenset({"more", "another", "further", "additional"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many people one telling harms in one way.

    `sorts` and `nouns` are the sorts of people that it adds up, and the words for them. `further`: the words add it to
    what was told before. `of` is the slot whose people these are some of; `toll` that a
    word for counting the dead gives it. `shared` counts those of several incidents together.
    """

    slot: Slot
    quantity: Quantity
    evidence: tuple[Span, ...]
    chain: tuple[str, ...]
    sentence: int
    sorts: frozenset[Sort]
    nouns: frozenset[str]
    further: bool = False
    of: Slot | None = None
    partitive: bool = False
    toll: bool = False
    shared: bool = False
    certainty: Certainty = "certain"
    confidence: float = 0.8


@dataclass(slots=True)
class _Persons:
    """The people of a slot who are told of one by one: by name, and how many at most without."""

    named: dict[str, tuple[Span, tuple[str, ...]]]
    nameless: int = 0


def fill_losses(setting: Setting, draft: Draft, kind: str, ledger: Ledger) -> None:
    """Record how many were killed, wounded, taken: figures as given, and the count of those named one by one.

    A number of which another is part is not set beside it; what a telling adds to those before it is added. Attackers
    who come to harm in their own attack are counted apart.
    """
    counts, persons = _told(setting, draft, kind)
    for slot in dict.fromkeys(c.slot for c in counts):
        for c in _wholes([c for c in counts if c.slot == slot and not c.shared], counts):
            for span in c.evidence:
                ledger.add(slot, c.quantity, span, c.chain, certainty=c.certainty, confidence=c.confidence)
    for slot, known in persons.items():
        number = max(len(known.named.keys() - {""}), known.nameless)
        evidence, chain = next(iter(known.named.values()))
        if number > ledger.most(slot):
            ledger.add(slot, Quantity(low=number, high=None if ledger.has(slot) else number), evidence, chain)


def share_losses(setting: Setting, made: Sequence[tuple[Draft, str, Ledger]]) -> None:
    """Record the numbers that are told of several incidents together, for each of which no number is told.

    Each may have had any share that the others' own numbers leave: "two bombs killed 12" is 0 to 12 for each, all 12
    for one where the other is said to have killed nobody.
    """
    found: list[tuple[Ledger, Count]] = []
    for draft, kind, ledger in made:
        counts, _ = _told(setting, draft, kind)
        told = {c.slot for c in counts if not c.shared} | {s for s in EFFECT_SLOTS.values() if ledger.most(s) == 0}
        slots = dict.fromkeys(c.slot for c in counts if c.slot not in told)
        shared = [c for slot in slots for c in _wholes([c for c in counts if c.slot == slot], counts)]
        beside = [other for d, _, other in made if d is not draft and d.plural and d.shared == draft.shared]
        found += [(ledger, _share(c, [other.bounds(c.slot) for other in beside])) for c in shared]
    for ledger, c in found:
        for span in c.evidence:
            ledger.add(c.slot, c.quantity, span, c.chain, certainty=c.certainty, confidence=c.confidence)


def _share(c: Count, others: Sequence[Quantity | None]) -> Count:
    """Return what one incident may have of a count, given what the others have of their own (None: not told)."""
    taken = sum(q.low for q in others if q is not None)
    high = None if c.quantity.high is None else max(c.quantity.high - taken, 0)
    known = bool(others) and all(q is not None for q in others)
    alone = known and all(q is not None and q.high == 0 for q in others)
    return replace(
        c,
        quantity=replace(c.quantity, low=max(c.quantity.low - taken, 0) if known else 0, high=high),
        certainty=c.certainty if alone else "possible",
        confidence=0.7 if alone else 0.4,
    )


def _told(setting: Setting, draft: Draft, kind: str) -> tuple[list[Count], dict[Slot, _Persons]]:
    """Return what the tellings of an incident count, and the persons that they tell of one by one."""
    fought = _fought(setting.who, draft, kind)
    counts: list[Count] = []
    persons: dict[Slot, _Persons] = {}
    died = any(h.effect == "killed" for t in draft.all for h in t.harms)
    for t in draft.all:
        by_slot: dict[Slot, dict[int | None, Harm]] = {}
        for harm in (*t.harms, *_own(setting.a, t)):
            slot = slot_of(setting.who, harm, kind, fought)
            if slot is not None and not (slot == "wounded" and harm.implied and died):
                by_slot.setdefault(slot, {}).setdefault(harm.head, harm)
        for slot, by_head in by_slot.items():
            found = list(by_head.values())
            shared = draft.plural and t in draft.shared
            if not shared and all(_single_persons(setting, h) for h in found):
                _note_persons(setting, t, found, persons.setdefault(slot, _Persons({})))
            elif count := _count(setting, t, slot, found):
                counts.append(replace(count, shared=shared))
    return counts, persons


def slot_of(who: References, harm: Harm, kind: str, fought: bool) -> Slot | None:
    """Return the slot in which people who came to harm are counted; None where none counts them."""
    slot = EFFECT_SLOTS.get(harm.effect)
    if kind == "arrest" and slot == "abducted":
        return "arrested"
    if slot in ATTACKERS and harm.head is not None:
        reflexive = who.analysis.tokens[harm.head].text.lower() in REFLEXIVE
        if reflexive or (fought and _attacks(who, _whole(who.analysis, harm.head))):
            return ATTACKERS[slot]
    return slot


def _attacks(who: References, j: int) -> bool:
    """Say whether a noun is a word for attackers, or for members of an organization that fights."""
    return who.is_attacker(j) or any(o.armed and o.kind == "organization" for o in who.organizations_of(j))


def _whole(a: Analysis, head: int) -> int:
    """Return the noun that "three of the gunmen" is about."""
    if a.tokens[head].pos in ("NUM", "PRON", "DET", "ADJ") or a.tokens[head].tag == "CD":
        for c in children(a, head, "prep"):
            inner = children(a, c, "pobj")
            if a.tokens[c].text.lower() == "of" and inner:
                return inner[0]
    return head


def _fought(who: References, draft: Draft, kind: str) -> bool:
    """Say whether words for attackers name those who attack: they act here, or others came to harm beside them."""
    if kind == "strike":
        return False
    a = who.analysis
    for t in draft.all:
        struck = [_whole(a, j) for j in (*t.people, *(h.head for h in t.harms if h.head is not None))]
        if any(_attacks(who, j) for j in t.agents) and not any(_attacks(who, j) for j in struck):
            return True
        if any(h.head is None for h in t.harms) or any(not _attacks(who, j) for j in struck):
            return True
    return False


def _own(a: Analysis, t: Told) -> Iterator[Harm]:
    """Yield the death of a bomber who "blew himself up", the harm of those who "killed themselves"."""
    i = t.event.i
    token = a.tokens[i]
    if t.event.form != "verb" or t.event.stage != "accomplished":
        return
    for j in children(a, i, "dobj"):
        if a.tokens[j].text.lower() not in REFLEXIVE or any(h.head == j for h in t.harms):
            continue
        lemma = token.lemma.lower()
        if lexicon.harm_verbs().get(lemma) == "killed" or lemma in _list("self_destructive"):
            yield Harm(effect="killed", head=j, quantity=_of_doers(a, i, j), evidence=(min(i, j), max(i, j) + 1))


def _of_doers(a: Analysis, verb: int, j: int) -> Quantity | None:
    if a.tokens[j].text.lower() != "themselves":
        return Quantity(low=1, high=1)
    doers = agents(a, verb)
    return quantity(a, doers[0]) if len(doers) == 1 else None


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(map(str, words("losses")["people"][name]))


# --- one telling ------------------------------------------------------------------------------------------------------


def _single_persons(setting: Setting, harm: Harm) -> bool:
    """Say whether those harmed are persons told of one by one, whom a later telling may speak of again."""
    if harm.head is not None and setting.a.tokens[harm.head].text.lower() in REFLEXIVE:
        return False
    people = setting.who.people(harm.head) if harm.head is not None else []
    counted = harm.quantity is not None and harm.quantity.low > len(people)
    return bool(people) and not counted and all(e.kind == "person" for e in people)


def _note_persons(setting: Setting, t: Told, found: list[Harm], known: _Persons) -> None:
    unnamed = 0
    for harm in found:
        for e in setting.who.people(harm.head) if harm.head is not None else ():
            named = any(m.form in ("name", "alias") for m in e.mentions)
            unnamed += not named
            key = e.id if named else ""
            known.named.setdefault(key, (setting.a.span(*harm.evidence), setting.chain(t.event.i)))
    known.nameless = max(known.nameless, unnamed)


def _count(setting: Setting, t: Told, slot: Slot, found: list[Harm]) -> Count | None:
    """Return what one telling counts, those that it lists added up; None where it gives no number."""
    a = setting.a
    whole = [h for h in found if not (len(found) > 1 and h.head is not None and _partitive(a, h.head))]
    counted = [(h, q) for h in whole if (q := _quantity(setting, h)) is not None]
    if not counted:
        return None
    general = [p for p in counted if _sort(a, p[0].head) == "people"]
    if len(counted) > 1 and general:
        rest = sum(q.low for h, q in counted if h is not general[0][0])
        if rest <= general[0][1].low and general[0][1].low > 1:
            counted = general[:1]
    heads = [h.head for h, _ in counted if h.head is not None]
    first = min(h.evidence[0] for h, _ in counted)
    last = max(h.evidence[1] for h, _ in counted)
    modal = {a.tokens[c].text.lower() for c in children(a, t.event.i, "aux")} & {"may", "might", "could"}
    return Count(
        slot=slot,
        quantity=total([q for _, q in counted]),
        evidence=(a.span(first, last),),
        chain=setting.chain(t.event.i) or (() if heads else setting.chain(last - 1)),  # "put the toll at 7": of the 7
        sentence=t.event.sentence,
        sorts=frozenset(_sort(a, h.head) for h, _ in counted),
        nouns=frozenset(a.tokens[_whole(a, j)].lemma.lower() for j in heads),
        further=_further(a, heads),
        of=_belongs_to(a, heads[0]) if len(heads) == 1 else None,
        partitive=len(heads) == 1 and _partitive(a, heads[0]),
        toll=not heads,
        certainty="possible" if modal else "certain",
    )


def _quantity(setting: Setting, harm: Harm) -> Quantity | None:
    """Return how many are harmed; None where the words only refer to people counted elsewhere."""
    word = setting.a.tokens[harm.head].text.lower() if harm.head is not None else ""
    if word in REFLEXIVE:
        return harm.quantity or (None if word == "themselves" else Quantity(low=1, high=1))
    if harm.head is not None and setting.a.tokens[harm.head].pos == "PRON" and harm.quantity is None:
        return None
    people = setting.who.people(harm.head) if harm.head is not None else []
    if _single_persons(setting, harm):
        return Quantity(low=len(people), high=len(people))
    return harm.quantity


def total(counted: list[Quantity]) -> Quantity:
    """Return the sum of quantities: bounded only if each is, approximate if any is."""
    highs = [q.high for q in counted if q.high is not None]
    return Quantity(
        low=sum(q.low for q in counted),
        high=sum(highs) if len(highs) == len(counted) else None,
        approximate=any(q.approximate for q in counted),
    )


def _sort(a: Analysis, head: int | None) -> Sort:
    if head is None:
        return "people"
    noun = _whole(a, head)
    lemma = a.tokens[noun].lemma.lower()
    if a.tokens[noun].tag == "CD" or lemma in _list("general") or a.tokens[noun].pos == "PRON":
        return "people"
    if lemma in _list("by_age_or_sex"):
        return "some"
    return "forces" if lexicon.person_kind(a, noun) in FORCES else "others"


def _further(a: Analysis, heads: list[int]) -> bool:
    near = {a.tokens[c].text.lower() for h in heads for c in (h, *a.children[h])}
    near |= {a.tokens[g].text.lower() for h in heads for c in children(a, h, "nummod") for g in a.children[c]}
    return bool(near & MORE) and "than" not in near


def _partitive(a: Analysis, head: int) -> bool:
    """Say whether the phrase counts some of those told of: "three of them", "two of the wounded"."""
    noun = _whole(a, head)
    if noun == head:
        return False
    definite = any(a.tokens[c].text.lower() in ("the", "these", "those", "his", "her") for c in a.children[noun])
    return definite or a.tokens[noun].text.lower() in ("them", "whom", "these", "those", "which")


def _belongs_to(a: Analysis, head: int) -> Slot | None:
    """Return the slot that "two of the wounded" names those it is about by."""
    word = a.tokens[_whole(a, head)].text.lower()
    if word in ("wounded", "injured"):
        return "wounded"
    return "killed" if word in ("dead", "killed", "deceased", "fatalities") else None


# --- all tellings -----------------------------------------------------------------------------------------------------


def _wholes(own: list[Count], everywhere: list[Count]) -> list[Count]:
    """Return the counts of one slot that are no part of another, those added up that the words add up."""
    wholes: list[Count] = []
    for count in own:
        c = count
        beside = [x for x in own if x.toll and x.sentence == c.sentence and x.chain == c.chain]
        if not c.toll and any(x.quantity.low > c.quantity.low for x in beside):
            continue
        source = _source(c, everywhere) if c.partitive else None
        if source == c.slot or (source is None and any(_is_part(c, w) for w in wholes)):
            continue
        added = _adds_to(c, wholes, moved=source is not None)
        if added is not None:
            wholes.remove(added)
            c = _together(added, c)
        wholes = [w for w in wholes if not _is_part(w, c) and not _is_listed(w, c)]
        wholes.append(c)
    return wholes


def _source(c: Count, everywhere: list[Count]) -> Slot | None:
    """Return the slot of those whom "two of whom" are some of: what the words name, else the last that are enough."""
    if c.of is not None:
        return c.of
    before = [x for x in everywhere if x.evidence[0].start < c.evidence[0].start and x.quantity.low >= c.quantity.low]
    same_side = [x for x in before if x.slot.startswith("attackers") == c.slot.startswith("attackers")]
    return same_side[-1].slot if same_side else None


def _is_part(c: Count, whole: Count) -> bool:
    """Say whether a count of some sort of people is one of those that a larger count of people includes."""
    if c.toll or c.further or c.quantity.low >= whole.quantity.low or c.sorts == {"people"}:
        return False
    if "people" in whole.sorts or c.sorts == {"some"}:
        return True
    return c.sorts <= whole.sorts and (c.sorts < whole.sorts or (c.chain == whole.chain and not c.nouns & whole.nouns))


def _is_listed(w: Count, c: Count) -> bool:
    """Say whether an earlier count is of a sort that a later one lists among others."""
    return len(c.sorts) > 1 and w.sorts < c.sorts and w.quantity.low < c.quantity.low


def _adds_to(c: Count, wholes: list[Count], *, moved: bool) -> Count | None:
    """Return the count before to which the words add this one; None where they add it to none."""
    if not wholes or c.toll:
        return None
    last = wholes[-1]
    if moved or c.further:
        return last
    apart = {"forces", "others"} == c.sorts | last.sorts and not c.sorts & last.sorts
    return last if apart and not last.toll and c.quantity != last.quantity else None


def _together(x: Count, y: Count) -> Count:
    """Return two counts as one; where different sources give them, it is the outlet that sets them side by side."""
    same = x.chain == y.chain
    return replace(
        y,
        quantity=total([x.quantity, y.quantity]),
        evidence=(*x.evidence, *y.evidence),
        chain=x.chain if same else (),
        sorts=x.sorts | y.sorts,
        nouns=x.nouns | y.nouns,
        further=False,
        partitive=False,
        confidence=0.7 if same else 0.5,
    )
