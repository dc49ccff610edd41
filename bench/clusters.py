"""Which articles tell of one incident: ECB+ topics on violence, and the samples."""

from __future__ import annotations

import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from sayso.evaluate.clusters import measures, predict

ROOT = Path(__file__).resolve().parents[1]
WIRE = {1: "ferry-pier", 2: "bus-abduction", 3: "livestock-market", 4: "newspaper-arson", 5: "air-strike"}
"""Incidents that the rows of samples/wire.jsonl tell of; the last row tells of none."""


def measure(data: Path) -> dict[str, float]:
    """Return the measures on ECB+ (`data` is its folder), and on the samples under names of their own."""
    from training.clusters.ecbplus import write

    with tempfile.TemporaryDirectory() as folder:
        articles, gold, out = (Path(folder) / name for name in ("articles.jsonl", "gold.jsonl", "predictions.jsonl"))
        write(data, articles, gold)
        predict(articles, out)
        found = measures(gold, out)
        samples(articles, gold)
        predict(articles, out)
        return found | {f"samples {name}": value for name, value in measures(gold, out).items()}


def samples(articles: Path, gold: Path) -> None:
    """Write the samples as rows, and the incident that each tells of: the folder that it lies in, or its row's."""
    sys.path.insert(0, str(ROOT / "tests/golden"))
    golden = import_module("golden_scoring")
    with articles.open("w", encoding="utf-8") as texts, gold.open("w", encoding="utf-8") as right:
        for expected in golden.expectations():
            name = expected["article"]
            article = golden.reading_of(name).article
            row = {"id": name, "title": article.title, "text": article.text, "outlet": article.outlet}
            row["published"] = article.published.isoformat() if article.published else None
            incident = _incident(name)
            texts.write(json.dumps(row, ensure_ascii=False) + "\n")
            right.write(json.dumps({"id": name, "incidents": [incident] if incident else []}) + "\n")


def _incident(name: str) -> str | None:
    folder, _, _ = name.partition("/")
    if folder.startswith("wire.jsonl:"):
        return WIRE.get(int(folder.partition(":")[2]))
    return None if folder == "no-incident" else folder
