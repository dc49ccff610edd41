"""Two names are compared: the probability that they name the same, with the reasons for it."""

from __future__ import annotations

import math
from functools import cache

from sayso.errors import ConfigurationError
from sayso.merge.names.align import align
from sayso.merge.names.findings import FINDERS
from sayso.merge.names.lists import table
from sayso.merge.names.name import Kind, Name
from sayso.model.judgement import Comparison, Reason

_LEAST_LETTERS = 2
_NEVER = -20.0


@cache
def weights(kind: Kind) -> dict[str, float]:
    """Return the weights of a kind's findings in log-odds, `bias` among them.

    Raises ConfigurationError where the table has a finding that is not known, or lacks one.
    """
    found = {str(feature): float(weight) for feature, weight in table("weights")[kind].items()}
    wanted = {"bias", *FINDERS[kind]}
    if wrong := wanted ^ found.keys():
        raise ConfigurationError(
            f"the weights of {kind} names do not fit the findings",
            value=", ".join(sorted(wrong)),
            next_step="reinstall sayso",
        )
    return found


def compare(left: Name, right: Name) -> Comparison:
    """Return how probable it is that two names name the same, with the reasons, strongest first.

    The same whichever comes first. Names of fewer than two letters are never the same as any, and names of two kinds
    are no persons of one name: both score 0. The weights stand in data/weights.yaml.
    """
    if refused := _refused(left, right):
        return Comparison(score=0.0, reasons=(Reason(feature="nothing", weight=_NEVER, words=refused),))
    if right.text < left.text:
        left, right = right, left
    alignment, weighed = align(left, right), weights(left.kind)
    total, reasons = weighed["bias"], []
    for feature, find in FINDERS[left.kind].items():
        finding = find(left, right, alignment)
        if finding is not None and finding.value:
            weight = weighed[feature] * finding.value
            total += weight
            reasons.append(Reason(feature=feature, weight=weight, words=finding.words))
    reasons.sort(key=lambda reason: (-abs(reason.weight), reason.feature))
    return Comparison(score=1 / (1 + math.exp(-total)), reasons=tuple(reasons))


def _refused(left: Name, right: Name) -> str:
    """Return why two names cannot be compared, "" where they can."""
    if left.kind != right.kind:
        return "the name of a person and of an organization"
    for name in sorted((left, right), key=lambda name: len(name.plain)):
        if len(name.plain) < _LEAST_LETTERS:
            return "a name without a letter" if not name.plain else "a name of one letter"
    return ""
