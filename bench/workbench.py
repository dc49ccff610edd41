"""How fast the workbench's index answers over a made database of the size that it must bear.

    python -m bench.workbench [INCIDENTS [ARTICLES]]

Makes the database where there is none yet (kept in `.bench/` under a digest of what it is made by), then times what the
pages ask of the index. The reports are made, not read: invented words, spread over 80 countries, 15 years, all kinds of
event and 40 outlets; three reports an incident, a third of the incidents disputed, 5,000 of them on one point.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import numpy as np

from bench.workbench_made import ready, word
from sayso.desk.filters import ListFilter
from sayso.desk.index import Index, Selection
from sayso.desk.overview import refresh
from sayso.store.overview import due
from sayso.store.store import Store, open_store
from sayso.store.tables import overview

TIMES = 15
LIST, MAP = 60.0, 300.0
"""Milliseconds at the 95th percentile that a list with its facets, and the map, may take."""


def asked() -> Iterator[tuple[str, ListFilter]]:
    """Yield what people ask, each with a name."""
    start = date(2012, 3, 1)
    yield "all", ListFilter()
    yield "kind", ListFilter(kinds=("bombing",))
    yield "two kinds, country", ListFilter(kinds=("bombing", "arson"), countries=("KZ",))
    yield "month", ListFilter(period="2014-05")
    yield "days", ListFilter(since=start, until=start + timedelta(days=200))
    yield "place", ListFilter(place=word(41))
    yield "actor", ListFilter(actor="front")
    yield (
        "actor, standing, speaker",
        ListFilter(actor="front", standings=("accused_by_authorities",), speaker_kinds=("authority",)),
    )
    yield "disputed, not reviewed", ListFilter(disputed=True, reviewed=False)
    yield "box", ListFilter(bbox=(-20.0, -10.0, 60.0, 50.0))
    yield "word in all articles", ListFilter(text="police")
    yield "rare word", ListFilter(text="depot watchman")


def timed(job: Callable[[], Any], times: int = TIMES) -> np.ndarray[Any, Any]:
    """Return how many milliseconds a job takes, so many times."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        job()
        taken.append((time.perf_counter() - start) * 1000)
    return np.array(taken)


def put(what: str, taken: np.ndarray[Any, Any], note: str = "") -> None:
    """Print the median and the 95th percentile."""
    print(f"{what:42} p50 {np.percentile(taken, 50):7.1f} ms   p95 {np.percentile(taken, 95):7.1f} ms   {note}")


def measure(store: Store) -> dict[str, float]:
    """Print what everything takes, and return the 95th percentiles of a list and of a map over all that is asked."""
    start = time.perf_counter()
    index = Index()
    index.select(store)
    print(f"loaded in {time.perf_counter() - start:.1f} s")
    lists: list[np.ndarray[Any, Any]] = []
    maps: list[np.ndarray[Any, Any]] = []
    for name, filter in asked():
        first = timed(lambda f=filter: index.select(store, f), 1)  # type: ignore[misc]
        chosen = index.select(store, filter)

        def listed(filter: ListFilter = filter) -> None:
            found = index.select(store, filter)
            found.page(store)
            found.facets()

        lists.append(timed(listed))
        maps.append(timed(lambda c=chosen: [c.points(zoom=zoom) for zoom in (2,)]))  # type: ignore[misc]
        put(f"list: {name}", lists[-1], f"{chosen.count:,} found, the first time {first[0]:.0f} ms")
        put(f"map: {name}", maps[-1])
    whole = index.select(store)
    for zoom in (0, 5, 12):
        put(f"map of all, zoom {zoom}", timed(lambda z=zoom: whole.points(zoom=z)), f"{_cells(whole, zoom)} cells")  # type: ignore[misc]
    put("timeline of all", timed(whole.timeline))
    put("a page far down", timed(lambda: _deep(whole, store)))
    return {
        "list": float(np.percentile(np.concatenate(lists), 95)),
        "map": float(np.percentile(np.concatenate(maps), 95)),
    }


def _cells(chosen: Selection, zoom: int) -> int:
    return len(chosen.points(zoom=zoom).cells)


def _deep(chosen: Selection, store: Store) -> None:
    at = None
    for _ in range(3):
        at = chosen.page(store, "place", after=at, limit=200).next


def renewed(store: Store, index: Index) -> None:
    """Print what one more incident that changed costs: to be laid, and to be followed by the index."""
    index.select(store)
    with store.reading() as connection:
        keys = [row.key for row in connection.execute(overview.select().limit(10))]
    laid, followed = [], []
    for key in keys:
        with store.writing() as connection:
            due(connection, [key])
        laid.append(timed(lambda: refresh(store), 1)[0])
        followed.append(timed(lambda: index.select(store), 1)[0])
    put("one incident laid anew", np.array(laid))
    put("the index follows", np.array(followed))


def main() -> None:
    """Make what is missing, and measure."""
    incidents = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    path = ready(incidents, int(sys.argv[2]) if len(sys.argv) > 2 else incidents * 3)
    with closing(open_store(str(path), write=True)) as store:
        worst = measure(store)
        renewed(store, Index())
    met = worst["list"] <= LIST and worst["map"] <= MAP
    print(f"list p95 {worst['list']:.0f} ms (at most {LIST:.0f}); map p95 {worst['map']:.0f} ms (at most {MAP:.0f})")
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
