"""Printed pages that a machine has read: words parted at line ends, running heads, and letters taken for others."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from functools import cache

from sayso.clean.prose import is_closed
from sayso.clean.traced import Traced
from sayso.languages import every_word

_PARTED = re.compile(r"(?<=[a-z])-[ \t]*[\r\n]+[ \t]*(?=[a-z])")
_SPACED = re.compile(r"(?<![^\s(\"“])[A-Za-z](?: [a-z]){2,}(?![^\s,.;:)\"”])")
"""Letters set apart for emphasis ("I n s p e c t o r")."""
_DIGIT_IN_WORD = re.compile(r"\b(?:[A-Za-z]*[a-z][10]+[a-z]+|[A-Z]?[a-z]{3,}[10])\b")
_WORD = re.compile(r"[A-Za-z]*(?:rn|RN)[A-Za-z]*")
_NOISY = 2
"""Words with a digit inside from which a text counts as one that a machine has read."""
_HEAD_WORDS = (2, 14)
_ENDINGS = ("", "s", "es", "d", "ed", "ing", "er", "ers", "'s")


def mended(text: Traced) -> Traced:
    """Return a paragraph with words put together that were parted at a line's end or letter by letter."""
    if "-" not in text.text and not _SPACED.search(text.text):
        return text
    cuts = [match.span() for match in _PARTED.finditer(text.text)]
    for match in _SPACED.finditer(text.text):
        cuts += [(i, i + 1) for i in range(*match.span()) if text.text[i] == " "]
    return _without(text, sorted(cuts))


def is_noisy(content: str) -> bool:
    """Say whether a text has the marks of a machine's reading: ones and noughts inside words."""
    found = 0
    for match in _DIGIT_IN_WORD.finditer(content):
        found += any(c in "10" for c in match.group()[1:-1])
        if found >= _NOISY:
            return True
    return False


def reread(text: Traced) -> Traced:
    """Return a paragraph of a noisy text with the letters that were meant: l and o for 1 and 0, m for rn.

    m stands for rn only where that makes a word that sayso knows out of one that it does not.
    """
    marks = list(text.text)
    for match in _DIGIT_IN_WORD.finditer(text.text):
        for i in range(*match.span()):
            marks[i] = {"1": "l", "0": "o"}.get(marks[i], marks[i])
    text = Traced("".join(marks), text.origins)
    cuts: list[tuple[int, int]] = []
    for match in _WORD.finditer(text.text):
        word = match.group()
        meant = word.replace("rn", "m").replace("RN", "M")
        if _known(meant) and not _known(word):
            at = [match.start() + found.start() for found in re.finditer("rn|RN", word)]
            cuts += [(i + 1, i + 2) for i in at]
            for i in at:
                marks[i] = "m" if text.text[i] == "r" else "M"
    return _without(Traced("".join(marks), text.origins), cuts)


def without_running_heads(content: str) -> tuple[str, str | None]:
    """Return the text with the running heads of its pages blanked out, all else in place, and the first of them.

    They are lines that are alike but for a page number, which differs. Where the line before one stops amid a sentence,
    the blank lines around it go, too: the paragraph runs on over the page.
    """
    lines = list(_LINE.finditer(content))
    low, high = _HEAD_WORDS
    numbered = [line for line in lines if low <= len(line.group().split()) <= high and _NUMBER.search(line.group())]
    names = {line.start(): _without_number(line.group()) for line in numbered}
    alike = Counter(names.values())
    heads = [line for line in numbered if alike[names[line.start()]] > 1 and any(map(str.isalpha, names[line.start()]))]
    if len({line.group() for line in heads}) < 2:
        return content, None
    pieces: list[str] = []
    at = 0
    for line in heads:
        before, after = content[at : line.start()], content[line.end() :]
        end = line.end()
        if before.strip() and not is_closed(before):
            end += len(after) - len(after.lstrip())
            before = before.rstrip()
        pieces += [before, " " * (end - at - len(before) - 1), "\n" if end > at + len(before) else ""]
        at = end
    return "".join([*pieces, content[at:]]), heads[0].group().strip()


_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_NUMBER = re.compile(r"(?:\bpage )?\d{1,4}\s*$|\bpage \d{1,4}\b|^\s*\d{1,4}\b", re.I)


def _without_number(line: str) -> str:
    return " ".join(_NUMBER.sub("", line, count=1).split())


@cache
def _vocabulary() -> frozenset[str]:
    return every_word()


def _known(word: str) -> bool:
    small = word.lower()
    return any(
        small.endswith(ending) and small[: len(small) - len(ending)] in _vocabulary() for ending in _ENDINGS
    ) or (small.endswith(("ed", "ing")) and small.removesuffix("ed").removesuffix("ing") + "e" in _vocabulary())


def _without(text: Traced, cuts: list[tuple[int, int]]) -> Traced:
    """Return the text with stretches left out."""
    if not cuts:
        return text
    pieces: list[str] = []
    origins = array("q")
    at = 0
    for start, end in [*cuts, (len(text), len(text))]:
        if start >= at:
            pieces.append(text.text[at:start])
            origins.extend(text.origins[at:start])
            at = end
    return Traced("".join(pieces), origins)
