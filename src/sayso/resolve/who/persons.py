"""Which person or group of people a noun stands for: "the spokesman", "the three suspects", "his wife"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.resolve.who.draft import Draft
from sayso.resolve.who.groups import enumerated, find_group, new_group
from sayso.resolve.who.mind import FAR, SUBJECTS, Mind, Seen
from sayso.resolve.who.nominals import ARGUMENTS, Nominal

GENERIC = frozenset(
    ["man", "woman", "boy", "girl", "person", "suspect", "victim", "gunman", "shooter", "attacker", "assailant", "teen",
     "teenager", "youth", "child", "old", "defendant", "individual", "guy", "detainee", "accused", "killer"]
)  # fmt: skip
"""Nouns that say little of the person."""
FIGHTING = frozenset({"gunman", "shooter", "attacker", "assailant", "killer", "suspect"})
NAMING = frozenset(
    [
        "named",
        "identified",
        "called",
        "known",
        "nicknamed",
        "alias",
        "pseudonym",
        "nickname",
        "aka",
        "dubbed",
        "introduced",
        "introducing",
        "identifies",
        "identifying",
        "calling",
        "calls",
    ]
)
FILLING = frozenset(
    ["who", "goes", "went", "by", "the", "as", "is", "was", "only", "later", ",", "his", "her", "under", "been", "has",
     "had", "uses", "used", '"', "“", "himself", "herself", "themselves", "were", "being", "publicly",
     "officially", "since"]
)  # fmt: skip
DESCRIBING = frozenset({"-", "year", "old", "years", "aged", "a", "an", "former", "local"})
"""Words between "identified as" and the name."""
JOINT = frozenset(["man", "woman", "suspect", "defendant", "they", "them", "their", "themselves"])
CROWDS = frozenset({"group", "groups", "gang", "band", "dozens", "hundreds", "number", "couple", "scores", "crowd"})
"""Nouns whose "of" phrase says who they are."""
PARTS = {"victim": "harmed", "suspect": "held", "fighter": "harming"}


def people(mind: Mind, nominal: Nominal) -> Draft | None:
    """Link several people with the group they are, or make one."""
    definite = nominal.article == "definite"
    if definite or nominal.sort == "number":
        found = find_group(mind.cast, nominal, seen_groups(mind), [s.draft for s in mind.seen])
        if found is None and not nominal.other:
            found = listed(mind, nominal, FAR - 2)
        if found is not None:
            return found
        if nominal.sort == "number" and nominal.number and enumerated(mind.cast, nominal, mind.lists):
            return new_group(mind.cast, nominal)
    if nominal.sort == "number" or nominal.root == "others":
        return None
    vague = nominal.root == "person" and nominal.number is None
    if vague and nominal.article != "indefinite" and not (nominal.article == "bare" and nominal.mods):
        return None
    if mind.tokens[nominal.head].dep not in ARGUMENTS - {"attr", "appos", "oprd"} or is_bystander(mind, nominal):
        return None
    return new_group(mind.cast, nominal)


def is_bystander(mind: Mind, nominal: Nominal) -> bool:
    """Say whether several people without number or article are only people in general, or hearers of a report."""
    token = mind.tokens[nominal.head]
    if nominal.number is not None or nominal.article in {"definite", "possessive"}:
        return token.dep == "dobj" and nominal.root in mind.cast.lexicon.hearers
    if (nominal.root == "person" and not nominal.mods) or (
        token.dep in {"dobj", "dative"} and nominal.root in mind.cast.lexicon.hearers
    ):
        return True
    if token.dep == "pobj":
        before = mind.tokens[token.head]
        return before.text.lower() not in {"by", "to", "among"} and mind.tokens[before.head].text.lower() not in CROWDS
    return token.dep not in SUBJECTS | {"dobj", "conj", "ROOT", "appos"}


def listed(mind: Mind, nominal: Nominal, back: int) -> Draft | None:
    """Make a group of the persons listed last, where they are as many as the words say."""
    last = mind.last_list
    if last is None or (nominal.tag in {"official", "kin", "worker"} and nominal.sort != "number"):
        return None
    here = mind.sentence(nominal)
    if here - mind.cast.analysis.sentence_of(last.first) > back:
        return None
    if nominal.number is not None and nominal.number != len(last.people):
        return None
    if nominal.number is None and nominal.root not in JOINT:
        return None
    for seen in mind.seen:
        if seen.draft.kind == "group" and seen.draft.members == list(last.people):
            return seen.draft
    group = mind.cast.new("group", " and ".join(p.names[0] for p in last.people))
    group.plural, group.number, group.members = True, len(last.people), list(last.people)
    return group


def seen_groups(mind: Mind) -> list[Draft]:
    """Return the groups in mind, the latest first, each once."""
    found: list[Draft] = []
    for seen in reversed(mind.seen):
        if seen.draft.kind == "group" and seen.draft not in found:
            found.append(seen.draft)
    return found


def person(mind: Mind, nominal: Nominal) -> Draft | None:
    """Link "the spokesman", "the gunman", "the 23-year-old" to the person; an unnamed one becomes their own."""
    token = mind.tokens[nominal.head]
    lex = mind.cast.lexicon
    gender = lex.role_gender.get(nominal.root)
    named = beside(mind, nominal)
    if named is not None and nominal.article == "definite":
        told_of(mind, nominal, named)
    if named is not None or token.dep in {"attr", "oprd", "acomp"}:
        return named
    if nominal.article == "definite":
        found = known_person(mind, nominal)
        if found is not None:
            return found
    if (
        (token.dep not in ARGUMENTS and nominal.root != "old")
        or (nominal.root == "person" and len(nominal.mods) < 2)
        or in_headline(mind, nominal)
    ):
        return None
    whose = owner(mind, nominal)
    if whose is not None and (id(whose), nominal.root) in mind.kin:
        return mind.kin[(id(whose), nominal.root)]
    draft = mind.cast.new("person", mind.cast.words(nominal.first, nominal.last))
    draft.unnamed, draft.gender = True, gender
    draft.roots.add(nominal.root)
    if whose is not None:
        mind.kin[(id(whose), nominal.root)] = draft
        if nominal.tag == "kin":
            mind.cast.fact(draft, "kin_of", nominal.root, (nominal.first, nominal.last), whose)
    return draft


def told_of(mind: Mind, nominal: Nominal, named: Draft) -> None:
    """Join with a name whoever the report has told of without it: "a gunman ... the gunman was identified as X"."""
    found = known_person(mind, nominal)
    if found is None or not found.unnamed or found is named or next(introduced(mind, nominal.last), None) is None:
        return
    found.names = []
    mind.cast.merge(named, found)
    for n, seen in enumerate(mind.seen):
        if seen.draft is found:
            mind.seen[n] = replace(seen, draft=named)
    for group in mind.cast.drafts:
        group.members = [named if member is found else member for member in group.members]


def owner(mind: Mind, nominal: Nominal) -> Draft | None:
    """Return whose wife, son or lawyer somebody is: "his wife", "Doe's son"."""
    for i in range(nominal.first, nominal.head):
        if mind.tokens[i].dep == "poss":
            return mind.cast.at.get(i) or mind.cast.taken.get(i)
    return None


def in_headline(mind: Mind, nominal: Nominal) -> bool:
    """Say whether a noun without article stands in a headline, where it is told again in the report."""
    block = mind.cast.article.blocks[mind.cast.analysis.sentences[mind.sentence(nominal)].block]
    return block.role == "title" and nominal.article == "bare"


def beside(mind: Mind, nominal: Nominal) -> Draft | None:
    """Return the person whose name a noun stands beside: "the clerk, X", "X, a clerk", "a clerk known as X"."""
    token = mind.tokens[nominal.head]
    around = [c for c in mind.cast.analysis.children[nominal.head] if mind.tokens[c].dep == "appos"]
    if token.dep == "appos":
        around.append(token.head)
    found = [mind.cast.taken.get(i) for i in (*around, *introduced(mind, nominal.last))]
    return next((d for d in found if d is not None and d.kind == "person" and not d.unnamed), None)


def introduced(mind: Mind, i: int) -> Iterator[int]:
    """Return the token behind "named", "identified as", "who goes by the pseudonym" and their like."""
    before = mind.tokens[mind.tokens[i - 1].head]
    naming = before.lemma in {"identify", "name"} and mind.tokens[i - 1].dep == "dobj" and mind.tokens[i : i + 1] != ()
    naming = naming and mind.tokens[i].text.lower() == "as"
    for token in mind.tokens[i : i + 12]:
        low = token.text.lower()
        if token.i in mind.cast.taken and naming:
            yield token.i
            return
        naming |= low in NAMING
        beside = naming and (token.pos == "NUM" or low in DESCRIBING or mind.cast.lexicon.role(token) is not None)
        if low not in NAMING and low not in FILLING and not beside and not mind.cast.lexicon.is_title((low,)):
            return


def known_person(mind: Mind, nominal: Nominal) -> Draft | None:
    """Return the person in mind whom a definite singular noun fits best."""
    here = mind.sentence(nominal)
    gender = mind.cast.lexicon.role_gender.get(nominal.root)
    near = [s for s in reversed(mind.seen) if here - s.sentence <= FAR and s.draft.kind == "person"]
    near = [s for s in near if not (gender and s.draft.gender and s.draft.gender != gender)]
    for seen in near:
        if nominal.root in seen.draft.roots or has_role(mind, seen.draft, nominal.root):
            return seen.draft
    found = by_part(mind, nominal, near)
    return generic_person(mind, nominal, near) if found is None and nominal.root in GENERIC else found


def by_part(mind: Mind, nominal: Nominal, near: list[Seen]) -> Draft | None:
    """Let "the victim", "the suspect" and "the gunman" find the one person who was harmed, held or did harm."""
    part = PARTS.get(nominal.tag)
    if part is None:
        return None
    playing = {id(s.draft): s.draft for s in near if part in s.draft.parts}
    if part == "harming" and not playing:
        playing = {id(s.draft): s.draft for s in near if "held" in s.draft.parts and "harmed" not in s.draft.parts}
    return next(iter(playing.values())) if len(playing) == 1 else None


def has_role(mind: Mind, draft: Draft, root: str) -> bool:
    """Say whether a title or description of the person has that noun."""
    return any(f.name in {"role", "description"} and root in f.value.lower().split() for f, _ in draft.facts)


def generic_person(mind: Mind, nominal: Nominal, near: list[Seen]) -> Draft | None:
    """Let "the man" follow an unnamed person of the same sort, or the one whose age it gives."""
    age = next((m.split("-")[0] for m in nominal.mods if m.split("-")[0].isdigit()), None)
    if age is not None:
        aged = {id(s.draft): s.draft for s in near for f, _ in s.draft.facts if f.name == "age" and f.value == age}
        return next(iter(aged.values())) if len(aged) == 1 else None
    unnamed = {id(s.draft): s.draft for s in near if s.draft.unnamed and s.draft.roots & GENERIC}
    if len(unnamed) == 1:
        draft = next(iter(unnamed.values()))
        if "victim" in {nominal.root} | draft.roots and ({nominal.root} | draft.roots) & FIGHTING:
            return None
        return draft
    return None
