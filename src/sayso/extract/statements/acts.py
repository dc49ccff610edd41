"""What a statement does: its act, how its source stands to the content, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sayso.extract.statements.attribution import Attribution
from sayso.extract.statements.grammar import child, has_no, verb_group
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.statement import Act, Certainty, SpeakerKind, Stance

_CLAUSES = frozenset({"clause", "aside", "quote", "according", "adverb", "colon"})
_OWN = frozenset({None, "it", "we", "they", "i", "he", "she"})
_MENACING = frozenset({"armed_group", "accused", "anonymous", "document", "other"})
_SPEAKS_FOR_ITSELF = frozenset({"other", "document", "anonymous"})
"""Kinds of speakers whose "it carried out the attack" is as good as a group's: nobody else is known to be behind it."""
_OF_THEIRS = 8
"""Tokens of a subject among which "its" is looked for: "one of its fighters"."""
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


def doing(
    analysis: Analysis, attribution: Attribution, kind: SpeakerKind, nobody: bool, own: frozenset[int] = frozenset()
) -> Doing:
    """Return what a statement does, from its cue, the negation on it, its speaker's kind and its content.

    `nobody` says that the source is one that does not exist ("no group has claimed responsibility"). `own` are the
    tokens that refer to the speaker or to whom he speaks for.
    """
    sense = attribution.sense
    act, stance, certainty = sense.act, sense.stance, sense.certainty
    content = _root(analysis, attribution)
    if attribution.lemma == "claim" and attribution.frame == "object" and _of_a_crime(analysis, attribution):
        act = "claims_responsibility"
    if act == "states" and content is not None:
        act = _act_of_content(analysis, attribution, content, kind, own)
    if act == "confirms" and kind == "accused":
        act = "confesses"
    if act == "confesses" and _not_guilty(analysis, attribution):
        return Doing("denies", "denies", certainty)
    if act == "confirms" and _negated(analysis, attribution):
        return Doing("doubts", "doubts", certainty)
    if nobody or _negated(analysis, attribution):
        stance, certainty = ("asserts", "possible") if stance == "denies" else ("denies", certainty)
        act = "states" if act == "denies" else act
    if content is not None:
        certainty = _hedged(analysis, content, certainty)
    return Doing(act, stance, certainty)


def _not_guilty(analysis: Analysis, attribution: Attribution) -> bool:
    """Say whether a plea is one of not guilty."""
    pleas = [c for c in analysis.children[attribution.head] if analysis.tokens[c].text.lower() == "guilty"]
    return any(analysis.tokens[n].dep == "neg" for c in pleas for n in analysis.children[c])


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


def _act_of_content(
    analysis: Analysis, attribution: Attribution, root: int, kind: SpeakerKind, himself: frozenset[int]
) -> Act:
    """ "Said that the group was behind the blast" accuses; "said it was behind the blast" claims responsibility."""
    tokens = analysis.tokens
    doer = child(analysis, root, "nsubj")
    first = child(analysis, root, "nsubj", "nsubjpass")
    subject = tokens[first].text.lower() if first is not None else None
    if _menaces(analysis, attribution, root, subject, kind):
        return "threatens"
    if doer is None or attribution.frame not in _CLAUSES or not _blames(analysis, root):
        return "states"
    theirs = [i for i in analysis.subtree(doer)[:_OF_THEIRS] if tokens[i].dep == "poss"]
    own = subject in _OWN or any(tokens[i].text.lower() in ("its", "our", "their") for i in theirs)
    itself = subject in ("it", "we") or bool(theirs)
    if (
        (own and kind in ("armed_group", "accused"))
        or (own and itself and kind in _SPEAKS_FOR_ITSELF)
        or (doer in himself and kind != "authority")
    ):
        return "claims_responsibility"
    return "states" if own and subject not in ("he", "she", "they") else "accuses"


def _menaces(analysis: Analysis, attribution: Attribution, root: int, subject: str | None, kind: SpeakerKind) -> bool:
    """Say whether what is said is a threat: harm that the speaker will do, or a word of menace to those who hear it."""
    tokens = analysis.tokens
    if attribution.frame == "pred":
        return False
    future = any(tokens[c].text.lower() in _FUTURE or tokens[c].tag == "TO" for c in analysis.children[root])
    own = subject in _OWN and not (attribution.direct and subject in ("he", "she", "they"))
    if own and (future or (subject is None and tokens[root].pos == "VERB")) and _threatens(analysis, attribution, kind):
        return True
    start, end = attribution.contents[0]
    near = [tokens[i].lemma.lower() for i in analysis.tokens_in(start, end)[:_NEAR]]
    warns = attribution.lemma in _list("warnings") and not {*near}.isdisjoint(_list("harm"))
    if warns and (kind == "armed_group" or (kind in _MENACING and _conditional(analysis, attribution))):
        return True
    menacing = attribution.direct and kind in _MENACING
    return menacing and (
        _marked_out(analysis, root, subject) or (future and subject in ("we", "i", "you") and _grave(near))
    )


def _conditional(analysis: Analysis, attribution: Attribution) -> bool:
    """Say whether "if" or "unless" goes with what is said: harm that depends on what others do."""
    sentence = analysis.sentences[analysis.sentence_of(attribution.head)]
    return any(analysis.tokens[i].text.lower() in ("if", "unless") for i in range(attribution.head, sentence.last))


def _marked_out(analysis: Analysis, root: int, subject: str | None) -> bool:
    """Say whether a clause calls somebody a target ("every uniform is a target") or its hearer the next."""
    tokens = analysis.tokens
    if tokens[root].lemma != "be":
        return False
    predicate = [
        tokens[c] for c in analysis.children[root] if c > root and tokens[c].dep in ("attr", "acomp", "advmod")
    ]
    if any(t.lemma.lower() in _words("menace", "predicates") for t in predicate):
        return True
    return subject == "you" and any(t.text.lower() in _words("menace", "for_you") for t in predicate)


def _grave(near: Sequence[str]) -> bool:
    """Say whether words tell of killing or hurting, whoever says them."""
    return not {*near}.isdisjoint(_words("menace", "grave"))


def _of_a_crime(analysis: Analysis, attribution: Attribution) -> bool:
    """Say whether what is said names an attack: "claimed the bombing" is a claim of responsibility."""
    near = analysis.tokens_in(*attribution.contents[0])[:_NEAR]
    return any(analysis.tokens[i].lemma.lower().rstrip("s") in _words("blame", "crimes") for i in near)


def _threatens(analysis: Analysis, attribution: Attribution, kind: SpeakerKind) -> bool:
    """Say whether one who says what will be done means harm: an armed group that warns, or anybody's vow of harm."""
    solemn = attribution.lemma in _list("warnings")
    start, end = attribution.contents[0]
    near = [analysis.tokens[i].lemma.lower() for i in analysis.tokens_in(start, end)[:_NEAR]]
    harm = not {*near}.isdisjoint(_list("harm"))
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
    if has_no(analysis, attribution.head):
        return True
    group = verb_group(analysis, attribution.head)
    above = analysis.tokens[analysis.tokens[attribution.head].head]
    if (
        analysis.tokens[attribution.head].dep == "xcomp"
        and above.lemma in _list("refusals")
        and attribution.cue[0] <= above.start
    ):
        return True
    return any(analysis.tokens[i].dep == "neg" or analysis.tokens[i].text.lower() in ("never", "cannot") for i in group)


def _hedged(analysis: Analysis, root: int, certainty: Certainty) -> Certainty:
    near = {analysis.tokens[c].text.lower() for c in analysis.children[root]}
    if certainty == "possible" or near & _words("hedges", "possible"):
        return "possible"
    return "probable" if near & _words("hedges", "probable") else certainty
