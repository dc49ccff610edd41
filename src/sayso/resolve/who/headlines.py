"""Names in headlines, where capitals tell nothing: only those that the report itself has."""

from __future__ import annotations

from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.same import folded

LONGEST = 8
"""Tokens of a name that is looked for."""


def headline_names(cast: Cast) -> None:
    """Find the known names in the tokens that no mention has taken, longest first."""
    tokens = cast.analysis.tokens
    table: dict[str, Draft] = {}
    for draft in cast.drafts:
        for name in () if draft.gone else draft.names:
            if len(name) > 2:
                table.setdefault(folded(name), draft)
    if not table:
        return
    openings = {name[:n] for name in table for n in range(len(name) + 1)}
    for sentence in cast.analysis.sentences:
        i = sentence.first
        while i < sentence.last:
            step = 1
            if i not in cast.taken and tokens[i].text[0].isupper() and _opens(folded(tokens[i].text), openings):
                for end in range(min(i + LONGEST, sentence.last), i, -1):
                    found = table.get(folded(cast.words(i, end)))
                    if found is not None and not any(k in cast.taken for k in range(i, end)):
                        cast.mention(found, i, end, "name")
                        step = end - i
                        break
            i += step


def _opens(word: str, openings: set[str]) -> bool:
    """Say whether a name may begin with a folded word; what is left out in folding ("The", marks) may open any."""
    return word in openings or "the".startswith(word)
