"""Text to word pieces: the encoder's vocabulary, with the place of every piece in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sayso.errors import ConfigurationError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

PAD, UNKNOWN, FIRST, LAST = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
LONGEST = 224
"""Pieces of a sentence that stay together; a longer sentence is cut (half of a window, as in training)."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The N word pieces of a text, in text order.

    `ids` [N] are rows of the vocabulary, `offsets` [N, 2] start and end in code points of the text, `sentence` [N] the
    index of the sentence that holds the piece. `parts` are the stretches `[first, last)` of pieces that stay together:
    whole sentences (one that has no piece is an empty stretch), and the cuts of those too long. `marks` are the ids of
    the pieces before and after a window.
    """

    ids: NDArray[np.int64]
    offsets: NDArray[np.int32]
    sentence: NDArray[np.int32]
    parts: tuple[tuple[int, int], ...]
    marks: tuple[int, int]


def tokenizer_of(path: Path) -> Tokenizer:
    """Return BERT's uncased word-piece tokenizer (Devlin et al. 2019) with the vocabulary of `path`, one piece a line.

    Raises ConfigurationError where the vocabulary is missing, is no text or lacks the marks.
    """
    try:
        vocab = {piece: n for n, piece in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))}
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(path, f"the encoder's vocabulary cannot be read ({error})") from error
    missing = [mark for mark in (PAD, UNKNOWN, FIRST, LAST) if mark not in vocab]
    if missing:
        raise _broken(path, f"the encoder's vocabulary has no {', '.join(missing)}")
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.WordPiece(vocab, unk_token=UNKNOWN, max_input_chars_per_word=100))
    slots: Any = tokenizer  # the library's stubs take its properties for read-only
    slots.normalizer = normalizers.BertNormalizer(lowercase=True)
    slots.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def pieces_of(tokenizer: Tokenizer, text: str, sentences: Sequence[tuple[int, int]]) -> Pieces:
    """Return the word pieces of the sentences `[start, end)` of `text`; what stands between sentences has none.

    No sentences: the whole text is one. Sentences may come in any order; where two overlap, the first has the words.
    """
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    sentence: list[int] = []
    parts: list[tuple[int, int]] = []
    done = 0
    for k, (start, end) in sorted(enumerate(sentences or [(0, len(text))]), key=lambda found: found[1]):
        start, end = max(start, done), min(end, len(text))
        done = max(done, end)
        coded = tokenizer.encode(text[start:end] if start < end else "", add_special_tokens=False)
        first, last = len(ids), len(ids) + len(coded.ids)
        ids += coded.ids
        offsets += [(start + low, start + high) for low, high in coded.offsets]
        sentence += [k] * (last - first)
        parts += [(at, min(at + LONGEST, last)) for at in range(first, last, LONGEST)] or [(first, last)]
    marks = (tokenizer.token_to_id(FIRST) or 0, tokenizer.token_to_id(LAST) or 0)  # tokenizer_of has seen them
    return Pieces(
        ids=np.array(ids, np.int64),
        offsets=np.array(offsets, np.int32).reshape(-1, 2),
        sentence=np.array(sentence, np.int32),
        parts=tuple(parts),
        marks=marks,
    )


def _broken(path: Path, what: str) -> ConfigurationError:
    return ConfigurationError(what, value=path.name, next_step="Install sayso anew")
