"""The encoder at run time: int8 weights run by onnxruntime, one vector for every word piece."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sayso.encode.pieces import Pieces, pieces_of, tokenizer_of
from sayso.encode.windows import Window, windows
from sayso.errors import ConfigurationError
from sayso.model.evidence import Branch

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).with_name("weights")
"""Where the shipped encoder lies: `encoder.onnx`, `vocab.txt`, and `encoder.json` with the digests of both."""
FORMAT = 1
"""The layout of that folder; a folder of another layout is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """The encoder's reading of a text of N word pieces.

    `vectors` [N, width] is one state a piece, from the window that the piece belongs to; `offsets` [N, 2] start and
    end of each piece in code points of the text; `sentence` [N] the index of its sentence. `middle` are the states [T,
    width] of half of the layers, window by window, context and marks too.
    """

    middle: tuple[tuple[Window, NDArray[np.float32]], ...]
    vectors: NDArray[np.float32]
    offsets: NDArray[np.int32]
    sentence: NDArray[np.int32]


class Encoder:
    """One encoder, loaded when first used.

    Windows are run one by one, each at its own length: on one core a batch is no faster, and so nothing that is read
    beside a text can change what comes of it. May be shared by threads.
    """

    def __init__(self, folder: Path = WEIGHTS, threads: int = 1) -> None:
        """Take the weights of `folder`; `threads` is how many cores one window may use."""
        self.folder, self.threads = folder, threads

    def pieces(self, text: str, sentences: Sequence[tuple[int, int]]) -> Pieces:
        """Return the word pieces of the sentences `[start, end)` of `text`."""
        return pieces_of(self._tokenizer, text, sentences)

    def windows(self, text: str, sentences: Sequence[tuple[int, int]]) -> list[Window]:
        """Return the windows that `encode` reads the text through."""
        return list(windows(self.pieces(text, sentences)))

    def encode(self, text: str, sentences: Sequence[tuple[int, int]]) -> States:
        """Return one state for every word piece of the sentences, in text order.

        Time and memory are linear in the text. Raises ConfigurationError where the weights are missing or damaged.
        """
        pieces = self.pieces(text, sentences)
        vectors = np.empty((len(pieces.ids), self._about["width"]), np.float32)
        half = []
        for window in windows(pieces):
            states: Any
            middle: Any
            states, middle = self._session.run(["states", "middle"], {"input_ids": window.ids[None]})
            vectors[window.first : window.last] = states[0, window.at : window.at + window.last - window.first]
            half.append((window, middle[0]))
        return States(middle=tuple(half), vectors=vectors, offsets=pieces.offsets, sentence=pieces.sentence)

    def branch(self, states: States) -> Branch:
        """Return the layers for statements, to go on from the middle of what was read."""

        def go_on(added: NDArray[np.float32]) -> NDArray[np.float32]:
            made = np.empty_like(states.vectors)
            told = np.concatenate([added, np.zeros((1, added.shape[1]), np.float32)])  # the marks are told nothing
            for window, middle in states.middle:
                entry = middle + told[window.source]
                found: Any = self._further.run(["states"], {"middle": entry[None].astype(np.float32)})[0]
                made[window.first : window.last] = found[0, window.at : window.at + window.last - window.first]
            return made

        return Branch(offsets=states.offsets, go_on=go_on)

    @cached_property
    def version(self) -> str:
        """Say which weights these are: the start of their digest."""
        return str(self._about["sha256"]["encoder.onnx"])[:12]

    @cached_property
    def _about(self) -> dict[str, Any]:
        """What `encoder.json` says, once the format is known to be the right one."""
        path = self.folder / "encoder.json"
        try:
            about = json.loads(path.read_text(encoding="utf-8"))
            known = about["format"] == FORMAT and isinstance(about["width"], int)
            known = known and all(isinstance(about["sha256"][name], str) for name in ("encoder.onnx", "vocab.txt"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _broken(path, f"the encoder's description is missing or damaged ({error})") from error
        if not known:
            raise _broken(path, f"the encoder's weights are not of format {FORMAT}")
        return dict(about)

    def _checked(self, name: str) -> bytes:
        """Return the bytes of one file of the folder, which must be those that were exported."""
        path = self.folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _broken(path, f"the encoder's weights are missing ({error.strerror})") from error
        if hashlib.sha256(content).hexdigest() != self._about["sha256"].get(name):
            raise _broken(path, "the encoder's weights are damaged: the digest is not the one that was exported")
        return content

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        self._checked("vocab.txt")
        return tokenizer_of(self.folder / "vocab.txt")

    @cached_property
    def _session(self) -> InferenceSession:
        return self._loaded("encoder.onnx")

    @cached_property
    def _further(self) -> InferenceSession:
        return self._loaded("statements.onnx")

    def _loaded(self, name: str) -> InferenceSession:
        content = self._checked(name)
        import onnxruntime

        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = self.threads, 1
        options.use_deterministic_compute = True
        options.enable_mem_pattern = False  # each length would keep a plan of its own
        options.log_severity_level = 3
        # The graph is fused when it is exported; a second pass here would put slower nodes in (see the log in docs/).
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        try:
            return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime has a class of error for each cause, with no common base but this
            raise _broken(self.folder / name, f"onnxruntime cannot run these weights ({error})") from error


@cache
def encoder() -> Encoder:
    """Return the shipped encoder, one for the whole program."""
    return Encoder()


def _broken(path: Path, what: str) -> ConfigurationError:
    return ConfigurationError(what, value=path.name, next_step="Install sayso anew")
