"""Which of several values of one slot say the same: each is weighed once more beside those that are likelier."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.incidents.fill import Setting
from sayso.model.claim import Actor, Claim, Target, Victim, Weapon

KEPT = (
    "own role",
    "rule",
    "distance",
    "tie",
    "tie elsewhere",
    "chance",
    "incidents",
    "proper",
    "attacker",
    "plural",
    "named",
    "hurt",
    "mentions",
    "length",
    "slot victim",
    "slot perpetrator",
    "slot weapon",
    "slot target",
    "slot where",
    "slot when",
)
"""Columns of the first look that count again."""
SMALL = frozenset(("a", "an", "the", "of", "in", "on", "at", "and", "or", "his", "her", "their", "its", "two", "three"))


def again_rows(
    setting: Setting, claims: Sequence[Claim], rows: Sequence[dict[str, float]], chances: Sequence[float]
) -> list[dict[str, float]]:
    """Return the columns of the second look for the claims of one incident; `chances` are those of the first."""
    words = [_words(c) for c in claims]
    entities = [_entity(c) for c in claims]
    sentences = [{setting.a.sentence_of(setting.a.token_at(s.start)) for s in c.evidence} for c in claims]
    kinds = [getattr(c.value, "kind", None) for c in claims]
    found = []
    for n, claim in enumerate(claims):
        rivals = [k for k, c in enumerate(claims) if c.slot == claim.slot and k != n]
        better = [k for k in rivals if (chances[k], -k) > (chances[n], -n)]

        def most(which: list[int]) -> float:
            return max((chances[k] for k in which), default=0.0)

        mine = words[n]
        row = {name: rows[n][name] for name in KEPT}
        row |= {
            "first": chances[n],
            "place": float(len(better)),
            "best": most(rivals),
            "likely rivals": float(sum(chances[k] >= 0.5 for k in rivals)),
            "sum": float(sum(chances[k] for k in rivals)),
            "last word": most([k for k in better if mine and words[k] and words[k][-1] == mine[-1]]),
            "some word": most([k for k in better if set(words[k]) & set(mine)]),
            "within": most([k for k in better if mine and set(mine) <= set(words[k])]),
            "holds": most([k for k in better if words[k] and set(words[k]) <= set(mine)]),
            "entity": most([k for k in better if entities[n] and entities[k] == entities[n]]),
            "other entity": most([k for k in better if entities[n] and entities[k] and entities[k] != entities[n]]),
            "same kind": most([k for k in better if kinds[k] == kinds[n]]),
            "same number": most([k for k in better if rows[k]["plural"] == rows[n]["plural"]]),
            "both proper": most([k for k in better if rows[k]["proper"] > 0.5 and rows[n]["proper"] > 0.5]),
            "named better": most([k for k in better if rows[k]["named"]]),
            "same sentence": most([k for k in better if sentences[k] & sentences[n]]),
            "overlap": most([k for k in better if _overlap(claims[k], claim)]),
            "words": float(len(mine)),
        }
        found.append(row)
    return found


def _words(claim: Claim) -> list[str]:
    value = claim.value
    text = ""
    if isinstance(value, Victim):
        text = value.name or value.description or ""
    elif isinstance(value, Actor | Target | Weapon):
        text = value.name
    return [w for w in text.lower().replace("-", " ").split() if w not in SMALL]


def _entity(claim: Claim) -> str | None:
    return claim.value.entity if isinstance(claim.value, Victim | Actor) else None


def _overlap(x: Claim, y: Claim) -> bool:
    return any(s.start < t.end and t.start < s.end for s in x.evidence for t in y.evidence)
