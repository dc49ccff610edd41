"""Whom a pronoun refers to: the subject before it, or the only one who fits."""

from __future__ import annotations

from dataclasses import replace

from sayso.resolve.who.draft import Draft
from sayso.resolve.who.lexicon import Gender
from sayso.resolve.who.mind import NEAR, SUBJECTS, Mind, Seen
from sayso.resolve.who.nominals import PRONOUNS, Nominal
from sayso.resolve.who.persons import listed

SPOKESMEN = frozenset({"spokesman", "spokeswoman", "spokesperson"})
UNDERGONE = frozenset(
    {"find", "free", "release", "rescue", "kill", "shoot", "hold", "take", "bury", "recover", "identify"}
)
"""What is done to people who have been taken or hurt."""
HARMS = frozenset(
    {"shoot", "kill", "wound", "injure", "attack", "stab", "murder", "bomb", "ambush", "abduct", "kidnap", "behead"}
)
"""Verbs of harm: who suffers it is not who does it in the next sentence."""


def relative(mind: Mind, nominal: Nominal) -> Draft | None:
    """Link "who" to the noun whose clause it opens."""
    verb = mind.tokens[mind.tokens[nominal.head].head]
    for _ in range(3):
        if verb.dep == "relcl":
            draft = mind.cast.at.get(verb.head) or mind.cast.taken.get(verb.head)
            return draft if draft is not None and draft.kind in {"person", "group"} else None
        verb = mind.tokens[verb.head]
    return None


def pronoun(mind: Mind, nominal: Nominal) -> Draft | None:
    """Link he, she, they and it to the subject before, or to the only one who fits."""
    number, gender = PRONOUNS[nominal.root]
    here = mind.sentence(nominal)
    if number == "many" and (joint := listed(mind, nominal, 1)) is not None:
        return joint
    near = [s for s in reversed(mind.seen) if here - s.sentence <= NEAR]
    if number == "many" and mind.tokens[nominal.head].dep in SUBJECTS | {"poss"}:
        near = [spoken_for(mind, s) for s in near]
    found = [s for s in near if fits(mind, s, number, gender, nominal)]
    if strikes(mind, nominal):
        found = [s for s in found if not struck(mind, s)]
    if not found:
        return None
    chosen = suffering(mind, nominal, found, here) or best(found, here)
    if number == "thing":
        chosen = next((s for s in found if agent_it(mind, nominal, s, here)), None)
    if chosen is None or (number == "many" and chosen.sentence < here and things_before(mind, nominal)):
        return None
    if gender and chosen.draft.gender is None:
        chosen.draft.gender = gender
    return chosen.draft


def fits(mind: Mind, seen: Seen, number: str, gender: Gender | None, nominal: Nominal) -> bool:
    """Say whether a mention agrees with a pronoun, and is no argument of the same verb."""
    draft = seen.draft
    token, other = mind.tokens[nominal.head], mind.tokens[seen.head]
    if number == "one":
        if draft.kind != "person" or (draft.gender is not None and draft.gender != gender):
            return False
    elif number == "many":
        if not (draft.plural or draft.kind == "group" or seen.spoken):
            return False
    elif draft.kind != "organization" and draft.kind != "government_body":
        return False
    if token.dep == "poss" or nominal.root.endswith(("self", "selves")):
        return True
    return token.head != other.head and not (seen.subject and other.head in verbs_above(mind, nominal.head))


def verbs_above(mind: Mind, i: int) -> set[int]:
    """Return the verbs whose subject an object of token `i`'s clause cannot be: "they took X and left him there"."""
    token = mind.tokens[i]
    if token.dep in SUBJECTS:
        return set()
    at = token.head
    found: set[int] = set()
    for _ in range(6):
        above = mind.tokens[at]
        if above.pos in {"VERB", "AUX"}:
            if any(mind.tokens[c].dep in SUBJECTS for c in mind.cast.analysis.children[at]):
                return found | {at}
            found.add(at)
        if above.dep not in {"prep", "conj", "xcomp", "advcl", "dobj", "pobj", "agent"} or above.head == at:
            break
        at = above.head
    return found


def spoken_for(mind: Mind, seen: Seen) -> Seen:
    """Return, for a mention of an organization's spokesman, one of the organization: "they" are those he speaks for."""
    draft = seen.draft
    if draft.kind != "person" or not seen.subject:
        return seen
    roles = {word for f, _ in draft.facts if f.name == "role" for word in f.value.lower().split()}
    if not (roles | draft.roots) & SPOKESMEN:
        return seen
    organ = next((o for f, o in draft.facts if f.name == "member_of" and o is not None), None)
    whose = (mind.cast.at.get(c) for c in mind.cast.analysis.children[seen.head] if mind.tokens[c].dep == "poss")
    organ = organ or next((d for d in whose if d is not None), None)
    if organ is None or organ.kind != "organization":
        return seen
    return replace(seen, draft=organ, spoken=True)


def strikes(mind: Mind, nominal: Nominal) -> bool:
    """Say whether a pronoun is the doer of harm: "they came by boat and shot"."""
    token = mind.tokens[nominal.head]
    if token.dep != "nsubj":
        return False
    verbs = [token.head, *(c for c in mind.cast.analysis.children[token.head] if mind.tokens[c].dep == "conj")]
    return any(mind.tokens[v].lemma in HARMS and mind.tokens[v].tag not in ("VBN", "JJ") for v in verbs)


def struck(mind: Mind, seen: Seen) -> bool:
    """Say whether a mention is of those to whom harm is done there: "a bomb wounded nine traders"."""
    token = mind.tokens[seen.head]
    return token.dep in {"dobj", "nsubjpass"} and mind.tokens[token.head].lemma in HARMS


def suffering(mind: Mind, nominal: Nominal, found: list[Seen], here: int) -> Seen | None:
    """Return those whom harm was done to, by all that is told or by the sentence before, where "they" are done to."""
    token = mind.tokens[nominal.head]
    if token.dep != "nsubjpass" or mind.tokens[token.head].lemma not in UNDERGONE:
        return None
    hurt = {id(s.draft): s for s in reversed(found) if here - s.sentence < NEAR and "harmed" in s.draft.parts}
    if len(hurt) == 1:
        return next(iter(hurt.values()))
    last = [s for s in found if here - s.sentence == 1]
    objects = {id(s.draft): s for s in last if mind.tokens[s.head].dep in {"dobj", "nsubjpass"}}
    return next(iter(objects.values())) if len(objects) == 1 else None


def best(found: list[Seen], here: int) -> Seen | None:
    """Prefer a subject of this sentence, then of the sentence before; else the only candidate."""
    for back in range(NEAR + 1):
        level = [s for s in found if here - s.sentence == back]
        subjects = [s for s in level if s.subject]
        if subjects:
            return subjects[-1] if back else subjects[0]
        drafts = {id(s.draft) for s in level}
        if len(drafts) == 1:
            return level[0]
        if level:
            return None
    return None


def things_before(mind: Mind, nominal: Nominal) -> bool:
    """Say whether the sentence has named several things before "they", so that it may mean those."""
    first = mind.cast.analysis.sentences[mind.sentence(nominal)].first
    return any(t.tag == "NNS" and t.i not in mind.cast.taken for t in mind.tokens[first : nominal.head])


def agent_it(mind: Mind, nominal: Nominal, seen: Seen, here: int) -> bool:
    """Say whether "it" is one who acts: a subject or owner, behind an organization that was a subject.

    What opens a sentence, as a subject, is the subject before, whatever was named since; elsewhere "it" is the last
    one named.
    """
    token = mind.tokens[nominal.head]
    if token.dep not in {"nsubj", "nsubjpass", "poss"} or not seen.subject or here - seen.sentence > 1:
        return False
    verb = mind.tokens[token.head]
    if token.dep == "poss":
        return True
    return verb.lemma != "be" and (
        here == seen.sentence or verb.lemma not in {"seem", "appear", "happen", "become", "take"}
    )
