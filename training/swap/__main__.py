"""Command line: python -m training.swap muc4 TEXT KEY --out DIR --seed 0."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training.swap.muc4 import swap_files


def main(arguments: list[str]) -> int:
    """Swap the names of what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m training.swap", description=__doc__)
    commands = parser.add_subparsers(required=True)
    muc4 = commands.add_parser("muc4", help="swap the names of a file of MUC-4 reports and of its key")
    muc4.add_argument("text", type=Path)
    muc4.add_argument("key", type=Path)
    muc4.add_argument("--out", type=Path, required=True)
    muc4.add_argument("--seed", type=int, default=0)
    given = parser.parse_args(arguments)
    for path in swap_files(given.text, given.key, given.out, given.seed):
        print(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
