"""When two names within one article are the same: shortened, spelled differently, or written as initials."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from sayso.resolve.who.lexicon import lexicon

SMALL = frozenset({"the", "of", "for", "and", "de", "del", "la", "las", "los", "el", "y", "du", "des", "do", "da", "a"})
MARKS = dict.fromkeys(map(ord, "-‑'’`.\"“”"))


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a name without case, accents, hyphens and apostrophes, words parted by one blank."""
    if name.isascii():
        plain = name.lower()  # the same as below, and quicker
    else:
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = plain.translate(MARKS).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def near(a: str, b: str) -> bool:
    """Say whether two folded words are one word spelled in two ways: one slip in five letters, two in nine."""
    if a == b:
        return True
    longest = max(len(a), len(b))
    if min(len(a), len(b)) < 5 or a[0] != b[0] or abs(len(a) - len(b)) > 2:
        return False
    from rapidfuzz.distance import DamerauLevenshtein

    allowed = 2 if longest >= 9 else 1
    return DamerauLevenshtein.distance(a, b, score_cutoff=allowed) <= allowed


def shortens(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Say whether a person's folded name is a shorter form of another: a surname, or some of its words in order."""
    if len(short) > len(full):
        return False
    if len(short) == 1:
        word = short[0]
        return len(word) > 1 and (near(word, full[-1]) or word in full)
    if len(short) == len(full):
        return all(_same_or_initial(a, b) for a, b in zip(short, full, strict=True)) and near(short[-1], full[-1])
    at = 0
    for word in short:
        while at < len(full) and not _same_or_initial(word, full[at]):
            at += 1
        if at == len(full):
            return False
        at += 1
    return sum(len(w) > 1 for w in short) >= 2


def _same_or_initial(a: str, b: str) -> bool:
    given = lexicon().forenames
    if a != b and a in given and b in given:
        return False
    return near(a, b) or ((len(a) == 1 or len(b) == 1) and a[0] == b[0])


def initials(name: str) -> set[str]:
    """Return the acronyms that the words of a name can make, with and without its small words."""
    words = folded(name).split()
    return {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in SMALL)}


def same_organization(a: str, b: str) -> bool:
    """Say whether two folded names of organizations are the same but for spelling."""
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return True
    wa, wb = a.split(), b.split()
    if len(wa) != len(wb) or len(wa) < 2:
        return False
    return all(near(x, y) for x, y in zip(wa, wb, strict=True))
