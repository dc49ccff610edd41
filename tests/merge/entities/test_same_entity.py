"""Who is who over invented reports, and the cases that go wrong most."""

from __future__ import annotations

from array import array
from collections import defaultdict
from datetime import date
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from sayso.merge.cluster import clusters, pair
from sayso.merge.entities.block import keys_of
from sayso.merge.entities.compare import LEAST, compare, log_odds, weights
from sayso.merge.entities.evidence import findings
from sayso.merge.entities.sketch import Called, Sketch, sketches_of
from sayso.merge.incidents.words import Words, weigh
from sayso.merge.names import Kind
from sayso.model.article import Capture
from sayso.pipeline import read_capture

REPORTS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("reports.yaml").read_text(encoding="utf-8"))


def sketch(name: str, kind: Kind = "person", **given: Any) -> Sketch:
    """Return a sketch of an entity in an article of its own, of which only the name and what is given is known."""
    parts: dict[str, Any] = {
        "key": f"{kind}/{name}/{sorted(given.items(), key=str)}", "article": f"{kind}/{name}/{len(given)}/{given}",
        "id": "e1", "kind": kind, "called": (Called(name, False),), "born": None, "age": None, "gender": None,
        "roles": frozenset(), "nationalities": frozenset(), "groups": (), "kin": (), "dead": False, "armed": False,
        "namesakes": (), "published": None, "own": frozenset(), "countries": frozenset(), "setting": (),
        "parts": frozenset(), "around": Words(array("I"), array("H")),
    }  # fmt: skip
    return Sketch(**(parts | given))


def body(name: str, **given: Any) -> Sketch:
    return sketch(name, "organization", **given)


def around(*names: str) -> Words:
    return weigh((name, 1.0) for name in names)


@pytest.fixture(scope="module")
def found() -> tuple[list[set[str]], dict[str, str]]:
    """Return the clusters over all reports, and who each key truly is."""
    sketches, truth = [], dict[str, str]()
    for report in REPORTS:
        digest = sha256(report["id"].encode()).hexdigest()
        capture = Capture(name=report["id"], content=report["text"], media_type="text", sha256=digest)
        reading = read_capture(capture, report["published"])
        keys = {e.id: f"{report['id']}/{e.name}" for e in reading.entities}
        sketches += sketches_of(reading, keys)
        for name, who in report["who"].items():
            best = [e for e in reading.entities if any(m.form == "name" and m.span.text in name for m in e.mentions)]
            truth |= {keys[e.id]: who for e in best if e.kind != "place"}
    kept = defaultdict(set)
    for one in sketches:
        for number in keys_of(one).kept:
            kept[number].add(one.key)
    by = {s.key: s for s in sketches}
    pairs = {pair(x, y) for group in kept.values() for x, y in combinations(sorted(group), 2)}
    groups = clusters(by, {(x, y): log_odds(by[x], by[y]) for x, y in pairs}, least=LEAST)
    return [set(g) for g in groups], {key: who for key, who in truth.items() if key in by}


def test_nobody_in_the_reports_is_taken_for_another(found: tuple[list[set[str]], dict[str, str]]) -> None:
    groups, truth = found
    for group in groups:
        assert len({truth[key] for key in group if key in truth}) <= 1, group


def test_who_is_named_in_several_reports_is_one(found: tuple[list[set[str]], dict[str, str]]) -> None:
    groups, truth = found
    of = {key: n for n, group in enumerate(groups) for key in group}
    wanted = [(x, y) for x, y in combinations(sorted(truth), 2) if truth[x] == truth[y]]
    assert len(truth) >= 24 and len(wanted) >= 20
    missed = [(x, y) for x, y in wanted if of[x] != of[y]]
    assert len(missed) <= 0.1 * len(wanted), missed


SAME = [
    (sketch("Wenzo Killari"), sketch("Wenzo Killari", setting=("FI",))),
    (sketch("Quenta Ibarrola Sumire"), sketch("Kuenta Ibarola Sumire")),
    (sketch("Vladimir Tarkonov", around=around("Karvel")), sketch("Владимир Тарконов", around=around("Karvel"))),
    (sketch("Orun Tevelek"), sketch("Tevelek, Orun")),
    (sketch("Brig. Gen. Orun Tevelek"), sketch("Orun Tevelek")),
    (sketch("Bresk Ilmari Otalin"), sketch("Bresk Otalin")),
    (sketch("Otalin", around=around("Karvel", "Ilva Dorn", "Quay Street")),
     sketch("Bresk Otalin", around=around("Karvel", "Ilva Dorn", "Quay Street"))),
    (sketch("B. Otalin", around=around("Karvel", "Ilva Dorn")),
     sketch("Bresk Otalin", around=around("Karvel", "Dorn"))),
    (sketch("Ivan Petrovich Tarkonov", around=around("Karvel", "Ilva Dorn")),
     sketch("Ivan Tarkonov", around=around("Karvel", "Ilva Dorn"))),
    (body("Harbour Dawn Front"), body("Harbor Dawn Front")),
    (body("Harbour Dawn Front", called=(Called("Harbour Dawn Front", False), Called("HDF", True))),
     body("HDF", setting=("NG",))),
    (body("Interior Ministry", setting=("PE",)), body("Ministry of the Interior", own=frozenset({"PE"}))),
    (sketch("Ahmed Hassan", born=(1994, 1995), countries=frozenset({"NG"}), around=around("Kano", "Akerele")),
     sketch("Ahmad Hasan", born=(1994, 1995), countries=frozenset({"NG"}), around=around("Kano", "Akerele"))),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), SAME, ids=lambda s: s.name)
def test_one_under_two_names_is_one(left: Sketch, right: Sketch) -> None:
    assert log_odds(left, right) >= LEAST, compare(left, right)
    assert keys_of(left).strong & keys_of(right).kept


NEAR = around("Kano", "Akerele", "Dorn", "Harbour Dawn Front")
OTHERS = [
    (sketch("Mohammed Ali", born=(1994, 1995)), sketch("Mohammed Ali", born=(1967, 1968))),
    (sketch("Mohammed Ali", age=24), sketch("Mohammed Ali", age=51)),
    (sketch("Mohammed Ali", countries=frozenset({"PK"})), sketch("Muhammad Ali", countries=frozenset({"NG"}))),
    (sketch("Mohammed Ali", roles=frozenset({"mayor"})), sketch("Mohammed Ali", parts=frozenset({"arrested"}))),
    (sketch("Orel Vantassen Sr.", around=NEAR), sketch("Orel Vantassen Jr.", around=NEAR)),
    (sketch("Otalin"), sketch("Bresk Otalin")),
    (sketch("Bresk"), sketch("Bresk Otalin", around=NEAR)),
    (sketch("Mira Otalin", around=NEAR), sketch("Bresk Otalin", around=NEAR)),
    (sketch("Otalin", around=NEAR), sketch("Bresk Otalin", around=NEAR, namesakes=("Mira Otalin",))),
    (sketch("Bresk Otalin", kin=("Mira Otalin",), around=NEAR), sketch("Mira Otalin", around=NEAR)),
    (body("Stone River Brigade of the Harbour Dawn Front", around=NEAR), body("Harbour Dawn Front", around=NEAR)),
    (body("7th Brigade", setting=("NG",)), body("14th Brigade", setting=("NG",))),
    (body("Interior Ministry", setting=("PE",)), body("Interior Ministry", setting=("CL",))),
    (body("Interior Ministry"), body("Interior Ministry")),
    (body("National Police", setting=("PE",)), body("National Police", setting=("CO",))),
    (sketch("Ivan Petrovich Tarkonov", around=NEAR), sketch("Ivan Sergeyevich Tarkonov", around=NEAR)),
    (sketch("W. Otalin", around=NEAR), sketch("Bresk Otalin", around=NEAR)),
    (body("Foreign Ministries", setting=("PE",)), body("Foreign Ministry", setting=("AR",))),
    (body("Superior Court", setting=("US",)), body("Superior Court", setting=("US",))),
    (body("Police Department", setting=("US",)), body("Police Department", setting=("US",))),
    (sketch("Otalin"), body("Otalin")),
    (sketch("K"), sketch("K")),
]


@pytest.mark.parametrize(("left", "right"), OTHERS, ids=lambda s: s.name)
def test_two_of_a_name_are_two(left: Sketch, right: Sketch) -> None:
    assert log_odds(left, right) < LEAST, compare(left, right)


def test_an_alias_that_two_share_does_not_make_other_full_names_one() -> None:
    one = sketch("Bresk Otalin", called=(Called("Bresk Otalin", False), Called("Zorrel", True)))
    two = sketch("Wenzo Killari", called=(Called("Wenzo Killari", False), Called("Zorrel", True)))
    assert log_odds(one, two) < 0


def test_aliases_that_name_each_other_are_one_and_end() -> None:
    one = sketch("Bresk Otalin", called=(Called("Bresk Otalin", False), Called("Wenzo Killari", True)))
    two = sketch("Wenzo Killari", called=(Called("Wenzo Killari", False), Called("Bresk Otalin", True)))
    assert log_odds(one, two) > log_odds(sketch("Bresk Otalin"), sketch("Wenzo Killari"))


def test_the_side_makes_no_difference() -> None:
    for left, right in SAME + OTHERS:
        assert log_odds(left, right) == pytest.approx(log_odds(right, left))
        assert compare(left, right) == compare(right, left)


def test_a_comparison_says_what_the_log_odds_add_up() -> None:
    for left, right in SAME + OTHERS:
        assert (compare(left, right).score >= 0.5) == (log_odds(left, right) >= 0)
        assert all(reason.words and reason.feature for reason in compare(left, right).reasons)


def test_each_finding_has_a_weight() -> None:
    known = weights()["person"].keys() | weights()["organization"].keys()
    for left, right in SAME + OTHERS:
        assert {f.feature for f in findings(left, right)} <= known


def test_reports_years_apart_of_a_person_who_died_speak_against_one() -> None:
    dead = sketch("Bresk Otalin", dead=True, published=date(2015, 1, 2))
    speaks = sketch("Bresk Otalin", parts=frozenset({"speaker"}), published=date(2019, 5, 7))
    silent = sketch("Bresk Otalin", published=date(2019, 5, 7))
    assert log_odds(dead, speaks) < log_odds(dead, silent)
