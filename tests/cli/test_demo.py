"""`sayso demo`: from the samples to a database, end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.cli.demo import batches, samples
from sayso.cli.main import run


def test_every_sample_is_read_once_and_each_day_given_names_one() -> None:
    folder = samples()
    paths = [path for _, group in batches(folder) for path in group]
    assert len(paths) == len(set(paths)) >= 20
    named = [line.partition("\t")[0] for line in (folder / "published.tsv").read_text().splitlines() if line[0] != "#"]
    assert all((folder / name).is_file() for name in named)


def test_demo_makes_a_database_shows_a_report_and_says_how_to_go_on(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "demo.db"
    assert run(["demo", "--db", str(db)]) == 0
    out, err = capfd.readouterr()
    assert db.is_file() and not err
    assert "The Varda Courier, 3 May 2019" in out
    assert f"sayso list --db {db} --standing claimed" in out and f"sayso serve --db {db}" in out
