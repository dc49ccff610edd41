"""The conditions of a filter over a snapshot, each as a mask of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.desk.columns import NONE, Array, Snapshot, bits
from sayso.desk.filters import Box, ListFilter
from sayso.store.fold import fold

Mask = NDArray[np.bool_]
COUNTRY_ONLY = 6
"""UCDP's where_prec of what is known to lie in a country and no closer: its point is none of the incident's."""
SAID = "said"
"""The name of the condition that `actor`, `standings` and `speaker_kinds` make together."""
_KEPT = 100
"""How much is remembered of one snapshot before it is worked out anew."""
_LISTED = (("kind", "kinds"), ("country", "countries"), ("stage", "stages"), ("outlet", "outlets"))
_FLAGS = ("background", "disputed", "reviewed")


def masks(snapshot: Snapshot, filter: ListFilter, articles: Callable[[str], Array]) -> dict[str, Mask]:
    """Return the rows that meet each condition given, by its name; `articles` leads from words to article numbers.

    Raises InputError for a period that is none.
    """
    found: dict[str, Mask] = {}
    for facet, name in _LISTED:
        if wanted := getattr(filter, name):
            found[facet] = having(snapshot, facet, wanted)
    for flag in _FLAGS:
        if (asked := getattr(filter, flag)) is not None:
            found[flag] = snapshot[flag] == asked
    if filter.place is not None:
        pair = snapshot.pairs["place"]
        found["place"] = rows_of(
            snapshot, pair.rows.compress(words_met(snapshot, "place", filter.place).take(pair.values[0]))
        )
    if any(filter.days()):
        found["time"] = in_time(snapshot, *filter.days())
    if filter.bbox is not None:
        found["bbox"] = in_box(snapshot, filter.bbox)
    if filter.text is not None:
        found["text"] = _telling(snapshot, articles(filter.text))
    if filter.actor is not None or filter.standings or filter.speaker_kinds:
        found[SAID] = said(snapshot, filter)
    return found


def rows_of(snapshot: Snapshot, rows: Array) -> Mask:
    """Return the mask of these rows."""
    mask = np.zeros(len(snapshot), np.bool_)
    mask[rows] = True
    return mask


def numbered(snapshot: Snapshot, pool: str, words: Iterable[str]) -> Mask:
    """Return which words of a pool these are."""
    known = snapshot.pools[pool]
    found = np.zeros(max(len(known.words), 1), np.bool_)
    found[[number for word in words if (number := known.known(word)) != NONE]] = True
    return found


def having(snapshot: Snapshot, facet: str, words: Iterable[str]) -> Mask:
    """Return the rows that have one of these values of a facet."""
    pair = snapshot.pairs[facet]
    return rows_of(snapshot, pair.rows.compress(numbered(snapshot, facet, words).take(pair.values[0])))


def words_met(snapshot: Snapshot, pool: str, words: str) -> Mask:
    """Return which folded names of a pool hold these words, whole and in a row."""
    wanted, names = fold(words), snapshot.pools[pool].words
    kept: Mask | None = snapshot.cache.get((pool, wanted))
    if kept is None:
        if len(snapshot.cache) > _KEPT:
            snapshot.cache.clear()
        kept = np.array([bool(wanted) and wanted in name for name in names] or [False], np.bool_)
        snapshot.cache[pool, wanted] = kept
    return kept


def in_time(snapshot: Snapshot, since: date | None, until: date | None) -> Mask:
    """Return the rows that can have been between two days; those of unknown year never."""
    earliest, latest = snapshot["earliest"], snapshot["latest"]
    mask: Mask = (earliest != NONE) | (latest != NONE)
    if since:
        mask &= (latest >= since.toordinal()) | (latest == NONE)
    if until:
        mask &= earliest <= until.toordinal()  # none is less than every day
    return mask


def in_box(snapshot: Snapshot, box: Box) -> Mask:
    """Return the rows at a known point within a box."""
    west, south, east, north = box
    latitude, longitude = snapshot["latitude"], snapshot["longitude"]
    mask: Mask = placed(snapshot) & (latitude >= south) & (latitude <= north)
    if west <= east and east - west >= 360:
        return mask
    west, east = ((degrees + 180) % 360 - 180 if abs(degrees) > 180 else degrees for degrees in (west, east))
    if west <= east:
        mask &= (longitude >= west) & (longitude <= east)
    else:
        mask &= (longitude >= west) | (longitude <= east)
    return mask


def placed(snapshot: Snapshot) -> Mask:
    """Return the rows that are known more closely than by their country, and where."""
    mask: Mask = ~np.isnan(snapshot["latitude"]) & ~np.isnan(snapshot["longitude"])
    mask &= snapshot["where_prec"] != COUNTRY_ONLY
    return mask


def _telling(snapshot: Snapshot, met: Array) -> Mask:
    """Return the rows of which one of these articles tells; `met` has True at the number of each."""
    pair = snapshot.pairs["accounts"]
    articles = pair.values[0]
    if len(articles) and articles.max() >= len(met):
        met = np.append(met, np.zeros(articles.max() + 1 - len(met), np.bool_))
    return rows_of(snapshot, pair.rows.compress(met.take(articles)))


def said(snapshot: Snapshot, filter: ListFilter) -> Mask:
    """Return the rows of which one claim meets what is asked of perpetrators and of who says so."""
    if filter.actor is None and not filter.standings:
        return having(snapshot, "speaker_kind", filter.speaker_kinds)
    return rows_of(snapshot, snapshot.pairs["blamed"].rows.compress(blaming(snapshot, filter)))


def blaming(snapshot: Snapshot, filter: ListFilter, *, leave_out: str = "") -> Mask:
    """Return which pairs of `blamed` meet what is asked, but for the condition that is left out."""
    actor, standing, kinds = snapshot.pairs["blamed"].values
    mask: Any = np.ones(len(actor), np.bool_)
    if filter.actor is not None:
        mask &= words_met(snapshot, "actor", filter.actor).take(actor)
    if filter.standings and leave_out != "standing":
        mask &= numbered(snapshot, "standing", filter.standings).take(standing)
    if filter.speaker_kinds and leave_out != "speaker_kind":
        known = snapshot.pools["speaker_kind"]
        mask &= (kinds & np.uint64(bits(known.known(kind) for kind in filter.speaker_kinds))) != 0
    found: Mask = mask
    return found
