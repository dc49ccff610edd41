"""What the verb says of a time: whether its clause looks back, looks ahead, or reports what somebody said."""

from __future__ import annotations

from typing import Literal

from sayso.model.analysis import Analysis, Token
from sayso.resolve.when.grammar import Expression
from sayso.resolve.when.lexicon import Tokens, dates

Tense = Literal["past", "future", "unclear"]

_CLIMB = 6
"""Heads to climb from a time to its verb: longer chains leave the clause."""


class Clauses:
    """The clauses that the times of one article stand in."""

    def __init__(self, analysis: Analysis, tokens: Tokens) -> None:
        self.analysis, self.tokens = analysis, tokens
        table = dates()
        self._future, self._reporting = frozenset(table["future"]), frozenset(table["reporting"])
        self._timetabled, self._orders = frozenset(table["timetabled"]), frozenset(table["orders"])
        self._put_off, self._put_off_to = frozenset(table["put_off"]), frozenset(table["put_off_to"])
        self._future_before, self._openings = frozenset(table["future_before"]), frozenset(table["openings"])

    def _inside(self, expression: Expression) -> range:
        """Return the numbers of the grammar's tokens in an expression."""
        return self.analysis.tokens_in(self.tokens.starts[expression.first], self.tokens.ends[expression.last - 1])

    def _verb(self, expression: Expression) -> int | None:
        """Return the token of the verb that the expression hangs on; None where there is none."""
        tokens = self.analysis.tokens
        if not tokens:
            return None
        inside = self._inside(expression)
        at = next((i for i in inside if tokens[i].head not in inside), inside[0] if inside else None)
        for _ in range(_CLIMB):
            if at is None or (tokens[at].pos in ("VERB", "AUX") and tokens[at].text.lower() not in self._openings):
                return at
            at = tokens[at].head if tokens[at].head != at else None
        return None

    def tense(self, expression: Expression, *, history: bool) -> Tense:
        """Say whether the clause looks back ("was arrested on Tuesday") or ahead ("will meet", "is scheduled for")."""
        tokens, verb = self.analysis.tokens, self._verb(expression)
        before = self.tokens.texts[expression.first - 1] if expression.first else ""
        if before in ("next", "upcoming", "coming"):
            return "future"
        if verb is None:
            return "unclear"
        head, kin = tokens[verb], self.analysis.children[verb][:12]
        put_off = before in self._put_off_to and head.lemma in self._put_off
        if self._looks_ahead(head) or (not history and (put_off or self._is_due(expression, verb))):
            return "future"
        if head.tag == "VBN" and any(tokens[c].tag in ("VBZ", "VBP") and tokens[c].lemma == "be" for c in kin):
            return "unclear"
        return "past" if head.tag in ("VBD", "VBN") else "unclear"

    def _direct(self, expression: Expression, verb: int) -> bool:
        """Say whether a time hangs on the verb itself, or on a preposition of it.

        In "police are looking for men who fled on Sunday" and "he is tried over the May 2 raid" the time is another's.
        """
        tokens, inside = self.analysis.tokens, self._inside(expression)
        roots = {tokens[i].head for i in inside if tokens[i].head not in inside}
        return any(root == verb or (tokens[root].tag == "IN" and tokens[root].head == verb) for root in roots)

    def _is_due(self, expression: Expression, verb: int) -> bool:
        """Say whether the present tense has the time before it: "he is leaving on Sunday", "the vote is on Sunday"."""
        before = self.tokens.texts[expression.first - 1] if expression.first else ""
        if before in ("since", "from", "after") or not self._direct(expression, verb):
            return False
        head, kin = self.analysis.tokens[verb], [self.analysis.tokens[c] for c in self.analysis.children[verb][:12]]
        if head.lemma == "be":
            return head.tag in ("VBZ", "VBP")
        return head.tag == "VBG" and any(t.tag in ("VBZ", "VBP") and t.lemma == "be" for t in kin)

    def presents(self, expression: Expression) -> bool:
        """Say whether the clause is in the present tense ("he faces court on April 2"), which tells of no past day."""
        verb = self._verb(expression)
        if verb is None or self.analysis.tokens[verb].tag not in ("VBZ", "VBP"):
            return False
        if not self._direct(expression, verb):
            return False
        return self.analysis.tokens[verb].lemma.lower() not in self._reporting

    def _looks_ahead(self, verb: Token) -> bool:
        """Say whether a verb has its time before it: "will meet", "plans to meet", "is set for", "begins"."""
        tokens = self.analysis.tokens
        below = self.analysis.children
        children = [tokens[c] for c in below[verb.i][:12]]
        children += [
            tokens[c] for t in children if t.dep in ("aux", "auxpass") for c in below[t.i][:3]
        ]  # "will be shut"
        if any(child.text in self._future and child.dep in ("aux", "auxpass", "acomp") for child in children):
            return True
        if verb.text.lower() in self._future and verb.tag != "VBD":
            return True
        after = tokens[verb.i + 1].text if verb.i + 1 < len(tokens) else ""
        if verb.text.lower() in self._future_before and after in ("to", "for"):
            return True
        if any(child.tag == "TO" for child in children):
            above = tokens[verb.head]
            if verb.dep in ("acl", "relcl") and above.pos in ("NOUN", "PROPN"):  # "an inquiry to be finished by July"
                return True
            if verb.dep == "xcomp" and above.lemma in self._orders:  # "ordered it to be finished by July"
                return True
            return above.text.lower() in self._future or above.tag in ("VBZ", "VBP")
        return verb.lemma in self._timetabled and verb.tag in ("VBZ", "VBP")

    def told_by_speaker(self, expression: Expression) -> bool:
        """Say whether the time is that of a saying ("police said Tuesday"), not of an event."""
        verb = self._verb(expression)
        return verb is not None and self.analysis.tokens[verb].lemma.lower() in self._reporting
