"""The learned reader of attributions, with the shipped weights."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from sayso.annotate.grammar import analyse
from sayso.encode.encoder import encoder
from sayso.encode.heads import encoded, shipped
from sayso.errors import ConfigurationError
from sayso.evaluate.polnear import _article as article
from sayso.extract.statements.combine import combined, read_attributions
from sayso.extract.statements.features import AFTER, BEFORE, PAIRS, TABLES, Words, distances
from sayso.extract.statements.find import attributions
from sayso.extract.statements.learned import Sight, reader

pytestmark = pytest.mark.skipif(not shipped(), reason="the shipped weights are not there")
TEXT = (
    "Two men were held in Gorna on Friday, said Ilva Dorn, a spokeswoman for the harbour police. “They had maps,” she "
    "added. “They had no plan.” According to residents, the pier was closed. The mayor did not comment."
)


def seen(text: str) -> Sight:
    """Return an article as the reader sees it."""
    analysis = analyse(article(text))
    return reader().see(analysis, attributions(analysis), encoder().branch(encoded(analysis)))


def words(text: str) -> list[tuple[str | None, str, str]]:
    """Return source, cue and content of what the reader finds."""
    return [
        (
            text[slice(*a.source)] if a.source else None,
            text[slice(*a.cue)],
            " ... ".join(text[start:end] for start, end in a.contents),
        )
        for a in read_attributions(seen(text))
    ]


def test_source_cue_and_content_of_direct_indirect_and_mixed_speech() -> None:
    found = words(TEXT)
    assert ("she", "added", "“They had maps,” ... “They had no plan.”") in found
    assert any(source == "residents" and "the pier was closed" in content for source, _, content in found)
    assert any(cue == "said" and content.startswith("Two men were held") for _, cue, content in found)


@pytest.mark.parametrize("text", ["", "   ", "x", "said", "“" * 300, "He said " * 300, "\n\n".join(["Yes."] * 40)])
def test_odd_texts_have_spans_inside_them_and_cues_apart(text: str) -> None:
    found = seen(text).found
    for one in found:
        for first, last in filter(None, (one.cue, one.source, one.content)):
            assert 0 <= first < last <= len(seen(text).words.heads)
    assert all(a.cue[1] <= b.cue[0] for a, b in pairwise(found))


def test_the_record_keeps_every_statement_of_the_rules_and_blame_as_they_read_it() -> None:
    text = TEXT + " The police accused the Harbour Front of planting the bomb."
    sight = seen(text)
    rules = attributions(sight.words.analysis)
    both = combined(sight, rules)
    assert [a.head for a in both] == [a.head for a in sorted(rules, key=lambda a: a.cue)]
    assert next(a for a in both if a.sense.act == "accuses") in rules


def test_features_are_rows_of_their_tables() -> None:
    sight = seen(TEXT)
    features = sight.words.features()
    assert features.shape == (len(sight.words.heads), len(TABLES)) and features.max() < sum(TABLES.values())
    at, there, rows = sight.words.around((0, 1))
    assert len(at) == len(there) == len(rows) == len(distances()) == BEFORE + 1 + AFTER
    assert rows.max() < sum(PAIRS.values()) and not there[:BEFORE].any() and (at[~there] == 0).all()


def test_what_stands_after_a_text_changes_nothing_before_its_own_sentences() -> None:
    assert words(TEXT) == words(TEXT)


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    path = tmp_path / "reader.npz"
    path.write_bytes(b"no arrays")
    with pytest.raises(ConfigurationError, match="reader of statements"):
        reader(path)


def test_words_of_an_empty_article_have_no_features() -> None:
    analysis = analyse(article("x"))
    assert Words(analysis=analysis, rules=(), known=reader().known).features().shape == (1, len(TABLES))
