"""The gazetteer: what it holds, how it is looked up, and what happens where the file is not as it should be."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import ConfigurationError
from sayso.resolve.gazetteer import FORMAT, PATH, SCHEMA, Gazetteer, gazetteer, key_of


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Atyraū", "atyrau"),
        ("SÃO TOMÉ", "sao tome"),
        ("Łódź", "lodz"),
        ("St. Petersburg", "saint petersburg"),
        ("Gur’yev", "guryev"),
        ("Antigua & Barbuda", "antigua barbuda"),
        ("Deir al-Zor", "deir al zor"),
        ("N.J.", "n j"),
        ("", ""),
    ],
)
def test_spellings_of_a_name_have_one_key(name: str, key: str) -> None:
    assert key_of(name) == key


@given(st.text(max_size=40))
def test_a_key_of_a_key_is_the_key(name: str) -> None:
    """Any text can be looked up, and normalising twice changes nothing."""
    assert key_of(key_of(name)) == key_of(name)
    gazetteer().named(name)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Ingushetia", "iso3166-2:RU-IN"),
        ("Guryev", "geonames:610529"),
        ("Leningrad", "geonames:498817"),
        ("Burma", "iso3166-1:MM"),
        ("Ivory Coast", "iso3166-1:CI"),
        ("North Kivu", "iso3166-2:CD-NK"),
        ("Gulf of Aden", "own:gulf-of-aden"),
        ("Rapides Parish", "geonames:4338356"),
        ("Penza Oblast", "iso3166-2:RU-PNZ"),
    ],
)
def test_places_are_found_by_other_and_former_names(name: str, id: str) -> None:
    assert id in [row.id for row in gazetteer().named(name)]


def test_a_town_knows_what_holds_it() -> None:
    town = next(row for row in gazetteer().named("Chibok") if row.country == "NG")
    assert [row.name for row in gazetteer().within(town)][-2:] == ["Borno", "Nigeria"]
    assert gazetteer().country(town.country).name == "Nigeria"  # type: ignore[union-attr]


def test_every_country_has_a_point_and_no_place_is_off_the_map() -> None:
    db = sqlite3.connect(PATH)
    nowhere = [r[0] for r in db.execute("SELECT name FROM place WHERE type = 'country' AND latitude IS NULL")]
    assert len(nowhere) < 20, nowhere
    off = "SELECT COUNT(*) FROM place WHERE abs(latitude) > 90 OR abs(longitude) > 180"
    assert db.execute(off).fetchone() == (0,)


def test_a_name_that_nobody_has_gives_no_rows() -> None:
    assert gazetteer().named("Qxzzyvarda") == ()
    assert gazetteer().row(None) is None
    assert gazetteer().country("QQ") is None


def test_it_opens_fast_and_small() -> None:
    """It takes 10 ms and 20 MB in a fresh process; held are 0.2 s of processor time and 60 MB."""
    code = (
        "import time,resource;from sayso.resolve import gazetteer as g;"
        "b=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss;t=time.process_time();z=g.Gazetteer();z.named('Paris');"
        "print(time.process_time()-t,(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss-b)/1024)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(2)]
    seconds, megabytes = min(tuple(map(float, run.stdout.split())) for run in runs)
    assert seconds < 0.2
    assert megabytes < 60


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"missing.*build_gazetteer"):
        Gazetteer(tmp_path / "gazetteer.sqlite")


@pytest.mark.parametrize("content", [b"", b"not a database", PATH.read_bytes()[:5000] if PATH.exists() else b"x"])
def test_a_damaged_file_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="reinstall sayso"):
        Gazetteer(path).named("Paris")


def test_a_file_of_another_layout_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    db = sqlite3.connect(path)
    db.executescript(SCHEMA)
    db.execute("INSERT INTO meta VALUES ('format', '0')")
    db.commit()
    with pytest.raises(ConfigurationError, match=f"layout 0, this sayso reads {FORMAT}"):
        Gazetteer(path)


def test_it_is_never_written_to() -> None:
    with pytest.raises(sqlite3.OperationalError):
        Gazetteer()._db.execute("DELETE FROM place")


def test_look_ups_are_fast() -> None:
    """Two thousand look-ups of names that are not cached take well under the time of reading an article."""
    gaz = Gazetteer()
    start = time.process_time()
    for n in range(2000):
        gaz.named(f"Nowhere {n}")
    assert time.process_time() - start < 2.0
