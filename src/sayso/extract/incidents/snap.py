"""Snaps words that the model takes for a role to noun phrases: it sees pieces, and lists as one."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.incidents.lexicon import weapon_kind
from sayso.model.analysis import Analysis
from sayso.model.evidence import Evidence
from sayso.model.span import Span

NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
EDGES = frozenset({"PUNCT", "SPACE", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "ADV", "VERB"})
"""No phrase ends in these."""
FRONT = (EDGES | {"DET"}) - {"VERB", "ADV"}
"""No phrase begins with these."""
BEFORE_NOUN = frozenset({"compound", "amod", "nmod", "nummod", "det", "quantmod"})
REACH = 4
"""Tokens within which a noun is looked for that what was seen belongs to."""
THINGS = frozenset({"target", "perpetrator"})
PEOPLE = THINGS | {"victim"}
"""Roles whose words run on to the noun they stand before; of others "priest" or "bomb" may be all that is meant."""
BEGINS = 0.1
"""How sure the model must be that a role begins behind an "and" for it to part two phrases."""


def snapped(a: Analysis, evidence: Evidence, role: str, start: int, end: int) -> list[Span]:
    """Return the noun phrases that the words `[start, end)` are, or are pieces of; each goes to the end of its noun."""
    found = []
    for part in _parts(a, evidence, role, start, end):
        first, last = part[0], part[-1]
        while first <= last and a.tokens[first].pos in FRONT:
            first += 1
        while last >= first and a.tokens[last].pos in EDGES:
            last -= 1
        bare = not any(a.tokens[i].pos in NOUNS for i in range(first, last + 1))
        noun = _to_noun(a, last) if last >= first else last
        if role in (PEOPLE if bare else THINGS) or (bare and role == "weapon" and weapon_kind(a, noun)):
            last = noun
        if last >= first and any(a.tokens[i].pos in NOUNS for i in range(first, last + 1)):
            found.append(a.span(first, last + 1))
    return found


def _parts(a: Analysis, evidence: Evidence, role: str, start: int, end: int) -> Iterator[list[int]]:
    first = a.token_at(start)
    last = a.token_at(max(start, end - 1))
    part: list[int] = []
    for i in range(first, last + 1):
        token = a.tokens[i]
        follows = i < last and evidence.edges(role, a.tokens[i + 1].start, a.tokens[i + 1].end)[0] >= BEGINS
        if token.text in (",", ";", ":") or (token.pos == "CCONJ" and follows):
            if part:
                yield part
            part = []
        else:
            part.append(i)
    if part:
        yield part


def _to_noun(a: Analysis, last: int) -> int:
    """Return the noun that the last token only stands before ("private" of "private residence"), else that token."""
    token = a.tokens[last]
    while token.dep in BEFORE_NOUN and last < token.head <= last + REACH:
        last = max(token.head, last)
        token = a.tokens[last]
    return last
