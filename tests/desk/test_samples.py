"""Random samples: drawn by a seed and fixed, coded blind, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.desk import samples
from sayso.desk.errors import ForbiddenError, NotFoundError
from sayso.desk.sample_scores import methods, propose, scores
from sayso.desk.who import Who
from sayso.errors import InputError
from sayso.store.changes import ChangeFilter, changes
from sayso.store.store import Store, open_store

ONA = Who(name="Ona", role="reviewer")
KEYS = [f"k{n:03}" for n in range(200)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "sayso.db"), write=True) as made:
        yield made


def drawn(store: Store, number: int) -> list[str]:
    with store.reading() as connection:
        return [one.object for one in samples.items_of(connection, number)]


def test_a_seed_draws_the_same_of_the_same_whatever_its_order(store: Store) -> None:
    one = samples.draw(store, ONA, "incident", KEYS, 20, seed=7, filter="kind=bombing")
    two = samples.draw(store, ONA, "incident", KEYS[::-1], 20, seed=7)
    assert drawn(store, one) == drawn(store, two) and len(set(drawn(store, one))) == 20
    with store.reading() as connection:
        kept = samples.sample_of(connection, one)
        assert (kept.population, kept.seed, kept.filter) == (200, 7, "kind=bombing")
        assert [s.number for s in samples.samples(connection)] == [two, one]
    assert drawn(store, samples.draw(store, ONA, "incident", KEYS, 20)) != drawn(store, one)


@pytest.mark.parametrize(("size", "seed"), [(0, 1), (201, 1), (5, -1), (5, 2**40)])
def test_what_cannot_be_drawn_is_refused(store: Store, size: int, seed: int) -> None:
    with pytest.raises(InputError):
        samples.draw(store, ONA, "incident", KEYS, size, seed=seed)
    with store.reading() as connection:
        assert samples.samples(connection) == []


def test_nothing_is_marked_before_it_is_coded_and_a_coding_stands(store: Store) -> None:
    one = samples.draw(store, ONA, "incident", KEYS, 2, seed=1)
    with pytest.raises(ForbiddenError):
        samples.mark(store, ONA, one, 1, {"kind": "right"})
    samples.code(store, ONA, one, 1, {"kind": "bombing"})
    with pytest.raises(InputError):
        samples.code(store, ONA, one, 1, {"kind": "threat"})
    with pytest.raises(InputError):
        samples.mark(store, ONA, one, 1, {"kind": "perhaps"})
    samples.mark(store, ONA, one, 1, {"kind": "right"})
    with pytest.raises(NotFoundError):
        samples.code(store, ONA, one, 3, {})
    with pytest.raises(ForbiddenError):
        samples.code(store, Who(name="Rea", role="reader"), one, 2, {})
    with store.reading() as connection:
        assert len(changes(connection, ChangeFilter(subject="sample"))) == 3


def test_records_give_precision_and_recall_by_slot(store: Store) -> None:
    one = samples.draw(store, ONA, "incident", KEYS, 4, seed=1)
    for n, said in enumerate(("right", "wrong", "wrong", "missed"), 1):
        samples.code(store, ONA, one, n, {"killed": "" if n == 2 else "3"})
        samples.mark(store, ONA, one, n, {"killed": said})
    with store.reading() as connection:
        sample, items = samples.sample_of(connection, one), samples.items_of(connection, one)
    found = {score.what: score for score in scores(sample, items)}["killed"]
    assert (found.precision.hits, found.precision.of) == (1, 3)
    assert (found.recall.hits, found.recall.of) == (1, 3), "what is wrong where the text gives it is missed too"
    told = methods(sample, items, "1")
    assert "4 incident records" in told and "of 200" in told and "seed 1" in told and "0.33 [" in told


def test_articles_give_recall_of_incidents(store: Store) -> None:
    one = samples.draw(store, ONA, "article", KEYS, 2, seed=1)
    for n in (1, 2):
        samples.code(store, ONA, one, n, {"incidents": []})
    samples.mark(store, ONA, one, 1, {"right": 2, "wrong": 1, "missed": 1})
    with pytest.raises(InputError):
        samples.mark(store, ONA, one, 2, {"right": -1})
    with store.reading() as connection:
        sample, items = samples.sample_of(connection, one), samples.items_of(connection, one)
    (found,) = scores(sample, items)
    assert (found.precision.hits, found.precision.of, found.recall.of) == (2, 3, 3)
    assert "Not judged yet and left out: 1." in methods(sample, items, "1")


def test_a_match_is_proposed_where_the_words_agree() -> None:
    assert propose("Karvel", ["Karvel, Uplands, Ostmark"]) == "right"
    assert propose("Ossel", ["Karvel"]) == "wrong" and propose("", ["Karvel"]) == "wrong"
    assert propose("3", []) == "missed" and propose(" ", []) == "absent"
