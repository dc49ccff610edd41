"""From labelled reports to windows of word pieces with labels by piece, span and sentence."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.extractor.corpus import Report
from training.extractor.labels import (
    ATTRIBUTES,
    GVDB_SPANS,
    KINDS,
    MUC_ROLES,
    ROLES,
    Labels,
    Span,
    muc_labels,
    occurrences,
    sentence_bounds,
)

PIECES, LEAD, CONTEXT = 448, 60, 2
CLS, SEP, MASK = 101, 102, 103


@dataclass(slots=True)
class Example:
    """One text to learn from. `roles` are those that the set labels; `evidence` says whether sentences are labelled."""

    set: str
    id: str
    text: str
    bounds: list[tuple[int, int]]
    labels: Labels
    roles: tuple[str, ...]
    evidence: bool
    satp: list[int] | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is to be found in it."""
        return not self.labels.spans and not self.labels.evidence and self.satp is None


def fold_of(id: str, folds: int) -> int:
    """Return the fold of a report, by its id alone."""
    return zlib.crc32(id.encode()) % folds


def muc_example(report: Report) -> Example:
    """Return a MUC-4 report as an example."""
    return Example(
        "muc4",
        report.id,
        report.reading.article.text,
        sentence_bounds(report.analysis),
        muc_labels(report),
        MUC_ROLES,
        True,
    )


SHOT = ("shot", "shooting", "shoots", "gunned", "opened fire", "gunfire", "gunshot", "killed", "fired")


def gvdb_examples(data: Path) -> list[Example]:
    """Return the GVDB reports, from the file that has their tokens."""
    found = []
    for line in (data / "gvdb/dev.json").read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        text, bounds, starts = "", [], []
        for sentence in raw["full_text"]:
            begin = len(text)
            for token in sentence:
                starts.append((len(text), len(text) + len(token)))
                text += token + " "
            bounds.append((begin, len(text) - 1))
        spans: dict[tuple[int, int, str], Span] = {}
        ignored: list[tuple[int, int, str]] = []
        for first, last, label, *_ in raw["spans"]:
            role = GVDB_SPANS.get(label)
            if role is None or last > len(starts):
                continue
            start, end = starts[first][0], starts[last - 1][1]
            spans[start, end, role] = Span(start, end, role, frozenset({0}))
            words = text[start:end]
            for s, e in occurrences(text, words):
                if role in ("victim_name", "shooter_name", "city"):
                    spans.setdefault((s, e, role), Span(s, e, role, frozenset({0})))
                elif (s, e) != (start, end):
                    ignored.append((s, e, role))
            if role in ("victim_name", "shooter_name") and " " in words:
                for s, e in occurrences(text, words.split()[-1]):
                    ignored.append((s, e, role))
        kept = list(spans.values())
        ignored = [g for g in ignored if not any(g[2] == s.role and g[0] < s.end and s.start < g[1] for s in kept)]
        evidence: dict[int, dict[int, set[int]]] = {}
        doubtful = set()
        for k, (s, e) in enumerate(bounds):
            words = text[s:e].lower()
            shot = any(w in words for w in SHOT)
            if shot and any(x.role.startswith(("victim", "shooter", "weapon")) and s <= x.start < e for x in kept):
                evidence.setdefault(k, {}).setdefault(0, set()).add(0)
            elif k < 12 or shot:
                doubtful.add(k)
        weapon = any(x.role == "weapon" for x in kept)
        roles = tuple(r for r in dict.fromkeys(GVDB_SPANS.values()) if weapon or r != "weapon")
        found.append(
            Example("gvdb", str(raw["doc_key"]), text, bounds, Labels(kept, ignored, evidence, doubtful), roles, True)
        )
    return found


WIKI_KINDS = {"Conflict.Attack.DetonateExplode": 1, "Conflict.Attack": 0}
WIKI_TRIGGERS = (
    "Conflict.",
    "Life.Die",
    "Life.Injure",
    "Justice.ArrestJail",
    "ArtifactExistence.Damage",
    "Contact.ThreatenCoerce",
)
WIKI_ROLES = {
    "Victim": "victim",
    "Attacker": "perpetrator",
    "Killer": "perpetrator",
    "Injurer": "perpetrator",
    "ExplosiveDevice": "weapon",
    "Instrument": "weapon",
    "Place": "place",
}


def wiki_examples(data: Path) -> list[Example]:
    """Return the WikiEvents documents: triggers, arguments and the sentences of attacks."""
    found = []
    for line in (data / "wikievents/dev.jsonl").read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        text, bounds, starts = "", [], []
        for sentence in raw["sentences"]:
            begin = len(text)
            for token in sentence[0]:
                starts.append((len(text), len(text) + len(token[0])))
                text += token[0] + " "
            bounds.append((begin, max(begin, len(text) - 1)))
        entities = {e["id"]: e for e in raw["entity_mentions"]}
        spans: dict[tuple[int, int, str], Span] = {}
        evidence: dict[int, dict[int, set[int]]] = {}
        doubtful: set[int] = set()
        for n, event in enumerate(raw["event_mentions"]):
            type_ = event["event_type"]
            if not type_.startswith(WIKI_TRIGGERS):
                continue
            t = event["trigger"]
            start, end = starts[t["start"]][0], starts[t["end"] - 1][1]
            spans[start, end, "trigger"] = Span(start, end, "trigger", frozenset({n}))
            kind = next((k for head, k in WIKI_KINDS.items() if type_.startswith(head)), None)
            if kind is None:
                doubtful.add(t["sent_idx"])
            else:
                evidence.setdefault(t["sent_idx"], {}).setdefault(kind, set()).add(n)
            for argument in event["arguments"]:
                e = entities.get(argument["entity_id"])
                role = WIKI_ROLES.get(argument["role"])
                if e is None or not type_.startswith(("Conflict.Attack", "Life.")):
                    continue
                if argument["role"] == "Target":
                    role = "victim" if e["entity_type"] == "PER" else "target"
                if role:
                    s, f = starts[e["start"]][0], starts[e["end"] - 1][1]
                    spans[s, f, role] = Span(s, f, role, frozenset({n}))
        ignored = [
            (s, e, x.role)
            for x in spans.values()
            for s, e in occurrences(text, text[x.start : x.end])
            if (s, e, x.role) not in spans
        ]
        roles = ("trigger", "victim", "perpetrator", "weapon", "place", "target")
        found.append(
            Example(
                "wiki",
                raw["doc_id"],
                text,
                bounds,
                Labels(list(spans.values()), ignored, evidence, doubtful - set(evidence)),
                roles,
                True,
            )
        )
    return found


def snippet_examples(data: Path) -> list[Example]:
    """Return SATP's training snippets with their four columns."""
    found = []
    for n, line in enumerate((data / "relevance/satp_relevant/train.tsv").read_text(encoding="utf-8").splitlines()):
        text, *columns = line.rsplit("\t", 4)
        if len(columns) == 4 and set(columns) <= {"0", "1"}:
            found.append(
                Example(
                    "satp",
                    f"satp{n}",
                    text,
                    [(0, len(text))],
                    Labels([], [], {}, set()),
                    (),
                    False,
                    list(map(int, columns)),
                )
            )
    return found


def calm_examples(data: Path, told: set[int], step: int) -> list[Example]:
    """Return BBC rows on sport, business, arts and technology as texts without an incident.

    Rows whose number is in `told`, and every `step`th row labelled 0, which the benchmark measures, are left out.
    """
    found, n = [], 0
    for number, line in enumerate((data / "relevance/BBC_News/train.tsv").read_text(encoding="utf-8").splitlines(), 1):
        text, _, label = line.rpartition("\t")
        if label.strip() != "0":
            continue
        n += 1
        if (n - 1) % step == 0 or number in told:
            continue
        bounds = [(at, min(at + 150, len(text))) for at in range(0, len(text), 150)]
        found.append(Example("calm", f"bbc{number}", text, bounds, Labels([], [], {}, set()), ROLES[:9], True))
    return found


@dataclass(slots=True)
class Window:
    """Word pieces with labels. Arrays by piece unless said otherwise."""

    example: Example
    ids: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    sentence: np.ndarray
    """Index of the sentence of the text; -1 for marks, -2 - k for context from sentence k."""
    labels: np.ndarray = field(default_factory=lambda: np.zeros(0))
    """[T, roles]: 0 outside, 1 begins, 2 inside, -1 left out of the loss."""
    spans: list[tuple[int, int, int, Span]] = field(default_factory=list)
    """First piece, piece behind the last, sentence."""
    sentences: list[tuple[int, int, int]] = field(default_factory=list)
    """First piece, piece behind the last, index of the sentence."""


def windows(example: Example, tokenizer: Tokenizer) -> list[Window]:
    """Cut a text into windows of whole sentences with the first sentence and two of context in front."""
    coded = [(*_pieces(tokenizer, example.text, s, e), k) for k, (s, e) in enumerate(example.bounds)]
    coded = [part for c in coded for part in _cut(c)]
    lead = _take(coded[0], LEAD) if coded else None
    found: list[Window] = []
    at = 0
    while at < len(coded):
        front = []
        if at and lead:
            front = [lead, *coded[max(1, at - CONTEXT) : at]]
            while len(front) > 1 and sum(len(c[0]) for c in front) > PIECES // 3:
                front.pop(1)
        room = PIECES - 2 - sum(len(c[0]) for c in front)
        end = at
        while end < len(coded) and len(coded[end][0]) <= room:
            room -= len(coded[end][0])
            end += 1
        end = max(end, at + 1)
        found.append(_window(example, front, coded[at:end]))
        at = end
    return found


def _pieces(tokenizer: Tokenizer, text: str, start: int, end: int) -> tuple[list[int], list[tuple[int, int]]]:
    coded = tokenizer.encode(text[start:end], add_special_tokens=False)
    return coded.ids, [(start + s, start + e) for s, e in coded.offsets]


def _cut(c: tuple[list[int], list[tuple[int, int]], int]) -> Iterable[tuple[list[int], list[tuple[int, int]], int]]:
    ids, offsets, k = c
    step = PIECES // 2
    return [(ids[n : n + step], offsets[n : n + step], k) for n in range(0, len(ids), step)] if len(ids) > step else [c]


def _take(c: tuple[list[int], list[tuple[int, int]], int], n: int) -> tuple[list[int], list[tuple[int, int]], int]:
    return c[0][:n], c[1][:n], c[2]


def _window(example: Example, front: Sequence[tuple], own: Sequence[tuple]) -> Window:
    ids, offsets, sentence = [CLS], [(0, 0)], [-1]
    for c in front:
        ids += c[0]
        offsets += c[1]
        sentence += [-2 - c[2]] * len(c[0])
    for c in own:
        ids += c[0]
        offsets += c[1]
        sentence += [c[2]] * len(c[0])
    ids.append(SEP)
    offsets.append((0, 0))
    sentence.append(-1)
    starts, ends = (np.array(x, np.int32) for x in zip(*offsets, strict=True))
    w = Window(example, np.array(ids, np.int64), starts, ends, np.array(sentence, np.int32))
    for k in dict.fromkeys(s for s in sentence if s >= 0):
        inside = np.flatnonzero(w.sentence == k)
        w.sentences.append((int(inside[0]), int(inside[-1]) + 1, k))
    w.labels = np.full((len(ids), len(ROLES)), -1, np.int8)
    real = w.sentence >= 0
    for role in example.roles:
        w.labels[real, ROLES.index(role)] = 0
    for s, e, role in example.labels.ignored:
        w.labels[_within(w, s, e), ROLES.index(role)] = -1
    for span in example.labels.spans:
        inside = _within(w, span.start, span.end)
        if not len(inside):
            continue
        column = ROLES.index(span.role)
        w.labels[inside, column] = 2
        w.labels[inside[0], column] = 1
        w.spans.append((int(inside[0]), int(inside[-1]) + 1, int(w.sentence[inside[0]]), span))
    return w


def _within(w: Window, start: int, end: int) -> np.ndarray:
    return np.flatnonzero((w.sentence >= 0) & (w.starts < end) & (w.ends > start))


Swapper = Callable[[Example, random.Random], Example]


def moved(example: Example, text: str, place: Callable[[int], int]) -> Example:
    """Return the example on a text in which names were replaced; `place` maps old offsets to new ones."""
    labels = example.labels
    return replace(
        example,
        text=text,
        bounds=[(place(s), place(e)) for s, e in example.bounds],
        labels=replace(
            labels,
            spans=[replace(s, start=place(s.start), end=place(s.end)) for s in labels.spans],
            ignored=[(place(s), place(e), r) for s, e, r in labels.ignored],
        ),
    )


__all__ = ["ATTRIBUTES", "KINDS", "Example", "Window", "moved", "windows"]
