"""How fast the store takes and gives: synthetic articles in, filters and words out.

    python bench/store_scale.py FILE [ARTICLES]

Writes a database to FILE (which must not exist) and prints the rate and the times. The readings are made, not read:
their incidents are spread over 20 years, 40 countries, 17 kinds, 3,000 towns and 2,000 groups.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sayso.export.registry import writer
from sayso.model.claim import Actor, Claim
from sayso.model.incident import Incident
from sayso.model.place import Place
from sayso.model.reading import Reading
from sayso.model.when import When
from sayso.schema.kinds import kinds
from sayso.store.filters import IncidentFilter
from sayso.store.store import Store, open_store
from tests.invented import reading as invented

KINDS = list(kinds())
COUNTRIES = [a + b for a in "KLMNO" for b in "ABCDEFGH"]


def synthetic(k: int) -> Reading:
    """Return the k-th reading: the invented report, its incidents at other times and places, by others."""
    chance = random.Random(k)
    base = invented()
    incidents = tuple(_other(incident, chance) for incident in base.incidents)
    day = date(2000, 1, 1) + timedelta(days=chance.randrange(20 * 365))
    return replace(base, article=replace(base.article, id=f"a{k}", published=day), incidents=incidents)


def _other(incident: Incident, chance: random.Random) -> Incident:
    day = date(2000, 1, 1) + timedelta(days=chance.randrange(20 * 365))
    when = When(edtf=day.isoformat(), earliest=day, latest=day, basis="explicit")
    town, group = chance.randrange(3000), chance.randrange(2000)
    claims = tuple(replace(claim, value=_value(claim, when, town, group)) for claim in incident.claims)
    return replace(incident, kind=chance.choice(KINDS), claims=claims)


def _value(claim: Claim, when: When, town: int, group: int) -> Any:
    value = claim.value
    if isinstance(value, When):
        return when
    if isinstance(value, Place):
        return replace(value, names=(f"Town {town}", f"Country {town % 40}"), country=COUNTRIES[town % 40])
    return replace(value, name=f"Front {group}") if isinstance(value, Actor) else value


def timed(what: str, job: Callable[[], Any]) -> None:
    """Do a job three times and print the best time."""
    best, found = float("inf"), None
    for _ in range(3):
        start = time.perf_counter()
        found = job()
        best = min(best, time.perf_counter() - start)
    print(f"{what:44} {best * 1000:8.1f} ms   {found}")


def ask(store: Store) -> None:
    """Ask what people ask, and print how long the answers take."""
    asked: dict[str, dict[str, Any]] = {
        "all": {},
        "kind": {"kinds": ("bombing",)},
        "country": {"countries": ("KA",)},
        "place": {"place": "town 77"},
        "dates": {"since": date(2010, 1, 1), "until": date(2010, 3, 31)},
        "actor": {"actor": "front 77"},
        "actor and standing": {"actor": "front 77", "standings": ("claimed",)},
        "speaker kind": {"speaker_kinds": ("armed_group",)},
        "text": {"text": "depot"},
        "kind, country, dates": {"kinds": ("bombing",), "countries": ("KA",), "since": date(2015, 1, 1)},
    }
    for what, conditions in asked.items():
        filter = IncidentFilter(**conditions)
        timed(f"find 50: {what}", lambda f=filter: len(store.find(f, limit=50)))  # type: ignore[misc]
        timed(f"count: {what}", lambda f=filter: store.count(f))  # type: ignore[misc]
    timed("rebuild 50 readings", lambda: len(list(store.readings(range(1, 51)))))
    timed("search, 20 best of all", lambda: len(store.search("tram depot", 20)))


def export(store: Store, path: Path) -> None:
    """Export everything as CSV and print the rate."""
    start = time.perf_counter()
    with path.open("w", encoding="utf-8", newline="") as out:
        rows = store.find(IncidentFilter(), "article")
        count = writer("csv")((stored.keyed() for stored in store.readings(row.article for row in rows)), out)
    print(f"export csv: {count / (time.perf_counter() - start):.0f} incidents/s")


def main() -> None:
    """Run it all."""
    path, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    with open_store(str(path), write=True) as store:
        wall = cpu = 0.0
        step = number // 4
        for k in range(number):
            reading = synthetic(k)
            start, spent = time.perf_counter(), time.process_time()
            store.add(reading, str(k))
            wall += time.perf_counter() - start
            cpu += time.process_time() - spent
            if (k + 1) % step == 0:
                print(f"to {k + 1:,} articles: {step / wall:.0f} a second, {step / cpu:.0f} a CPU second", flush=True)
                wall = cpu = 0.0
    print(f"{path.stat().st_size / number:.0f} bytes an article (its text has {len(invented().article.text)})")
    with open_store(str(path)) as store:
        ask(store)
        export(store, path.with_suffix(".csv"))


if __name__ == "__main__":
    main()
