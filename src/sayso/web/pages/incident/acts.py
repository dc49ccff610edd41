"""What people decided, act by act: a split calls one report different from each other one, and is one act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sayso.model.judgement import Judgement, Verdict

AT_ONCE = 10.0
"""Seconds between two judgements of one act, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One decision: `key` and each of `others` are the same or are different; `numbers` are its judgements."""

    numbers: tuple[int, ...]
    key: str
    others: tuple[str, ...]
    verdict: Verdict
    author: str
    at: str
    reason: str


def acts_of(judgements: Iterable[Judgement]) -> list[Act]:
    """Return judgements as acts: those made at once, by one, for one reason, of one thing and others."""
    found: list[list[Judgement]] = []
    for one in sorted(judgements, key=lambda one: one.number):
        if found and _goes_on(found[-1], one):
            found[-1].append(one)
        else:
            found.append([one])
    return [_act(act) for act in found]


def _goes_on(act: list[Judgement], one: Judgement) -> bool:
    last = act[-1]
    alike = one.verdict == "different" and _what(last) == _what(one)
    return alike and _seconds(last, one) < AT_ONCE and bool(_common([*act, one]))


def _what(one: Judgement) -> tuple[str, str, str]:
    return one.verdict, one.author, one.reason


def _seconds(one: Judgement, other: Judgement) -> float:
    return (datetime.fromisoformat(other.at) - datetime.fromisoformat(one.at)).total_seconds()


def _common(act: list[Judgement]) -> set[str]:
    return set.intersection(*({one.left, one.right} for one in act))


def _act(act: list[Judgement]) -> Act:
    first = act[0]
    key = min(_common(act))
    own = {name: getattr(first, name) for name in ("verdict", "author", "at", "reason")}
    others = tuple(one.right if one.left == key else one.left for one in act)
    return Act(numbers=tuple(one.number for one in act), key=key, others=others, **own)
