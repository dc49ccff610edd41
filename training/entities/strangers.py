"""Says how often two people of different articles are taken for one where they only bear the same name.

    python -m training.entities.strangers READINGS.pkl...

People of different names and articles are given one name, from the commonest to one that nobody else bears, and are
compared with all else that their articles tell. Those of one country and time share much that stands around them.
"""

from __future__ import annotations

import argparse
import pickle
import random
from dataclasses import replace
from pathlib import Path

from sayso.merge.entities.compare import LEAST, log_odds
from sayso.merge.entities.sketch import Called
from training.entities.fit import strangers
from training.entities.measure import sketched

NAMES = ("Mohammed Ali", "John Smith", "Jose Garcia", "Ahmed Hassan", "Michael Turner", "Daniel Novak",
         "Juan Carlos Ramirez", "Wenzo Killari", "Smith", "Killari")  # fmt: skip
NUMBER = 2000


def main() -> None:
    """Print the share that is taken for one, by name."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("readings", type=Path, nargs="+")
    for path in options.parse_args().readings:
        sketches = sketched(pickle.loads(path.read_bytes()))
        for name in NAMES:
            random.seed(0)
            called = (Called(name, False),)
            pairs = strangers(sketches, "person", NUMBER)
            wrong = sum(log_odds(replace(x, called=called), replace(y, called=called)) >= LEAST for x, y in pairs)
            print(f"{path.stem} {name}: {wrong / NUMBER:.2%}")


if __name__ == "__main__":
    main()
