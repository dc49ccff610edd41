"""What the encoder gives for a text, with a random tiny one (`python -m training.encoder.tiny`) and the shipped one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from sayso.encode import WEIGHTS, Encoder, States
from sayso.errors import ConfigurationError

TINY = Path(__file__).parent / "tiny"
TEXT = (
    "GORNA, 3 May (KPT) -- A bomb went off at the ferry pier of Gorna on Tuesday, the harbour office said. "
    "Nobody was hurt. The Harbour Front said in a letter that it had planted the bomb."
)


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Cut behind every full stop and blank."""
    ends = [n + 2 for n in range(len(text)) if text.startswith(". ", n)] + [len(text)]
    return list(zip([0, *ends[:-1]], ends, strict=True))


def encode(encoder: Encoder, text: str) -> States:
    return encoder.encode(text, sentences_of(text))


@pytest.fixture(scope="module", params=["tiny", "shipped"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "shipped" and not (WEIGHTS / "encoder.onnx").exists():
        pytest.skip("the shipped weights are not there")
    return Encoder(TINY if request.param == "tiny" else WEIGHTS)


def test_every_piece_has_one_state_with_its_place_and_sentence(encoder: Encoder) -> None:
    states = encode(encoder, TEXT)
    assert len(states.vectors) == len(states.offsets) == len(states.sentence) > 30
    assert states.vectors.dtype == np.float32 and np.isfinite(states.vectors).all()
    for (start, end), sentence in zip(states.offsets, states.sentence, strict=True):
        first, last = sentences_of(TEXT)[sentence]
        assert first <= start < end <= last


def test_what_was_read_before_changes_no_byte(encoder: Encoder) -> None:
    """One encoder that has read other texts gives what a fresh one gives."""
    fresh = encode(Encoder(encoder.folder), TEXT).vectors.tobytes()
    for other in ("Ten men.", TEXT * 12, "a", TEXT.upper() * 3):
        encode(encoder, other)
        assert encode(encoder, TEXT).vectors.tobytes() == fresh


def test_a_second_core_changes_no_byte(encoder: Encoder) -> None:
    one, two = (encode(Encoder(encoder.folder, threads), TEXT * 6).vectors for threads in (1, 2))
    assert one.tobytes() == two.tobytes()


def test_states_of_the_first_window_do_not_hang_on_what_comes_in_later_ones(encoder: Encoder) -> None:
    short, long = (encode(encoder, TEXT * n) for n in (20, 24))
    first = encoder.windows(TEXT * 20, sentences_of(TEXT * 20))[0].last
    assert first < len(short.vectors)
    assert short.vectors[:first].tobytes() == long.vectors[:first].tobytes()


def test_case_does_not_count(encoder: Encoder) -> None:
    assert encode(encoder, TEXT).vectors.tobytes() == encode(encoder, TEXT.upper()).vectors.tobytes()


def test_no_words_no_states(encoder: Encoder) -> None:
    states = encoder.encode(" \n", [])
    assert states.vectors.shape == (0, states.vectors.shape[1]) and states.offsets.shape == (0, 2)


def test_twenty_thousand_words_take_time_in_proportion() -> None:
    encoder = Encoder(TINY)
    encode(encoder, TEXT)
    seconds = []
    for words in (2_000, 20_000):
        text = " ".join(f"the ferry was {n}." for n in range(words // 4))
        start = time.process_time()
        states = encode(encoder, text)
        seconds.append(time.process_time() - start)
        assert len(states.vectors) >= words
    assert seconds[1] < 30 * seconds[0]


def folder_with(tmp_path: Path, **changes: bytes | None) -> Path:
    """Return a copy of the tiny encoder in which files have other contents, or none."""
    folder = tmp_path / "weights"
    shutil.copytree(TINY, folder)
    for name, content in changes.items():
        path = folder / name.replace("__", ".")
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content)
    return folder


ABOUT = json.loads((TINY / "encoder.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"encoder__json": None}, "description is missing"),
        ({"encoder__onnx": None}, "weights are missing"),
        ({"vocab__txt": None}, "weights are missing"),
        ({"encoder__onnx": b"not a model"}, "damaged"),
        ({"vocab__txt": b"[PAD]\n"}, "damaged"),
        ({"encoder__json": b"{"}, "damaged"),
        ({"encoder__json": b"[]"}, "damaged"),
        ({"encoder__json": json.dumps(ABOUT | {"format": 99}).encode()}, "format 1"),
    ],
)
def test_missing_or_damaged_weights_are_told(tmp_path: Path, changes: dict[str, bytes | None], message: str) -> None:
    encoder = Encoder(folder_with(tmp_path, **changes))
    with pytest.raises(ConfigurationError, match=message) as raised:
        encode(encoder, TEXT)
    assert raised.value.next_step


def test_nothing_heavy_is_loaded_before_it_is_used() -> None:
    code = "import sys, sayso.encode as e; e.Encoder(); print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
