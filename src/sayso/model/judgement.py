"""Whether two things are one: how they compare, and what a rule or a person has decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "different"]
Subject = Literal["incident", "entity", "copy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One piece of evidence for or against two things being one.

    `feature` names the comparison (a row of a table of weights), `weight` is in log-odds, positive where it speaks for
    one thing, and `words` says in English what was found.
    """

    feature: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How two things compare: `score` is the probability (0-1) that they are one, with its reasons, strongest first."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A recorded decision that two things are or are not the same; it can be revoked and is never erased.

    `left` and `right` are the keys of two incidents, entities or articles (`left` < `right`). `author` is a person's
    name or the rule that decided, `score` the probability that they are one (None for a person). `revoked` is when it
    was taken back, None where it stands. `at` and `revoked` are UTC, ISO 8601.
    """

    number: int
    subject: Subject
    left: str
    right: str
    verdict: Verdict
    score: float | None
    reason: str
    author: str
    at: str
    revoked: str | None = None
    revoked_by: str | None = None
