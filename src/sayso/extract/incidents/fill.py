"""Turns what is told of an incident into claims, slot by slot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sayso.extract.incidents import lexicon
from sayso.extract.incidents.aftermath import afterwards
from sayso.extract.incidents.events import part_of
from sayso.extract.incidents.group import Draft, leading_kind
from sayso.extract.incidents.harms import Harm
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.losses import quantity
from sayso.extract.incidents.references import References
from sayso.extract.incidents.roles import Told, clock_only, head_of, victims_named
from sayso.extract.incidents.standing import Blame, Voices, alleged, standing_of
from sayso.extract.incidents.syntax import all_of, children, clause_verb, negated, noun_phrase
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Actor, ActorKind, Claim, Effect, Label, Slot, Target, Text, Victim, Weapon
from sayso.model.entity import Entity
from sayso.model.incident import Stage
from sayso.model.place import PlaceMention
from sayso.model.span import Span
from sayso.model.statement import Stance, Statement
from sayso.model.when import TimeMention

_Found = TypeVar("_Found", TimeMention, PlaceMention)
ARMIES = frozenset({"strike", "clash", "torture", "sexual_violence"})
"""Kinds in which police or soldiers are as likely doers as others."""
REACH = 20
"""Tokens from the verb that a quoted accusation may run on."""
LEGAL = frozenset({"suspected", "charged", "convicted", "acquitted", "confessed"})
"""Standings that a state body cannot have: it is the court or the police of the sentence, misread."""
EFFECT_SLOTS: dict[str, Slot] = {
    "killed": "killed",
    "wounded": "wounded",
    "abducted": "abducted",
    "arrested": "arrested",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """What every slot is filled from: the grammar, the entities and the statements of one article."""

    a: Analysis
    who: References
    voices: Voices

    def stance(self, i: int) -> Stance:
        """Return whether those whose words token `i` is part of assert or deny them."""
        stances = {self.voices.by_id[s].stance for s in self.chain(i)}
        return "denies" if "denies" in stances else "doubts" if "doubts" in stances else "asserts"

    def acts(self, i: int) -> set[str]:
        """Return the acts of the statements that token `i` is part of."""
        return {self.voices.by_id[s].act for s in self.chain(i)}

    def voiced(self, i: int) -> tuple[str, ...]:
        """Return the chain of a token that may itself be the cue of a statement: "blamed", "claimed"."""
        statement = self.voices.by_cue(i)
        return self.voices.chain(statement) if statement is not None else self.chain(i)

    def chain(self, i: int) -> tuple[str, ...]:
        """Return whose words token `i` is part of, outermost first."""
        token = self.a.tokens[i]
        return self.voices.chain(self.voices.over(token.start, token.end))


def final_kind(told: Sequence[Told], who: References) -> str:
    """Return the incident's kind: a plain attack takes the kind that its weapons make of it."""
    a = who.analysis
    told = [t for t in told if not _answers(who, t)] or told
    kind = leading_kind(told)
    named = [t for t in told if not t.event.generic and t.event.kind not in ("harm", "killing")]
    if kind in ("armed_attack", "killing", "harm") and not named:
        kinds = [lexicon.weapon_kind(a, w) for t in told for w in t.weapons]
        for event_kind, weapons in words("weapons")["makes"].items():
            if any(k in weapons for k in kinds):
                return str(event_kind)
    if kind == "bombing" and _shots_and_grenades(a, told):
        return "armed_attack"
    if kind == "bombing" and any(_from_the_air(who, t) for t in told):
        return "strike"
    return "armed_attack" if kind == "harm" else kind


def _shots_and_grenades(a: Analysis, told: Sequence[Told]) -> bool:
    """Say whether what explodes are hand grenades of attackers who shoot as well."""
    kinds = {lexicon.weapon_kind(a, w) for t in told for w in t.weapons} - {None}
    guns = kinds & set(words("weapons")["classes"]["firearm"])
    shots = guns or any(t.event.kind == "armed_attack" and not t.event.generic for t in told)
    return "grenade" in kinds and bool(shots) and not (kinds & set(words("weapons")["makes"]["bombing"]) - {"grenade"})


def _from_the_air(who: References, t: Told) -> bool:
    """Say whether a bombing is an army's: its planes bombed, or the bombs are such as planes drop."""
    a = who.analysis
    if any(lexicon.weapon_kind(a, w) in ("aerial_bomb", "missile", "rocket", "mortar") for w in t.weapons):
        return True
    table = lexicon.word_set("people", "military")
    doers = [(a.tokens[j].lemma.lower(), who.at(j)) for j in t.agents]
    return a.tokens[t.event.i].lemma.lower() == "bomb" and any(
        word in table or (entity is not None and entity.kind == "government_body") for word, entity in doers
    )


def final_stage(told: Sequence[Told]) -> Stage:
    """Return how far it went: accomplished if any of the words say so, else attempted."""
    stages = {t.event.stage for t in told if t.event.kind != "harm" or t.harms}
    if "accomplished" in stages:
        return "accomplished"
    return "attempted"


def fill(setting: Setting, draft: Draft, kind: str, stage: Stage, ledger: Ledger) -> None:
    """Record every claim about an incident but who did it."""
    a = setting.a
    for t in draft.all:
        chain, words_ = setting.chain(t.event.i), trigger_span(a, t)
        if t.event.kind == kind or (t.event.generic and kind == "armed_attack" and t.event.kind != "harm"):
            ledger.add("kind", Label(value=kind), words_, chain)
        if t.event.stage == stage and t.event.kind != "harm":
            ledger.add("stage", Label(value=stage), words_, chain)
    if not ledger.has("kind"):
        ledger.add("kind", Label(value=kind), trigger_span(a, draft.all[0]), setting.chain(draft.all[0].event.i))
    if not ledger.has("stage"):
        ledger.add("stage", Label(value=stage), trigger_span(a, draft.all[0]), setting.chain(draft.all[0].event.i))
    _fill_when(setting, draft, ledger)
    _fill_where(setting, draft, ledger)
    killed = {h.head for t in draft.all for h in t.harms if h.effect == "killed" and h.head is not None}
    ids = {e.id for j in killed for e in setting.who.people(j)}
    hurt = {h.head for t in draft.all for h in t.harms if h.head is not None}
    dead = killed | {j for j in hurt if any(e.id in ids for e in setting.who.people(j))}
    for t in draft.all:
        _fill_weapons(setting, t, kind, ledger)
        _fill_targets(setting, t, ledger, own=t in draft.told or not draft.plural)
        _fill_victims(setting, t, kind, dead, ledger)


def trigger_span(a: Analysis, t: Told) -> Span:
    """Return the words that tell of the event: the trigger and the words that make a phrase of it."""
    i = t.event.i
    first = last = i
    for c in a.children[i]:
        token = a.tokens[c]
        part = token.text.lower() in t.event.phrase.split()
        if part or (token.dep in ("compound", "prt", "amod", "neg", "aux", "auxpass") and abs(c - i) <= 3):
            first, last = min(first, c), max(last, c)
    return a.span(first, last + 1)


def _fill_when(setting: Setting, draft: Draft, ledger: Ledger) -> None:
    best: dict[int, tuple[TimeMention, float, int]] = {}
    deeds = frozenset(t.event.i for t in draft.all)
    for t in draft.all:
        for mention, score in t.times:
            if afterwards(setting.a, head_of(setting.a, mention.span), deeds):
                continue
            known = best.get(mention.span.start)
            if known is None or score > known[1]:
                best[mention.span.start] = (mention, score, t.event.i)
    ranked = _top(list(best.values()))
    for mention, score, i in sorted(ranked, key=lambda r: (_width(r[0]), -r[1], r[0].span.start)):
        if mention.when is not None and clock_only(mention):
            ledger.add("circumstance", Text(value=mention.span.text), mention.span, setting.chain(i))
        elif mention.when is not None:
            ledger.add("when", mention.when, mention.span, setting.chain(i), confidence=0.3 + 0.2 * score)


def _width(mention: TimeMention) -> int:
    when = mention.when
    if clock_only(mention):
        return 500
    if when is None or when.earliest is None or when.latest is None:
        return 400
    return (when.latest - when.earliest).days


def _top(found: list[tuple[_Found, float, int]]) -> list[tuple[_Found, float, int]]:
    """Keep what is surely the incident's own, and doubtful finds only where there is nothing better."""
    for least in (2.0, 1.0, 0.5):
        kept = [f for f in found if f[1] >= least]
        if kept:
            return kept
    return []


def _fill_where(setting: Setting, draft: Draft, ledger: Ledger) -> None:
    best: dict[int, tuple[PlaceMention, float, int]] = {}
    deeds = frozenset(t.event.i for t in draft.all)
    for t in draft.all:
        for mention, score in t.places:
            if mention.use == "dateline" or _is_demonym(setting.a, mention):
                continue
            if afterwards(setting.a, head_of(setting.a, mention.span), deeds):
                continue
            worth = score if mention.use == "locative" else score - 1.6
            known = best.get(mention.span.start)
            if worth > 0 and (known is None or worth > known[1]):
                best[mention.span.start] = (mention, worth, t.event.i)
    ranked = _top(list(best.values()))
    for mention, worth, i in sorted(ranked, key=lambda r: (_coarseness(r[0]), -r[1], r[0].span.start)):
        confidence = min(0.3 + 0.2 * worth, 0.9) * mention.place.confidence
        ledger.add("where", mention.place, mention.span, setting.chain(i), confidence=confidence)


def _is_demonym(a: Analysis, mention: PlaceMention) -> bool:
    """Say whether the place is only in an adjective: "two Spanish doctors" were not attacked in Spain."""
    inside = a.tokens_in(mention.span.start, mention.span.end)
    return mention.use == "modifier" and all(a.tokens[i].pos == "ADJ" for i in inside)


def _coarseness(mention: PlaceMention) -> int:
    return {"country": 3, "region": 2, "area": 2}.get(mention.place.type, 1)


def _fill_weapons(setting: Setting, t: Told, kind: str, ledger: Ledger) -> None:
    a = setting.a
    if kind in ("arrest", "threat"):
        return
    for w in t.weapons:
        weapon = lexicon.weapon_kind(a, w)
        if weapon is None:
            continue
        span = setting.who.words(w)
        ledger.add("weapon", Weapon(name=setting.who.description(w), kind=weapon), span, setting.chain(w))


def _fill_targets(setting: Setting, t: Told, ledger: Ledger, *, own: bool) -> None:
    a = setting.a
    damaged = dict(t.damage)
    heads = [*(t.targets if own else ()), *damaged]
    for head in dict.fromkeys(heads):
        kind = lexicon.target_kind(a, head)
        if kind is None:
            continue
        count = quantity(a, head)
        value = Target(
            name=setting.who.description(head),
            kind=kind,
            number=count.low if count and count.high == count.low else None,
            effect=damaged.get(head),
        )
        ledger.add("target", value, setting.who.words(head), setting.chain(head))
        if head in damaged:
            first, last = sorted((t.event.i, head))
            ledger.add("damage", Text(value=damaged[head]), a.span(first, last + 1), setting.chain(head))


def _fill_victims(setting: Setting, t: Told, kind: str, dead: set[int], ledger: Ledger) -> None:
    a = setting.a
    harmed: dict[int, Harm] = {h.head: h for h in t.harms if h.head is not None and not (h.implied and h.head in dead)}
    for head in dict.fromkeys([*harmed, *t.people]):
        harm = harmed.get(head)
        listed = [j for c in children(a, head, "appos") for j in all_of(a, [c]) if setting.who.named(j)]
        if len(listed) > 1:
            for j in listed:
                for value in victims(setting, j, harm.effect if harm else None):
                    ledger.add("victim", value, setting.who.words(j), setting.chain(t.event.i))
        effect: Effect | None = harm.effect if harm else None
        if kind == "arrest" and effect == "abducted":
            effect = "arrested"
        for value in victims(setting, head, effect):
            ledger.add("victim", value, setting.who.words(head), setting.chain(t.event.i))


def victims(setting: Setting, head: int, effect: Effect | None) -> Iterable[Victim]:
    """Yield who the noun phrase of `head` makes a victim of: each known member of a group, or the phrase itself."""
    a, who = setting.a, setting.who
    token = a.tokens[head]
    if token.pos == "NUM":
        return
    if token.pos == "PRON" and (who.at(head) is None or token.text.lower().endswith(("self", "selves"))):
        return
    kind = lexicon.person_kind(a, head) or ("armed_group_member" if lexicon.is_attacker(a, head) else None)
    people: list[Entity | None] = [*who.people(head)]
    for entity in people or [None]:
        named = entity is not None and any(m.form in ("name", "alias") for m in entity.mentions)
        if entity is not None and entity.kind not in ("person", "group", "organization", "government_body"):
            continue
        own_kind = kind or _kind_by_role(entity, who) or "civilian"
        count = quantity(a, head)
        description = None if token.pos in ("PRON", "PROPN") else who.description(head)
        if description is None and entity is not None:
            role = entity.fact("role")
            description = role.value if role else (None if named else entity.name)
        number = 1 if named and entity is not None and entity.kind == "person" else (
            count.low if count and count.low == count.high else None
        )  # fmt: skip
        yield Victim(
            name=entity.name if named and entity is not None else None,
            description=description,
            kind=own_kind,
            effect=effect,
            number=number,
            entity=entity.id if entity else None,
        )


def _kind_by_role(entity: Entity | None, who: References) -> str | None:
    if entity is None:
        return None
    if any(f.name == "member_of" and f.other and who.by_id[f.other].armed for f in entity.facts):
        return "armed_group_member"
    table = words("people")["victims"]
    for fact in entity.facts:
        if fact.name in ("role", "description"):
            said = fact.value.lower()
            for kind, nouns in table.items():
                if any(said == noun or said.endswith(f" {noun}") or said.startswith(f"{noun} ") for noun in nouns):
                    return str(kind)
    return None


OWN, HIS = frozenset({"its", "their", "our"}), frozenset({"his", "her", "my"})
GROUPS = frozenset({"group", "organization", "organisation", "movement", "militia", "front", "party", "army"})
"""Whose fighters a speaker calls his own, and what he may call his own group."""


def fill_perpetrators(setting: Setting, draft: Draft, kind: str, blames: Iterable[Blame], ledger: Ledger) -> None:
    """Record who is said to have done it: the doers in the words of the deed, and those blamed elsewhere."""
    laid = list(blames)
    blamed = {b.doer for b in laid}
    doers = [(b.doer, b.base, b.verb) for b in laid]
    for t in draft.all:
        if t.event.kind != "arrest":
            shot_back = len(draft.told) > 1 and _in_defence(setting.who, t)
            doers += [
                (j, _base(setting.a, t.event.i), t.event.i)
                for j in t.agents
                if j not in blamed and setting.who.attacks(j) and not shot_back and not _ruled_out(setting.a, j)
            ]
    answered = _others_struck(setting.who, draft) or any(setting.who.is_attacker(doer) for doer, _, _ in doers)
    if answered and kind not in ARMIES:
        doers = [d for d in doers if not (d[1] == "fact" and _keeps_order(setting.who, d[0]))]
    dead = {e.id for t in draft.all for h in t.harms if h.head is not None for e in setting.who.people(h.head)}
    if kind in ("armed_attack", "killing", "stabbing"):
        doers = [
            d
            for d in doers
            if d[1] != "fact" or d[0] in blamed or not any(e.id in dead for e in setting.who.people(d[0]))
        ]
    for doer, base, verb in sorted(doers, key=lambda d: (setting.voices.day_said(setting.voiced(d[2])), d[2])):
        _accuse(setting, doer, base if base != "fact" else alleged(setting.a, doer) or "fact", verb, ledger)
    named = {e.id for b in laid if b.base == "fact" and setting.who.named(b.doer) for e in setting.who.people(b.doer)}
    ledger.revise(lambda c: None if isinstance(c.value, Victim) and c.value.entity in named else c)
    accused = {c.value.entity for c in ledger.claims("") if isinstance(c.value, Actor) and c.standing != "denied"}
    ledger.revise(lambda c: None if _speaks_up(setting, c, accused) else c)


def _ruled_out(a: Analysis, doer: int) -> bool:
    """Say whether the doer is the object of what is denied: "it does not hire arsonists"."""
    return a.tokens[doer].dep in ("dobj", "pobj") and negated(a, clause_verb(a, doer))


def _speaks_up(setting: Setting, claim: Claim, accused: set[str | None]) -> bool:
    """Say whether somebody denies it whom nobody accuses: who rejects it for others is not thereby suspected."""
    value, said = claim.value, setting.voices.speaker(claim.chain)
    return (
        isinstance(value, Actor)
        and claim.standing == "denied"
        and value.kind == "person"
        and value.entity not in {None, *accused}
        and said is not None
        and said.speaker_id == value.entity
        and said.speaker_kind != "accused"
    )


def _base(a: Analysis, event: int) -> str:
    """Return what the words make of an event's doer: one who "claims the attack" is no more than that."""
    head = a.tokens[a.tokens[event].head]
    claimed = a.tokens[event].dep in ("dobj", "nsubjpass") and head.lemma.lower() == "claim"
    headline = event > 0 and a.tokens[event - 1].text.lower() in ("claims", "claimed")  # "X claims attack", as a verb
    return "claimed" if claimed or headline else "fact"


def _keeps_order(who: References, i: int) -> bool:
    """Say whether token `i` speaks of police or soldiers, who are there because of the attackers."""
    entity = who.at(i)
    return who.bears_arms(i) and not who.is_attacker(i) and not (entity is not None and entity.armed)


def _others_struck(who: References, draft: Draft) -> bool:
    """Say whether some of the words tell of a deed that no police or soldiers did, beside what these did in answer."""
    return any(
        t.event.kind in ("bombing", "vehicle_attack", "stabbing", "kidnapping", "armed_attack")
        and (t.harms or t.targets or t.weapons)
        and not any(_keeps_order(who, j) for j in t.agents)
        for t in draft.all
    )


def _answers(who: References, t: Told) -> bool:
    """Say whether the words tell only of shots by police or soldiers."""
    return t.event.kind in ("armed_attack", "killing") and any(_keeps_order(who, j) for j in t.agents)


def _in_defence(who: References, t: Told) -> bool:
    """Say whether the words tell of police or soldiers who shot the attackers: no deed of the attack itself."""
    a = who.analysis
    people = [part_of(a, j) for j in victims_named(a, t)]
    suspects = [who.is_attacker(j) or lexicon.is_suspect(a, j) for j in people]
    return bool(people) and all(suspects) and any(_keeps_order(who, j) for j in t.agents)


def _accuse(setting: Setting, doer: int, base: str, verb: int, ledger: Ledger) -> None:
    a, who, voices = setting.a, setting.who, setting.voices
    chain = setting.voiced(verb)
    evidence = a.span(*_clause(a, doer, verb))
    certainty = voices.certainty(chain)
    if doer in who.settings:
        return
    doers: list[Entity | None] = list(who.people(doer)) or [None]
    own = _spoken_for(setting, doer, chain)
    organizations = who.organizations_of(doer) or own
    if base in ("confessed", *LEGAL):  # what the law holds against a soldier it does not hold against his brigade
        organizations = [o for o in organizations if o.armed]
    flies = not lexicon.word_set("people", "flying").isdisjoint(lexicon.keys(a, doer))
    if own or (organizations and (flies or not who.attacks(doer))):
        doers = []
    if base in ("denied", "claimed"):
        doers = [e for entity in doers for e in _spoken_of(setting, entity, chain, base)]
    for entity in [*doers, *(o for o in organizations if o not in doers)]:
        if entity is not None and entity.kind in ("place", "object"):
            continue
        if entity is None and a.tokens[doer].pos == "PRON":
            continue
        kind: ActorKind = entity.kind if entity is not None else (  # type: ignore[assignment]
            "group" if a.tokens[doer].tag in ("NNS", "NNPS") else "person"
        )  # fmt: skip
        name = entity.name if entity is not None else who.description(doer)
        standing = standing_of(base, entity, chain, voices, who)
        if standing in LEGAL and entity is not None and entity.kind == "government_body":
            continue
        ledger.add(
            "perpetrator", Actor(name=name, kind=kind, entity=entity.id if entity else None), evidence, chain,
            standing=standing, certainty=certainty,
            stance="denies" if standing in ("denied", "acquitted") else "asserts",
        )  # fmt: skip


def _spoken_of(setting: Setting, entity: Entity | None, chain: Sequence[str], base: str) -> list[Entity | None]:
    """Return for whom somebody denies or claims it: for those a lawyer or spokesman speaks for, else for himself."""
    a, who = setting.a, setting.who
    speaks = words("responsibility")["speak_for_others"]
    heads = [m.head for m in entity.mentions if a.tokens[m.head].lemma.lower() in speaks] if entity is not None else []
    said = setting.voices.speaker(chain)
    himself = said is None or entity is None or said.speaker_id != entity.id or not said.on_behalf_of
    if entity is None or (not heads and himself):
        return [entity]
    clients = [e for h in heads for c in children(a, h, "poss") for e in who.people(c) if e is not entity]
    return [*(clients or _behalf(setting, said) or ([entity] if base == "claimed" else []))[:1]]


def _spoken_for(setting: Setting, doer: int, chain: Sequence[str]) -> list[Entity]:
    """Return the organization whose speaker says "its fighters" of the doers."""
    said = setting.voices.speaker(chain)
    own = OWN | HIS if setting.a.tokens[doer].lemma.lower() in GROUPS else OWN
    owned = any(setting.a.tokens[c].text.lower() in own for c in children(setting.a, doer, "poss"))
    if said is None or not owned:
        return []
    entity = setting.who.by_id.get(said.speaker_id or "")
    return [
        e for e in (entity, *_behalf(setting, said)) if e is not None and e.kind in ("organization", "government_body")
    ][:1]


def _behalf(setting: Setting, said: Statement | None) -> list[Entity]:
    """Return for whom the speaker of a statement speaks, as far as the text knows them."""
    behalf = ((said.on_behalf_of if said is not None else None) or "").removeprefix("the ")
    return [e for e in setting.who.by_id.values() if behalf and behalf in e.names]


def _clause(a: Analysis, doer: int, verb: int) -> tuple[int, int]:
    """Return the tokens that carry an accusation: from who did it to what was done, in one sentence."""
    first, last = noun_phrase(a, doer)
    ends = [verb, *children(a, verb, "dobj", "prt", "acomp", "oprd", "nsubjpass")]
    ends += [
        o for p in [*ends, verb] for c in children(a, p, "prep", "agent", "dative") for o in children(a, c, "pobj")
    ]
    sentence = a.sentences[a.sentence_of(verb)]
    inside = [i for i in ends if sentence.first <= i < sentence.last and abs(i - verb) <= REACH]
    return min(first, *inside), max(last, max(inside) + 1)
