"""PolNeAR as the reader learns from it: python -m training.statements.corpus DATA OUT [LIMIT].

Reads every article of DATA/polnear/train once and keeps its features, the middle states of the shipped encoder, and the
attributions that annotators marked, as tokens.
"""

from __future__ import annotations

import pickle
import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from sayso.annotate.grammar import analyse
from sayso.encode.encoder import encoder
from sayso.encode.heads import encoded
from sayso.evaluate.polnear import _EDGE as EDGE
from sayso.evaluate.polnear import _article
from sayso.extract.statements.features import NAMED, Tokens, Words
from sayso.extract.statements.find import attributions

Marks = dict[str, tuple[str, list[int]]]


@dataclass(slots=True)
class Gold:
    """One attribution as marked: cue, source, hull of the content and its pieces, as tokens."""

    cue: Tokens
    source: Tokens | None
    content: Tokens | None
    parts: list[Tokens]


@dataclass(slots=True)
class Article:
    """What is learned from: `words`, the owner of each piece [N], windows with middle states, gold by annotator."""

    name: str
    words: Words
    owner: Any
    windows: list[tuple[Any, Any]]
    gold: list[list[Gold]] = field(default_factory=list)


class Known(dict[str, int]):
    """Rows of a feature's values, numbered as they are met."""

    def get(self, value: str, default: int = 0) -> int:  # type: ignore[override]
        """Return the row of a value, a new one where it is new."""
        return self.setdefault(value, len(self) + 1)


def marks_of(path: Path) -> tuple[Marks, list[dict[str, list[str]]]]:
    """Return the spans of a brat file by id, and its attributions as ids by role."""
    marks: Marks = {}
    events = []
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        if len(parts) > 1 and line.startswith("T"):
            role, _, places = parts[1].partition(" ")
            marks[parts[0]] = role, [int(n) for n in re.findall(r"\d+", places)]
        elif len(parts) > 1 and line.startswith("E"):
            event: dict[str, list[str]] = defaultdict(list)
            for item in parts[1].split():
                mark = item.rpartition(":")[2]
                if mark in marks:
                    event[marks[mark][0]].append(mark)
            events.append(event)
    return marks, events


def gold_of(path: Path, words: Words) -> list[Gold]:
    """Return the attributions of one annotator, in the order of their cues; what has no cue is left out."""
    marks, events = marks_of(path)
    text = words.analysis.source_text

    def tokens(start: int, end: int) -> Tokens | None:
        inside = text[start:end]
        start, end = start + len(inside) - len(inside.lstrip(EDGE)), end - len(inside) + len(inside.rstrip(EDGE))
        found = words.tokens(start, end) if start < end else (0, 0)
        return found if found[0] < found[1] else None

    def hull(event: dict[str, list[str]], role: str) -> Tokens | None:
        numbers = marks[event[role][0]][1] if event.get(role) else []
        return tokens(numbers[0], numbers[-1]) if numbers else None

    found = []
    for event in events:
        cue = hull(event, "Cue")
        if cue is not None:
            numbers = marks[event["Content"][0]][1] if event.get("Content") else []
            parts = [tokens(*numbers[k : k + 2]) for k in range(0, len(numbers) - 1, 2)]
            pieces = [part for part in parts if part]
            found.append(Gold(cue, hull(event, "Source"), hull(event, "Content"), pieces))
    return sorted(found, key=lambda gold: gold.cue)


def articles(folder: Path, known: dict[str, Known]) -> Iterator[Article]:
    """Yield the articles of a split, each read once."""
    marked: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        marked[path.stem.rpartition("_")[0]].append(path)
    for path in sorted((folder / "text").glob("*.txt")):
        analysis = analyse(_article(path.read_bytes().decode("utf-8", errors="replace")))
        words = Words(analysis=analysis, rules=attributions(analysis), known=known)
        states = encoded(analysis)
        if not len(states.offsets):
            continue
        starts = [token.start for token in analysis.tokens]
        owner = np.array([max(0, bisect_left(starts, start + 1) - 1) for start in states.offsets[:, 0]])
        windows = [(window, middle.astype(np.float16)) for window, middle in states.middle]
        yield Article(path.stem, words, owner, windows, [gold_of(each, words) for each in marked[path.stem]])


def main() -> None:
    """Write the articles and the rows of their features' values."""
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else None
    known = {name: Known() for name in NAMED}
    encoder()
    found = list(islice(articles(data / "polnear/train", known), limit))
    for article in found:
        article.words.features()
    rows = {name: dict(values) for name, values in known.items()}  # every value has its row now: no more are made
    for article in found:
        article.words = replace(article.words, known=rows)
    with out.open("wb") as file:
        pickle.dump((found, rows), file, protocol=5)
    print(f"{len(found)} articles")


if __name__ == "__main__":
    from training.statements.corpus import main as run  # so that what is pickled belongs to the module, not to this run

    run()
