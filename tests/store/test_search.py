"""Full-text search: what is found, and that no words are an error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.store.search_sqlite import CLOSE, OPEN, query_of
from sayso.store.store import Store, open_store
from tests.invented import reading


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("search") / "sayso.db"), write=True) as opened:
        opened.add(reading(), "f")
        yield opened


@pytest.mark.parametrize(
    "words", ["depot", "DEPOT tram", '"tram depot"', "blast*", "kul", "fener-i", "lant*", "spokeswoman karvel", "2016"]
)
def test_words_are_found_whatever_their_case_and_diacritics(store: Store, words: str) -> None:
    assert [hit.article for hit in store.search(words)] == [1]


@pytest.mark.parametrize(
    "words", ["zeppelin", "depot zeppelin", "blasts", '"depot tram"', "", " ", '"', "*", "()", "🕯"]
)
def test_what_is_not_there_is_not_found(store: Store, words: str) -> None:
    assert store.search(words) == []


@pytest.mark.parametrize("words", ["tram AND", "NEAR(tram", "title:depot", "tram^", "-tram", "tram' OR 1=1 --", "a\0b"])
def test_the_syntax_of_the_index_is_only_words(store: Store, words: str) -> None:
    store.search(words)


@settings(max_examples=60, deadline=None)
@given(words=st.text(alphabet=st.sampled_from("ab\"*^:()+-{}[]\\'\0 \ud800é.NEARORT"), max_size=12))
def test_no_words_are_an_error(store: Store, words: str) -> None:
    store.search(words)


def test_a_snippet_marks_the_words_found(store: Store) -> None:
    snippet = store.search("tax collector")[0].snippet
    assert f"{OPEN}tax{CLOSE} {OPEN}collector{CLOSE}" in snippet


def test_words_are_quoted() -> None:
    assert query_of('tram "quay street" blow* a"b') == '"tram" "quay street" "blow"* "a b"'
