"""MUC-4 template files scored without a person: the rules of the MUC-4 scoring guidelines (version 7), fixed.

Templates of key and response are paired by content so that the sum of slot credits is greatest; a pair must agree on
the incident type and on one of the slots that tell what was attacked and by whom. A fill earns 1, a half or nothing;
recall is credit over possible fills, precision credit over actual fills, over the 23 slots that are scored
("all templates"). Source: MUC-4 Scoring Guidelines; where a scorer of 1992 asked its user whether a string was close
enough, fixed rules decide.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from sayso.evaluate.muc4_format import NUMBERS, SCORED, STRINGS, TOTALS, UNREFERRED, Fill, Template, lists, parse

PAIRING = (9, 10, 12, 13, 18, 19, 20)
PARENT = {
    "machine gun": "gun", "mortar": "gun", "handgun": "gun", "rifle": "gun", "bomb": "explosive",
    "vehicle bomb": "bomb", "dynamite": "bomb", "mine": "bomb", "aerial bomb": "bomb", "grenade": "explosive",
    "molotov cocktail": "explosive", "missile": "projectile", "rocket": "projectile",
}  # fmt: skip
"""The hierarchy of instruments: a wider fill than the key's earns a half."""
HALVES = {
    (11, "suspected or accused by authorities", "suspected or accused"),
    (13, "government office or residence", "political figure office or residence"),
    (16, "some damage", "destroyed"),
    (20, "former government official", "government official"),
    (20, "former active military", "active military"),
    (20, "government official", "political figure"),
    (23, "no injury or death", "no injury"),
    (23, "no injury or death", "no death"),
}
"""Slot, key and response that earn a half: neighbours in the guidelines' set lists."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@cache
def _quantifiers() -> frozenset[str]:
    return frozenset(lists()["quantifiers"])


@cache
def _light() -> frozenset[str]:
    return _quantifiers() | frozenset(lists()["light"])


Counts = dict[int, np.ndarray]
"""By slot number: correct, partly correct, possible, actual."""


@cache
def _bare(text: str) -> tuple[str, ...]:
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?|~?\d+", text.lower())
    while words and words[0] in _quantifiers():
        words = words[1:]
    return tuple(words)


@cache
def string_credit(key: tuple[str, ...], response: tuple[str, ...]) -> float:
    """Return 1 for the same words, light ones aside, and a half where one holds all words of the other."""
    best = 0.0
    for k in map(_bare, key):
        for r in map(_bare, response):
            if not k or not r:
                continue
            if k == r:
                return 1.0
            heavy_k, heavy_r = ([word for word in words if word not in _light()] for words in (k, r))
            if not heavy_k or not heavy_r:
                continue
            if heavy_k == heavy_r:
                return 1.0
            shorter, longer = sorted((heavy_k, heavy_r), key=len)
            if set(shorter) <= set(longer):
                best = 0.5
    return best


def _day(text: str) -> int:
    day, month, year = text.split()
    return int(year) * 372 + _MONTHS.index(month) * 31 + int(day)


def date_credit(key: str, response: str) -> float:
    """Return 1 for the same date, a half for a day within the key's interval or a bound on the same day."""
    key, response = (re.sub(r"\s+", " ", text) for text in (key, response))
    if key == response:
        return 1.0
    of_key, of_response = (re.findall(r"\d{1,2} [a-z]{3} \d{2}", text) for text in (key, response))
    if not of_key or not of_response:
        return 0.0
    if response.startswith("-"):
        return 0.5 if of_response[-1] == of_key[-1] else 0.0
    if "-" not in key:
        return 0.0
    if of_response[0] in of_key:
        return 0.5
    try:
        high = _day(of_key[-1])
        low = _day(of_key[0]) if len(of_key) > 1 else high - 10
        return 0.5 if low <= _day(of_response[0]) <= high else 0.0
    except ValueError:
        return 0.0


def location_credit(key: str, response: str) -> float:
    """Return 1 for the same places, a half for the same country or for the same places in another country."""
    k, r = ([re.sub(r"\s*\([^)]*\)", "", p).strip() for p in t.split(":") if p.strip()] for t in (key, response))
    if k == r or set(k) == set(r):
        return 1.0
    return 0.5 if k and r and (k[0] == r[0] or k[1:] == r[1:] != []) else 0.0


def _number_credit(key: str, response: str) -> float:
    if key == response:
        return 1.0
    return 0.5 if response.isdecimal() and (key == "~" + response or response in key.split("-")) else 0.0


def _set_credit(slot: int, key: str, response: str) -> float:
    if key == response:
        return 1.0
    if slot == 7:
        parent = PARENT.get(key)
        while parent:
            if parent == response:
                return 0.5
            parent = PARENT.get(parent)
    return 0.5 if (slot, key, response) in HALVES or (slot == 4 and response == "attack") else 0.0


def credit(slot: int, key: Fill, response: Fill) -> float:
    """Return the credit (1, a half or nothing) of a response's fill against a key's."""
    if slot in STRINGS:
        earned = string_credit(key.values, response.values)
    else:
        earned = max((_value_credit(slot, k, r) for k in key.values for r in response.values), default=0.0)
    if earned == 1.0 and slot not in UNREFERRED and (key.refers or response.refers):
        known = key.refers and response.refers and string_credit(key.refers, response.refers)
        return 1.0 if known else 0.5
    return earned


def _value_credit(slot: int, key: str, response: str) -> float:
    if slot == 2:
        return date_credit(key, response)
    if slot == 3:
        return location_credit(key, response)
    if slot in NUMBERS | TOTALS:
        return _number_credit(key, response)
    return _set_credit(slot, key, response)


def _slot_counts(slot: int, key: tuple[Fill, ...], response: tuple[Fill, ...]) -> np.ndarray:
    correct = partial = 0
    matched: set[int] = set()
    if key and response:
        credits = np.array([[credit(slot, k, r) for r in response] for k in key])
        for i, j in zip(*linear_sum_assignment(-credits), strict=True):
            correct += credits[i, j] == 1.0
            partial += credits[i, j] == 0.5
            if credits[i, j]:
                matched.add(int(i))
    possible = sum(1 for i, fill in enumerate(key) if not fill.optional or i in matched)
    return np.array([correct, partial, possible, len(response)], float)


def _pair_counts(key: Template, response: Template) -> Counts:
    return {s: _slot_counts(s, key.slots.get(s, ()), response.slots.get(s, ())) for s in SCORED}


def _may_pair(counts: Counts) -> bool:
    return bool(counts[4][:2].sum()) and any(counts[slot][:2].sum() for slot in PAIRING)


def score_message(keys: list[Template], responses: list[Template]) -> Counts:
    """Return the counts of one message; slot 1 counts the templates themselves."""
    total: Counts = {slot: np.zeros(4) for slot in (1, *SCORED)}
    paired_keys: set[int] = set()
    paired_responses: set[int] = set()
    if keys and responses:
        pairs = [[_pair_counts(k, r) for r in responses] for k in keys]
        gains = np.array(
            [[1 + sum(v[0] + v[1] / 2 for v in c.values()) if _may_pair(c) else 0.0 for c in row] for row in pairs]
        )
        for i, j in zip(*linear_sum_assignment(-gains), strict=True):
            if gains[i, j] > 0:
                paired_keys.add(int(i))
                paired_responses.add(int(j))
                total[1] += [1, 0, 1, 1]
                for slot, counts in pairs[i][j].items():
                    total[slot] += counts
    for i, key in enumerate(keys):
        if i not in paired_keys and not key.optional:
            total[1] += [0, 0, 1, 0]
            for slot, fills in key.slots.items():
                total[slot] += [0, 0, sum(not fill.optional for fill in fills), 0]
    for j, response in enumerate(responses):
        if j not in paired_responses:
            total[1] += [0, 0, 0, 1]
            for slot, fills in response.slots.items():
                total[slot] += [0, 0, 0, len(fills)]
    return total


def counts_of(gold: Path, predictions: Path) -> Counts:
    """Return the counts of a whole file of predictions over the messages that the key names."""
    keys, responses = (parse(path.read_text(encoding="latin-1")) for path in (gold, predictions))
    total: Counts = {slot: np.zeros(4) for slot in (1, *SCORED)}
    for message, templates in keys.items():
        for slot, counts in score_message(templates, responses.get(message, [])).items():
            total[slot] += counts
    return total


def precision_recall_f(counts: np.ndarray) -> tuple[float, float, float]:
    """Return precision, recall and F1 in per cent."""
    hits = counts[0] + counts[1] / 2
    precision = float(100 * hits / counts[3]) if counts[3] else 0.0
    recall = float(100 * hits / counts[2]) if counts[2] else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0
