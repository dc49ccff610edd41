"""What cannot be read, all at once, as a user runs it: a message with the value and the next step; the rest goes on.

The real pipeline, in this process. How each reader tells what it refuses is held in tests/read, what a database refuses
in tests/store, and that a killed run leaves it whole in tests/cli/test_ingest.py.
"""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sayso.clean.draft import LONGEST_TEXT
from sayso.cli.main import run

REPORT = "PORT VARDA, May 3 (Gulf Wire) -- Two people were killed when a bomb went off at the pier, police said. "
CALM = "The council met in Port Varda and talked about the new road for two hours."
FOREIGN = "ПОРТ-ВАРДА, 3 мая. Два взрыва прогремели в порту, сообщила полиция. Один человек погиб."
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
PAGE = '<html><head><meta charset="utf-8"><title>{0}</title></head><body><h1>{0}</h1><p>{1}</p></body></html>'
ROWS = (
    json.dumps({"text": REPORT, "published": "2011-02-31"}),
    '{"text": "cut',
    json.dumps({"text": REPORT + "Nobody else was hurt.", "published": "2011-05-03"}),
)

REFUSED = {
    "empty.txt": (b"", "is empty"),
    "picture.txt": (PICTURE, "a PNG image"),
    "noise.html": (bytes(range(256)) * 30, "binary data"),
    "cut.txt.gz": (gzip.compress(os.urandom(9000).hex().encode())[:-30], "cut short or damaged"),
    "script.html": (b"<html><head><script>var a = 1</script></head><body></body></html>", "without text"),
    "fifty-megabytes.txt": (REPORT.encode() * 500_000, "longer than the 20 MB"),
    "rows.jsonl:1": (b"", "'2011-02-31', and there is no such day"),
    "rows.jsonl:2": (b"", "is no JSON"),
}
NOTED = {
    "cp1251.html": (PAGE.format("Взрывы", FOREIGN * 4).encode("cp1251"), "read as cp1251, not as utf-8"),
    "kazakh.txt": ("Варда портында екі жарылыс болды, деп хабарлады полиция өкілі.".encode(), "not in English"),
    "right-to-left.txt": ("قُتل شخصان في انفجار وقع في ميناء فاردا، حسبما ذكرت الشرطة.".encode(), "not in English"),
    "nul.txt": (REPORT.replace(" ", "\0", 3).encode(), "3 NUL characters"),
    "furniture.html": (b"<html><body><nav><a href=/>Home</a></nav><p>Share</p></body></html>", "no report was found"),
    "ten-megabytes.txt": (b"a" * 10_000_000, f"only the first {LONGEST_TEXT:,} of at least 10,000,000 characters"),
}
GOOD = ("good.txt", "rows.jsonl:3", "nul.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of all that, and of one report that can be read."""
    made = tmp_path / "in"
    made.mkdir()
    for name, (data, _) in {**REFUSED, **NOTED}.items():
        if not name.startswith("rows"):
            (made / name).write_bytes(data)
    (made / "rows.jsonl").write_text("\n".join(ROWS), encoding="utf-8")
    (made / "good.txt").write_text(REPORT, encoding="utf-8")
    return made


def refusals(err: str) -> list[str]:
    """Return the lines that tell of a failure; each gives a next step."""
    lines = [line for line in err.splitlines() if not line.startswith("sayso: note: ")]
    assert all(line.startswith("sayso: ") and ". " in line for line in lines), err
    assert "Traceback" not in err
    return lines


def holds(lines: list[str], name: str, says: str) -> bool:
    return any(f"{name}: " in line and says in line for line in lines)


def test_read_names_what_it_refuses_notes_what_it_mended_and_reads_the_rest(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(folder), str(folder / "missing.txt"), "--format", "jsonl"]) == 1
    out, err = capfd.readouterr()
    refused = refusals(err)
    assert len(refused) == len(REFUSED) + 1
    assert holds(refused, "missing.txt", "no such file or folder")
    for name, (_, says) in REFUSED.items():
        assert holds(refused, name, says), name
    records = {record["article"]["name"].rpartition("/")[2]: record for record in map(json.loads, out.splitlines())}
    assert sorted(records) == sorted({*NOTED, *GOOD})
    for name, (_, says) in NOTED.items():
        assert any(says in note for note in records[name]["article"]["notes"]), name
    for name, record in records.items():
        assert [incident["kind"] for incident in record["incidents"]] == (["bombing"] if name in GOOD else []), name


def test_ingest_stores_the_rest_records_each_failure_and_says_it_again_the_next_time(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "sayso.db"
    assert run(["ingest", str(folder), str(folder / "missing.txt"), "--db", str(db)]) == 1
    out, err = capfd.readouterr()
    assert out == f"{len(NOTED) + 2} articles stored; {len(REFUSED) + 1} failed; 3 incidents found\n"
    refused = refusals(err)
    for name, (_, says) in {**REFUSED, "missing.txt": (b"", "no such file")}.items():
        assert holds(refused, name, says), name
    notes = [line for line in err.splitlines() if line.startswith("sayso: note: ")]
    for name, (_, says) in NOTED.items():
        assert holds(notes, name, says), name
    whole(db, articles=len(NOTED) + 2, failures=len(REFUSED) + 1)
    assert run(["ingest", str(folder), str(folder / "missing.txt"), "--db", str(db)]) == 1
    out, err = capfd.readouterr()
    assert out == f"0 articles stored; {len(NOTED) + 2} there already; {len(REFUSED) + 1} failed\n"
    assert refusals(err) == refused
    whole(db, articles=len(NOTED) + 2, failures=len(REFUSED) + 1)


def whole(db: Path, articles: int, failures: int) -> None:
    """Check that the database holds so much, and that nothing in it is broken."""
    with closing(sqlite3.connect(db)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        assert plain.execute("SELECT count(*) FROM article").fetchone() == (articles,)
        assert plain.execute("SELECT count(*) FROM failure").fetchone() == (failures,)


def test_a_report_of_nothing_is_no_failure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "calm.txt").write_text(CALM)
    assert run(["read", str(tmp_path / "calm.txt")]) == 0
    assert "no incident found" in capfd.readouterr().out
    assert run(["ingest", str(tmp_path / "calm.txt"), "--db", str(tmp_path / "sayso.db")]) == 0
    assert capfd.readouterr() == ("1 article stored; no incident found\n", "")


@pytest.mark.parametrize("command", ["read", "ingest"])
def test_a_day_that_does_not_exist_is_refused_before_anything_is_done(
    command: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is a wrong call (2): no input would be read as the user meant it."""
    db = tmp_path / "sayso.db"
    assert (
        run([command, str(tmp_path), "--published", "2011-02-31", *(["--db", str(db)] if command == "ingest" else [])])
        == 2
    )
    out, err = capfd.readouterr()
    assert "2011-02-31" in err and "YYYY-MM-DD" in err and not out
    assert not db.exists()


@pytest.mark.parametrize("command", [["ingest", "calm.txt"], ["list"], ["search", "road"], ["export", "--to", "csv"]])
def test_a_database_of_a_newer_version_is_left_alone(
    command: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("calm.txt").write_text(CALM)
    run(["ingest", "calm.txt"])
    with closing(sqlite3.connect("sayso.db")) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '9999'")
        plain.commit()
    before = Path("sayso.db").read_bytes()
    capfd.readouterr()
    assert run(command) == 1
    out, err = capfd.readouterr()
    assert "sayso.db: is of version 9999, which is newer" in err and "Install the newest sayso" in err and not out
    assert Path("sayso.db").read_bytes() == before


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of under a megabyte."""
    made = tmp_path / "disk"
    made.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(made)]
    if os.geteuid() != 0 or subprocess.call(mount, stderr=subprocess.DEVNULL):
        pytest.skip("a small disk can only be mounted by root")
    yield made
    subprocess.check_call(["umount", "-l", str(made)])


def test_a_full_and_a_read_only_disk_are_named_and_the_database_stays_whole(
    disk: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows, db = tmp_path / "rows.jsonl", disk / "sayso.db"
    rows.write_text("".join(json.dumps({"text": f"{REPORT} {CALM} Number {k}."}) + "\n" for k in range(40)))
    assert run(["ingest", str(rows), "--db", str(db)]) == 1
    out, err = capfd.readouterr()
    assert f"{db}: the disk is full. Make room and run the same command again" in err
    stored = int(out.split()[0])
    assert 0 < stored < 40
    subprocess.check_call(["mount", "-o", "remount,size=20m", str(disk)])
    assert run(["ingest", str(rows), "--db", str(db)]) == 0
    assert capfd.readouterr().out.startswith(f"{40 - stored} articles stored; {stored} there already")
    whole(db, articles=40, failures=0)
    subprocess.check_call(["mount", "-o", "remount,ro", str(disk)])
    assert run(["list", "--db", str(db), "--limit", "1", "--each"]) == 0
    assert "1 of 40 incidents" in capfd.readouterr().out
    for command in (["ingest", str(rows), "--db", str(db)], ["ingest", str(rows), "--db", str(disk / "new.db")]):
        assert run(command) == 1
        assert "is read-only. Give another --db" in capfd.readouterr().err
    assert run(["export", "--to", "csv", "--db", str(db), "-o", str(disk / "out.csv")]) == 1
    assert f"{disk}/out.csv: cannot be written (Read-only file system)" in capfd.readouterr().err
