"""Attributions whose cue is a noun, a phrase around one, an adjective, an adverb, or "according to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.statements.attribution import Attribution, Stretch
from sayso.extract.statements.grammar import (
    SUBJECTS,
    child,
    clause,
    has_no,
    is_passive,
    noun_phrase,
    outer,
    runs,
    subject,
    verb_group,
)
from sayso.extract.statements.lexicon import Lexicon, Sense, channels
from sayso.model.analysis import Analysis

_FROM = ("by", "from", "of", "among")


def nominal(analysis: Analysis, lexicon: Lexicon, prose: Sequence[int]) -> Iterator[Attribution]:
    """Yield the attributions among the tokens `prose` that do not hang on a reporting verb, in text order."""
    for i in prose:
        token = analysis.tokens[i]
        found: Attribution | None = None
        if token.pos in ("NOUN", "ADJ", "PROPN") and lexicon.has("phrase", token.lemma):
            found = _phrase(analysis, lexicon, token.i)
        if found is None and token.pos == "NOUN" and lexicon.has("noun", token.lemma):
            found = _noun(analysis, lexicon, token.i)
        elif found is None and token.pos in ("ADJ", "VERB") and lexicon.has("adjective", token.lemma):
            found = _adjective(analysis, lexicon, token.i)
        if token.text.lower() == "according":
            found = _according(analysis, token.i)
        if token.pos == "ADV" and token.text.lower() in lexicon.adverbs:
            found = _adverb(analysis, lexicon, token.i)
        if token.dep == "amod" and token.text.lower() in lexicon.modifiers:
            found = _modifier(analysis, lexicon, token.i)
        if found is not None:
            yield found


def _complements(analysis: Analysis, head: int) -> Iterator[tuple[str, tuple[Stretch, ...], int]]:
    """Yield (construction, what is said, last token of the cue) of a noun or an adjective."""
    tokens = analysis.tokens
    for c in analysis.children[head]:
        if c < head:
            continue
        if tokens[c].dep in ("acl", "ccomp", "xcomp", "relcl"):
            tags = [tokens[j] for j in analysis.children[c]]
            marked = any(t.dep == "mark" and t.text.lower() in ("that", "whether", "if") for t in tags)
            if marked or (tokens[c].dep == "ccomp" and any(t.dep in SUBJECTS for t in tags)):
                yield "clause", clause(analysis, c), head
            elif any(t.tag == "TO" for t in tags):
                yield "inf", clause(analysis, c), head
        elif tokens[c].dep == "prep":
            thing = next((j for j in analysis.children[c] if j > c), None)
            if thing is not None:
                yield tokens[c].text.lower(), clause(analysis, thing), c if c == head + 1 else head


def _phrase(analysis: Analysis, lexicon: Lexicon, noun: int) -> Attribution | None:
    """ "The group has claimed responsibility for the blast"."""
    tokens = analysis.tokens
    verb = tokens[noun].head
    if tokens[verb].pos != "VERB" or tokens[noun].dep not in ("dobj", "acomp", "oprd", "nsubjpass", "xcomp"):
        return None
    lemma = f"{lexicon.lemma(tokens[verb].lemma)} {lexicon.lemma(tokens[noun].lemma)}"
    options = [*_complements(analysis, noun), *_complements(analysis, verb)]
    options = [
        option
        for option in options
        if option[1]
        and (sense := lexicon.sense("phrase", lemma, option[0]))
        and not _channel(analysis, option[1], sense)
    ]
    if any(_of_a_deed(analysis, noun, option[1], noun) for option in options) and lemma.endswith(" claim"):
        return None
    if len(options) > 1:
        whole = ((min(o[1][0][0] for o in options), max(o[1][-1][1] for o in options)),)
        options = [(options[-1][0], whole, max(noun, verb))]
    for frame, contents, last in (*options, ("alone", (), max(noun, verb))):
        sense = lexicon.sense("phrase", lemma, frame)
        if sense is None:
            continue
        first = outer(analysis, lexicon, verb, verb_group(analysis, verb)[0])
        passive = is_passive(analysis, verb)
        first, last = (noun, max(verb, noun)) if passive and noun < verb else (first, max(last, noun))
        if not contents and sense.act != "claims_responsibility" and verb < noun:
            contents, last = runs(analysis, analysis.subtree(noun)), verb
        if any(tokens[first].start <= start < tokens[last].end for start, _ in contents):
            last = max(noun, verb)
        source = subject(analysis, verb)
        return Attribution(
            head=verb,
            cue=(tokens[first].start, tokens[last].end),
            source=noun_phrase(analysis, source, frozenset({verb}), verb) if source is not None else None,
            source_head=source,
            contents=contents,
            lemma=lemma,
            frame=frame,
            sense=sense,
        )
    return None


def _channel(analysis: Analysis, contents: tuple[Stretch, ...], sense: Sense) -> bool:
    """Say whether what a preposition leads to is where it was said: "a statement on the forum"."""
    start, end = contents[0]
    return sense.act != "doubts" and any(
        analysis.tokens[i].lemma.lower() in channels() for i in analysis.tokens_in(start, end)[:3]
    )


def _noun(analysis: Analysis, lexicon: Lexicon, noun: int) -> Attribution | None:
    """ "The ministry's claim that ...", "calls by residents for ...", "Her answer is that ..."."""
    tokens = analysis.tokens
    source = child(analysis, noun, "poss")
    first = noun
    if source is not None:
        owner = child(analysis, source, "case")
        after = (owner if owner is not None else max(analysis.subtree(source))) + 1
        first = after if after <= noun else noun
    else:
        while first > 0 and tokens[first - 1].head == noun and tokens[first - 1].dep in ("amod", "compound", "det"):
            first -= 1
        if tokens[first].dep == "det":
            first += 1
        for c in analysis.children[noun]:
            if c > noun and tokens[c].dep in ("prep", "agent") and tokens[c].text.lower() in ("by", "from", "among"):
                source = child(analysis, c, "pobj")
                break
    for frame, contents, last in (*_complements(analysis, noun), *_predicate(analysis, noun)):
        sense = lexicon.sense("noun", lexicon.lemma(tokens[noun].lemma), frame)
        if sense is None or not contents or (source is None and sense.force == "attitude"):
            continue
        if sense.act == "claims_responsibility" and not _of_a_deed(analysis, noun, contents, source):
            continue
        if frame == "of" and tokens[analysis.tokens_in(*contents[0])[-1]].pos == "PROPN":
            continue
        start, end = tokens[first].start, tokens[last].end
        return Attribution(
            head=noun,
            cue=(start, end),
            source=_owner(analysis, source, noun) if source is not None else None,
            source_head=source,
            contents=contents,
            lemma=lexicon.lemma(tokens[noun].lemma),
            frame=frame,
            sense=sense,
        )
    return None


def _of_a_deed(analysis: Analysis, noun: int, contents: tuple[Stretch, ...], source: int | None) -> bool:
    """Say whether a claim is one of responsibility, and by somebody, or by nobody at all."""
    tokens = analysis.tokens
    first = tokens[analysis.token_at(contents[0][0])].lemma.lower()
    return first in ("responsibility", "credit") and (source is not None or has_no(analysis, noun))


def _owner(analysis: Analysis, source: int, noun: int) -> Stretch:
    tokens = analysis.tokens
    start, end = noun_phrase(analysis, source, frozenset(), noun)
    case = child(analysis, source, "case")
    if case is not None and tokens[case].end == end:
        end = tokens[case].start
    return start, end


def _predicate(analysis: Analysis, noun: int) -> Iterator[tuple[str, tuple[Stretch, ...], int]]:
    """ "Her answer is that they left"."""
    tokens = analysis.tokens
    verb = tokens[noun].head
    if tokens[noun].dep == "nsubj" and tokens[verb].lemma == "be" and verb == noun + 1:
        said = child(analysis, verb, "ccomp", "xcomp")
        if said is not None and said > verb:
            yield "is", clause(analysis, said), verb


def _adjective(analysis: Analysis, lexicon: Lexicon, word: int) -> Attribution | None:
    """ "The mayor is sure that they left"."""
    tokens = analysis.tokens
    verb = tokens[word].head
    if tokens[word].dep not in ("acomp", "ROOT", "conj", "oprd") or tokens[verb].pos not in ("AUX", "VERB"):
        return None
    for frame, contents, last in (*_complements(analysis, word), *_complements(analysis, verb)):
        sense = lexicon.sense("adjective", lexicon.lemma(tokens[word].lemma), frame)
        if sense is None or not contents or contents[0][0] < tokens[word].end:
            continue
        source = subject(analysis, verb)
        if source is not None and tokens[source].lemma.lower() in ("it", "there", "that", "this"):
            source = None
        first = verb_group(analysis, verb)[0] if verb < word else word
        return Attribution(
            head=word,
            cue=(tokens[first].start, tokens[max(last, word)].end),
            source=noun_phrase(analysis, source, frozenset({verb}), verb) if source is not None else None,
            source_head=source,
            contents=contents,
            lemma=tokens[word].lemma.lower(),
            frame=frame,
            sense=sense,
        )
    return None


def _according(analysis: Analysis, word: int) -> Attribution | None:
    """ "Two men died, according to the port authority"."""
    tokens = analysis.tokens
    to = child(analysis, word, "prep")
    source = child(analysis, to, "pobj") if to is not None else child(analysis, word, "pobj")
    top = tokens[word].head
    if source is None or top == word:
        return None
    while tokens[top].dep in ("dobj", "pobj", "prep", "attr", "nsubj", "nsubjpass", "npadvmod", "appos", "acomp"):
        top = tokens[top].head
    return Attribution(
        head=word,
        cue=(tokens[word].start, tokens[word if to is None else to].end),
        source=noun_phrase(analysis, source, frozenset(), word),
        source_head=source,
        contents=clause(analysis, top, [word]),
        lemma="according",
        frame="according",
        sense=Sense(),
    )


def _adverb(analysis: Analysis, lexicon: Lexicon, word: int) -> Attribution | None:
    """ "The driver reportedly fled": nobody is named who says so."""
    token = analysis.tokens[word]
    if token.head == word:
        return None
    top = token.head
    return Attribution(
        head=word,
        cue=(token.start, token.end),
        source=None,
        source_head=None,
        contents=clause(analysis, top, [word]),
        lemma=token.text.lower(),
        frame="adverb",
        sense=Sense(certainty=lexicon.adverbs[token.text.lower()]),
    )


def _modifier(analysis: Analysis, lexicon: Lexicon, word: int) -> Attribution | None:
    """ "The alleged robbers": what the noun says of them is somebody's word."""
    token = analysis.tokens[word]
    contents = runs(analysis, [j for j in analysis.subtree(token.head) if j > word])
    return (
        Attribution(
            head=word,
            cue=(token.start, token.end),
            source=None,
            source_head=None,
            contents=contents,
            lemma=token.text.lower(),
            frame="modifier",
            sense=Sense(act="accuses", certainty=lexicon.modifiers[token.text.lower()]),
        )
        if contents
        else None
    )
