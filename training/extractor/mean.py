"""Write the mean of trainings that went on from each other: `python -m training.extractor.mean WEIGHTS... OUT`.

The mean of weights along one training does better on unseen reports than the last of them (Izmailov et al. 2018).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import torch


def mean(weights: Sequence[Path], out: Path) -> None:
    """Write the mean of the weights to `out`."""
    kept = [torch.load(path, map_location="cpu") for path in weights]
    torch.save({name: sum(k[name].float() for k in kept) / len(kept) for name in kept[0]}, out)


if __name__ == "__main__":
    mean(list(map(Path, sys.argv[1:-1])), Path(sys.argv[-1]))
