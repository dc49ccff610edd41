"""The reports that the extractor learns from, each read once by the rules and kept with what they found."""

from __future__ import annotations

import hashlib
import json
import pickle
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sayso.annotate.grammar import analyse
from sayso.clean.article import article_of
from sayso.evaluate.gvdb import capture_of, rows
from sayso.evaluate.muc4 import header_day, messages
from sayso.evaluate.muc4_format import Template, parse
from sayso.extract.incidents import incidents
from sayso.extract.incidents.events import find_events
from sayso.extract.statements import statements
from sayso.model.article import Capture
from sayso.model.reading import Reading
from sayso.resolve.when import times
from sayso.resolve.where import places
from sayso.resolve.who import entities


@dataclass(slots=True)
class Report:
    """One report: its source set, id, reading and analysis, and the gold of its set."""

    set: str
    id: str
    body: str
    reading: Any
    analysis: Any
    events: list[Any]
    templates: list[Template] = field(default_factory=list)
    row: dict[str, Any] = field(default_factory=dict)


def muc4(data: Path, part: str) -> Iterator[tuple[str, str, list[Template]]]:
    """Yield id, body and templates of the reports of `dev`, `tst1` or `tst2`."""
    folder = data / "muc4" / part
    keys: dict[str, list[Template]] = {}
    for file in sorted(folder.glob("key-*")):
        keys.update(parse(file.read_text(encoding="latin-1")))
    for file in sorted(p for p in folder.iterdir() if not p.name.startswith(("key", "text"))):
        for id, body in messages(file.read_text(encoding="latin-1")):
            yield id, body, keys.get(id, [])


def gvdb(data: Path) -> Iterator[tuple[str, Capture, dict[str, Any]]]:
    """Yield number, report and gold of each row."""
    for n, row in enumerate(rows(data / "gvdb/dev.tsv"), 1):
        yield str(n), capture_of(row, str(n)), {"json": json.loads(row["Json"]), "key": row["Article id"]}


def plain(id: str, body: str) -> Capture:
    """Return a report of a set that has nothing but text."""
    sha = hashlib.sha256(body.encode("utf-8", "replace")).hexdigest()
    return Capture(name=id, id=id, content=body, media_type="text", sha256=sha)


def read(set: str, id: str, capture: Capture) -> Report:
    """Read one report by the rules."""
    article = article_of(capture, None)
    analysis = analyse(article)
    who, when, where = entities(article, analysis), times(article, analysis), places(article, analysis)
    said = statements(article, analysis, who, when)
    happened = incidents(article, analysis, who, when, where, said)
    reading = Reading(article=article, entities=who, times=when, places=where, statements=said, incidents=happened)
    return Report(set, id, str(capture.content), reading, analysis, find_events(analysis))


def build(data: Path, set: str, out: Path, limit: int | None = None) -> None:
    """Read every report of one set, or the first `limit`, and write what was found to `out`."""
    found = []
    if set == "gvdb":
        for id, capture, row in islice(gvdb(data), limit):
            report = read(set, id, capture)
            report.row = row
            found.append(report)
    else:
        for id, body, templates in islice(muc4(data, set.removeprefix("muc4-")), limit):
            report = read(set, id, plain(id, body))
            report.templates, report.row = templates, {"day": header_day(body)}
            found.append(report)
    out.write_bytes(pickle.dumps(found))


class _Unpickler(pickle.Unpickler):
    """Finds the classes of this module also where the file was written by it as a program."""

    def find_class(self, module: str, name: str) -> Any:
        return super().find_class(__name__ if module == "__main__" else module, name)


def load(path: Path) -> list[Report]:
    """Return the reports that `build` wrote."""
    with path.open("rb") as file:
        found: list[Report] = _Unpickler(file).load()
    return found


if __name__ == "__main__":
    build(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]) if sys.argv[4:] else None)
