"""Small questions to the grammar: who does what to whom in a clause."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.model.analysis import Analysis

CLAUSE = frozenset({"ROOT", "ccomp", "advcl", "relcl", "xcomp", "pcomp", "acl", "parataxis", "csubj", "conj"})
SUBJECT = frozenset({"nsubj", "csubj"})
PASSIVE = frozenset({"nsubjpass", "csubjpass"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def is_verb(a: Analysis, i: int) -> bool:
    """Say whether token `i` heads a clause: a verb, or a copula with its predicate."""
    return a.tokens[i].pos in ("VERB", "AUX")


def clause_verb(a: Analysis, i: int) -> int:
    """Return the nearest verb at or above token `i`; the sentence's root where there is none."""
    while not is_verb(a, i) and a.tokens[i].head != i:
        i = a.tokens[i].head
    return i


def ancestors(a: Analysis, i: int) -> Iterator[int]:
    """Yield the heads above token `i`, nearest first."""
    while a.tokens[i].head != i:
        i = a.tokens[i].head
        yield i


def with_conjuncts(a: Analysis, i: int) -> list[int]:
    """Return token `i` and the nominals coordinated with it ("a bank and two shops")."""
    found = [i]
    for at in found:
        found.extend(
            c for c in a.children[at] if a.tokens[c].dep in ("conj",) and a.tokens[c].pos in NOMINAL and c not in found
        )
    return found


def all_of(a: Analysis, heads: list[int]) -> list[int]:
    """Return the heads with all that is coordinated with them, in text order."""
    return sorted({j for i in heads for j in with_conjuncts(a, i)})


def children(a: Analysis, i: int, *deps: str) -> list[int]:
    """Return the children of token `i` that hang on it by one of `deps`."""
    return [c for c in a.children[i] if a.tokens[c].dep in deps]


def prepositional(a: Analysis, i: int) -> Iterator[tuple[str, int]]:
    """Yield (preposition, object) for each prepositional phrase of token `i`, phrases within phrases included.

    "next to the office" counts as one preposition, "next to".
    """
    for c in a.children[i]:
        token = a.tokens[c]
        if token.dep in ("prep", "agent", "dative") or (token.dep == "advmod" and children(a, c, "prep")):
            word = token.text.lower()
            for o in children(a, c, "pobj", "pcomp"):
                for each in with_conjuncts(a, o):
                    yield word, each
                    if word != "of":
                        yield from prepositional(a, each)
            for p in children(a, c, "prep"):
                inner = f"{word} {a.tokens[p].text.lower()}"
                for o in children(a, p, "pobj"):
                    for each in with_conjuncts(a, o):
                        yield inner, each
                        yield from prepositional(a, each)


TRANSITIVE = frozenset(
    {"kill", "wound", "injure", "hurt", "arrest", "detain", "kidnap", "abduct", "murder", "assassinate", "rob", "rape",
     "shoot", "stab", "behead", "lynch", "execute", "torture", "charge", "convict", "indict", "jail", "free", "ambush"}
)  # fmt: skip
"""Verbs that are never without an object: "Man shot in bar" is a passive that a headline has shortened."""


def _shortened_passive(a: Analysis, verb: int) -> bool:
    """Say whether a verb that needs an object has none: "Two killed in blast", "Man shot, robbed near station"."""
    token = a.tokens[verb]
    found = token.lemma.lower() == "find" and any(a.tokens[c].text.lower() == "dead" for c in children(a, verb, "oprd"))
    if (
        (token.lemma.lower() not in TRANSITIVE and not found)
        or token.tag not in ("VBD", "VBN")
        or children(a, verb, "aux", "dobj", "prt")
    ):
        return False
    aimed = {a.tokens[c].text.lower() for c in a.children[verb]} & {"at", "into", "toward", "towards", "back"}
    if aimed and token.lemma.lower() == "shoot":
        return False
    with_object = any(children(a, c, "dobj") for c in children(a, verb, "conj") if a.tokens[c].pos == "VERB")
    return not with_object and bool(children(a, verb, "nsubj"))


def passive(a: Analysis, verb: int) -> bool:
    """Say whether the verb is passive: "was killed", "the man killed by ...", "Man killed in bar"."""
    if _shortened_passive(a, verb):
        return True
    if children(a, verb, "nsubjpass", "auxpass", "agent"):
        return True
    token = a.tokens[verb]
    if token.tag == "VBN" and token.dep in ("xcomp", "oprd", "ccomp", "acomp") and a.tokens[token.head].lemma == "find":
        return True
    bare = not children(a, verb, *SUBJECT, "dobj", "aux", "mark")
    if bare and token.tag in ("VBN", "VBD") and token.dep == "conj":
        return token.head != verb and is_verb(a, token.head) and passive(a, token.head)
    if bare and token.tag == "VBN" and token.dep == "advcl" and token.lemma.lower() in TRANSITIVE:
        return True
    perfect = any(a.tokens[c].lemma.lower() == "have" for c in children(a, verb, "aux"))
    return token.tag == "VBN" and token.dep in ("acl", "amod", "relcl") and not perfect


OBJECT_CONTROL = frozenset(
    {"accuse", "suspect", "charge", "convict", "acquit", "blame", "condemn", "arrest", "detain", "jail", "sentence",
     "order", "force", "stop", "prevent", "indict", "imprison", "tell", "urge", "hire", "pay", "sack", "praise"}
)  # fmt: skip
"""Verbs whose object does what follows: "accused four members of bombing the pier"."""


def subjects(a: Analysis, verb: int, depth: int = 0) -> list[int]:
    """Return the heads of what does the verb's action, looked for up the chain where the verb shares its subject.

    Controllers ("tried to kill"), coordination ("set it off and died") and participles ("..., killing three") take the
    subject of the verb above; a relative clause takes the noun it hangs on.
    """
    own = children(a, verb, *SUBJECT)
    token = a.tokens[verb]
    if own:
        heads = all_of(a, own)
        if all(a.tokens[h].tag in ("WDT", "WP") for h in heads) and token.dep == "relcl":
            return all_of(a, [token.head])
        return heads
    if depth > 4 or children(a, verb, *PASSIVE):
        return []
    if token.dep == "acl" and token.tag in ("VBG", "VB") and a.tokens[token.head].pos in NOMINAL:
        return [token.head] if token.tag == "VBG" else _shared(a, token.head, depth)
    if token.dep in ("pcomp", "xcomp") and is_verb(a, clause_verb(a, token.head)):
        above = clause_verb(a, token.head)
        if a.tokens[above].lemma.lower() in OBJECT_CONTROL:
            return objects(a, above)
    if token.dep == "conj" and a.tokens[token.head].pos == "ADP":  # "dragged him from his home and shot him"
        first = a.sentences[a.sentence_of(verb)].first
        left = next((j for j in range(verb - 1, first, -1) if a.tokens[j].tag == token.tag), None)
        return subjects(a, left, depth + 1) if left is not None else []
    if token.dep in ("conj", "xcomp", "advcl", "pcomp"):
        return _shared(a, token.head, depth)
    return []


def _shared(a: Analysis, i: int, depth: int) -> list[int]:
    above = clause_verb(a, i)
    if not is_verb(a, above):
        return []
    if passive(a, above):
        return all_of(a, children(a, above, *PASSIVE))
    return subjects(a, above, depth + 1)


def objects(a: Analysis, verb: int) -> list[int]:
    """Return the heads of what the verb is done to: objects, or the subject of a passive."""
    token = a.tokens[verb]
    found = children(a, verb, "dobj") + children(a, verb, *PASSIVE)
    if not found and _shortened_passive(a, verb):
        found = children(a, verb, "nsubj")[-1:]  # "Four held; driver found dead": the parser gives it both
    if not found and token.dep in ("acl", "relcl") and token.tag == "VBN" and not children(a, verb, *SUBJECT):
        found = [token.head] if a.tokens[token.head].pos in NOMINAL else []
    elif found and all(a.tokens[h].tag in ("WDT", "WP") for h in found) and token.dep == "relcl":
        found = [token.head]
    if not found and taken_for_adjective(a, verb):
        found = [token.head]
    if not found and token.tag == "VBN" and a.tokens[token.head].lemma == "find" and token.head != verb:
        found = children(a, token.head, "nsubjpass", "dobj")
    if not found and token.dep in ("conj", "advcl") and is_verb(a, token.head) and passive(a, verb):
        counted = [c for c in a.children[verb] if a.tokens[c].tag == "CD" and c < verb]
        return counted or objects(a, token.head)
    return all_of(a, found)


def agents(a: Analysis, verb: int) -> list[int]:
    """Return the heads of who does it: the by-phrase of a passive, else the subject."""
    by = [
        o
        for c in children(a, verb, "agent", "prep")
        if a.tokens[c].text.lower() == "by"
        for o in children(a, c, "pobj")
    ]
    if by:
        return all_of(a, by)
    return [] if passive(a, verb) else subjects(a, verb)


def taken_for_adjective(a: Analysis, i: int) -> bool:
    """Say whether the parser took a gerund for an adjective: "accused of killing officers"."""
    token = a.tokens[i]
    return token.tag == "VBG" and token.dep == "amod" and token.head > i > 0 and a.tokens[i - 1].pos == "ADP"


def negated(a: Analysis, i: int) -> bool:
    """Say whether token `i` is denied: "did not", "no attack", "never"."""
    for c in a.children[i]:
        token = a.tokens[c]
        if token.dep == "neg" or (token.dep == "det" and token.text.lower() in ("no", "neither")):
            return True
        if token.dep == "advmod" and token.text.lower() in ("never", "hardly", "barely"):
            return True
        subject = token.dep in ("nsubj", "nsubjpass") and a.tokens[i].pos == "VERB"
        if subject and (token.text.lower() in ("nobody", "none") or negated(a, c)):
            return True
    return False


def noun_phrase(a: Analysis, head: int, *, clauses: bool = False) -> tuple[int, int]:
    """Return the token range `[first, last)` of the noun phrase of `head`.

    Relative clauses, appositions and what is coordinated are left out, prepositional phrases too unless `clauses`.
    """
    stop = {"relcl", "acl", "appos", "conj", "cc", "punct", "prep", "advcl", "parataxis"} - (
        {"prep"} if clauses else set()
    )
    first = last = head
    stack = [head]
    while stack:
        at = stack.pop()
        for c in a.children[at]:
            dep = a.tokens[c].dep
            of = dep == "prep" and c > head and a.tokens[c].text.lower() == "of"
            if dep in stop and not of and not (dep == "punct" and first <= c <= last):
                continue
            first, last = min(first, c), max(last, c)
            stack.append(c)
    if first < head and a.tokens[first].dep == "predet":
        first += 1
    return first, last + 1
