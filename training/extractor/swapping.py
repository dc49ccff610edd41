"""Name swapping as augmentation: a report's people, groups, places and dates become those of another region and era."""

from __future__ import annotations

import pickle
import random
from dataclasses import replace
from pathlib import Path

from training.extractor.corpus import load
from training.extractor.examples import Example, Swapper, moved
from training.swap.reading import names_of
from training.swap.swap import Name, swap

NAMES = "names.pkl"


def prepare(work: Path) -> None:
    """Find the names of all MUC-4 training reports once and keep them in `work`."""
    found: dict[str, list[Name]] = {}
    for part in ("dev", "tst1"):
        for report in load(work / f"muc4-{part}.pkl"):
            found[report.id] = names_of(report.reading.article, report.analysis)
    (work / NAMES).write_bytes(pickle.dumps(found))


def swapper(work: Path) -> Swapper:
    """Return a function that swaps the names of an example. Raises ImportError where `prepare` has not run."""
    if not (work / NAMES).exists():
        raise ImportError("no names prepared")
    names: dict[str, list[Name]] = pickle.loads((work / NAMES).read_bytes())

    def swapped(example: Example, rng: random.Random) -> Example:
        known = names.get(example.id)
        if not known:
            return example
        made = swap(example.text, known, rng)
        new = moved(example, made.text, made.offset)
        labels = new.labels
        spans = [
            replace(s, end=max(made.offset(old.end, end=True), s.start + 1))
            for s, old in zip(labels.spans, example.labels.spans, strict=True)
        ]
        ignored = [
            (s, made.offset(old[1], end=True), r)
            for (s, _, r), old in zip(labels.ignored, example.labels.ignored, strict=True)
        ]
        return replace(new, labels=replace(labels, spans=spans, ignored=ignored))

    return swapped


if __name__ == "__main__":
    import sys

    prepare(Path(sys.argv[1]))
