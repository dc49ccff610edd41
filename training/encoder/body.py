"""The trained body: a BERT of L layers, as plain arrays under short names.

Names: `words`, `positions` (the type vector of a single text added), `norm.weight`, `norm.bias`, and for each layer n
`n.qkv`, `n.out`, `n.up`, `n.down` (each `.weight` [in, out] and `.bias` [out]), `n.norm1` and `n.norm2` (`.weight`,
`.bias`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Body = dict[str, Array]

LINEAR = ("qkv", "out", "up", "down")
"""The matrix products of a layer, in the order in which they are done."""
HEAD = 32
"""Dimensions of one attention head."""

_HUGGING_FACE = {
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm2": "output.LayerNorm",
}


def layers_of(body: Mapping[str, Array]) -> int:
    """Return the number of layers."""
    return 1 + max(int(name.split(".")[0]) for name in body if name[0].isdigit())


def width_of(body: Mapping[str, Array]) -> int:
    """Return the number of dimensions of a state."""
    return int(body["0.out.bias"].shape[0])


def read_checkpoint(path: Path) -> Body:
    """Return the body of a checkpoint: `.pt` or `.safetensors`, in Hugging Face's names or those of training/extractor.

    What else the checkpoint holds (heads, pooler, optimizer) is left out. Raises KeyError where a part is missing.
    """
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file

        raw = load_file(path)
    else:
        import torch

        raw = torch.load(path, map_location="cpu", weights_only=True)
        raw = raw.get("model", raw)
    return body_of({name: tensor.float().numpy() for name, tensor in raw.items() if hasattr(tensor, "numpy")})


def body_of(state: Mapping[str, Array]) -> Body:
    """Return the body of a state dict."""
    bare = {name.removeprefix("bert.").removeprefix("body."): value for name, value in state.items()}
    ours = "words.weight" in bare
    body = _from_ours(bare) if ours else _from_hugging_face(bare)
    return {name: np.ascontiguousarray(value, np.float32) for name, value in body.items()}


def _from_ours(state: Mapping[str, Array]) -> Body:
    body = {
        "words": state["words.weight"],
        "positions": state["positions.weight"] + state["types.weight"][0],
        "norm.weight": state["norm.weight"],
        "norm.bias": state["norm.bias"],
    }
    for n in range(1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))):
        for part in (*LINEAR, "norm1", "norm2"):
            weight = state[f"layers.{n}.{part}.weight"]
            body[f"{n}.{part}.weight"] = weight.T if part in LINEAR else weight
            body[f"{n}.{part}.bias"] = state[f"layers.{n}.{part}.bias"]
    return body


def _from_hugging_face(state: Mapping[str, Array]) -> Body:
    at = "embeddings."
    body = {
        "words": state[at + "word_embeddings.weight"],
        "positions": state[at + "position_embeddings.weight"] + state[at + "token_type_embeddings.weight"][0],
        "norm.weight": state[at + "LayerNorm.weight"],
        "norm.bias": state[at + "LayerNorm.bias"],
    }
    for n in range(1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layer."))):
        at = f"encoder.layer.{n}."
        for kind in ("weight", "bias"):
            three = [state[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            body[f"{n}.qkv.{kind}"] = np.concatenate(three).T
            for ours, theirs in _HUGGING_FACE.items():
                body[f"{n}.{ours}.{kind}"] = state[f"{at}{theirs}.{kind}"].T  # a vector is its own transpose
    return body
