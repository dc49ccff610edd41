"""Facts that verbs and phrases tell: who founded, leads or belongs to what, who is held, free or dead."""

from __future__ import annotations

from sayso.model.analysis import Token
from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.facts import DYING, FOUNDING, KILLING, LEADING, STATUS_PHRASES, STATUS_VERBS
from sayso.resolve.who.nominals import left_edge

HARMING = frozenset(
    ["shoot", "kill", "stab", "attack", "murder", "assassinate", "kidnap", "abduct", "rape", "wound", "injure", "beat",
     "rob", "assault", "strangle", "behead", "execute"]
)  # fmt: skip
HELD = frozenset(
    {"arrested", "detained", "charged", "accused", "suspected", "wanted", "held", "in custody", "captured", "convicted"}
)
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
DEADLY = frozenset({"shoot", "kill", "murder", "assassinate", "kidnap", "abduct", "behead", "execute", "ambush"})
"""What arms an organization that does it to people."""
ARMING = frozenset(
    ["militant", "fighter", "rebel", "guerrilla", "guerilla", "insurgent", "gunman", "terrorist", "extremist",
     "jihadist", "militiaman", "combatant"]
)  # fmt: skip
"""Nouns for people that arm the organization to which they belong."""
AGAINST = frozenset(
    ["kidnapper", "abductor", "captor", "killer", "murderer", "assassin", "hijacker", "robber", "attacker", "shooter",
     "bomber", "assailant", "thief", "rapist", "hostage-taker", "trafficker", "smuggler", "arsonist"]
)  # fmt: skip
"""Nouns whose "of" phrase says to whom it was done."""
PARTS_OF = frozenset(["wing", "arm", "branch", "unit", "column", "leadership", "one", "ranks", "chapter"])
PERSONAL = ("person", "group")
DOUBTED = frozenset({"not", "n't", "never", "if", "unless", "could", "would", "may", "might", "should", "will", "can"})


def told_facts(cast: Cast, last: bool = True) -> None:
    """Read the verbs and "of" phrases of the whole article; `last` is set once pronouns are resolved."""
    for token in cast.analysis.tokens:
        if token.pos in {"VERB", "AUX"} or token.tag == "VBN":
            _verb(cast, token)
        elif token.pos == "NOUN":
            _noun(cast, token)
    if last:
        _hand_down(cast)


def _subject(cast: Cast, verb: Token, deps: frozenset[str]) -> Draft | None:
    """Return whom the verb is said of first."""
    return next(iter(_subjects(cast, verb, deps)), None)


def _subjects(cast: Cast, verb: Token, deps: frozenset[str]) -> list[Draft]:
    """Return all whom the verb is said of, through "and" between verbs and between names."""
    tokens = cast.analysis.tokens
    for child in cast.analysis.children[verb.i]:
        if tokens[child].dep in deps:
            return _several(cast, child)
    if verb.dep == "conj" and tokens[verb.head].pos in {"VERB", "AUX"}:
        for child in cast.analysis.children[verb.head]:
            if tokens[child].dep in SUBJECTS:
                return _several(cast, child)
    return []


def _several(cast: Cast, i: int) -> list[Draft]:
    """Return the entity at a token and those listed with it."""
    first = _of_token(cast, i)
    listed = _conjuncts(cast, i)
    return [first, *(d for d in listed if d is not first)] if first is not None else listed


def _of_token(cast: Cast, i: int) -> Draft | None:
    """Return who is meant by a token; "one of the three" is none of them in particular, "who" is its noun."""
    tokens = cast.analysis.tokens
    token = tokens[i]
    if token.tag in {"WP", "WDT"}:
        verb = tokens[token.head]
        if verb.dep == "relcl":
            return cast.at.get(verb.head) or cast.taken.get(verb.head)
        return None
    return cast.at.get(i) or cast.taken.get(i)


def _conjuncts(cast: Cast, i: int) -> list[Draft]:
    """Return the entity at a token and those listed after it."""
    tokens = cast.analysis.tokens
    found, stack, steps = [], [i], 0
    while stack and steps < 40:
        at = stack.pop(0)
        steps += 1
        draft = cast.at.get(at) or cast.taken.get(at)
        if draft is not None and draft not in found:
            found.append(draft)
        stack += [c for c in cast.analysis.children[at] if tokens[c].dep in {"conj", "appos"} and c > at]
    return found


def _doubted(cast: Cast, verb: Token) -> bool:
    tokens = cast.analysis.tokens
    return any(tokens[c].text.lower() in DOUBTED for c in cast.analysis.children[verb.i])


def _clause(cast: Cast, verb: Token) -> tuple[int, int]:
    """Return the span of tokens that shows a verb with its subject, at most 25 tokens, within the sentence."""
    sentence = cast.analysis.sentences[cast.analysis.sentence_of(verb.i)]
    subjects = [c for c in cast.analysis.children[verb.i] if cast.analysis.tokens[c].dep in {"nsubj", "nsubjpass"}]
    first = left_edge(cast, subjects[0]) if subjects and subjects[0] < verb.i else verb.i
    last = verb.i + 1
    for child in cast.analysis.children[verb.i]:
        if child > verb.i and cast.analysis.tokens[child].dep in {"prep", "agent", "dobj", "acomp", "attr", "npadvmod"}:
            tree = cast.analysis.subtree(child)
            if tree[-1] - first <= 25:
                last = max(last, tree[-1] + 1)
    return max(first, sentence.first), min(last, sentence.last)


def _verb(cast: Cast, verb: Token) -> None:
    tokens = cast.analysis.tokens
    lemma = verb.lemma.lower()
    if _doubted(cast, verb):
        return
    if lemma in HARMING:
        _parts(cast, verb)
    if lemma in DEADLY:
        _arms(cast, verb)
    passive = any(tokens[c].dep in {"nsubjpass", "auxpass"} for c in cast.analysis.children[verb.i])
    participle = verb.dep in {"acl", "relcl"} and verb.tag == "VBN"
    if lemma == "be":
        _state(cast, verb)
    elif lemma in DYING:
        for draft in _subjects(cast, verb, frozenset({"nsubj"})):
            _dead(cast, verb, draft)
    elif lemma in KILLING and (passive or participle):
        for draft in _patients(cast, verb, participle):
            _dead(cast, verb, draft)
    elif lemma in STATUS_VERBS and (passive or participle):
        for draft in _patients(cast, verb, participle):
            _status(cast, verb, draft, STATUS_VERBS[lemma])
    elif lemma in STATUS_VERBS and lemma in {
        "arrest",
        "detain",
        "capture",
        "apprehend",
        "charge",
        "indict",
        "convict",
        "acquit",
        "release",
    }:
        for child in cast.analysis.children[verb.i]:
            for draft in _several(cast, child) if tokens[child].dep == "dobj" else ():
                _status(cast, verb, draft, STATUS_VERBS[lemma])
    elif lemma == "claim":
        _claims(cast, verb)
    elif lemma in FOUNDING:
        _founders(cast, verb, passive or participle)
    elif lemma in LEADING:
        _leaders(cast, verb, passive or participle)


def _claims(cast: Cast, verb: Token) -> None:
    """An organization that claims responsibility for something is said to fight."""
    nouns = {cast.analysis.tokens[c].text.lower() for c in cast.analysis.children[verb.i]}
    if nouns & {"responsibility", "credit"}:
        for draft in _subjects(cast, verb, SUBJECTS):
            draft.armed |= draft.kind == "organization"


def _arms(cast: Cast, verb: Token) -> None:
    """An organization that kills or abducts people fights."""
    tokens = cast.analysis.tokens
    done_to = [_of_token(cast, c) for c in cast.analysis.children[verb.i] if tokens[c].dep == "dobj"]
    if any(draft is not None and draft.kind in PERSONAL for draft in done_to):
        for child in cast.analysis.children[verb.i]:
            doer = _of_token(cast, child) if tokens[child].dep == "nsubj" else None
            if doer is not None and _may_fight(cast, doer):
                doer.armed = True


def _may_fight(cast: Cast, draft: Draft) -> bool:
    """Say whether nothing in the name of an organization tells that it is a firm, a paper or the like."""
    lex = cast.lexicon
    said = {word for name in draft.names for word in name.lower().split()}
    civil = lex.organization - lex.armed_maybe - lex.armed_last
    return draft.kind == "organization" and not said & civil


def _parts(cast: Cast, verb: Token) -> None:
    """Note who did harm and to whom, so that "the gunman" and "the victim" find them."""
    tokens = cast.analysis.tokens
    for child in cast.analysis.children[verb.i]:
        draft = _of_token(cast, child)
        if draft is None or draft.kind not in PERSONAL:
            continue
        if tokens[child].dep in {"dobj", "nsubjpass"}:
            draft.parts.add("harmed")
        elif tokens[child].dep == "nsubj" and any(tokens[c].dep == "dobj" for c in cast.analysis.children[verb.i]):
            draft.parts.add("harming")


def _patient(cast: Cast, verb: Token, participle: bool) -> Draft | None:
    """Return the first to whom a passive verb was done."""
    return next(iter(_patients(cast, verb, participle)), None)


def _patients(cast: Cast, verb: Token, participle: bool) -> list[Draft]:
    """Return all to whom a passive verb or participle was done."""
    found = _subjects(cast, verb, frozenset({"nsubjpass"}))
    if found or not participle:
        return found
    tokens = cast.analysis.tokens
    noun = tokens[verb.head]
    for _ in range(4):
        if noun.dep != "appos" or noun.i in cast.at:
            break
        noun = tokens[noun.head]
    draft = cast.at.get(noun.i) or cast.taken.get(noun.i)
    return [draft] if draft is not None else []


def _state(cast: Cast, verb: Token) -> None:
    """Read "X is in custody", "X remains at large"."""
    tokens = cast.analysis.tokens
    subject = _subject(cast, verb, frozenset({"nsubj"}))
    if subject is None or subject.kind not in PERSONAL:
        return
    for child in cast.analysis.children[verb.i]:
        if tokens[child].dep == "prep":
            words = tuple(
                tokens[k].text.lower()
                for k in cast.analysis.subtree(child)[:4]
                if (tokens[k].pos != "DET" and tokens[k].pos != "ADJ") or tokens[k].text.lower() == "large"
            )
            status = STATUS_PHRASES.get(" ".join(words[:2]))
            if status:
                cast.fact(subject, "status", status, _clause(cast, verb))
        elif tokens[child].dep == "acomp" and tokens[child].text.lower() in {"dead", "deceased"}:
            _dead(cast, verb, subject)


def _dead(cast: Cast, verb: Token, draft: Draft | None) -> None:
    if draft is not None and draft.kind in PERSONAL:
        cast.fact(draft, "status", "dead", _clause(cast, verb))
        draft.parts.add("harmed")
        cast.fact(draft, "death", cast.words(*_clause(cast, verb)), _clause(cast, verb))


def _status(cast: Cast, verb: Token, draft: Draft | None, status: str) -> None:
    if draft is not None and draft.kind in PERSONAL:
        cast.fact(draft, "status", status, _clause(cast, verb))
        if status in HELD:
            draft.parts.add("held")


def _founders(cast: Cast, verb: Token, passive: bool) -> None:
    """Read "X was founded by A, B and C" and "A founded X"."""
    tokens = cast.analysis.tokens
    if passive:
        organ = _patient(cast, verb, verb.dep in {"acl", "relcl"})
        if organ is None or organ.kind != "organization":
            organ = _nearest_organization(cast, verb)
        agents = [
            c
            for a in cast.analysis.children[verb.i]
            if tokens[a].text.lower() == "by"
            for c in cast.analysis.children[a]
        ]
        people = [p for a in agents for p in _by(cast, a)]
    else:
        organ = next((_of_token(cast, c) for c in cast.analysis.children[verb.i] if tokens[c].dep == "dobj"), None)
        subjects = [c for c in cast.analysis.children[verb.i] if tokens[c].dep == "nsubj"]
        people = [found for s in subjects if (found := _of_token(cast, s)) is not None]
    if organ is None or organ.kind != "organization":
        return
    for person in people:
        if person.kind in PERSONAL and person is not organ:
            cast.fact(person, "founder_of", organ.names[0], _clause(cast, verb), organ)


def _nearest_organization(cast: Cast, verb: Token) -> Draft | None:
    """Return the organization named right before "which was founded": the parser hangs the clause wrongly at times."""
    for i in range(verb.i - 1, max(-1, verb.i - 12), -1):
        draft = cast.taken.get(i)
        if draft is not None and draft.kind == "organization":
            return draft
        if cast.analysis.tokens[i].text in {".", ";"}:
            return None
    return None


def _by(cast: Cast, i: int) -> list[Draft]:
    return _conjuncts(cast, i)


def _leaders(cast: Cast, verb: Token, passive: bool) -> None:
    """Read "X, led by A" and "A leads X"."""
    tokens = cast.analysis.tokens
    if passive:
        organ = _patient(cast, verb, verb.dep in {"acl", "relcl"})
        agents = [
            c
            for a in cast.analysis.children[verb.i]
            if tokens[a].text.lower() == "by"
            for c in cast.analysis.children[a]
        ]
        people = [p for a in agents for p in _by(cast, a)]
    else:
        organ = next((_of_token(cast, c) for c in cast.analysis.children[verb.i] if tokens[c].dep == "dobj"), None)
        subject = _subject(cast, verb, frozenset({"nsubj"}))
        people = [subject] if subject else []
    if organ is not None and organ.kind in ("organization", "government_body"):
        for person in people:
            if person.kind == "person":
                cast.fact(person, "leader_of", organ.names[0], _clause(cast, verb), organ)


def _noun(cast: Cast, noun: Token) -> None:
    """Read "member of X", "followers of Y", "leader of X" at the noun."""
    lex = cast.lexicon
    role = lex.role(noun)
    if role is None:
        return
    tag = lex.roles[role]
    if tag not in {"member", "leader", "fighter", "official", "soldier"} and role not in lex.belonging:
        return
    if role in AGAINST:
        return
    whose = _bearer(cast, noun)
    if role in ARMING:
        fought_for, _ = _belonging_to(cast, noun)
        if fought_for is not None and _may_fight(cast, fought_for):
            fought_for.armed = True
    if whose is None or whose.kind not in PERSONAL:
        return
    first, last = left_edge(cast, noun.i), noun.i + 1
    organ, end = _belonging_to(cast, noun)
    last = max(last, end)
    if organ is None or organ is whose:
        return
    value = organ.names[0]
    if organ.kind in ("organization", "government_body"):
        if role in {"founder", "co-founder"}:
            cast.fact(whose, "founder_of", value, (first, last), organ)
        elif tag == "leader" or role in {"commander", "chief"}:
            cast.fact(whose, "leader_of", value, (first, last), organ)
        else:
            cast.fact(whose, "member_of", value, (first, last), organ)
    elif role in {"follower", "supporter", "associate", "ally", "adherent", "sympathizer"}:
        cast.fact(whose, "description", f"{noun.text.lower()} of {value}", (first, last))


def _bearer(cast: Cast, noun: Token) -> Draft | None:
    """Return who is called by a noun: the entity it stands for, its subject, or the name it is in apposition to."""
    tokens = cast.analysis.tokens
    if noun.dep == "attr":
        subject = _subject(cast, tokens[noun.head], frozenset({"nsubj"}))
        if subject is not None:
            return subject
    if noun.dep == "appos":
        return cast.at.get(noun.head) or cast.taken.get(noun.head)
    return cast.at.get(noun.i)


def _belonging_to(cast: Cast, noun: Token) -> tuple[Draft | None, int]:
    """Return the entity named in the noun's "of" phrase or right before the noun, and where the phrase ends."""
    tokens = cast.analysis.tokens
    for child in cast.analysis.children[noun.i]:
        if tokens[child].text.lower() in {"of", "for", "from"} and child > noun.i:
            for i in cast.analysis.subtree(child)[:10]:
                draft = cast.taken.get(i)
                if draft is not None and _modifies(cast, i, child):
                    break
                if draft is not None and (draft.kind != "person" or not draft.unnamed) and draft.kind != "group":
                    end = i + 1
                    while cast.taken.get(end) is draft and end < i + 10:
                        end += 1
                    return draft, end
    for i in range(noun.i - 1, left_edge(cast, noun.i) - 1, -1):
        draft = cast.taken.get(i)
        if draft is not None and draft.kind in ("organization", "government_body") and not draft.unnamed:
            return draft, noun.i + 1
    return None, noun.i + 1


def _modifies(cast: Cast, i: int, prep: int) -> bool:
    """Say whether a name in an "of" phrase only stands before another noun: "drivers of X buses"."""
    tokens = cast.analysis.tokens
    for thing in cast.analysis.children[prep]:
        if thing > i and tokens[thing].dep == "pobj" and cast.taken.get(thing) is not cast.taken.get(i):
            low = tokens[thing].text.lower()
            organ = low in cast.lexicon.organization_nouns or low in PARTS_OF
            return tokens[thing].pos == "NOUN" and not organ
    return False


def _hand_down(cast: Cast) -> None:
    """Give what is said of a group to each of its members, and what is said of the whole to its part."""
    kept = {"member_of", "founder_of", "status", "description", "nationality", "death"}
    for group in cast.drafts:
        if group.kind != "group" or group.gone:
            continue
        for member in group.members:
            for fact, other in group.facts:
                if fact.name in kept and not _against(member, fact.name, fact.value):
                    known = any(f.name == fact.name and f.value == fact.value for f, _ in member.facts)
                    if not known:
                        member.facts.append((fact, other))


def _against(member: Draft, name: str, value: str) -> bool:
    """Say whether a status of the group is at odds with what is said of the member alone."""
    dead = any(f.name == "status" and f.value == "dead" for f, _ in member.facts)
    return name == "status" and dead and value != "dead"
