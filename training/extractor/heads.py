"""Write the heads of a trained extractor as the file that ships: `python -m training.extractor.heads WEIGHTS OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch

from training.extractor.labels import ATTRIBUTES, KINDS, ROLES


def export(weights: Path, out: Path) -> None:
    """Write the heads, in half precision."""
    kept = torch.load(weights, map_location="cpu")
    state = {k: v.numpy() for k, v in kept.get("model", kept).items() if not k.startswith("body.")}
    arrays: dict[str, np.ndarray] = {"roles/names": np.array(ROLES), "kinds/names": np.array(KINDS)}
    for name in ("roles", "kinds", "link", "satp"):
        arrays[f"{name}/weight"], arrays[f"{name}/bias"] = state[f"{name}.weight"], state[f"{name}.bias"]
    for name, values in ATTRIBUTES.items():
        arrays[f"{name}/weight"], arrays[f"{name}/bias"] = (
            state[f"attributes.{name}.weight"],
            state[f"attributes.{name}.bias"],
        )
        arrays[f"{name}/names"] = np.array(values)
    arrays["link_scale/weight"], arrays["link_scale/bias"] = state["link_scale"], np.zeros(0, np.float32)
    np.savez_compressed(out, **arrays)


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
