"""The PolNeAR harness: offsets of the raw text, and the measures of the task's own scorer."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate import polnear

SHARED = Path(__file__).parents[2] / "../shared"
TEXT = (
    "Harbour tax divides Varda.\n\n  Mayor Ilva Dorn said\u00a0the tax 🚢 “is dead.” \n\n"
    "“It was alive,” Dorn added. “Now it isn’t.” She wants to leave."
)


def _predicted(tmp_path: Path) -> dict[str, list[str]]:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "varda_1.txt").write_text(TEXT, encoding="utf-8")
    polnear.predict(tmp_path / "in", tmp_path / "out")
    found: dict[str, list[str]] = {"Source": [], "Cue": [], "Content": []}
    for line in (tmp_path / "out" / "varda_1.ann").read_text(encoding="utf-8").splitlines():
        if line.startswith("T"):
            _, place, words = line.split("\t")
            role, _, numbers = place.partition(" ")
            stretches = [tuple(map(int, part.split())) for part in numbers.split(";")]
            assert words == " ".join(re.sub(r"\s", " ", TEXT[start:end]) for start, end in stretches)
            found[role].append(words)
    return found


@pytest.fixture
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules predict alone: what the reader finds is measured, not tested."""
    monkeypatch.setattr(polnear, "shipped", lambda: False)


def test_what_the_reader_finds_stands_at_raw_offsets_too(tmp_path: Path) -> None:
    found = _predicted(tmp_path)
    assert {"Mayor Ilva Dorn", "Dorn"} <= set(found["Source"])
    assert "“It was alive,” “Now it isn’t.”" in found["Content"]


@pytest.mark.usefixtures("by_rules")
def test_predictions_stand_at_raw_offsets(tmp_path: Path) -> None:
    """Spans are code points of the raw file, in several pieces where a cue cuts them; a want is an attribution too."""
    found = _predicted(tmp_path)
    assert found["Source"] == ["Mayor Ilva Dorn", "Dorn", "She"]
    assert found["Cue"] == ["said", "added", "wants"]
    assert found["Content"][1:] == ["“It was alive,” “Now it isn’t.”", "to leave"]


def _gold(folder: Path) -> None:
    folder.mkdir()
    start = TEXT.index("Mayor")
    cue = TEXT.index("said")
    lines = [
        f"T1\tSource {start} {start + 15}\tMayor Ilva Dorn",
        f"T2\tCue {cue} {cue + 4}\tsaid",
        f"T3\tContent {cue + 5} {cue + 24}\t{TEXT[cue + 5 : cue + 24]}",
        f"T4\tAttribution {cue} {cue + 4}\tsaid",
        "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
        "",
        "A1\tnonsense",
    ]
    for annotator in ("aaaa", "bbbb"):
        (folder / f"varda_1_{annotator}.ann").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.usefixtures("by_rules")
def test_measures(tmp_path: Path) -> None:
    """Two annotators of one article count half each; a missing prediction counts against recall."""
    _predicted(tmp_path)
    _gold(tmp_path / "gold")
    measures = polnear.measures(tmp_path / "gold", tmp_path / "out")
    assert measures["source_f1"] == pytest.approx(100 * 2 / 4)
    assert measures["cue_f1"] == pytest.approx(100 * 2 / 4)
    assert set(measures) == {"source_f1", "cue_f1", "content_f1", "whole_f1"}
    assert polnear.measures(tmp_path / "gold", tmp_path / "nowhere")["cue_f1"] == 0
    assert "2 gold files without" in polnear.score(tmp_path / "gold", tmp_path / "nowhere")


def test_wrong_folders_are_named(tmp_path: Path) -> None:
    """No text and no gold are input errors that name the folder."""
    with pytest.raises(InputError, match=re.escape(str(tmp_path))):
        polnear.predict(tmp_path, tmp_path / "out")
    with pytest.raises(InputError, match="attributions"):
        polnear.score(tmp_path, tmp_path)


def test_agrees_with_the_tasks_scorer(tmp_path: Path) -> None:
    """On a few training articles every exact figure is the one that the task's scorer prints."""
    folder, scorer = SHARED / "data/polnear/train", SHARED / "tools/polnear_score.py"
    if not folder.is_dir() or not scorer.is_file():
        pytest.skip("../shared/data/polnear is not here")
    names = [path.stem for path in sorted((folder / "text").glob("*.txt"))[::280]]
    (tmp_path / "text").mkdir()
    (tmp_path / "gold").mkdir()
    for name in names:
        (tmp_path / "text" / f"{name}.txt").write_bytes((folder / "text" / f"{name}.txt").read_bytes())
        for path in (folder / "attributions").glob(f"{name}_????.ann"):
            (tmp_path / "gold" / path.name).write_bytes(path.read_bytes())
    polnear.predict(tmp_path / "text", tmp_path / "out")
    command = [sys.executable, str(scorer), str(tmp_path / "gold"), str(tmp_path / "out")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    theirs = [float(f) for f in re.findall(r"(?:exact|whole)\s+P +[\d.]+ R +[\d.]+ F +([\d.]+)", printed)]
    assert theirs == [round(f, 1) for f in polnear.measures(tmp_path / "gold", tmp_path / "out").values()]
