"""How many: numbers in words and figures, bounded as the text bounds them."""

from __future__ import annotations

import re
from functools import cache

from sayso.extract.incidents.syntax import children
from sayso.languages import words
from sayso.model.analysis import Analysis
from sayso.model.claim import Quantity

MOST = 10_000_000
"""No incident has more victims: a larger number is a year of money, votes or distance, misread."""
LONGEST = 4
"""Tokens of one number: "twenty", "-", "one" are three."""
BEFORE, AFTER = 5, 4
"""Tokens beside a number that may bound it: "a minimum of not less than", "or as many as"."""
_DASHES = ("-", "–", "—", "/")


@cache
def _words() -> dict[str, int]:
    return {str(k): int(v) for k, v in words("losses")["numbers"].items()}


@cache
def _vague_words() -> dict[str, int]:
    return {str(k): int(v) for k, v in words("losses")["vague"].items()}


@cache
def _bounds(side: str) -> tuple[tuple[str, str], ...]:
    """Return the phrases beside a number, longest first, each with what it makes of the number."""
    table = {str(p): bound for bound, phrases in words("losses")[side].items() for p in phrases}
    return tuple(sorted(table.items(), key=lambda item: -len(item[0])))


def number_word(text: str) -> int | None:
    """Return the number that a word or figure stands for ("six", "1,200", "twenty-one"); None for no number."""
    text = text.lower().strip()
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d{1,9}", text, re.ASCII):
        value = int(text.replace(",", ""))
        return value if value <= MOST else None
    table = _words()
    if text in table:
        return table[text]
    parts = re.split(r"[\s-]+", text)
    if len(parts) == 2 and all(p in table for p in parts) and table[parts[0]] >= 20 > table[parts[1]]:
        return table[parts[0]] + table[parts[1]]
    if 1 < len(parts) <= 3 and parts[-1] in ("hundred", "thousand", "dozen"):
        if parts[:-1] in (["half"], ["half", "a"]):
            return table[parts[-1]] // 2
        lead = number_word(" ".join(parts[:-1]))
        return lead * table[parts[-1]] if lead is not None and lead * table[parts[-1]] <= MOST else None
    return None


def quantity(a: Analysis, head: int) -> Quantity | None:
    """Return how many the noun phrase of `head` counts; None where it gives no number.

    "at least 6" has no upper bound, "up to 8" runs from 1, "between 6 and 8" from 6 to 8, "about 100" is approximate,
    "dozens" is at least 24 (`languages/en/losses.yaml` holds the words).
    """
    number = _number(a, head)
    if number is None:
        return _vague(a, head) or _single(a, head)
    found = _run(a, number)
    if found is None:
        return None
    first, last, value = found
    sentence = a.sentences[a.sentence_of(number)]
    before = [t.text.lower() for t in a.tokens[max(first - BEFORE, sentence.first) : first]]
    after = [t.text.lower() for t in a.tokens[last : min(last + AFTER, sentence.last)]]
    return _bounded(value, before, after)


def _number(a: Analysis, head: int) -> int | None:
    token = a.tokens[head]
    if token.pos == "NUM" or (token.tag == "CD" and number_word(token.text) is not None):
        return head
    for c in children(a, head, "nummod"):
        if a.tokens[c].tag == "CD" or number_word(a.tokens[c].text) is not None:
            return c
    for c in children(a, head, "compound", "quantmod", "amod"):
        if a.tokens[c].text.lower() in ("dozen", "hundred", "thousand"):
            return c
    if token.lemma.lower() in ("dozen", "hundred", "thousand") and token.tag not in ("NNS",):
        return head
    return None


def _run(a: Analysis, number: int) -> tuple[int, int, int] | None:
    """Return the longest stretch of tokens around `number` that reads as one number, with its value."""
    sentence = a.sentences[a.sentence_of(number)]
    best: tuple[int, int, int] | None = None
    for first in range(max(sentence.first, number - LONGEST + 1), number + 1):
        for last in range(number + 1, min(sentence.last, first + LONGEST) + 1):
            value = number_word(a.text[a.tokens[first].start : a.tokens[last - 1].end])
            if value is not None and (best is None or last - first > best[1] - best[0]):
                best = first, last, value
    return best


def _bounded(value: int, before: list[str], after: list[str]) -> Quantity:
    """Return the quantity of a number by the words beside it."""
    ends = _other_end(value, before, after)
    if ends:
        return Quantity(low=ends[0], high=ends[1])
    right, left = " ".join(after) + " ", " " + " ".join(before)
    for side, phrase, bound in (
        *((right.startswith(f"{p} "), p, b) for p, b in _bounds("after")),
        *((left.endswith(f" {p}"), p, b) for p, b in _bounds("before")),
    ):
        if not side:
            continue
        strict = phrase in words("losses")["strict"]
        match bound:
            case "at_least":
                return Quantity(low=value + strict, high=None)
            case "at_most":
                return Quantity(low=min(1, value), high=max(value - strict, min(1, value)))
            case _:
                return Quantity(low=value, high=value, approximate=True)
    return Quantity(low=value, high=value)


def _other_end(value: int, before: list[str], after: list[str]) -> tuple[int, int] | None:
    """Return both ends of "six to eight", "between 6 and 8", "20-25", of which `value` is one."""
    links = ("to", "or", *_DASHES)
    between = "between" in before[-3:-2]
    if len(before) >= 2 and (before[-1] in links or (before[-1] == "and" and between)):
        low = number_word(before[-2])
        ranging = "from" not in before[-3:-2] or before[-4:-3] == ["ranging"]
        if low is not None and low < value and ranging:
            return low, value
    opened = before[-1:] == ["between"]
    if len(after) >= 2 and (after[0] in links or (after[0] == "and" and opened)):
        high = number_word(after[1])
        if high is not None and value < high and "from" not in before[-1:]:
            return value, high
    return None


def _vague(a: Analysis, head: int) -> Quantity | None:
    table = _vague_words()
    word = a.tokens[head].text.lower()
    if word in table and word not in ("some", "many", "few"):
        return Quantity(low=table[word], high=None, approximate=True)
    for c in children(a, head, "amod", "det", "nummod", "quantmod", "predet"):
        word = a.tokens[c].text.lower()
        if word == "both":
            return Quantity(low=2, high=2)
        if word == "some" and a.tokens[head].tag not in ("NNS", "NNPS"):
            continue
        if word in table and not any(a.tokens[g].text.lower() == "how" for g in a.children[c]):
            return Quantity(low=table[word], high=None, approximate=True)
        if word in ("no", "neither"):
            return Quantity(low=0, high=0)
    token = a.tokens[head]
    if token.dep == "pobj" and a.tokens[token.head].text.lower() == "of":
        outer = a.tokens[token.head].head
        word = a.tokens[outer].text.lower()
        if word in table and (word != "number" or token.tag in ("NNS", "NNPS")):
            return Quantity(low=table[word], high=None, approximate=True)
    return None


def _single(a: Analysis, head: int) -> Quantity | None:
    """Return one for "a policeman", "the mayor", a single name; None for a plural without a number or a mass."""
    token = a.tokens[head]
    if token.text.lower() in ("nobody", "none") or (token.text.lower() == "one" and children(a, head, "det")):
        return Quantity(low=0, high=0)
    if token.tag in ("NNS", "NNPS") or token.lemma.lower() in words("people")["collective"]:
        return None
    if token.tag in ("NN", "NNP") and token.lemma.lower() not in ("people", "police", "army", "military", "patrol"):
        return Quantity(low=1, high=1)
    return None
