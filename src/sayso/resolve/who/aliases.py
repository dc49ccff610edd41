"""Other names for the same one: in brackets, in quotes, after "also known as", as initials."""

from __future__ import annotations

from sayso.resolve.who.draft import Cast, Draft
from sayso.resolve.who.names import Proper

OPENING = {"(": ")", "[": "]"}
QUOTES = frozenset({'"', "“", "”", "``", "''", "'", "‘", "’", "«", "»", "„"})
LONGEST = 14
"""Tokens of an alias in brackets at most."""


def aliases(cast: Cast, names: list[Proper]) -> None:
    """Join every name to the other names that the text gives for it on the spot."""
    cues = [tuple(cue.split()) for cue in sorted(cast.lexicon.aliases, key=len, reverse=True)]
    heads = {name.first: name for name in names}
    for name in names:
        draft = cast.taken.get(name.first)
        if draft is None:
            continue
        if name.nickname:
            draft.call(cast.words(*name.nickname))
        _bracket(cast, name, draft, cues)
        _inline(cast, name, draft, cues, heads)


def _cue(cast: Cast, i: int, cues: list[tuple[str, ...]]) -> tuple[int, str]:
    """Return how many tokens from `i` on are an alias cue, and the cue."""
    low = tuple(t.text.lower() for t in cast.analysis.tokens[i : i + 6])
    for cue in cues:
        if low[: len(cue)] == cue:
            return len(cue), " ".join(cue)
    return 0, ""


def _bracket(cast: Cast, name: Proper, draft: Draft, cues: list[tuple[str, ...]]) -> None:
    """Read `Name (alias)`, `Name [Alias in Full]`, `Name (aka Other)`."""
    tokens = cast.analysis.tokens
    i = name.last
    while i < len(tokens) and tokens[i].text in QUOTES:
        i += 1
    if i >= len(tokens) or tokens[i].text not in OPENING:
        return
    closing = OPENING[tokens[i].text]
    end = next((k for k in range(i + 1, min(i + LONGEST + 2, len(tokens))) if tokens[k].text == closing), None)
    if end is None:
        return
    length, _ = _cue(cast, i + 1, cues)
    first, last = _bare(cast, i + 1 + length, end)
    comma = next((k for k in range(first, last) if tokens[k].text in {",", ";"}), last)
    if comma > first and (length or _is_name(cast, first, comma, draft)):
        _join(cast, draft, first, comma)


def _bare(cast: Cast, first: int, last: int) -> tuple[int, int]:
    """Return the range without quotation marks and a small article around it."""
    tokens = cast.analysis.tokens
    while first < last and (tokens[first].text in QUOTES or tokens[first].text in {"the", "or", ",", "."}):
        first += 1
    while last > first and tokens[last - 1].text in QUOTES | {",", "."}:
        last -= 1
    return first, last


def _is_name(cast: Cast, first: int, last: int, draft: Draft) -> bool:
    """Say whether bare words in brackets behind an organization are its name in full, in translation or in initials."""
    tokens, lex = cast.analysis.tokens, cast.lexicon
    if draft.kind not in ("organization", "government_body"):
        return False
    words = [tokens[i].text for i in range(first, last)]
    joined = " ".join(words).lower()
    if joined in lex.places or lex.nation(joined) is not None or first in cast.placenames:
        return False
    other = cast.taken.get(first)
    if other is not None and other.kind == "person":
        return False
    small = lex.connectors | lex.particles | {"-", "/", "'s", "al"}
    proper = all(w[0].isupper() or w.lower() in small for w in words) and words[0][0].isupper()
    acronym = len(words) == 1 and words[0].isupper() and len(words[0]) > 1
    return acronym or (proper and len(words) > 1)


def _inline(cast: Cast, name: Proper, draft: Draft, cues: list[tuple[str, ...]], heads: dict[int, Proper]) -> None:
    """Read `Name, also known as Other,` and `Name alias Other`."""
    tokens = cast.analysis.tokens
    i = name.last
    if i < len(tokens) and tokens[i].text == ",":
        i += 1
    if i > name.last and _initials_of(cast, name, i):
        _join(cast, draft, i, i + 1)
        return
    length, cue = _cue(cast, i, cues)
    if not length:
        return
    first = i + length
    while first < len(tokens) and (tokens[first].text in QUOTES or tokens[first].text in {"the", "by", "as", "."}):
        first += 1
    other = heads.get(first) or heads.get(first + 2)
    if other is None or (cue == "or" and not _acronym_or_quoted(cast, other)):
        return
    if cue == "or" and draft.kind == "person":
        return
    _join(cast, draft, other.first, other.last)


def _initials_of(cast: Cast, name: Proper, i: int) -> bool:
    """Say whether a comma phrase is the name's initials, in any order of words: "National Farmers Party, PNF,"."""
    tokens = cast.analysis.tokens
    if i + 1 >= len(tokens) or tokens[i + 1].text not in {",", ".", ")"} or name.last - name.first < 2:
        return False
    text = tokens[i].text
    firsts = {t.text[0] for t in tokens[name.first : name.last]}
    return text.isupper() and text.isalpha() and 2 < len(text) < 8 and sum(c in firsts for c in text) >= 0.6 * len(text)


def _acronym_or_quoted(cast: Cast, other: Proper) -> bool:
    tokens = cast.analysis.tokens
    text = tokens[other.first].text
    return (other.last - other.first == 1 and text.isupper() and len(text) > 1) or tokens[
        other.first - 1
    ].text in QUOTES


def _join(cast: Cast, draft: Draft, first: int, last: int) -> None:
    """Make tokens `[first, last)` another name of `draft`."""
    other = cast.taken.get(first)
    short = draft.names[0]
    if other is not None and other is not draft:
        cast.merge(draft, other)
    elif other is None:
        cast.mention(draft, first, last, "alias")
    alias = cast.words(first, last)
    draft.call(alias)
    cast.placenames.difference_update(range(first, last))
    if short.isupper() and " " not in short and " " in alias:
        draft.names.remove(alias)
        draft.names.insert(0, alias)
