from __future__ import annotations

import time

import pytest

from sayso.merge.copies import Signature, compare, signature

REPORT = """\
VELDOR, 9 March (Tarn News) -- Three men were injured on Monday when a parcel exploded in a warehouse by the harbour of
Veldor, the port police said.

The parcel had stood for two days on a shelf for goods that nobody had called for, said the keeper of the warehouse, who
heard the blast from his office across the yard and ran for water.

"We found pieces of a clock and a length of green wire under the shelf, and nothing that tells who sent it," said the
head of the port police, adding that the list of senders for the week had been taken to the capital.

No group has said that it was behind the blast. It was the second in the harbour this year, after a shed burned in
January and the insurers of two ships asked for guards at night.
"""


def test_a_signature_is_the_same_on_every_machine() -> None:
    """Stored signatures are compared with new ones: where this fails, the stored ones have to be made again."""
    found = signature(REPORT)
    assert found.digest.hex() == "31fa24940cd4a45b514d2e8d453c3177"
    assert found.length == 128
    assert len(found.bands) == 32
    assert (found.bands[0], found.bands[1], found.bands[-1]) == (
        6603636104122137137,
        600223545698480583,
        -1782708503759502078,
    )
    assert found.hashes[:12].hex() == "81ee1602a9318b0332304e05"


def test_bands_fit_a_database_index_and_hashes_a_kilobyte() -> None:
    found = signature(" ".join(f"word{n}" for n in range(20_000)))
    assert all(-(2**63) <= band < 2**63 for band in found.bands)
    assert len(found.bands) <= 81
    assert len(found.hashes) == 1024


@pytest.mark.parametrize(
    "other",
    [
        REPORT.replace('"', "\u201d").upper(),
        REPORT.replace("\n", " \r\n").replace(" ", "  "),
        REPORT.replace("--", "\u2014"),
    ],
    ids=["capitals and quotation marks", "line ends and spaces", "dashes"],
)
def test_what_is_no_word_makes_no_difference(other: str) -> None:
    assert signature(other).digest == signature(REPORT).digest


def test_both_ways_to_write_an_accent_are_one() -> None:
    assert signature("caf\u00e9 " + REPORT) == signature("cafe\u0301 " + REPORT)


@pytest.mark.parametrize("text", ["", " \n\n ", "... --"])
def test_a_text_without_words_is_nobodys_copy(text: str) -> None:
    found = signature(text)
    assert found == Signature(bands=(), hashes=b"", length=0, digest=b"")
    assert compare(found, found).score < 0.05


def test_a_short_text_has_an_exact_copy_only() -> None:
    short = "Police in Veldor said that a parcel exploded in the harbour on Monday."
    found = signature(short)
    assert len(found.bands) == 1 and not found.hashes
    assert compare(found, signature(short.upper())).score > 0.9
    assert compare(found, signature(short + " Nobody was hurt.")).score < 0.05


@pytest.mark.parametrize(
    "text",
    [
        "harbour " * 1_000_000,
        "x" * 5_000_000,
        "\u0e02\u0e48\u0e32\u0e27 " * 200_000,
        "\u4eca\u5929\u7684\u65b0\u95fb" * 200_000,
        "\ud800 \udfff" * 200_000,
        "a\u0301\u0323" * 500_000,
        "\n\n" * 1_000_000,
        "\n \t" * 1_000_000,
        "'" * 1_000_000,
        "\x00 \uffff \U0010ffff" * 100_000,
    ],
    ids=["one word", "no space", "Thai", "Chinese", "surrogates", "marks", "lines", "blanks", "quotes", "odd"],
)
def test_odd_text_is_read_in_good_time(text: str) -> None:
    start = time.process_time()
    found = signature(text)
    assert time.process_time() - start < 10
    assert compare(found, signature(REPORT)).score < 0.05


def test_five_megabytes_are_read_in_good_time() -> None:
    start = time.process_time()
    found = signature("\n\n".join(f"word{n} of {n * 7} and {n % 911} more" for n in range(150_000)))
    assert time.process_time() - start < 20
    assert len(found.bands) <= 81


def test_chinese_copies_are_found() -> None:
    letters = "".join(chr(0x4E00 + (n * n * 7 + n * 13) % 3000) for n in range(400))
    whole, cut = signature(letters), signature(letters[100:300])
    assert set(whole.bands) & set(cut.bands)
    assert compare(whole, cut).score > 0.9
