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


@cache
def _words() -> dict[str, int]:
    return {str(k): int(v) for k, v in words("losses")["numbers"].items()}


@cache
def _phrases(name: str) -> tuple[str, ...]:
    return tuple(sorted(words("losses")[name], key=len, reverse=True))


def number_word(text: str) -> int | None:
    """Return the number that a word or figure stands for ("six", "1,200", "twenty-one"); None for no number."""
    text = text.lower().strip()
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", text):
        value = int(text.replace(",", ""))
        return value if value <= MOST else None
    table = _words()
    if text in table:
        return table[text]
    parts = re.split(r"[\s-]+", text)
    if len(parts) == 2 and all(p in table for p in parts) and table[parts[0]] >= 20 > table[parts[1]]:
        return table[parts[0]] + table[parts[1]]
    if 1 < len(parts) <= 3 and parts[-1] in ("hundred", "thousand", "dozen"):
        lead = number_word(" ".join(parts[:-1]))
        return lead * table[parts[-1]] if lead is not None else None
    return None


def quantity(a: Analysis, head: int) -> Quantity | None:
    """Return how many the noun phrase of `head` counts; None where it gives no number.

    "at least 6" has no upper bound, "up to 8" runs from 1, "between 6 and 8" from 6 to 8, "about 100" is approximate,
    "dozens" is at least 24 (`languages/en/losses.yaml` holds the words).
    """
    token = a.tokens[head]
    number = head if token.pos == "NUM" or (number_word(token.text) is not None and token.tag == "CD") else None
    if number is None:
        numbers = children(a, head, "nummod")
        number = numbers[0] if numbers else None
    if number is None:
        return _vague(a, head) or _single(a, head)
    value = _value(a, number)
    if value is None:
        return None
    first = min([number, *(_leftmost(a, c) for c in children(a, number, "advmod", "quantmod", "amod", "compound"))])
    before = " ".join(t.text.lower() for t in a.tokens[max(first - 4, 0) : number])
    return _bounded(value, before)


def _leftmost(a: Analysis, i: int) -> int:
    return min(a.subtree(i))


def _value(a: Analysis, number: int) -> int | None:
    parts = [a.tokens[c].text for c in children(a, number, "compound", "nummod", "quantmod") if a.tokens[c].tag == "CD"]
    if number >= 2 and a.tokens[number - 1].text == "-" and a.tokens[number - 2].end == a.tokens[number - 1].start:
        parts = [a.tokens[number - 2].text]
    return number_word(" ".join([*parts, a.tokens[number].text])) or number_word(a.tokens[number].text)


def _bounded(value: int, before: str) -> Quantity:
    """Return the quantity of a number by the words before it."""
    between = re.search(r"(?:between|from)\s+(\S+)\s+(?:and|to)\s*$", before)
    if between or re.search(r"(\S+)\s+(?:to|or)\s*$", before):
        match = between or re.search(r"(\S+)\s+(?:to|or)\s*$", before)
        low = number_word(match.group(1)) if match else None
        if low is not None and low <= value:
            return Quantity(low=low, high=value)
    for phrase in _phrases("at_least"):
        if before.endswith(phrase):
            return Quantity(low=value + (phrase in ("more than", "over", "above")), high=None)
    for phrase in _phrases("at_most"):
        if before.endswith(phrase):
            return Quantity(low=1, high=value)
    about = any(re.search(rf"(?:^|\s){re.escape(phrase)}$", before) for phrase in _phrases("about"))
    return Quantity(low=value, high=value, approximate=about)


def _vague(a: Analysis, head: int) -> Quantity | None:
    table = words("losses")["vague"]
    word = a.tokens[head].text.lower()
    if word in table and word not in ("some", "many", "few"):
        return Quantity(low=table[word], high=None, approximate=True)
    for c in children(a, head, "amod", "det", "nummod", "quantmod"):
        word = a.tokens[c].text.lower()
        if word in table:
            return Quantity(low=table[word], high=None, approximate=True)
        if word in ("no", "neither"):
            return Quantity(low=0, high=0)
    outer = a.tokens[head].head
    if a.tokens[head].dep == "pobj" and a.tokens[a.tokens[head].head].text.lower() == "of":
        outer = a.tokens[a.tokens[head].head].head
        word = a.tokens[outer].text.lower()
        if word in table:
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
