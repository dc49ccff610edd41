"""Names swapped for ones of another region and era; the reports are invented."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from training.swap import Name, swap
from training.swap.dates import Shift
from training.swap.muc4 import swap_files

REPORT = (
    "Port Varda, 3 May 2019 -- Senator Tomás Quiroga Belmar was shot in Cali, in Colombia. A Colombian officer said "
    "that the Vardan People's Liberation Front (VPLF) had threatened Quiroga on 29 April. An Ecuadorian was hurt "
    "in Cali. Quiroga's sister saw VPLF fighters in May 2018."
)
KEY = """0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  02 MAY 90
3.  INCIDENT: LOCATION              PERU: CUSCO (DEPARTMENT): CALCA (CITY)
4.  INCIDENT: TYPE                  ATTACK
10. PERP: ORGANIZATION ID           "SHINING PATH"
15. PHYS TGT: FOREIGN NATION        CHILE: "CHILEAN CONSULATE"
18. HUM TGT: NAME                   "ANSELMO QUIROGA BELMAR"
19. HUM TGT: DESCRIPTION            "MAYOR OF CALCA": "ANSELMO QUIROGA BELMAR"
"""
WIRE = """TST9-MUC4-0001

   LIMA, 3 MAY 90 (RADIO QUISPE) -- [TEXT] MAYOR OF CALCA ANSELMO QUIROGA
BELMAR WAS KILLED ON 2 MAY BY SHINING PATH GUERRILLAS IN CUSCO DEPARTMENT.
QUIROGA BELMAR HAD OFTEN ACCUSED THE SENDERISTAS. THE CHILEAN CONSULATE WAS
DAMAGED YESTERDAY.
"""


def marked(text: str) -> list[Name]:
    """Return the names of REPORT as a coder would mark them."""
    found = []
    for words, kind, key in (
        ("Tomás Quiroga Belmar", "person", ""),
        ("Cali", "city", "CO//Cali"),
        ("Vardan People's Liberation Front", "group", "v"),
        ("VPLF", "group", "v"),
    ):
        at = text.index(words)
        found.append(Name(at, at + len(words), kind, key))
    return found


def test_a_name_gets_one_replacement_in_full_and_in_short() -> None:
    """The surname alone follows the full name, the initials the full form, and none of the old names is left."""
    done = swap(REPORT, marked(REPORT), random.Random(1))
    for old in ("Quiroga", "Belmar", "Cali", "Colombia", "Ecuador", "VPLF", "Vardan"):
        assert old not in done.text, old
    assert done.apply("Quiroga") in done.apply("Tomás Quiroga Belmar")
    assert f"{done.apply('Quiroga')}'s sister" in done.text
    full, short = done.apply("Vardan People's Liberation Front"), done.apply("VPLF")
    assert f"{full} ({short})" in done.text and short.isupper()


def test_places_go_to_one_country_of_another_region() -> None:
    """The country, its adjective and its towns go to the same country, of a region that is not the report's."""
    done = swap(REPORT, marked(REPORT), random.Random(2))
    country = done.cast.countries["CO"]
    assert f"in {country.name}" in done.text.replace("the ", "") and f" {country.adjective} officer" in done.text
    assert done.cast.region.id != "latin_america" and done.text.count(done.apply("Cali")) == 2


def test_the_same_seed_gives_the_same_text() -> None:
    """Two generators in the same state give the same text, another one another."""
    texts = [swap(REPORT, marked(REPORT), random.Random(seed)).text for seed in (3, 3, 4)]
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.parametrize("seed", range(8))
def test_spans_move_with_the_text(seed: int) -> None:
    """A span of unswapped words holds the same words after the swap, one of a name the new name."""
    done = swap(REPORT, marked(REPORT), random.Random(seed))
    for words in ("was shot in", "had threatened", "fighters in"):
        at = REPORT.index(words)
        start, end = done.span(at, at + len(words))
        assert done.text[start:end] == words
    at = REPORT.index("Quiroga's")
    start, end = done.span(at, at + len("Quiroga"))
    assert done.text[start:end] == done.apply("Quiroga")


def test_capitals_stay_capitals() -> None:
    """What replaces a name in capitals is in capitals."""
    text = REPORT.upper()
    names = [n._replace(key=n.key) for n in marked(REPORT)]
    assert swap(text, names, random.Random(5)).text.isupper()


def test_dates_move_by_whole_weeks() -> None:
    """Days, months and years move together; a weekday stays right, a word that is no month stays."""
    shift = Shift(7 * 100, date(2019, 5, 3))
    moved = {text[s:e]: new for text in [REPORT] for s, e, new in shift.edits(text)}
    assert moved == {"3 May 2019": "2 April 2021", "29 April": "29 March", "May 2018": "April 2020"}
    assert not list(shift.edits("THEY MAY MARCH ON 1500 MEN"))
    assert next(shift.edits("31 AUG 89 (EFE)"))[2] == "1 AUG 91"


def test_a_text_without_names_keeps_its_words() -> None:
    """Nothing is swapped where nothing is named; an empty text stays empty."""
    assert swap("Nobody was hurt.", [], random.Random(0)).text == "Nobody was hurt."
    assert swap("", [], random.Random(0)).text == ""


def test_a_muc4_file_and_its_key_are_swapped_alike(tmp_path: Path) -> None:
    """Every string of the new key stands in the new text; date and nation follow; ids and set fills stay."""
    (tmp_path / "text").write_text(WIRE, encoding="latin-1")
    (tmp_path / "key").write_text(KEY, encoding="latin-1")
    text, key = swap_files(tmp_path / "text", tmp_path / "key", tmp_path / "out", 0)
    body, new = " ".join(text.read_text(encoding="latin-1").split()), key.read_text(encoding="latin-1")
    for old in ("QUIROGA", "CALCA", "CUSCO", "LIMA", "SHINING", "SENDERIST", "CHILE", "PERU", "MAY 90"):
        assert old not in body + new, old
    strings = [part for line in new.splitlines() for part in line.split('"')[1::2]]
    assert strings and all(part in body for part in strings)
    assert "ATTACK" in new and "TST9-MUC4-0001" in body
    assert new.count("(DEPARTMENT)") == 1 and '"CHILEAN' not in new
