"""The index answers what a plain look at every row answers."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.desk.filters import ListFilter
from sayso.desk.index import Index, Line
from sayso.desk.overview import Laid, put, refresh
from sayso.desk.overview_rows import gone_row
from sayso.errors import InputError
from sayso.store.fold import fold
from sayso.store.store import Store
from tests.link.made import ambush, blast, linked, new_store, raid

KINDS, COUNTRIES, OUTLETS = ("bombing", "arson", "threat"), ("XO", "XN", "XR"), ("Ledger", "Wire", "Post")
STANDINGS, SPEAKERS = ("accused", "claimed", "denied"), ("authority", "media", "armed_group")
PLACES, ACTORS = ("Karvel", "Nether Ossel", "Brimhold"), ("Ashen Lantern", "Reed Brothers", "Bresk Otalin")


def row(k: int, **more: Any) -> dict[str, Any]:
    """A row of the overview, made up from its number."""
    r = random.Random(k)
    day = date(2018, 1, 1) + timedelta(days=r.randrange(900))
    when = r.choice([(day, day), (day, day + timedelta(days=20)), (None, day), (day, None), (None, None)])
    place, country = r.choice([*PLACES, None]), r.choice(COUNTRIES)
    said = [(a, r.choice(STANDINGS), r.sample(SPEAKERS, r.randint(1, 2))) for a in range(r.randint(0, 2))]
    spot = (r.uniform(-60, 60), r.uniform(-180, 180)) if place and r.random() < 0.8 else (None, None)
    made = gone_row(f"k{k:06}") | {
        "gone": False,
        "kind": r.choice(KINDS),
        "stage": "accomplished",
        "body": {"title": f"T{k}"},
    }
    made |= {
        "earliest": when[0],
        "latest": when[1],
        "published": day if r.random() < 0.8 else None,
        "reports": r.randint(1, 5),
    }
    made |= {
        "place": place,
        "country": country if place else None,
        "where_prec": r.choice((1, 4, 6)) if place else None,
    }
    made |= {"latitude": spot[0], "longitude": spot[1], "killed": r.randint(0, 3), "sources": 1}
    made |= {flag: r.random() < 0.4 for flag in ("disputed", "reviewed", "background")}
    made["facets"] = {
        "kind": [made["kind"]], "country": [country] if place else [], "outlet": r.sample(OUTLETS, r.randint(0, 2)),
        "standing": sorted({s for _, s, _ in said}), "stage": ["accomplished"],
        "speaker_kind": sorted({kind for *_, of in said for kind in of} | {"media"}),
        "place": [fold(place), fold("Uplands")] if place else [],
        "actors": [fold(r.choice(ACTORS)) + "|" + fold("Kül") for _ in range(2)], "blamed": [list(one) for one in said],
    }  # fmt: skip
    return made | more


ROWS = {one["key"]: one for one in map(row, range(300))}


def lay(store: Store, rows: Any) -> None:
    with store.writing() as connection:
        put(connection, [Laid(one, []) for one in rows])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("index")) as store:
        lay(store, ROWS.values())
        yield store


INDEX = Index()
some = st.lists
filters = st.builds(
    ListFilter,
    kinds=some(st.sampled_from([*KINDS, "none"]), max_size=2).map(tuple),
    countries=some(st.sampled_from(COUNTRIES), max_size=2).map(tuple),
    place=st.none() | st.sampled_from(["KARVEL", "ossel", "sel", "uplands", "", "Nether Ossel"]),
    since=st.none() | st.dates(date(2018, 1, 1), date(2020, 1, 1)),
    until=st.none() | st.dates(date(2018, 1, 1), date(2020, 12, 1)),
    actor=st.none() | st.sampled_from(["lantern", "kul", "bresk otalin", "reed lantern"]),
    standings=some(st.sampled_from(STANDINGS), max_size=2).map(tuple),
    speaker_kinds=some(st.sampled_from(SPEAKERS), max_size=2).map(tuple),
    outlets=some(st.sampled_from(OUTLETS), max_size=2).map(tuple),
    disputed=st.none() | st.booleans(),
    reviewed=st.none() | st.booleans(),
    background=st.none() | st.booleans(),
    bbox=st.sampled_from(
        [None, None, (-20.0, -30.0, 100.0, 40.0), (150.0, -90.0, -100.0, 90.0), (-300.0, 0.0, 300.0, 90.0)]
    ),
    period=st.sampled_from([None, None, "2018", "2019-02", "201X", "20XX"]),
)


def meets(one: dict[str, Any], f: ListFilter) -> bool:
    """Whether a row meets a filter, condition by condition."""
    facets = one["facets"]
    listed = [("kind", f.kinds), ("country", f.countries), ("outlet", f.outlets), ("stage", f.stages)]
    if any(wanted and not set(wanted) & set(facets[name]) for name, wanted in listed):
        return False
    if any(getattr(f, x) is not None and getattr(f, x) != one[x] for x in ("disputed", "reviewed", "background")):
        return False
    if f.place is not None and not any(fold(f.place) and fold(f.place) in name for name in facets["place"]):
        return False
    return _in_time(one, *f.days()) and (f.bbox is None or _in_box(one, f.bbox)) and _said(facets, f)


def _in_time(one: dict[str, Any], since: date | None, until: date | None) -> bool:
    earliest, latest = one["earliest"], one["latest"]
    if not since and not until:
        return True
    if earliest is None and latest is None:
        return False
    return (latest or date.max) >= (since or date.min) and (earliest or date.min) <= (until or date.max)


def _in_box(one: dict[str, Any], box: Any) -> bool:
    west, south, east, north = box
    if one["latitude"] is None or one["where_prec"] == 6 or not south <= one["latitude"] <= north:
        return False
    if east - west >= 360:
        return True
    x: float = one["longitude"]
    return west <= x <= east if west <= east else x >= west or x <= east


def _said(facets: dict[str, Any], f: ListFilter) -> bool:
    if f.actor is None and not f.standings:
        return not f.speaker_kinds or bool(set(f.speaker_kinds) & set(facets["speaker_kind"]))
    return any(
        (f.actor is None or fold(f.actor) in facets["actors"][actor])
        and (not f.standings or standing in f.standings)
        and (not f.speaker_kinds or set(f.speaker_kinds) & set(said))
        for actor, standing, said in facets["blamed"]
    )


@settings(max_examples=150, deadline=None)
@given(filters)
def test_every_filter_finds_what_a_look_at_each_row_finds(store: Store, asked: ListFilter) -> None:
    wanted = {key for key, one in ROWS.items() if meets(one, asked)}
    selection = INDEX.select(store, asked)
    assert set(selection.keys_in_order()) == wanted and selection.count == len(wanted)
    found = selection.facets()
    for facet, name in (("kind", "kinds"), ("outlet", "outlets"), ("country", "countries")):
        others = replace(asked, **{name: ()})  # type: ignore[arg-type]
        counts = Counter(v for one in ROWS.values() if meets(one, others) for v in one["facets"][facet])
        assert {v.value: v.count for v in found[facet] if v.count} == counts
        assert set(getattr(asked, name)) <= {v.value for v in found[facet]}
    for facet, name in (("standing", "standings"), ("speaker_kind", "speaker_kinds")):
        for value in STANDINGS if facet == "standing" else SPEAKERS:
            alone = replace(asked, **{name: (value,)})  # type: ignore[arg-type]
            count = sum(meets(one, alone) for one in ROWS.values())
            assert next((v.count for v in found[facet] if v.value == value), 0) == count, (facet, value)
    flags = {v.value: v.count for v in found["disputed"]}
    assert flags["yes"] == sum(meets(one, replace(asked, disputed=True)) for one in ROWS.values())


@settings(max_examples=60, deadline=None)
@given(filters)
def test_a_bar_and_a_cell_have_as_many_as_their_own_filter_finds(store: Store, asked: ListFilter) -> None:
    selection = INDEX.select(store, asked)
    line = selection.timeline()
    assert len(line.bars) <= 120
    own = [ROWS[key] for key in selection.keys_in_order()]
    assert line.undated == sum(one["earliest"] is None and one["latest"] is None for one in own)
    for bar in line.bars[::7]:
        assert bar.count + bar.possible == sum(_in_time(one, bar.first, bar.last) for one in own)
        certain = [
            o for o in own if o["earliest"] and o["latest"] and o["earliest"] >= bar.first and o["latest"] <= bar.last
        ]
        assert bar.count == len(certain)
        assert ListFilter(period=bar.period).days() == (bar.first, bar.last)
    drawn = selection.points(zoom=3)
    known = [one for one in own if one["latitude"] is not None and one["where_prec"] != 6]
    assert sum(cell.count for cell in drawn.cells) == len(known)
    assert sum(drawn.countries.values()) + drawn.unplaced + len(known) == len(own)
    for cell in drawn.cells:
        west, south, east, north = cell.bounds
        assert west <= cell.longitude <= east and south <= cell.latitude <= north
        assert (cell.key is not None) == (cell.count == 1)


@pytest.mark.parametrize("sort", ["date", "published", "kind", "place", "killed", "reports"])
@pytest.mark.parametrize("reverse", [False, True])
def test_pages_hold_everything_once_and_in_order(store: Store, sort: Any, reverse: bool) -> None:
    selection = INDEX.select(store, ListFilter(kinds=("bombing", "arson")))
    lines: list[Line] = []
    at = None
    while True:
        page = selection.page(store, sort, reverse=reverse, after=at, limit=37)
        lines += page.lines
        at = page.next
        if at is None:
            break
    assert [line.key for line in lines] == selection.keys_in_order(sort, reverse=reverse)
    column = {"date": "earliest"}.get(sort, sort)
    values = [getattr(line, column) for line in lines]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (len(values) - len(known))
    assert known == sorted(known, reverse=(sort not in ("kind", "place")) != reverse)
    assert all(line.body == ROWS[line.key]["body"] for line in lines)


def test_a_cursor_holds_while_rows_come_change_and_go(tmp_path: Path) -> None:
    day, index = date(2019, 5, 1), Index()
    with new_store(tmp_path) as store:
        lay(store, [row(k, earliest=day, latest=day) for k in range(0, 40, 2)])
        page = index.select(store).page(store, limit=10)
        assert [line.key for line in page.lines] == [f"k{k:06}" for k in range(0, 20, 2)] and page.next
        lay(store, [gone_row("k000018"), gone_row("k000020"), row(3, earliest=day, latest=day)])
        lay(store, [row(23, earliest=day, latest=day), gone_row("never")])
        rest = index.select(store).page(store, after=page.next, limit=100)
        assert [line.key for line in rest.lines] == [f"k{k:06}" for k in (22, 23, *range(24, 40, 2))]
        assert index.select(store).count == 20
        for bad in ("x", "e30", page.next[:-4]):
            with pytest.raises(InputError):
                index.select(store).page(store, after=bad)
        with pytest.raises(InputError):
            index.select(store).page(store, "kind", after=page.next)


def test_only_what_changed_is_laid_over_and_the_rest_stays(tmp_path: Path) -> None:
    index = Index()
    with new_store(tmp_path) as store:
        lay(store, [row(k) for k in range(60)])
        index.select(store)
        changed = [row(k, facets=row(k + 100)["facets"], kind="arson") for k in range(0, 60, 7)]
        lay(store, [*changed, gone_row("k000001"), row(500)])
        fresh = Index().select(store)
        again = index.select(store)
        assert again.count == 60
        assert again.facets() == fresh.facets() and again.keys_in_order("kind") == fresh.keys_in_order("kind")
        assert again.points() == fresh.points() and again.timeline() == fresh.timeline()
        assert index.select(store).snapshot is again.snapshot


def test_thousands_on_one_point_are_one_cell_and_the_map_stays_small(tmp_path: Path) -> None:
    spot = {"latitude": 41.5, "longitude": 22.25, "where_prec": 3, "country": "XO"}
    apart = [row(k, latitude=k % 170 - 85.0, longitude=(k * 7.3) % 360 - 180, where_prec=1) for k in range(5000, 9000)]
    with new_store(tmp_path) as store:
        lay(store, [row(k, **spot) for k in range(5000)] + apart)
        selection = Index().select(store)
        largest = selection.points(zoom=12).cells[0]
        assert largest.count >= 5000 and largest.radius >= 50
        for zoom in (0, 6, 19):
            plain = json.dumps(asdict(selection.points(zoom=zoom)))
            assert len(plain) < 1_000_000
        near = selection.points((22.0, 41.0, 23.0, 42.0), 19)
        assert near.cells[0].count >= 5000


def test_nothing_is_undated_unplaced_and_no_error(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        selection = Index().select(store, ListFilter(text="none"))
        assert selection.count == 0 and selection.page(store).lines == ()
        assert selection.timeline().bars == () and selection.points().cells == ()
        lay(store, [row(0, earliest=None, latest=None, latitude=None, longitude=None, country=None)])
        selection = Index().select(store)
        assert selection.timeline().undated == 1 and selection.points().unplaced == 1


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        (date(2019, 5, 3), date(2019, 5, 3), "day"),
        (date(2019, 1, 1), date(2019, 4, 30), "day"),
        (date(2019, 1, 1), date(2019, 5, 1), "month"),
        (date(2000, 1, 1), date(2020, 1, 1), "year"),
        (date(1700, 1, 1), date(2020, 1, 1), "decade"),
        (date(1, 1, 1), date(9999, 12, 31), "century"),
    ],
)
def test_bars_are_as_fine_as_there_is_room_for(tmp_path: Path, first: date, last: date, unit: str) -> None:
    with new_store(tmp_path) as store:
        lay(store, [row(0, earliest=first, latest=first), row(1, earliest=last, latest=last)])
        line = Index().select(store).timeline()
        assert line.unit == unit and len(line.bars) <= 120
        assert sum(bar.count for bar in line.bars) == 2
        assert line.bars[0].first <= first and line.bars[-1].last >= last
        assert all(ListFilter(period=bar.period).days() == (bar.first, bar.last) for bar in line.bars)


@pytest.mark.parametrize("period", ["2019-13", "May", "0000", "20", "2019-02-30", "2019-05 "])
def test_what_is_no_period_is_refused(store: Store, period: str) -> None:
    with pytest.raises(InputError, match="is no period"):
        INDEX.select(store, ListFilter(period=period))


def test_words_are_found_in_the_articles_of_all_reports_and_in_new_ones(tmp_path: Path) -> None:
    index = Index()
    with linked(tmp_path, [blast("b0"), ambush("a0"), blast("b1")]) as store:
        refresh(store)
        kinds = {words: [] for words in ("depot", "sheet", "sheet b1", '"salt carts"', "gra*", "zzz", "-")}  # type: ignore[var-annotated]
        for words in kinds:
            chosen = index.select(store, ListFilter(text=words))
            kinds[words] = sorted(line.kind for line in chosen.page(store).lines)
        both = ["armed_attack", "bombing"]
        assert kinds == {"depot": ["bombing"], "sheet": both, "sheet b1": ["bombing"], '"salt carts"': both[:1]} | {
            "gra*": [], "zzz": [], "-": []
        }  # fmt: skip
        store.add(raid("r0"), "r0")
        refresh(store)
        assert index.select(store, ListFilter(text="gra*")).count == 1
        assert index.select(store, ListFilter(text="sheet")).count == 3
        store.add(raid("b1"), "anew")
        refresh(store)
        assert index.select(store, ListFilter(text="sheet b1", kinds=("bombing",))).count == 0
