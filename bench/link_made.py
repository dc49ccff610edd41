"""Made incidents to measure linking by: sketches with a realistic spread of places, days and names, without any text.

A hundred reports come in a day, as from a world's news; an event has two or three reports on average and seldom dozens,
within days of it, and a tenth of them weeks later. Reports differ as real ones do: one names only the country or a town
nearby, one gives no day, tolls grow, names are spelled otherwise, some are left out.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from sayso.merge.incidents.sketch import Party, Sketch, Spot
from sayso.merge.incidents.words import KEPT, Words
from sayso.resolve.gazetteer import PATH

A_DAY = 100
START = date(2000, 1, 1)
KINDS = ("bombing", "armed_attack", "killing", "kidnapping", "arson", "clash", "strike", "arrest")
SYLLABLES = ("ka", "ro", "mi", "tel", "sha", "bor", "len", "du", "vi", "ar", "nok", "sel", "ham", "ia", "dro", "pet")
COMMON = 4_000
"""Words that reports of any event may share; each event has words of its own beside them."""


class Maker:
    """Makes reports of events, in the order in which they are published; the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._towns = _towns()
        self._weights = list(accumulate(max(t[5], 1_000) ** 0.6 for t in self._towns))

    def sketches(self, number: int) -> Iterator[tuple[int, Sketch]]:
        """Yield so many sketches, each with the number of its event."""
        due: dict[int, list[tuple[int, Sketch]]] = {}
        made = event = 0
        for day in range(10**6):
            for _ in range(round(A_DAY / 2.6)):
                event += 1
                for later, sketch in self._reports(event, day):
                    due.setdefault(day + later, []).append((event, sketch))
            for found in due.pop(day, ()):
                yield found
                made += 1
                if made == number:
                    return

    def _reports(self, event: int, day: int) -> Iterator[tuple[int, Sketch]]:
        """Yield the reports of one event, each with how many days later it comes."""
        r = self._random
        when = START + timedelta(days=day)
        town = r.choices(self._towns, cum_weights=self._weights)[0]
        kind, dead = r.choice(KINDS), int(r.paretovariate(0.9))
        people = [self._name() for _ in range(r.choice((0, 1, 1, 2)))]
        own = [r.getrandbits(32) for _ in range(40)]
        for n in range(min(60, int(r.expovariate(1 / 1.9)) + 1)):
            later = 0 if n == 0 else r.choice((0, 1, 1, 2, 3)) if r.random() < 0.9 else r.randint(7, 60)
            told = r.choice((when, when, when, when, None))
            yield (
                later,
                Sketch(
                    key=f"{event:08x}{n:02x}",
                    article=f"{event}-{n}",
                    source=f"outlet {r.randint(1, 400)}",
                    published=when + timedelta(days=later),
                    kind=kind if r.random() < 0.85 else r.choice(KINDS),
                    stage="accomplished",
                    main=True,
                    beside=False,
                    prominence=3.0,
                    days=(told, told) if told else None,
                    spots=self._spots(town),
                    parties=tuple(Party("victim", self._spelled(p), True) for p in people if r.random() < 0.7),
                    people=frozenset(r.sample(("soldier", "farmer", "trader", "driver", "child"), 1)),
                    targets=frozenset(r.sample(("market", "checkpoint", "bus", "school", "mosque", "bridge"), 1)),
                    weapons=frozenset(),
                    counts=(("killed", dead, dead),) if r.random() < 0.8 else (),
                    words=self._words(own, KEPT),
                    names=self._words(own, 20),
                ),
            )

    def _spots(self, town: tuple[str, str, str, float, float, int]) -> tuple[Spot, ...]:
        id, name, country, latitude, longitude, _ = town
        if self._random.random() < 0.12:
            return (Spot(f"iso3166-1:{country}", country.lower(), country, latitude, longitude, 500.0, 0.9),)
        return (Spot(id, name.lower(), country, latitude, longitude, 8.0, 0.9),)

    def _name(self) -> str:
        r = self._random
        return " ".join("".join(r.choices(SYLLABLES, k=r.randint(2, 3))).title() for _ in range(2))

    def _spelled(self, name: str) -> str:
        return name.replace("k", "q") if self._random.random() < 0.15 else name

    def _words(self, own: list[int], number: int) -> Words:
        """Return words of a report: some of its event's own, which are rare and weigh more, and common ones."""
        r = self._random
        rare = set(r.sample(own, int(number * 0.45)))
        common = {r.randint(1, COMMON) for _ in range(number - len(rare))}
        ids = sorted(rare | common)
        return Words(array("I", ids), array("H", [160 if i in rare else 70 for i in ids]))


def _towns() -> list[tuple[str, str, str, float, float, int]]:
    """Return the larger towns of all countries: id, name, country, degrees, population."""
    import sqlite3

    with sqlite3.connect(f"file:{PATH}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT id, name, country, latitude, longitude, population FROM place"
            " WHERE type = 'city' AND country IS NOT NULL AND latitude IS NOT NULL AND population > 5000 ORDER BY n"
        )
        return [tuple(row) for row in rows]
