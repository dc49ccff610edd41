"""Pins every dependency with its hashes in `requirements.lock`: `make lock`.

Takes what `pyproject.toml` asks for to run, the workbench too, to develop and to build, for Python 3.11 on any system.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"


def main() -> None:
    """Write the lock; asks the package index through uv."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *extras["web"], *extras["dev"]]
    wanted += [*project["build-system"]["requires"], "editables"]
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    done = subprocess.run(
        [str(Path(sys.executable).with_name("uv")), "pip", "compile", "-", "--quiet", "--no-annotate", *options],
        input="\n".join(wanted),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    LOCK.write_text(
        "# Every dependency with its hashes, to run, develop and build; made by `make lock`.\n" + done.stdout,
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
