"""Scores of rules' judgements as log-odds and probabilities, and the verdicts that follow from them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sayso.model.judgement import Verdict
from sayso.store.links import Ruled


def alone(odds: float, least: float) -> Verdict:
    """Return the verdict on a pair if there were no others."""
    return "same" if odds >= least else "different"


def verdict_of(rule: Ruled, found: Mapping[str, str | None]) -> Verdict:
    """Return the verdict on a pair that its clusters give; None is a key that is alone."""
    mine, other = found.get(rule.left), found.get(rule.right)
    return "same" if mine is not None and mine == other else "different"


def is_as(rule: Ruled, odds: float) -> bool:
    """Say whether a judgement has this score; probabilities are compared, since near 1 log-odds lose their digits."""
    return math.isclose(rule.score, probability(odds))


def probability(odds: float) -> float:
    """Return the probability of log-odds."""
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, odds))))


def odds_of(rule: Ruled) -> float:
    """Return the log-odds of a judgement's probability."""
    return math.log(rule.score / (1 - rule.score)) if 0 < rule.score < 1 else math.copysign(500.0, rule.score - 0.5)
