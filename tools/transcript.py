"""Writes the README's example, commands and what they really print, and its table of figures.

`python -m tools.transcript` (or `make docs`) writes it; `tests/test_readme.py` runs the commands again and compares.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

from tools.figures import with_figures

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
START = "<!-- transcript: checked by tests/test_readme.py, written by `python -m tools.transcript` -->\n"
END = "<!-- end of transcript -->\n"
COMMANDS = (
    "fold -s -w 79 samples/livestock-market/gulf-wire.txt",
    "sayso read samples/livestock-market/gulf-wire.txt --published 2019-09-07",
)


def output(command: str) -> str:
    """Return what a command prints, run in the project's root by the Python that runs this, at 80 columns."""
    words = shlex.split(command)
    if words[0] == "sayso":
        words = [sys.executable, "-m", "sayso.cli.main", *words[1:]]
    env = {**os.environ, "COLUMNS": "80"}
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, env=env)
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def transcript() -> str:
    """Return the example as it should stand in the README."""
    return "```console\n" + "\n".join(f"$ {command}\n{output(command)}" for command in COMMANDS) + "```\n"


def readme() -> str:
    """Return the README with its example and its figures as they should be."""
    head, _, rest = README.read_text(encoding="utf-8").partition(START)
    return with_figures(f"{head}{START}{transcript()}{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    README.write_text(readme(), encoding="utf-8")
