"""The event kinds: every file loads, has a code for each scheme, and can be met in a text."""

from __future__ import annotations

import pytest

from sayso.schema.kinds import _kindred, kindred, kinds

SCHEMES = {"acled", "ucdp", "gtd", "plover", "cameo", "muc4"}


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_kind_has_a_code_for_every_scheme_and_a_trigger(name: str) -> None:
    kind = kinds()[name]
    assert set(kind.codes) == SCHEMES
    english = kind.triggers["en"]
    assert english.nouns or english.verbs or english.weak_nouns or english.weak_verbs
    assert kind.roles


def test_no_word_is_a_sure_sign_of_two_kinds() -> None:
    seen: dict[str, str] = {}
    for kind in kinds().values():
        for word in kind.triggers["en"].nouns | kind.triggers["en"].verbs:
            assert word not in seen, f"{word}: {seen.get(word)} and {kind.name}"
            seen[word] = kind.name


def test_kindred_kinds_are_kinds_and_their_order_makes_no_difference() -> None:
    assert {kind for line in _kindred() for kind in line} <= set(kinds())
    assert kindred("bombing", "arson") and kindred("arson", "bombing")
    assert not kindred("bombing", "kidnapping") and not kindred("threat", "threat")
