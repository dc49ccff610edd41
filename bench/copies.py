"""Measures how well copies are found: articles of an invented grammar, their copies, and reports that are none.

    python -m bench.copies [ARTICLES]     by kind of copy, with time and memory

Of ten articles three or four are copies, made in one way or several, and as many are other reports of an incident. They
share its names and facts, a quoted sentence and a paragraph of background with another article, and are no copies.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bench.copies_made import ARTICLES, WAYS, Made, made
from sayso.merge.copies import CROWD, Member, Pair, Signature, compare, group, signature
from sayso.merge.copies.groups import COPY


def candidates(signatures: list[Signature]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of articles that share a band, the earlier one first, as a table of bands gives them."""
    table: dict[int, list[int]] = {}
    for number, found in enumerate(signatures):
        near: set[int] = set()
        for band in found.bands:
            row = table.setdefault(band, [])
            near.update(row)
            if len(row) < CROWD:
                row.append(number)
        for other in sorted(near):
            yield other, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in made articles: pairs compared, those scored as copies, groups, and processor seconds."""

    compared: int
    pairs: list[Pair[int]]
    shares_band: set[tuple[int, int]]
    groups: list[tuple[int, ...]]
    seconds: float


def find(articles: list[Made]) -> Found:
    """Find the copies as a store does it: one signature an article, a table of bands, one comparison a pair."""
    start = time.process_time()
    signatures = [signature(article.text) for article in articles]
    near = list(candidates(signatures))
    scored = [Pair(left=a, right=b, score=compare(signatures[a], signatures[b]).score) for a, b in near]
    members = [Member(id=k, length=s.length) for k, s in enumerate(signatures)]
    groups = [g.members for g in group(scored, members)]
    seconds = time.process_time() - start
    pairs = [pair for pair in scored if pair.score >= COPY]
    return Found(compared=len(near), pairs=pairs, shares_band=set(near), groups=groups, seconds=seconds)


def measures(articles: list[Made], found: Found) -> dict[str, float]:
    """Return recall of copy and origin, precision of all pairs, both for groups, and articles a second."""
    wanted = _wanted(articles)
    got = {(pair.left, pair.right) for pair in found.pairs}
    right = sum(articles[a].family == articles[b].family for a, b in got)
    place = {a: n for n, ids in enumerate(found.groups) for a in ids}
    together = [place.get(a, -1) == place.get(b, -2) for a, b in wanted]
    inside = [articles[a].family == articles[b].family for ids in found.groups for a in ids for b in ids if a < b]
    return {
        "candidates": 100 * sum(pair in found.shares_band for pair in wanted) / len(wanted),
        "recall": 100 * sum(pair in got for pair in wanted) / len(wanted),
        "precision": 100 * right / max(len(got), 1),
        "group recall": 100 * sum(together) / len(together),
        "group precision": 100 * sum(inside) / max(len(inside), 1),
    }


def _wanted(articles: list[Made]) -> dict[tuple[int, int], str]:
    """Return each pair of a copy and its origin, with how the copy was made."""
    origins = {article.family: k for k, article in enumerate(articles) if not article.how}
    pairs = ((origins.get(a.family), k, a.how) for k, a in enumerate(articles) if a.how)
    return {(min(o, k), max(o, k)): how for o, k, how in pairs if o is not None}


def measure() -> dict[str, float]:
    """Return the measures of the task `copies`, in percent."""
    articles = made()
    return measures(articles, find(articles))


def main(arguments: list[str]) -> None:
    """Print the measures, recall by kind of copy, and what it took."""
    articles = made(int(arguments[0]) if arguments else ARTICLES)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = find(articles)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name, value in measures(articles, found).items():
        print(f"{name:30} {value:7.2f}")
    got = {(pair.left, pair.right) for pair in found.pairs}
    total, hit, met = Counter[str](), Counter[str](), Counter[str]()
    for pair, how in _wanted(articles).items():
        total[how], hit[how], met[how] = (
            total[how] + 1,
            hit[how] + (pair in got),
            met[how] + (pair in found.shares_band),
        )
    for how in WAYS:
        if total[how]:
            print(
                f"  {how:28} {100 * hit[how] / total[how]:7.2f} of {total[how]}, met {100 * met[how] / total[how]:.2f}"
            )
    print(f"{found.seconds:.1f} s, {len(articles)} articles, {found.compared} pairs compared, {after - before} KB more")


if __name__ == "__main__":
    main(sys.argv[1:])
