"""The order in which articles come, and how many are linked at once, change nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link.linker import link
from sayso.model.reading import Reading
from tests.link.made import (
    AMBUSH,
    BLAST,
    RAID,
    ambush,
    blast,
    check_agreement,
    clusters,
    everything,
    incident,
    incidents_of,
    linked,
    raid,
    report,
    rows_of,
    verdicts,
)

DAYS = [date(2019, 6, day) for day in (6, 7, 9)]
SENTENCES = [sentence for text in (BLAST, AMBUSH, RAID) for sentence in text.split(". ")]
PEOPLE = ["Ilva Dornik", "Petrik Valdane", "Osgrim Tawl"]


@st.composite
def reports(draw: st.DrawFn) -> list[Reading]:
    """Nearly a dozen reports that have more or less in common with each other, some with two incidents."""
    made = []
    for number in range(draw(st.integers(2, 11))):
        text = ". ".join(draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)))
        told = [
            incident(
                f"i{k}",
                draw(st.sampled_from(["bombing", "armed_attack", "arrest"])),
                day=draw(st.none() | st.sampled_from(DAYS)),
                place=draw(st.none() | st.sampled_from(["Karvel", "Ossel", "Brimhold", "Nowhere Ford"])),
                killed=draw(st.none() | st.integers(0, 3)),
                victim=draw(st.none() | st.sampled_from(PEOPLE)),
                background=draw(st.booleans()),
            )
            for k in range(draw(st.integers(0, 2)))
        ]
        people = [name for name in PEOPLE if name in text]
        made.append(report(f"a{number}", text, *told, people=people, published=draw(st.none() | st.sampled_from(DAYS))))
    return made


def dozen() -> list[Reading]:
    three = [f(f"{f.__name__}{k}") for f in (blast, ambush, raid) for k in range(3)]
    both = report(
        "both",
        f"{BLAST} {AMBUSH}",
        incident("i1", day=date(2019, 6, 6), place="Karvel"),
        incident("i2", "armed_attack", place="Ossel"),
    )
    calm = report("calm", "The council met and spoke of the price of rope.")
    later = report("later", BLAST[:110], incident(day=date(2019, 6, 7), place="Karvel", killed=2))
    return [*three, both, calm, later]


def state(readings: Sequence[Reading], *, batch: int, each: bool = False) -> tuple[object, object]:
    with TemporaryDirectory() as folder, linked(Path(folder), readings, batch=batch, each=each) as store:
        check_agreement(store)
        return clusters(store), verdicts(store)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(reports(), st.randoms(use_true_random=False), st.integers(1, 12), st.booleans())
def test_any_order_and_any_batch_size_give_the_same_clusters_and_verdicts(
    made: list[Reading], chance: random.Random, batch: int, each: bool
) -> None:
    shuffled = chance.sample(made, len(made))
    assert state(made, batch=50) == state(shuffled, batch=batch, each=each)


def test_reports_of_three_incidents_make_three_clusters_in_any_order() -> None:
    made = dozen()
    first = state(made, batch=50)
    for seed in range(4):
        shuffled = random.Random(seed).sample(made, len(made))
        assert state(shuffled, batch=seed + 1, each=seed % 2 == 0) == first


def test_linking_one_by_one_is_linking_all_at_once(tmp_path: Path) -> None:
    with (
        linked(tmp_path, dozen(), each=True, name="each.db") as each,
        linked(tmp_path, dozen(), name="all.db") as every,
    ):
        link(every, again=True)
        assert clusters(each) == clusters(every)
        assert verdicts(each) == verdicts(every)
        assert {frozenset(["blast0", "blast1", "blast2", "both", "later"])} <= incidents_of(each)


@pytest.mark.parametrize("batch", [1, 3, 50])
def test_linking_all_anew_changes_no_row(tmp_path: Path, batch: int) -> None:
    with linked(tmp_path, dozen(), each=True) as store:
        before, rows = everything(store), rows_of(store)
        done = link(store, again=True, batch=batch)
        assert done.articles == 12 and done.changed == 0
        assert rows_of(store) == rows
        assert everything(store) == before


def test_pairs_that_are_all_but_certain_are_not_judged_anew(tmp_path: Path) -> None:
    names = [f"Mirabel Oskanthro{c}e" for c in "ndtlrkm"]
    text = f"{BLAST} {AMBUSH} {RAID} Dead: {', '.join(names)}."
    claims = tuple(
        replace(claim, id=f"{claim.id}{k}")
        for k, name in enumerate(names)
        for claim in incident(day=date(2019, 6, 6), place="Karvel", killed=60, victim=name).claims
    )
    told = replace(incident(), claims=claims)
    made = [report(id, text, told, people=names, published=date(2019, 6, 7)) for id in ("a", "b")]
    with linked(tmp_path, made) as store:
        rows = rows_of(store)
        assert max(row.score for row in rows if row.subject == "incident") > 1 - 1e-6
        link(store, again=True)
        assert rows_of(store) == rows


def test_nothing_to_link_is_no_error(tmp_path: Path) -> None:
    with linked(tmp_path, []) as store:
        assert link(store) == link(store, again=True)
        assert clusters(store) == {"incident": set(), "entity": set(), "copy": set()}
