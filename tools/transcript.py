"""Writes the README's examples, commands and what they really print, and its table of figures.

`python -m tools.transcript` (or `make docs`) writes it; `tests/test_readme.py` runs the commands again and compares.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.figures import with_figures

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
START = "<!-- transcript: checked by tests/test_readme.py, written by `python -m tools.transcript` -->\n"
END = "<!-- end of transcript -->\n"
TRANSCRIPTS = (
    (
        "fold -s -w 79 samples/livestock-market/gulf-wire.txt",
        "sayso read samples/livestock-market/gulf-wire.txt --published 2019-09-07",
    ),
    (
        "sayso ingest samples/livestock-market --published 2019-09-08 --db market.db",
        "sayso ingest samples/wire.jsonl --db market.db",
        "sayso disagreements --db market.db",
    ),
)
"""The commands of each example, in the order of the README."""


def output(command: str, folder: Path) -> str:
    """Return what a command prints, run in the project's root by the Python that runs this, at 80 columns.

    Databases are made in `folder`.
    """
    words = [str(folder / word) if word.endswith(".db") else word for word in shlex.split(command)]
    if words[0] == "sayso":
        words = [sys.executable, "-m", "sayso.cli.main", *words[1:]]
    env = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, env=env)
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def transcript(commands: tuple[str, ...]) -> str:
    """Return an example as it should stand in the README."""
    with TemporaryDirectory() as folder:
        shown = [f"$ {command}\n{output(command, Path(folder))}" for command in commands]
    return "```console\n" + "\n".join(shown) + "```\n"


def readme() -> str:
    """Return the README with its examples and its figures as they should be."""
    head, *parts = README.read_text(encoding="utf-8").split(START)
    for commands, part in zip(TRANSCRIPTS, parts, strict=True):
        head += f"{START}{transcript(commands)}{END}{part.partition(END)[2]}"
    return with_figures(head)


if __name__ == "__main__":
    README.write_text(readme(), encoding="utf-8")
