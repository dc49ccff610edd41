"""From gold templates to labels on the text: which spans fill which role, which sentences tell of which incident.

A key gives strings, not places in the text. A string that a report repeats ("the guerrillas") fills a role only where
the incident is told: its occurrences in evidence sentences are labelled, the others are left out of the loss.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sayso.evaluate.coder.values import STANDINGS
from sayso.evaluate.muc4_format import Template, lists
from sayso.extract.incidents.attributes import HEADS
from sayso.schema.kinds import kinds

ROLES = (
    "victim_name",
    "victim",
    "perpetrator",
    "organization",
    "weapon",
    "target",
    "place",
    "date",
    "shooter_name",
    "victim_age",
    "shooter_age",
    "city",
    "location",
    "clock",
    "shots",
    "trigger",
)
MUC_ROLES = ROLES[:8]
KINDS = ("attack", "bombing", "kidnapping", "arson", "robbery", "hijacking", "forced work stoppage")
STAGES = ("accomplished", "attempted", "threatened")
SLOT_ROLE = {6: "weapon", 9: "perpetrator", 10: "organization", 12: "target", 18: "victim_name", 19: "victim"}
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    **{head: tuple(values) for head, values in HEADS.items()},
    "confidence": STANDINGS,
    "category": ("terrorist act", "state-sponsored violence"),
    "stage": STAGES,
}
SLOT_ATTRIBUTE = {
    7: "weapon_type",
    11: "confidence",
    13: "target_type",
    16: "target_effect",
    20: "victim_type",
    23: "victim_effect",
}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(slots=True)
class Span:
    """Words of the text in a role: offsets, the templates they fill (empty: none known), attributes by head."""

    start: int
    end: int
    role: str
    templates: frozenset[int]
    attributes: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Labels:
    """Labels of one report: spans, spans to leave out of the loss, kinds and templates of each sentence."""

    spans: list[Span]
    ignored: list[tuple[int, int, str]]
    evidence: dict[int, dict[int, set[int]]]
    """Kind index -> templates, by sentence."""
    doubtful: set[int]
    """Sentences left out of the evidence loss."""
    stages: dict[int, int] = field(default_factory=dict)


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Return where `words` stand in `text`, whatever the white space, whole words only."""
    parts = re.findall(r"\w+|[^\w\s]", words)
    if not parts:
        return []
    pattern = r"[\s\"\[\]]*".join(map(re.escape, parts))
    lead = r"(?<!\w)" if parts[0][0].isalnum() else ""
    tail = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    return [m.span() for m in re.finditer(lead + pattern + tail, text, re.I)]


def kind_of(values: Iterable[str]) -> int | None:
    """Return the index of a template's incident type."""
    return next((KINDS.index(v) for v in values if v in KINDS), None)


def muc_kind(kind: str) -> str:
    """Return the task's incident type of one of the schema's kinds, in small letters; empty for none."""
    known = kinds().get(kind)
    return ((known.codes.get("muc4") if known else None) or lists()["kinds"].get(kind) or "").lower()


def sentence_bounds(analysis: Any) -> list[tuple[int, int]]:
    """Return the offsets of the sentences."""
    tokens = analysis.tokens
    return [(tokens[s.first].start, tokens[s.last - 1].end) for s in analysis.sentences if s.last > s.first]


def _sentence(bounds: Sequence[tuple[int, int]], at: int) -> int:
    return max((k for k, (s, _) in enumerate(bounds) if s <= at), default=0)


def interval(value: str) -> tuple[date, date] | None:
    """Return the first and last day of a date fill; None where it is open."""
    days = []
    for d, m, y in re.findall(r"(\d{1,2}) ([a-z]{3})[a-z]* (\d{2})", value.lower()):
        try:
            days.append(date(1900 + int(y), _MONTHS.index(m) + 1, int(d)))
        except ValueError:
            return None
    return (days[0], days[-1]) if days and not value.strip().startswith("-") else None


def place_names(chain: str) -> list[str]:
    """Return the names of a place chain below the country."""
    return [re.sub(r"\([^)]*\)", "", part).strip() for part in chain.split(":")[1:]]


def muc_labels(report: Any) -> Labels:
    """Return the labels of one MUC-4 report."""
    text, a = report.reading.article.text, report.analysis
    bounds = sentence_bounds(a)
    found: list[tuple[int, str, int, int, int, dict[str, int]]] = []  # template, role, start, end, sentence, attributes
    for t, template in enumerate(report.templates):
        attributes = _attributes(template)
        for slot, role in SLOT_ROLE.items():
            for fill in template.slots.get(slot, ()):
                for value in fill.values:
                    for start, end in occurrences(text, value):
                        found.append((t, role, start, end, _sentence(bounds, start), attributes.get((role, value), {})))
        for fill in template.slots.get(3, ()):
            for name in {n for chain in fill.values for n in place_names(chain)}:
                for start, end in occurrences(text, name):
                    found.append((t, "place", start, end, _sentence(bounds, start), {}))
        days = [d for fill in template.slots.get(2, ()) for v in fill.values if (d := interval(v))]
        for time in report.reading.times:
            w = time.when
            if w and w.earliest and w.latest and any(f <= w.earliest and w.latest <= last for f, last in days):
                found.append((t, "date", time.span.start, time.span.end, _sentence(bounds, time.span.start), {}))
    triggers: dict[int, set[str]] = {}
    for event in report.events:
        triggers.setdefault(_sentence(bounds, a.tokens[event.i].start), set()).add(muc_kind(event.kind) or event.kind)
    evidence: dict[int, dict[int, set[int]]] = {}
    doubtful: set[int] = set()
    held: dict[int, set[int]] = {}
    stages: dict[int, int] = {}
    for t, template in enumerate(report.templates):
        kind = kind_of(v for fill in template.slots.get(4, ()) for v in fill.values)
        if kind is None:
            continue
        by_sentence: dict[int, set[str]] = {}
        for u, role, _, _, s, _ in found:
            if u == t and role not in ("place", "date"):
                by_sentence.setdefault(s, set()).add(role)
        strength = {
            s: len(roles) + 1.0 * bool(triggers.get(s, set()) & {KINDS[kind], "harm", "attack"})
            for s, roles in by_sentence.items()
        }
        chosen = {s for s, v in strength.items() if v >= 2}
        if not chosen and strength:
            best = max(strength.values())
            chosen = {min(s for s, v in strength.items() if v == best)}
        if not chosen:
            chosen = {s for s, kinds_ in triggers.items() if KINDS[kind] in kinds_}
        for s in chosen:
            evidence.setdefault(s, {}).setdefault(kind, set()).add(t)
            held.setdefault(t, set()).add(s)
            stage = next((STAGES.index(v) for f in template.slots.get(5, ()) for v in f.values if v in STAGES), None)
            if stage is not None:
                stages[s] = stage
        doubtful |= {s for s in by_sentence if s not in chosen}
        doubtful |= {s for s, kinds_ in triggers.items() if s not in chosen and kinds_ & {KINDS[kind], "harm"}}
    merged: dict[tuple[int, int, str], Span] = {}
    ignored: list[tuple[int, int, str]] = []
    reach = {t: s | {x + d for x in s for d in (-1, 1)} if s else s for t, s in held.items()}
    has_evidence = {(t, role) for t, role, _, _, s, _ in found if s in held.get(t, ())}
    near = {(t, role) for t, role, _, _, s, _ in found if s in reach.get(t, ())}
    for t, role, start, end, s, attributes in found:
        inside = s in held.get(t, ())
        if not inside and role == "victim_name":
            inside = True
        if not inside and role in ("place", "date") and (t, role) not in has_evidence:
            inside = s in reach.get(t, ()) or (t, role) not in near
        if not inside and role not in ("place", "date") and (t, role) not in has_evidence:
            inside = True
        if not inside:
            ignored.append((start, end, role))
            continue
        span = merged.get((start, end, role))
        if span is None:
            merged[start, end, role] = Span(start, end, role, frozenset({t}), dict(attributes))
        else:
            span.templates |= {t}
    spans = _longest(list(merged.values()))
    taken = [(s.start, s.end, s.role) for s in spans]
    ignored = [g for g in ignored if not any(g[2] == r and g[0] < e and s < g[1] for s, e, r in taken)]
    ignored += [(s, e, "victim") for s, e, r in taken if r == "victim_name"]
    ignored = [g for g in ignored if not any(g[2] == r == "victim" and g[0] < e and s < g[1] for s, e, r in taken)]
    return Labels(spans, ignored, evidence, doubtful - set(evidence), stages)


def _longest(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if not any(k.role == span.role and k.start < span.end and span.start < k.end for k in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def _attributes(template: Template) -> dict[tuple[str, str], dict[str, int]]:
    """Return the attributes of each string of a template, by role and string."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    role_of = {
        "weapon_type": ("weapon",),
        "confidence": ("organization",),
        "target_type": ("target",),
        "target_effect": ("target",),
        "victim_type": ("victim", "victim_name"),
        "victim_effect": ("victim", "victim_name"),
    }
    for slot, head in SLOT_ATTRIBUTE.items():
        for fill in template.slots.get(slot, ()):
            value = next((ATTRIBUTES[head].index(v) for v in fill.values if v in ATTRIBUTES[head]), None)
            if value is None:
                continue
            for refer in fill.refers:
                for role in role_of[head]:
                    found.setdefault((role, refer), {})[head] = value
    category = next(
        (
            ATTRIBUTES["category"].index(v)
            for f in template.slots.get(8, ())
            for v in f.values
            if v in ATTRIBUTES["category"]
        ),
        None,
    )
    if category is not None:
        for slot, role in ((9, "perpetrator"), (10, "organization")):
            for fill in template.slots.get(slot, ()):
                for value_ in fill.values:
                    found.setdefault((role, value_), {})["category"] = category
    # a description refers to its name: "desc": "name" - attributes are filed under the name
    for fill in template.slots.get(19, ()):
        for refer in fill.refers:
            for value_ in fill.values:
                known = found.get(("victim_name", refer), {})
                found.setdefault(("victim", value_), {}).update(dict(known.items()))
    return found


GVDB_SPANS = {
    "VIC-NAME": "victim_name",
    "SHO-NAME": "shooter_name",
    "VIC-AGE": "victim_age",
    "SHO-AGE": "shooter_age",
    "CIR-WEAPON": "weapon",
    "CIR-NUM-SHOTS": "shots",
    "DAT-CITY": "city",
    "DAT-LOC": "location",
    "DAT-CLOCK": "clock",
}


def header(body: str) -> date | None:
    """Return the day of a dateline like 7 JAN 90."""
    m = re.search(r"\b(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* (\d{2})\b", body[:400])
    try:
        return datetime.strptime(" ".join(m.groups()), "%d %b %y").date() if m else None
    except ValueError:
        return None
