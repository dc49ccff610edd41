"""Kind of source, act, stance and certainty, against labels that two passes gave apart (docs/labels.md).

`labels/statements.jsonl` marks statements in third parties' texts by offsets of the text as it is distributed; the
texts themselves are read from the data folder. What both passes call a statement and label alike is gold; a statement
that is not found counts as wrong.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LABELS = Path(__file__).with_name("labels") / "statements.jsonl"
FIELDS = {"kind": "speaker_kind", "act": "act", "stance": "stance", "certainty": "certainty"}
Doc = tuple[str, str]


def labels() -> list[dict[str, Any]]:
    """Return every labelled statement, a dict with `set`, `doc`, `cue`, `source`, `content` and two `passes`."""
    return [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]


def texts(data: Path, wanted: set[Doc]) -> Iterator[tuple[Doc, str]]:
    """Yield the wanted documents, as distributed."""
    from sayso.evaluate.gvdb import capture_of, rows
    from sayso.evaluate.muc4 import messages

    for file in sorted((data / "muc4/dev").glob("dev-*")):
        for id, body in messages(file.read_text(encoding="latin-1")):
            if ("muc4/dev", id) in wanted:
                yield ("muc4/dev", id), body
    for n, row in enumerate(rows(data / "gvdb/dev.tsv"), 1):
        if ("gvdb/dev", str(n)) in wanted:
            yield ("gvdb/dev", str(n)), str(capture_of(row, str(n)).content)
    for path in sorted((data / "polnear/train/text").glob("*.txt")):
        if ("polnear/train", path.stem) in wanted:
            yield ("polnear/train", path.stem), path.read_bytes().decode("utf-8", errors="replace")


def found(text: str, name: str) -> list[tuple[tuple[int, int], Any]]:
    """Return the statements of a text, each with the offsets of its cue in it."""
    import hashlib

    from sayso.model.article import Capture
    from sayso.pipeline import read_capture

    sha = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    reading = read_capture(Capture(name=name, id=name, content=text, media_type="text", sha256=sha))
    made = []
    for s in reading.statements:
        ends = [reading.article.offsets.origin(o) for o in (s.cue.start, s.cue.end - 1)] if s.cue else []
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            made.append(((ends[0], ends[1] + 1), s))
    return made


def compare(data: Path) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield each label with the statement whose cue overlaps its own; None where there is none."""
    listed: dict[Doc, list[dict[str, Any]]] = defaultdict(list)
    for label in labels():
        listed[label["set"], label["doc"]].append(label)
    for doc, text in texts(data, set(listed)):
        made = found(text, doc[1])
        for label in listed[doc]:
            start, end = label["cue"]
            yield label, next((s for (low, high), s in made if low < end and start < high), None)


def measure(data: Path) -> dict[str, float]:
    """Return, in percent: how many statements are found, and of kind, act, stance and certainty how many are right."""
    right: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for label, statement in compare(data):
        first, second = label["passes"]
        if not (first["is_statement"] and second["is_statement"]):
            continue
        gold["found"] += 1
        right["found"] += statement is not None
        for field, name in FIELDS.items():
            if first[field] == second[field]:
                gold[field] += 1
                right[field] += statement is not None and getattr(statement, name) == first[field]
    return {name: 100 * right[name] / gold[name] for name in ("found", *FIELDS)}


def agreement() -> dict[str, float]:
    """Return how often the two passes agree, in percent, on what both call a statement."""
    both = [label["passes"] for label in labels() if all(p["is_statement"] for p in label["passes"])]
    return {field: 100 * sum(a[field] == b[field] for a, b in both) / len(both) for field in FIELDS}


if __name__ == "__main__":
    print(agreement())
    print(measure(Path(sys.argv[1])))
