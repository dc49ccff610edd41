"""Copies are found as they come in; of each group one is the origin, and all of it one source."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sayso.link.linker import link
from sayso.link.view import main_incidents, reconciled, reports_of
from sayso.model.reading import Reading
from sayso.store.store import Store
from sayso.store.tables import cluster_member
from tests.link.made import AMBUSH, BLAST, RAID, add, blast, clusters, everything, incident, key, linked, report

SENTENCES = [
    "The lamplighters of the lower quay had stopped work an hour before and stood in the doorway of the ropewalk.",
    "A clerk of the tram company counted eleven broken panes and one bent rail, and wrote both down in a blue book.",
    "Nobody had seen who left the parcel, which was wrapped in sailcloth and tied with a green cord from the market.",
    "The harbour master closed the swing bridge until noon, so that barges with salt and barley waited in a long row.",
    "Two fire carts came from the upper town, and their crews carried buckets from the fountain of Saint Hedda.",
]
EYE = (
    "Ilva Dornik, watchman of the Quay Street tram depot in Karvel, was killed on Thursday when a bomb in a parcel "
    "exploded. We found blue glass scattered up to the ropewalk; a boy showed us a whistle from under the platform."
)
WIRE = "\n\n".join([BLAST, *SENTENCES])


def outlet(id: str, text: str = WIRE, day: int = 8, **more: Any) -> Reading:
    told = incident(day=date(2019, 6, 6), place="Karvel", killed=1, victim="Ilva Dornik")
    return report(id, text, told, people=["Ilva Dornik"], published=date(2019, 6, day), **{"outlet": id, **more})


def origins(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        rows = connection.execute(select(cluster_member).where(cluster_member.c.subject == "copy"))
        return {row.key: row.cluster for row in rows}


def test_exact_and_cut_copies_are_of_one_origin_and_a_report_in_other_words_is_none(tmp_path: Path) -> None:
    cut = "\n\n".join([BLAST, *SENTENCES[:3]])
    made = [
        outlet("first", day=7),
        outlet("same"),
        outlet("shouted", WIRE.upper()),
        outlet("cut", cut),
        outlet("own", EYE),
    ]
    with linked(tmp_path, made, each=True) as store:
        assert origins(store) == dict.fromkeys(["first", "same", "shouted", "cut"], "first")
        told = main_incidents(store)
        assert told["cut"].copy_of == "first" and told["first"].copy_of is None and told["own"].copy_of is None


@pytest.mark.parametrize(
    ("members", "origin"),
    [
        ([("a", 9, None), ("b", 7, None), ("c", 8, None)], "b"),
        ([("a", 7, "Uplands Wire"), ("Uplands Wire", 9, "Uplands Wire"), ("c", 8, "Uplands Wire")], "Uplands Wire"),
        ([("b", 7, None), ("a", 7, None)], "a"),
    ],
)
def test_the_origin_is_the_agency_then_the_earliest(
    tmp_path: Path, members: list[tuple[str, int, str | None]], origin: str
) -> None:
    made = [outlet(id, day=day, agency=agency) for id, day, agency in members]
    with linked(tmp_path, made, each=True) as store:
        assert origins(store) == dict.fromkeys([id for id, _, _ in members], origin)


def test_an_origin_that_comes_later_takes_the_place_of_the_first(tmp_path: Path) -> None:
    with linked(tmp_path, [outlet("late", day=9), outlet("later", day=10)]) as store:
        assert set(origins(store).values()) == {"late"}
        add(store, outlet("early", day=7))
        link(store)
        assert set(origins(store).values()) == {"early"} and len(origins(store)) == 3


def test_the_order_of_copies_changes_nothing(tmp_path: Path) -> None:
    texts = [WIRE, "\n\n".join([BLAST, *SENTENCES[:3]]), "\n\n".join([*SENTENCES[2:], RAID]), f"{AMBUSH}\n\n{WIRE}"]
    made = [outlet(f"o{k}", texts[k % 4], day=7 + k % 3) for k in range(9)]

    def state(readings: Sequence[Reading], name: str, each: bool) -> object:
        with linked(tmp_path, readings, name=name, each=each) as store:
            found = origins(store)
            return found, {row[1:6] for row in everything(store)["judgement"] if row[1] == "copy" and row[10] is None}

    first = state(made, "first.db", False)
    assert first[0]  # type: ignore[index]
    for seed in range(5):
        assert state(random.Random(seed).sample(made, 9), f"{seed}.db", seed % 2 == 0) == first


def test_five_outlets_that_copy_one_agency_are_one_source(tmp_path: Path) -> None:
    copies = [outlet(f"o{k}", agency="Uplands Wire", day=8) for k in range(5)]
    own = outlet("eye", EYE, day=8)
    with linked(tmp_path, [*copies, own], each=True) as store:
        reports = reports_of(store, key(store, "o0"))
        assert len(reports) == 6
        record = reconciled(store, reports, "latest authority")
        assert record is not None
        assert [value.independent for value in record.slots["killed"].values] == [2]


def test_copies_without_an_agency_are_one_source_too(tmp_path: Path) -> None:
    with linked(tmp_path, [outlet(f"o{k}", day=7 + k % 2) for k in range(5)], each=True) as store:
        record = reconciled(store, reports_of(store, key(store, "o0")), "latest authority")
        assert record is not None
        assert [value.independent for value in record.slots["killed"].values] == [1]


def test_a_new_version_in_other_words_is_a_copy_no_more(tmp_path: Path) -> None:
    made = [outlet("a", day=7), outlet("b"), outlet("c")]
    with linked(tmp_path, made) as store:
        assert set(origins(store)) == {"a", "b", "c"}
        add(store, outlet("a", f"{RAID} {AMBUSH}", day=7))
        link(store)
        assert origins(store) == {"b": "b", "c": "b"}
        add(store, outlet("c", EYE))
        link(store)
        assert origins(store) == {}


def test_a_version_that_leaves_sets_right_those_that_it_only_touched(tmp_path: Path) -> None:
    parts = [SENTENCES[:3], SENTENCES[1:], [*SENTENCES, RAID], SENTENCES[:2], SENTENCES[3:]]
    made = [outlet(f"o{k}", "\n\n".join(p)) for k, p in enumerate(parts)]
    newer = blast("o2")
    newest = [made[0], made[1], newer, made[3], made[4]]
    with linked(tmp_path, made) as store, linked(tmp_path, newest, name="b.db") as other:
        add(store, newer)
        link(store)
        assert origins(store) == origins(other)


def test_empty_texts_are_nobodys_copies(tmp_path: Path) -> None:
    made = [report(f"e{k}", text) for k, text in enumerate(["", "", " \n ", "?!", "?!", "\u200b"])]
    with linked(tmp_path, made, each=True) as store:
        assert clusters(store)["copy"] == set()


def test_more_copies_than_are_compared_are_one_group_all_the_same(tmp_path: Path) -> None:
    made = [replace(outlet(f"o{k:02}"), entities=(), places=(), incidents=()) for k in range(56)]
    with linked(tmp_path, made) as store:
        assert origins(store) == dict.fromkeys([one.article.id for one in made], "o00")
        before = everything(store)
        link(store, again=True)
        assert everything(store) == before
