"""Stretches of text read off the parse: noun phrases, verb groups, clauses, and who does what."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from sayso.extract.statements.attribution import Stretch
from sayso.extract.statements.lexicon import Lexicon
from sayso.languages import words
from sayso.model.analysis import Analysis, Token

MARKS = frozenset({",", ";", ":", ".", "-", "--", "–", "—"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
_SHARING = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "parataxis", "dep", "agent", "relcl"})
_BESIDES = frozenset({"aux", "auxpass", "neg", "prt"})
_OWN = frozenset({"relcl", "acl", "conj", "appos", "parataxis", "ccomp", "dep", "advcl"})
_DEEP = 12
"""How far up a chain of coordinated or embedded verbs a shared subject is looked for."""


def child(analysis: Analysis, i: int, *labels: str) -> int | None:
    """Return the first child of token `i` with one of these labels."""
    return next((c for c in analysis.children[i] if analysis.tokens[c].dep in labels), None)


def has_no(analysis: Analysis, noun: int) -> bool:
    """Say whether "no" or "neither" stands before a noun."""
    determiner = child(analysis, noun, "det")
    return determiner is not None and analysis.tokens[determiner].text.lower() in ("no", "neither")


def runs(analysis: Analysis, indexes: Iterable[int]) -> tuple[Stretch, ...]:
    """Return the unbroken stretches that these tokens make, without punctuation at their edges."""
    tokens = analysis.tokens
    found: list[list[int]] = []
    for i in sorted(indexes):
        if found and found[-1][1] == i:
            found[-1][1] = i + 1
        else:
            found.append([i, i + 1])
    stretches = []
    for first, last in found:
        while first < last and tokens[first].text in MARKS:
            first += 1
        while first < last and tokens[last - 1].text in MARKS:
            last -= 1
        if any(tokens[i].pos != "PUNCT" for i in range(first, last)):
            stretches.append((tokens[first].start, tokens[last - 1].end))
    return tuple(stretches)


def is_passive(analysis: Analysis, verb: int) -> bool:
    """Say whether the verb is passive: "was accused", "claims made by", and its likes."""
    token = analysis.tokens[verb]
    if token.tag != "VBN":
        return False
    if child(analysis, verb, "auxpass", "nsubjpass") is not None:
        return True
    if token.dep == "conj" and child(analysis, verb, "nsubj", "aux") is None:
        return is_passive(analysis, token.head)
    return token.dep == "acl" or (token.dep == "advcl" and child(analysis, verb, "aux") is None)


def subject(analysis: Analysis, verb: int) -> int | None:
    """Return the head of who does it: the subject, the agent, or the subject that the verb shares with another.

    None where there is none, and for the empty "it" and "there".
    """
    tokens = analysis.tokens
    if is_passive(analysis, verb):
        return agent(analysis, verb)
    at = verb
    for _ in range(_DEEP):
        token = tokens[at]
        subjects = [c for c in analysis.children[at] if tokens[c].dep in ("nsubj", "nsubjpass")]
        if subjects:
            return next((c for c in reversed(subjects) if c < at), subjects[0])
        if token.head == at or child(analysis, at, "expl", "csubj") is not None:
            return None
        if token.dep == "acl":
            return token.head if tokens[token.head].pos in _NOMINAL else None
        if token.dep not in _SHARING:
            return None
        at = token.head
        if token.dep == "xcomp" and token.tag == "VB":
            controlled = child(analysis, at, "dobj")
            if controlled is not None and controlled < token.i:
                return controlled
    return None


def agent(analysis: Analysis, verb: int) -> int | None:
    """Return the head of "by whom", None where a passive does not tell."""
    for c in analysis.children[verb]:
        if c > verb and analysis.tokens[c].text.lower() == "by":
            return child(analysis, c, "pobj")
    return None


def noun_phrase(analysis: Analysis, head: int, cues: frozenset[int], cue: int) -> Stretch:
    """Return the noun phrase of `head`: determiners, titles, appositions and clauses that tell who it is.

    A clause with an attribution of its own (its verb is in `cues`) is left out, and so is all that stands on the other
    side of token `cue`.
    """
    tokens = analysis.tokens
    inside: list[int] = []
    stack = [head]
    while stack:
        i = stack.pop()
        inside.append(i)
        for c in analysis.children[i]:
            if (
                (c < cue) == (head < cue)
                and c != cue
                and not (tokens[c].dep in _OWN and _attributes(analysis, c, cues))
            ):
                stack.append(c)
    inside += _more_of_it(analysis, head, cue)
    start, end = next(((s, e) for s, e in runs(analysis, inside) if s <= tokens[head].start < e), tokens[head][1:3])
    return start, end


def _more_of_it(analysis: Analysis, head: int, cue: int) -> list[int]:
    """Return the other subjects right before `head` that the parser made of one name: "Jabhat al-" and "Nur"."""
    tokens = analysis.tokens
    found: list[int] = []
    if tokens[head].dep not in ("nsubj", "nsubjpass") or head > cue:
        return found
    for c in analysis.children[tokens[head].head]:
        if c < head and tokens[c].dep in ("nsubj", "nsubjpass", "dep") and tokens[c].pos == "PROPN":
            subtree = analysis.subtree(c)
            if not any(tokens[j].text in ("--", "–", "—") for j in subtree):
                found += subtree
    return found


def _attributes(analysis: Analysis, i: int, cues: frozenset[int]) -> bool:
    return i in cues or any(c in cues and analysis.tokens[c].dep == "conj" for c in analysis.children[i])


def verb_group(analysis: Analysis, verb: int) -> range:
    """Return the tokens of the verb with its auxiliaries, negation, particle and the adverbs among them."""
    tokens = analysis.tokens
    first, last = verb, verb
    while first > 0 and _joins(tokens[first - 1], verb, first):
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].head == verb and tokens[last + 1].dep == "prt":
        last += 1
    return range(first, last + 1)


def outer(analysis: Analysis, lexicon: Lexicon, verb: int, first: int) -> int:
    """Return where the cue begins: "declined to say" and "was quoted as saying" are of one piece."""
    token = analysis.tokens[verb]
    head = token.head
    if token.dep == "pcomp" and analysis.tokens[head].text.lower() == "as":
        head = analysis.tokens[head].head
        light = is_passive(analysis, head)
    else:
        light = token.dep == "xcomp" and lexicon.lemma(analysis.tokens[head].lemma) in lexicon.light
    if not light:
        return first
    group = verb_group(analysis, head)
    return group[0] if group[-1] < first <= group[-1] + 2 else first


@cache
def _apart() -> frozenset[str]:
    """Return the adverbs that are no part of a cue: those that link clauses, and those that are cues themselves."""
    listed = words("speech")
    return frozenset(listed["links"].split()) | frozenset(listed["adverbs"])


def _joins(token: Token, verb: int, first: int) -> bool:
    if token.head == verb:
        return token.dep in _BESIDES or (
            token.dep == "advmod" and token.tag == "RB" and token.text.lower() not in _apart()
        )
    return first <= token.head < verb and token.dep in ("advmod", "neg")


def clause(analysis: Analysis, i: int, without: Iterable[int] = ()) -> tuple[Stretch, ...]:
    """Return the stretches of all that hangs on token `i`, less what hangs on the tokens `without`."""
    left = set(without)
    inside, stack = [], [i]
    while stack:
        at = stack.pop()
        if at not in left:
            inside.append(at)
            stack.extend(analysis.children[at])
    return runs(analysis, _without_aside(analysis, sorted(inside)))


def _without_aside(analysis: Analysis, inside: list[int]) -> list[int]:
    """Leave out a closing ", which ...": it may be the author's own remark (PolNeAR guidelines, "be conservative")."""
    tokens = analysis.tokens
    members = set(inside)
    for i in reversed(inside):
        token = tokens[i]
        comma = i - 2 if i and tokens[i - 1].pos == "ADP" else i - 1
        if token.tag in ("WDT", "WP", "WP$", "WRB") and comma in members and tokens[comma].text == ",":
            at = token.head
            for _ in range(4):
                if tokens[at].dep == "relcl" or tokens[at].head == at:
                    break
                at = tokens[at].head
            if tokens[at].dep == "relcl" and analysis.subtree(at)[-1] >= inside[-1] - 1:
                return [j for j in inside if j < comma]
    return inside
