"""`sayso evaluate`: runs a benchmark."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Protocol, cast

import typer

from sayso.errors import ConfigurationError, InputError

TASKS = {
    "muc4": "sayso.evaluate.muc4",
    "polnear": "sayso.evaluate.polnear",
    "gvdb": "sayso.evaluate.gvdb",
    "timex": "sayso.evaluate.timex",
    "geo": "sayso.evaluate.geo",
    "wikievents": "sayso.evaluate.wikievents",
    "satp": "sayso.evaluate.satp",
    "clusters": "sayso.evaluate.clusters",
    "names": "sayso.evaluate.names",
}
Task = StrEnum("Task", {name: name for name in TASKS})  # type: ignore[misc]


class Benchmark(Protocol):
    """What a module of `sayso.evaluate` has."""

    def predict(self, input: Path, out: Path, **options: bool) -> None:
        """Read `input` in the task's own format and write predictions to `out` in that format."""

    def score(self, gold: Path, predictions: Path) -> str:
        """Return the measures, in words."""


def evaluate(
    task: Annotated[Task, typer.Argument(help="Which benchmark.")],
    input: Annotated[Path, typer.Argument(metavar="INPUT", help="The texts, in the benchmark's own format.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="PREDICTIONS", help="Where the predictions go.")],
    gold: Annotated[Path | None, typer.Option("--gold", "-g", help="The right answers; measures need them.")] = None,
    given_spans: Annotated[
        bool, typer.Option("--given-spans", help="geo only: place the spans that INPUT gives, and look for no others.")
    ] = False,
) -> None:
    """Run a benchmark: predictions in its own format, and the score.

    What each task takes, writes and measures stands in docs/evaluation.md. Measures are printed where gold is given.

    \b
    Example:
      sayso evaluate muc4 tst2-muc4 --out predictions.txt --gold key-tst2.v2
    """
    for path in (input, gold):
        if path and not path.exists():
            raise InputError("no such file or folder", value=str(path), next_step="Check the spelling")
    benchmark = _benchmark(task.value)
    if given_spans and task.value != "geo":
        raise typer.BadParameter("only the task geo takes --given-spans")
    benchmark.predict(input, out, **({"given_spans": True} if given_spans else {}))
    typer.echo(benchmark.score(gold, out) if gold else f"predictions are in {out}; give --gold to score them")


def _benchmark(task: str) -> Benchmark:
    try:
        return cast(Benchmark, import_module(TASKS[task]))
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "this benchmark cannot be loaded", value=task, next_step=f"install {error.name}"
        ) from error
