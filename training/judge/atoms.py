"""Which template each word for an event tells of: what the grammar hangs on it, held against what the key gives."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.incidents.fill import Setting, fill
from sayso.extract.incidents.group import Draft
from sayso.extract.incidents.ledger import Ledger
from sayso.extract.incidents.roles import Told
from training.extractor.corpus import Report
from training.extractor.labels import KINDS, Labels, kind_of, muc_kind
from training.judge.gold import WEIGHTS, right

SURE, TIE, NOTHING = 1.5, 0.3, 0.3
"""What an event must reach to be a template's; how near the best others may be; under what it is nobody's."""
VIOLENT = {"attack", "bombing", "arson"}


def owners(report: Report, setting: Setting, told: Sequence[Told], labels: Labels) -> list[set[int] | None]:
    """Return the templates of each event; an empty set for none, None where the key leaves it open.

    A value that several templates have tells little which of them is meant: it counts for each by its share.
    """
    kinds = [kind_of(v for f in t.slots.get(4, ()) for v in f.values) for t in report.templates]
    found: list[set[int] | None] = []
    for t in told:
        mine = muc_kind(t.event.kind)
        fits = [
            1.0 if k is not None and mine == KINDS[k]
            else 0.5 if k is not None and t.event.kind == "harm"
            else 0.4 if k is not None and {mine, KINDS[k]} <= VIOLENT
            else 0.0
            for k in kinds
        ]  # fmt: skip
        ledger = Ledger()
        fill(setting, Draft([t]), t.event.kind if t.event.kind != "harm" else "killing", "accomplished", ledger)
        scores = [0.0] * len(kinds)
        met: set[str] = set()
        for claim in ledger.claims(""):
            key = f"{claim.slot} {claim.value}"
            if claim.slot not in WEIGHTS or key in met:
                continue
            met.add(key)
            having = [n for n, template in enumerate(report.templates) if fits[n] and right(claim, template)]
            for n in having:
                scores[n] += WEIGHTS[claim.slot] / len(having)
        told_here = labels.evidence.get(t.event.sentence, {})
        for n in range(len(kinds)):
            near = any(n in ts for ts in told_here.values())
            scores[n] = (scores[n] + 0.7 * near + 0.3 * fits[n]) if fits[n] else 0.0
        best = max(scores, default=0.0)
        if best >= SURE or (best >= 1.0 and told_here):
            found.append({n for n, s in enumerate(scores) if s >= best - TIE})
        elif best <= NOTHING and t.event.sentence not in labels.doubtful:
            found.append(set())
        else:
            found.append(None)
    return found
