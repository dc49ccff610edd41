"""The MUC-4 score of a subset of the training reports."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sayso.evaluate.gvdb import measures as gvdb_measures
from sayso.evaluate.gvdb import record_of
from sayso.evaluate.muc4 import measures
from sayso.evaluate.muc4_templates import render, templates
from sayso.model.reading import Reading
from training.extractor.corpus import Report


def key_blocks(data: Path) -> dict[str, str]:
    """Return the raw key of each message of all sets."""
    found: dict[str, str] = {}
    for file in sorted((data / "muc4").glob("*/key-*")):
        text = "\n".join(
            line for line in file.read_text(encoding="latin-1").splitlines() if not line.lstrip().startswith((";", "#"))
        )
        for block in re.split(r"(?m)^(?=\s*0\.\s+MESSAGE: ID)", text):
            m = re.match(r"\s*0\.\s+MESSAGE: ID\s+(\S+)", block)
            if m:
                found[m[1].upper()] = found.get(m[1].upper(), "") + block + "\n"
    return found


def muc_score(reports: list[Report], readings: Mapping[str, Reading], blocks: Mapping[str, str]) -> dict[str, float]:
    """Return the task's measures of readings by message id."""
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder) / "gold", Path(folder) / "out"
        gold.write_text("".join(blocks[r.id.upper()] for r in reports), encoding="latin-1")
        with out.open("w", encoding="latin-1", errors="replace") as file:
            for r in reports:
                file.write(render(r.id, templates(readings[r.id], r.row["day"])) + "\n")
        return measures(gold, out)


def gvdb_score(reports: list[Report], readings: Mapping[str, Reading]) -> dict[str, float]:
    """Return F1 of GVDB's fields for readings by row number."""
    with tempfile.TemporaryDirectory() as folder:
        gold, out = Path(folder) / "gold.tsv", Path(folder) / "out"
        rows = ["Article id\tFull text\tJson"] + [
            f"{n}\tx\t{json.dumps(r.row['json'])}" for n, r in enumerate(reports, 1)
        ]
        gold.write_text("\n".join(rows) + "\n", encoding="utf-8")
        lines = [json.dumps({"row": n, **record_of(readings[r.id])}) for n, r in enumerate(reports, 1)]
        out.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return gvdb_measures(gold, out)
