"""How a trained body becomes the int8 file (needs onnx, which only training has)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx", reason="onnx is installed for training only: pip install sayso[train]")

from sayso.encode import Encoder
from training.encoder import body as bodies
from training.encoder.calibrate import fidelity, windows_of
from training.encoder.export import export
from training.encoder.tiny import LAYERS, TEXT, WIDTH, tiny_body, vocabulary


@pytest.fixture(scope="module")
def vocab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vocab") / "vocab.txt"
    path.write_text("\n".join(vocabulary()) + "\n", encoding="utf-8")
    return path


def test_the_int8_body_gives_nearly_the_states_of_the_float_one(vocab: Path, tmp_path: Path) -> None:
    body = tiny_body(len(vocabulary()), seed=1)
    model = export(body, vocab, tmp_path, lambda: [TEXT * 3])
    found = fidelity(body, model, list(windows_of([TEXT + "Nobody was hurt by the bombs in Gorna."], vocab)))
    assert found.mean > 0.998 and found.least > 0.98


def test_one_dimension_that_is_far_larger_than_the_rest_does_no_harm(vocab: Path, tmp_path: Path) -> None:
    body = tiny_body(len(vocabulary()), seed=2)
    for n in range(LAYERS):
        body[f"{n}.norm1.weight"][3] *= 30
        body[f"{n}.up.weight"][3] /= 30
    model = export(body, vocab, tmp_path, lambda: [TEXT * 3])
    found = fidelity(body, model, list(windows_of([TEXT], vocab)))
    assert found.mean > 0.998


def test_the_same_body_and_texts_give_the_same_files(vocab: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        export(tiny_body(len(vocabulary())), vocab, tmp_path / folder, lambda: [TEXT])
    for name in ("encoder.onnx", "encoder.json", "vocab.txt"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    states = Encoder(tmp_path / "one").encode(TEXT, [])
    assert states.vectors.shape[1] == WIDTH


def test_both_ways_to_name_the_parts_give_the_same_body() -> None:
    body = tiny_body(9)
    theirs = {
        "bert.embeddings.word_embeddings.weight": body["words"],
        "bert.embeddings.position_embeddings.weight": body["positions"],
        "bert.embeddings.token_type_embeddings.weight": np.zeros((2, WIDTH), np.float32),
        "bert.embeddings.LayerNorm.weight": body["norm.weight"],
        "bert.embeddings.LayerNorm.bias": body["norm.bias"],
        "bert.pooler.dense.weight": np.zeros((WIDTH, WIDTH), np.float32),
    }
    ours = {
        "body.words.weight": body["words"],
        "body.positions.weight": body["positions"],
        "body.types.weight": np.zeros((2, WIDTH), np.float32),
        "body.norm.weight": body["norm.weight"],
        "body.norm.bias": body["norm.bias"],
        "roles.weight": np.zeros((3, WIDTH), np.float32),
    }
    names = {"out": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense"}
    names |= {"norm1": "attention.output.LayerNorm", "norm2": "output.LayerNorm"}
    for n in range(LAYERS):
        for kind in ("weight", "bias"):
            for k, part in enumerate(("query", "key", "value")):
                three = np.split(body[f"{n}.qkv.{kind}"].T, 3)
                theirs[f"bert.encoder.layer.{n}.attention.self.{part}.{kind}"] = three[k]
            ours[f"body.layers.{n}.qkv.{kind}"] = body[f"{n}.qkv.{kind}"].T
            for mine, other in names.items():
                theirs[f"bert.encoder.layer.{n}.{other}.{kind}"] = body[f"{n}.{mine}.{kind}"].T
                ours[f"body.layers.{n}.{mine}.{kind}"] = body[f"{n}.{mine}.{kind}"].T
    for state in (theirs, ours):
        found = bodies.body_of(state)
        assert found.keys() == body.keys()
        assert all(np.array_equal(found[name], body[name]) for name in body)
