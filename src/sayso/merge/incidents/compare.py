"""Whether two reports tell of one incident: findings weighed by a table."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import Any

import yaml

from sayso.errors import ConfigurationError
from sayso.merge.incidents.evidence import findings
from sayso.merge.incidents.sketch import Sketch
from sayso.model.judgement import Comparison, Reason

MAKER = "same-incident/2"
"""Who decides, in judgements; the number goes up with the features or their weights."""


@cache
def weights() -> dict[str, float]:
    """Return the weight of each feature, and the `prior`. Raises ConfigurationError where the table is damaged."""
    raw: Any = yaml.safe_load(resources.files(__package__).joinpath("weights.yaml").read_text(encoding="utf-8"))
    try:
        return {str(name): float(weight) for name, weight in raw.items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise ConfigurationError(
            f"this table of weights is damaged ({error})", value="weights.yaml", next_step="Reinstall sayso"
        ) from error


def log_odds(left: Sketch, right: Sketch) -> float:
    """Return the log-odds that two sketches are of one incident."""
    table = weights()
    return table["prior"] + sum(table.get(f.feature, 0.0) * f.amount for f in findings(left, right))


def compare(left: Sketch, right: Sketch) -> Comparison:
    """Return the probability that two sketches are of one incident, with what speaks for and against it."""
    table = weights()
    weighed = [Reason(feature=f.feature, weight=table.get(f.feature, 0.0) * f.amount, words=f.words)
               for f in findings(left, right)]  # fmt: skip
    total = table["prior"] + sum(reason.weight for reason in weighed)
    reasons = sorted((r for r in weighed if r.weight), key=lambda r: -abs(r.weight))
    return Comparison(score=1 / (1 + math.exp(-max(-500.0, min(500.0, total)))), reasons=tuple(reasons))
