"""Measures sayso and holds it to the floors in floors.toml.

    python -m bench                      the quick tasks, which need nothing but the project
    python -m bench --full               all tasks
    python -m bench TASK ...             those named
    python -m bench --raise ...          and move floors up to what was measured (never down), and pin the data
    python -m bench --lower TASK ...     and move floors to what was measured, down as well: say why in docs/log

A task whose data are not there is skipped and says so; so is one whose module is not installed. Where the digest of
the data differs from the pinned one, the floors do not bind, and that is said too.
"""

from __future__ import annotations

import argparse
import math
import time
import tomllib
from pathlib import Path

from bench.tasks import TASKS, Measures, Task, digest
from sayso.errors import SaysoError

FLOORS = Path(__file__).with_name("floors.toml")
Floors = dict[str, dict[str, float | str]]


def main(arguments: list[str]) -> int:
    """Run the tasks named, or all; return 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=", ".join(task.name for task in TASKS))
    parser.add_argument("--full", action="store_true", help="all tasks")
    parser.add_argument("--raise", dest="up", action="store_true", help="move floors up to what was measured")
    parser.add_argument("--lower", action="store_true", help="move the named tasks' floors, down as well")
    options = parser.parse_args(arguments)
    unknown = set(options.tasks) - {task.name for task in TASKS}
    if unknown or (options.lower and not options.tasks):
        parser.error(f"no such task: {', '.join(sorted(unknown))}" if unknown else "--lower needs the tasks' names")
    floors: Floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    broken = 0
    for task in TASKS:
        if not (options.full or task.name in options.tasks or (not options.tasks and task.quick)):
            continue
        try:
            measured = _measured(task)
        except (SaysoError, RuntimeError) as error:
            print(f"{task.name}: FAILED, {error}", flush=True)
            broken += 1
            continue
        if measured is None:
            continue
        pinned = floors.get(task.name, {})
        broken += _judged(task, measured, pinned)
        if options.up or options.lower:
            floors[task.name] = _moved(task, measured, pinned, options.lower)
            FLOORS.write_text(_toml(floors), encoding="utf-8")
    return 1 if broken and not options.lower else 0


def _measured(task: Task) -> Measures | None:
    missing = [path for path in task.data if not path.exists()]
    if missing:
        print(f"{task.name}: skipped, no {', '.join(map(str, missing))}", flush=True)
        return None
    start = time.perf_counter()
    try:
        measured = task.run()
    except ModuleNotFoundError as error:
        print(f"{task.name}: skipped, {error.name} is not there", flush=True)
        return None
    print(f"{task.name}: {time.perf_counter() - start:.0f} s", flush=True)
    return measured


def _judged(task: Task, measured: Measures, pinned: dict[str, float | str]) -> int:
    """Print each measure beside its floor; return how many floors are broken."""
    binding = pinned.get("data", digest(task.data)) == digest(task.data)
    if not binding:
        print("    the data are not those that the floors were measured on: the floors do not bind")
    broken = 0
    for name, value in measured.items():
        floor = pinned.get(name)
        worse = isinstance(floor, float) and binding and (value < floor if task.better == "more" else value > floor)
        broken += worse
        bound = f"{'at least' if task.better == 'more' else 'at most'} {floor}" if floor is not None else "no floor"
        print(f"    {name:30} {value:9.2f}   {bound:20}{'WORSE' * worse}", flush=True)
    return broken


def _moved(task: Task, measured: Measures, pinned: dict[str, float | str], lower: bool) -> dict[str, float | str]:
    """Return the floors that follow from what was measured, on the safe side of rounding."""
    moved: dict[str, float | str] = {"data": digest(task.data)} if task.data else {}
    same = pinned.get("data") == moved.get("data")
    for name, value in measured.items():
        more = task.better == "more"
        step = (
            math.floor(value * (1 - task.slack) * 100) / 100
            if more
            else math.ceil(value * (1 + task.slack) * 100) / 100
        )
        old = pinned.get(name)
        keep = isinstance(old, float) and same and not lower and (old > step if more else old < step)
        moved[name] = old if keep and old is not None else step
    return moved


def _toml(floors: Floors) -> str:
    head = "# Least (for start, memory and false alarms: greatest) value of each measure, and the digest of its data.\n"
    head += "# Written by bench/run.py --raise; --lower moves a floor down, with its reason in docs/log.\n"
    parts = []
    for task in sorted(floors):
        lines = [f"[{task}]"]
        lines += [f"{_key(k)} = {repr(v) if isinstance(v, float) else _quoted(v)}" for k, v in floors[task].items()]
        parts.append("\n".join(lines))
    return head + "\n" + "\n\n".join(parts) + "\n"


def _key(name: str) -> str:
    return name if name.isidentifier() else _quoted(name)


def _quoted(text: object) -> str:
    return f'"{text}"'
