"""Says how well entities of different articles are told to be one, on ECB+.

    python -m training.entities.measure READINGS.pkl ECBPLUS [--show]

READINGS.pkl is {article id: Reading}. Articles of one topic and collection are compared with one another; those of
different ones are of other events, and what is merged over them is listed by --show.
"""

from __future__ import annotations

import argparse
import pickle
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from pathlib import Path

from sayso.merge.cluster import Pair, clusters, pair
from sayso.merge.entities.block import keys_of
from sayso.merge.entities.compare import LEAST, compare, log_odds
from sayso.merge.entities.naming import folded
from sayso.merge.entities.sketch import Sketch, sketches_of
from sayso.model.reading import Reading
from training.entities.gold import gold


def collection(article: str) -> str:
    """Return the topic and collection of an article: ECB and ECB+ have different events of one topic."""
    return article.split("_")[0] + ("plus" if "plus" in article else "")


def sketched(readings: Mapping[str, Reading]) -> list[Sketch]:
    """Return the sketches of readings, with keys that name the article too."""
    return [s for r in readings.values()
            for s in sketches_of(r, {e.id: f"{r.article.id}/{e.id}" for e in r.entities})]  # fmt: skip


def candidates(sketches: Iterable[Sketch]) -> set[Pair]:
    """Return the pairs of sketches that share a key, of different articles or one."""
    kept, found = defaultdict(list), set()
    for sketch in sketches:
        for number in keys_of(sketch).kept:
            kept[number].append(sketch.key)
    for keys in kept.values():
        found |= {pair(x, y) for x, y in combinations(keys, 2) if x != y}
    return found


def bcubed(found: list[list[str]], truth: dict[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 by B-cubed over the keys that have a truth."""
    of = {key: n for n, group in enumerate(found) for key in group}
    here, there = defaultdict(set), defaultdict(set)
    for key, number in truth.items():
        here[of[key]].add(key)
        there[number].add(key)
    precision = sum(len(here[of[k]] & there[n]) / len(here[of[k]]) for k, n in truth.items()) / len(truth)
    recall = sum(len(here[of[k]] & there[n]) / len(there[n]) for k, n in truth.items()) / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairs_of(groups: Iterable[list[str]], truth: dict[str, str]) -> set[Pair]:
    """Return the pairs of keys with a truth that are of one group and of different articles."""
    return {pair(x, y) for g in groups for x, y in combinations([k for k in g if k in truth], 2)
            if x.split("/")[0] != y.split("/")[0]}  # fmt: skip


def report(name: str, found: list[list[str]], truth: dict[str, str]) -> tuple[set[Pair], set[Pair]]:
    """Print the figures of clusters; return the pairs that are wrong and those that are missed."""
    by = defaultdict(list)
    for key, number in truth.items():
        by[number].append(key)
    wanted, got = pairs_of(by.values(), truth), pairs_of(found, truth)
    right = len(got & wanted)
    precision, recall = right / max(len(got), 1), right / max(len(wanted), 1)
    f1 = 2 * right / max(len(got) + len(wanted), 1)
    cubed = "/".join(f"{x:.3f}" for x in bcubed(found, truth))
    print(f"{name:10} pairs {len(wanted)} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; B-cubed P/R/F1 {cubed}")
    return got - wanted, wanted - got


def by_name(sketches: Iterable[Sketch]) -> list[list[str]]:
    """Return the clusters of the baseline: the same full name, folded."""
    found = defaultdict(list)
    for sketch in sketches:
        found[folded(sketch.name)].append(sketch.key)
    return list(found.values())


def clustered(sketches: list[Sketch]) -> tuple[list[list[str]], dict[Pair, float]]:
    """Return the clusters, and the log-odds of the candidates."""
    by = {s.key: s for s in sketches}
    scores = {(x, y): log_odds(by[x], by[y]) for x, y in candidates(sketches)}
    return clusters(by, scores, least=LEAST), scores


def _timed(name: str, do: Callable[[], object], number: int) -> None:
    start = time.perf_counter()
    do()
    print(f"{name}: {(time.perf_counter() - start) / max(number, 1) * 1e6:.0f} microseconds each")


def main() -> None:
    """Measure on the readings given."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("readings", type=Path)
    options.add_argument("ecb", type=Path)
    options.add_argument("--show", action="store_true")
    given = options.parse_args()
    readings: dict[str, Reading] = pickle.loads(given.readings.read_bytes())
    _timed("sketches_of", lambda: sketched(readings), len(readings))
    sketches = sketched(readings)
    by = {s.key: s for s in sketches}
    truth = {f"{r.article.id}/{id}": number for r in readings.values() for id, number in gold(r, given.ecb).items()}
    truth = {key: number for key, number in truth.items() if key in by}
    groups = defaultdict(list)
    for sketch in sketches:
        groups[collection(sketch.article)].append(sketch)
    named, ours, scores = list[list[str]](), list[list[str]](), dict[Pair, float]()
    for group in groups.values():
        named += by_name(group)
        found, scored = clustered(group)
        ours += found
        scores |= scored
    print(f"{len(readings)} articles, {len(sketches)} sketches, {len(truth)} with a truth, {len(scores)} candidates")
    report("same name", named, truth)
    wrong, missed = report("ours", ours, truth)
    _timed("compare", lambda: [log_odds(by[x], by[y]) for x, y in scores], len(scores))
    if given.show:
        _show(by, wrong, missed, scores)
        over(sketches)


def _show(by: dict[str, Sketch], wrong: set[Pair], missed: set[Pair], scores: dict[Pair, float]) -> None:
    for what, pairs in (("WRONG", wrong), ("MISSED", missed)):
        for x, y in sorted(pairs):
            told = "; ".join(f"{r.feature} {r.weight:+.1f}" for r in compare(by[x], by[y]).reasons[:9])
            print(f"{what} {x} {by[x].name} | {y} {by[y].name} {scores.get((x, y), float('nan')):.1f}: {told}")


def over(sketches: list[Sketch]) -> None:
    """List what is merged over articles of different events."""
    by = {s.key: s for s in sketches}
    for group in clustered(sketches)[0]:
        if len({collection(by[k].article) for k in group}) > 1:
            print("OVER", "; ".join(sorted({f"{by[k].name} ({collection(by[k].article)})" for k in group})))


if __name__ == "__main__":
    main()
