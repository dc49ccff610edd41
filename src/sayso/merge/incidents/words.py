"""The words of a report, weighed by how rare they are, and how much two reports have in common.

Weights are log term frequency times inverse document frequency (Salton and Buckley 1988), the document frequencies a
table that ships, so that a weight never depends on what else a database holds.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RARITY = Path(__file__).with_name("rarity.tsv")
COMMON = 0.2
"""Words of more than this share of all articles tell nothing."""
KEPT = 64
"""How many words are kept of a report, those that weigh most."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a report that weigh most: `ids` are CRC-32 of them, ascending, `weights` thousandths of unit length."""

    ids: array[int]
    weights: array[int]

    def __bool__(self) -> bool:
        return bool(self.ids)


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without diacritics."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _WORD.findall(plain)


@cache
def _counts() -> tuple[int, dict[str, int]]:
    head, *rows = RARITY.read_text(encoding="utf-8").splitlines()
    return int(head.rpartition("\t")[2]), {word: int(n) for word, _, n in (row.partition("\t") for row in rows)}


def rarity(word: str) -> float:
    """Return how much a word tells: the logarithm of all articles by those that have it; 0 for common ones."""
    articles, counts = _counts()
    known = counts.get(word, 1)
    return 0.0 if known > COMMON * articles or len(word) < 2 else math.log(articles / known)


def weigh(parts: Iterable[tuple[str, float]]) -> Words:
    """Return the words of texts, each text counted so many times as it is given with."""
    times: dict[str, float] = {}
    for text, factor in parts:
        for word in words_of(text):
            times[word] = times.get(word, 0.0) + factor
    weights = {w: math.log1p(n) * rarity(w) for w, n in times.items() if n > 0}
    best = sorted(((x, w) for w, x in weights.items() if x > 0), key=lambda one: (-one[0], one[1]))[:KEPT]
    length = math.sqrt(sum(x * x for x, _ in best)) or 1.0
    by_id = sorted((zlib.crc32(w.encode()), x / length) for x, w in best)
    return Words(array("I", (i for i, _ in by_id)), array("H", (round(1000 * x) for _, x in by_id)))


def in_common(left: Words, right: Words) -> float:
    """Return the cosine (0-1) of two reports' words."""
    of = dict(zip(left.ids, left.weights, strict=True))
    return min(1.0, sum(of[i] * x for i, x in zip(right.ids, right.weights, strict=True) if i in of) / 1e6)
