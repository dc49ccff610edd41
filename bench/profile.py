"""Prints what each stage of reading costs, and the functions that cost most within a stage.

python -m bench.profile [PATH ...]            stages over the samples (or the paths)
python -m bench.profile --stage NAME ...      and cProfile of that stage
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sayso import pipeline
from sayso.model.article import Capture
from sayso.read import captures

STAGES = ("article_of", "analyse", "entities", "times", "places", "statements", "see", "incidents")
ROOT = Path(__file__).parents[1]


def main(arguments: list[str]) -> int:
    """Read everything once with a clock around each stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(ROOT / "samples")])
    parser.add_argument("--stage", choices=STAGES)
    parser.add_argument("--rows", type=int, default=25, help="how many functions to print")
    options = parser.parse_args(arguments)
    inputs = [c for c in captures(options.paths) if isinstance(c, Capture)]
    pipeline.read_capture(inputs[0])
    spent: Counter[str] = Counter()
    profiler = cProfile.Profile()
    for stage in STAGES:
        clocked = _clocked(stage, getattr(pipeline, stage), spent, profiler if stage == options.stage else None)
        setattr(pipeline, stage, clocked)
    start = time.process_time()
    for capture in inputs:
        pipeline.read_capture(capture)
    whole = time.process_time() - start
    for stage in STAGES:
        print(f"{stage:12} {spent[stage]:8.2f} s {100 * spent[stage] / whole:5.1f} %")
    print(f"{'all':12} {whole:8.2f} s   {len(inputs)} articles, {len(inputs) / whole:.1f} a second")
    if options.stage:
        pstats.Stats(profiler).sort_stats("tottime").print_stats(options.rows)
    return 0


def _clocked(
    name: str, stage: Callable[..., Any], spent: Counter[str], profiler: cProfile.Profile | None
) -> Callable[..., Any]:
    def run(*arguments: Any) -> Any:
        start = time.process_time()
        if profiler:
            profiler.enable()
        try:
            return stage(*arguments)
        finally:
            if profiler:
                profiler.disable()
            spent[name] += time.process_time() - start

    return run


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
