"""Counts in how many news articles each word stands, and writes the table by which shared words are weighed.

    python -m training.clusters.rarity [DATA]

The articles are those of PolNeAR's training half and of MUC-4's development half, of each its words once. Nothing but
words and counts is kept.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.evaluate.muc4 import messages
from sayso.merge.incidents.words import RARITY, words_of

LEAST = 4
"""Articles that a word must stand in to be listed; all rarer ones weigh alike."""


def texts(data: Path) -> Iterator[str]:
    """Yield the articles that are counted."""
    for path in sorted((data / "polnear/train").rglob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace")
    for path in sorted((data / "muc4/dev").glob("dev-muc3-*")):
        yield from (body for _, body in messages(path.read_text(encoding="latin-1")))


def main(data: Path) -> None:
    """Write the table, the commonest words first."""
    counts: Counter[str] = Counter()
    number = 0
    for number, text in enumerate(texts(data), 1):  # noqa: B007
        counts.update(set(words_of(text)))
    rows = sorted(((n, word) for word, n in counts.items() if n >= LEAST), key=lambda row: (-row[0], row[1]))
    with RARITY.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            f"# In how many of so many news articles a word stands; made by training/clusters/rarity.py.\t{number}\n"
        )
        file.writelines(f"{word}\t{n}\n" for n, word in rows)
    print(f"{len(rows)} words of {number} articles in {RARITY}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
