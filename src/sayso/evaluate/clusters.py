"""Which articles tell of one incident: read, put into a database and linked as any articles are.

Input is JSON lines `{"id", "text", "title", "published", "outlet"}`, all but id and text optional. A prediction is
`{"id", "incidents": [...], "copy_of"}`: the ids of the clusters of its main incidents ([] where it tells of none), and
the id of the article that it is a copy of, or null. Gold is JSON lines `{"id", "incidents"}`. Measures: pairs of
articles that share an incident, and B-cubed (Bagga and Baldwin 1998) over articles, as extended to several incidents
an article by Amigo et al. (2009).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from sayso.clean.dates import day_of
from sayso.errors import InputError
from sayso.evaluate.lines import objects
from sayso.link.linker import link
from sayso.link.view import main_incidents
from sayso.model.article import Capture
from sayso.pipeline import read_capture
from sayso.read.inputs import captures
from sayso.store.store import open_store

Sets = dict[str, frozenset[str]]


def predict(input: Path, out: Path) -> None:
    """Read and link every article of `input`, and write which main incidents each tells of to `out`."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/clusters.db", write=True) as store:
        ids = [str(row["id"]) for row in _rows(input)]
        for capture in captures([_with_days(input, Path(folder) / "articles.jsonl")]):
            if isinstance(capture, Capture):
                store.add(read_capture(capture), capture.sha256)
            else:
                print(f"left out: {capture.error}", file=sys.stderr)
        link(store)
        found = main_incidents(store)
    with out.open("w", encoding="utf-8") as file:
        for id in dict.fromkeys(ids):
            told = found.get(id)
            row = {
                "id": id,
                "incidents": list(told.incidents) if told else [],
                "copy_of": told.copy_of if told else None,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _with_days(input: Path, out: Path) -> str:
    """Copy the articles with their days as ISO 8601, however they are written; no day where it cannot be read."""
    with out.open("w", encoding="utf-8") as file:
        for row in _rows(input):
            day = day_of(str(row.get("published") or ""))
            file.write(json.dumps({**row, "published": day.isoformat() if day else None}) + "\n")
    return str(out)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    return objects(path, "id", 'give {"id", "text", ...} a line')


def measures(gold: Path, predictions: Path) -> dict[str, float]:
    """Return precision, recall and F1, in per cent, of pairs of articles and of B-cubed.

    Counted are the articles of the gold; one that is missing from the predictions tells of no incident.
    """
    right, found = _sets(gold), _sets(predictions)
    found = {id: found.get(id, frozenset()) for id in right}
    p, r, f = _prf(*_pairs(right, found))
    bp, br = _b_cubed(found, right), _b_cubed(right, found)
    return {
        "pair precision": p,
        "pair recall": r,
        "pair f": f,
        "b-cubed precision": bp,
        "b-cubed recall": br,
        "b-cubed f": 2 * bp * br / (bp + br) if bp + br else 0.0,
    }


def _sets(path: Path) -> Sets:
    found: Sets = {}
    for row in _rows(path):
        if not isinstance(row.get("incidents"), list):
            raise InputError("has no list of incidents", value=str(row["id"]), next_step='give "incidents": [...]')
        found[str(row["id"])] = frozenset(map(str, row["incidents"]))  # type: ignore[call-overload]
    return found


def _pairs(right: Sets, found: Sets) -> tuple[int, int, int]:
    """Return how many pairs are found and right, found, and right."""
    both = made = true = 0
    for x, y in combinations(sorted(right), 2):
        is_right, is_found = bool(right[x] & right[y]), bool(found[x] & found[y])
        both, made, true = both + (is_right and is_found), made + is_found, true + is_right
    return both, made, true


def _prf(both: int, made: int, true: int) -> tuple[float, float, float]:
    p, r = 100 * both / made if made else 0.0, 100 * both / true if true else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _b_cubed(asked: Sets, other: Sets) -> float:
    """Return the mean, over articles with an incident in `asked`, of how well `other` agrees with those it is put with.

    With the predictions asked it is precision, with the gold recall. Of two articles that share several incidents, as
    many count as both have in common on both sides (multiplicity).
    """
    means = []
    for x, mine in sorted(asked.items()):
        together = [y for y in asked if mine & asked[y]]
        if together:
            shares = [min(len(mine & asked[y]), len(other[x] & other[y])) / len(mine & asked[y]) for y in together]
            means.append(sum(shares) / len(shares))
    return 100 * sum(means) / len(means) if means else 0.0


def score(gold: Path, predictions: Path) -> str:
    """Return the measures in words."""
    return "\n".join(f"{name:20} {value:6.2f}" for name, value in measures(gold, predictions).items())
