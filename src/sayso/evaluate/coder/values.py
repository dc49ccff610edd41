"""Who a description describes, and the set-list values of people, things, weapons and doers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.evaluate.coder.clusters import Cluster
from sayso.evaluate.coder.fills import Fill
from sayso.evaluate.coder.mentions import KINDS, Mention, Sight, said_columns
from sayso.evaluate.coder.scorer import Floats, Row
from sayso.evaluate.muc4_fills import fill_words
from sayso.evaluate.muc4_format import lists
from sayso.evaluate.muc4_roles import target_type
from sayso.evaluate.muc4_score import string_credit
from sayso.extract.incidents.attributes import HEADS
from sayso.extract.incidents.lexicon import person_kind, target_kind, weapon_kind
from sayso.extract.incidents.losses import number_word
from sayso.model.claim import Actor, Target, Victim, Weapon

ATTRIBUTES = {
    "weapon": ("weapon_type",),
    "organization": ("confidence",),
    "target": ("target_type", "target_effect"),
    "victim": ("victim_type", "victim_effect"),
    "victim_name": ("victim_type", "victim_effect"),
}
"""The attributes of what fills each role."""
SLOT = {
    "weapon_type": 7,
    "confidence": 11,
    "target_type": 13,
    "target_effect": 16,
    "victim_type": 20,
    "victim_effect": 23,
}
STANDINGS = (
    "reported as fact",
    "acquitted",
    "claimed or admitted",
    "suspected or accused",
    "suspected or accused by authorities",
    "possible",
)
VALUES = {**{head: tuple(HEADS[head]) for head in SLOT if head in HEADS}, "confidence": STANDINGS}
"""The values of each attribute, in the order of the head's outputs."""
SEEN = 0.02
"""How likely the head must hold a value for it to be weighed, where neither words nor record give it."""
TOUCHING, FAR = 3, 200.0
"""Characters between a name and its description; as many as make no difference any more."""


def description_row(sight: Sight, description: Fill, name: Fill, names: Sequence[Fill]) -> Row:
    """Return the row of a description and a name: does the one describe who bears the other?"""
    tokens = sight.analysis.tokens
    pairs = [(m, n) for m in description.mentions for n in name.mentions]
    gap = _gap(description, name)
    known = {e.id for n in name.mentions if (e := sight.entities.get(n.head)) is not None}
    both = any(_is_both(m) for m in (*description.mentions, *name.mentions))
    return {
        "gap": min(gap, FAR),
        "overlap": float(gap < 0),
        "before": float(any(m.end <= n.start <= m.end + TOUCHING for m, n in pairs)),
        "after": float(any(n.end <= m.start <= n.end + TOUCHING for m, n in pairs)),
        "same entity": float(
            any((e := sight.entities.get(m.head)) is not None and e.id in known for m in description.mentions)
        ),
        "both in record": float(both),
        "in record": float(any(_describes(n, description.words) for n in name.mentions)),
        "same head": float(any(m.head == n.head for m, n in pairs)),
        "hangs on it": float(any(tokens[m.head].head == n.head or tokens[n.head].head == m.head for m, n in pairs)),
        "same event": float(any(m.event >= 0 and m.event == n.event for m, n in pairs)),
        "plural": float(tokens[description.at.head].tag in ("NNS", "NNPS")),
        "names": float(len(names)),
        "same sentence": float(any(m.sentence == n.sentence for m, n in pairs)),
        "sentences": float(min(abs(m.sentence - n.sentence) for m, n in pairs)),
        "nearest": float(all(_gap(description, o) >= gap for o in names)),
        "chance": description.chance,
        "name's chance": name.chance,
        "words": float(len(description.words.split())),
    }


def _gap(f: Fill, o: Fill) -> float:
    return float(min(max(m.start, n.start) - min(m.end, n.end) for m in f.mentions for n in o.mentions))


def _is_both(m: Mention) -> bool:
    value = m.claim.value if m.claim else None
    return isinstance(value, Victim) and bool(value.name) and bool(value.description)


def _describes(m: Mention, words: str) -> bool:
    value = m.claim.value if m.claim else None
    if not isinstance(value, Victim) or not value.description:
        return False
    return string_credit((fill_words(value.description).lower(),), (words.lower(),)) > 0


def value_rows(sight: Sight, c: Cluster, f: Fill, head: str, also: Sequence[Fill]) -> list[tuple[str, Row]]:
    """Return the values of one attribute of a fill with a row each; `also` are descriptions of the same people."""
    source = [f, *also]
    mentions = [m for x in source for m in x.mentions]
    weights = np.array([m.chances[c.kind] + SEEN for m in mentions])
    each = np.array([sight.attribute(head, m) for m in mentions])
    mean: Floats = (each * weights[:, None]).sum(0) / weights.sum()
    here = sight.attribute(head, f.at)
    told = [_told(head, x.at) for x in source]
    ever = {_told(head, m) for m in mentions}
    word = [_by_words(head, sight, x.at) for x in source]
    ranks = (-mean).argsort().argsort()
    claim = f.at.claim
    base = {
        "top": float(mean.max()),
        "told another": 0.0,
        "chance": f.chance,
        "cluster": c.chance,
        "name": float(f.role == "victim_name"),
        "plural": float(sight.analysis.tokens[f.at.head].tag in ("NNS", "NNPS")),
        "described": float(bool(also)),
        "rules' claim": float(claim is not None and claim.maker.startswith("rules")),
        "voices": float(len(claim.chain)) if claim else -1.0,
    }
    base |= said_columns(sight, f.at) | {f"is {x}": float(x == c.name) for x in KINDS}
    found = []
    for n, value in enumerate(VALUES[head]):
        if mean[n] < SEEN and value not in ever and value != word[0]:
            continue
        row = base | {
            "mean": float(mean[n]),
            "here": float(here[n]),
            "best": float(each[:, n].max()),
            "rank": float(ranks[n]),
            "told": float(value == told[0]),
            "told of description": float(value in told[1:]),
            "told ever": float(value in ever),
            "told another": float(told[0] not in (None, value)),
            "word": float(value == word[0]),
            "word of description": float(value in word[1:]),
            "another word": float(word[0] not in (None, value)),
        }
        found.append((value, row | {f"{h} {v}": float((h, v) == (head, value)) for h in SLOT for v in VALUES[h]}))
    return found


def _told(head: str, m: Mention) -> str | None:
    """Return what the record says of a mention, in the task's words; None where it says nothing."""
    value = m.claim.value if m.claim is not None else None
    said: str | None = None
    if head == "confidence" and isinstance(value, Actor) and m.claim is not None:
        said = lists()["standing"].get(m.claim.standing or "reported_as_fact")
    elif head == "weapon_type" and isinstance(value, Weapon):
        said = lists()["weapons"].get(value.kind)
    elif head == "target_type" and isinstance(value, Target):
        said = target_type(value, m.words)
    elif head == "target_effect" and isinstance(value, Target):
        said = lists()["target_effects"].get(value.effect)
    elif head == "victim_type" and isinstance(value, Victim):
        said = lists()["victims"].get(value.kind, "CIVILIAN")
    elif head == "victim_effect" and isinstance(value, Victim):
        said = lists()["victim_effects"].get(value.effect)
    return said.lower() if said else None


def _by_words(head: str, sight: Sight, m: Mention) -> str | None:
    """Return what the noun alone says, in the task's words; None where no list knows it."""
    a, said = sight.analysis, None
    if head == "weapon_type":
        said = lists()["weapons"].get(weapon_kind(a, m.head) or "")
    elif head == "victim_type" and (kind := person_kind(a, m.head)):
        said = lists()["victims"].get(kind, "CIVILIAN")
    elif head == "target_type" and (kind := target_kind(a, m.head)):
        said = target_type(Target(name=m.words, kind=kind), m.words)
    return said.lower() if said else None


def number_of(sight: Sight, m: Mention) -> int | None:
    """Return how many a mention speaks of: the record's number, else the numeral before the noun; None for neither."""
    value = m.claim.value if m.claim is not None else None
    if isinstance(value, Victim | Target) and value.number is not None:
        return value.number
    a = sight.analysis
    for i in a.children[m.head]:
        if a.tokens[i].dep == "nummod":
            return number_word(a.tokens[i].text)
    return None
