"""What a statement does: its act, how its source stands to the content, and how sure it is."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from sayso.extract.statements.attribution import Attribution
from sayso.extract.statements.grammar import child, verb_group
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance

_CLAUSES = frozenset({"clause", "aside", "quote", "according", "adverb", "colon"})
_OWN = frozenset({None, "it", "we", "they", "i", "he", "she"})
_NEAR = 15
"""Tokens of what is said among which a word of harm is looked for: a clause, not a paragraph."""
_FUTURE = frozenset({"will", "'ll", "’ll", "would", "shall"})


class Doing(NamedTuple):
    """The act, stance and certainty of one statement."""

    act: Act
    stance: Stance
    certainty: Certainty


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(words("speech")[name].split())


@cache
def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(words("speech")[section][name].split())


def doing(analysis: Analysis, attribution: Attribution, kind: SpeakerKind, nobody: bool) -> Doing:
    """Return what a statement does, from its cue, the negation on it, its speaker's kind and its content.

    `nobody` says that the source is one that does not exist ("no group has claimed responsibility").
    """
    sense = attribution.sense
    act, stance, certainty = sense.act, sense.stance, sense.certainty
    content = _root(analysis, attribution)
    if attribution.lemma == "claim" and attribution.frame == "object" and _of_a_crime(analysis, attribution):
        act = "claims_responsibility"
    if act == "states" and content is not None:
        act = _act_of_content(analysis, attribution, content, kind)
    if act == "confirms" and kind == "accused":
        act = "confesses"
    if nobody or _negated(analysis, attribution):
        stance, certainty = ("asserts", "possible") if stance == "denies" else ("denies", certainty)
        act = "states" if act == "denies" else act
    if content is not None:
        certainty = _hedged(analysis, content, certainty)
    return Doing(act, stance, certainty)


def _root(analysis: Analysis, attribution: Attribution) -> int | None:
    """Return the highest token of the first part of what is said; of an adverb, the verb it stands with."""
    if not attribution.contents:
        return None
    if attribution.frame == "adverb":
        return analysis.tokens[attribution.head].head
    inside = analysis.tokens_in(*attribution.contents[0])
    for i in inside:
        head = analysis.tokens[i].head
        if (head not in inside or head == i) and analysis.tokens[i].pos in ("VERB", "AUX"):
            return i
    return next((i for i in inside if analysis.tokens[i].head not in inside), None)


def _act_of_content(analysis: Analysis, attribution: Attribution, root: int, kind: SpeakerKind) -> Act:
    """ "Said that the group was behind the blast" accuses; "said it was behind the blast" claims responsibility."""
    tokens = analysis.tokens
    doer = child(analysis, root, "nsubj")
    subject = tokens[doer].text.lower() if doer is not None else None
    future = any(tokens[c].text.lower() in _FUTURE or tokens[c].tag == "TO" for c in analysis.children[root])
    if (future or subject is None) and subject in _OWN and _threatens(analysis, attribution, kind):
        return "threatens"
    if doer is None or attribution.frame not in _CLAUSES or not _blames(analysis, root):
        return "states"
    theirs = child(analysis, doer, "poss")
    own = subject in _OWN or (theirs is not None and tokens[theirs].text.lower() in ("its", "our", "their"))
    if own and kind in ("armed_group", "accused"):
        return "claims_responsibility"
    return "states" if own and subject not in ("he", "she", "they") else "accuses"


def _of_a_crime(analysis: Analysis, attribution: Attribution) -> bool:
    """Say whether what is said names an attack: "claimed the bombing" is a claim of responsibility."""
    near = analysis.tokens_in(*attribution.contents[0])[:_NEAR]
    return any(analysis.tokens[i].lemma.lower().rstrip("s") in _words("blame", "crimes") for i in near)


def _threatens(analysis: Analysis, attribution: Attribution, kind: SpeakerKind) -> bool:
    """Say whether one who says what will be done means harm: an armed group that warns, or anybody's vow of harm."""
    solemn = attribution.lemma in _list("warnings")
    start, end = attribution.contents[0]
    harm = any(analysis.tokens[i].lemma.lower() in _list("harm") for i in analysis.tokens_in(start, end)[:_NEAR])
    return (solemn or harm) if kind == "armed_group" else attribution.lemma in _list("vows") and harm


def _blames(analysis: Analysis, root: int) -> bool:
    """Say whether a clause lays something at its subject's door: "were behind it", "carried out the attack"."""
    tokens = analysis.tokens
    thing = child(analysis, root, "dobj")
    if thing is not None:
        inside = analysis.subtree(thing)[:_NEAR]
        crime = any(tokens[i].lemma.lower() in _words("blame", "crimes") for i in inside)
        lemma = tokens[root].lemma.lower()
        return lemma in _words("blame", "verbs") or (crime and lemma in _words("blame", "doings"))
    if tokens[root].lemma != "be":
        return False
    near = [tokens[c] for c in analysis.children[root] if c > root]
    return any(
        token.lemma.lower() in _words("blame", "adjectives") or token.text.lower() in _words("blame", "prepositions")
        for token in near
    )


def _negated(analysis: Analysis, attribution: Attribution) -> bool:
    group = verb_group(analysis, attribution.head)
    return any(analysis.tokens[i].dep == "neg" or analysis.tokens[i].text.lower() in ("never", "cannot") for i in group)


def _hedged(analysis: Analysis, root: int, certainty: Certainty) -> Certainty:
    near = {analysis.tokens[c].text.lower() for c in analysis.children[root]}
    if certainty == "possible" or near & _words("hedges", "possible"):
        return "possible"
    return "probable" if near & _words("hedges", "probable") else certainty
