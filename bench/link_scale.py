"""What linking costs as a database grows: made incidents, loaded as records, linked in the order in which they come.

    python -m bench.link_scale [FOLDER] [--million]

Links 100,000 from nothing and tells seconds, memory, and the cost of one after 10,000 and after 100,000. With
`--million`, more are loaded without being compared, so that the millionth can be linked among all others. Writes the
growth as a picture to FOLDER, and prints how well the clusters are those that were made.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, insert

from bench.link_made import Maker
from sayso.link.linker import Linking
from sayso.merge.incidents import keys_of, plain
from sayso.merge.incidents.sketch import Sketch
from sayso.store.links import Kept
from sayso.store.store import Store, open_store
from sayso.store.tables import article, cluster_member

SCRATCH, EARLY, MANY = 100_000, 10_000, 1_000_000
LATE = 2_000
"""Incidents over which the cost of one is averaged."""
BATCH = 200
Made = tuple[int, Sketch]


class Growth:
    """A database that is filled with made incidents, and what that took."""

    def __init__(self, store: Store) -> None:
        self.store, self.number = store, 0
        self.costs: list[tuple[int, float]] = []
        self.events: dict[str, int] = {}

    def link(self, made: Iterable[Made]) -> float:
        """Link incidents in batches; return the seconds of processor time, and note the cost of one every so often."""
        start = last = time.process_time()
        for batch in _batches(made, BATCH):
            with self.store.writing() as connection:
                linking = Linking(connection, "incident")
                kept = self._keep(connection, linking, batch)
                for one, sketch in kept:
                    linking._compare(one, sketch)
                linking.settle({one.key for one, _ in kept})
            if self.number % LATE == 0:
                self.costs.append((self.number, (time.process_time() - last) / LATE * 1000))
                last = time.process_time()
        return time.process_time() - start

    def load(self, made: Iterable[Made]) -> None:
        """Keep incidents under their keys without comparing them."""
        for batch in _batches(made, 5_000):
            with self.store.writing() as connection:
                self._keep(connection, Linking(connection, "incident"), batch)

    def _keep(self, connection: Connection, linking: Linking, batch: list[Made]) -> list[tuple[Kept, Sketch]]:
        first = self.number + 1
        connection.execute(insert(article), [_row(first + n, sketch.article) for n, (_, sketch) in enumerate(batch)])
        kept = []
        for n, (event, sketch) in enumerate(batch):
            self.events[sketch.key] = event
            body = plain(sketch)
            number = linking.links.keep(sketch.key, first + n, body, keys_of(sketch).kept)
            kept.append((Kept(number, sketch.key, first + n, body), sketch))
        self.number += len(batch)
        return kept

    def cost(self, at: int) -> float:
        """Return the milliseconds that one incident cost at a number."""
        return next(cost for number, cost in self.costs if number >= at)

    def right(self) -> tuple[float, float]:
        """Return precision and recall of the pairs that were put together."""
        with self.store.reading() as connection:
            clusters = {row.key: row.cluster for row in connection.execute(cluster_member.select())}
        groups: dict[str, list[int]] = defaultdict(list)
        for key, event in self.events.items():
            groups[clusters.get(key, key)].append(event)
        both = sum(_pairs(n) for own in groups.values() for n in Counter(own).values())
        return both / sum(_pairs(len(own)) for own in groups.values()), both / sum(
            _pairs(n) for n in Counter(self.events.values()).values()
        )


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _row(number: int, id: str) -> dict[str, object]:
    empty = dict.fromkeys(("fingerprint", "sha256", "name", "sayso_version", "ingested_at", "text"), "")
    lists: dict[str, object] = {"authors": [], "notes": [], "offsets": []}
    flags = {"number": number, "id": id, "version": 1, "current": True, "capitals": False, "published_by": "given"}
    return {**empty, **lists, **flags, "linked": "made"}


def _batches(made: Iterable[Made], size: int) -> Iterator[list[Made]]:
    iterator = iter(made)
    while batch := list(islice(iterator, size)):
        yield batch


def measures(million: bool = False, folder: Path | None = None) -> dict[str, float]:
    """Return what 100,000 from nothing take, how the cost of one grows, and how right the pairs are, in per cent."""
    with tempfile.TemporaryDirectory() as place, open_store(f"{place}/made.db", write=True) as store:
        growth, made = Growth(store), Maker().sketches(MANY + LATE)
        seconds = growth.link(islice(made, SCRATCH))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        precision, recall = growth.right()
        found = {
            "seconds for 100,000": seconds,
            "megabytes for 100,000": memory,
            "cost at 100,000 by that at 10,000": growth.cost(SCRATCH) / growth.cost(EARLY),
            "pair precision lost": 100 * (1 - precision),
            "pair recall lost": 100 * (1 - recall),
        }
        if million:
            growth.load(islice(made, MANY - SCRATCH - LATE))
            growth.link(islice(made, LATE))
            found["cost at 1,000,000 by that at 10,000"] = growth.cost(MANY - LATE) / growth.cost(EARLY)
        if folder:
            (folder / "link-growth.svg").write_text(picture(growth.costs), encoding="utf-8")
    return found


def picture(costs: list[tuple[int, float]]) -> str:
    """Return the cost of one incident by how many were there before, as SVG."""
    width, height, left, foot = 640, 260, 56, 40
    most, widest = max(cost for _, cost in costs) * 1.2, max(number for number, _ in costs)
    x = lambda number: left + (width - left - 16) * number / widest  # noqa: E731
    y = lambda cost: 16 + (height - 16 - foot) * (1 - cost / most)  # noqa: E731
    dots = "".join(f'<circle cx="{x(n):.1f}" cy="{y(c):.1f}" r="2.5" fill="#1f5fa8"/>' for n, c in costs)
    marks = [f'<text x="{left - 6}" y="{y(v) + 4:.1f}" text-anchor="end">{v:.0f}</text>' for v in (0, most / 2, most)]
    marks += [
        f'<text x="{x(n):.1f}" y="{height - 18}" text-anchor="middle">{n:,}</text>' for n in (0, widest // 2, widest)
    ]
    axes = f'<path d="M{left} 16V{height - foot}H{width - 16}" stroke="#888" fill="none"/>'
    body = f"{axes}{''.join(marks)}{dots}"
    title = f'<text x="{left}" y="12">milliseconds to link one incident, by how many are there</text>'
    style = 'font-family="sans-serif" font-size="12" fill="#333"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {style}>{title}{body}</svg>\n'


if __name__ == "__main__":
    options = [a for a in sys.argv[1:] if not a.startswith("--")]
    for name, value in measures("--million" in sys.argv, Path(options[0]) if options else None).items():
        print(f"{name:40} {value:10.2f}")
