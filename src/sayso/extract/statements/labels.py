"""Attributions without a verb: "Officials: two dead", "Two dead: police", and the labels of a transcript."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sayso.extract.statements.attribution import Attribution
from sayso.extract.statements.lexicon import Lexicon, Sense
from sayso.extract.statements.quotes import Quotes
from sayso.languages import words
from sayso.model.analysis import Analysis

LONGEST = 6
"""Tokens of a label: "Deputy Interior Minister Ana Maro" is five; longer ones before a colon tell, they do not name."""
LONGEST_HEADLINE = 20
"""Tokens of a headline; longer lines in title case are lists of names."""
_SPEAKERS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_PARTS = frozenset({"NOUN", "PROPN", "ADJ", "PART", "DET", "PUNCT", "ADP"})


def labelled(analysis: Analysis, quotes: Quotes) -> Iterator[Attribution]:
    """Yield the attributions of paragraphs that open or close with a speaker's name and a colon."""
    speakers = frozenset(word for listed in words("speech")["speakers"].values() for word in listed.split())
    named = {i: name.label for name in analysis.names for i in range(name.first, name.last)}
    for _, sentences in groupby(analysis.sentences, key=lambda sentence: sentence.block):
        block = list(sentences)
        first, last = block[0].first, block[-1].last
        found = _opening(analysis, first, last, quotes)
        if found is None and len(block) == 1:
            found = _closing(analysis, first, last)
        if found is not None and found.source_head is not None:
            head = found.source_head
            if named.get(head) in _SPEAKERS or analysis.tokens[head].lemma.lower() in speakers or found.direct:
                yield found


def _opening(analysis: Analysis, first: int, last: int, quotes: Quotes) -> Attribution | None:
    """ "Officials: two dead", or "[MARO] “Two are dead.”"."""
    tokens = analysis.tokens
    bracket = tokens[first].text == "["
    begin, stop = first + bracket, "]" if bracket else ":"
    end = next((i for i in range(begin, min(last, begin + LONGEST + 1)) if tokens[i].text == stop), None)
    if end is None or end == begin or last - end < 3 or any(tokens[i].pos not in _PARTS for i in range(begin, end)):
        return None
    start, finish = tokens[end + 1].start, tokens[last - 1].end
    direct = any(quote.start - start <= 2 for quote in quotes.overlapping(start, start + 4))
    if bracket and not direct:
        return None
    return _label(analysis, (begin, end), end, (start, finish), direct)


def _closing(analysis: Analysis, first: int, last: int) -> Attribution | None:
    """ "Two dead in blast: police"."""
    tokens = analysis.tokens
    colon = next((i for i in range(last - 1, max(first + 2, last - LONGEST), -1) if tokens[i].text == ":"), None)
    if colon is None or colon == last - 1 or any(tokens[i].pos not in _PARTS for i in range(colon + 1, last)):
        return None
    return _label(analysis, (colon + 1, last), colon, (tokens[first].start, tokens[colon - 1].end), False)


def _label(
    analysis: Analysis, name: tuple[int, int], cue: int, content: tuple[int, int], direct: bool
) -> Attribution | None:
    tokens = analysis.tokens
    heads = [i for i in range(*name) if tokens[i].pos in ("NOUN", "PROPN")]
    if not heads:
        return None
    return Attribution(
        head=cue,
        cue=(tokens[cue].start, tokens[cue].end),
        source=(tokens[name[0]].start, tokens[name[1] - 1].end),
        source_head=heads[-1],
        contents=(content,),
        lemma=":",
        frame="colon",
        sense=Sense(),
        direct=direct,
    )


def headlines(analysis: Analysis, lexicon: Lexicon) -> Iterator[Attribution]:
    """Yield what headlines in title case say that the tagger takes for one long name: "Front Claims Pier Blast"."""
    for first, last, _ in analysis.sentences:
        tokens = analysis.tokens[first:last]
        if len(tokens) > LONGEST_HEADLINE or tokens[-1].text in ".?!" or any(t.pos == "VERB" for t in tokens):
            continue
        if sum(t.text[:1].isupper() for t in tokens) * 2 <= len(tokens):
            continue
        for token in tokens[1:-1]:
            lemma = _present(token.text.lower(), lexicon)
            sense = lexicon.sense("verb", lemma, "object") or lexicon.sense("verb", lemma, "clause")
            if token.tag in ("NNPS", "NNS", "NNP") and token.text[:1].isupper() and sense:
                yield _headline(analysis, (first, token.i, last), lemma, sense)
                break


def _present(word: str, lexicon: Lexicon) -> str:
    """Return the verb whose third person `word` is; the empty string where it is none that the list has."""
    options = [word[:-3] + "y"] if word.endswith("ies") else [word[:-1], word[:-2]] if word.endswith("s") else []
    return next((option for option in options if option in lexicon.lemmas["verb"]), "")


def _headline(analysis: Analysis, at: tuple[int, int, int], lemma: str, sense: Sense) -> Attribution:
    tokens = analysis.tokens
    first, verb, last = at
    stop = next((i for i in range(verb + 2, last) if tokens[i].text.lower() in ("as", ";", "while", "after")), last)
    return Attribution(
        head=verb,
        cue=(tokens[verb].start, tokens[verb].end),
        source=(tokens[first].start, tokens[verb - 1].end),
        source_head=verb - 1,
        contents=((tokens[verb + 1].start, tokens[stop - 1].end),),
        lemma=lemma,
        frame="object",
        sense=sense,
    )
