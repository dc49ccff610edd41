"""How a text is cut into word pieces and windows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.encode import Pieces, Window, windows
from sayso.encode.pieces import LONGEST, pieces_of, tokenizer_of
from sayso.encode.windows import LEAD, PIECES

TOKENIZER = tokenizer_of(Path(__file__).parent / "tiny" / "vocab.txt")


def cut(*lengths: int) -> tuple[Pieces, list[Window]]:
    """Return the pieces and windows of sentences that have so many pieces each."""
    text, sentences = "", []
    for length in lengths:
        sentences.append((len(text), len(text) + 2 * length))
        text += "x " * length
    pieces = pieces_of(TOKENIZER, text, sentences)
    return pieces, list(windows(pieces))


def context(pieces: Pieces, window: Window) -> dict[int, int]:
    """Return how many pieces of which sentences stand in front of the window's own."""
    found: dict[int, int] = {}
    for source in window.source[1 : window.at]:
        sentence = int(pieces.sentence[source])
        found[sentence] = found.get(sentence, 0) + 1
    return found


def test_a_short_text_is_one_window_between_two_marks() -> None:
    pieces, (window,) = cut(5, 7)
    assert window.ids.tolist() == [pieces.marks[0], *pieces.ids, pieces.marks[1]]
    assert window.source.tolist() == [-1, *range(12), -1]
    assert (window.at, window.first, window.last) == (1, 0, 12)


def test_later_windows_have_the_lead_and_two_sentences_in_front() -> None:
    pieces, found = cut(*[40] * 30)
    assert len(found) > 2
    for window in found[1:]:
        own = int(pieces.sentence[window.first])
        assert context(pieces, window) == {0: 40, own - 2: 40, own - 1: 40}


def test_a_long_first_sentence_gives_sixty_pieces_to_later_windows() -> None:
    pieces, found = cut(200, 200, 20, 20, 200)
    assert context(pieces, found[1]) == {0: LEAD, 2: 20, 3: 20}


def test_context_takes_a_third_of_a_window_at_most_and_the_nearest_sentence_is_kept() -> None:
    pieces, found = cut(60, 200, 100, 80, 300)
    second = found[1]
    assert context(pieces, second) == {0: 60, 3: 80}
    assert second.at - 1 <= PIECES // 3


def test_a_sentence_longer_than_half_a_window_is_cut() -> None:
    pieces, found = cut(1000)
    assert [last - first for first, last in pieces.parts] == [LONGEST] * 4 + [1000 - 4 * LONGEST]
    assert len(found) > 2


@given(st.lists(st.integers(0, 500), max_size=25))
@settings(max_examples=60, deadline=None)
def test_every_piece_is_the_own_piece_of_exactly_one_window(lengths: list[int]) -> None:
    pieces, found = cut(*lengths)
    own = [n for window in found for n in range(window.first, window.last)]
    assert own == list(range(len(pieces.ids)))
    for window in found:
        assert len(window.ids) == len(window.source) <= PIECES
        assert window.source[window.at : -1].tolist() == list(range(window.first, window.last))
        assert (window.source[1 : window.at] < window.first).all()


def test_windows_begin_where_sentences_do() -> None:
    pieces, found = cut(*[33] * 50)
    starts = {first for first, _ in pieces.parts}
    assert {window.first for window in found} <= starts


def test_pieces_know_their_place_in_the_text() -> None:
    text = "Añ ÉTÉ\n“Bombing” in Zürich—naïve"
    pieces = pieces_of(TOKENIZER, text, [(0, 7), (7, len(text))])
    words = [text[start:end] for start, end in pieces.offsets]
    assert words[:5] == ["A", "ñ", "É", "T", "É"]
    assert "".join(words) == "".join(text.split())
    assert pieces.sentence.tolist() == [0] * 5 + [1] * (len(words) - 5)


def test_sentences_may_overlap_come_in_any_order_or_reach_too_far() -> None:
    text = "abc def ghi"
    pieces = pieces_of(TOKENIZER, text, [(4, 99), (0, 7), (-3, 2)])
    assert "".join(text[start:end] for start, end in pieces.offsets) == "abcdefghi"
    assert pieces.sentence.tolist() == [2, 2, 1, 1, 1, 1, 0, 0, 0]


def test_what_stands_between_sentences_has_no_piece() -> None:
    text = "abc * * * def"
    pieces = pieces_of(TOKENIZER, text, [(0, 3), (10, 13)])
    assert "".join(text[start:end] for start, end in pieces.offsets) == "abcdef"


def test_without_sentences_the_text_is_one() -> None:
    assert pieces_of(TOKENIZER, "a bomb", []).sentence.tolist() == [0, 0]


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\ufeff\ufffd"])
def test_a_text_without_words_has_no_windows(text: str) -> None:
    assert list(windows(pieces_of(TOKENIZER, text, []))) == []


@given(st.text(max_size=300) | st.text(alphabet="\ud800\udfffé́ a.\u200b中", max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_has_pieces_within_it_in_order(text: str) -> None:
    offsets = pieces_of(TOKENIZER, text, []).offsets
    assert all(0 <= start < end <= len(text) for start, end in offsets)
    assert (offsets[1:, 0] >= offsets[:-1, 0]).all()
