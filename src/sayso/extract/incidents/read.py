"""From the grammar of an article to its incidents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sayso.extract.incidents.circumstances import fill_circumstances, stated_beside
from sayso.extract.incidents.earnest import at_law, earnest_near, in_fiction, in_jest, mishap_near
from sayso.extract.incidents.entries import headed
from sayso.extract.incidents.events import find_events
from sayso.extract.incidents.fill import (
    EFFECT_SLOTS,
    Setting,
    fill,
    fill_perpetrators,
    final_kind,
    final_stage,
    victims,
)
from sayso.extract.incidents.group import LONG_AGO, Draft, Grouper
from sayso.extract.incidents.judge import admitted, consider, joined
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.lexicon import is_attacker
from sayso.extract.incidents.mentions import mentions
from sayso.extract.incidents.named import Identified, blamed, harmed, identified
from sayso.extract.incidents.pairs import MOST
from sayso.extract.incidents.references import References
from sayso.extract.incidents.roles import Told, surroundings, tell
from sayso.extract.incidents.rows import Weighed
from sayso.extract.incidents.seen import MAKER, Found, Made, unnamed
from sayso.extract.incidents.spared import REACH, Spared, spared
from sayso.extract.incidents.standing import Blame, Voices, blames, claims
from sayso.extract.incidents.tallies import Tally, fill_tally, tallies
from sayso.extract.incidents.threats import threats
from sayso.extract.incidents.tolls import fill_losses, share_losses
from sayso.model.analysis import Analysis
from sayso.model.article import Article
from sayso.model.claim import Actor, Claim, Victim
from sayso.model.entity import Entity
from sayso.model.evidence import Evidence
from sayso.model.incident import EventMention, Incident
from sayso.model.place import PlaceMention
from sayso.model.statement import Statement
from sayso.model.when import TimeMention

ENOUGH = 2.5
ENOUGH_IN_JEST = 5.5
LEAD_SENTENCES = 4
HISTORY = timedelta(days=5 * 365)
"""How long before the report an event must lie to be history even where the report opens with it, if not at law."""
GLIMPSE = 0.15
"""How sure the model must be of a sentence for a draft without any support by rule to be weighed."""


def incidents(
    article: Article,
    analysis: Analysis,
    who: tuple[Entity, ...],
    when: tuple[TimeMention, ...],
    where: tuple[PlaceMention, ...],
    said: tuple[Statement, ...],
    evidence: Evidence | None = None,
) -> tuple[Incident, ...]:
    """Return the incidents of the article, main ones first, each group in text order.

    `evidence` is what the learned extractor sees in it; without it the rules decide alone.
    """
    if in_fiction(analysis):
        return ()
    setting = Setting(analysis, References(analysis, who, where, when), Voices(analysis, said))
    now = reported_on(article, when)
    events = find_events(analysis)
    near = surroundings(analysis, when, where, said)
    grouper = Grouper(analysis, setting.who, now)
    told = [t for t in tell(setting.who, events, near) if _happened(setting, t)]
    guessed = _bare(tell(setting.who, unnamed(analysis, events, evidence), near)) if evidence is not None else []
    told = sorted([*told, *guessed], key=lambda t: t.event.i)
    told = headed(article, analysis, told, when, where)
    drafts = grouper.group(told)
    guesses = {t.event.i for t in guessed}
    by_rules = [Draft([t for t in d.all if t.event.i not in guesses]) for d in drafts]
    if evidence is not None and len(told) <= MOST:
        drafts = joined(setting, grouper, told, drafts, evidence, where)
    drafts, chances = _in_earnest(article, setting, drafts, now, evidence, by_rules)
    found: list[tuple[bool, int, str, str, Ledger, tuple[EventMention, ...]]] = []
    counted, stated = _by_draft(drafts, tallies(analysis)), stated_beside(analysis, drafts)
    names = identified(analysis, setting.who)
    laid = _lay(
        setting,
        drafts,
        [
            *blames(analysis, frozenset(e.i for e in events)),
            *blamed(analysis, setting.who, names),
            *claims(analysis, setting.who, said, frozenset(e.i for e in events)),
        ],
    )
    accused = {e.id for own in laid for blame in own for e in setting.who.people(blame.doer)}
    fresh = any(_leads(article, analysis, d.all) and not long_ago(d, now) for d in drafts)
    past = _tells_of_the_past(analysis, drafts, now)
    made: list[Made] = []
    named = [(f, frozenset(_last_before(drafts, f.verb + 1))) for f in names]
    unhurt = [(f, frozenset(_last_before(drafts, f.i + 1))) for f in spared(analysis, setting.who)]
    for k, (draft, own) in enumerate(zip(drafts, laid, strict=True)):
        ledger = Ledger()
        kind, stage = final_kind(draft.all, setting.who), final_stage(draft.all)
        if kind == "kidnapping" and _was_arrest(setting, draft, accused):
            kind = "arrest"
        fill(setting, draft, kind, stage, ledger)
        _name_by_words(ledger, {analysis.tokens[i].start for i in guesses})
        fill_losses(setting, draft, kind, ledger)
        fill_circumstances(setting, stated[k], kind, ledger)
        for tally in counted[k]:
            fill_tally(setting, tally, ledger)
        fill_perpetrators(setting, draft, kind, own, ledger)
        _fill_named(setting, [f for f, at in named if k in at], draft, ledger)
        _fill_spared(setting, [f for f, at in unhurt if k in at], draft, ledger)
        _fall_back_on_dateline(where, ledger, leads=_leads(article, analysis, draft.all))
        _fall_back_on_country(where, ledger)
        made.append((draft, kind, stage, ledger))
    share_losses(setting, [(draft, kind, ledger) for draft, kind, _, ledger in made])
    if evidence is not None:
        consider(setting, made, chances, evidence, Found(where, when))
        for _, _, _, ledger in made:
            ledger.revise(lambda c: None if _is_day_of_writing(article, c) else c)
    for draft, kind, stage, ledger in made:
        mishap = kind == "arrest" and mishap_near(analysis, 0)
        history = mishap or background(article, analysis, draft, now) or bool(fresh and long_ago(draft, now))
        history = history or (past and long_ago(draft, now) is None)
        found.append((history, draft.all[0].event.i, kind, stage, ledger, mentions(setting.who, draft.all, kind)))
    for offset, ledger in threats(setting, said):
        found.append((False, analysis.token_at(offset), "threat", "threatened", ledger, ()))
    found.sort(key=lambda f: (f[0], f[2] == "threat", f[1]))
    return tuple(
        Incident(
            id=f"i{n}",
            kind=kind,
            stage=stage,  # type: ignore[arg-type]
            background=history,
            claims=ledger.claims(f"i{n}"),
            mentions=told_at,
        )
        for n, (history, _, kind, stage, ledger, told_at) in enumerate(found, 1)
    )


def _name_by_words(ledger: Ledger, guessed: set[int]) -> None:
    """Leave as evidence of kind and stage the words that name the event, where there are any: not what was guessed."""
    named = {c.slot for c in ledger.claims("") if c.evidence[0].start not in guessed}
    ledger.revise(lambda c: None if c.slot in named and c.evidence[0].start in guessed else c)


def _bare(told: Sequence[Told]) -> list[Told]:
    """Return events that no word names without the roles of their grammar: who is "identified" is no victim."""
    return [replace(t, agents=(), people=(), targets=(), weapons=(), harms=(), damage=()) for t in told]


def _in_earnest(
    article: Article,
    setting: Setting,
    drafts: list[Draft],
    now: date | None,
    evidence: Evidence | None,
    by_rules: Sequence[Draft],
) -> tuple[list[Draft], list[float]]:
    """Return the drafts that tell of an incident, with the probability of each.

    What the model grouped anew is supported where one of the rules' own drafts (`by_rules`) in it is.
    """
    jest = in_jest(setting.a)
    enough = ENOUGH_IN_JEST if jest else ENOUGH
    supports = [support(setting, d) for d in drafts]
    if evidence is None:
        kept = [d for d, s in zip(drafts, supports, strict=True) if s >= enough]
        return kept, [0.8] * len(kept)
    firm = {t.event.i for d in by_rules if support(setting, d) >= enough for t in d.all}
    weighed = [
        Weighed(
            draft=d,
            kind=final_kind(d.all, setting.who),
            stage=final_stage(d.all),
            support=s,
            supported=any(t.event.i in firm for t in d.all),
            jest=jest,
            background=background(article, setting.a, d, now),
            long_ago=long_ago(d, now),
            leads=_leads(article, setting.a, d.all),
        )
        for d, s in zip(drafts, supports, strict=True)
        if s > 0 or any(evidence.kinds[t.event.sentence].max() >= GLIMPSE for t in d.all)
    ]
    return admitted(setting, weighed, evidence)


VAGUE = frozenset({"incident", "tragedy", "crime", "violence"})
NEEDS_PEOPLE = frozenset({"kidnapping", "arrest", "torture", "killing", "stabbing"})


def _happened(setting: Setting, t: Told) -> bool:
    """Say whether the words tell of something done: not what a threat or a demand is about, nor what is denied.

    A weak verb of these kinds must be done to people: power is seized, time is killed.
    """
    event = t.event
    if event.form in ("noun", "part"):
        return True
    if event.strength == "weak" and event.kind in NEEDS_PEOPLE and not (t.people or t.harms):
        return False
    nameless = all(setting.a.tokens[j].pos == "PRON" and setting.who.at(j) is None for j in t.people)
    if event.strength == "weak" and event.kind == "kidnapping" and nameless and not t.agents:
        return False
    if event.strength == "weak" and event.kind in ("arson", "robbery") and not (t.targets or t.people):
        return False
    return not setting.acts(event.i) & {"threatens", "demands"} and setting.stance(event.i) != "denies"


def support(setting: Setting, draft: Draft) -> float:
    """Return how much in the words speaks for an event in earnest."""
    a = setting.a
    told = draft.all
    named = [t for t in told if t.event.kind != "harm"]
    if not named:
        return 0.0
    if all(t.event.kind == "arrest" for t in named):
        return 3.0 if any(setting.who.at(h.head) or a.tokens[h.head].pos == "NOUN" for t in named for h in t.harms
                          if h.head is not None) else 0.0  # fmt: skip
    plain = all(t.event.generic or t.event.kind == "killing" for t in named)
    if plain and not _somebodys_doing(setting, told):
        return 0.0
    if all(t.event.kind == "clash" and t.event.strength == "weak" for t in named) and not _fight(setting, told):
        return 0.0
    score = max(2.0 if t.event.strength == "strong" else 0.5 if t.event.generic else 1.0 for t in named)
    score += 1.0 * any(h.effect in ("killed", "wounded", "abducted") for t in told for h in t.harms)
    score += 1.0 * any(is_attacker(a, j) for t in told for j in t.agents)
    score += 0.5 * any(setting.who.attacks(j) for t in told for j in t.agents)
    score += 1.0 * any(t.weapons for t in told)
    score += 0.5 * any(t.targets or t.people or t.damage for t in told)
    score += 0.5 * any(s >= 2 and p.use == "locative" for t in told for p, s in t.places)
    score += 0.5 * any(s >= 2 for t in told for _, s in t.times)
    score += 1.0 * any(earnest_near(a, t.event.sentence) for t in named)
    if all(t.event.plural and not t.event.number and not t.harms for t in named):
        score -= 1.5
    return score


def _was_arrest(setting: Setting, draft: Draft, accused: set[str]) -> bool:
    """Say whether those who were seized are the accused: then it was an arrest, unless the words say "kidnapped"."""
    if any(t.event.kind == "kidnapping" and t.event.strength == "strong" for t in draft.all):
        return False
    taken = [e for t in draft.all for j in t.people for e in setting.who.people(j)]
    if not taken or any(is_attacker(setting.a, j) for t in draft.all for j in t.agents):
        return False
    return all(e.id in accused or e.fact("status") or e.fact("member_of") for e in taken)


def _somebodys_doing(setting: Setting, told: Sequence[Told]) -> bool:
    """Say whether what is only called a killing, an attack or an incident was somebody's doing, and no mishap."""
    a = setting.a
    if all(a.tokens[t.event.i].lemma.lower() in VAGUE for t in told):
        return False
    done = any(t.weapons or t.event.strength == "strong" or any(setting.who.attacks(j) for j in t.agents) for t in told)
    attack = any(t.event.generic and (t.targets or t.people or t.event.definite) for t in told)
    mishap = mishap_near(a, 0) or all(mishap_near(a, t.event.sentence) for t in told)
    return (done or attack) and not mishap


def _fight(setting: Setting, told: Sequence[Told]) -> bool:
    """Say whether a fight is one with arms: fighters or soldiers take part, or somebody is hurt."""
    who = setting.who
    return any(t.weapons or t.harms or any(who.bears_arms(j) for j in (*t.agents, *t.people)) for t in told)


def _lay(setting: Setting, drafts: Sequence[Draft], found: Sequence[Blame]) -> list[list[Blame]]:
    """Lay each blame at the incidents it is for: those it names, else the last violent one told before it."""
    own: list[list[Blame]] = [[] for _ in drafts]
    places = [{t.event.i for t in d.all} for d in drafts]
    for blame in found:
        hit = [k for k, tokens in enumerate(places) if tokens & set(blame.events)]
        if not hit and not blame.events:
            hit = _last_before(drafts, blame.verb)
        for k in hit:
            own[k].append(blame)
    return own


def _by_draft(drafts: Sequence[Draft], counted: Sequence[Tally]) -> list[list[Tally]]:
    """Lay each tally at the incidents told in its sentence, else at the last ones told before it."""
    told: dict[int, list[int]] = {}
    for k, draft in enumerate(drafts):
        for sentence in dict.fromkeys(t.event.sentence for t in draft.told):
            told.setdefault(sentence, []).append(k)
    own: list[list[Tally]] = [[] for _ in drafts]
    for tally in counted:
        for k in told.get(tally.sentence) or _last_before(drafts, tally.i):
            own[k].append(tally)
    return own


def _fill_named(setting: Setting, names: Sequence[Identified], draft: Draft, ledger: Ledger) -> None:
    """Record the victims that the text identifies by name after the event was told."""
    for f in names:
        done, effect = harmed(setting.a, setting.who, f, draft.all)
        if effect in EFFECT_SLOTS and ledger.most(EFFECT_SLOTS[effect]) == 0:
            continue
        if done:
            for value in victims(setting, f.name, effect):
                ledger.add("victim", value, setting.who.words(f.name), setting.chain(f.name))


def _fill_spared(setting: Setting, found: Sequence[Spared], draft: Draft, ledger: Ledger) -> None:
    """Record who came out of it unharmed, where it was told of just before and they neither did it nor were hurt."""
    known = [c.value for c in ledger.claims("")]
    hurt = {v.entity for v in known if isinstance(v, Actor) or (isinstance(v, Victim) and v.effect)}
    for f in found:
        at = setting.a.sentence_of(f.i)
        if any(0 <= at - t.event.sentence <= REACH for t in draft.all):
            for value in victims(setting, f.head, "unharmed"):
                if value.entity is None or value.entity not in hurt:
                    ledger.add("victim", value, setting.who.words(f.head), setting.chain(f.head))


def _last_before(drafts: Sequence[Draft], i: int) -> list[int]:
    """Return the incident told last before token `i`, with those that were told together with it."""
    best, found = -1, None
    for k, draft in enumerate(drafts):
        before = [t.event.i for t in draft.all if t.event.i < i and t.event.kind != "arrest"]
        if before and before[-1] > best:
            best, found = before[-1], k
    if found is None:
        return []
    shared = {t.event.i for t in drafts[found].shared}
    return [k for k, d in enumerate(drafts) if k == found or (shared and shared & {t.event.i for t in d.shared})]


def _is_day_of_writing(article: Article, claim: Claim) -> bool:
    """Say whether the model takes the dateline's day, on which it was written, for that of what is written of."""
    head = article.dateline.end if article.dateline else 0
    return claim.slot == "when" and claim.maker == MAKER and all(span.start < head for span in claim.evidence)


def _fall_back_on_dateline(where: Sequence[PlaceMention], ledger: Ledger, *, leads: bool) -> None:
    """Where the event has no place of its own, take the dateline's, if the report names no other town.

    A dateline that no gazetteer lists is no bureau: what the report opens with was there, whatever else is named.
    """
    towns = [m for m in where if m.place.type == "city" and m.use == "locative"]
    opening = [m for m in where if m.use == "dateline" and (m.place.type == "city" or m.place.gazetteer_id is None)]
    if ledger.has("where") or len(opening) != 1:
        return
    bureau = opening[0].place.gazetteer_id is not None
    if (bureau or not leads) and any(m.place.names != opening[0].place.names for m in towns):
        return
    ledger.add("where", opening[0].place, opening[0].span, confidence=0.35)


def _fall_back_on_country(where: Sequence[PlaceMention], ledger: Ledger) -> None:
    """Where the text gives no place, take the country that the article is about, if there is only one.

    One nationality ("a Swiss national") says that of a person, not of the article.
    """
    if ledger.has("where"):
        return
    votes: dict[str, int] = {}
    for mention in where:
        if mention.place.country:
            votes[mention.place.country] = votes.get(mention.place.country, 0) + 1
    if not votes:
        return
    country = max(votes, key=lambda c: (votes[c], c))
    if votes[country] < 0.6 * sum(votes.values()):
        return
    if votes[country] == 1 and all(m.use == "modifier" for m in where if m.place.country == country):
        return
    named = [m for m in where if m.place.country == country and m.place.type == "country"]
    if named:
        ledger.add("where", named[0].place, named[0].span, confidence=0.3)


def reported_on(article: Article, when: Sequence[TimeMention]) -> date | None:
    """Return the day of the report: of publication, of its dateline, or the last day that it names; None for none."""
    if article.published:
        return article.published
    day = article.dateline.day if article.dateline else None
    known = [t.when.latest for t in when if day and t.when and t.when.latest and t.span.overlaps(day)]
    days = [t.when.latest for t in when if t.when and t.when.latest and t.when.latest == t.when.earliest]
    return known[0] if known else max(days, default=None)


def background(article: Article, a: Analysis, draft: Draft, now: date | None) -> bool:
    """Say whether the report only recalls the incident: it lies long before, or stands in a clause about someone."""
    told = draft.all
    if _leads(article, a, told):
        return bool(long_ago(draft, now, HISTORY)) and not at_law(a)
    if long_ago(draft, now) is not None:
        return bool(long_ago(draft, now))
    return draft.apart or all(_recalled(a, t) for t in told)


def _tells_of_the_past(a: Analysis, drafts: Sequence[Draft], now: date | None) -> bool:
    """Say whether the article is a page of history: it dates several incidents, all of them years back."""
    dated = [old for d in drafts if (old := long_ago(d, now, HISTORY)) is not None]
    return len(dated) > 2 and all(dated) and not at_law(a)


def long_ago(draft: Draft, now: date | None, ago: timedelta = LONG_AGO) -> bool | None:
    """Say whether the words date the incident long before the report; None where they do not date it."""
    dated = [(score, t.when.latest) for x in draft.all for t, score in x.times if t.when and t.when.latest is not None]
    days = [day for score, day in dated if score >= 2] or [day for score, day in dated if score >= 1]
    return max(days) < now - ago if days and now is not None else None


def _leads(article: Article, a: Analysis, told: Sequence[Told]) -> bool:
    """Say whether the title or the first sentences tell of it, other than in a clause that describes someone."""
    roles = [article.blocks[sentence.block].role for sentence in a.sentences]
    body = [k for k, role in enumerate(roles) if role == "body"][:LEAD_SENTENCES]
    lead = {k for k, role in enumerate(roles) if role == "title"} | set(body)
    return any(t.event.sentence in lead and not _recalled(a, t) for t in told)


def _recalled(a: Analysis, t: Told) -> bool:
    """Say whether the words stand in a clause about a person or group: "an ideologist killed in 2010"."""
    i = t.event.i
    while True:
        token = a.tokens[i]
        if token.dep in ("acl", "relcl") and a.tokens[token.head].pos in ("NOUN", "PROPN"):
            return True
        if token.head == i or token.dep in ("ccomp", "advcl"):
            return False
        i = token.head
