"""The MUC-4 measures follow the task's scoring guidelines."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest

from sayso.evaluate.muc4_format import SCORED, SLOTS, parse
from sayso.evaluate.muc4_score import counts_of, date_credit, location_credit, precision_recall_f, string_credit

SHARED = Path(__file__).parents[2] / "../shared"

KEY = """
0.  MESSAGE: ID                     INV-MUC4-0001 (SITE)
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  - 12 MAR 92
3.  INCIDENT: LOCATION              PERU: AYACUCHO (DEPARTMENT): SAN TELMO (TOWN)
4.  INCIDENT: TYPE                  ATTACK
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
6.  INCIDENT: INSTRUMENT ID         ? "SUBMACHINE GUN"
7.  INCIDENT: INSTRUMENT TYPE       MACHINE GUN: "SUBMACHINE GUN"
9.  PERP: INDIVIDUAL ID             "TWO GUNMEN" / "GUNMEN"
10. PERP: ORGANIZATION ID           "RED DAWN COLUMN"
11. PERP: ORGANIZATION CONFIDENCE   SUSPECTED OR ACCUSED BY AUTHORITIES: "RED DAWN COLUMN"
18. HUM TGT: NAME                   "ERNESTO QUILCA"
                                    "TEOFILO HUARI"
19. HUM TGT: DESCRIPTION            "PROVINCIAL JUDGE" / "JUDGE": "ERNESTO QUILCA"
20. HUM TGT: TYPE                   LEGAL OR JUDICIAL: "ERNESTO QUILCA"
21. HUM TGT: NUMBER                 1: "ERNESTO QUILCA"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "ERNESTO QUILCA"
                                    INJURY: "TEOFILO HUARI"

0.  MESSAGE: ID                     INV-MUC4-0002 (SITE)
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *

0.  MESSAGE: ID                     INV-MUC4-0003
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
2.  INCIDENT: DATE                  01 MAR 92 - 13 MAR 92
3.  INCIDENT: LOCATION              PERU
4.  INCIDENT: TYPE                  BOMBING
5.  INCIDENT: STAGE OF EXECUTION    ATTEMPTED
12. PHYS TGT: ID                    "SUBSTATION"
13. PHYS TGT: TYPE                  ENERGY: "SUBSTATION"
14. PHYS TGT: NUMBER                PLURAL: "SUBSTATION"
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="latin-1")
    return path


def test_a_key_against_itself_is_perfect_but_for_fills_that_may_be_left_out(tmp_path: Path) -> None:
    key = write(tmp_path, "key", KEY)
    total = sum((c for slot, c in counts_of(key, key).items() if slot > 1), start=counts_of(key, key)[2] * 0)
    assert precision_recall_f(total) == (100.0, 100.0, 100.0)


def test_a_message_without_incidents_has_an_empty_list_and_optional_templates_are_marked() -> None:
    parsed = parse(KEY)
    assert [len(t) for t in parsed.values()] == [1, 0, 1]
    assert parsed["INV-MUC4-0003"][0].optional
    assert parsed["INV-MUC4-0001"][0].slots[6][0].optional


def test_templates_of_another_type_are_not_paired(tmp_path: Path) -> None:
    key = write(tmp_path, "key", KEY)
    response = write(tmp_path, "response", KEY.replace("ATTACK", "KIDNAPPING"))
    counts = counts_of(key, response)
    assert list(counts[1]) == [1, 0, 2, 2]
    assert list(counts[18]) == [0, 0, 2, 2]


@pytest.mark.parametrize(
    ("key", "response", "credit"),
    [
        (("two gunmen",), ("gunmen",), 1.0),
        (("provincial judge",), ("judge",), 0.5),
        (("judge",), ("mayor",), 0.0),
        (("members of the red dawn",), ("red dawn members",), 0.5),
    ],
)
def test_strings(key: tuple[str, ...], response: tuple[str, ...], credit: float) -> None:
    assert string_credit(key, response) == credit


@pytest.mark.parametrize(
    ("key", "response", "credit"),
    [
        ("- 12 mar 92", "- 12 mar 92", 1.0),
        ("12 mar 92", "- 12 mar 92", 0.5),
        ("01 mar 92 - 13 mar 92", "05 mar 92", 0.5),
        ("- 12 mar 92", "01 feb 92", 0.0),
        ("12 mar 92", "13 mar 92", 0.0),
    ],
)
def test_dates(key: str, response: str, credit: float) -> None:
    assert date_credit(key, response) == credit


def test_places() -> None:
    assert location_credit("peru: lima (city)", "peru: lima (town)") == 1.0
    assert location_credit("peru: lima (city)", "peru") == 0.5
    assert location_credit("peru: lima (city)", "chile: santiago (city)") == 0.0


def perturbed(text: str, seed: int) -> str:
    """Return a key with fills dropped, swapped and cut, in ways that a system would err."""
    chance = random.Random(seed)
    lines = []
    for line in text.splitlines():
        roll = chance.random()
        if line.lstrip()[:2] in ("0.", "1.") or roll > 0.4:
            lines.append(line)
        elif roll > 0.3:
            lines.append(line.replace("DEATH", "INJURY").replace("1:", "2:").replace("BOMB", "EXPLOSIVE"))
        elif roll > 0.15:
            head, words = line[:36], line[36:].split(" ")
            lines.append(head + " ".join(words[1:] or words))
        elif line.strip()[:1].isdigit():
            lines.append(line)
    return "\n".join(lines)


def reference() -> ModuleType:
    path = SHARED / "tools/muc4_score.py"
    if not path.exists():
        pytest.skip(f"no scorer to compare with at {path}")
    spec = importlib.util.spec_from_file_location("muc4_reference", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def agree(module: ModuleType, key: Path, response: Path) -> None:
    theirs = module.prf(module.overall(module.score(key, response)))
    counts = counts_of(key, response)
    ours = precision_recall_f(sum((counts[slot] for slot in SCORED), start=counts[2] * 0))
    assert ours == pytest.approx(tuple(map(float, theirs)), abs=0.1)


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_the_reference_scorer_on_synthetic_templates(tmp_path: Path, seed: int) -> None:
    module = reference()
    agree(module, write(tmp_path, "key", KEY), write(tmp_path, "response", perturbed(KEY, seed)))


@pytest.mark.parametrize("part", ["key-dev-0001.muc4", "key-dev-0801.muc4"])
def test_agrees_with_the_reference_scorer_on_perturbed_keys(tmp_path: Path, part: str) -> None:
    module = reference()
    key = SHARED / "data/muc4/dev" / part
    if not key.exists():
        pytest.skip(f"no key at {key}")
    agree(module, key, write(tmp_path, "response", perturbed(key.read_text(encoding="latin-1"), 7)))


def test_slots_are_the_tasks() -> None:
    assert len(SLOTS) == 25 and SLOTS[10] == "PERP: ORGANIZATION ID"
