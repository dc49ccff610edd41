"""Reads a text as runs of five words, each a number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]

WIDTH = 5
"""Words in a run. Broder, "On the resemblance and containment of documents" (1997), takes runs of words as the parts of
a text; two reports of one incident share few of five words outside quotations."""

UNSPACED_WIDTH = 10
"""Characters in a run where a script has no spaces between words: about five words of two characters."""

STANDING = 12
"""Words from which a paragraph counts: shorter ones are headlines, bylines, credits and links."""

STANDING_SHARE = 1 / 3
"""Share of a text's words up to which short paragraphs are left out; a text of more of them (a list, broken lines) is
read through as one paragraph."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0dff"
_WORD = re.compile(f"(?P<one>[{_UNSPACED}])|(?:(?![{_UNSPACED}_])[\\w{_MARKS}])+")
_SILENT = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc`\u00ad\u200b\u200c\u200d\ufeff"))
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LONGEST_WORD = 100
_STEP, _MIX1, _MIX2 = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """A text's runs in reading order, those within paragraphs only, and the digest of all its words.

    `digest` is 16 bytes of BLAKE2b over the words, so that capitals, punctuation and spaces make no difference.
    """

    values: Numbers
    words: int
    digest: bytes


def runs_of(text: str) -> Runs:
    """Return the runs of a text; any text will do, and the time is linear in its length."""
    known: dict[str, int] = {}
    numbers: list[int] = []
    lengths: list[int] = []
    alone = 0
    for paragraph in _paragraphs(text.translate(_SILENT)):
        before = len(numbers)
        for match in _WORD.finditer(paragraph):
            word = match[0]
            alone += match["one"] is not None
            number = known.get(word)
            if number is None:
                number = known[word] = _number(word)
            numbers.append(number)
        lengths.append(len(numbers) - before)
    words = np.array(numbers, dtype=np.uint64)
    unspaced = 2 * alone > len(numbers)
    values = _hashed(words, np.array(lengths), UNSPACED_WIDTH if unspaced else WIDTH)
    return Runs(
        values=values,
        words=len(numbers),
        digest=blake2b(words.astype("<u8").tobytes(), digest_size=16).digest(),
    )


def _paragraphs(text: str) -> list[str]:
    """Split at blank lines, or at each line where a text has none."""
    found = _BLANK_LINE.split(text)
    return found if len(found) > 1 else text.split("\n")


def _number(word: str) -> int:
    """Return 64 bits for a word, the same for its capitals, widths and ways to write an accent."""
    if len(word) <= _LONGEST_WORD:
        word = unicodedata.normalize("NFKC", word)
    folded = word.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(folded, digest_size=8).digest(), "little")


def _hashed(words: Numbers, lengths: NDArray[np.int_], width: int) -> Numbers:
    """Return the numbers of the runs that stand whole in a paragraph that counts; `lengths` are theirs, in words."""
    if len(words) < width:
        return np.empty(0, dtype=np.uint64)
    least = STANDING * width // WIDTH
    short = lengths < least
    if lengths[short].sum() > STANDING_SHARE * len(words):
        short, lengths = np.zeros(1, dtype=bool), lengths.sum(keepdims=True)
    place = np.repeat(np.arange(len(lengths)), lengths)
    last = len(words) - width + 1
    total = words[:last].copy()
    for k in range(1, width):
        total = total * _STEP + words[k : last + k]
    inside = (place[:last] == place[width - 1 :]) & ~short[place[:last]]
    return mixed(total[inside])


def mixed(values: Numbers) -> Numbers:
    """Spread 64-bit numbers evenly: the last step of SplitMix64 (Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * _MIX1
    values = (values ^ (values >> np.uint64(27))) * _MIX2
    return values ^ (values >> np.uint64(31))
