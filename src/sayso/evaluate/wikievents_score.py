"""What a predicted event and a predicted argument of WikiEvents are worth.

An event is found where a predicted trigger of the same class shares a token with its own, each counted once; the
classes are the violent ones of wikievents.yaml. An argument is found where its event is, under the same role and head
word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import yaml

from sayso.evaluate.lines import objects

Row = dict[str, Any]
Stretch = tuple[int, int]
Counts = tuple[int, int, int]
"""How many are right, in the gold, and predicted."""
FOLDS = 5


@cache
def lists() -> dict[str, Any]:
    """Return wikievents.yaml: classes and types of events, roles, and what a head word stands before."""
    text = (resources.files("sayso.evaluate") / "wikievents.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def rows(path: Path) -> Iterator[Row]:
    """Yield the documents of a file. Raises InputError for a line that is none."""
    return objects(path, "doc_id", "give the JSON lines of WikiEvents")


def class_of(type_: str) -> str | None:
    """Return the violent class that an event type belongs to, by its longest prefix; None for no violent type."""
    found = [(len(prefix), name) for name, types in lists()["classes"].items() for prefix in types
             if f"{type_}.".startswith(f"{prefix}.")]  # fmt: skip
    return max(found)[1] if found else None


def head_of(tokens: Sequence[str], start: int, end: int) -> int:
    """Return the token that stands for a phrase: the last before "of", "who" and their like, else the last."""
    stops = set(lists()["head_before"])
    stop = next((k for k in range(start + 1, end) if tokens[k].lower() in stops), end)
    return stop - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One violent event: its class, the tokens of its trigger, and its arguments as role and head token."""

    kind: str
    trigger: Stretch
    arguments: frozenset[tuple[str, int]]

    def meets(self, other: Event) -> bool:
        """Say whether the triggers share a token."""
        return self.trigger[0] < other.trigger[1] and other.trigger[0] < self.trigger[1]


def events_of(row: Row, tokens: Sequence[str]) -> list[Event]:
    """Return the violent events of a row of gold or predictions, in text order."""
    places = {e["id"]: (e["start"], e["end"]) for e in row.get("entity_mentions", ())}
    found = []
    for event in row.get("event_mentions", ()):
        kind = class_of(event["event_type"])
        if kind is not None:
            arguments = frozenset(
                (a["role"], head_of(tokens, *places[a["entity_id"]]))
                for a in event["arguments"]
                if a["entity_id"] in places
            )
            trigger = (event["trigger"]["start"], event["trigger"]["end"])
            found.append(Event(kind=kind, trigger=trigger, arguments=arguments))
    return sorted(found, key=lambda e: (e.trigger, e.kind))


@dataclass(slots=True)
class Tally:
    """Counts by measure of one or more documents."""

    right: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, counts: Counts) -> None:
        """Add to one measure."""
        self.right[name] += counts[0]
        self.gold[name] += counts[1]
        self.found[name] += counts[2]

    def counts(self, name: str) -> Counts:
        """Return the counts of one measure."""
        return self.right[name], self.gold[name], self.found[name]

    def f(self, name: str) -> float:
        """Return F1 in per cent; 0 where there is nothing."""
        right, gold, found = self.counts(name)
        return 200 * right / (gold + found) if gold + found else 0.0


def _pairs(wanted: Sequence[Event], got: Sequence[Event], by_class: bool) -> list[tuple[Event, Event]]:
    """Return gold events with the predicted ones that find them, in text order, each once."""
    left, pairs = list(got), []
    for event in wanted:
        hit = next((e for e in left if e.meets(event) and (e.kind == event.kind or not by_class)), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((event, hit))
    return pairs


def tally_of(gold: Row, prediction: Row) -> Tally:
    """Return the counts of one document."""
    tokens = gold["tokens"]
    wanted, got = events_of(gold, tokens), events_of(prediction, tokens)
    tally = Tally()
    tally.add("trigger", (len(_pairs(wanted, got, False)), len(wanted), len(got)))
    pairs = _pairs(wanted, got, True)
    tally.add("event", (len(pairs), len(wanted), len(got)))
    for kind in lists()["classes"]:
        right, n_wanted, n_got = (sum(e.kind == kind for e in side) for side in ([w for w, _ in pairs], wanted, got))
        tally.add(kind, (right, n_wanted, n_got))
    n_wanted, n_got = (sum(len(e.arguments) for e in side) for side in (wanted, got))
    tally.add("argument", (sum(len(w.arguments & g.arguments) for w, g in pairs), n_wanted, n_got))
    return tally


def by_document(gold: Path, predictions: Path) -> dict[str, Tally]:
    """Return the counts of each document of `gold`; one that has no prediction counts as empty."""
    found = {row["doc_id"]: row for row in rows(predictions)}
    return {row["doc_id"]: tally_of(row, found.get(row["doc_id"], {})) for row in rows(gold)}


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the counts of all documents together."""
    found = Tally()
    for tally in tallies:
        for name in tally.gold:
            found.add(name, tally.counts(name))
    return found


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return F1 in per cent of events by kind, of triggers whatever their kind, and of arguments by head word."""
    whole = total(by_document(gold, predictions).values())
    return {f"{name} f": whole.f(name) for name in ("event", "trigger", "argument")}


def score(gold: Path, predictions: Path) -> str:
    """Return the measures as tables for people: over all documents, over folds of documents, and by document."""
    documents = by_document(gold, predictions)
    whole = total(documents.values())
    lines = [f"{'':22} {'gold':>5} {'found':>5} {'right':>5} {'P':>6} {'R':>6} {'F':>6}"]
    for name in ("event", "trigger", "argument", *lists()["classes"]):
        right, wanted, found = whole.counts(name)
        p, r = (100 * right / n if n else 0.0 for n in (found, wanted))
        lines.append(f"{name:22} {wanted:5} {found:5} {right:5} {p:6.2f} {r:6.2f} {whole.f(name):6.2f}")
    parts: dict[int, list[Tally]] = defaultdict(list)
    for number, tally in enumerate(documents.values()):
        parts[number % FOLDS].append(tally)
    for name in ("event", "argument"):
        values = [total(part).f(name) for part in parts.values()]
        if len(values) > 1:
            lines.append(f"{name} F by fold: mean {mean(values):.2f}, standard deviation {stdev(values):.2f}")
    lines += ["", f"{'document':40} {'events':>20} {'arguments':>20}"]
    for name, tally in documents.items():
        cells = ("{}/{}/{} {:6.2f}".format(*tally.counts(m), tally.f(m)) for m in ("event", "argument"))
        lines.append(f"{name:40} " + " ".join(f"{cell:>20}" for cell in cells))
    return "\n".join([*lines, "(right/gold/found and F)"])
