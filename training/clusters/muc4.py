"""Pairs of incidents in MUC-4 reports that are one, or are not, as far as the coders' templates tell.

    python -m training.clusters.muc4 READINGS [DATA]      links all reports and counts the pairs that come together

The templates do not say which reports tell of one incident. Two are taken for one where day, type, country and a rare
word of who or what was hit are shared; for different where day or place rules it out and no such word is shared. That
is right for nearly all pairs, not for every one. READINGS is where the readings are kept between runs.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from sayso.evaluate.muc4 import header_day, messages
from sayso.evaluate.muc4_format import Template, parse
from sayso.link.linker import link
from sayso.merge.incidents import sketches_of
from sayso.merge.incidents.sketch import Sketch
from sayso.merge.incidents.words import rarity, words_of
from sayso.model.article import Capture
from sayso.model.reading import Reading
from sayso.store.links import Links
from sayso.store.rows import key_of
from sayso.store.store import open_store
from training.clusters.readings import kept

KINDS = {
    "bombing": {"bombing", "strike"},
    "attack": {"armed_attack", "killing", "assassination", "clash", "stabbing", "strike", "vehicle_attack", "bombing"},
    "kidnapping": {"kidnapping"},
    "arson": {"arson"},
    "robbery": {"robbery"},
    "hijacking": {"hijacking"},
}
"""Kinds of incident that a template's type may have been read as."""
TARGET, NAME, DESCRIPTION = 12, 18, 19
RARE = 3.0
"""Rarity from which a shared word of who or what was hit tells."""


class Told(NamedTuple):
    """A template (its day, its type, its places from the country down) with the sketch of the incident it tells."""

    message: str
    day: date | None
    type: str
    places: tuple[str, ...]
    hit: frozenset[str]
    sketch: Sketch


Pairs = list[tuple[Sketch, Sketch]]


def captures(data: Path) -> Iterator[Capture]:
    """Yield the development reports; `data` is the folder `muc4`."""
    for path in sorted((data / "dev").glob("dev-muc3-*")):
        for id, body in messages(path.read_text(encoding="latin-1")):
            sha256 = hashlib.sha256(body.encode("latin-1", "replace")).hexdigest()
            day = header_day(body)
            yield Capture(name=id, id=id, content=body, media_type="text", sha256=sha256, published=day)


def pairs(data: Path, readings: Mapping[str, Reading]) -> tuple[Pairs, Pairs]:
    """Return pairs of sketches of different reports that are of one incident, and pairs that are not."""
    same: Pairs = []
    other: Pairs = []
    for x, y in combinations(list(_told(data, readings)), 2):
        if x.message == y.message or not (x.day and y.day):
            continue
        shared, gap = x.hit & y.hit, abs((x.day - y.day).days)
        if not gap and x.type == y.type and x.places[:1] == y.places[:1] and shared:
            same.append((x.sketch, y.sketch))
        elif not shared and _apart(x, y, gap):
            other.append((x.sketch, y.sketch))
    return same, other


def _apart(x: Told, y: Told, gap: int) -> bool:
    """Say whether day or place rules out that two are one, and yet something of either is alike."""
    if not gap and len(x.places) > 1 and len(y.places) > 1:
        inside = x.places[1:] == y.places[1 : len(x.places)] or y.places[1:] == x.places[1 : len(y.places)]
        if not inside and x.places[-1] != y.places[-1]:
            return True
    differ = gap >= 2 or x.places[:1] != y.places[:1]
    return differ and (x.places[-1:] == y.places[-1:] or gap <= 5)


def _told(data: Path, readings: Mapping[str, Reading]) -> Iterator[Told]:
    """Yield each template whose incident is found among those read of its report, by kind, day and who was hit."""
    for path in sorted((data / "dev").glob("key-dev*")):
        for message, templates in parse(path.read_text(encoding="latin-1")).items():
            if (reading := readings.get(message)) is None:
                continue
            free = sketches_of(reading, {i.id: f"{message}#{i.id}" for i in reading.incidents})
            for template in templates:
                type, day = (_values(template, 4) or ("",))[0], _day(_values(template, 2))
                hit = _words(v for slot in (TARGET, NAME, DESCRIPTION) for v in _values(template, slot))
                best = max(((_fit(s, type, day, hit), n) for n, s in enumerate(free)), default=(0.0, 0))
                if best[0] > 2:
                    named = _words(v for slot in (TARGET, NAME) for v in _values(template, slot))
                    rare = frozenset(w for w in named if rarity(w) > RARE)
                    yield Told(message, day, type, _places(_values(template, 3)), rare, free.pop(best[1]))


def _values(template: Template, slot: int) -> tuple[str, ...]:
    return tuple(v for fill in template.slots.get(slot, ()) for v in fill.values)


def _words(values: Iterable[str]) -> frozenset[str]:
    return frozenset(w for value in values for w in words_of(value))


def _day(values: tuple[str, ...]) -> date | None:
    try:
        return datetime.strptime(values[0], "%d %b %y").date() if values else None
    except ValueError:
        return None


def _places(values: tuple[str, ...]) -> tuple[str, ...]:
    parts = values[0].split(":") if values else []
    return tuple(re.sub(r"\(.*", "", part).strip() for part in parts)


def _fit(sketch: Sketch, type: str, day: date | None, hit: frozenset[str]) -> float:
    """Return how well a sketch fits a template: 0 where it tells of nobody and nothing that was hit there."""
    own = sketch.people | sketch.targets | _words(p.name for p in sketch.parties)
    if not own & hit:
        return 0.0
    in_time = sketch.days and day and sketch.days[0] <= day <= sketch.days[1]
    return sum(map(rarity, own & hit)) + (2 if sketch.kind in KINDS.get(type, ()) else -4) + (2 if in_time else 0)


def together(readings: Mapping[str, Reading], found: Iterable[tuple[Sketch, Sketch]], store: Path) -> tuple[int, int]:
    """Return how many pairs are in one cluster once all reports are linked, and how many there are.

    The store is filled and linked where it is not there yet.
    """
    made = store.exists()
    with open_store(str(store), write=True) as opened:
        if not made:
            for id, reading in readings.items():
                opened.add(reading, id)
            link(opened)
        keys = [tuple(key_of(s.article, 1, s.key.partition("#")[2]) for s in pair) for pair in found]
        with opened.reading() as connection:
            of = Links(connection, "incident").clusters_of({key for pair in keys for key in pair})
    return sum(of.get(x, "") == of.get(y) for x, y in keys), len(keys)


def main(keep: Path, data: Path) -> None:
    """Print how many pairs come together of those that are one, and of those that are not."""
    readings = kept(keep, captures(data))
    with tempfile.TemporaryDirectory() as folder:
        for name, found in zip(("one", "not one"), pairs(data, readings), strict=True):
            count = together(readings, found, Path(folder) / "links.db")
            print(f"{name}: {count[0]} of {count[1]} pairs together")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "../shared/data/muc4"))
