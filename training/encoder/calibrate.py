"""What goes through the float body on real texts, and what the int8 body makes of the same."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from sayso.encode.pieces import pieces_of, tokenizer_of
from sayso.encode.windows import windows
from training.encoder.body import Array, Body
from training.encoder.graph import float_graph
from training.encoder.site import Seen, Site, best_site

Ids = NDArray[np.int64] | Array
"""What a model reads: ids of pieces [T] or, of a branch, states [T, width]."""

EVERY = 11
"""One state of so many is kept to try divisors on."""
LENGTHS = (64, 128, 320, 448)
"""Pieces of the windows on which speed is measured."""


class Fidelity(NamedTuple):
    """Cosine of int8 and float states of the same pieces: mean, first percentile, least; and how many pieces."""

    mean: float
    low: float
    least: float
    pieces: int


def reports(data: Path) -> Iterator[str]:
    """Yield reports to calibrate on: wire copy of muc4/dev and modern prose of polnear/train, by turns.

    DATA is a folder like `../shared/data`.
    """
    wire = [
        text
        for path in sorted((data / "muc4" / "dev").glob("dev-*"))
        for text in re.split(r"(?m)^DEV-MUC3-\d+.*$", path.read_text(encoding="latin-1"))[1:]
    ]
    prose = sorted((data / "polnear" / "train").rglob("*.txt"))
    for n in range(max(len(wire), len(prose))):
        if wire:
            yield wire[n % len(wire)]
        if prose:
            yield prose[n % len(prose)].read_text(encoding="utf-8", errors="replace")


def windows_of(texts: Iterable[str], vocab: Path) -> Iterator[Ids]:
    """Yield the piece ids of every window of the texts, with marks, as the encoder will read them."""
    tokenizer = tokenizer_of(vocab)
    for text in texts:
        ends = [m.end() for m in re.finditer(r"[.!?][\"')\]]*\s+", text)] + [len(text)]
        sentences = list(zip([0, *ends[:-1]], ends, strict=True))
        yield from (window.ids for window in windows(pieces_of(tokenizer, text, sentences)))


def calibrate(body: Body, found: Iterable[Ids]) -> tuple[dict[str, Site], dict[str, float]]:
    """Return how each product of the body is to be quantised, and its error (share of the product's square)."""
    model, taps = float_graph(body)
    session = session_of(model)
    seen: dict[str, Seen] = {}
    for ids in found:
        values = session.run(list(taps.values()), {session.get_inputs()[0].name: ids[None]})
        for name, value in zip(taps, values, strict=True):
            x: Array = value[0]
            seen.setdefault(name, Seen(low=x.min(0), high=x.max(0))).see(x, EVERY)
    best = {name: best_site(seen[name], body[f"{name}.weight"]) for name in taps}
    return {name: site for name, (site, _) in best.items()}, {name: error for name, (_, error) in best.items()}


def fidelity(body: Body, small: onnx.ModelProto, found: Sequence[Ids]) -> Fidelity:
    """Compare the states of the int8 model with those of the float body, piece by piece."""
    exact, near = session_of(float_graph(body)[0]), session_of(small)
    cosines = []
    for ids in found:
        a, b = (session.run(["states"], {session.get_inputs()[0].name: ids[None]})[0][0] for session in (exact, near))
        cosines.append((a * b).sum(-1) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1)))
    every = np.concatenate(cosines)
    return Fidelity(float(every.mean()), float(np.percentile(every, 1)), float(every.min()), len(every))


def speed(model: onnx.ModelProto, seconds: float = 2.0) -> Mapping[int, float]:
    """Return pieces a second of processor time on one thread, by the window's length (the best of many runs)."""
    session, found = session_of(model), {}
    for length in LENGTHS:
        ids = np.random.default_rng(0).integers(0, 1000, (1, length))
        best, until = np.inf, time.thread_time() + seconds
        while time.thread_time() < until:
            start = time.thread_time()
            session.run(["states"], {"input_ids": ids})
            best = min(best, time.thread_time() - start)
        found[length] = length / best
    return found


def session_of(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    """Return the model, ready to run as `sayso.encode` runs it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
