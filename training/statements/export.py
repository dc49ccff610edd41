"""Ship a trained reader: python -m training.statements.export ARTICLES READER.pt --weights FOLDER --heads reader.npz.

Writes its layers in int8 as FOLDER/statements.onnx, with the digest in FOLDER/encoder.json, and its heads in half
precision. Calibrates on some of ARTICLES (what `corpus` wrote) and compares int8 with float states on others.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch

from sayso.extract.statements.features import NAMED
from training.encoder.body import LINEAR, Array, Body
from training.encoder.calibrate import calibrate, fidelity
from training.encoder.graph import int8_graph
from training.statements.corpus import Article
from training.statements.model import OWN

EVERY = 20
"""One article of so many is calibrated on; as many others are used to compare."""
EDGES = (0, 1, 2, 3, 6, 7)
"""The columns of scores that are used after training: first and last word of source, content and cue."""


def body_of(state: dict[str, Array]) -> Body:
    """Return the reader's layers under the names of `training.encoder.body`, entered through the norm."""
    body = {f"norm.{kind}": state[f"norm.{kind}"] for kind in ("weight", "bias")}
    for n in range(OWN):
        for part in (*LINEAR, "norm1", "norm2"):
            weight = state[f"layers.{n}.{part}.weight"]
            body[f"{n}.{part}.weight"] = np.ascontiguousarray(weight.T if part in LINEAR else weight)
            body[f"{n}.{part}.bias"] = state[f"layers.{n}.{part}.bias"]
    return body


def heads_of(state: dict[str, Array], known: dict[str, dict[str, int]]) -> dict[str, Any]:
    """Return the heads as `sayso.extract.statements.learned` reads them, and the values of the named features."""
    arrays = {"emb": state["emb.weight"], "pe": state["pe.weight"], "dist": state["dist"]}
    for name in ("cue", "tok", "tm", "ctx", "cm", "pn", "conv", "mix", "null", "out"):
        for kind in ("weight", "bias"):
            value = state[f"{name}.{kind}"]
            arrays[f"{name}.{kind}"] = value[list(EDGES)] if name == "out" else value
    small = {name: value.astype(np.float16) for name, value in arrays.items()}
    return small | {f"known/{name}": np.array(sorted(known[name], key=known[name].__getitem__)) for name in NAMED}


def entries(articles: Iterable[Article], table: Array) -> Iterator[Array]:
    """Yield what enters the layers, window by window [T, width]."""
    for article in articles:
        told = np.stack([table[rows].sum(0) for rows in article.words.features()])[article.owner]
        told = np.concatenate([told, np.zeros((1, told.shape[1]), np.float32)])
        for window, middle in article.windows:
            yield (middle.astype(np.float32) + told[window.source]).astype(np.float32)


def main() -> None:
    """Export, then compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("reader", type=Path)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--heads", type=Path, required=True)
    args = parser.parse_args()
    with args.articles.open("rb") as file:
        articles, known = pickle.load(file)
    saved = torch.load(args.reader, map_location="cpu", weights_only=True)["network"]
    state = {name: tensor.float().numpy() for name, tensor in saved.items()}
    np.savez(args.heads, **heads_of(state, known))
    body, table = body_of(state), state["emb.weight"].astype(np.float16).astype(np.float32)
    sites, _ = calibrate(body, entries(articles[::EVERY], table))
    model = int8_graph(body, sites)
    content = model.SerializeToString(deterministic=True)
    (args.weights / "statements.onnx").write_bytes(content)
    about = json.loads((args.weights / "encoder.json").read_text(encoding="utf-8"))
    about["sha256"]["statements.onnx"] = hashlib.sha256(content).hexdigest()
    about["sha256"] = dict(sorted(about["sha256"].items()))
    (args.weights / "encoder.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    found = fidelity(body, model, list(entries(articles[EVERY // 2 :: EVERY], table)))
    print(f"{len(content) / 2**20:.1f} MiB; cosine to float32: mean {found.mean:.4f}, least {found.least:.3f}")


if __name__ == "__main__":
    main()
