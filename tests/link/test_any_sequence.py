"""Articles, newer versions, decisions and their undoing, in any sequence: what must hold holds after each step."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.link.judge import judge, undo
from sayso.link.linker import link
from sayso.store.links import Links
from sayso.store.store import Store
from tests.link.made import (
    BLAST,
    add,
    ambush,
    blast,
    check_agreement,
    everything,
    key,
    new_store,
    raid,
    report,
    rows_of,
)

STOCK = (blast, ambush, raid)


class Desk:
    """Somebody who does one thing after another with a database, by chance."""

    def __init__(self, store: Store, chance: random.Random) -> None:
        self.store, self.chance, self.ids = store, chance, list[str]()

    def step(self) -> None:
        self.chance.choice([self.ingest, self.ingest, self.ingest, self.renew, self.decide, self.decide, self.undo])()
        if self.chance.random() < 0.8:
            link(self.store, batch=self.chance.randint(1, 3), again=self.chance.random() < 0.2)

    def ingest(self) -> None:
        self.ids.append(f"n{len(self.ids)}")
        add(self.store, self.chance.choice(STOCK)(self.ids[-1]))

    def renew(self) -> None:
        if self.ids:
            id = self.chance.choice(self.ids)
            day_less = report(id, f"{BLAST} {self.chance.random()}")
            add(
                self.store,
                self.chance.choice([*(make(id, title=str(self.chance.random())) for make in STOCK), day_less]),
            )

    def decide(self) -> None:
        keys = [row for id in self.ids for row in self.keys(id)]
        if len(keys) > 1:
            left, right = self.chance.sample(keys, 2)
            verdict: Any = self.chance.choice(["same", "different"])
            before = everything(self.store)
            try:
                judge(self.store, "incident", (left, right), verdict, author="mo", reason="")
            except InputError as error:
                assert "contradicts" in str(error) or "no such incident" in str(error)
                assert everything(self.store) == before

    def keys(self, id: str) -> list[str]:
        stored = self.store.article(id)
        return list(stored.keys.values()) if stored else []

    def undo(self) -> None:
        standing = [row for row in rows_of(self.store) if not row.by_rule and row.revoked is None]
        if standing:
            undo(self.store, self.chance.choice(standing).number, author="ab")


def check_people(store: Store) -> None:
    """Decisions that stand, of things that are there, hold."""
    people = [row for row in rows_of(store) if not row.by_rule and row.revoked is None]
    with store.reading() as connection:
        links = Links(connection, "incident")
        binding = links.decided({row.left for row in people})
        of = links.clusters_of({key for j in binding for key in (j.left, j.right)})
    for j in binding:
        together = j.left in of and of[j.left] == of.get(j.right)
        assert together == (j.verdict == "same"), j


@pytest.mark.parametrize("seed", range(3))
def test_decisions_hold_and_verdicts_agree_after_any_sequence(tmp_path: Path, seed: int) -> None:
    with new_store(tmp_path) as store:
        desk = Desk(store, random.Random(seed))
        for _ in range(40):
            before = rows_of(store)
            desk.step()
            check_people(store)
            check_agreement(store)
            after = rows_of(store)
            kept = {row.number: row[:9] for row in after}
            assert all(kept[row.number] == row[:9] for row in before)
            assert all(row.revoked for row in after if row.number in {r.number for r in before if r.revoked})
        link(store)
        whole = everything(store)
        link(store, again=True)
        assert everything(store) == whole


def test_the_outcome_is_that_of_the_newest_articles_and_the_decisions_that_stand(tmp_path: Path) -> None:
    def decide(store: Store, left: str, verdict: Any, right: str) -> int:
        keys = key(store, left), key(store, right)
        return judge(store, "incident", keys, verdict, author="mo", reason="").judgement.number

    with new_store(tmp_path) as store, new_store(tmp_path, "plain.db") as plain:
        for target in (store, plain):
            for number in range(6):
                add(target, STOCK[number % 3](f"n{number}"))
                if target is store:
                    link(target)
                    if number > 2:
                        undo(target, decide(target, "n0", "same", f"n{number}"), author="mo")
            link(target)
            decide(target, "n0", "same", "n1")
            decide(target, "n2", "different", "n5")
        assert everything(store)["cluster_member"] == everything(plain)["cluster_member"]
