"""What the key says of mentions, clusters and fills."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from sayso.evaluate.coder.clusters import Cluster
from sayso.evaluate.coder.fills import Fill
from sayso.evaluate.coder.mentions import KINDS, SLOT, Sight
from sayso.evaluate.muc4_format import Template
from sayso.evaluate.muc4_score import string_credit
from training.extractor.corpus import Report
from training.extractor.labels import KINDS as LABELS
from training.extractor.labels import kind_of, muc_labels

ENOUGH = 0.5
"""The credit from which a cluster is a template's."""
ELSEWHERE = 0.4
"""What words count for that fill the slot, but not where they stand."""

Known = list[frozenset[int] | None]


def template_kinds(report: Report) -> list[str]:
    """Return the incident type of each template; empty where none is given."""
    found = [kind_of(v for f in t.slots.get(4, ()) for v in f.values) for t in report.templates]
    return ["" if k is None else LABELS[k] for k in found]


def templates_of(report: Report, sight: Sight) -> Known:
    """Return for each mention the templates whose slot it fills; None where the key leaves it open."""
    labels = muc_labels(report)
    found: Known = []
    for m in sight.mentions:
        hit = [s for s in labels.spans if s.role == m.role and s.start < m.end and m.start < s.end]
        if hit:
            found.append(frozenset().union(*(s.templates for s in hit)))
        else:
            left_out = any(role == m.role and s < m.end and m.start < e for s, e, role in labels.ignored)
            found.append(None if left_out else frozenset())
    return found


def align(report: Report, sight: Sight, found: Sequence[Cluster], known: Known) -> list[int]:
    """Return the template of each cluster, -1 for none: of those of its kind, the ones whose fills it shares most."""
    place = {id(m): n for n, m in enumerate(sight.mentions)}
    kinds, out = template_kinds(report), [-1] * len(found)
    for k, kind in enumerate(KINDS):
        own = [t for t, x in enumerate(kinds) if x == kind]
        mine = [n for n, c in enumerate(found) if c.kind == k]
        if not own or not mine:
            continue
        gain = np.array([[_shared(report.templates[t], t, found[n], known, place) for t in own] for n in mine])
        for x, y in zip(*linear_sum_assignment(-gain), strict=True):
            if gain[x, y] >= ENOUGH:
                out[mine[x]] = own[y]
    return out


def _shared(template: Template, t: int, c: Cluster, known: Known, place: dict[int, int]) -> float:
    best: dict[tuple[str, int], float] = {}
    for m in c.members:
        told = known[place[id(m)]]
        weight = 1.0 if told is None or t in told else ELSEWHERE
        for n, fill in enumerate(template.slots.get(SLOT[m.role], ())):
            credit = string_credit(fill.values, (m.words.lower(),)) * weight
            best[m.role, n] = max(best.get((m.role, n), 0.0), credit)
    return sum(best.values())


def chosen(template: Template, fills: Sequence[Fill], rank: Sequence[float]) -> list[int]:
    """Return 1 for each fill that is the best for some fill of the key, 0 for the others."""
    out = [0] * len(fills)
    for role, slot in SLOT.items():
        own = [n for n, f in enumerate(fills) if f.role == role]
        for fill in template.slots.get(slot, ()):
            credits = {n: string_credit(fill.values, (fills[n].words.lower(),)) for n in own}
            best = max(own, key=lambda n: (credits[n], rank[n]), default=None)
            if best is not None and credits[best] > 0:
                out[best] = 1
    return out


def matched(template: Template, slot: int, words: str) -> int | None:
    """Return which fill of the key's slot words match best; None for none."""
    credits = [string_credit(fill.values, (words.lower(),)) for fill in template.slots.get(slot, ())]
    return int(np.argmax(credits)) if max(credits, default=0.0) > 0 else None
