"""A claim's confidence is the chance that it and its incident are right."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sayso.extract.incidents import confidence as c
from sayso.model.claim import Claim, Quantity, Text, Weapon

CURVES: c.Curves = {"": (0.0, 1.0, 0.0), "weapon": (-1.0, 1.0, 0.5), "counts": (-2.0, 1.0, 0.5)}
JUDGED = frozenset({"weapon", "where"})
RIFLE = Claim(id="i1.c1", slot="weapon", value=Weapon(name="a rifle", kind="rifle"), evidence=(), confidence=0.6)


def test_a_claim_of_a_doubtful_incident_is_less_sure() -> None:
    likely, doubtful = (c.sure(RIFLE, chance, CURVES, JUDGED).confidence for chance in (0.9, 0.2))
    assert 0 < doubtful < likely < 1
    assert c.confidence("where", 0.7, 0.1, CURVES) == pytest.approx(0.7)


def test_all_numbers_of_people_share_one_curve() -> None:
    dead, held = (
        Claim(id="x", slot=slot, value=Quantity(low=3, high=3), evidence=(), confidence=0.8)
        for slot in ("killed", "arrested")
    )
    assert c.sure(dead, 0.8, CURVES, JUDGED).confidence == c.sure(held, 0.8, CURVES, JUDGED).confidence < 0.8


def test_what_is_not_weighed_stays_as_it_is_and_so_does_all_without_curves() -> None:
    motive = Claim(id="x", slot="motive", value=Text(value="over land"), evidence=(), confidence=0.7)
    assert c.sure(motive, 0.9, CURVES, JUDGED) is motive
    assert c.sure(RIFLE, 0.9, {}, JUDGED) is RIFLE


def test_curves_come_back_from_a_file_as_they_were(tmp_path: Path) -> None:
    np.savez(tmp_path / "judge.npz", **{"pair/names": np.array(["a"]), **c.kept(CURVES)})
    with np.load(tmp_path / "judge.npz", allow_pickle=False) as arrays:
        assert dict(c.curves_of(arrays)) == dict(CURVES)


def test_certainty_does_not_end_in_infinity() -> None:
    assert 0 < c.confidence("weapon", 0.0, 0.0, CURVES) < c.confidence("weapon", 1.0, 1.0, CURVES) < 1
