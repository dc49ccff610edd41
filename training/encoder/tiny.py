"""Make the encoder that the tests use, random and tiny: python -m training.encoder.tiny (writes tests/encode/tiny).

Two layers of 32 dimensions over a made-up vocabulary of letters and endings: every word has pieces, none a meaning.
"""

from __future__ import annotations

import string
import tempfile
from pathlib import Path

import numpy as np

from training.encoder.body import Body
from training.encoder.export import ROOT, export

WIDTH, LAYERS, POSITIONS = 32, 2, 512
WORDS = ("the", "a", "in", "of", "on", "and", "was", "ferry", "harbour", "bomb", "said", "un")
TEXT = "A bomb went off in the harbour on Monday. The ferry was hit, and the harbour master said that ten were hurt. "


def vocabulary() -> list[str]:
    """Return the pieces: marks, single characters alone and as endings, and a few words."""
    single = [*string.ascii_lowercase, *string.digits, *string.punctuation]
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *single, *(f"##{c}" for c in single), *WORDS, "##ing", "##ed"]


def tiny_body(rows: int, seed: int = 0) -> Body:
    """Return a random body with as many rows of words as asked for."""
    rng = np.random.default_rng(seed)
    shapes = {"words": (rows, WIDTH), "positions": (POSITIONS, WIDTH), "norm.weight": (WIDTH,), "norm.bias": (WIDTH,)}
    for n in range(LAYERS):
        for part, (low, high) in {"qkv": (1, 3), "out": (1, 1), "up": (1, 2), "down": (2, 1)}.items():
            shapes[f"{n}.{part}.weight"], shapes[f"{n}.{part}.bias"] = (low * WIDTH, high * WIDTH), (high * WIDTH,)
        shapes |= {f"{n}.norm{k}.{kind}": (WIDTH,) for k in (1, 2) for kind in ("weight", "bias")}
    body = {name: rng.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes.items()}
    return {name: np.abs(value) + 0.5 if "norm" in name and "weight" in name else value for name, value in body.items()}


def main() -> None:
    """Write the folder."""
    pieces = vocabulary()
    with tempfile.TemporaryDirectory() as folder:
        vocab = Path(folder) / "vocab.txt"
        vocab.write_text("\n".join(pieces) + "\n", encoding="utf-8")
        export(tiny_body(len(pieces)), vocab, ROOT / "tests/encode/tiny", lambda: [TEXT * 3])


if __name__ == "__main__":
    main()
